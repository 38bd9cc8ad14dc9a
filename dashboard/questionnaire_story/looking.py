"""One questionnaire to look at: its questions, what can be taken away, other versions, an own one made from it."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.page_parts import choose_part
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen, leave_questionnaire
from dashboard.questionnaire_story.building import find_base, show_draft
from dashboard.questionnaire_story.changes_said import say_summary, show_changes
from dashboard.questionnaire_story.choosing import show_new
from dashboard.questionnaire_story.finding import Found, find, list_own, may_write
from dashboard.questionnaire_story.refused_steps import show_refused_step
from dashboard.questionnaire_story.showing import say_size, show_questions, title_of
from dashboard.questionnaire_story.taking_away import show_takeaways
from dashboard.visit import Visit
from etl.store.forms import FormState
from surveys.findings import Severity
from surveys.model import Form
from surveys.questionnaires import list_forms

PARTS = ("pytania", "pobierz", "wersje")


def show_questionnaire(visit: Visit, chosen: Chosen) -> None:
    """Show a questionnaire, or say that it is not there."""
    st.button(
        visit.say("questionnaires.back"),
        icon=":material/arrow_back:",
        type="tertiary",
        key="questionnaire-back",
        on_click=leave_questionnaire,
    )
    found = find(visit, chosen)
    if found is None:
        st.markdown(visit.say("questionnaires.gone"))
        return
    st.header(plain(title_of(found.form, visit.language)), anchor=False)
    st.caption(_say_state(visit, found))
    show_refused_step(visit, found.form)
    part = choose_part(visit.say, "questionnaires", PARTS, of=st.query_params.get("kwestionariusz", ""))
    if part == "pobierz":
        show_takeaways(found.form, visit.language)
    elif part == "wersje":
        _show_versions(visit, found)
    elif found.state is FormState.DRAFT and may_write(visit, found):
        show_draft(visit, found)
    else:
        _show_whole(visit, found)


def _say_state(visit: Visit, found: Found) -> str:
    state = found.state.value if found.state is not None else "shipped" if found.chosen.form_id else "uploaded"
    said = visit.say(f"questionnaires.state.{state}", version=plain(found.form.version))
    return f"{said} · {say_size(found.form, visit.language)}"


def _show_whole(visit: Visit, found: Found) -> None:
    if any(finding.severity is not Severity.INFO for finding in found.report):
        st.markdown(visit.say("questionnaires.upload.findings"))
        show_findings(found.report, visit.language, severities=(Severity.ERROR, Severity.WARNING))
    if found.state is FormState.PUBLISHED and may_write(visit, found):
        st.markdown(visit.say("questionnaires.published_next"))
    show_questions(found.form, visit.language)
    with st.container(border=True, key="card-new"):
        st.header(visit.say("questionnaires.new.title_from"), anchor=False)
        st.markdown(visit.say("questionnaires.new.what_from"))
        show_new(visit, found.form, "from")
    if found.state is FormState.PUBLISHED and may_write(visit, found):
        versions = [version for version, _ in _versions(visit, found)]
        st.button(
            visit.say("questionnaires.new.version"),
            key="new-version",
            on_click=drafts.begin_version,
            args=(found.chosen.partnership, found.form, drafts.next_version([*versions, found.form.version])),
        )


def _versions(visit: Visit, found: Found) -> list[tuple[str, Form]]:
    """Return the other versions of a questionnaire, the newest first."""
    if found.chosen.partnership:
        forms = [stored.form for _, stored in list_own(visit) if stored.partnership == found.chosen.partnership]
    else:
        forms = list(reversed(list_forms()))
    mine = (found.form.form_id, found.form.version)
    return [(form.version, form) for form in forms if form.form_id == mine[0] and form.version != mine[1]]


def _show_versions(visit: Visit, found: Found) -> None:
    others = {
        visit.say("questionnaires.versions.version", version=version): form for version, form in _versions(visit, found)
    }
    base = find_base(visit, found)
    if base is not None:
        facts = {"title": title_of(base, visit.language), "version": base.version}
        others.setdefault(visit.say("questionnaires.versions.base", **facts), base)
    if not others:
        st.markdown(visit.say("questionnaires.versions.none"))
        return
    named = st.selectbox(visit.say("questionnaires.versions.label"), list(others), key="versions-other", width=480)
    other = others[named if named in others else next(iter(others))]
    st.markdown(say_summary(visit, other, found.form))
    show_changes(visit, other, found.form)
