"""start.py works before anything is installed: it and its folder import the standard library only."""

import ast
import sys

import pytest

from tests.architecture.sources import PACKAGES, list_modules, parse

ALLOWED = sys.stdlib_module_names | {"starter"}


def find_imports(module) -> set[str]:
    """Return the top-level packages a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("module", list_modules("starter", "start.py"), ids=str)
def test_only_the_standard_library(module):
    assert find_imports(module) - ALLOWED == set()


@pytest.mark.parametrize("package", [package for package in PACKAGES if package != "starter"])
def test_nobody_else_builds_on_the_starter(package):
    assert [str(module) for module in list_modules(package) if {"starter", "start"} & find_imports(module)] == []
