"""What residents said: survey questions about problems and target groups, measurement by measurement."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import say_leading
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from etl.store.reading import SurveyCounts
from surveys.analysis.asked_people import keep_locals
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import describe_asked, tabulate_options, tabulate_question
from surveys.language.collation import sort_key
from surveys.language.texts import Language
from surveys.privacy.disclosure import publish_files
from surveys.privacy.published import PublishedTable, Source, SourceFile


def show_survey(view: View, vocabulary: str) -> None:
    """Show what residents answered to questions whose options are codes of a list.

    One partnership: its measurements, the newest first, each by itself. All partnerships: one sentence for each, side
    by side; answers of different places are never merged into one figure.

    Args:
        view: what is looked at.
        vocabulary: ``problems`` or ``target_groups``; texts stand under ``survey.<vocabulary>``.
    """
    questions = _asked_in_years(view, questions_about(view.surveys, vocabulary, view.filters.partnership))
    if questions.empty:
        st.markdown(view.say(f"survey.{vocabulary}.none"))
    elif view.filters.partnership is None:
        _show_side_by_side(view, vocabulary, questions)
    else:
        _show_measurements(view, vocabulary, questions)
    if view.filters.themes or view.filters.groups:
        st.caption(view.say("survey.unfiltered"))


def _asked_in_years(view: View, questions: pd.DataFrame) -> pd.DataFrame:
    """Keep questions of measurements opened in the chosen years; one without a date only when no years are chosen."""
    if view.filters.years is None or questions.empty:
        return questions
    waves = view.surveys.waves
    opened = waves[waves["opened_on"].dt.year.between(*view.filters.years)][["partnership", "wave"]]
    return questions.merge(opened, on=["partnership", "wave"])


def _show_side_by_side(view: View, vocabulary: str, questions: pd.DataFrame) -> None:
    def build(view: View) -> list[Panel]:
        title = view.say(f"survey.{vocabulary}.all_title")
        return [Panel("all", title, "\n".join(_say_side_by_side(view, questions)))]

    panel = keep_panels(view, f"survey-{vocabulary}-all", build)["all"]
    with st.container(border=True, key=f"survey-{vocabulary}-all"):
        st.header(panel.title, anchor=False)
        st.markdown(view.say("survey.all_sentence"))
        st.markdown(panel.sentence)


def _say_side_by_side(view: View, questions: pd.DataFrame) -> list[str]:
    surveys = view.surveys
    # The store gives measurements in order of their opening: the last of a partnership is its newest.
    newest = {row["partnership"]: row for row in rows_of(questions)}
    # Rows are gathered once: asking the frames for each of hundreds of partnerships costs more than all the rest.
    waves = {(row["partnership"], row["wave"]): row for row in rows_of(surveys.waves)}
    asked = {(row["partnership"], row["wave"], row["question"]) for row in newest.values()}
    options: dict[tuple[object, ...], list[Row]] = {key: [] for key in asked}
    named = {question for *_, question in asked}
    for row in rows_of(surveys.choices[surveys.choices["question"].isin(named)]):
        key = (row["partnership"], row["wave"], row["question"])
        if key in options:
            options[key].append(row)
    lines = []
    for slug in sorted(newest, key=lambda slug: sort_key(view.name_of(slug))):
        question = newest[slug]
        wave = waves[slug, question["wave"]]
        source = _describe_source(view, question, wave, (), texts_key="survey.what")
        table = tabulate_options(question, options[slug, question["wave"], question["question"]], source=source)
        lines.append(f"- **{plain(view.name_of(slug))}** ({plain(wave['name'])}): {say_leading(table, view.language)}")
    return lines


def _show_measurements(view: View, vocabulary: str, questions: pd.DataFrame) -> None:
    waves = list(dict.fromkeys(str(wave) for wave in questions["wave"]))
    newest = waves[-1]
    wave = newest
    if len(waves) > 1:
        names = {slug: str(wave_of(view.surveys, row)["name"]) for row in rows_of(questions) for slug in [row["wave"]]}
        chosen = st.segmented_control(
            view.say("survey.wave"),
            waves[::-1],
            default=newest,
            format_func=lambda slug: names[slug],
            key=f"wave-{vocabulary}-{view.filters.partnership}",
            required=True,
        )
        wave = chosen or newest
    asked = rows_of(questions[questions["wave"] == wave])

    def build(view: View) -> list[Panel]:
        title = view.say(f"survey.{vocabulary}.title")
        return [build_question_panel(view, row, key=f"survey-{row['question']}", title=title) for row in asked]

    keys = tuple(f"survey-{row['question']}" for row in asked)
    show_panels(keep_panels(view, f"survey-{vocabulary}", build, wave), keys, language=view.language)


def build_question_panel(view: View, question: Row, *, key: str, title: str) -> Panel:
    """Build the figure of one question of one measurement."""
    table = _tabulate(view, question)
    wave = wave_of(view.surveys, question)
    words = view.say("survey.wording", question=plain(wording(question, view.language)))
    return Panel(
        key,
        f"{title} – {wave['name']}",
        f"{say_leading(table, view.language)}  \n{words}",
        draw_bars(table, title=title, language=view.language),
        (table,),
    )


def _tabulate(view: View, question: Row) -> PublishedTable:
    source = question_source(view, question, texts_key="survey.what")
    return tabulate_question(question, choices_of(view.surveys, question), source=source)


def questions_about(surveys: SurveyCounts, vocabulary: str, partnership: str | None) -> pd.DataFrame:
    """Return the questions to residents whose options are codes of a list, of one partnership or of all."""
    about = surveys.questions[surveys.questions["vocabulary"] == vocabulary]
    asked = surveys.waves[["partnership", "wave", "population"]]
    found = keep_locals(about.merge(asked, on=["partnership", "wave"])).drop(columns="population")
    return found if partnership is None else found[found["partnership"] == partnership]


def choices_of(surveys: SurveyCounts, question: Row) -> pd.DataFrame:
    """Return the options of one question in one measurement."""
    choices = surveys.choices
    same = pd.Series(data=True, index=choices.index)
    for name in ("partnership", "wave", "question"):
        same &= choices[name] == question[name]
    return choices[same]


def wave_of(surveys: SurveyCounts, question: Row) -> Row:
    """Return the measurement that a question was asked in."""
    waves = surveys.waves
    return rows_of(waves[(waves["wave"] == question["wave"]) & (waves["partnership"] == question["partnership"])])[0]


def question_source(view: View, question: Row, *, texts_key: str) -> Source:
    """Return where the figures of a question come from."""
    wave = wave_of(view.surveys, question)
    return _describe_source(view, question, wave, files_of(view.surveys, question), texts_key=texts_key)


def _describe_source(view: View, question: Row, wave: Row, files: tuple[SourceFile, ...], *, texts_key: str) -> Source:
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    source = Source(
        texts_of(texts_key),
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(f"{view.name_of(str(question['partnership']))}: {wave['name']}",),
        as_of=str(day)[:10] if is_known(day) else "",
        files=files,
    )
    return describe_asked(source, wave)


def files_of(surveys: SurveyCounts, question: Row) -> tuple[SourceFile, ...]:
    """Return the files that the measurement of a question was loaded from."""
    origins = surveys.origins
    mine = origins[(origins["partnership"] == question["partnership"]) & (origins["wave"] == question["wave"])]
    return publish_files(
        [(str(row["file_name"]), str(row["loaded_at"])[:10], int(row["rows"])) for row in rows_of(mine)]
    )


def wording(question: Row, language: Language) -> str:
    """Return the question as it was asked; a questionnaire met only in Polish is quoted in Polish."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])
