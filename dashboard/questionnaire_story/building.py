"""A draft: its questions to change, more to add, what it comes to, and its publication."""

from dataclasses import replace

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.adding import show_adding
from dashboard.questionnaire_story.address import Chosen, leave_questionnaire
from dashboard.questionnaire_story.changes_said import say_summary, show_changes
from dashboard.questionnaire_story.draft_faults import check_draft, show_faults
from dashboard.questionnaire_story.finding import Found, find
from dashboard.questionnaire_story.lists_to_fill import show_lists_to_fill
from dashboard.questionnaire_story.outline import show_outline
from dashboard.questionnaire_story.showing import say_size, title_of
from dashboard.refused_requests import keep_refusal
from dashboard.visit import Visit
from etl.store.form_drafts import find_steps
from etl.store.form_steps import Side, Step
from surveys.findings import Report, Severity
from surveys.language.numerals import format_date
from surveys.model import Form
from surveys.questionnaires.numbering import number_questions


def show_draft(visit: Visit, found: Found) -> None:
    """Show a draft to whoever may change it."""
    chosen = found.chosen
    tab = drafts.tab_of(chosen, found.form)
    if tab.overtaken:
        tab.overtaken = False
        st.info(visit.say("questionnaires.draft.overtaken"), icon=":material/info:")
    if tab.waiting is not None:
        _show_conflict(visit, chosen, found.form, tab.waiting)
    base = find_base(visit, found)
    _show_head(visit, chosen, found.form, base)
    show_lists_to_fill(visit, chosen, found.form)
    report = check_draft(found.form)
    _show_titles(visit, chosen, found.form)
    show_outline(visit, chosen, found.form, base)
    show_adding(visit, chosen, found.form)
    _show_publishing(visit, chosen, found.form, report)


def find_base(visit: Visit, found: Found) -> Form | None:
    """Return the questionnaire that a form was made from, where it still is."""
    form_id, _, version = found.form.settings.get(drafts.BASED_ON, "").partition(" ")
    if not version:
        return None
    for partnership in dict.fromkeys((found.chosen.partnership, "")):
        source = find(visit, Chosen(form_id, version, partnership))
        if source is not None:
            return source.form
    return None


def _show_conflict(visit: Visit, chosen: Chosen, stored: Form, mine: Form) -> None:
    with st.container(border=True, key="card-conflict"):
        st.header(f":material/warning: {visit.say('questionnaires.conflict.title')}", anchor=False)
        st.markdown(visit.say("questionnaires.conflict.what"))
        with st.expander(visit.say("questionnaires.conflict.differences")):
            show_changes(visit, stored, mine)
        with st.container(horizontal=True):
            for name, action in (
                ("apart", drafts.keep_waiting_apart),
                ("mine", drafts.save_waiting),
                ("theirs", drafts.drop_waiting),
            ):
                st.button(
                    visit.say(f"questionnaires.conflict.{name}"),
                    key=f"conflict-{name}",
                    on_click=action,
                    args=(chosen,),
                )


def _show_head(visit: Visit, chosen: Chosen, form: Form, base: Form | None) -> None:
    st.markdown(visit.say("questionnaires.draft.saved", size=say_size(form, visit.language)))
    if base is not None:
        facts = {"title": plain(title_of(base, visit.language)), "version": plain(base.version)}
        st.markdown(visit.say("questionnaires.draft.based_on", **facts) + " " + say_summary(visit, base, form))
    with current_store().read() as connection:
        earlier, later = find_steps(connection, visit.actor, chosen.partnership, form.form_id, form.version)
    with st.container(horizontal=True):
        for step, side, key, icon in (
            (earlier, Side.EARLIER, "undo", ":material/undo:"),
            (later, Side.LATER, "redo", ":material/redo:"),
        ):
            if step is not None:
                st.button(
                    visit.say(f"questionnaires.draft.{key}"),
                    icon=icon,
                    help=_say_whose(visit, step),
                    key=f"draft-{key}",
                    on_click=drafts.go,
                    args=(chosen, side),
                )


def _say_whose(visit: Visit, step: Step) -> str:
    day = format_date(step.at.astimezone().date(), visit.language)
    whose = "own" if step.by == visit.actor.name else "other"
    return visit.say(f"questionnaires.draft.step_{whose}", day=day, name=plain(step.by))


def _show_titles(visit: Visit, chosen: Chosen, form: Form) -> None:
    with st.expander(visit.say("questionnaires.draft.titles")):
        key = f"titles-{chosen.key}"
        for language in ("pl", "en"):
            st.text_input(
                visit.say(f"questionnaires.draft.title_{language}"),
                form.titles.get(language, ""),
                key=f"{key}-{language}",
                max_chars=120,
            )
        st.button(visit.say("questionnaires.edit.save"), key="titles-save", on_click=_rename, args=(chosen, key))


def _rename(chosen: Chosen, key: str) -> None:
    said = {language: " ".join(str(st.session_state.get(f"{key}-{language}", "")).split()) for language in ("pl", "en")}
    if not said["pl"]:
        drafts.refuse("title")
        return
    titles = {language: text for language, text in said.items() if text}
    drafts.change(chosen, lambda form: replace(form, titles={**form.titles, **titles} if titles else form.titles))


def _show_publishing(visit: Visit, chosen: Chosen, form: Form, report: Report) -> None:
    with st.container(border=True, key="card-publish"):
        st.header(visit.say("questionnaires.publish.title"), anchor=False)
        st.markdown(visit.say("questionnaires.publish.what", version=plain(form.version)))
        empty = not number_questions(form)
        if empty:
            # Whatever else is wrong with it follows from that.
            st.markdown(visit.say("questionnaires.publish.empty"))
        else:
            if report.stops:
                st.markdown(visit.say("questionnaires.publish.faults"))
            show_faults(visit, form, report)
        if not report.stops and not empty and not any(each.severity is Severity.WARNING for each in report):
            st.markdown(visit.say("questionnaires.publish.sound"))
        with st.container(horizontal=True):
            if not report.stops and not empty:
                st.button(
                    visit.say("questionnaires.publish.button", version=plain(form.version)),
                    type="primary",
                    key="draft-publish",
                    on_click=_publish,
                    args=(chosen, form),
                )
            with st.popover(visit.say("questionnaires.draft.delete")):
                st.markdown(visit.say("questionnaires.draft.delete_sure"))
                st.button(
                    visit.say("questionnaires.draft.delete_yes"),
                    key="draft-delete",
                    on_click=_delete,
                    args=(chosen, form),
                )


def _publish(chosen: Chosen, form: Form) -> None:
    keep_refusal(services.publish_form(current_actor(), chosen.partnership, form))


def _delete(chosen: Chosen, form: Form) -> None:
    if not keep_refusal(services.delete_draft(current_actor(), chosen.partnership, form)):
        leave_questionnaire()
