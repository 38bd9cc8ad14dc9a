"""Weights: whose voice is missing, what weighting mends and what it cannot, and results with and without weights."""

from dataclasses import replace

import streamlit as st

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.presenting import show_panel
from dashboard.findings_list import show_findings
from dashboard.measurement_data import read_stored_weighting, read_weighted
from dashboard.results_story.choosing import choose_question
from dashboard.results_story.margins import read_lines, write_lines
from dashboard.results_story.measurement import CHOICES, EXCLUSIVE, Measurement
from dashboard.results_story.official_margins import offer_official_numbers, taken_numbers
from dashboard.services import unweigh, weigh
from dashboard.stories.opening import texts_of
from dashboard.visit import current_visit
from etl.store.reading import Recipe, StoredWeighting
from etl.store.scope import Action
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import choice_labels
from surveys.analysis.voices import Presence, compare_voices
from surveys.findings import Finding, Report
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import LANGUAGES
from surveys.privacy.published import PublishedTable

_REPORT = "results_weights_report"


def show_weights(measurement: Measurement) -> None:
    """Tell of the measurement's weights, and let whoever may make them."""
    view = measurement.view
    stored = read_stored_weighting(view.scope, measurement.partnership, measurement.slug)
    st.markdown(view.say("results.weights.intro"))
    with st.expander(view.say("results.weights.limits_title"), key="weights-limits"):
        st.markdown(view.say("results.weights.limits"))
    if stored is not None and stored.holds:
        _show_stored(measurement, stored)
        _show_side_by_side(measurement)
    elif stored is not None:
        st.warning(view.say("results.weights.stale"))
    else:
        st.markdown(view.say("results.weights.none"))
    if current_visit().actor.may(Action.IMPORT, measurement.partnership):
        _show_form(measurement, stored)
    else:
        st.caption(view.say("results.weights.who_may"))


def _profile(measurement: Measurement) -> list[Row]:
    rows = measurement.questions.values()
    return [row for row in rows if row["type"] in EXCLUSIVE and is_known(row["profile"]) and row["base"]]


def _labels(measurement: Measurement, question: Row) -> dict[str, str]:
    options = measurement.choices[str(question["question"])]
    language = measurement.view.language
    return {
        str(option["code"]): choice_labels(option, question["vocabulary"])[language][0]
        for option in rows_of(options[options["missing_kind"].isna()])
    }


def _show_stored(measurement: Measurement, stored: StoredWeighting) -> None:
    view, language = measurement.view, measurement.view.language
    with st.container(border=True, key="results-weighting"):
        st.header(view.say("results.weights.voices_title"), anchor=False)
        facts = {
            "n": stored.people,
            "effective": format_number(stored.effective, language),
            "deff": format_number(stored.design_effect, language, decimals=2),
            "low": format_number(stored.lowest, language, decimals=2),
            "high": format_number(stored.highest, language, decimals=2),
        }
        st.markdown(view.say("results.weights.cost", **facts))
        for name, margin in stored.recipe.margins.items():
            if name in measurement.questions:
                st.markdown(f"**{plain(measurement.wording(name))}**")
                st.markdown("\n".join(_say_voices(measurement, measurement.questions[name], dict(margin))))
        source = {"source": plain(stored.recipe.source), "as_of": plain(stored.recipe.as_of)}
        st.caption(view.say("results.weights.source", **source))
        st.caption(view.say("results.weights.numbers", **facts))


def _say_voices(measurement: Measurement, question: Row, margin: dict[str, float]) -> list[str]:
    """Say of each group how its share among the answers stands to its share among the inhabitants."""
    view, language = measurement.view, measurement.view.language
    table = measurement.tabulate(question)
    rows = {row.keys[0]: row for row in table.rows}
    counts = {code: row.count for code in margin if (row := rows.get(code)) is not None and row.count is not None}
    if len(counts) < len(margin):
        return [f"- {view.say('results.weights.voices_hidden')}"]
    lines = []
    for voice in compare_voices({code: int(count or 0) for code, count in counts.items()}, margin):
        facts = {
            "group": plain(rows[voice.group].labels[language][0]),
            "share": format_percent(voice.share, language),
            "population": format_percent(voice.population_share, language),
        }
        told = view.say(f"results.weights.voice_{voice.presence.value}", **facts)
        lines.append(
            f"- {told}" if voice.presence in {Presence.FAIR, Presence.OVER} else f"- :material/warning: {told}"
        )
    return lines


def _show_side_by_side(measurement: Measurement) -> None:
    """Show a question with and without weights, one beside the other."""
    names = [name for name, row in measurement.questions.items() if row["type"] in CHOICES and row["base"]]
    chosen = choose_question(measurement, "pytanie", names, "results.weights.question") or next(iter(names), None)
    if chosen is None:
        return
    view = measurement.view
    row = measurement.questions[chosen]
    plain_table = measurement.tabulate(row)
    weighted = read_weighted(view.scope, measurement.partnership, measurement.slug, chosen)
    weighted = replace(
        weighted, source=replace(measurement.source(row, "results.weights.what"), rule=weighted.source.rule)
    )
    together = _interleave(plain_table, weighted)
    title = view.say("results.weights.title", question=measurement.wording(chosen))
    chart = draw_dumbbell(together, title=title, language=view.language)
    show_panel(Panel("weighted", title, view.say("results.weights.sentence"), chart, (together,)), view.language)


def _interleave(first: PublishedTable, second: PublishedTable) -> PublishedTable:
    """Put each option's unweighted and weighted row together, both as they were published."""
    named = {kind: texts_of(f"results.weights.{kind}") for kind in ("unweighted", "weighted")}
    other = {row.keys: row for row in second.rows}
    rows = []
    for row in first.rows:
        for kind, one in (("unweighted", row), ("weighted", other.get(row.keys))):
            if one is not None:
                labels = {language: (*one.labels[language], named[kind][language]) for language in LANGUAGES}
                rows.append(replace(one, keys=(*one.keys, kind), labels=labels))
    return replace(second, dimensions=(*second.dimensions, "weighting"), rows=tuple(rows))


def _show_form(measurement: Measurement, stored: StoredWeighting | None) -> None:
    view = measurement.view
    profile = _profile(measurement)
    st.header(view.say("results.weights.form_title"), anchor=False)
    if not profile:
        st.markdown(view.say("results.weights.no_profile"))
        return
    report: Report | None = st.session_state.pop(_REPORT, None)
    if report is not None:
        show_findings(_in_words(measurement, report), view.language)
    recipe = stored.recipe if stored is not None else Recipe({}, "", "")
    st.markdown(view.say("results.weights.form_help"))
    by_kind = {
        kind: {str(row["question"]): _labels(measurement, row) for row in profile if row["profile"] == kind}
        for kind in ("age", "gender")
    }
    offer_official_numbers(measurement, by_kind["age"], by_kind["gender"])
    taken = taken_numbers(measurement)
    # A field keeps what was typed into it; numbers that were put in come as fields of their own.
    turn = "-official" if taken is not None else ""
    lines = taken.lines if taken is not None else {}
    with st.form("weights-form", border=True):
        texts = {
            str(row["question"]): st.text_area(
                plain(measurement.wording(str(row["question"]))),
                lines.get(str(row["question"]))
                or write_lines(_labels(measurement, row), recipe.margins.get(str(row["question"]), {})),
                height=34 + 26 * max(2, len(_labels(measurement, row))),
                key=f"margin-{row['question']}{turn}",
            )
            for row in profile
        }
        source = st.text_input(
            view.say("results.weights.source_label"),
            taken.source if taken is not None else recipe.source,
            placeholder=view.say("results.weights.source_hint"),
            key=f"weights-source{turn}",
        )
        as_of = st.text_input(
            view.say("results.weights.as_of_label"),
            taken.as_of if taken is not None else recipe.as_of,
            key=f"weights-as-of{turn}",
        )
        pressed = st.form_submit_button(view.say("results.weights.make"), type="primary")
    if pressed:
        _make(measurement, texts, source, as_of)
    if stored is not None and st.button(view.say("results.weights.drop"), key="weights-drop"):
        st.session_state[_REPORT] = unweigh(
            current_visit().actor, view.scope, measurement.partnership, measurement.slug
        )
        st.rerun()


def _make(measurement: Measurement, texts: dict[str, str], source: str, as_of: str) -> None:
    view = measurement.view
    margins, strange = {}, []
    for name, text in texts.items():
        numbers, unread = read_lines(text, _labels(measurement, measurement.questions[name]))
        strange += unread
        if numbers:
            margins[name] = numbers
    if strange:
        st.error(view.say("results.weights.strange", lines="; ".join(map(plain, strange))))
        return
    if not source.strip():
        st.error(view.say("results.weights.source_missing"))
        return
    recipe = Recipe(margins, source.strip(), as_of.strip())
    st.session_state[_REPORT] = weigh(
        current_visit().actor, view.scope, measurement.partnership, measurement.slug, recipe
    )
    st.rerun()


def _in_words(measurement: Measurement, report: Report) -> Report:
    """Name questions and groups by their words instead of their codes."""
    findings = []
    for finding in report:
        facts = dict(finding.facts)
        row = measurement.questions.get(str(facts.get("question", "")))
        if row is not None and "category" in facts:
            facts["category"] = _labels(measurement, row).get(str(facts["category"]), str(facts["category"]))
        for name in ("question", "other"):
            if str(facts.get(name, "")) in measurement.questions:
                facts[name] = measurement.wording(str(facts[name]))
        findings.append(Finding(finding.code, finding.place, facts))
    return Report(tuple(findings))
