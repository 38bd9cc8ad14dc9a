"""What matters and is lacking: how many people find something important, beside how many rate it good.

Both shares follow from what the questions' own figures show, and nothing else does: a topic of which a hidden answer
would have to be used is left out. Beside them only the correlation of the two answers is told, coarsely, by the width
of the interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import streamlit as st

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.escaping import plain
from dashboard.figures.panels import Builder, Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import quote_answer
from dashboard.measurement_data import read_pairs
from dashboard.results_story.measurement import Measurement, item_wording, read_measurement, stem_wording
from dashboard.stories.opening import texts_of
from dashboard.texts import say
from dashboard.visit import View
from surveys.analysis.importance_gaps import ImportanceGap, Need, measure_gaps
from surveys.analysis.topics import Topic, find_topics
from surveys.language.claims import say_points
from surveys.language.numerals import format_number
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import STANDARD_RULES, ShareRow, publish_shares
from surveys.privacy.published import PublishedRow, PublishedTable

_STEP = 0.1  # of the correlation that an interval tells
_Counted = tuple[int, int]  # people who count, and people who answered


def show_needs(measurement: Measurement) -> None:
    """Show the gaps between importance and rating, or say which survey would tell them."""
    view = measurement.view
    panels = keep_panels(view, "needs", _builder(measurement), measurement.partnership, measurement.slug)
    if not panels:
        st.markdown(view.say("results.needs.not_asked"))
        st.page_link(
            "app_pages/questionnaires.py", label=view.say("results.needs.questionnaire"), icon=":material/quiz:"
        )
        return
    st.markdown(view.say("results.needs.intro"))
    show_panels(panels, tuple(panels), language=view.language)


def _builder(measurement: Measurement) -> Builder:
    partnership, slug = measurement.partnership, measurement.slug

    def build(view: View) -> list[Panel]:
        fresh = read_measurement(view, partnership, slug)
        topics = find_topics(fresh.questions, fresh.choices)
        return [_build_panel(fresh, topics)] if topics else []

    return build


def _build_panel(measurement: Measurement, topics: Sequence[Topic]) -> Panel:
    view, language = measurement.view, measurement.view.language
    title = view.say("results.needs.title")
    shown = {topic: counts for topic in topics if (counts := _count(measurement, topic)) is not None}
    if not shown:
        return Panel("needs", title, view.say("results.needs.few"))
    gaps = {gap.key: gap for gap in _measure(measurement, list(shown))}
    ordered = sorted(shown, key=lambda topic: -gaps[topic.importance].gap)
    table = _publish(measurement, {topic: shown[topic] for topic in ordered})
    sentence = say_needs([gaps[topic.importance] for topic in ordered], _names(measurement, topics, language), language)
    note = view.say("results.needs.note", n=len(gaps))
    if len(shown) < len(topics):
        note += f" {view.say('results.needs.left_out', n=len(topics) - len(shown))}"
    chart = draw_dumbbell(table, title=title, language=language)
    return Panel("needs", title, sentence, chart, (table,), note=note)


def _names(measurement: Measurement, topics: Sequence[Topic], language: Language) -> dict[str, str]:
    return {topic.importance: item_wording(measurement.questions[topic.importance], language) for topic in topics}


def _count(measurement: Measurement, topic: Topic) -> tuple[_Counted, _Counted] | None:
    """Return how many count of both questions, as far as their own figures tell; ``None`` when they don't."""
    both = [
        add_up(measurement.tabulate(measurement.questions[name]).rows, codes)
        for name, codes in ((topic.importance, topic.important), (topic.rating, topic.good))
    ]
    return (both[0], both[1]) if both[0] is not None and both[1] is not None else None


def add_up(rows: Sequence[PublishedRow], codes: Sequence[str]) -> _Counted | None:
    """Add up answers of a question with one answer each, or take the others from the base where only these are shown.

    Args:
        rows: its published rows.
        codes: of the answers to add up.

    Returns:
        People with these answers and the base; ``None`` where the sum would tell of a hidden answer, or few answered.
    """
    base = next((row.base for row in rows if row.base is not None), 0)
    if not base or base < STANDARD_RULES.percent_base:
        return None
    named = [row.count for row in rows if row.keys[-1] in codes]
    others = [row.count for row in rows if row.keys[-1] not in codes]
    sums = [None if None in counts else sum(count or 0 for count in counts) for counts in (named, others)]
    if sums[0] is not None:
        return sums[0], base
    return (base - sums[1], base) if sums[1] is not None else None


def _measure(measurement: Measurement, topics: Sequence[Topic]) -> tuple[ImportanceGap, ...]:
    """Measure the gaps among these topics together, each from a table of two answers by two."""
    tables: dict[str, npt.ArrayLike] = {}
    alone: dict[str, tuple[npt.ArrayLike, npt.ArrayLike]] = {}
    for topic in topics:
        names = (measurement.partnership, measurement.slug, topic.importance, topic.rating)
        sums, turned = read_pairs(measurement.view.scope, *names)
        halved = _halve(sums.cells.people, sums.options, topic.important, 0)
        tables[topic.importance] = _halve(halved, sums.groups, topic.good, 1)
        alone[topic.importance] = (
            _halve(sums.outside_chosen.people, sums.options, topic.important, 0),
            _halve(turned.outside_chosen.people, sums.groups, topic.good, 0),
        )
    return measure_gaps(tables, important={0}, good={0}, alone=alone, step=_STEP)


def _halve(
    counts: npt.NDArray[np.int64], codes: Sequence[str], named: Sequence[str], axis: int
) -> npt.NDArray[np.int64]:
    """Add up the named answers and all others."""
    chosen = np.isin(codes, named)
    return np.stack([counts.compress(part, axis).sum(axis=axis) for part in (chosen, ~chosen)], axis=axis)


def _publish(measurement: Measurement, shown: Mapping[Topic, tuple[_Counted, _Counted]]) -> PublishedTable:
    first = next(iter(shown))
    measures = {
        language: tuple(
            _say_named(measurement, name, codes, language)
            for name, codes in ((first.importance, first.important), (first.rating, first.good))
        )
        for language in LANGUAGES
    }
    rows = []
    for topic, counts in shown.items():
        for place, (key, (count, base)) in enumerate(zip(("important", "good"), counts, strict=True)):
            item = {language: item_wording(measurement.questions[topic.importance], language) for language in LANGUAGES}
            labels: dict[Language, tuple[str, ...]] = {
                language: (item[language], measures[language][place]) for language in LANGUAGES
            }
            rows.append(ShareRow((topic.importance, key), labels, count, base))
    source = measurement.source(measurement.questions[first.importance])
    stems = {
        language: " · ".join(
            stem_wording(measurement.questions[name], language) for name in (first.importance, first.rating)
        )
        for language in LANGUAGES
    }
    source = replace(source, what=texts_of("results.needs.what"), question=stems)
    return publish_shares(rows, dimensions=("topic", "measure"), source=source, exclusive=False)


def _say_named(measurement: Measurement, name: str, codes: Sequence[str], language: Language) -> str:
    """Name the answers that count: "bardzo ważne" or "ważne"."""
    labels = {row.keys[-1]: row.labels[language][-1] for row in measurement.tabulate(measurement.questions[name]).rows}
    first, second = (labels[code] for code in codes)
    return say("results.needs.named", language, first=first, second=second)


def say_needs(gaps: Sequence[ImportanceGap], names: Mapping[str, str], language: Language) -> str:
    """Say what is lacking, the largest gap first; never more than the intervals hold."""
    lines = [f"- **{plain(names[gap.key])}**: {_say_gap(gap, language)}" for gap in gaps if gap.need is Need.LACKING]
    told = [say("results.needs.lacking", language), "", *lines, ""] if lines else []
    for need in (Need.UNSEEN, Need.MET):
        quoted = [quote_answer(names[gap.key], language) for gap in gaps if gap.need is need]
        if quoted:
            told.append(say(f"results.needs.{need.value}", language, names=", ".join(quoted)))
    return "\n".join(told)


def _say_gap(gap: ImportanceGap, language: Language) -> str:
    return say(
        "results.needs.gap",
        language,
        points=say_points(gap.gap, language),
        low=format_number(int(gap.low * 100 + 0.5), language),
        high=format_number(int(gap.high * 100 + 0.5), language),
    )
