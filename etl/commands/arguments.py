"""What each command takes, and where its code is. Quick to import: the code is found when a command runs."""

from collections.abc import Callable
from typing import Any

from etl.commands.parsing import Parser
from surveys.language.texts import Language

SUGGESTED_KINDS = ("problem", "theme", "target_group", "partner_kind", "activity_form")
# Those of `etl.recognise.registry`, whose import would make every command slower.
SAID_SOURCES = (
    "survey",
    "partnership_workbook",
    "google_forms",
    "ms_forms",
    "kobo",
    "odk",
    "xlsform",
    "limesurvey",
    "surveymonkey",
    "interankiety",
    "spss",
    "bdl",
    "ozps",
    "tally",
    "template",
    "generic",
)
ROLES = ("participant", "coordinator", "boris", "administrator")
FORM_FORMATS = ("xlsform", "csv", "xform", "limesurvey", "google")
HIGHEST_PORT = 65_535
# Those of `etl.connectors.bdl`.
AREA_LEVELS = ("gmina", "powiat")
MOST_PEOPLE = 1_000_000
MOST_INHABITANTS = 50_000_000
# Those of `surveys.model.wave`, whose package would make every command slower.
POPULATIONS = ("residents", "youth", "partners", "participants", "other")
SAMPLINGS = ("convenience", "random", "census")
# Those of `dashboard.documents`, which this package never imports.
REPORT_KINDS = ("full", "srps", "cus", "lsr", "gpr", "grant", "brief")
REPORT_FORMATS = ("docx", "pptx", "xlsx", "html")
LICENCES = ("CC0-1.0", "CC-BY-4.0")

Takes = Callable[[Parser], None]


def build_parser(language: Language) -> Parser:
    """Return the parser of ``diagnoza``; every command sets ``run`` to the ``module:function`` of its code."""
    parser = Parser(language=language)
    add = parser.add_commands([*_COMMANDS, *_GROUPS])
    for name, (code, takes) in _COMMANDS.items():
        _prepare(add(name), code, takes)
    for group, commands in _GROUPS.items():
        add_within = add(group).add_commands(commands)
        for name, (code, takes) in commands.items():
            _prepare(add_within(name), code, takes)
    return parser


def list_commands() -> list[tuple[str, ...]]:
    """Return the words of every command, for tests and documentation."""
    return [(name,) for name in _COMMANDS] + [(group, name) for group, names in _GROUPS.items() for name in names]


def list_code() -> list[str]:
    """Return the ``module:function`` of every command."""
    grouped = (command for commands in _GROUPS.values() for command in commands.values())
    return [code for code, _ in (*_COMMANDS.values(), *grouped)]


def _prepare(parser: Parser, code: str, takes: Takes) -> None:
    takes(parser)
    parser.set_defaults(run=f"etl.commands.{code}")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT):
        raise ValueError("not a port")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PEOPLE):
        raise ValueError("not a number of people")
    return int(text)


def _inhabitants(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_INHABITANTS):
        raise ValueError("not a number of people")
    return int(text)


def _flag(parser: Parser, *names: str) -> None:
    for name in names:
        parser.takes(name, action="store_true")


def _take_serving(parser: Parser) -> None:
    parser.takes("--host", default="127.0.0.1", metavar="HOST")
    parser.takes("--port", type=_port, default=8501, metavar="N")
    _flag(parser, "--no-browser")


def _take_demo(parser: Parser) -> None:
    _flag(parser, "--if-empty", "--remove")
    parser.takes("--files", metavar="FOLDER")


def _take_file(parser: Parser) -> None:
    parser.takes("file", metavar="FILE")
    parser.takes("--form", metavar="FILE")
    _flag(parser, "--json")


def _take_import(parser: Parser) -> None:
    parser.takes("files", nargs="+", metavar="FILE")
    for name, metavar in (("partnership", "SLUG"), ("wave", "NAME"), ("questionnaire", "ID"), ("mapping", "FILE")):
        parser.takes(f"--{name}", metavar=metavar)
    parser.takes("--as", dest="said_source", choices=SAID_SOURCES, metavar="SOURCE")
    parser.takes("--replace", metavar="BATCH")
    parser.takes("--form", metavar="FILE")
    parser.takes("--people", type=_positive, metavar="N")
    parser.takes("--population", choices=POPULATIONS, metavar="|".join(POPULATIONS))
    parser.takes("--who", metavar="TEXT")
    parser.takes("--sampling", choices=SAMPLINGS, metavar="|".join(SAMPLINGS))
    parser.takes("--population-count", type=_inhabitants, metavar="N")
    parser.takes("--invited", type=_inhabitants, metavar="N")
    _flag(parser, "--keep-both", "--keep-unfinished", "--keep-names", "--drop-identifiers", "--accept-suggestions")
    _flag(parser, "--dry-run", "--json")


def _take_pull(parser: Parser) -> None:
    parser.takes("name", nargs="?", metavar="NAME")
    for name, metavar in (("partnership", "SLUG"), ("wave", "NAME"), ("questionnaire", "ID"), ("mapping", "FILE")):
        parser.takes(f"--{name}", metavar=metavar)
    _flag(parser, "--list", "--drop-identifiers", "--accept-suggestions", "--dry-run", "--json")


def _take_kept(parser: Parser) -> None:
    parser.takes("--partnership", required=True, metavar="SLUG")
    _flag(parser, "--json")


def _take_mapping_out(parser: Parser) -> None:
    parser.takes("out", metavar="OUT.json")
    _flag(parser, "--force")
    _take_kept(parser)


def _take_mapping_file(parser: Parser) -> None:
    parser.takes("file", metavar="FILE")
    _take_kept(parser)


def _take_forgetting(parser: Parser) -> None:
    parser.takes("decisions", nargs="*", metavar="DECISION")
    parser.takes("--questionnaire", metavar="ID")
    _flag(parser, "--all")
    _take_kept(parser)


def _take_imports(parser: Parser) -> None:
    parser.takes("--partnership", metavar="SLUG")
    _flag(parser, "--json")


def _take_retention(parser: Parser) -> None:
    parser.takes("--partnership", metavar="SLUG")
    _flag(parser, "--apply", "--json")


def _take_batch(parser: Parser) -> None:
    parser.takes("batch", metavar="BATCH")
    _flag(parser, "--json")


def _digits(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9):
        raise ValueError("not a number")
    return int(text)


def _take_bdl(parser: Parser) -> None:
    parser.takes("--variable", required=True, type=_digits, metavar="ID")
    parser.takes("--year", required=True, type=_digits, metavar="Y")
    parser.takes("--level", choices=AREA_LEVELS, default="gmina", metavar="|".join(AREA_LEVELS))
    _flag(parser, "--dry-run", "--json")


def _take_outlines(parser: Parser) -> None:
    parser.takes("file", metavar="FILE.geojson")
    _flag(parser, "--json")


def _take_output(parser: Parser) -> None:
    parser.takes("out", metavar="OUT.xlsx")
    parser.takes("--partnership", metavar="SLUG")
    _flag(parser, "--force", "--json")


def _take_answer_sheet(parser: Parser) -> None:
    _take_output(parser)
    parser.takes("--questionnaire", default="residents", metavar="ID")
    parser.takes("--version", metavar="VERSION")


def _take_texts(parser: Parser) -> None:
    parser.takes("kind", choices=SUGGESTED_KINDS, metavar="|".join(SUGGESTED_KINDS))
    parser.takes("texts", nargs="+", metavar="TEXT|-")
    _flag(parser, "--json")


def _take_question(parser: Parser) -> None:
    parser.takes("--partnership", required=True, metavar="SLUG")
    parser.takes("--wave", required=True, metavar="NAME")
    parser.takes("--question", required=True, metavar="Q")
    parser.takes("--by", metavar="Q2")
    parser.takes("--min-base", type=int, metavar="N")
    _flag(parser, "--weighted", "--json")


def _take_own(parser: Parser) -> None:
    parser.takes("--partnership", metavar="SLUG")
    _flag(parser, "--json")


def _take_questionnaire(parser: Parser) -> None:
    parser.takes("questionnaire", metavar="ID")
    parser.takes("--version", metavar="VERSION")
    _take_own(parser)


def _take_conversion(parser: Parser) -> None:
    parser.takes("source", metavar="FILE|ID")
    parser.takes("out", metavar="OUT")
    parser.takes("--to", required=True, choices=FORM_FORMATS, metavar="|".join(FORM_FORMATS))
    parser.takes("--version", metavar="VERSION")
    _flag(parser, "--force")
    _take_own(parser)


def _take_account(*more: Takes) -> Takes:
    def take(parser: Parser) -> None:
        parser.takes("name", metavar="NAME")
        for one in more:
            one(parser)
        _flag(parser, "--json")

    return take


def _take_password(parser: Parser) -> None:
    _flag(parser, "--password-stdin")


def _take_new_account(parser: Parser) -> None:
    parser.takes("--display-name", metavar="TEXT")
    parser.takes("--role", choices=ROLES, metavar="|".join(ROLES))
    parser.takes("--partnership", metavar="SLUG")
    _take_password(parser)


def _take_grant(parser: Parser) -> None:
    parser.takes("role", choices=ROLES, metavar="|".join(ROLES))
    parser.takes("--partnership", metavar="SLUG")


def _take_report(parser: Parser) -> None:
    parser.takes("out", metavar="OUT")
    parser.takes("--partnership", required=True, metavar="SLUG")
    parser.takes("--format", required=True, choices=REPORT_FORMATS, metavar="|".join(REPORT_FORMATS))
    parser.takes("--kind", choices=REPORT_KINDS, default="full", metavar="|".join(REPORT_KINDS))
    parser.takes("--language", choices=("pl", "en"), metavar="pl|en")
    _flag(parser, "--force", "--json")


def _take_export(parser: Parser) -> None:
    parser.takes("--out", required=True, metavar="FOLDER")
    # Those of `etl.open_data.describing`.
    parser.takes("--licence", choices=LICENCES, metavar="|".join(LICENCES))
    _flag(parser, "--full", "--json")


def _take_folder(parser: Parser) -> None:
    parser.takes("folder", metavar="FOLDER")
    _flag(parser, "--json")


def _take_backup(parser: Parser) -> None:
    parser.takes("out", metavar="OUT")
    _flag(parser, "--force", "--json")


def _take_json(parser: Parser) -> None:
    _flag(parser, "--json")


_COMMANDS: dict[str, tuple[str, Takes]] = {
    "serve": ("serving:run_serve", _take_serving),
    "demo": ("sample:run_demo", _take_demo),
    "inspect": ("inspecting:run_inspect", _take_file),
    "import": ("importing:run_import", _take_import),
    "pull": ("pulling:run_pull", _take_pull),
    "imports": ("batches:run_imports", _take_imports),
    "undo": ("batches:run_undo", _take_batch),
    "retention": ("retention:run_retention", _take_retention),
    "suggest": ("suggesting:run_suggest", _take_texts),
    "tabulate": ("tabulating:run_tabulate", _take_question),
    "report": ("reporting:run_report", _take_report),
    "export": ("packages:run_export", _take_export),
    "restore": ("packages:run_restore", _take_folder),
    "backup": ("packages:run_backup", _take_backup),
}
_GROUPS: dict[str, dict[str, tuple[str, Takes]]] = {
    "template": {
        "partnership": ("templates:run_partnership", _take_output),
        "survey": ("templates:run_survey", _take_answer_sheet),
    },
    "mapping": {
        "list": ("mapping:run_list", _take_kept),
        "export": ("mapping:run_export", _take_mapping_out),
        "import": ("mapping:run_import", _take_mapping_file),
        "forget": ("mapping:run_forget", _take_forgetting),
    },
    "bdl": {"pull": ("bdl:run_pull", _take_bdl)},
    "boundaries": {"import": ("boundaries:run_import", _take_outlines)},
    "questionnaire": {
        "list": ("questionnaires:run_list", _take_own),
        "show": ("questionnaires:run_show", _take_questionnaire),
        "check": ("form_files:run_check", _take_file),
        "convert": ("form_files:run_convert", _take_conversion),
    },
    "user": {
        "add": ("accounts:run_add", _take_account(_take_new_account)),
        "list": ("accounts:run_list", _take_json),
        "disable": ("accounts:run_disable", _take_account()),
        "enable": ("accounts:run_enable", _take_account()),
        "grant": ("accounts:run_grant", _take_account(_take_grant)),
        "revoke": ("accounts:run_revoke", _take_account(_take_grant)),
        "password": ("accounts:run_password", _take_account(_take_password)),
    },
    "db": {"upgrade": ("database:run_upgrade", _take_json), "status": ("database:run_status", _take_json)},
}


def find_code(code: str) -> Any:
    """Return the function that a ``module:function`` names."""
    from importlib import import_module  # noqa: PLC0415 # beside its only use

    module, _, function = code.partition(":")
    return getattr(import_module(module), function)
