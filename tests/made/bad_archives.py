"""Archives and statistics files that people upload by mistake or in malice; they join `BAD_FILES`."""

import io
import random
import stat
import warnings
import zipfile

import pandas as pd

from tests.made.bad_files import GOOD, bad, single_cell_far_away
from tests.made.spss_files import write_spss, write_survey
from tests.made.workbook import pack

TABLE = "Sygnatura czasowa,Płeć\n" + "2026/05/01 1:02:03 PM CET,Kobieta\n" * 20


def zip_of(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Return a zip of members in this order, of equal names too."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of the equal names that are wanted here
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@bad("dane.zip", "FILE-IS-ARCHIVE")
def archive_in_an_archive() -> bytes:
    return zip_of(("dane.zip", zip_of(("a.csv", TABLE))))


@bad("dane.zip", "FILE-IS-ARCHIVE")
def archive_in_an_archive_named_as_workbook() -> bytes:
    return zip_of(("dane.xlsx", zip_of(("a.csv", TABLE))))


@bad("ankieta.lsa", "FILE-IS-ARCHIVE")
def structure_of_a_survey_without_answers() -> bytes:
    return zip_of(("survey_1.lss", '<?xml version="1.0"?><document/>'), ("zdjecie.png", b"\x89PNG"))


@bad("dane.zip", "FILE-EMPTY")
def archive_of_empty_files() -> bytes:
    return zip_of(("a.csv", ""), ("b.csv", "\n\n"))


@bad("dane.zip", "FILE-ARCHIVE-UNSAFE")
def archive_that_climbs_out() -> bytes:
    return zip_of(("../../etc/ankieta.csv", TABLE))


@bad("dane.zip", "FILE-ARCHIVE-UNSAFE")
def archive_that_climbs_out_on_windows() -> bytes:
    return zip_of(("dane\\..\\..\\ankieta.csv", TABLE))


@bad("dane.zip", "FILE-ARCHIVE-UNSAFE")
def archive_with_absolute_name() -> bytes:
    return zip_of(("/etc/ankieta.csv", TABLE))


@bad("dane.zip", "FILE-ARCHIVE-UNSAFE")
def archive_with_name_of_a_drive() -> bytes:
    return zip_of(("C:ankieta.csv", TABLE))


@bad("dane.zip", "FILE-ARCHIVE-UNSAFE")
def archive_with_a_link() -> bytes:
    link = zipfile.ZipInfo("ankieta.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zip_of((link, "/etc/passwd"))


@bad("dane.zip", "FILE-ARCHIVE-DUPLICATE")
def archive_with_one_name_twice() -> bytes:
    return zip_of(("ankieta.csv", TABLE), ("Ankieta.csv", TABLE.replace("Kobieta", "Inna")))


@bad("dane.zip", "FILE-ARCHIVE-TOO-MANY")
def archive_of_many_tables() -> bytes:
    return zip_of(*((f"{number}.csv", TABLE) for number in range(101)))


@bad("dane.zip", "FILE-TOO-LARGE-UNPACKED")
def hundred_thousand_members() -> bytes:
    return zip_of(*((f"{number}", "") for number in range(10_001)))


@bad("bomba.zip", "FILE-TOO-LARGE-UNPACKED")
def archive_with_a_bomb() -> bytes:
    return zip_of(("ankieta.csv", TABLE), ("bomba.csv", b" " * (301 * 1024**2)))


@bad("bomba.zip", "FILE-TOO-LARGE-UNPACKED")
def archive_with_a_bomb_beside_the_table() -> bytes:
    return zip_of(("ankieta.csv", TABLE), ("bomba.bin", b" " * (301 * 1024**2)))


@bad("bomba.zip", "FILE-TOO-LARGE-UNPACKED")
def archive_with_a_bomb_in_slices() -> bytes:
    slices = [(f"{number}.txt", b"a;b\n" + b" " * (31 * 1024**2)) for number in range(10)]
    return zip_of(("ankieta.csv", TABLE), *((name.replace("txt", "bin"), slice_) for name, slice_ in slices))


@bad("dane.zip", "FILE-CELL-TOO-LONG")
def archive_with_a_gigantic_text() -> bytes:
    return zip_of(("ankieta.csv", TABLE), ("inna.csv", "a;b\n1;" + "x" * 1024**2))


@bad("dane.zip", "FILE-CELL-FAR")
def archive_with_a_far_cell() -> bytes:
    return zip_of(("ankieta.xlsx", single_cell_far_away()))


@bad("dane.zip", "FILE-BROKEN")
def archive_with_a_broken_workbook() -> bytes:
    return zip_of(("ankieta.csv", TABLE), ("inna.xlsx", GOOD[: len(GOOD) // 2]))


@bad("dane.zip", "FILE-BROKEN")
def archive_cut_short() -> bytes:
    content = pack({"a.csv": TABLE * 50, "b.csv": TABLE})
    return content[: len(content) // 2]


@bad("haslo.zip", "FILE-ENCRYPTED")
def archive_with_password() -> bytes:
    content = bytearray(pack({"a.csv": "a;b\n1;2\n"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@bad("dane.sav", "FILE-BROKEN")
def statistics_file_of_one_line() -> bytes:
    return b"$FL2@(#) SPSS DATA FILE"


@bad("dane.sav", "FILE-BROKEN")
def statistics_file_cut_short() -> bytes:
    return write_survey()[:300]


@bad("dane.zsav", "FILE-BROKEN")
def packed_statistics_file_damaged() -> bytes:
    content = bytearray(write_survey(zlib=True))
    content[-120:-60] = random.Random(3).randbytes(60)  # noqa: S311 # made bytes, not secrets
    return bytes(content)


@bad("szeroki.sav", "FILE-TOO-MANY-COLUMNS")
def statistics_file_of_many_variables() -> bytes:
    return write_spss(pd.DataFrame({f"p{number}": [1.0] for number in range(2_001)}))


@bad("komorka.sav", "FILE-CELL-TOO-LONG")
def statistics_file_with_a_gigantic_text() -> bytes:
    return write_spss(pd.DataFrame({"p1": ["x" * 32_768], "p2": ["y"]}))


@bad("dane.sav", "SURVEY-NO-ROWS")
def statistics_file_without_people() -> bytes:
    import pandas as pd  # needed here only

    return write_spss(pd.DataFrame({"p1": pd.Series([], dtype="float64"), "p2": pd.Series([], dtype="float64")}))
