"""What residents said: survey questions of one partnership, shown measurement by measurement."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.presenting import show_figure
from dashboard.sentences import say_leading
from dashboard.story import texts_of
from dashboard.visit import Visit
from etl.store.reading import SurveyCounts
from surveys.analysis.survey_tables import tabulate_question
from surveys.privacy.published import Source


def show_problem_survey(visit: Visit) -> None:
    """Show which problems residents of the chosen partnership pointed at, newest measurement first."""
    questions = questions_about(visit.surveys, "problems", visit.filters.partnership)
    if questions.empty:
        st.markdown(visit.say("problems.survey.none"))
        return
    waves = sorted(questions["wave"].unique(), key=lambda wave: wave_row(visit.surveys, questions, wave)["opened_on"])
    wave = waves[-1]
    if len(waves) > 1:
        names = {slug: str(wave_row(visit.surveys, questions, slug)["name"]) for slug in waves}
        wave = st.segmented_control(
            visit.say("problems.survey.wave"),
            waves[::-1],
            default=waves[-1],
            format_func=lambda slug: names[slug],
            key="problem-wave",
            required=True,
        )
    question = questions[questions["wave"] == wave].iloc[0]
    show_question(visit, question, key="problems-survey", title=visit.say("problems.survey.title"))


def show_question(visit: Visit, question: "pd.Series[object]", *, key: str, title: str) -> None:
    """Show one question of one measurement."""
    table = tabulate_question(
        question,
        choices_of(visit.surveys, question),
        source=question_source(visit, question, texts_key="problems.survey.what"),
    )
    wave = wave_row(visit.surveys, pd.DataFrame([question]), str(question["wave"]))
    show_figure(
        key,
        title=f"{title} – {wave['name']}",
        sentence=say_leading(table, visit.language) + "  \n" + visit.say(
            "problems.survey.wording", question=plain(wording(question, visit.language))
        ),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def questions_about(surveys: SurveyCounts, vocabulary: str, partnership: str | None) -> pd.DataFrame:
    """Return the questions whose options are codes of a list, of one partnership or of all."""
    found = surveys.questions[surveys.questions["vocabulary"] == vocabulary]
    return found if partnership is None else found[found["partnership"] == partnership]


def choices_of(surveys: SurveyCounts, question: "pd.Series[object]") -> pd.DataFrame:
    """Return the options of one question in one measurement."""
    choices = surveys.choices
    return choices[
        (choices["partnership"] == question["partnership"])
        & (choices["wave"] == question["wave"])
        & (choices["question"] == question["question"])
    ]


def wave_row(surveys: SurveyCounts, questions: pd.DataFrame, wave: str) -> "pd.Series[object]":
    """Return the measurement of a slug in the partnership of the questions."""
    waves = surveys.waves
    return waves[(waves["wave"] == wave) & waves["partnership"].isin(questions["partnership"])].iloc[0]


def question_source(visit: Visit, question: "pd.Series[object]", *, texts_key: str) -> Source:
    """Return where the figures of a question come from."""
    wave = wave_row(visit.surveys, pd.DataFrame([question]), str(question["wave"]))
    closed = wave["closed_on"] if not pd.isna(wave["closed_on"]) else wave["opened_on"]
    return Source(
        texts_of(texts_key),
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(f"{visit.name_of(str(question['partnership']))}: {wave['name']}",),
        as_of="" if pd.isna(closed) else str(closed)[:10],
    )


def wording(question: "pd.Series[object]", language: str) -> str:
    """Return the question as it was asked; a questionnaire met only in Polish is quoted in Polish."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])
