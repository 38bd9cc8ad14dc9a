"""How co-operation grows: pairs by year, first meetings across sectors, and Putnam's spill-over between themes."""

import pandas as pd

from dashboard.capital_story.network import PartnerNetwork, both_languages, read_network
from dashboard.charts.pairs import draw_pairs
from dashboard.charts.years import draw_years
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of, today
from dashboard.visit import View
from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.partner_ties import count_pairs_by_year, list_joint_activities, list_taking_part, pair_up
from surveys.analysis.spill_over import SpillOver, measure_spill_over
from surveys.language.numerals import format_number
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

SEED = 2_026
SHUFFLES = 499
_FALSE_FINDS = 0.05
_DAYS_IN_MONTH = 30.44
_MOST_THEMES = 4


def build_growth_panels(view: View, slug: str) -> list[Panel]:
    """Build pairs by year, first meetings across sectors and the spill-over of one partnership."""
    network = read_network(view, slug)
    sectors = _sectors(view.register.partners)
    by_year = count_pairs_by_year(pair_up(network.taking_part), sectors)
    return [
        _build_years(view, by_year, "pairs", "capital-pairs"),
        _build_years(view, by_year, "new_across", "capital-new"),
        _build_spill_over(view, network),
    ]


def build_growth_of_all(view: View) -> list[Panel]:
    """Build the same by year for all partnerships together; their pairs are never mixed."""
    sectors = _sectors(view.register.partners)
    by_year = count_pairs_by_year(pair_up(list_taking_part(view.register, today(), view.filters.years)), sectors)
    return [
        _build_years(view, by_year, "pairs", "capital-pairs"),
        _build_years(view, by_year, "new_across", "capital-new"),
    ]


def _sectors(partners: pd.DataFrame) -> dict[tuple[str, str], str]:
    columns = (partners["partnership"], partners["uid"], partners["sector"].fillna("").str.strip())
    return {(slug, uid): sector for slug, uid, sector in zip(*columns, strict=True)}


def _build_years(view: View, by_year: pd.DataFrame, column: str, key: str) -> Panel:
    texts = key.replace("-", ".")
    title = view.say(f"{texts}.title")
    rows = [
        CountRow((str(year),), both_languages(str(year)), float(value))
        for year, value in zip(by_year["year"], by_year[column], strict=True)
    ]
    if not any(row.value for row in rows):
        return Panel(key, title, view.say(f"{texts}.none"))
    table = publish_counts(rows, dimensions=("year",), unit="count", source=Source(texts_of(f"{texts}.what")))
    sentence = view.say(f"{texts}.sentence", n=int(by_year[column].iloc[-1]), year=int(by_year["year"].iloc[-1]))
    note = view.say("capital.years_note")
    return Panel(key, title, sentence, draw_years(table, title=title, language=view.language), (table,), note=note)


def _build_spill_over(view: View, network: PartnerNetwork) -> Panel:
    key, title = "capital-spill", view.say("capital.spill.title")
    found = measure_spill_over(list_joint_activities(network.taking_part), seed=SEED, shuffles=SHUFFLES)
    if not found:
        return Panel(key, title, view.say("capital.spill.none"))
    adjusted = benjamini_hochberg([one.p_value if one.p_value is not None else 1.0 for one in found])
    beyond = [one for one, p_value in zip(found, adjusted, strict=True) if p_value <= _FALSE_FINDS]
    largest = sorted(found, key=lambda one: (-one.pairs, one.theme))
    told = [view.say("capital.spill.intro"), "", *(f"- {_say_theme(view, one)}" for one in largest[:_MOST_THEMES])]
    told += ["", _say_beyond(view, beyond, len(found))]
    first, later, chance = (_publish(largest, told_of) for told_of in ("pairs", "later", "expected"))
    titles = (view.say("capital.spill.pairs"), view.say("capital.spill.later"))
    chart = draw_pairs(first, later, titles=titles, title=title, language=view.language, one_scale=True)
    note = view.say("capital.spill.note", shuffles=SHUFFLES)
    headings = (*titles, view.say("capital.spill.expected"))
    return Panel(key, title, "\n".join(told), chart, (first, later, chance), headings, note)


def _say_theme(view: View, one: SpillOver) -> str:
    facts = {"theme": plain(_theme(one.theme, view.language)), "n": one.pairs, "spilled": _spilled(one)}
    said = view.say("capital.spill.theme", **facts)
    if one.by_chance is not None:
        chance = format_number(round(one.by_chance * one.pairs), view.language)
        said = f"{said} {view.say('capital.spill.chance', chance=chance)}"
    if one.days_to_second is not None:
        months = format_number(round(one.days_to_second / _DAYS_IN_MONTH), view.language)
        said = f"{said} {view.say('capital.spill.months', months=months)}"
    return said


def _spilled(one: SpillOver) -> int:
    return round(one.share * one.pairs)


def _say_beyond(view: View, beyond: list[SpillOver], looked_at: int) -> str:
    if not beyond:
        return view.say("capital.spill.within", n=looked_at)
    names = list_names([plain(_theme(one.theme, view.language)) for one in beyond])
    return view.say("capital.spill.beyond", n=looked_at, names=names)


def _publish(found: list[SpillOver], told: str) -> PublishedTable:
    """Pairs by the theme they first met in: all, those who later met in another, and as many as chance gives."""
    values: dict[str, list[float | None]] = {
        "pairs": [float(one.pairs) for one in found],
        "later": [float(_spilled(one)) for one in found],
        "expected": [None if one.by_chance is None else one.by_chance * one.pairs for one in found],
    }
    rows = [
        CountRow((one.theme,), {language: (_theme(one.theme, language),) for language in LANGUAGES}, value)
        for one, value in zip(found, values[told], strict=True)
    ]
    return publish_counts(
        rows, dimensions=("theme",), unit="count", source=Source(texts_of(f"capital.spill.what.{told}"))
    )


def _theme(code: str, language: Language) -> str:
    return load().themes.label(code, language)
