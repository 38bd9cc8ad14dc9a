"""House rules that a machine can watch: nothing of one machine, no attics, no swallowed faults, no monster modules."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, list_files, list_modules, parse, read_text

MOST_LINES = 400
# Alembic writes these: a list of what to create, as long as the schema is, in files that are never edited afterwards.
MIGRATIONS = Path("etl/store/migrations/versions")
ATTICS = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc|tools?)($|_)")
MAY_PRINT = {"etl/cli.py", "start.py"}
MAY_PRINT_FOLDERS = ("starter/", "etl/commands/")

# Pieced together, so that this file doesn't find itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/<{])(?:/"
    + r"work/|/"
    + r"root/|/"
    + r"home/\w|/"
    + r"Users/\w|/"
    + r"opt/tools|[A-Z]:\\"
    + r"Users\\\w)"
)
INDEX_HOSTS = re.compile(
    "|".join(
        re.escape(host)
        for host in (
            "py" + "pi.org",
            "python" + "hosted.org",
            "registry." + "npmjs",
            "deb." + "debian.org",
            "archive." + "ubuntu",
            "index" + "-url",
        )
    )
)


def find_lines(pattern: re.Pattern[str], *, without: frozenset[str] = frozenset()) -> list[str]:
    """Return ``file:line`` of each line of the project's text files in which the pattern is found."""
    return [
        f"{file.as_posix()}:{number}: {line.strip()[:120]}"
        for file in list_files()
        if file.as_posix() not in without
        for number, line in enumerate((read_text(file) or "").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_there_is_something_to_look_at():
    assert len(list_modules(*PACKAGES)) > 10


def test_no_path_of_one_machine():
    # The docstring tells why a home folder with Polish letters matters, with an example of one.
    assert find_lines(MACHINE_PATHS, without=frozenset({"starter/package.py"})) == []


def test_no_package_index_is_named():
    assert find_lines(INDEX_HOSTS) == []


def test_no_module_is_too_long():
    lengths = {
        module.as_posix(): len((read_text(module) or "").splitlines())
        for module in list_modules()
        if module.parent != MIGRATIONS
    }
    assert {module: length for module, length in lengths.items() if length > MOST_LINES} == {}


def test_no_module_is_an_attic():
    assert [
        module.as_posix()
        for module in list_modules()
        if any(ATTICS.search(part.removesuffix(".py")) for part in module.parts)
    ] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_says_what_it_is_for(package):
    folders = {module.parent for module in list_modules(package)} - {
        MIGRATIONS,
        # Streamlit runs these as scripts; they are not a package.
        *(module.parent for module in list_modules("dashboard") if module.parent.name == "app_pages"),
    }
    silent = [
        folder.as_posix()
        for folder in sorted(folders)
        if folder / "__init__.py" not in list_files() or not ast.get_docstring(parse(folder / "__init__.py"))
    ]
    assert silent == []


def test_every_module_says_what_it_is_for():
    assert [module.as_posix() for module in list_modules() if not ast.get_docstring(parse(module))] == []


def test_only_the_command_line_prints():
    printing = [
        f"{module.as_posix()}:{node.lineno}"
        for module in list_modules(*PACKAGES, "start.py")
        if module.as_posix() not in MAY_PRINT and not module.as_posix().startswith(MAY_PRINT_FOLDERS)
        for node in ast.walk(parse(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_no_fault_is_swallowed():
    swallowing = [
        f"{module.as_posix()}:{node.lineno}"
        for module in list_modules()
        for node in ast.walk(parse(module))
        if isinstance(node, ast.ExceptHandler) and all(_does_nothing(statement) for statement in node.body)
    ]
    assert swallowing == []


def test_no_fault_is_caught_without_a_name():
    bare = [
        f"{module.as_posix()}:{node.lineno}"
        for module in list_modules(*PACKAGES)
        for node in ast.walk(parse(module))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_no_check_is_silenced_without_a_reason():
    # The form is: the check's code in the remark that silences it, then another remark that says why.
    codes = r"[A-Z]+\d+(, ?[A-Z]+\d+)*"
    silenced = re.compile(rf"# {'noqa'}(?!: {codes}\s+# \w)|# type: {'ignore'}(?!\[[\w, -]+\]\s+# \w)")
    assert [line for line in find_lines(silenced) if ".py:" in line] == []


def _does_nothing(statement: ast.stmt) -> bool:
    is_ellipsis = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass) or is_ellipsis
