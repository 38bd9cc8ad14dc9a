"""What written values mean: open answers beside codes of a list, and answers that resemble an option that is known.

Suggested all at once; a person takes the certain ones with one click, or decides one by one. Quoted is only what the
inspection lets out: nothing that one person alone wrote.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.escaping import plain
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.column_words import DECISIONS, KEEP, title_column
from dashboard.upload_story.draft import Draft
from dashboard.visit import Visit
from etl.importing import ColumnInspection, ValueInspection
from surveys.model import QuestionType
from surveys.vocabulary import load

_PAGE = 15
_OWN = ""


def show_coding(visit: Visit, draft: Draft, columns: Sequence[ColumnInspection]) -> None:
    """Show the values of a file that wait for a person's word."""
    for column in columns:
        if column.about is not None and column.values:
            _show_open_answers(visit, draft, column, column.about)
        elif column.about is None and column.type is QuestionType.TEXT and _list_chosen(draft, column):
            _offer_suggestions(visit, draft, column)
    alike = [column for column in columns if column.about is None and column.values]
    if alike:
        _show_alike(visit, draft, alike)


def _list_chosen(draft: Draft, column: ColumnInspection) -> str | None:
    """Return the code list that a person said an open question is about, ``None`` when they said none."""
    return DECISIONS[draft.columns.get(column.columns[0], KEEP)].vocabulary or None


def _offer_suggestions(visit: Visit, draft: Draft, column: ColumnInspection) -> None:
    with st.container(border=True, key=f"upload-coding-{column.columns[0]}"):
        st.markdown(visit.say("mapping.coding.offer", header=title_column(column)))
        st.button(
            visit.say("mapping.coding.show"),
            key=f"coding-show-{column.columns[0]}",
            on_click=_look_again,
            args=(draft,),
        )


def _look_again(draft: Draft) -> None:
    keep_refusal(services.inspect_again(current_actor(), draft.upload, draft.read()))


def _show_open_answers(visit: Visit, draft: Draft, column: ColumnInspection, about: str) -> None:
    position = column.columns[0]
    taken = _list_chosen(draft, column) == about or column.vocabulary == about
    certain = sum(value.certain for value in column.values)
    unsure = sum(not value.certain and bool(value.codes) for value in column.values)
    with st.container(border=True, key=f"upload-coding-{position}"):
        st.header(visit.say(f"mapping.coding.title_{about}"), anchor=False)
        st.markdown(visit.say("mapping.coding.what", header=title_column(column)))
        with st.container(horizontal=True):
            st.button(
                visit.say("mapping.coding.taken" if taken else "mapping.coding.take_certain", n=certain),
                type="secondary" if taken else "primary",
                disabled=taken or not certain,
                icon=":material/done_all:",
                key=f"coding-certain-{position}",
                on_click=_take_certain,
                args=(draft, position, about),
            )
            st.button(
                visit.say("mapping.coding.take_unsure", n=unsure),
                disabled=not unsure,
                key=f"coding-unsure-{position}",
                on_click=_take_unsure,
                args=(draft, column, about),
            )
            if taken:
                st.button(
                    visit.say("mapping.coding.none"),
                    type="tertiary",
                    key=f"coding-none-{position}",
                    on_click=_take_none,
                    args=(draft, position),
                )
        pages = -(-len(column.values) // _PAGE)
        page = st.pagination(pages, key=f"coding-page-{position}") if pages > 1 else 1
        for value in column.values[(page - 1) * _PAGE : page * _PAGE]:
            _show_value(visit, draft, position, value, about, taken=taken)
        if column.others_count:
            st.caption(visit.say("mapping.coding.others", n=column.others_count))


def _take_certain(draft: Draft, position: int, about: str) -> None:
    draft.columns[position] = f"vocabulary_{about}"


def _take_unsure(draft: Draft, column: ColumnInspection, about: str) -> None:
    _take_certain(draft, column.columns[0], about)
    said = draft.values_of(column.columns[0])
    for value in column.values:
        if not value.certain and value.codes:
            said.setdefault(value.key, value.codes[0])


def _take_none(draft: Draft, position: int) -> None:
    draft.columns[position] = "vocabulary_none"
    draft.values_of(position).clear()


def _show_value(visit: Visit, draft: Draft, position: int, value: ValueInspection, about: str, *, taken: bool) -> None:
    codes = load().lists[about]
    labels = {code: codes.label(code, visit.language) for code in codes}
    said = draft.values_of(position)
    several = len(value.codes) > 1
    chosen: str | None = None
    if value.key in said:
        chosen = said[value.key] or _OWN
    elif taken and value.certain and not several:
        chosen = value.codes[0] if value.codes else _OWN
    key = f"draft-{draft.upload}-code-{position}-{value.key}"
    st.session_state[key] = chosen if chosen in labels or chosen == _OWN else None

    def decide() -> None:
        if st.session_state[key] is None:
            said.pop(value.key, None)
            return
        draft.columns[position] = f"vocabulary_{about}"
        said[value.key] = st.session_state[key] or None

    named = "; ".join(labels.get(code, code) for code in value.codes)
    sure = "certain" if value.certain else "unsure" if value.codes else "unknown"
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(
        f"{visit.say('mapping.coding.wording', wording=plain(value.wording), n=value.people_count)}  \n"
        f":small[{visit.say(f'mapping.coding.{sure}', label=plain(named))}]"
    )
    right.selectbox(
        visit.say("mapping.coding.code_of", wording=plain(value.wording)),
        [_OWN, *labels],
        index=None,
        format_func=lambda code: labels.get(code, visit.say("mapping.coding.no_code")),
        placeholder=visit.say("mapping.coding.several" if several and taken else "mapping.coding.undecided"),
        key=key,
        on_change=decide,
        label_visibility="collapsed",
    )


def _show_alike(visit: Visit, draft: Draft, columns: Sequence[ColumnInspection]) -> None:
    with st.container(border=True, key="upload-alike"):
        st.header(visit.say("mapping.alike.title"), anchor=False)
        st.markdown(visit.say("mapping.alike.what"))
        for column in columns:
            st.markdown(f"**{title_column(column)}**")
            for value in column.values[:_PAGE]:
                _show_alike_value(visit, draft, column.columns[0], value)


def _show_alike_value(visit: Visit, draft: Draft, position: int, value: ValueInspection) -> None:
    said = draft.values_of(position)
    key = f"draft-{draft.upload}-alike-{position}-{value.key}"
    st.session_state[key] = None if value.key not in said else said[value.key] is not None

    def decide() -> None:
        said[value.key] = value.codes[0] if st.session_state[key] else None

    st.radio(
        visit.say("mapping.coding.wording", wording=plain(value.wording), n=value.people_count),
        (True, False),
        index=None,
        format_func=lambda same: (
            visit.say("mapping.alike.same", label=value.label) if same else visit.say("mapping.alike.own")
        ),
        key=key,
        on_change=decide,
        horizontal=True,
    )
