"""Why the last step on a questionnaire was not done, said once on the page that is drawn next."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story import drafts
from dashboard.visit import Visit
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.questionnaires.numbering import number_questions


def show_refused_step(visit: Visit, form: Form | None = None) -> None:
    """Say why the last step was not done; questions that stand against it are named by their wording."""
    refused = drafts.take_refusal()
    if refused is None:
        return
    asked = () if form is None else number_questions(form)
    words = {each.row.name: f"„{say_label(each.row.labels, visit.language)}”" for each in asked}
    names = ", ".join(words.get(name, name) for name in refused.names)
    st.warning(visit.say(f"questionnaires.refused.{refused.reason}", names=plain(names)), icon=":material/warning:")
