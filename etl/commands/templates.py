"""``diagnoza template``: workbooks for people to fill in."""

import io
from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import check_output, write_output
from etl.exports.partnership_workbook import write_partnership_workbook
from etl.exports.questionnaires.answer_sheet import write_answer_sheet
from etl.exports.questionnaires.paper_form import write_paper_form
from etl.store.forms import FormState, list_forms
from etl.store.register_reading import read_register
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report
from surveys.model import Form, Register
from surveys.model.form import say
from surveys.questionnaires import UnknownQuestionnaireError, load_form


def run_partnership(console: Console, options: Namespace) -> int:
    """Write the partnership workbook: empty, or filled with a partnership's register."""
    out = Path(options.out)
    check_output(out, force=options.force)
    register = None if options.partnership is None else _read_partnership(console, options.partnership)
    content = io.BytesIO()
    write_partnership_workbook(register, content, console.language)
    write_output(out, content.getvalue(), force=options.force)
    console.say("template.written", file=out)
    if console.as_json:
        console.print_json({"file": str(out), "partnership": None if register is None else register.partnership.slug})
    return 0


def run_survey(console: Console, options: Namespace) -> int:
    """Write a questionnaire's answer sheet, into which paper answers are typed, or (``.docx``) its form to print."""
    out = Path(options.out)
    check_output(out, force=options.force)
    form = _find_form(console, options.questionnaire, options.version, options.partnership)
    printed = out.suffix.lower() == ".docx"
    content = io.BytesIO()
    if printed:
        content.write(write_paper_form(form, console.language))
    else:
        write_answer_sheet(form, content, console.language)
    write_output(out, content.getvalue(), force=options.force)
    key = "template.paper_written" if printed else "template.sheet_written"
    console.say(key, file=out, title=say(form.titles, console.language), version=form.version)
    if console.as_json:
        console.print_json({"file": str(out), "questionnaire": form.form_id, "version": form.version})
    return 0


def _find_form(console: Console, form_id: str, version: str | None, partnership: str | None) -> Form:
    """Return a shipped questionnaire, or the newest published own one of a partnership.

    Raises:
        FaultError: there is none.
    """
    if partnership is not None:
        with open_configured_store(console, create=False) as store:
            actor = Actor.at_machine()
            slug = require_partnership(store, actor, partnership)
            with store.read() as connection:
                own = list_forms(connection, actor, slug)
        for stored in own:
            named = stored.form.form_id == form_id and version in {None, stored.form.version}
            if named and (version is not None or stored.state is FormState.PUBLISHED):
                return stored.form
    try:
        return load_form(form_id, version)
    except UnknownQuestionnaireError:
        facts: dict[str, str | int] = {"slug": form_id}
        raise FaultError(Report((Finding("QUESTIONNAIRE-UNKNOWN", facts=facts),))) from None


def _read_partnership(console: Console, named: str) -> Register | None:
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, Actor.at_machine(), named)
        with store.read() as connection:
            return read_register(connection, slug)
