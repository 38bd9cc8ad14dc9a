"""Chapters on the place and the partnership: who acts there, how the diagnosis was made, what official figures say."""

from datetime import date

import pandas as pd

from dashboard.documents.content import Block, Bullets, Grid, Text, Tone
from dashboard.documents.figures import count_figure, files_of, say_how_to_read
from dashboard.documents.material import Material
from surveys.analysis.asked_people import keep_locals
from surveys.analysis.register_tables import code_labels
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.sampling import describe_fieldwork, describe_sample
from surveys.analysis.survey_tables import read_fieldwork
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date, format_number, format_period
from surveys.language.texts import Language
from surveys.model import SampleKind
from surveys.privacy.rules import STANDARD_RULES
from surveys.privacy.wording import name_files
from surveys.vocabulary import load

_SIMILAR_HIGH, _SIMILAR_LOW = 0.75, 0.25


def tell_partnership(material: Material) -> list[Block]:
    """Tell the territory, the partnership's age, rules and aims, and partners by sector with their list."""
    facts, lists = material.facts, load()
    places = name_places(material)
    where = material.say("partnership.territory", places=places) if places else material.say("partnership.no_territory")
    blocks: list[Block] = [Text(where)]
    founded = facts["founded_on"]
    if isinstance(founded, pd.Timestamp):
        blocks.append(Text(material.say("partnership.founded", day=format_date(founded.date(), material.language))))
    if facts["aims"]:
        blocks.append(Text(material.say("partnership.aims", aims=str(facts["aims"]))))
    if is_known(facts["rules_version"]) and facts["rules_version"]:
        adopted = facts["rules_adopted_on"]
        day = format_date(adopted.date(), material.language) if isinstance(adopted, pd.Timestamp) else "–"
        blocks.append(Text(material.say("partnership.rules", version=str(facts["rules_version"]), day=day)))
    partners = active_partners(material)
    if partners.empty:
        return [*blocks, Text(material.say("partnership.no_partners"))]
    figure = count_figure(material, "partnerships.sector", partners, "sector", code_labels(lists.sectors))
    if figure is not None:
        blocks += [Text(material.say("partnership.partners", n=len(partners))), figure]
    rows = tuple(
        (
            material.set(str(row["name"])),
            lists.partner_kinds.label(row["kind"], material.language),
            lists.sectors.label(row["sector"], material.language),
        )
        for row in sorted(rows_of(partners), key=lambda row: sort_key(str(row["name"])))
    )
    headers = tuple(material.say(f"column.{name}") for name in ("partner", "kind", "sector"))
    return [*blocks, Grid(material.say("partnership.table"), headers, rows, (2.4, 1.6, 1.0))]


def tell_official(material: Material) -> list[Block]:
    """Set official figures beside those of the country and of similar places, without a claim of cause."""
    if not material.official:
        return [Text(material.say("official.none"))]
    rows: list[tuple[str, ...]] = []
    for one in material.official:
        figure, country = one.place.figure, one.place.country
        number = None if figure is None else figure.number
        if number is None:
            continue
        beside = None if country is None else country.number
        label = one.indicator.label_pl if material.language == "pl" else one.indicator.label_en
        rows.append(
            (
                material.set(label),
                str(one.place.year),
                _write(material, number),
                "–" if beside is None else _write(material, beside),
                _say_among(material, one.place.share_below),
            )
        )
    headers = tuple(material.say(f"column.{name}") for name in ("indicator", "year", "here", "country", "among"))
    widths: tuple[float, ...] = (3.0, 0.7, 0.9, 0.9, 1.9)
    source = material.say("official.invented" if material.sample else "official.gus")
    note = material.say("official.note", source=source)
    if all(row[3] == "–" for row in rows):
        # Nothing is known of the country: a column of dashes says less than no column.
        headers, widths = (*headers[:3], headers[4]), (*widths[:3], widths[4])
        rows = [(*row[:3], row[4]) for row in rows]
    figures = frozenset(range(1, len(headers) - 1))
    grid = Grid(material.say("official.table"), headers, tuple(rows), widths, figures, note)
    return [Text(material.say("official.intro", n=len(rows))), grid]


def tell_method(material: Material) -> list[Block]:
    """Say how the diagnosis was made: rounds, methods, measurements, and how many people answered."""
    lists, language = load(), material.language
    blocks: list[Block] = []
    diagnoses = rows_of(material.register.diagnoses)
    if diagnoses:
        items = []
        for row in diagnoses:
            when = format_period(_day_of(row, "started_on"), _day_of(row, "ended_on"), language)
            items.append(material.set(f"{row['name']}" + (f" ({when})" if when else "")))
        blocks += [Text(material.say("method.diagnoses", n=len(items))), Bullets(tuple(items))]
    sources = material.register.problems["source"].dropna().value_counts()
    if len(sources):
        named = ", ".join(lists.problem_sources.label(str(code), language).lower() for code in sources.index)
        blocks.append(Text(material.say("method.sources", named=named)))
    waves = rows_of(material.surveys.waves)
    if not waves:
        return [*blocks, Text(material.say("method.no_survey"))]
    rows = tuple(
        (
            material.set(str(wave["name"])),
            format_period(_day_of(wave, "opened_on"), _day_of(wave, "closed_on"), language) or "–",
            material.say(f"mode.{wave['mode']}" if wave["mode"] in {"paper", "online", "mixed"} else "mode.unknown"),
            _people(material, int(wave["people"])),
        )
        for wave in waves
    )
    headers = tuple(material.say(f"column.{name}") for name in ("wave", "when", "how", "people"))
    grid = Grid(material.say("method.table"), headers, rows, (2.2, 2.2, 1.4, 1.2), frozenset({3}))
    of_locals = len(keep_locals(material.surveys.waves))
    if of_locals:
        blocks.append(Text(material.say("method.surveys", n=of_locals)))
    if len(waves) > of_locals:
        blocks.append(Text(material.say("method.others", n=len(waves) - of_locals)))
    blocks.append(grid)
    asked = tuple(material.set(f"{wave['name']}: {_say_asked(wave, language)}") for wave in waves)
    blocks += [Text(material.say("method.asked")), Bullets(asked), Text(_say_sampling(material, waves))]
    if of_locals == 1:
        blocks.append(Text(material.say("method.one_wave")))
    return [*blocks, Text(" ".join([material.say("method.reading"), *say_how_to_read(material)]))]


def tell_reading(material: Material) -> list[Block]:
    """Say how survey figures are read, where no chapter on the method does."""
    if material.newest_wave is None:
        return []
    return [Text(" ".join(say_how_to_read(material)), Tone.NOTE)]


def tell_sources(material: Material) -> list[Block]:
    """List what the document rests on."""
    items = [material.say("sources.register", day=_day(material))]
    for wave in rows_of(material.surveys.waves):
        named = "; ".join(name_files(files_of(material, wave), material.language))
        facts = {"name": str(wave["name"]), **({"files": named} if named else {})}
        items.append(material.say("sources.survey_files" if named else "sources.survey", **facts))
    if material.official:
        items.append(material.say("sources.official_invented" if material.sample else "sources.official"))
    return [Bullets(tuple(items)), Text(material.say("sources.traced"), Tone.NOTE)]


def tell_limits(material: Material) -> list[Block]:
    """Say what the document cannot say."""
    items = ["counts"]
    kinds = {read_fieldwork(wave).sampling for wave in rows_of(material.surveys.waves)}
    if kinds:
        items = ["sample_random" if kinds == {SampleKind.RANDOM} else "sample", "interval", "hidden", *items]
    if len(material.surveys.waves) > 1:
        items.append("waves")
    if material.official:
        items.append("official")
    return [Bullets(tuple(material.say(f"limits.{item}") for item in items))]


def name_places(material: Material) -> str:
    """Return the territory in words; empty when none has been entered."""
    areas, places = load().areas, []
    for row in rows_of(material.register.territories):
        unit = areas.label(row["teryt"], material.language) if row["teryt"] in areas else str(row["teryt"])
        places.append(f"{row['name']} – {unit}" if row["name"] else unit)
    return "; ".join(places)


def active_partners(material: Material) -> pd.DataFrame:
    """Return the partners who have not left."""
    partners = material.register.partners
    return partners[partners["status"] != "withdrawn"]


def _day_of(row: Row, column: str) -> date | None:
    value = row[column]
    return value.date() if isinstance(value, pd.Timestamp) else None


def _say_asked(wave: Row, language: Language) -> str:
    people = int(wave["people"])
    return describe_fieldwork(read_fieldwork(wave), people if people >= STANDARD_RULES.min_base else None, language)


def _say_sampling(material: Material, waves: list[Row]) -> str:
    """Say of whom the results speak; of the most careful kind where the measurements differ."""
    kinds = {read_fieldwork(wave).sampling for wave in waves}
    if kinds == {SampleKind.RANDOM}:
        return material.set(describe_sample(SampleKind.RANDOM, material.language))
    return material.say("method.sampling" if SampleKind.CONVENIENCE in kinds else "method.sampling_unknown")


def _say_among(material: Material, share_below: float | None) -> str:
    if share_below is None:
        return "–"
    if share_below >= _SIMILAR_HIGH:
        return material.say("official.high")
    return material.say("official.low" if share_below <= _SIMILAR_LOW else "official.middle")


def _write(material: Material, number: object) -> str:
    text = str(number)
    decimals = len(text.partition(".")[2])
    return format_number(float(text), material.language, decimals=min(decimals, 2))


def _people(material: Material, people: int) -> str:
    """How many took part; of very few nobody says how many."""
    if people < STANDARD_RULES.min_base:
        return material.say("method.few_people", n=STANDARD_RULES.min_base)
    return format_number(people, material.language)


def _day(material: Material) -> str:
    return format_date(material.today, material.language)
