"""Run by itself: read one file and print the time, and the peak memory of this process and of its child.

Linux keeps the peak of a process's own memory (VmHWM); elsewhere the resource usage of the process has to do.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from etl.importing import Incoming
from etl.readers import child_process
from etl.readers.opening import open_book
from tests.benchmarks.measuring_memory import _PEAK


def main(file: Path) -> None:
    """Read and print."""
    names: dict[str, object] = {}
    exec(_PEAK, names)  # noqa: S102 # the same few lines run in both processes
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "peak"
        child_process._START += f"; exec({_PEAK!r}); open({str(noted)!r}, 'w').write(str(peak()))"
        start = time.perf_counter()
        [sheet] = open_book(Incoming(file.name, file.read_bytes())).sheets
        took = time.perf_counter() - start
        child = float(noted.read_text())
    parent = names["peak"]()  # type: ignore[operator] # made by exec
    figures = {
        "rows": sheet.row_count,
        "columns": len(sheet.columns),
        "seconds": round(took, 2),
        "parent_mb": round(parent),
        "child_mb": round(child),
        "together_mb": round(parent + child),
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
