"""The map, the list beside it and what is not on it, built from a view and the choice of what is shown."""

from dashboard.charts.map_names import MapPoint
from dashboard.charts.place_map import Legend, PlacePoint, Reach, Unclassed, describe_points, draw_places
from dashboard.data import read_outlines
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.map_story.indicator_layer import lay_indicator
from dashboard.map_story.layers import Layer, in_order, lay_points, lay_problem, lay_residents, lay_theme
from dashboard.map_story.places import Placed, Spot, place_partnerships
from dashboard.visit import View
from surveys.vocabulary import AreaLevel, load

LINE, OFF = "map-line-", "map-off"
PARTS = ("problemy", "mieszkancy", "tematy", "wskazniki")
_PROBLEMS, _RESIDENTS, _, _INDICATORS = PARTS

# Outer rings by TERYT code.
_Rings = dict[str, list[list[tuple[float, float]]]]


def build_map_panels(view: View, part: str, code: str | None) -> list[Panel]:
    """Build the map, a line for each partnership, and what is to be said of those without a place.

    Args:
        view: what is looked at.
        part: one of `PARTS`.
        code: of the problem, theme or indicator; ``None`` for points alone.
    """
    placed = place_partnerships(tuple(in_order(view)), view.register.territories, load().areas)
    layer = _lay(view, part, code, placed)
    rings, borders, imported = _read_rings(placed)
    points = [_make_point(view, layer, spot, rings) for spot in placed.spots]
    legend = Legend(layer.classes, layer.unclassed, {reach: view.say(f"map.reach.{reach.value}") for reach in Reach})
    alt = f"{layer.title}. {describe_points(points)}"
    chart = draw_places(points, legend, borders=borders, alt=alt) if points else None
    note = " ".join(
        part for part in (layer.note, view.say(f"map.outlines.{'imported' if imported else 'own'}")) if part
    )
    tables = () if layer.table is None or layer.table.is_empty else (layer.table,)
    panels = [Panel("map", layer.title, layer.sentence, chart, tables, note=note)]
    for slug in in_order(view):
        panels.append(Panel(f"{LINE}{slug}", view.name_of(slug), _say_line(view, layer, placed, slug)))
    if placed.without or placed.unknown:
        panels.append(Panel(OFF, view.say("map.off.title"), _say_off(view, placed)))
    return panels


def _lay(view: View, part: str, code: str | None, placed: Placed) -> Layer:
    if code is None:
        return lay_points(view, placed)
    if part == _INDICATORS:
        entry = next(one for one in load().indicators if one.code == code)
        return lay_indicator(view, entry, placed)
    if part == _RESIDENTS:
        return lay_residents(view, code, placed)
    return (lay_problem if part == _PROBLEMS else lay_theme)(view, code)


def _make_point(view: View, layer: Layer, spot: Spot, rings: _Rings) -> PlacePoint:
    standing = layer.standing.get((spot.slug, spot.area.teryt), layer.standing.get(spot.slug, Unclassed.NO_DATA))
    name = view.name_of(spot.slug)
    said = layer.words.get(spot.slug, layer.unclassed.get(Unclassed.NO_DATA, ""))
    where = spot.label(view.language)
    whole = spot.reach is not Reach.PART
    return PlacePoint(
        key=spot.slug,
        point=MapPoint(name, spot.area.lat, spot.area.lon),
        reach=spot.reach,
        standing=standing,
        words=f"{name}: {said} – {where}" if said else f"{name} – {where}",
        outlines=rings.get(spot.area.teryt, ()) if whole else (),
        is_chosen=spot.slug == view.filters.partnership,
    )


def _read_rings(placed: Placed) -> tuple[_Rings, list[list[tuple[float, float]]] | None, bool]:
    """Return outlines of the places, those of powiats to draw them on, and whether any were imported.

    Of the powiats the project's own outlines of Mazovia stand in where none were imported (``None``).
    """
    rings: _Rings = {}
    borders: list[list[tuple[float, float]]] = []
    for voivodeship in sorted({spot.area.voivodeship_code for spot in placed.spots}):
        for level in (AreaLevel.POWIAT, AreaLevel.GMINA, AreaLevel.DISTRICT):
            outlines = read_outlines(level, within=voivodeship)
            outer = {teryt: [polygon[0] for polygon in polygons] for teryt, polygons in outlines.items()}
            rings |= outer
            if level is AreaLevel.POWIAT:
                borders += [ring for rings_of in outer.values() for ring in rings_of]
    return rings, borders or None, bool(rings)


def _say_line(view: View, layer: Layer, placed: Placed, slug: str) -> str:
    """Return what the map says of a partnership, for those who don't see it."""
    said = layer.words.get(slug, layer.unclassed.get(Unclassed.NO_DATA, ""))
    mine = [spot for spot in placed.spots if spot.slug == slug]
    where = [spot.label(view.language) for spot in mine]
    parts = any(spot.reach is Reach.PART for spot in mine)
    place = list_names(where) or view.say("map.off.nowhere")
    return plain(" · ".join(part for part in (said, place, view.say("map.list.part") if parts else "") if part))


def _say_off(view: View, placed: Placed) -> str:
    lines = [f"- **{plain(view.name_of(slug))}** – {view.say('map.off.without')}" for slug in placed.without]
    lines += [
        f"- **{plain(view.name_of(slug))}** – {view.say('map.off.unknown', code=plain(code))}"
        for slug, code in placed.unknown.items()
    ]
    return "\n".join([*lines, "", view.say("map.off.what")])
