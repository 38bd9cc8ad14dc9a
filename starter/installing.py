"""pip from the lock: what it is told, how its progress is shown, and what its failures mean.

Every package is pinned with hashes and comes as a ready wheel: nothing is compiled, and no code of a package runs
during the installation. Which index is asked is the machine's own setting; the lock names none.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from starter.texts import StarterError, say

KEPT_LINES = 15  # of pip's own words, shown when we have none of ours

# What pip writes -> which failure of the catalogue; the first that fits wins.
SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("disk_full", ("no space left on device", "errno 28", "not enough space on the disk", "disk quota exceeded")),
    ("hash_mismatch", ("do not match the hashes", "hashes are required")),
    ("path_too_long", ("long path support", "file name too long")),
    ("certificate", ("certificate_verify_failed", "certificate verify failed")),
    ("proxy", ("proxyerror", "tunnel connection failed", "407 proxy authentication")),
    (
        "no_network",
        (
            "name resolution",
            "name or service not known",
            "nodename nor servname",
            "getaddrinfo failed",
            "newconnectionerror",
            "connection refused",
            "connection reset",
            "network is unreachable",
            "readtimeouterror",
            "connecttimeouterror",
            "connection broken",
            "read timed out",
        ),
    ),
    ("folder_closed", ("permission denied", "read-only file system", "access is denied", "errno 13", "errno 30")),
    ("no_wheel", ("no matching distribution found", "is not a supported wheel on this platform")),
)


def install_lock(python: Path, lock: Path) -> None:
    """Install what a lock file pins into the environment of a Python.

    Raises:
        StarterError: pip failed; the failure says why, as far as its words tell.
    """
    entries = count_entries(lock.read_text(encoding="utf-8").splitlines())
    seen = 0

    def show(line: str) -> None:
        nonlocal seen
        if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
            seen += 1
            _show_in_place(f"  {seen}/{entries}  {line.split()[1].partition('=')[0].rstrip(':')}")
        elif line.startswith("Installing collected packages"):
            _show_in_place("")
            say("unpacking")

    _run_pip(
        python,
        # --no-deps: the lock is whole, so there is nothing to work out; --only-binary: nothing is compiled.
        ["install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(lock)],
        show,
    )


def install_wheel(python: Path, wheel: Path) -> None:
    """Install one wheel from the disk, in place of what has its name."""
    _run_pip(python, ["install", "--no-deps", "--no-index", "--force-reinstall", str(wheel)], lambda _: None)


def count_entries(lines: Iterable[str]) -> int:
    """Return how many packages a lock pins."""
    return sum(1 for line in lines if "==" in line and not line.startswith((" ", "#")))


def explain_pip_failure(lines: Sequence[str], folder: Path) -> StarterError:
    """Return the failure that pip's words stand for.

    Args:
        lines: everything pip printed.
        folder: where it was installing.
    """
    words = "\n".join(lines).lower()
    for key, signs in SIGNS:
        if any(sign in words for sign in signs):
            return StarterError(key, folder=folder)
    return StarterError("installation_failed", words="\n".join(lines[-KEPT_LINES:]))


def explain_system_error(error: OSError, folder: Path) -> StarterError:
    """Return the failure that an error of the operating system stands for."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StarterError("disk_full", folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StarterError("folder_closed", folder=folder)
    return StarterError("system_error", words=f"{error.strerror or error}: {error.filename or folder}")


def prepare_variables(variables: dict[str, str]) -> dict[str, str]:
    """Return environment variables for a Python of ours, without what would lead it to other packages."""
    leading_astray = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in variables.items() if name not in leading_astray}
    return kept | {"PYTHONUTF8": "1"}  # Polish letters survive a pipe on Windows too


def _run_pip(python: Path, arguments: Sequence[str], on_line: Callable[[str], None]) -> None:
    # -I: no user site, no current folder on the path.
    command = [str(python), "-I", "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input", "--no-color"]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=prepare_variables(dict(os.environ)),
        # pip inherits the lock of `exclusive`: should we be killed, the next start waits until pip has ended too.
        close_fds=False,
    ) as process:
        try:
            for line in process.stdout or ():
                lines.append(line.rstrip())
                on_line(lines[-1])
        except BaseException:
            process.terminate()
            raise
    if process.returncode != 0:
        _show_in_place("")
        raise explain_pip_failure(lines, python.parent.parent)


def _show_in_place(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r{text:<60}", end="\r" if not text else "", flush=True)
