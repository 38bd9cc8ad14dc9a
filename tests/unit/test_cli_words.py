"""The command line's words: help, languages, wrong usage, and that every command is whole."""

import ast
import logging
import re
from pathlib import Path

import pytest

import etl.commands
from etl.commands.arguments import SUGGESTED_KINDS, build_parser, find_code, list_code, list_commands
from etl.commands.console import Console
from etl.commands.parsing import command_texts
from etl.faults import explain_fault
from etl.store.migration import NewerSchemaError, SchemaState
from etl.store.scope import ForbiddenError, Role
from surveys.findings import Severity, finding_severities
from surveys.language.suggestion import KINDS
from surveys.language.texts import LANGUAGES
from surveys.model import QuestionType

COMMANDS = list_commands()
CODE = Path(etl.commands.__file__).parent
# What the design promises to others.
PROMISED = {
    ("serve",): {"--port", "--host", "--no-browser"},
    ("demo",): {"--if-empty"},
    ("inspect",): {"--json"},
    ("import",): {
        "--partnership", "--wave", "--questionnaire", "--mapping", "--drop-identifiers", "--accept-suggestions",
        "--dry-run", "--json",
    },
    ("suggest",): {"--json"},
    ("tabulate",): {"--wave", "--partnership", "--question", "--by", "--weighted", "--min-base", "--json"},
    ("imports",): {"--json"},
    ("undo",): set(),
    ("template", "partnership"): set(),
    ("template", "survey"): {"--questionnaire"},
    ("questionnaire", "list"): set(),
    ("questionnaire", "show"): set(),
    ("user", "add"): {"--password-stdin"},
    ("user", "list"): set(),
    ("user", "disable"): set(),
    ("user", "grant"): set(),
    ("db", "upgrade"): set(),
    ("db", "status"): set(),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_both_languages(diagnoza, command, language):
    shown = diagnoza(*command, "--help", "--lang", language)
    assert (shown.code, shown.errors) == (0, "")
    unwrapped = " ".join(shown.output.split())
    assert " ".join(command_texts().say(".".join(("command", *command, "help")), language).split()) in unwrapped
    foreign = {"pl": "usage:", "en": "użycie:"}[language]
    assert foreign not in shown.output
    assert "show this help message" not in shown.output  # argparse's own


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_the_commands(diagnoza, language):
    shown = diagnoza("--help", "--lang", language)
    assert shown.code == 0
    for command in COMMANDS:
        assert re.search(rf"^    {command[0]}\b", shown.output, re.MULTILINE)


def test_the_promised_commands_and_options_are_there(diagnoza):
    assert PROMISED.keys() <= set(COMMANDS)
    for command, options in PROMISED.items():
        assert options <= set(re.findall(r"--[a-z-]+", diagnoza(*command, "--help").output))


@pytest.mark.parametrize("code", list_code())
def test_every_command_has_its_code(code):
    assert callable(find_code(f"etl.commands.{code}"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Brakuje: POLECENIE"),
        (["improt"], "Czy chodziło o „import”?"),
        (["user"], "Brakuje: POLECENIE"),
        (["user", "lst"], "Czy chodziło o „list”?"),
        (["import"], "Brakuje: FILE"),
        (["import", "a.csv", "--partnership"], "--partnership: brakuje wartości"),
        (["import", "a.csv", "--partnerhip", "liw"], "Nieznane słowo: --partnerhip"),
        (["serve", "--port", "osiem"], "--port: „osiem” nie jest tu możliwe"),
        (["serve", "--port", "70000"], "--port: „70000” nie jest tu możliwe"),
        (["suggest", "problm", "drogi"], "Czy chodziło o „problem”?"),
        (["undo"], "Brakuje: BATCH"),
        (["user", "grant", "anna", "coordinator"], "dodaj --partnership"),
        (["user", "grant", "anna", "boris", "--partnership", "liw"], "usuń --partnership"),
        (["user", "add", "anna", "--partnership", "liw"], "Brakuje: --role"),
        (["imports", "--lang", "de"], "Nieznany język „de”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_said_in_words_and_ends_with_2(diagnoza, words, said):
    ran = diagnoza(*words)
    assert (ran.code, ran.output) == (2, "")
    assert said in ran.errors
    assert "Traceback" not in ran.errors


def test_wrong_usage_in_english(diagnoza):
    ran = diagnoza("--lang", "en", "improt")
    assert ran.code == 2
    assert "Did you mean “import”?" in ran.errors
    assert "usage: diagnoza" in ran.errors


def test_the_language_can_stand_in_the_environment(diagnoza, monkeypatch):
    monkeypatch.setenv("DIAGNOZA_LANG", "en")
    assert "usage: " in diagnoza("--help").output
    assert "użycie: " in diagnoza("--help", "--lang=pl").output


def test_after_two_dashes_a_word_is_only_a_word(diagnoza):
    assert "--lang\n" in diagnoza("suggest", "problem", "--", "--lang").output


def test_what_can_be_suggested_is_known_to_the_vocabulary():
    assert set(SUGGESTED_KINDS) <= KINDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_argument_of_every_command_has_help(language):
    parser = build_parser(language)  # fails on a missing text
    assert parser.prog == "diagnoza"


def list_calls(*names):
    """Return the first arguments of calls of methods of these names in the commands' code."""
    for module in sorted(CODE.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in names
                and node.args
            ):
                yield node.args[0]


def test_every_text_that_the_commands_say_is_in_the_catalogue():
    texts = command_texts()
    used = [
        piece.value
        for argument in list_calls("say", "note", "text")
        for piece in ast.walk(argument)
        if isinstance(piece, ast.Constant)
        and isinstance(piece.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_.]*", piece.value)
    ]
    assert len(used) > 30
    for key in used:
        assert key in texts or any(known.startswith(key) for known in texts), key


def test_words_chosen_by_a_value_are_there_for_every_value():
    texts = command_texts()
    sources = (
        "google_forms", "ms_forms", "kobo", "odk", "limesurvey", "surveymonkey", "interankiety", "spss", "xlsform",
        "template", "partnership_workbook", "bdl", "ozps", "tally", "generic",
    )  # fmt: skip
    wanted = {
        "severity": Severity,
        "db.status": SchemaState,
        "role": Role,
        "question.type": QuestionType,
        "source": sources,
        "sheet_kind": ("answers", "register", "codes", "empty", "ignored"),
        "column_role": ("question", "metadata", "identifier", "weight", "ignored"),
        "imports.state": ("loaded", "undone"),
    }
    missing = [
        f"{prefix}.{value}" for prefix, values in wanted.items() for value in values if f"{prefix}.{value}" not in texts
    ]
    assert missing == []


def test_every_stage_that_the_pipeline_tells_has_words():
    etl_folder = CODE.parent
    told = {
        node.args[0].value
        for module in etl_folder.rglob("*.py")
        if "commands" not in module.parts
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (isinstance(node.func, ast.Name) and node.func.id in {"progress", "report"})
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert {"reading", "mapping", "storing"} <= told
    assert {stage for stage in told if f"stage.{stage}" not in command_texts()} == set()


def test_every_finding_that_this_room_raises_is_in_the_catalogue():
    raised = {
        node.args[0].value
        for folder in ("commands", "jobs", "store")
        for module in (CODE.parent / folder).glob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(raised) > 15
    assert raised <= finding_severities().keys()


def test_a_strangers_name_can_neither_move_the_cursor_nor_turn_the_line(capsys):
    console = Console("pl")
    console.print("a\x1b[2Jb\u202ec\x9bd")
    console.warn("e\rf\x07")
    captured = capsys.readouterr()
    assert captured.out == "a�[2Jb�c�d\n"
    assert captured.err == "e�f�\n"


def test_an_unforeseen_fault_is_a_sentence_with_a_number(diagnoza, monkeypatch, caplog):
    def fail(_code):
        raise LookupError("odpowiedź osoby")

    monkeypatch.setattr("etl.cli.find_code", fail)
    ran = diagnoza("imports", "--json")
    assert ran.code == 1
    assert ran.codes == ["INTERNAL-FAULT"]
    assert "Traceback" not in ran.errors
    assert "odpowiedź osoby" not in ran.errors
    number = re.search(r"numer ([0-9a-f]{8})", ran.errors).group(1)
    assert f"fault {number}: builtins.LookupError at etl/cli.py" in caplog.text
    assert "odpowiedź osoby" not in caplog.text


def test_an_interrupted_command_says_so(diagnoza, monkeypatch):
    def interrupt(_code):
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.cli.find_code", interrupt)
    ran = diagnoza("imports")
    assert ran.code == 130
    assert "Przerwano" in ran.errors


def test_a_fault_that_explains_itself_is_not_logged(caplog):
    logger = logging.getLogger("test")
    assert [finding.code for finding in explain_fault(ForbiddenError("x"), logger)] == ["NOT-ALLOWED"]
    assert caplog.text == ""
    assert [finding.code for finding in explain_fault(NewerSchemaError("x"), logger)] == ["STORE-NEWER"]
