"""Every link of the partnerships that somebody sees: how it stands, how many answered, what can be done with it."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.collecting_story.asking import change_asked, show_asked
from dashboard.collecting_story.deleting import show_until
from dashboard.collecting_story.notices import show_notice
from dashboard.collecting_story.sharing import show_codes, show_sharing
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.refused_beside import keep_refusal_of, show_refusal_of
from dashboard.visit import Visit
from etl.store.collection_rows import Collection, CollectionState, Standing, count_drafts
from etl.store.collections import count_answers_by_day, read_collection
from etl.store.scope import Action
from surveys.filling import make_fillable
from surveys.language.numerals import format_date, format_number
from surveys.model.form import say
from surveys.privacy.days import publish_days
from surveys.privacy.disclosure import STANDARD_RULES

_ASKED = "collection_asked"
_WEEKS_MORE = 2
_MOST_NAMED = 5


def show_links(visit: Visit, links: Sequence[Collection], today: date) -> None:
    """Show links, the newest first."""
    for found in links:
        with st.container(border=True, key=f"collection-{found.uid}"):
            _show_link(visit, found, today)


def _show_link(visit: Visit, found: Collection, today: date) -> None:
    with current_store().read() as connection:
        _found, form = read_collection(connection, visit.actor, found.uid)
        days = count_answers_by_day(connection, found)
        drafts = count_drafts(connection, found.id)
    title = plain(say(form.titles, visit.language) or form.form_id)
    st.markdown(f"**{plain(found.name)}** · {_say_standing(visit, found, today)}")
    st.caption(visit.say("collections.of", partnership=plain(found.partnership_name), questionnaire=title))
    show_asked(visit, found, form)
    if found.state is not CollectionState.DRAFT:
        _show_counts(visit, days, drafts)
        show_until(visit, found, today)
    elif left_out := make_fillable(form, found.layout).left_out:
        names = ", ".join(plain(say(row.labels, visit.language) or row.name) for row in left_out[:_MOST_NAMED])
        st.caption(visit.say("collections.left_out", n=len(left_out), names=names))
    may_collect = visit.actor.may(Action.COLLECT, found.partnership)
    if found.state is not CollectionState.CLOSED:
        show_sharing(visit, found, form)
    if not may_collect:
        return
    if found.state is CollectionState.DRAFT:
        change_asked(visit, found, form)
        show_notice(visit, found, today)
    show_codes(visit, found)
    show_refusal_of(visit, found.uid)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _show_actions(visit, found, today)


def _say_standing(visit: Visit, found: Collection, today: date) -> str:
    standing = found.standing(today)
    if found.undone:
        return visit.say("collections.standing.undone")
    opens, closes = (format_date(day, visit.language) for day in (found.opens_on, found.closes_on))
    key = "over" if standing is Standing.CLOSED and found.state is CollectionState.OPEN else standing.value
    return visit.say(f"collections.standing.{key}", opens=opens, closes=closes)


def _show_counts(visit: Visit, days: dict[date, int], drafts: int) -> None:
    """Numbers of people, as the privacy rule lets them be told."""
    runs = publish_days(days)
    if runs is None:
        st.markdown(visit.say("collections.counts.few", least=STANDARD_RULES.min_base))
    else:
        total = sum(run.count for run in runs)
        st.markdown(visit.say("collections.counts.answers", n=total))
        lines = [
            f"{_say_days(visit, run.first, run.last)}: {format_number(run.count, visit.language)}" for run in runs[-14:]
        ]
        st.caption(" · ".join(lines))
    if drafts >= STANDARD_RULES.min_base:
        st.caption(visit.say("collections.counts.drafts", n=drafts))


def _say_days(visit: Visit, first: date, last: date) -> str:
    said = format_date(last, visit.language, style="short")
    return said if first == last else f"{format_date(first, visit.language, style='short')} – {said}"


def _show_actions(visit: Visit, found: Collection, today: date) -> None:
    asked = st.session_state.get(_ASKED) == found.uid
    if found.state is CollectionState.DRAFT:
        st.button(
            visit.say("collections.open"),
            type="primary",
            key=f"open-{found.uid}",
            on_click=_do,
            args=("open_link", found.uid),
        )
        if not asked:
            st.button(visit.say("collections.delete"), key=f"ask-{found.uid}", on_click=_ask, args=(found.uid,))
        else:
            _show_sure(visit, found, "delete_link", "collections.delete_sure")
    elif found.state is CollectionState.OPEN and not asked:
        st.button(visit.say("collections.close"), key=f"ask-{found.uid}", on_click=_ask, args=(found.uid,))
    elif found.state is CollectionState.OPEN:
        _show_sure(visit, found, "close_link", "collections.close_sure")
    if found.state is not CollectionState.DRAFT and found.answers_deleted_on is None:
        day = st.date_input(
            visit.say("collections.new_last_day"),
            value=max(found.closes_on, today + timedelta(weeks=_WEEKS_MORE)),
            key=f"until-{found.uid}",
            format="DD.MM.YYYY",
        )
        key = "extend" if found.state is CollectionState.OPEN else "reopen"
        st.button(
            visit.say(f"collections.{key}"),
            key=f"reopen-{found.uid}",
            on_click=_reopen,
            args=(found.uid, day),
        )


def _show_sure(visit: Visit, found: Collection, action: str, key: str) -> None:
    st.markdown(visit.say(key))
    st.button(
        visit.say("collections.yes"), type="primary", key=f"yes-{found.uid}", on_click=_do, args=(action, found.uid)
    )
    st.button(visit.say("collections.no"), key=f"no-{found.uid}", on_click=_ask, args=(None,))


def _ask(uid: str | None) -> None:
    st.session_state[_ASKED] = uid


def _do(action: str, uid: str) -> None:
    st.session_state[_ASKED] = None
    doing = {
        "open_link": services.open_link,
        "close_link": services.close_link,
        "delete_link": services.delete_link,
    }[action]
    keep_refusal_of(uid, doing(current_actor(), uid))


def _reopen(uid: str, day: date) -> None:
    keep_refusal_of(uid, services.reopen_link(current_actor(), uid, day))
