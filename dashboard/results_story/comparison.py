"""Two measurements side by side, of one place or of two: the verdict and its reasons first, then what may be drawn."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.escaping import plain
from dashboard.figures.change_words import say_changes
from dashboard.figures.panels import Panel
from dashboard.figures.presenting import show_panel
from dashboard.filtering import choose_code
from dashboard.measurement_data import read_put_by
from dashboard.results_story.choosing import choose_question, number_twins
from dashboard.results_story.measurement import (
    CHOICES,
    Measurement,
    full_wording,
    list_measurements,
    read_measurement,
)
from surveys.analysis import measured_questions
from surveys.analysis.comparability import Grade, Measured, Verdict, judge_comparability
from surveys.analysis.rows import is_known
from surveys.analysis.wave_comparison import compare_measurements
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.published import PublishedTable

_ICONS = {
    Grade.COMPARABLE: ":material/check_circle:",
    Grade.RESERVED: ":material/warning:",
    Grade.NOT_COMPARABLE: ":material/block:",
}


def show_two_waves(measurement: Measurement) -> None:
    """Compare a measurement with another of the same partnership."""
    waves = list_measurements(measurement.view, measurement.partnership)
    others = {str(row["wave"]): str(row["name"]) for row in waves if row["wave"] != measurement.slug}
    _show(measurement, "z-pomiarem", {slug: (measurement.partnership, slug) for slug in others}, others, "waves")


def show_two_places(measurement: Measurement) -> None:
    """Compare a measurement with one of another partnership."""
    view = measurement.view
    places: dict[str, tuple[str, str]] = {}
    labels: dict[str, str] = {}
    for ref in sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name)):
        if ref.slug == measurement.partnership:
            continue
        for row in list_measurements(view, ref.slug):
            code = f"{ref.slug}.{row['wave']}"
            places[code] = (ref.slug, str(row["wave"]))
            labels[code] = f"{view.name_of(ref.slug)}: {row['name']}"
    _show(measurement, "z-miejscem", places, labels, "places")


def _show(
    measurement: Measurement, name: str, others: dict[str, tuple[str, str]], labels: dict[str, str], kind: str
) -> None:
    view = measurement.view
    st.markdown(view.say(f"results.comparison.intro_{kind}"))
    if not others:
        st.info(view.say(f"results.comparison.none_{kind}"))
        return
    proposed = _propose(measurement, others) if kind == "waves" else None
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"results-{kind}"):
        chosen = choose_code(
            name,
            list(others),
            label=view.say(f"results.comparison.other_{kind}"),
            placeholder=view.say("results.comparison.placeholder") if proposed is None else labels[proposed],
            labels=number_twins(labels),
        )
        chosen = chosen or proposed
        other = read_measurement(view, *others[chosen]) if chosen is not None else None
        names = _common(measurement, other) if other is not None else []
        question = choose_question(measurement, "pytanie", names, "results.comparison.question") if names else None
    if other is None:
        st.markdown(view.say("results.comparison.choose"))
        return
    if not names:
        st.info(view.say("results.comparison.nothing_common"))
        return
    _show_question(measurement, other, question or names[0])


def _propose(measurement: Measurement, others: dict[str, tuple[str, str]]) -> str:
    """Return the newest other measurement that asked the same and may be compared; the newest when none may."""
    for code, names in others.items():
        other = read_measurement(measurement.view, *names)
        common = _common(measurement, other)
        if common and _judge(measurement, other, common[0]).grade is not Grade.NOT_COMPARABLE:
            return code
    return next(iter(others))


def _judge(first: Measurement, second: Measurement, name: str) -> Verdict:
    return judge_comparability(describe_measured(first, name), describe_measured(second, name))


def _common(first: Measurement, second: Measurement) -> list[str]:
    """Return questions with options that both measurements asked."""
    return [
        name
        for name, row in first.questions.items()
        if row["type"] in CHOICES and row["base"] and name in second.questions and second.questions[name]["base"]
    ]


def _show_question(first: Measurement, second: Measurement, name: str) -> None:
    view = first.view
    verdict = _judge(first, second, name)
    with st.container(border=True, key="results-verdict"):
        st.markdown(f"{_ICONS[verdict.grade]} **{verdict.describe(view.language)}**")
        if said := [*verdict.doubts, *verdict.notes]:
            st.markdown("\n".join(f"- {plain(one.describe(view.language))}" for one in said))
    if verdict.grade is Grade.NOT_COMPARABLE:
        st.markdown(view.say("results.comparison.not_drawn"))
        return
    show_panel(_build_panel(first, second, name, verdict), view.language)


def describe_measured(measurement: Measurement, name: str) -> Measured:
    """Return a question as it was put in a measurement, for the gate of comparisons."""
    question = measurement.questions[name]
    return measured_questions.describe_measured(
        question,
        measurement.choices[name],
        measurement.wave,
        full_wording(question, "pl"),
        read_put_by(measurement.view.scope, measurement.partnership, measurement.slug),
    )


def _build_panel(first: Measurement, second: Measurement, name: str, verdict: Verdict) -> Panel:
    view = first.view
    # The earlier one comes first, so that "more" means more than before.
    earlier, later = sorted((first, second), key=_moment)
    tables = earlier.tabulate(earlier.questions[name]), later.tabulate(later.questions[name])
    comparison = compare_measurements(*tables, verdict)
    one_place = first.partnership == second.partnership
    names = [one.name if one_place else view.name_of(one.partnership) for one in (earlier, later)]
    together = _interleave(tables, names)
    title = view.say("results.comparison.title", question=first.wording(name), first=names[0], second=names[1])
    note = view.say("results.comparison.note", n=comparison.looked_at) if comparison.looked_at else ""
    sentence = say_changes(comparison, names, view.language)
    if together.is_empty:
        return Panel("comparison", title, sentence)
    chart = draw_dumbbell(together, title=title, language=view.language)
    return Panel("comparison", title, sentence, chart, (together,), note=note)


def _moment(measurement: Measurement) -> tuple[bool, object]:
    opened = measurement.wave["opened_on"]
    return (True, opened) if is_known(opened) else (False, 0)


def _interleave(tables: Sequence[PublishedTable], names: Sequence[str]) -> PublishedTable:
    """Put the two rows of each answer together; both passed the gate of privacy on their own."""
    first, second = tables
    codes = dict.fromkeys(row.keys[-1] for table in tables for row in table.rows)
    rows = []
    for code in codes:
        for number, table in enumerate(tables):
            for row in table.rows:
                if row.keys[-1] == code:
                    labels: dict[Language, tuple[str, ...]] = {
                        language: (row.labels[language][-1], names[number]) for language in LANGUAGES
                    }
                    rows.append(replace(row, keys=(code, str(number)), labels=labels))
    source = replace(
        first.source,
        waves=(*first.source.waves, *second.source.waves),
        files=(*first.source.files, *second.source.files),
        as_of=max(first.source.as_of, second.source.as_of),
    )
    # The note on narrower intervals names one number of people: it is said only where it is true of both.
    alike = first.source.population_count == second.source.population_count
    corrected = first.corrected and second.corrected and alike
    return replace(first, dimensions=("choice", "wave"), rows=tuple(rows), source=source, corrected=corrected)
