"""Run by itself: import one workbook and print the peak memory of this process and of the one that read the file.

Linux keeps the peak of a process's own memory (VmHWM); elsewhere the resource usage of the process has to do.
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from etl.readers import child_process
from etl.store.engine import open_store
from tests.importing_surveys import LIW, add_partnership, load

_PEAK = """
def peak():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource, sys
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
"""


def main(workbook: Path, database: Path) -> None:
    """Import and print."""
    names: dict[str, object] = {}
    exec(_PEAK, names)  # noqa: S102 # the same few lines run in both processes
    peak = names["peak"]
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "peak"
        # exec: a statement of several lines has no place behind a semicolon.
        child_process._START += f"; exec({_PEAK!r}); open({str(noted)!r}, 'w').write(str(peak()))"
        store = open_store(f"sqlite:///{database}")
        add_partnership(store)
        before = peak()  # type: ignore[operator] # made by exec
        load(store, workbook, LIW)
        store.close()
        reading = float(noted.read_text())
    importing = peak()  # type: ignore[operator] # made by exec
    peaks = {"before_mb": before, "importing_mb": importing, "reading_mb": reading, "together_mb": importing + reading}
    sys.stdout.write(json.dumps({name: round(size) for name, size in peaks.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
