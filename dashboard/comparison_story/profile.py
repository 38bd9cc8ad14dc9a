"""The profile of one partnership beside others: all of them, those of its kind, those with a profile like its own.

Somebody who may not see three partnerships sees their own beside all others together, who are not named. What others
say is told only as the mean of at least three places, none of which is most of them.
"""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.comparison_story.choosing import Compared, answer_list
from dashboard.comparison_story.sources import survey_source
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names
from dashboard.filtering import choose_code
from dashboard.stories.opening import texts_of
from surveys.analysis.place_profiles import Difference, compare_with_others, find_alike
from surveys.analysis.side_by_side import SideBySide, kind_of
from surveys.language.claims import say_difference
from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare
from surveys.privacy.place_tables import publish_beside_others
from surveys.privacy.rules import PUBLIC_RULES

BESIDE = ("wszystkie", "rodzaj", "podobne")
_MOST_ANSWERS, _MOST_NAMED = 14, 5


@dataclass(frozen=True, slots=True)
class Beside:
    """A partnership and those it is set beside.

    Attributes:
        slug: the partnership.
        way: of `BESIDE`, or ``razem``: all others, who may not be named.
        others: slugs of the others, with enough people for percents.
        sides: where the counts of all of them are.
    """

    slug: str
    way: str
    others: tuple[str, ...]
    sides: SideBySide


def show_profile(compared: Compared, everybody: SideBySide | None = None) -> None:
    """Show the profile of a partnership.

    Args:
        compared: what is looked at.
        everybody: all partnerships, for somebody who may not see them: nothing of the others is named.
    """
    view = compared.view
    with st.container(horizontal=True, vertical_alignment="bottom", key="comparison-profile-choices"):
        slug = _choose_partnership(compared, compared.sides if everybody is None else everybody)
        way = "razem" if everybody is not None else _choose_way(compared)
    if slug is None:
        st.info(view.say("comparison.profile.choose"))
        return
    beside = find_beside(slug, way, everybody or compared.sides)
    if way == "podobne" and beside.others:
        names = list_names([plain(view.name_of(other)) for other in beside.others])
        st.markdown(view.say("comparison.profile.alike", names=names))
    elif way == "rodzaj":
        kind = kind_of(beside.sides.kinds, slug).label(view.language)
        st.markdown(view.say("comparison.profile.kind", kind=kind, n=len(beside.others)))
    elif way == "razem":
        st.caption(view.say("comparison.profile.together"))
    panels = keep_panels(
        view, "comparison-profile", lambda _view: [_build(compared, beside)], *compared.details, slug, way
    )
    show_panel(panels["comparison-profile"], view.language)


def _choose_partnership(compared: Compared, sides: SideBySide) -> str | None:
    view = compared.view
    slugs = [slug for slug in compared.places if slug in sides.places]
    if view.filters.partnership in slugs:
        return view.filters.partnership
    if len(slugs) < 2:
        return slugs[0] if slugs else None
    return choose_code(
        "czyj",
        slugs,
        label=view.say("comparison.profile.whose"),
        placeholder=view.say("comparison.profile.whose_placeholder"),
        labels={slug: view.name_of(slug) for slug in slugs},
    )


def _choose_way(compared: Compared) -> str:
    view = compared.view
    labels = {way: view.say(f"comparison.profile.beside_{way}") for way in BESIDE}
    label = view.say("comparison.profile.beside")
    return choose_code("obok", list(BESIDE), label=label, placeholder=labels[BESIDE[0]], labels=labels) or BESIDE[0]


def find_beside(slug: str, way: str, sides: SideBySide) -> Beside:
    """Return those that a partnership is set beside; none that has too few people for percents."""
    bases = dict(zip(sides.places, sides.matrix.bases.tolist(), strict=True))
    large = [other for other in sides.places if bases[other] >= PUBLIC_RULES.percent_base]
    if way == "rodzaj":
        kind = kind_of(sides.kinds, slug)
        large = [other for other in large if kind_of(sides.kinds, other) is kind]
    if way == "podobne" and bases[slug] >= PUBLIC_RULES.percent_base:
        rows = [sides.places.index(other) for other in large]
        alike = find_alike(large, sides.matrix.people[rows], sides.matrix.bases[rows], slug)
        return Beside(slug, way, alike, sides)
    return Beside(slug, way, tuple(other for other in large if other != slug), sides)


def _build(compared: Compared, beside: Beside) -> Panel:
    view, matrix = compared.view, beside.sides.matrix
    key = "comparison-profile"
    title = view.say("comparison.profile.title", name=view.name_of(beside.slug))
    row = beside.sides.places.index(beside.slug)
    rows = [beside.sides.places.index(other) for other in beside.others]
    words = answer_list(compared.vocabulary)
    codes = [
        code
        for place, code in enumerate(matrix.codes)
        if code in words and matrix.offered[row, place] and matrix.offered[rows, place].all()
    ]
    few = int(matrix.bases[row]) < PUBLIC_RULES.percent_base
    if few or len(rows) < PUBLIC_RULES.min_places or not codes:
        reason = "few_own" if few else "few_others"
        return Panel(key, title, view.say(f"comparison.profile.{reason}", n=PUBLIC_RULES.min_places))
    columns = [matrix.codes.index(code) for code in codes]
    found = compare_with_others(
        (matrix.people[row, columns], int(matrix.bases[row])),
        (matrix.people[np.ix_(rows, columns)], matrix.bases[rows]),
    )
    by_code = dict(zip(codes, found, strict=True))
    # The largest shares of either side come first: they are what the profile is made of.
    drawn = sorted(codes, key=lambda code: (-max(_own(by_code[code]), by_code[code].others.share), code))
    drawn = drawn[:_MOST_ANSWERS]
    table = publish_beside_others(
        [PlaceShare(Heading(code, words[code]), *by_code[code].own) for code in drawn],
        [(one.share, one.low, one.high) for one in (by_code[code].others for code in drawn)],
        [int(base) for base in matrix.bases[rows]],
        series=(
            Heading("own", dict.fromkeys(LANGUAGES, view.name_of(beside.slug))),
            Heading("others", texts_of(f"comparison.profile.others_{beside.way}")),
        ),
        source=survey_source(compared, "comparison.profile.what", only=[beside.slug]),
    )
    if table.is_empty:
        return Panel(key, title, view.say("comparison.too_few"))
    chart = draw_dumbbell(table, title=title, language=view.language)
    told = {row.keys[0] for row in table.rows if row.value is not None}
    sentence = _say(compared, {code: one for code, one in by_code.items() if code in told}, len(codes))
    note = view.say("comparison.profile.note", n=len(rows))
    return Panel(key, title, sentence, chart, (table,), note=note)


def _own(difference: Difference) -> float:
    return difference.own[0] / difference.own[1]


def _say(compared: Compared, differences: dict[str, Difference], looked_at: int) -> str:
    view, words = compared.view, answer_list(compared.vocabulary)
    seen = sorted(
        ((code, one) for code, one in differences.items() if one.is_seen), key=lambda item: -abs(item[1].difference)
    )
    counted = view.say("comparison.profile.looked_at", n=looked_at)
    if not seen:
        return f"{view.say('comparison.profile.no_difference')} {counted}"
    lines = [
        f"- **{plain(words[code][view.language])}**: {say_difference(one.difference, one.low, one.high, view.language)}"
        for code, one in seen[:_MOST_NAMED]
    ]
    return "\n".join([view.say("comparison.profile.differences"), "", *lines, "", counted])
