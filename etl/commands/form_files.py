"""``diagnoza questionnaire check`` and ``convert``: a questionnaire's file looked through, or made for others."""

from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.finding_forms import find_form
from etl.commands.paths import SUFFIXES, check_output, read_input, write_output
from etl.exports.questionnaires.google_script import write_google_script
from etl.exports.questionnaires.limesurvey import write_limesurvey
from etl.forms.asking_pyxform import make_xform
from etl.forms.checking import check_form_file
from etl.forms.reading import read_form_file
from etl.forms.writing import write_csv_form, write_xlsform
from etl.importing import findings_to_json
from surveys.findings import FaultError, Report
from surveys.model import Form
from surveys.model.form import say
from surveys.questionnaires import fill_labels, questionnaire_of, write_sheets
from surveys.questionnaires.minutes import estimate_minutes


def run_check(console: Console, options: Namespace) -> int:
    """Say everything that is wrong with a questionnaire's file; 1 when it could not be used as it is."""
    try:
        file = read_form_file(read_input(Path(options.file)))
    except FaultError as fault:
        console.warn_of(fault.report)
        if console.as_json:
            console.print_json({"id": None, "findings": findings_to_json(fault.report, console.language)})
        return 1
    report, form = check_form_file(file), file.form
    console.warn_of(report)
    asked = len(questionnaire_of(form).questions)
    if console.as_json:
        console.print_json(
            {
                "id": form.form_id,
                "version": form.version,
                "title": dict(form.titles),
                "languages": sorted({language for row, _ in form.rows() for language in row.labels}),
                "question_count": asked,
                "minutes": estimate_minutes(form),
                "findings": findings_to_json(report, console.language),
            }
        )
    key = "questionnaire.checked_faulty" if report.stops else "questionnaire.checked"
    title = say(form.titles, console.language)
    console.say(key, title=title, count=asked, minutes=estimate_minutes(form), errors=len(report.errors))
    return 1 if report.stops else 0


def run_convert(console: Console, options: Namespace) -> int:
    """Write a questionnaire as another program's file; what could not be carried over is said."""
    out = Path(options.out)
    check_output(out, force=options.force)
    form = _find(console, options)
    content, report = _write(form, options.to, console)
    write_output(out, content, force=options.force)
    console.warn_of(report)
    console.say("questionnaire.converted", file=out, title=say(form.titles, console.language))
    if console.as_json:
        found = findings_to_json(report, console.language)
        console.print_json(
            {"file": str(out), "format": options.to, "id": form.form_id, "version": form.version, "findings": found}
        )
    return 0


def _find(console: Console, options: Namespace) -> Form:
    """A file, when there is one of that name or it ends like one; else a questionnaire by its name.

    Raises:
        FaultError: there is neither, or the file's form has faults.
    """
    path = Path(options.source)
    if not path.is_file() and path.suffix.lower() not in SUFFIXES:
        return find_form(console, options.source, options.version, options.partnership)
    file = read_form_file(read_input(path))
    report = check_form_file(file)
    if report.stops:
        raise FaultError(report)
    return file.form


def _write(form: Form, wanted: str, console: Console) -> tuple[bytes, Report]:
    match wanted:
        case "xlsform":
            return write_xlsform(form), Report()
        case "csv":
            return write_csv_form(form), Report()
        case "xform":
            return make_xform(write_sheets(fill_labels(form)), form.form_id).encode("utf-8"), Report()
        case "limesurvey":
            return write_limesurvey(form)
        case _:
            script, report = write_google_script(form, console.language)
            return script.encode("utf-8"), report
