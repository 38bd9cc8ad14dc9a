"""Figures of questions answered by a number, by a day or by putting options in order."""

from dataclasses import replace

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import say_leading
from dashboard.measurement_data import read_numbers, read_places
from dashboard.results_story.measurement import Measurement
from dashboard.texts import say
from surveys.analysis.date_bands import DateBand, band_dates
from surveys.analysis.frequencies import summarise_numbers, summarise_ranking
from surveys.analysis.number_bins import choose_edges, count_bands
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import choice_labels
from surveys.language.numerals import format_date, format_number
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.summary_gate import publish_quartiles, publish_ranking


def build_numbers(measurement: Measurement, question: Row) -> Panel:
    """Build the figure of a question that asks for a number: bands of numbers, and the middle where it may be told."""
    view, language = measurement.view, measurement.view.language
    name = str(question["question"])
    title = measurement.wording(name)
    key = f"question-{name}"
    counts = read_numbers(view.scope, measurement.partnership, measurement.slug, name)
    edges = choose_edges(counts.values, counts.people)
    base = int(counts.people.sum())
    whole = all(value == int(value) for value in counts.values)
    rows = [
        ShareRow(
            (f"b{place}",),
            {lang: (_say_band(edges, place, lang, whole=whole),) for lang in LANGUAGES},
            int(people),
            base,
        )
        for place, people in enumerate(count_bands(counts.values, counts.people, edges))
    ]
    source = measurement.source(question, "results.numbers.what")
    table = publish_shares(rows if edges else [], dimensions=("band",), source=source, exclusive=True)
    if table.is_empty or table.too_few_asked:
        return Panel(key, title, view.say("leading.few_asked" if table.too_few_asked else "results.numbers.one"))
    quartiles = publish_quartiles(summarise_numbers(counts.values, counts.people))
    sentence = view.say("results.numbers.no_middle")
    if quartiles is not None:
        decimals = 0 if whole else 1
        facts = {
            part: format_number(getattr(quartiles, part), language, decimals=decimals)
            for part in ("lower", "median", "upper")
        }
        sentence = view.say("results.numbers.middle", **facts)
    return Panel(key, title, sentence, draw_bars(table, title=title, language=language), (table,))


def build_dates(measurement: Measurement, question: Row) -> Panel:
    """Build the figure of a question that asks for a day: months or years, in their order."""
    view, language = measurement.view, measurement.view.language
    name = str(question["question"])
    title = measurement.wording(name)
    counts = read_numbers(view.scope, measurement.partnership, measurement.slug, name)
    bands = band_dates(counts.values, counts.people)
    base = int(counts.people.sum())
    rows = [
        ShareRow((band.first.isoformat(),), {lang: (_say_time(band, lang),) for lang in LANGUAGES}, band.people, base)
        for band in bands
    ]
    source = measurement.source(question, "results.numbers.dates_what")
    table = publish_shares(rows, dimensions=("time",), source=source, exclusive=True)
    if table.is_empty or table.too_few_asked:
        return Panel(f"question-{name}", title, view.say("leading.few_asked" if bands else "leading.nobody"))
    chart = draw_bars(table, title=title, language=language, most_rows=None)
    return Panel(f"question-{name}", title, say_leading(table, language), chart, (table,))


def _say_time(band: DateBand, language: Language) -> str:
    """Name a month ("marzec 2026"), a year, or ten of them ("1990–1999")."""
    if not band.years:
        return format_date(band.first, language, "month")
    return str(band.first.year) if band.years == 1 else f"{band.first.year}–{band.first.year + band.years - 1}"


def build_ranking(measurement: Measurement, question: Row) -> Panel:
    """Build the figure of a ranking: who put what first, and the mean place where enough people gave one."""
    view, language = measurement.view, measurement.view.language
    name = str(question["question"])
    title = measurement.wording(name)
    counts = read_places(view.scope, measurement.partnership, measurement.slug, name)
    labels = {
        str(row["code"]): choice_labels(row, question["vocabulary"]) for row in rows_of(measurement.choices[name])
    }
    options = [Heading(code, {lang: labels[code][lang][0] for lang in LANGUAGES}) for code in counts.options]
    source = measurement.source(question, "results.numbers.ranking_what")
    published = publish_ranking(summarise_ranking(counts.places, counts.base), options, source=source)
    table = published.first_places
    if table.is_empty or table.too_few_asked or not counts.base:
        return Panel(f"question-{name}", title, view.say("leading.few_asked" if counts.base else "leading.nobody"))
    table = replace(table, rows=tuple(sorted(table.rows, key=lambda row: -(row.value or 0.0))))
    places = [
        view.say(
            "results.numbers.place",
            option=plain(labels[code][language][0]),
            place=format_number(place, language, decimals=1),
        )
        for code, (place, _) in sorted(published.mean_places.items(), key=lambda item: item[1][0])
    ]
    note = view.say("results.numbers.places", places="; ".join(places)) if places else ""
    chart = draw_bars(table, title=title, language=language)
    return Panel(f"question-{name}", title, say_leading(table, language), chart, (table,), note=note)


def _say_band(edges: tuple[float, ...], place: int, language: Language, *, whole: bool) -> str:
    """Name a band of numbers: "poniżej 20", "20–29", "80 i więcej"."""
    decimals = 0 if all(edge == int(edge) for edge in edges) else 1
    written = [format_number(edge, language, decimals=decimals) for edge in edges]
    if place == 0:
        return say("results.numbers.below", language, edge=written[0])
    if place == len(edges):
        return say("results.numbers.from", language, edge=written[-1])
    first, after = edges[place - 1], edges[place]
    if not whole:
        return say("results.numbers.between", language, first=written[place - 1], after=written[place])
    last = format_number(after - 1, language)
    return written[place - 1] if after - first == 1 else f"{written[place - 1]}–{last}"
