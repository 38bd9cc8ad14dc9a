"""Figures of a document: a published table, the sentence that it carries, and the note that belongs under it."""

import re
from collections.abc import Sequence

import pandas as pd

from dashboard.documents.content import Block, Figure, Grid, Text, Tone
from dashboard.documents.material import Material
from dashboard.figures.sentences import say_largest, say_leading
from dashboard.texts import say as say_any
from surveys.analysis.register_tables import Labels, count_by
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.sampling import describe_correction
from surveys.analysis.survey_tables import describe_asked, read_fieldwork, tabulate_question
from surveys.language.numerals import format_date, format_percent
from surveys.language.texts import LANGUAGES, Language, load_catalogue
from surveys.model import SampleKind
from surveys.privacy.disclosure import publish_files
from surveys.privacy.published import PublishedRow, PublishedTable, Source, SourceFile, State
from surveys.privacy.rules import STANDARD_RULES
from surveys.privacy.wording import name_files, say_hidden, say_value, tabulate

_ESCAPED = re.compile(r"\\([^\w\s])")
_BOLD = re.compile(r"(?<!\\)\*\*")


def unmark(sentence: str) -> str:
    """Return a sentence of the pages without the marks of Markdown; somebody's own asterisks stay."""
    return _ESCAPED.sub(r"\1", _BOLD.sub("", sentence)).replace("\u2060", "")


def count_figure(
    material: Material, key: str, frame: pd.DataFrame, column: str, labels: Labels, *, what_key: str = ""
) -> Figure | None:
    """Make a figure of things of the register by the codes of a column; ``None`` when there is none of them.

    Args:
        material: of the document.
        key: of the page's texts for the same figure (``problems.theme``), sentence included.
        frame: one row per thing counted.
        column: of codes.
        labels: by code.
        what_key: of the text on what was counted; that of the page by default.
    """
    what_key = what_key or f"{key.split('.', maxsplit=1)[0]}.what"
    what = {language: say_any(what_key, language) for language in LANGUAGES}
    table = count_by(frame, column, labels=labels, what=what)
    if table.is_empty:
        return None
    return register_figure(material, key, table)


def register_figure(material: Material, key: str, table: PublishedTable) -> Figure:
    """Make a figure of a table of the register; its texts are those of the page that shows the same figure."""
    sentence = unmark(say_largest(table, key, material.language))
    caption = say_any(f"{key}.title", material.language)
    note = [table.source.what[material.language], material.say("note.register", day=_day(material))]
    return Figure(
        key=key,
        caption=material.set(caption),
        table=table,
        sentence=material.set(sentence),
        note=" ".join(map(material.set, note)),
    )


def survey_figure(material: Material, question: Row, *, caption: str = "") -> Figure:
    """Make a figure of one question of one measurement, as its page shows it.

    Args:
        material: of the document.
        question: a row of ``SurveyCounts.questions``.
        caption: what it shows; the wording of the question by default.
    """
    language = material.language
    table = tabulate_question(question, choices_of(material, question), source=source_of(material, question))
    asked = wording(question, language)
    wave = wave_of(material, question)
    return Figure(
        key=f"{question['wave']}/{question['question']}",
        caption=material.set(f"{caption or asked} – {wave['name']}"),
        table=table,
        sentence=material.set(unmark(say_leading(table, language))),
        note=_survey_note(material, table, wave),
        question=material.set(asked),
        short=_short_note(material, table, wave),
    )


def battery_grid(material: Material, questions: Sequence[Row]) -> Block | None:
    """Make a table of scales with one stem: a row an item, a column a point; ``None`` when they share no points.

    A cell whose share may not be said says "ukryte", or how many people where they are too few for percents. Where all
    is hidden of every item, there is no table, only its caption.
    """
    language = material.language
    tables = [
        tabulate_question(question, choices_of(material, question), source=source_of(material, question))
        for question in questions
    ]
    points = {tuple(row.keys[0] for row in table.rows) for table in tables}
    if len(points) != 1 or not tables[0].rows:
        return None
    stem = str((questions[0]["battery_en"] if language == "en" else "") or questions[0]["battery"])
    wave = wave_of(material, questions[0])
    caption = material.set(f"{stem} – {wave['name']}")
    if all(table.too_few_asked for table in tables):
        return Text(caption, Tone.UNSHOWN)
    headers = (
        material.say("column.item"),
        *(material.set(row.labels[language][0]) for row in tables[0].rows),
        material.say("column.base"),
    )
    rows = []
    for question, table in zip(questions, tables, strict=True):
        bases = [row.base for row in table.rows if row.base is not None]
        cells = [_share(material, row) for row in table.rows]
        rows.append((material.set(item_wording(question, language)), *cells, str(bases[0]) if bases else "–"))
    width = 3.4 if len(headers) < 8 else 2.6
    return Grid(
        caption=caption,
        headers=headers,
        rows=tuple(rows),
        widths=(width, *([1.0] * (len(headers) - 1))),
        figures=frozenset(range(1, len(headers))),
        note=_survey_note(material, tables[0], wave, with_base=False),
        short=_short_note(material, tables[0], wave, with_base=False),
    )


def data_grid(material: Material, figure: Figure) -> Grid:
    """Make the table of a figure, every row of it, with base, interval and what the rules did."""
    headers, rows = tabulate(figure.table, material.language)
    words = len(figure.table.dimensions)
    last = len(headers) - (1 if figure.table.unit == "share" else 0)
    if not any(row[last:] != [""] for row in rows):
        # No row has a remark: a column of nothing only makes the others narrow.
        headers, rows = headers[:last], [row[:last] for row in rows]
    return Grid(
        caption=figure.caption,
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
        widths=(*([3.2] * words), *([1.0] * (last - words)), *([1.6] * (len(headers) - last))),
        figures=frozenset(range(words, last)),
        note=figure.note,
        short=figure.short,
    )


def say_how_to_read(material: Material) -> list[str]:
    """Return what holds for every survey figure of the document, said once: shares, intervals, what is hidden."""
    kinds = {read_fieldwork(wave).sampling for wave in rows_of(material.surveys.waves)}
    said = [say_any("survey.what", material.language)]
    # Where some people were drawn and some came by themselves, the more careful sentence holds.
    said.append(material.say("note.interval_random" if kinds == {SampleKind.RANDOM} else "note.interval"))
    said.append(_say_rule(STANDARD_RULES.name, material.language))
    return [material.set(sentence) for sentence in said]


def files_of(material: Material, wave: Row) -> tuple[SourceFile, ...]:
    """Return the files that a measurement was loaded from."""
    origins = material.surveys.origins
    mine = rows_of(origins[origins["wave"] == wave["wave"]])
    return publish_files([(str(row["file_name"]), str(row["loaded_at"])[:10], int(row["rows"])) for row in mine])


def choices_of(material: Material, question: Row) -> pd.DataFrame:
    """Return the options of one question in one measurement."""
    choices = material.surveys.choices
    kept: pd.DataFrame = choices[(choices["wave"] == question["wave"]) & (choices["question"] == question["question"])]
    return kept


def wave_of(material: Material, question: Row) -> Row:
    """Return the measurement that a question was asked in."""
    waves = material.surveys.waves
    return rows_of(waves[waves["wave"] == question["wave"]])[0]


def source_of(material: Material, question: Row) -> Source:
    """Return where the figures of a question come from."""
    wave = wave_of(material, question)
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    source = Source(
        {language: say_any("survey.what", language) for language in LANGUAGES},
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(str(wave["name"]),),
        as_of=str(day)[:10] if is_known(day) else "",
        files=files_of(material, wave),
    )
    return describe_asked(source, wave)


def wording(question: Row, language: Language) -> str:
    """Return a question in full: the stem of its battery, where it has one, and its own words."""
    stem = str((question["battery_en"] if language == "en" else "") or question["battery"] or "")
    own = item_wording(question, language)
    return f"{stem} – {own}" if stem else own


def item_wording(question: Row, language: Language) -> str:
    """Return a question's own words; one that was met only in Polish is quoted in Polish."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])


def count_grid(material: Material, figure: Figure, *, most: int | None = None) -> Grid:
    """Make the table of a figure of so few people that only their numbers may be said: bars would show nothing.

    Args:
        material: of the document.
        figure: the chart that it stands for.
        most: rows it has, the first ones; all by default.
    """
    told = [row for row in figure.table.rows if row.count is not None]
    rows = told[:most]
    left_out = material.say("table_rows", shown=len(rows), n=len(told)) if len(rows) < len(told) else ""
    dimensions = len(figure.table.dimensions)
    headers = (*tabulate(figure.table, material.language)[0][:dimensions], material.say("column.people"))
    return Grid(
        caption=figure.caption,
        headers=headers,
        rows=tuple((*row.labels[material.language], say_value(row, "share", material.language)) for row in rows),
        widths=(*([3.0] * dimensions), 1.0),
        figures=frozenset({dimensions}),
        note=f"{left_out} {figure.note}".strip(),
        short=f"{left_out} {figure.short}".strip(),
    )


def _share(material: Material, row: PublishedRow) -> str:
    if row.state is State.SUPPRESSED:
        return say_hidden(material.language)
    if row.value is None:
        return material.say("people_cell", n=row.count or 0)
    return format_percent(row.value, material.language)


def _survey_note(material: Material, table: PublishedTable, wave: Row, *, with_base: bool = True) -> str:
    language = material.language
    bases = {row.base for row in table.rows if row.base is not None}
    notes = [table.source.what[language]]
    if with_base and len(bases) == 1:
        notes.append(say_any("figures.base", language, n=bases.pop()))
    if any(row.low is not None for row in table.rows):
        drawn = table.source.sampling is SampleKind.RANDOM
        notes.append(material.say("note.interval_random" if drawn else "note.interval"))
        if table.corrected and table.source.population_count is not None:
            notes.append(describe_correction(table.source.population_count, language))
    notes += _say_states(table, language)
    files = "; ".join(name_files(table.source.files, language))
    facts = {"what": str(wave["name"]), **({"files": files} if files else {})}
    notes.append(material.say("note.source" if files else "note.source_only", **facts))
    if table.source.rule:
        notes.append(_say_rule(table.source.rule, language))
    return " ".join(material.set(note) for note in notes if note)


def _short_note(material: Material, table: PublishedTable, wave: Row, *, with_base: bool = True) -> str:
    """What no other figure's note says: how many answered, what is hidden here, and the measurement."""
    language = material.language
    bases = {row.base for row in table.rows if row.base is not None}
    notes = [say_any("figures.base", language, n=bases.pop())] if with_base and len(bases) == 1 else []
    notes += [*_say_states(table, language), material.say("note.source_only", what=str(wave["name"]))]
    return " ".join(material.set(note) for note in notes)


def _say_states(table: PublishedTable, language: Language) -> list[str]:
    notes = []
    if table.suppressed_count:
        notes.append(say_any("figures.suppressed", language, n=table.suppressed_count))
    if any(row.state is State.FLAGGED for row in table.rows):
        notes.append(say_any("figures.flagged", language))
    return notes


def _say_rule(name: str, language: Language) -> str:
    return load_catalogue("surveys.language.catalogues").say(name, language)


def _day(material: Material) -> str:
    return format_date(material.today, material.language)
