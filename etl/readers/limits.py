"""Caps on a stranger's file. Absolute figures, not ratios: honest files compress well."""

from dataclasses import asdict, dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken, and how much a child process may use to read it.

    Attributes:
        file_bytes: size of the file as it came.
        inflated_bytes: all parts of a packed file (xlsx, ods, zip) together, really unpacked and counted.
        member_count: parts of a packed file.
        archive_tables: files with tables in an archive.
        rows, columns: of one sheet; 200,000 people and their headers.
        cells: of all sheets of workbooks together, empty ones inside a sheet's bounding box included.
        text_cells: of all text and SPSS files together. They are read row by row, so more of them fit in memory.
        cell_characters: of one cell (Excel's own limit).
        memory_bytes, cpu_seconds: of the child process, where the system can limit them.
        wall_seconds: after which the child is ended everywhere.
        output_bytes: of the child's answer.
    """

    file_bytes: int = 50 * _MEGABYTE
    inflated_bytes: int = 300 * _MEGABYTE
    member_count: int = 10_000
    archive_tables: int = 100
    rows: int = 200_001
    columns: int = 2_000
    cells: int = 5_000_000
    text_cells: int = 15_000_000
    cell_characters: int = 32_767
    memory_bytes: int = 2 * 1024 * _MEGABYTE
    cpu_seconds: int = 30
    wall_seconds: int = 40
    output_bytes: int = 512 * _MEGABYTE

    def to_json(self) -> dict[str, int]:
        """Return the limits as a plain object for the child process."""
        return asdict(self)


STANDARD_LIMITS = Limits()
