"""What residents said: survey questions of one partnership, shown measurement by measurement."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.panels import Panel, keep_panels
from dashboard.presenting import show_panels
from dashboard.sentences import say_leading
from dashboard.story import texts_of
from dashboard.visit import View
from etl.store.reading import SurveyCounts
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.language.texts import Language
from surveys.privacy.published import Source


def show_problem_survey(view: View) -> None:
    """Show which problems residents of the chosen partnership pointed at, newest measurement first."""
    questions = questions_about(view.surveys, "problems", view.filters.partnership)
    if questions.empty:
        st.markdown(view.say("problems.survey.none"))
        return
    # The store gives measurements in order of their opening: the last is the newest.
    asked = {str(question["wave"]): question for question in rows_of(questions)}
    names = {slug: str(wave_of(view.surveys, question)["name"]) for slug, question in asked.items()}
    newest = list(asked)[-1]
    wave = newest
    if len(asked) > 1:
        chosen = st.segmented_control(
            view.say("problems.survey.wave"),
            list(asked)[::-1],
            default=newest,
            format_func=lambda slug: names[slug],
            key=f"problem-wave-{view.filters.partnership}",
            required=True,
        )
        wave = chosen or newest

    def build(view: View) -> list[Panel]:
        title = view.say("problems.survey.title")
        return [build_question_panel(view, asked[wave], key="problems-survey", title=title)]

    show_panels(keep_panels(view, "problem-survey", build, wave), ("problems-survey",), language=view.language)


def build_question_panel(view: View, question: Row, *, key: str, title: str) -> Panel:
    """Build the figure of one question of one measurement."""
    table = tabulate_question(
        question,
        choices_of(view.surveys, question),
        source=question_source(view, question, texts_key="problems.survey.what"),
    )
    wave = wave_of(view.surveys, question)
    words = view.say("problems.survey.wording", question=plain(wording(question, view.language)))
    return Panel(
        key,
        f"{title} – {wave['name']}",
        f"{say_leading(table, view.language)}  \n{words}",
        draw_bars(table, title=title, language=view.language),
        (table,),
    )


def questions_about(surveys: SurveyCounts, vocabulary: str, partnership: str | None) -> pd.DataFrame:
    """Return the questions whose options are codes of a list, of one partnership or of all."""
    found = surveys.questions[surveys.questions["vocabulary"] == vocabulary]
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
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    return Source(
        texts_of(texts_key),
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(f"{view.name_of(str(question['partnership']))}: {wave['name']}",),
        as_of=str(day)[:10] if is_known(day) else "",
    )


def wording(question: Row, language: Language) -> str:
    """Return the question as it was asked; a questionnaire met only in Polish is quoted in Polish."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])
