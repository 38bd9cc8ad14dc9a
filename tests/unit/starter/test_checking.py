"""How start.py runs the tests and the checks."""

import subprocess
from pathlib import Path

import pytest

from starter import checking
from starter.checking import choose_browser, choose_workers, is_continuous_integration, run_checks, run_tests
from starter.environment import Environment
from starter.texts import StarterError


@pytest.mark.parametrize(
    ("arguments", "cores", "options"),
    [
        ([], 2, ["-n", "2", "--dist", "loadgroup"]),
        (["-k", "ports"], 2, ["-n", "2", "--dist", "loadgroup"]),
        ([], 64, ["-n", "4", "--dist", "loadgroup"]),
        (["-n", "0"], 2, []),
        (["-n0"], 2, []),
        (["--pdb"], 2, []),
    ],
)
def test_a_worker_a_core_unless_the_person_chose(arguments, cores, options):
    assert choose_workers(arguments, cores) == options


@pytest.mark.parametrize(
    ("value", "is_ci"), [("true", True), ("TRUE", True), ("1", True), ("false", False), ("", False)]
)
def test_continuous_integration(value, is_ci):
    assert is_continuous_integration({"CI": value}) is is_ci
    assert not is_continuous_integration({})


def refuse_browser(environment: Environment) -> Path:
    raise StarterError("no_browser", reasons="no network", variable="DIAGNOZA_BROWSER")


def test_without_a_browser_a_person_is_told_what_is_skipped(monkeypatch, capsys):
    monkeypatch.setattr(checking, "obtain_browser", refuse_browser)
    assert choose_browser(Environment(Path()), {}) == {}
    shown = capsys.readouterr().out
    assert "no network" in shown
    assert "Testy w przeglądarce zostaną pominięte" in shown
    assert "The browser tests will be skipped" in shown


def test_without_a_browser_continuous_integration_fails(monkeypatch):
    monkeypatch.setattr(checking, "obtain_browser", refuse_browser)
    with pytest.raises(StarterError):
        choose_browser(Environment(Path()), {"CI": "true"})


def test_a_browser_named_wrongly_fails_for_everybody(monkeypatch):
    def refuse(environment):
        raise StarterError("browser_named_missing", path="/x", variable="DIAGNOZA_BROWSER")

    monkeypatch.setattr(checking, "obtain_browser", refuse)
    with pytest.raises(StarterError):
        choose_browser(Environment(Path()), {})


class Commands:
    """Stands for subprocess.run: writes commands down, answers with a code for some of them."""

    def __init__(self, monkeypatch, codes=None):
        self.ran = []
        self.codes = codes or {}
        monkeypatch.setattr(checking, "prepare_environment", lambda *_: None)
        monkeypatch.setattr(checking, "obtain_browser", lambda _: Path("/usr/bin/chromium"))
        monkeypatch.setattr(checking.subprocess, "run", self.run)

    def run(self, command, **options):
        words = [Path(command[0]).stem, *command[1:]]
        self.ran.append((words, options["env"]))
        code = next((code for name, code in self.codes.items() if name in words), 0)
        return subprocess.CompletedProcess(command, code)


def test_the_tests_get_the_browser_and_pytests_code_comes_back(monkeypatch):
    commands = Commands(monkeypatch, {"pytest": 1})
    assert run_tests(Environment(Path()), ["-k", "ports"], with_coverage=False) == 1
    words, variables = commands.ran[0]
    assert words[:3] == ["python", "-m", "pytest"]
    assert words[-2:] == ["-k", "ports"]
    assert variables["DIAGNOZA_BROWSER"] == str(Path("/usr/bin/chromium"))


def test_coverage_is_measured_combined_and_reported_and_failing_tests_still_fail(monkeypatch):
    commands = Commands(monkeypatch, {"pytest": 1})
    assert run_tests(Environment(Path()), [], with_coverage=True) == 1
    assert [words[:2] for words, _ in commands.ran] == [
        ["coverage", "run"],
        ["coverage", "combine"],
        ["coverage", "report"],
    ]


def test_every_check_runs_although_one_fails_and_the_summary_names_it(monkeypatch, capsys):
    commands = Commands(monkeypatch, {"mypy": 1})
    assert run_checks(Environment(Path())) == 1
    assert [words[0] for words, _ in commands.ran] == ["ruff", "ruff", "mypy", "lint-imports"]
    summary = capsys.readouterr().out
    assert "mypy           FAULTS (exit code 1)" in summary
    assert "import-linter  OK" in summary


def test_clean_checks_end_with_zero(monkeypatch, capsys):
    Commands(monkeypatch)
    assert run_checks(Environment(Path())) == 0
    assert "All checks are clean." in capsys.readouterr().out
