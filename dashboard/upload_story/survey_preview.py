"""What loading a survey would do: rows, answers, and what its questions would show – no more than the rules let out."""

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.figures.panels import Panel
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import say_leading
from dashboard.findings_list import show_findings
from dashboard.stories.opening import texts_of
from dashboard.upload_story.standing import result_of
from dashboard.upload_story.survey_columns import columns_of
from dashboard.visit import Visit
from etl.importing import ImportResult, Inspection, QuestionPreview
from etl.jobs.queue import JobState
from surveys.findings import Report, Severity
from surveys.language.numerals import format_number
from surveys.language.texts import LANGUAGES
from surveys.model import QuestionType
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source, State

_EXCLUSIVE = frozenset({QuestionType.SINGLE, QuestionType.SCALE})


def show_preview(visit: Visit, preview: JobState, inspection: Inspection) -> None:
    """Show the outcome of a rehearsal, or why the file would not load.

    Args:
        visit: whose page.
        preview: the rehearsal's job.
        inspection: what the file was taken for; its findings stand on the page already.
    """
    result = result_of(preview)
    if result is not None and not result.already_loaded:
        read = visit.say("counts.rows", n=result.rows_read, number=format_number(result.rows_read, visit.language))
        st.markdown(
            visit.say(
                "upload.preview.rows",
                read=read,
                stored=format_number(result.rows_stored, visit.language),
                known=format_number(result.rows_known, visit.language),
                rejected=format_number(result.rows_rejected, visit.language),
                answers=format_number(result.answers_stored, visit.language),
            )
        )
    said = {(finding.code, finding.place) for finding in inspection.report}
    show_findings(
        Report(
            tuple(
                finding
                for finding in preview.report
                if finding.severity is Severity.ERROR or (finding.code, finding.place) not in said
            )
        ),
        visit.language,
    )
    if result is not None:
        about = frozenset(column.header for column in columns_of(inspection) if column.vocabulary is not None)
        _show_questions(visit, result, about)


def tabulate_preview(question: QuestionPreview) -> PublishedTable:
    """Publish what a question of a file would show; kinds of missing are no options."""
    rows = [
        ShareRow((str(position),), dict.fromkeys(LANGUAGES, (option.label,)), option.people_count, question.base)
        for position, option in enumerate(question.options)
        if not option.missing
    ]
    exclusive = question.type in _EXCLUSIVE
    if not exclusive:
        rows.sort(key=lambda row: -row.count)
    source = Source(texts_of("upload.preview.what_counted"), question={"pl": question.text, "en": question.text})
    return publish_shares(rows, dimensions=("choice",), source=source, exclusive=exclusive)


def _choose_first(questions: Sequence[QuestionPreview], about: frozenset[str]) -> int:
    """The first question about problems or groups, else the first that shows anything at all."""
    named = [place for place, question in enumerate(questions) if question.text in about]
    telling = [
        place
        for place, question in enumerate(questions)
        if any(row.state is not State.SUPPRESSED for row in tabulate_preview(question).rows)
    ]
    return next(iter((*named, *telling)), 0)


def _show_questions(visit: Visit, result: ImportResult, about: frozenset[str]) -> None:
    choosable = [question for question in result.preview if question.options]
    if not choosable:
        return
    place = st.selectbox(
        visit.say("upload.preview.question"),
        range(len(choosable)),
        index=_choose_first(choosable, about),
        format_func=lambda number: choosable[number].text,
        placeholder=visit.say("upload.subjects.none"),
        key="upload-preview-question",
    )
    question = choosable[place]
    table = tabulate_preview(question)
    title = visit.say("upload.preview.chart", question=question.text)
    chart = draw_bars(table, title=title, language=visit.language)
    panel = Panel("upload-trial", title, say_leading(table, visit.language), chart, (table,))
    show_panel(panel, visit.language)
