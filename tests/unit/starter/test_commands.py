"""The command line of start.py: what is understood, and how it ends."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from starter import commands, serving
from starter.commands import main, parse_serve_options, tell
from starter.environment import Environment, Need
from starter.ports import PortChoice
from starter.serving import ServeOptions, start_dashboard
from starter.texts import StarterError

START = Path(__file__).resolve().parents[3] / "start.py"


def test_plain_start():
    assert parse_serve_options([]) == ServeOptions(host="127.0.0.1", port=None, opens_browser=True)


def test_options_of_the_start():
    asked = ["--port", "9000", "--host", "0.0.0.0", "--no-browser", "--fresh"]  # noqa: S104 # only parsed
    assert parse_serve_options(asked) == ServeOptions(
        host="0.0.0.0",  # noqa: S104 # only parsed
        port=9000,
        opens_browser=False,
        is_fresh=True,
    )


@pytest.mark.parametrize(
    "arguments",
    [["--port", "x"], ["--port", "0"], ["--port", "65536"], ["--port"], ["--prot", "1"], ["tset"], ["check", "x"]],
)
def test_what_is_not_understood_is_said_in_both_languages(arguments, capsys):
    assert main(arguments) == 2
    polish, english = capsys.readouterr().err.splitlines()
    assert polish.startswith("Nie rozumiem")
    assert english.startswith("I don't understand")


def test_help_names_every_command_in_both_languages(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("start.py test", "start.py check", "start.py bench", "--port", "--host", "--no-browser", "--fresh"):
        assert shown.count(command) == 2


def test_words_after_test_go_to_pytest(monkeypatch):
    heard = []

    def listen(environment, arguments, *, with_coverage):
        heard.append((arguments, with_coverage))
        return 5

    monkeypatch.setattr(commands, "run_tests", listen)
    assert tell(Environment(Path()), ["test", "-k", "ports", "--coverage"]) == 5
    assert heard == [(["-k", "ports"], True)]


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (StarterError("no_network"), 1),
        (PermissionError(13, "Permission denied", "/x"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_failures_end_with_a_sentence_in_both_languages_and_no_traceback(monkeypatch, capsys, raised, code):
    def fail(*_):
        raise raised

    monkeypatch.setattr(commands, "tell", fail)
    assert main([]) == code
    said = "".join(capsys.readouterr())
    assert len(said.strip().splitlines()) == 2
    assert "Traceback" not in said


class FakeDashboard:
    """Stands for everything the start starts."""

    def __init__(self, monkeypatch, choice=None):
        self.steps = []
        monkeypatch.setattr(serving, "choose_port", lambda host, asked: choice or PortChoice(8501))
        monkeypatch.setattr(serving, "prepare_environment", lambda *_, fresh: self.steps.append(f"fresh={fresh}"))
        monkeypatch.setattr(serving, "run_step", lambda _, arguments: self.steps.append(" ".join(arguments)))
        monkeypatch.setattr(serving, "become", self.become)

    def become(self, environment, arguments):
        self.steps.append(" ".join(arguments))
        return 0


def test_the_start_makes_the_database_loads_the_samples_and_serves(monkeypatch, tmp_path):
    dashboard = FakeDashboard(monkeypatch)
    assert start_dashboard(Environment(tmp_path), ServeOptions()) == 0
    assert dashboard.steps == [
        "fresh=False",
        "db upgrade",
        "demo --if-empty",
        "serve --host 127.0.0.1 --port 8501",
    ]


def test_a_moved_port_is_said_and_used(monkeypatch, tmp_path, capsys):
    dashboard = FakeDashboard(monkeypatch, PortChoice(8502, taken=8501))
    start_dashboard(Environment(tmp_path), ServeOptions(opens_browser=False))
    assert dashboard.steps[-1] == "serve --host 127.0.0.1 --port 8502 --no-browser"
    assert "Port 8501 jest zajęty przez inny program: używam portu 8502." in capsys.readouterr().out


def test_a_port_that_cannot_be_had_is_said_before_anything_is_installed(monkeypatch, tmp_path):
    dashboard = FakeDashboard(monkeypatch)

    def refuse(host, asked):
        raise StarterError("port_taken", port=asked, free=asked + 1)

    monkeypatch.setattr(serving, "choose_port", refuse)
    with pytest.raises(StarterError):
        start_dashboard(Environment(tmp_path), ServeOptions(port=9000))
    assert dashboard.steps == []


def test_a_step_that_fails_stops_the_start(monkeypatch, tmp_path):
    failing = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(serving.subprocess, "run", lambda *_, **__: failing)
    with pytest.raises(StarterError) as failure:
        serving.run_step(Environment(tmp_path), ["db", "upgrade"])
    assert "diagnoza db upgrade" in failure.value.explain()


def test_every_need_has_its_lock():
    root = START.parent
    assert all(Environment(root).lock(need).is_file() for need in Need)


def test_an_old_python_gets_a_sentence_and_not_a_syntax_error():
    pretend = f"import sys, runpy; sys.version_info = (3, 6, 0); runpy.run_path({str(START)!r}, run_name='__main__')"
    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, check=False, text=True)
    assert told.returncode == 2
    assert told.stderr.splitlines() == [
        "Ten Python jest za stary (3.6). Zainstaluj Pythona 3.11 lub nowszego ze strony python.org "
        "i uruchom ponownie, tak: python3.12 start.py",
        "This Python is too old (3.6). Install Python 3.11 or later from python.org "
        "and run again, like this: python3.12 start.py",
    ]


def test_any_python_can_read_the_first_file():
    source = START.read_bytes().decode("ascii")  # Python 2 stops at any other letter
    tree = ast.parse(source)
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.FunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
