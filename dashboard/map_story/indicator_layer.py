"""One official indicator on the map: the figure of each place of a partnership, as its source wrote it."""

from decimal import Decimal

from dashboard.charts.place_map import Unclassed
from dashboard.data import official_standings
from dashboard.map_story.layers import Layer, in_order, say_span
from dashboard.map_story.places import Placed, Spot
from dashboard.mirrors_story.saying import say_among, say_figure
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from etl.store.reading.official_places import OfficialStanding
from surveys.analysis.map_classes import find_class, split_classes
from surveys.language.texts import LANGUAGES
from surveys.privacy.official_gate import OfficialRow, publish_official
from surveys.privacy.published import Source, SourceFile
from surveys.vocabulary import AreaLevel, load
from surveys.vocabulary.indicators import Indicator


def lay_indicator(view: View, entry: Indicator, placed: Placed) -> Layer:
    """Return an indicator's figures by place.

    A part of a gmina is shown with the figure of the whole gmina, and a gmina with that of its powiat where the
    indicator exists for powiats only; the table says of which area each figure is.
    """
    official = official_standings(view.scope)
    by_area = {one.teryt: one for one in official.standings if one.indicator.code == entry.code}
    found: list[tuple[Spot, OfficialStanding]] = [
        (spot, by_area[code]) for spot in placed.spots if (code := _area_of(spot, entry)) in by_area
    ]
    numbers = {
        (spot.slug, spot.area.teryt): number
        for spot, standing in found
        if standing.among.figure is not None and (number := standing.among.figure.number) is not None
    }
    classes = split_classes(numbers.values())
    years = sorted({standing.among.year for _, standing in found})
    origins = [official.origins[entry.code, year] for year in years if (entry.code, year) in official.origins]
    files = tuple(SourceFile(one.file_name, one.fetched_on.isoformat(), None) for one in origins)
    source = Source(texts_of("map.indicator.what"), files=files)
    decimals = max((_decimals(number) for number in numbers.values()), default=0)
    blank = view.say("mirrors.state.blank")
    words: dict[str, list[str]] = {}
    for spot, standing in found:
        value = say_figure(standing, view.language) or blank
        words.setdefault(spot.slug, []).append(value)
    unit = next((standing.variable.variable.unit for _, standing in found), "")
    return Layer(
        _title(view, entry, unit, years),
        view.say("map.indicator.sentence", n=len({slug for slug, _ in numbers}), all=len(view.scope.partnerships)),
        classes=tuple(say_span(one.low, one.high, view.language, decimals) for one in classes),
        unclassed={Unclassed.NO_DATA: blank},
        standing={key: find_class(number, classes) for key, number in numbers.items()},
        words={slug: "; ".join(dict.fromkeys(words.get(slug, [blank]))) for slug in in_order(view)},
        table=publish_official(
            [_row(view, spot, standing) for spot, standing in found],
            dimensions=("partnership", "area", "year", "among"),
            source=source,
        ),
        note=_note(view, entry, years),
    )


def _area_of(spot: Spot, entry: Indicator) -> str:
    return spot.area.powiat_code if entry.level is AreaLevel.POWIAT and len(spot.area.teryt) > 4 else spot.area.teryt


def _title(view: View, entry: Indicator, unit: str, years: list[int]) -> str:
    when = ", ".join(map(str, years))
    label = entry.label(view.language)
    named = f"{label} [{unit}]" if unit and unit not in label else label
    return f"{named}, {when}" if when else named


def _note(view: View, entry: Indicator, years: list[int]) -> str:
    said = [view.say("map.indicator.note")]
    if entry.level is AreaLevel.POWIAT:
        said.append(view.say("map.indicator.powiat"))
    breaks = [year for year in entry.breaks if years and year <= years[-1]]
    if breaks:
        said.append(view.say("map.indicator.breaks", years=", ".join(map(str, breaks))))
    return " ".join(said)


def _row(view: View, spot: Spot, standing: OfficialStanding) -> OfficialRow:
    figure, year = standing.among.figure, str(standing.among.year)
    areas = load().areas
    return OfficialRow(
        (spot.slug, standing.teryt, year, ""),
        {
            language: (view.name_of(spot.slug), areas.label(standing.teryt, language), year,
                       say_among(standing, view.speaking(language)))
            for language in LANGUAGES
        },
        None if figure is None else figure.number,
    )  # fmt: skip


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
