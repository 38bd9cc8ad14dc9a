"""The columns of a survey: those that matter first, the rest behind one button, each with a way to decide otherwise."""

from collections.abc import Sequence

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import gather_lines
from dashboard.upload_story.column_words import (
    DECISIONS,
    IGNORE,
    KEEP,
    UNBIND,
    VOCABULARIES,
    describe_column,
    say_decision,
    say_role,
    title_column,
)
from dashboard.upload_story.draft import Draft
from dashboard.visit import Visit
from etl.importing import ColumnDecision, ColumnInspection, Decisions, Inspection
from etl.readers.opening import column_letters
from surveys.findings import Finding, Report, Severity
from surveys.model import QuestionType

PERSONAL_CODES = ("SURVEY-IDENTIFIER-COLUMN-", "SURVEY-IDENTIFIER-DROPPED-")
# Asked about in a block of their own: `series`.
SERIES_CODES = (
    "SURVEY-QUESTION-LIKE",
    "SURVEY-QUESTION-REWORDED",
    "SURVEY-QUESTIONNAIRE-JOINED",
    "SURVEY-QUESTIONNAIRE-NEAR",
)
SUGGESTED_CODE = "SURVEY-CODE-SUGGESTED"
_PAGE = 20
_CHOICES = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE})
_ASKABLE = _CHOICES | {QuestionType.TEXT}
# Told by the header alone, so a person may know better; numbers that are a PESEL or a phone are what they are.
_DISPUTABLE = frozenset({"mapping.reason.identifier.name", "mapping.reason.identifier.address"})
_QUESTION_DECISIONS = tuple(name for name in DECISIONS if name.startswith("type_"))


_WITH_QUESTIONS = frozenset({"answers", "counts", "questionnaire"})


def columns_of(inspection: Inspection) -> tuple[ColumnInspection, ...]:
    """Return the columns of the sheet with answers, or the questions of a sheet of counts or of a form."""
    return tuple(column for sheet in inspection.sheets if sheet.kind in _WITH_QUESTIONS for column in sheet.columns)


def find_subjects(inspection: Inspection, decisions: Decisions) -> frozenset[str]:
    """Return the code lists that the questions of a file were bound to: ``problems``, ``target_groups``."""
    found = (
        _subject(column, decisions.columns.get(column.columns[0], ColumnDecision()))
        for column in columns_of(inspection)
    )
    return frozenset(subject for subject in found if subject)


def _subject(column: ColumnInspection, decision: ColumnDecision) -> str | None:
    """Return the code list that a question is bound to once a person has decided, ``None`` for none."""
    if decision.ignore or decision.profile or (decision.type is not None and decision.type not in _CHOICES):
        return None
    return (column.vocabulary if decision.vocabulary is None else decision.vocabulary) or None


def undecided_personal(columns: Sequence[ColumnInspection], draft: Draft) -> list[ColumnInspection]:
    """Return the columns of personal data that nobody has decided on one by one."""
    return [
        column
        for column in columns
        if column.role == "identifier" and draft.columns.get(column.columns[0], KEEP) == KEEP
    ]


def show_weighty_columns(visit: Visit, draft: Draft, columns: Sequence[ColumnInspection]) -> None:
    """Show the columns that matter most: personal data, and questions about problems and groups."""
    personal = [column for column in columns if column.role == "identifier"]
    if personal:
        _show_personal(visit, draft, personal)
    _show_subjects(visit, draft, columns, [column for column in columns if column.vocabulary in VOCABULARIES])


def show_columns(visit: Visit, draft: Draft, columns: Sequence[ColumnInspection], report: Report) -> None:
    """Show the doubtful columns, then what each was taken for, and let a person decide otherwise."""
    personal = [column for column in columns if column.role == "identifier"]
    doubtful = [column for column in columns if column not in personal and _remarks(column, report)]
    if doubtful:
        _show_doubtful(visit, draft, doubtful, report)
    _show_all(visit, draft, columns, certain=len(columns) - len({id(c) for c in (*personal, *doubtful)}))


def remarks_elsewhere(report: Report, columns: Sequence[ColumnInspection]) -> Report:
    """Return the findings that no block of columns speaks of."""
    spoken = {id(finding) for column in columns for finding in _remarks(column, report)}
    return Report(
        tuple(
            finding
            for finding in report
            if id(finding) not in spoken and not finding.code.startswith((*PERSONAL_CODES, *SERIES_CODES))
        )
    )


def list_columns(visit: Visit, columns: Sequence[ColumnInspection]) -> None:
    """Show what each column was taken for, to somebody who cannot load it."""
    if not columns:
        return
    with st.expander(visit.say("upload.columns.list", n=len(columns)), key="upload-columns"):
        for column in _page_of(columns):
            st.markdown(_say_column(visit, column))


def _show_personal(visit: Visit, draft: Draft, personal: Sequence[ColumnInspection]) -> None:
    with st.container(border=True, key="upload-personal"):
        st.header(visit.say("upload.personal.title"), anchor=False)
        st.markdown(visit.say("upload.personal.body"))
        for column in personal:
            if column.reason in _DISPUTABLE:
                _show_column(visit, draft, column, (KEEP, *_QUESTION_DECISIONS, IGNORE))
            else:
                st.markdown(f"- **{title_column(column)}** – {describe_column(column, visit.language)}")
        if undecided_personal(personal, draft):
            st.radio(
                visit.say("upload.personal.question"),
                ("drop", "stop"),
                format_func=lambda choice: visit.say(f"upload.personal.{choice}"),
                index=None,
                key=draft.offer("personal"),
                on_change=draft.take("personal"),
            )
            if draft.values["personal"] == "stop":
                st.markdown(visit.say("upload.personal.then"))


def _show_subjects(
    visit: Visit, draft: Draft, columns: Sequence[ColumnInspection], subjects: Sequence[ColumnInspection]
) -> None:
    with st.container(border=True, key="upload-subjects"):
        st.header(visit.say("upload.subjects.title"), anchor=False)
        for column in subjects:
            said = visit.say(f"upload.subjects.{column.vocabulary}", header=title_column(column))
            said = f"{said}  \n:small[{describe_column(column, visit.language)}]"
            others = tuple(f"vocabulary_{name}" for name in VOCABULARIES if name != column.vocabulary)
            offered = (KEEP, UNBIND, *others, *_QUESTION_DECISIONS, IGNORE)
            _show_column(visit, draft, column, offered, place="bound", said=said)
        known = {_subject(column, DECISIONS[draft.columns.get(column.columns[0], KEEP)]) for column in subjects}
        askable = {
            column.columns[0]: column for column in columns if column.role == "question" and column.type in _ASKABLE
        }
        for vocabulary in VOCABULARIES:
            if vocabulary in known or not askable:
                continue
            _ask_subject(visit, draft, vocabulary, askable)


def _ask_subject(visit: Visit, draft: Draft, vocabulary: str, askable: dict[int, ColumnInspection]) -> None:
    decision = f"vocabulary_{vocabulary}"
    key = draft.column_key("subject", VOCABULARIES.index(vocabulary))
    chosen = next((position for position, name in draft.columns.items() if name == decision), None)
    st.session_state[key] = chosen if chosen in askable else None

    def decide() -> None:
        for position in [position for position, name in draft.columns.items() if name == decision]:
            del draft.columns[position]
        if st.session_state[key] is not None:
            draft.columns[st.session_state[key]] = decision

    st.selectbox(
        visit.say(f"upload.subjects.ask_{vocabulary}"),
        list(askable),
        index=None,
        format_func=lambda position: askable[position].header or column_letters(position),
        placeholder=visit.say("upload.subjects.none"),
        key=key,
        on_change=decide,
    )


def _show_doubtful(visit: Visit, draft: Draft, doubtful: Sequence[ColumnInspection], report: Report) -> None:
    with st.container(border=True, key="upload-doubtful"):
        st.header(visit.say("upload.doubtful.title"), anchor=False)
        suggested = sum(finding.code == SUGGESTED_CODE for finding in report)
        if suggested:
            st.toggle(
                visit.say("upload.doubtful.accept", n=suggested),
                key=draft.offer("accept"),
                on_change=draft.take("accept"),
            )
        for column in doubtful:
            _show_column(visit, draft, column, tuple(DECISIONS))
            lines = gather_lines(_remarks(column, report), visit.language)
            st.markdown("\n".join(f"- {plain(line.cause)} *{plain(line.remedy)}*" for line in lines[:_PAGE]))


def _show_all(visit: Visit, draft: Draft, columns: Sequence[ColumnInspection], *, certain: int) -> None:
    expander = st.expander(
        visit.say("upload.columns.all", n=len(columns), certain=certain), key="upload-columns", on_change="rerun"
    )
    if not expander.open:
        return
    with expander:
        st.caption(visit.say("upload.columns.hint"))
        for column in _page_of(columns):
            proven = column.role == "identifier" and column.reason not in _DISPUTABLE
            _show_column(visit, draft, column, (KEEP, IGNORE) if proven else tuple(DECISIONS), place="all")


def _page_of(columns: Sequence[ColumnInspection]) -> Sequence[ColumnInspection]:
    pages = -(-len(columns) // _PAGE)
    page = st.pagination(pages, key="upload-columns-page") if pages > 1 else 1
    return columns[(page - 1) * _PAGE : page * _PAGE]


def _say_column(visit: Visit, column: ColumnInspection) -> str:
    said = f"**{title_column(column)}** – {say_role(column, visit.language)}"
    more = describe_column(column, visit.language)
    return f"{said}  \n:small[{more}]" if more else said


def _show_column(
    visit: Visit,
    draft: Draft,
    column: ColumnInspection,
    decisions: tuple[str, ...],
    *,
    place: str = "first",
    said: str | None = None,
) -> None:
    position = column.columns[0]
    key = draft.column_key(place, position)
    # Set anew each time: the same column may stand in two places of the page.
    decided = draft.columns.get(position, KEEP)
    decisions = decisions if decided in decisions else (*decisions, decided)
    st.session_state[key] = decided

    def decide() -> None:
        draft.columns[position] = st.session_state[key]

    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.markdown(said or _say_column(visit, column))
    with right:
        st.selectbox(
            visit.say("upload.column.decide", header=plain(column.header)),
            decisions,
            format_func=lambda name: say_decision(name, visit.language),
            key=key,
            on_change=decide,
            label_visibility="collapsed",
        )


def _remarks(column: ColumnInspection, report: Report) -> list[Finding]:
    """Warnings that stand at a column: what the program is not sure of."""
    names = {column.header, column_letters(column.columns[0])} - {""}
    return [
        finding
        for finding in report
        if finding.severity is Severity.WARNING
        and not finding.code.startswith(SERIES_CODES)
        and finding.place.column is not None
        and _names(finding.place.column, names)
    ]


def _names(shown: str, names: set[str]) -> bool:
    """Long headers are cut in a finding's place."""
    return shown in names or (shown.endswith("…") and any(name.startswith(shown[:-1]) for name in names))
