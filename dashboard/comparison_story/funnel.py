"""The funnel: which partnerships differ by more than chance, given how many people answered in each."""

import numpy as np

from dashboard.charts.funnel import Limits, draw_funnel
from dashboard.comparison_story.choosing import Compared, answer_list
from dashboard.comparison_story.one_answer import stand
from dashboard.comparison_story.sources import survey_source
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from surveys.analysis.comparison import funnel_limits
from surveys.analysis.place_standing import ALARM, WARNING, Position, Standings
from surveys.language.numerals import format_percent
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare
from surveys.privacy.place_tables import PlaceEstimates, publish_estimates
from surveys.privacy.published import PublishedTable

_SMALLEST, _STEPS = 10, 60


def show_funnel(compared: Compared, code: str) -> None:
    """Show the funnel of one answer."""
    panels = keep_panels(
        compared.view, "comparison-funnel", lambda _view: [_build(compared, code)], *compared.details, code
    )
    show_panel(panels["comparison-funnel"], compared.view.language)


def _build(compared: Compared, code: str) -> Panel:
    view = compared.view
    words = answer_list(compared.vocabulary)[code][view.language]
    key, title = "comparison-funnel", view.say("comparison.funnel.title", answer=words)
    counts, standings = stand(compared, code)
    if standings is None:
        return Panel(key, title, view.say("comparison.too_few"))
    slugs = [slug for slug in compared.places if slug in counts]
    none = Heading("", texts_of("comparison.places.unsaid"))
    table = publish_estimates(
        [
            PlaceEstimates(
                PlaceShare(compared.heading_of(slug), *counts[slug]),
                _position(standings.places[slug].position) if slug in standings.places else none,
            )
            for slug in slugs
        ],
        own=Heading("own", texts_of("comparison.places.own")),
        unsaid=Heading("", texts_of("comparison.places.unsaid")),
        dimensions=("partnership", "funnel", "estimate"),
        source=survey_source(compared, "comparison.funnel.what", only=slugs),
    )
    if table.is_empty or not 0 < standings.mean < 1:
        return Panel(key, title, view.say("comparison.too_few" if table.is_empty else "comparison.funnel.nobody"))
    chart = draw_funnel(
        table,
        mean=round(standings.mean, 2),
        limits=_draw_limits(compared, table, standings.mean),
        inside=Position.INSIDE.value,
        axis=view.say("comparison.funnel.axis"),
        title=title,
        language=view.language,
    )
    note = view.say("comparison.funnel.note", n=len(standings.places))
    return Panel(key, title, _say(compared, standings, table), chart, (table,), note=note)


def _position(position: Position) -> Heading:
    return Heading(position.value, texts_of(f"comparison.funnel.{position.value}"))


def _draw_limits(compared: Compared, table: PublishedTable, mean: float) -> dict[str, Limits]:
    most = max((row.base or 0 for row in table.rows), default=_SMALLEST)
    sizes = np.unique(np.geomspace(_SMALLEST, max(most * 1.05, _SMALLEST + 1), _STEPS).astype(int))
    found: dict[str, Limits] = {}
    for level, name in ((WARNING, "inner"), (ALARM, "outer")):
        low, high = funnel_limits(mean, sizes, level)
        found[compared.view.say(f"comparison.funnel.{name}")] = (sizes.tolist(), low.tolist(), high.tolist())
    return found


def _say(compared: Compared, standings: Standings, table: PublishedTable) -> str:
    view = compared.view
    told = {row.keys[0] for row in table.rows if row.value is not None}
    mean = format_percent(standings.mean, view.language)
    lines = []
    for form, above in (("more", True), ("fewer", False)):
        names = [
            plain(view.name_of(slug))
            for slug in compared.places
            if slug in told
            and slug in standings.places
            and standings.places[slug].stands_out
            and (standings.places[slug].own > standings.mean) is above
        ]
        if names:
            lines.append(view.say(f"comparison.funnel.stand_out_{form}", names=list_names(names), share=mean))
    number = len(standings.places)
    if not lines:
        return view.say("comparison.funnel.nobody_stands_out", n=number, share=mean)
    return " ".join([*lines, view.say("comparison.funnel.looked_at", n=number)])
