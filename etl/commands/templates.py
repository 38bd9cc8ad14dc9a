"""``diagnoza template``: workbooks for people to fill in."""

import io
from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.finding_forms import find_form
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import check_output, write_output
from etl.exports.partnership_workbook import write_partnership_workbook
from etl.exports.questionnaires.answer_sheet import write_answer_sheet
from etl.exports.questionnaires.paper_form import write_paper_form
from etl.store.register_reading import read_register
from etl.store.scope import Actor
from surveys.model import Register
from surveys.model.form import say


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
    form = find_form(console, options.questionnaire, options.version, options.partnership)
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


def _read_partnership(console: Console, named: str) -> Register | None:
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, Actor.at_machine(), named)
        with store.read() as connection:
            return read_register(connection, slug)
