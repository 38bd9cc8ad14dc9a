"""What is wrong with a draft, in words of whoever builds it here: no sheets, columns and names of questions."""

from dataclasses import replace

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.visit import Visit
from etl.forms.checking import check_form
from surveys.findings import Finding, Place, Report, Severity
from surveys.language.texts import Language
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.model.form_codec import encode_form
from surveys.questionnaires import fill_labels, write_sheets
from surveys.questionnaires.checking import check_sheets
from surveys.questionnaires.numbering import number_questions

# Faults whose usual words speak of a file; ours stand in the texts of the page.
_OURS = frozenset(
    {"FORM-TRANSLATION-MISSING", "FORM-TRANSLATIONS-MISSING", "FORM-LABEL-MISSING", "FORM-SEES-LATER",
     "FORM-OPTION-UNKNOWN", "FORM-LOOP-OWN", "FORM-NAME-UNKNOWN", "FORM-NAME-UNKNOWN-LIKE", "FORM-CHOICE-NO-LABEL",
     "FORM-CHOICE-LABEL-TWICE", "FORM-GROUP-EMPTY", "FORM-NO-CHOICES", "FORM-LIST-MISSING"}
)  # fmt: skip
_SHOWN = (Severity.ERROR, Severity.WARNING)


def check_draft(form: Form) -> Report:
    """Return everything that is wrong with a draft; the last answer is kept, because every click asks again."""
    kept: dict[str, Report] = st.session_state.setdefault("questionnaire_checked", {})
    written = encode_form(form)
    if written not in kept:
        kept.clear()
        kept[written] = check_form(form)
    return kept[written]


def show_faults(visit: Visit, form: Form, report: Report) -> None:
    """Show what is wrong with a draft."""
    ours = [finding for finding in report if finding.code in _OURS and finding.severity in _SHOWN]
    lines = dict.fromkeys(_say(visit, form, finding) for finding in ours)
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    others = [replace(finding, place=Place()) for finding in report if finding.code not in _OURS]
    show_findings(Report(tuple(others)), visit.language, severities=_SHOWN)


def say_new_faults(visit: Visit, before: Form, after: Form) -> None:
    """Say at once what a change that is not saved yet would break."""
    known = {_identify(finding) for finding in _check_quickly(before)}
    new = [finding for finding in _check_quickly(after) if _identify(finding) not in known]
    for finding in new:
        if finding.severity in _SHOWN:
            st.warning(_say(visit, after, finding), icon=":material/warning:")


def _check_quickly(form: Form) -> Report:
    """What our own checks find, without asking pyxform: it takes a tenth of a second."""
    return check_sheets(write_sheets(fill_labels(form)))


def _identify(finding: Finding) -> tuple[str, tuple[tuple[str, str | int], ...]]:
    return finding.code, tuple(sorted((name, fact) for name, fact in finding.facts.items() if not name.endswith("row")))


def _say(visit: Visit, form: Form, finding: Finding) -> str:
    if finding.code not in _OURS:
        return plain(f"{finding.message(visit.language)} {finding.remedy(visit.language)}")
    words = _name_questions(form, visit.language)
    facts = {name: plain(words.get(str(fact), str(fact))) for name, fact in finding.facts.items()}
    return visit.say(f"questionnaires.fault.{finding.code}", n=finding.facts.get("count", 1), **facts)


def _name_questions(form: Form, language: Language) -> dict[str, str]:
    """Return number and wording of each question by its name."""
    return {
        asked.row.name: f"{asked.number}. {say_label(asked.row.labels, language) or asked.row.name}"
        for asked in number_questions(form)
    }
