"""A questionnaire to take away: a file for every way of asking, each with a sentence on what to do with it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.escaping import plain
from dashboard.texts import say
from etl.exports.questionnaires.answer_sheet import write_answer_sheet
from etl.exports.questionnaires.google_script import write_google_script
from etl.exports.questionnaires.limesurvey import write_limesurvey
from etl.exports.questionnaires.paper_form import write_paper_form
from etl.forms.asking_pyxform import make_xform
from etl.forms.writing import write_xlsform
from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import Form
from surveys.questionnaires import fill_labels, write_sheets

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A file that can be taken away.

    Attributes:
        key: of its texts.
        suffix: of the file's name.
        mime: type of the file.
        write: makes it of a form in a language.
        left_out: says what of the form the file cannot hold.
    """

    key: str
    suffix: str
    mime: str
    write: Callable[[Form, Language], bytes]
    left_out: Callable[[Form, Language], Report] = lambda _form, _language: Report()


def _write_sheet(form: Form, language: Language) -> bytes:
    out = io.BytesIO()
    write_answer_sheet(form, out, language)
    return out.getvalue()


TAKEAWAYS = (
    Takeaway("paper", ".docx", _DOCUMENT, write_paper_form),
    Takeaway("sheet", ".xlsx", _SHEET, _write_sheet),
    Takeaway("xlsform", "-xlsform.xlsx", _SHEET, lambda form, _language: write_xlsform(form)),
    Takeaway(
        "xform",
        ".xml",
        "application/xml",
        lambda form, _language: make_xform(write_sheets(fill_labels(form)), form.form_id).encode("utf-8"),
    ),
    Takeaway(
        "google",
        "-google.txt",
        "text/plain",
        lambda form, language: write_google_script(form, language)[0].encode("utf-8"),
        lambda form, language: write_google_script(form, language)[1],
    ),
    Takeaway(
        "limesurvey",
        "-limesurvey.txt",
        "text/tab-separated-values",
        lambda form, _language: write_limesurvey(form)[0],
        lambda form, _language: write_limesurvey(form)[1],
    ),
)


def _say_what_is_left_out(report: Report, language: Language) -> None:
    """Say it in a line each, without rows of a file that nobody sees."""
    lines = dict.fromkeys(plain(finding.message(language)) for finding in report)
    if lines:
        with st.expander(say("questionnaires.take.left_out", language, n=len(lines))):
            st.markdown("\n".join(f"- {line}" for line in lines))


def show_takeaways(form: Form, language: Language) -> None:
    """Show every file with its button; they are made when somebody presses one."""
    st.markdown(say("questionnaires.take.what", language))
    with st.container(border=True, key="card-take-web"):
        st.header(say("questionnaires.take.web.title", language), anchor=False)
        st.markdown(say("questionnaires.take.web.what", language))
        st.page_link(
            "app_pages/collections.py",
            label=f"**{say('questionnaires.take.web.button', language)}**",
            icon=":material/link:",
            query_params={"lang": "en"} if language == "en" else None,
        )
    for each in TAKEAWAYS:
        with st.container(border=True, key=f"card-take-{each.key}"):
            st.header(say(f"questionnaires.take.{each.key}.title", language), anchor=False)
            st.markdown(say(f"questionnaires.take.{each.key}.what", language))
            _say_what_is_left_out(each.left_out(form, language), language)
            st.download_button(
                say(f"questionnaires.take.{each.key}.button", language),
                lambda each=each: each.write(form, language),  # type: ignore[misc] # bound now, not when pressed
                file_name=f"{form.form_id}-{form.version}{each.suffix}",
                mime=each.mime,
                icon=":material/download:",
                key=f"take-{each.key}",
                on_click="ignore",
            )
