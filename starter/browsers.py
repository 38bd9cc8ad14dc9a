"""A browser for the tests: Chromium, Chrome or Edge, where it usually stands, else installed by the way that works.

Playwright drives whichever is found; its own Chromium is only the last place looked at, so that a machine with a
browser downloads nothing. The driver itself is a program too, and lacks a library on the barest of Linux systems.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from starter.environment import Environment
from starter.installing import prepare_variables
from starter.texts import StarterError, say

VARIABLE = "DIAGNOZA_BROWSER"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
USUAL_PLACES = {
    "darwin": (
        "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "Applications/Chromium.app/Contents/MacOS/Chromium",
        "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        "Google/Chrome/Application/chrome.exe",
        "Chromium/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
    ),
    "linux": ("/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/snap/bin/chromium"),
}
PLAYWRIGHT_FOLDERS = {
    "darwin": "Library/Caches/ms-playwright",
    "win32": "ms-playwright",
    "linux": ".cache/ms-playwright",
}
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
ANSWER_SECONDS = 30
INSTALL_SECONDS = 900
DEBIAN_PACKAGES = ("chromium", "libatomic1")  # the second is for Playwright's driver


def find_browser(
    variables: Mapping[str, str] | None = None, system: str = sys.platform, home: Path | None = None
) -> Path | None:
    """Return a browser that the tests can drive, or ``None``.

    Args:
        variables: environment variables; ours when left out.
        system: ``sys.platform`` of the machine.
        home: the person's home folder; theirs when left out.

    Raises:
        StarterError: ``DIAGNOZA_BROWSER`` names something that is not a program.
    """
    variables = os.environ if variables is None else variables
    named = variables.get(VARIABLE)
    if named:
        if not is_program(Path(named)):
            raise StarterError("browser_named_missing", path=named, variable=VARIABLE)
        return Path(named)
    home = home or Path.home()
    return next((place for place in list_places(variables, system, home) if is_program(place) and answers(place)), None)


def list_places(variables: Mapping[str, str], system: str, home: Path) -> Iterator[Path]:
    """Yield where a browser may stand, best first, whether or not it does."""
    for name in NAMES:
        found = shutil.which(name, path=variables.get("PATH", os.defpath))
        if found:
            yield Path(found)
    kind = system if system in USUAL_PLACES else "linux"
    for start in _list_starts(variables, kind, home):
        for place in USUAL_PLACES[kind]:
            yield start / place
    for pattern in PLAYWRIGHT_PROGRAMS:
        # The newest of several: the names end with growing build numbers.
        yield from sorted(_playwright_folder(variables, kind, home).glob(pattern), reverse=True)


def is_program(path: Path) -> bool:
    """Tell whether a path is a file that can be run."""
    return path.is_file() and os.access(path, os.X_OK)


def answers(browser: Path) -> bool:
    """Tell whether a browser tells its version; Ubuntu's ``chromium-browser`` may be a stub that only advertises."""
    if os.name == "nt":
        return True  # there the question would open a window
    try:
        asked = subprocess.run([browser, "--version"], check=False, capture_output=True, timeout=ANSWER_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def obtain_browser(environment: Environment) -> Path:
    """Return a browser that Playwright can drive, installing what is missing.

    Raises:
        StarterError: something is missing and can't be installed; the failure tells what was tried.
    """
    found, fault = find_browser(), find_driver_fault(environment.python)
    ways = choose_ways(os_release=read_os_release(), is_root=is_root(), has_apt=shutil.which("apt-get") is not None)
    reasons: list[str] = []
    for way in ways:
        if found is not None and fault is None:
            break
        say("installing_browser")
        reason = way(environment)
        found, fault = find_browser(), find_driver_fault(environment.python)
        reasons.append(reason or "no browser found afterwards")
    if found is None:
        raise StarterError("no_browser", reasons="; ".join(reasons), variable=VARIABLE)
    if fault is not None:
        raise StarterError("no_driver", words=fault)
    return found


def find_driver_fault(python: Path) -> str | None:
    """Return why Playwright's driver doesn't start in the environment of a Python, or ``None`` when it does."""
    return _run([str(python), "-m", "playwright", "--version"], prepare_variables(dict(os.environ)))


def choose_ways(
    *, os_release: Mapping[str, str], is_root: bool, has_apt: bool
) -> tuple[Callable[[Environment], str | None], ...]:
    """Return how to install a browser here, the likeliest first.

    Debian has a package; Ubuntu's is a stub for snap, so there Playwright's download goes first. Without root nothing
    but the download is tried: nobody wants a test to ask for a password.
    """
    if not (is_root and has_apt):
        return (download_with_playwright,)
    if os_release.get("ID") == "debian":
        return (install_with_apt, download_with_playwright)
    return (download_with_playwright, install_with_apt)


def install_with_apt(_: Environment) -> str | None:
    """Install Debian's Chromium and what its driver needs; returns why it didn't work, or ``None``."""
    variables = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    return _run(["apt-get", "update", "-q"], variables) or _run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *DEBIAN_PACKAGES], variables
    )


def download_with_playwright(environment: Environment) -> str | None:
    """Let Playwright download its Chromium; returns why it didn't work, or ``None``."""
    dependencies = ["--with-deps"] if is_root() and shutil.which("apt-get") else []
    command = [str(environment.python), "-m", "playwright", "install", *dependencies, "chromium"]
    return _run(command, environment.variables())


def is_root() -> bool:
    """Tell whether we may install what we like."""
    return sys.platform != "win32" and os.geteuid() == 0


def read_os_release(path: Path = Path("/etc/os-release")) -> dict[str, str]:
    """Return what a Linux system says it is; empty elsewhere."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: value.strip("\"'") for name, found, value in (line.partition("=") for line in lines) if found}


def _list_starts(variables: Mapping[str, str], kind: str, home: Path) -> list[Path]:
    if kind == "win32":
        names = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        return [Path(variables[name]) for name in names if variables.get(name)]
    return [Path("/"), home] if kind == "darwin" else [Path("/")]


def _playwright_folder(variables: Mapping[str, str], kind: str, home: Path) -> Path:
    own = variables.get("PLAYWRIGHT_BROWSERS_PATH")
    if own:
        return Path(own)
    start = Path(variables.get("LOCALAPPDATA") or home) if kind == "win32" else home
    return start / PLAYWRIGHT_FOLDERS[kind]


def _run(command: list[str], variables: dict[str, str]) -> str | None:
    name = " ".join(Path(part).name for part in command[:4])
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=variables,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{name}: {error}"
    if done.returncode == 0:
        return None
    return f"{name}: {pick_reason(done.stdout.splitlines()) or done.returncode}"


def pick_reason(lines: Sequence[str]) -> str:
    """Return the line of a program's words that tells most: the first that says error, else the last."""
    said = [line.strip() for line in lines if line.strip()]
    return next((line for line in said if "error" in line.lower()), said[-1] if said else "")
