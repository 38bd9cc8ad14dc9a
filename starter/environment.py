"""The project's own environment, ``.venv``: is it whole and current, or what has to be done.

A stamp, written last of all, says what the environment holds. No stamp means that an installation was interrupted: the
folder is made anew, for pip can't tell a package that was half unpacked. A stamp of another lock means that packages
are added or changed in place. The development lock holds everything of the runtime lock in the same versions (a test
watches), so one folder serves both, and having it satisfies either.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from starter.exclusive import hold_alone
from starter.installing import explain_system_error, install_lock, install_wheel, prepare_variables
from starter.package import describe_package
from starter.texts import StarterError, say

STAMP_FILE = "installed.json"
LOCK_FILE = ".venv.lock"  # beside the folder, for the folder itself is removed now and then


class Need(StrEnum):
    """What the environment is wanted for; the value is the name of the lock file."""

    RUNTIME = "runtime"
    DEVELOPMENT = "development"


class Action(StrEnum):
    """What has to be done so that the environment serves."""

    KEEP = "keep"
    UPDATE = "update"
    BUILD = "build"
    REBUILD = "rebuild"


# Measured on Linux, rounded up; asked for before anything is written.
NEEDED_MEGABYTES = {Need.RUNTIME: 800, Need.DEVELOPMENT: 1500}


@dataclass(frozen=True)
class Stamp:
    """What an environment holds, or should hold.

    Attributes:
        python: the Python it was made with, as far as packages care: kind, version to the second place, system.
        folder: where it stands; a moved environment doesn't work.
        package: fingerprint of the link to the project.
        locks: name of each lock that is satisfied, to its SHA-256.
    """

    python: str
    folder: str
    package: str
    locks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Environment:
    """The folder ``.venv`` of a project.

    Attributes:
        root: folder of the project.
    """

    root: Path

    @property
    def folder(self) -> Path:
        """The environment's own folder."""
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        """Folder of the environment's commands."""
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """Return the path of one of the environment's commands."""
        return self.programs / (f"{name}.exe" if sys.platform == "win32" else name)

    def lock(self, need: Need) -> Path:
        """Return the lock file for a need."""
        return self.root / "locks" / f"{need}.txt"

    def read_stamp(self) -> Stamp | None:
        """Return what the environment says it holds; ``None`` when it is unfinished, foreign or not there."""
        try:
            return Stamp(**json.loads((self.folder / STAMP_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_stamp(self, stamp: Stamp) -> None:
        """Say that the installation is finished; whole or not at all."""
        unfinished = self.folder / f"{STAMP_FILE}.part"
        unfinished.write_text(json.dumps(asdict(stamp), indent=1), encoding="utf-8")
        unfinished.replace(self.folder / STAMP_FILE)

    def works(self) -> bool:
        """Tell whether the environment's Python starts: the one it was made from may have been removed."""
        try:
            answer = subprocess.run([self.python, "-I", "-S", "-c", ""], check=False, capture_output=True)
        except OSError:
            return False
        return answer.returncode == 0

    def variables(self) -> dict[str, str]:
        """Return environment variables for the environment's commands."""
        path = os.pathsep.join([str(self.programs), os.environ.get("PATH", os.defpath)])
        return prepare_variables(dict(os.environ)) | {"PATH": path, "VIRTUAL_ENV": str(self.folder)}


def describe_wanted(environment: Environment, need: Need) -> Stamp:
    """Return what the environment has to hold for a need; a development environment also serves at run time."""
    satisfied = [Need.RUNTIME] if need is Need.RUNTIME else [Need.RUNTIME, Need.DEVELOPMENT]
    return Stamp(
        python=f"{sys.implementation.cache_tag} {sysconfig.get_platform()}",
        folder=str(environment.folder),
        package=describe_package(environment.root, environment.folder).fingerprint,
        locks={lock: hashlib.sha256(environment.lock(lock).read_bytes()).hexdigest() for lock in satisfied},
    )


def choose_action(found: Stamp | None, wanted: Stamp, *, exists: bool, works: bool) -> Action:
    """Decide what has to be done.

    Args:
        found: what the environment says it holds.
        wanted: what it has to hold.
        exists: whether there is a folder at all.
        works: whether its Python starts.
    """
    if not exists:
        return Action.BUILD
    if found is None or not works or (found.python, found.folder) != (wanted.python, wanted.folder):
        return Action.REBUILD
    if found.package == wanted.package and wanted.locks.items() <= found.locks.items():
        return Action.KEEP
    return Action.UPDATE


def prepare_environment(environment: Environment, need: Need, *, fresh: bool = False) -> Action:
    """Make the environment serve a need, doing as little as possible.

    Args:
        environment: which one.
        need: for running the program, or for working on it.
        fresh: make it anew whatever it holds.

    Returns:
        What was done.

    Raises:
        StarterError: something stops it that a person can remedy.
    """
    wanted = describe_wanted(environment, need)
    if not fresh and _look(environment, wanted) is Action.KEEP:
        return Action.KEEP
    try:
        with hold_alone(environment.root / LOCK_FILE, lambda: say("waiting_for_other")):
            action = Action.REBUILD if fresh else _look(environment, wanted)  # the other one may have done it
            if action is not Action.KEEP:
                _carry_out(action, environment, need, wanted)
            return action
    except OSError as error:
        raise explain_system_error(error, environment.folder) from error


def _look(environment: Environment, wanted: Stamp) -> Action:
    exists = environment.folder.exists() or environment.folder.is_symlink()
    return choose_action(environment.read_stamp(), wanted, exists=exists, works=exists and environment.works())


def _carry_out(action: Action, environment: Environment, need: Need, wanted: Stamp) -> None:
    if action is Action.UPDATE:
        say("updating_environment")
        (environment.folder / STAMP_FILE).unlink(missing_ok=True)
    else:
        check_venv_module()
        if action is Action.REBUILD:
            say("rebuilding_environment")
            remove_environment(environment)
        check_space(environment.root, need)
        say("making_environment", folder=environment.folder)
        make_environment(environment)
    say("installing")
    install_lock(environment.python, environment.lock(need))
    with tempfile.TemporaryDirectory() as temporary:
        package = describe_package(environment.root, environment.folder)
        install_wheel(environment.python, package.write(Path(temporary)))
    environment.write_stamp(wanted)


def check_venv_module() -> None:
    """Refuse a Python without ``venv`` or ``ensurepip``: Debian and Ubuntu put them into a package of their own."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise StarterError("no_venv_module", package=f"python{sys.version_info.major}.{sys.version_info.minor}-venv")


def check_space(root: Path, need: Need) -> None:
    """Refuse a disk without room, before half of it is filled."""
    free = shutil.disk_usage(root).free // 1_000_000
    if free < NEEDED_MEGABYTES[need]:
        raise StarterError("disk_small", folder=root, needed=NEEDED_MEGABYTES[need], free=free)


def remove_environment(environment: Environment) -> None:
    """Remove the environment, its stamp first: a removal that is interrupted must not look finished."""
    folder = environment.folder
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
        return
    (folder / STAMP_FILE).unlink(missing_ok=True)
    try:
        shutil.rmtree(folder)
    except PermissionError as error:
        raise StarterError("environment_in_use", folder=folder) from error


def make_environment(environment: Environment) -> None:
    """Make an empty environment with pip in it."""
    # The base Python: started from inside an environment we would otherwise build upon that one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run(
        [base, "-I", "-m", "venv", str(environment.folder)],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        close_fds=False,  # as for pip: the lock is held until this one has ended
    )
    if made.returncode != 0:
        words = made.stdout.lower()
        if "no space left" in words:
            raise StarterError("disk_full", folder=environment.folder)
        if "permission denied" in words or "read-only" in words:
            raise StarterError("folder_closed", folder=environment.folder)
        raise StarterError("environment_failed", words=made.stdout.strip())
