"""Official figures of a partnership's place: each with its unit, year, place, source, day of import and breaks."""

from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.mirrors_story.saying import say_among, say_figure
from dashboard.visit import View
from etl.store.reading.indicators import FigureOrigin
from etl.store.reading.official_places import OfficialStanding, OfficialStandings
from surveys.analysis.rows import rows_of
from surveys.indicators import FigureState
from surveys.language.numerals import format_date
from surveys.vocabulary import AreaLevel, load

_MOST_NOTES = 3


def build_official_panel(view: View, slug: str, official: OfficialStandings) -> Panel:
    """Build the list of official figures of a partnership's territory, and of its powiat where there are no others."""
    title = view.say("mirrors.official.title")
    territories = view.register.territories
    own = rows_of(territories[territories["partnership"] == slug])
    codes = dict.fromkeys(str(row["teryt"]) for row in own)
    if not codes:
        return Panel("mirrors-official", title, view.say("mirrors.official.no_territory"))
    powiats = {code[:4] for code in codes if len(code) > 4}
    shown = [
        one
        for one in official.standings
        if one.teryt in codes or (one.teryt in powiats and one.indicator.level is AreaLevel.POWIAT)
    ]
    if not shown:
        return Panel("mirrors-official", title, view.say("mirrors.official.none"))
    several = len({one.teryt for one in shown}) > 1
    lines = [_say_one(view, one, official.origins.get((one.indicator.code, one.among.year)), several) for one in shown]
    note = [view.say("mirrors.official.part")] if any(row["name"] for row in own) else []
    said = _say_notes(view, [official.origins[key] for key in official.origins])
    return Panel("mirrors-official", title, "\n".join([*note, "", *lines, "", *said]))


def _say_one(view: View, standing: OfficialStanding, origin: FigureOrigin | None, several: bool) -> str:  # noqa: FBT001 # private
    unit = standing.variable.variable.unit
    value = say_figure(standing, view.language) or view.say(f"mirrors.state.{_state(standing).value}")
    where = f" · {plain(load().areas.label(standing.teryt, view.language))}" if several else ""
    details = [say_among(standing, view)]
    if unit and unit != "%":
        details.append(view.say("mirrors.official.unit", unit=plain(unit)))
    breaks = [year for year in standing.indicator.breaks if year <= standing.among.year]
    if breaks:
        details.append(view.say("mirrors.official.breaks", years=", ".join(map(str, breaks))))
    if origin is not None:
        day = format_date(origin.fetched_on, view.language)
        details.append(view.say("mirrors.official.origin", file=plain(origin.file_name), day=day))
    label = plain(standing.indicator.label(view.language))
    return f"- **{label}**: {value} ({standing.among.year}){where}  \n  :small[{' · '.join(details)}]"


def _state(standing: OfficialStanding) -> FigureState:
    figure = standing.among.figure
    return FigureState.BLANK if figure is None else figure.state


def _say_notes(view: View, origins: list[FigureOrigin]) -> list[str]:
    """Quote what the files say of breaks in their series, and the first of their footnotes."""
    notes = {note.text: note.kind for origin in origins for note in origin.notes}
    ordered = sorted(notes, key=lambda text: notes[text] != "break")[:_MOST_NOTES]
    if not ordered:
        return []
    quoted = "; ".join(f"„{plain(text)}”" for text in ordered)
    return [f":small[{view.say('mirrors.official.notes', notes=quoted)}]"]
