"""Is this another edition of a survey that is known? Which of its questions are asked in other words?"""

from collections.abc import Sequence

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.escaping import plain
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.column_words import title_column
from dashboard.upload_story.draft import Draft
from dashboard.visit import Visit
from etl.importing import ColumnInspection, QuestionnaireFit

SAME, NEW = "same", "new"
_SHOWN = 20
_MOST_LINKS = 40


def show_series(visit: Visit, draft: Draft, fit: QuestionnaireFit | None, columns: Sequence[ColumnInspection]) -> None:
    """Show the known questionnaire that the file belongs to, and ask about what is worded differently."""
    if fit is None or draft.values["separate"]:
        return
    with st.container(border=True, key="upload-series"):
        st.header(visit.say("mapping.series.title_joined" if fit.joined else "mapping.series.title"), anchor=False)
        if fit.joined:
            st.markdown(visit.say("mapping.series.joined", title=plain(fit.title), met=fit.met, count=_asked(columns)))
        else:
            _ask_to_join(visit, draft, fit, columns)
        if not fit.joined and draft.values["join"] != fit.slug:
            return
        likes = [column for column in columns if column.like is not None]
        for column in likes[:_SHOWN]:
            _show_like(visit, draft, column)
        if len(likes) > _SHOWN:
            st.caption(visit.say("mapping.series.more", n=len(likes) - _SHOWN))
        _offer_links(visit, draft, fit, columns)


def _offer_links(visit: Visit, draft: Draft, fit: QuestionnaireFit, columns: Sequence[ColumnInspection]) -> None:
    """Let a person say that a column is a question that nothing made the program think of."""
    alone = [column for column in columns if column.role == "question" and not column.question and column.like is None]
    linked = {column.columns[0] for column in alone} & {at for at, name in draft.questions.items() if name}
    if not alone or not (fit.unmet or linked):
        return
    expander = st.expander(visit.say("mapping.series.link", n=len(alone)), key="upload-link", on_change="rerun")
    if not expander.open:
        return
    with expander:
        st.caption(visit.say("mapping.series.link_hint"))
        for column in alone[:_MOST_LINKS]:
            _show_link(visit, draft, column, dict(fit.unmet))
        if len(alone) > _MOST_LINKS:
            st.caption(visit.say("mapping.series.more", n=len(alone) - _MOST_LINKS))


def _show_link(visit: Visit, draft: Draft, column: ColumnInspection, unmet: dict[str, str]) -> None:
    position = column.columns[0]
    key = draft.column_key("link", position)
    chosen = draft.questions.get(position) or None
    elsewhere = {name for place, name in draft.questions.items() if place != position}
    offered = [name for name in unmet if name not in elsewhere or name == chosen]
    st.session_state[key] = chosen if chosen in offered else None

    def decide() -> None:
        if st.session_state[key] is None:
            draft.questions.pop(position, None)
        else:
            draft.questions[position] = st.session_state[key]

    st.selectbox(
        visit.say("mapping.series.link_which", header=title_column(column)),
        offered,
        index=None,
        format_func=lambda name: unmet[name],
        placeholder=visit.say("mapping.series.link_none"),
        key=key,
        on_change=decide,
    )


def _asked(columns: Sequence[ColumnInspection]) -> int:
    return sum(column.role == "question" for column in columns)


def _ask_to_join(visit: Visit, draft: Draft, fit: QuestionnaireFit, columns: Sequence[ColumnInspection]) -> None:
    key = f"draft-{draft.upload}-near"
    st.session_state[key] = True if draft.values["join"] == fit.slug else None

    def decide() -> None:
        draft.values["join"] = fit.slug if st.session_state[key] else None
        draft.values["separate"] = not st.session_state[key]
        keep_refusal(services.inspect_again(current_actor(), draft.upload, draft.read()))

    st.radio(
        visit.say("mapping.series.near", title=plain(fit.title), met=fit.met + fit.likely, count=_asked(columns)),
        (True, False),
        index=None,
        format_func=lambda answer: visit.say(f"mapping.series.{'yes' if answer else 'no'}"),
        key=key,
        on_change=decide,
    )


def _show_like(visit: Visit, draft: Draft, column: ColumnInspection) -> None:
    """Both wordings, and whether they are one question; what is certain is so unless a person says otherwise."""
    like = column.like
    if like is None:
        return
    position = column.columns[0]
    key = draft.column_key("like", position)
    decided = draft.questions.get(position)
    st.session_state[key] = NEW if decided == "" else SAME if decided is not None or like.certain else None

    def decide() -> None:
        draft.questions[position] = like.name if st.session_state[key] == SAME else ""

    st.markdown(
        visit.say("mapping.series.like", here=title_column(column), before=plain(like.text)),
    )
    st.radio(
        visit.say("mapping.series.one", header=plain(column.header)),
        (SAME, NEW),
        index=None,
        format_func=lambda answer: visit.say(f"mapping.series.{answer}"),
        key=key,
        on_change=decide,
        horizontal=True,
        label_visibility="collapsed",
    )
