"""One answer in every partnership: its share, the share drawn towards the mean, and what can be said of its rank."""

from dashboard.charts.dumbbell import draw_dumbbell
from dashboard.comparison_story.choosing import Compared, answer_list
from dashboard.comparison_story.sources import survey_source
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from dashboard.texts import say
from surveys.analysis.comparison import FEWEST_PLACES, Standing
from surveys.analysis.place_standing import Standings, stand_places
from surveys.language.numerals import format_percent
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare
from surveys.privacy.place_tables import Estimate, PlaceEstimates, publish_estimates
from surveys.privacy.published import PublishedTable
from surveys.privacy.rules import PUBLIC_RULES

MOST_PLACES = 60


def show_places(compared: Compared, code: str) -> None:
    """Show one answer in every partnership."""
    panels = keep_panels(
        compared.view, "comparison-places", lambda _view: [_build(compared, code)], *compared.details, code
    )
    show_panel(panels["comparison-places"], compared.view.language)


def stand(compared: Compared, code: str) -> tuple[dict[str, tuple[int, int]], Standings | None]:
    """Return the counts of an answer by partnership, and what can be said of those with enough people for percents."""
    counts = compared.sides.counts_of(code)
    enough = {slug: pair for slug, pair in counts.items() if pair[1] >= PUBLIC_RULES.percent_base}
    return counts, stand_places(enough) if len(enough) >= PUBLIC_RULES.min_places else None


def _build(compared: Compared, code: str) -> Panel:
    view = compared.view
    words = answer_list(compared.vocabulary)[code][view.language]
    key, title = "comparison-places", view.say("comparison.places.title", answer=words)
    counts, standings = stand(compared, code)
    if standings is None:
        return Panel(key, title, view.say("comparison.too_few"))
    slugs = [slug for slug in compared.places if slug in counts]
    number = len(standings.places)
    table = publish_estimates(
        [_estimates(compared, slug, counts[slug], standings) for slug in slugs],
        own=Heading("own", texts_of("comparison.places.own")),
        unsaid=Heading("", texts_of("comparison.places.unsaid")),
        dimensions=("partnership", "standing", "estimate"),
        source=survey_source(compared, "comparison.places.what", only=slugs),
    )
    if table.is_empty:
        return Panel(key, title, view.say("comparison.too_few"))
    note = view.say("comparison.places.note", n=number)
    if number < FEWEST_PLACES:
        note += " " + view.say("comparison.places.prior_unknown", n=number)
    chart = draw_dumbbell(table, title=title, language=view.language, most_answers=MOST_PLACES)
    return Panel(key, title, _say(compared, standings, table), chart, (table,), note=note)


def _estimates(compared: Compared, slug: str, pair: tuple[int, int], standings: Standings) -> PlaceEstimates:
    row = PlaceShare(compared.heading_of(slug), *pair)
    found = standings.places.get(slug)
    if found is None:
        return PlaceEstimates(row, Heading("", texts_of("comparison.places.unsaid")))
    rank, number = found.rank, len(standings.places)
    words: dict[Language, str] = {
        language: say(
            f"comparison.places.standing_{rank.standing.value}", language, low=rank.low, high=rank.high, all=number
        )
        for language in LANGUAGES
    }
    shrunk = Heading("shrunk", texts_of("comparison.places.shrunk"))
    return PlaceEstimates(
        row,
        Heading(rank.standing.value, words),
        (Estimate(shrunk, found.shrunk, found.low, found.high),),
    )


def _say(compared: Compared, standings: Standings, table: PublishedTable) -> str:
    """Say which places may be called first or last, and that the others may not be put in order."""
    view = compared.view
    told = {row.keys[0] for row in table.rows if row.value is not None}
    lines = []
    named = 0
    for standing in (Standing.FRONT, Standing.BACK):
        slugs = [slug for slug in compared.places if slug in told and _has(standings, slug, standing)]
        if slugs:
            named += len(slugs)
            names = list_names([plain(view.name_of(slug)) for slug in slugs])
            lines.append(view.say(f"comparison.places.{standing.value}", names=names, n=len(slugs)))
    mean = view.say("comparison.places.mean", share=format_percent(standings.mean, view.language))
    if not lines:
        return f"{view.say('comparison.places.no_order')} {mean}"
    rest = len(told) - named
    if rest:
        lines.append(view.say("comparison.places.rest", n=rest))
    return " ".join([*lines, mean])


def _has(standings: Standings, slug: str, standing: Standing) -> bool:
    return slug in standings.places and standings.places[slug].rank.standing is standing
