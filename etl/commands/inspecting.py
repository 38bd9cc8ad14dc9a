"""``diagnoza inspect``: what a file is, without a database and without storing anything."""

from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.paths import read_with_form
from etl.importing import ColumnInspection, SheetInspection, findings_to_json
from etl.inspecting.file import inspect_file
from surveys.findings import FaultError
from surveys.language.numerals import format_percent
from surveys.language.texts import load_catalogue

_MOST_CHOICES = 6


def run_inspect(console: Console, options: Namespace) -> int:
    """Say what a file, its sheets and its columns were taken for; 1 when it could not be imported as it is."""
    try:
        form = Path(options.form) if options.form else None
        inspection = inspect_file(read_with_form(Path(options.file), form), progress=console.report_progress)
    except FaultError as fault:
        console.warn_of(fault.report)
        if console.as_json:
            findings = findings_to_json(fault.report, console.language)
            console.print_json({"source": None, "score": 0, "sheets": [], "findings": findings})
        return 1
    console.say(
        "inspect.source",
        source=console.text(f"source.{inspection.source}"),
        score=format_percent(inspection.score, console.language),
    )
    for sheet in inspection.sheets:
        _say_sheet(console, sheet)
    console.warn_of(inspection.report)
    if console.as_json:
        # Last of all: whatever goes wrong before, there is one object on the output.
        console.print_json(inspection.to_json(console.language))
    return 1 if inspection.report.stops else 0


def _say_sheet(console: Console, sheet: SheetInspection) -> None:
    kind = console.text(f"sheet_kind.{sheet.kind}")
    console.print()
    console.say("inspect.sheet", name=sheet.name, kind=kind, rows=sheet.rows)
    for column in sheet.columns:
        _say_column(console, column)


def _say_column(console: Console, column: ColumnInspection) -> None:
    kind = console.text(f"column_role.{column.role}")
    if column.type is not None:
        kind = console.text(f"question.type.{column.type.value}")
    shown = ", ".join(column.choices[:_MOST_CHOICES]) + (" …" if len(column.choices) > _MOST_CHOICES else "")
    # A question of a form stands in no column of data.
    ends = sorted({column.columns[0], column.columns[-1]}) if column.columns else []
    number = "–".join(str(position + 1) for position in ends)
    console.print(f"  {number:>5}  {column.header}  [{kind}]" + (f": {shown}" if shown else ""))
    texts = load_catalogue("surveys.language.catalogues")
    if column.reason in texts:
        console.print(f"         {texts.say(column.reason, console.language, **column.facts)}")
