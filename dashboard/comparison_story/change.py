"""One answer in two measurements of each partnership: where it changed by more than chance, of all looked at."""

from dataclasses import dataclass

import streamlit as st

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.comparison_story.choosing import Compared, answer_list
from dashboard.comparison_story.one_answer import MOST_PLACES
from dashboard.comparison_story.sources import survey_source
from dashboard.data import place_shares
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from surveys.analysis.comparability import Grade
from surveys.analysis.multiplicity import Correction, adjusted_levels
from surveys.analysis.place_series import PlaceMatrix, build_matrix
from surveys.analysis.rows import Row
from surveys.analysis.uncertainty import newcombe_interval
from surveys.analysis.wave_comparison import newcombe_p_value
from surveys.language.claims import say_difference
from surveys.language.collation import sort_key
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare
from surveys.privacy.place_tables import publish_pairs
from surveys.privacy.rules import PUBLIC_RULES

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer in the last two measurements of a partnership: people with the answer, people who answered."""

    slug: str
    earlier: tuple[int, int]
    later: tuple[int, int]


def show_change(compared: Compared, code: str) -> None:
    """Show the change of one answer; partnerships whose two measurements can't be compared are named with reasons."""
    view = compared.view
    refused = [(earlier, verdict) for earlier, _, verdict in compared.sides.pairs if not _may(verdict.grade)]
    if refused:
        with st.container(border=True, key="comparison-change-verdict"):
            lines = []
            for earlier, verdict in refused:
                reasons = [doubt.describe(view.language) for doubt in verdict.doubts if not _may(doubt.grade)]
                lines.append(f"- **{plain(view.name_of(str(earlier['partnership'])))}**: {plain(' '.join(reasons))}")
            st.markdown("\n".join([view.say("comparison.change.refused"), "", *lines]))
    panels = keep_panels(view, "comparison-change", lambda _view: [_build(compared, code)], *compared.details, code)
    show_panel(panels["comparison-change"], view.language)


def _may(grade: Grade) -> bool:
    return grade is not Grade.NOT_COMPARABLE


def _build(compared: Compared, code: str) -> Panel:
    view = compared.view
    words = answer_list(compared.vocabulary)[code][view.language]
    key, title = "comparison-change", view.say("comparison.change.title", answer=words)
    pairs = read_pairs(compared, code)
    if len(pairs) < PUBLIC_RULES.min_places:
        return Panel(key, title, view.say("comparison.change.few", n=PUBLIC_RULES.min_places))
    series = tuple(Heading(number, texts_of(f"comparison.change.{name}")) for number, name in enumerate_series())
    table = publish_pairs(
        [
            (
                PlaceShare(compared.heading_of(pair.slug), *pair.earlier),
                PlaceShare(compared.heading_of(pair.slug), *pair.later),
            )
            for pair in pairs
        ],
        series=(series[0], series[1]),
        dimensions=("partnership", "wave"),
        source=survey_source(compared, "comparison.change.what", only=[pair.slug for pair in pairs]),
    )
    if table.is_empty:
        return Panel(key, title, view.say("comparison.too_few"))
    told = {
        slug
        for slug in (pair.slug for pair in pairs)
        if all(row.value is not None for row in table.rows if row.keys[0] == slug)
    }
    chart = draw_dumbbell(table, title=title, language=view.language, most_answers=MOST_PLACES)
    sentence = _say(compared, [pair for pair in pairs if pair.slug in told])
    return Panel(key, title, sentence, chart, (table,), note=view.say("comparison.change.note"))


def enumerate_series() -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the keys of the two figures, as charts know them, and the keys of their texts."""
    return ("0", "earlier"), ("1", "later")


def read_pairs(compared: Compared, code: str) -> list[Pair]:
    """Return the counts of an answer in the last two comparable measurements of each partnership, by name."""
    shares = place_shares(compared.view.scope, compared.vocabulary)
    measured = [
        row for earlier, later, verdict in compared.sides.pairs if _may(verdict.grade) for row in (earlier, later)
    ]
    if not measured:
        return []
    numbers = {int(row["measured"]) for row in measured}
    matrix = build_matrix(shares.questions[shares.questions["measured"].isin(numbers)], shares.options, shares.counts)
    pairs = []
    for earlier, later, verdict in compared.sides.pairs:
        sides = [_counts_of(matrix, row, code) for row in (earlier, later)] if _may(verdict.grade) else [None, None]
        first, second = sides
        if first is not None and second is not None:
            pairs.append(Pair(str(earlier["partnership"]), first, second))
    name_of = compared.view.name_of
    return sorted(pairs, key=lambda pair: (sort_key(name_of(pair.slug)), pair.slug))


def _counts_of(matrix: PlaceMatrix, row: Row, code: str) -> tuple[int, int] | None:
    if code not in matrix.codes:
        return None
    place, column = matrix.measured.index(int(row["measured"])), matrix.codes.index(code)
    return (int(matrix.people[place, column]), int(matrix.bases[place])) if matrix.offered[place, column] else None


def _say(compared: Compared, pairs: list[Pair]) -> str:
    """Say where the answer changed; a level for all partnerships looked at (Benjamini–Hochberg)."""
    view = compared.view
    if not pairs:
        return view.say("comparison.change.all_hidden")
    samples = [(*pair.later, *pair.earlier) for pair in pairs]
    levels = adjusted_levels([newcombe_p_value(*one) for one in samples], Correction.BENJAMINI_HOCHBERG)
    found = [newcombe_interval(*one, confidence=float(level)) for one, level in zip(samples, levels, strict=True)]
    seen = sorted(
        ((pair, one) for pair, one in zip(pairs, found, strict=True) if one[1] > 0 or one[2] < 0),
        key=lambda item: -abs(item[1][0]),
    )
    counted = view.say("comparison.change.looked_at", n=len(pairs))
    if not seen:
        return f"{view.say('comparison.change.nowhere')} {counted}"
    lines = [
        f"- **{plain(view.name_of(pair.slug))}**: {say_difference(*one, view.language)}"
        for pair, one in seen[:_MOST_NAMED]
    ]
    rest = [plain(view.name_of(pair.slug)) for pair, _ in seen[_MOST_NAMED:]]
    if rest:
        lines.append(f"- {view.say('comparison.change.rest', names=list_names(rest), n=len(rest))}")
    return "\n".join([view.say("comparison.change.somewhere"), "", *lines, "", counted])
