"""Asking what a coordinator wants of a new link. Nothing is open after it: the notice is looked at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.collecting_story.asking import ask_asked, propose_fieldwork
from dashboard.collecting_story.notices import ask_notice
from dashboard.data import current_store
from dashboard.refused_beside import NEW, keep_refusal_of, show_refusal_of
from dashboard.upload_story.rights import Target
from dashboard.visit import Visit
from etl.store.collection_rows import Access, Collection
from etl.store.collections import NewCollection
from etl.store.forms import FormState, list_forms
from surveys.filling import Layout
from surveys.model.form import Form, say
from surveys.questionnaires import list_forms as list_shipped_forms
from surveys.questionnaires.filling_lists import lists_to_fill

_WEEKS_OPEN = 6
_MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that can be put to people; ``own`` when the partnership made it."""

    form: Form
    own: bool


def show_new(visit: Visit, targets: Sequence[Target], links: Sequence[Collection], today: date) -> None:
    """Show the form for a new link.

    Args:
        visit: whose page.
        targets: partnerships they may collect answers for.
        links: those that are there, the newest first; what the last one said of data is proposed again.
        today: on this machine's calendar.
    """
    if len(targets) > 1:
        names = {target.slug: target.name for target in targets}
        slug = st.selectbox(
            visit.say("collections.new.partnership"), names, format_func=lambda one: names[one], key="new-partnership"
        )
    else:
        slug = targets[0].slug
    choices = _list_choices(visit, slug)
    st.caption(visit.say("collections.new.lists"))
    # Outside the form: whom it is put to is proposed by the questionnaire that is chosen.
    chosen = st.selectbox(
        visit.say("collections.new.questionnaire"),
        range(len(choices)),
        format_func=lambda place: _name(visit, choices[place]),
        key="new-form",
    )
    choice = choices[chosen]
    with st.form("new-collection", border=False):
        name = st.text_input(visit.say("collections.new.name"), key="new-name", max_chars=200)
        first, last = st.columns(2)
        opens = first.date_input(visit.say("collections.new.opens"), value=today, key="new-opens", format="DD.MM.YYYY")
        closes = last.date_input(
            visit.say("collections.new.closes"),
            value=today + timedelta(weeks=_WEEKS_OPEN),
            key="new-closes",
            format="DD.MM.YYYY",
        )
        access = _choose(visit, "access", Access)
        layout = _choose(visit, "layout", Layout)
        kiosk = st.checkbox(visit.say("collections.new.kiosk"), key="new-kiosk")
        quota = st.number_input(
            visit.say("collections.new.quota"), min_value=0, max_value=_MOST_PEOPLE, value=0, step=10, key="new-quota"
        )
        usual = propose_fieldwork(choice.form, own=choice.own)
        fieldwork = ask_asked(visit, usual, f"new-{usual.population or 'unknown'}")
        before = next((one.notice for one in links if one.partnership == slug), None)
        notice = ask_notice(visit, today, before, "new")
        show_refusal_of(visit, NEW)
        if st.form_submit_button(visit.say("collections.new.prepare"), type="primary", key="new-prepare"):
            new = NewCollection(
                partnership=slug,
                name=name,
                form=choice.form,
                own_form=choice.own,
                opens_on=opens,
                closes_on=closes,
                access=Access(access),
                layout=Layout(layout),
                quota=int(quota) or None,
                kiosk=kiosk,
                notice=notice,
                fieldwork=fieldwork,
            )
            keep_refusal_of(NEW, services.prepare_link(current_actor(), new))
            st.rerun()


def _list_choices(visit: Visit, slug: str) -> list[FormChoice]:
    # What most partnerships begin with comes first.
    newest = sorted(list_shipped_forms(), key=lambda form: form.version, reverse=True)
    shipped = [FormChoice(form, own=False) for form in sorted(newest, key=_usual_first) if not lists_to_fill(form)]
    with current_store().read() as connection:
        own = [
            FormChoice(one.form, own=True)
            for one in list_forms(connection, visit.actor, slug)
            if one.state is FormState.PUBLISHED
        ]
    return [*own, *shipped]


def _usual_first(form: Form) -> tuple[bool, str]:
    return not form.form_id.startswith("residents"), form.form_id


def _name(visit: Visit, choice: FormChoice) -> str:
    title = say(choice.form.titles, visit.language) or choice.form.form_id
    kind = visit.say(f"collections.new.{'own' if choice.own else 'shipped'}")
    return f"{title} ({choice.form.version}) – {kind}"


def _choose(visit: Visit, name: str, kinds: type[StrEnum]) -> str:
    return st.radio(
        visit.say(f"collections.new.{name}"),
        [kind.value for kind in kinds],
        format_func=lambda kind: visit.say(f"collections.{name}.{kind}"),
        key=f"new-{name}",
    )
