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
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.language.texts import Language
from surveys.privacy.published import Source


def show_problem_survey(visit: Visit) -> None:
    """Show which problems residents of the chosen partnership pointed at, newest measurement first."""
    questions = questions_about(visit.surveys, "problems", visit.filters.partnership)
    if questions.empty:
        st.markdown(visit.say("problems.survey.none"))
        return
    # The store gives measurements in order of their opening: the last is the newest.
    asked = {str(question["wave"]): question for question in rows_of(questions)}
    names = {slug: str(wave_of(visit.surveys, question)["name"]) for slug, question in asked.items()}
    newest = list(asked)[-1]
    wave = newest
    if len(asked) > 1:
        chosen = st.segmented_control(
            visit.say("problems.survey.wave"),
            list(asked)[::-1],
            default=newest,
            format_func=lambda slug: names[slug],
            key=f"problem-wave-{visit.filters.partnership}",
            required=True,
        )
        wave = chosen or newest
    show_question(visit, asked[wave], key="problems-survey", title=visit.say("problems.survey.title"))


def show_question(visit: Visit, question: Row, *, key: str, title: str) -> None:
    """Show one question of one measurement."""
    table = tabulate_question(
        question,
        choices_of(visit.surveys, question),
        source=question_source(visit, question, texts_key="problems.survey.what"),
    )
    wave = wave_of(visit.surveys, question)
    show_figure(
        key,
        title=f"{title} – {wave['name']}",
        sentence=say_leading(table, visit.language)
        + "  \n"
        + visit.say("problems.survey.wording", question=plain(wording(question, visit.language))),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
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


def question_source(visit: Visit, question: Row, *, texts_key: str) -> Source:
    """Return where the figures of a question come from."""
    wave = wave_of(visit.surveys, question)
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    return Source(
        texts_of(texts_key),
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(f"{visit.name_of(str(question['partnership']))}: {wave['name']}",),
        as_of=str(day)[:10] if is_known(day) else "",
    )


def wording(question: Row, language: Language) -> str:
    """Return the question as it was asked; a questionnaire met only in Polish is quoted in Polish."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])
