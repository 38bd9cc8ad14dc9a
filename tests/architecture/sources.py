"""The project's own files, as the tests of its architecture look at them."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("surveys", "etl", "dashboard", "starter")

# What may lie in the folder without being part of the project, where git isn't there to tell.
NOT_OURS = {".git", ".venv", "data", "build", "dist", "__pycache__", "test-results", "htmlcov", "node_modules"}


@cache
def list_files() -> tuple[Path, ...]:
    """Return every file that belongs to the project, relative to its folder.

    Without git (a downloaded archive) everything counts but folders that work leaves behind.
    """
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8"
        )
        names = [Path(name) for name in listed.stdout.split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if not any(part in NOT_OURS or part.endswith("_cache") for part in name.parts)]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def list_modules(*folders: str) -> tuple[Path, ...]:
    """Return the Python files of some top-level folders (of all, when none is named), relative to the project."""
    return tuple(name for name in list_files() if name.suffix == ".py" and (not folders or name.parts[0] in {*folders}))


@cache
def parse(module: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=str(module))


def read_text(file: Path) -> str | None:
    """Return a file's text, or ``None`` for one that is not text."""
    try:
        return (ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
