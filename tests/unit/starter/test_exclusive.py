"""Two starts at once: the second waits for the first, also when the first is killed."""

import subprocess
import sys
from pathlib import Path

from starter.exclusive import hold_alone

ROOT = Path(__file__).resolve().parents[3]
HOLDER = """
import sys
from pathlib import Path
from starter.exclusive import hold_alone
with hold_alone(Path(sys.argv[1]), lambda: None):
    print("holding", flush=True)
    sys.stdin.read()
"""


def start_holder(lock: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert holder.stdout.readline() == "holding\n"
    return holder


def test_the_second_waits_until_the_first_is_done(tmp_path):
    lock = tmp_path / "lock"
    holder = start_holder(lock)
    # Told that it has to wait, the second lets the first go: the order of things proves the waiting.
    with holder, hold_alone(lock, holder.stdin.close, pause_seconds=0.01):
        assert holder.wait() == 0
    assert holder.stdin.closed


def test_a_first_that_was_killed_holds_nothing(tmp_path):
    lock = tmp_path / "lock"
    waited = []
    with start_holder(lock) as holder:
        holder.kill()
        holder.wait()
        with hold_alone(lock, lambda: waited.append("waited"), pause_seconds=0.01):
            assert waited == []
