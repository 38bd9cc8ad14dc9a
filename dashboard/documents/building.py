"""From material and a shape to a document: chapters in their order, own paragraphs in their places."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.documents.content import Block, Bullets, Document, Figure, Grid, Section, Text, Tone
from dashboard.documents.figures import count_grid, data_grid
from dashboard.documents.kinds import PARTS, SHORT, WITH_TABLES, Kind, Part
from dashboard.documents.material import Material
from dashboard.documents.versions import take_facts
from dashboard.texts import texts
from etl.store.report_rows import tidy_paragraphs
from surveys.language.numerals import format_date
from surveys.language.texts import Language
from surveys.language.typesetting import UNPRINTABLE, typeset
from surveys.privacy.published import PublishedTable
from surveys.privacy.rules import STANDARD_RULES

_MOST_WHERE_SHORT = 7  # rows of a table that stands for a chart


def build_document(material: Material, kind: Kind) -> Document:
    """Return a document as data.

    Args:
        material: of one partnership.
        kind: the shape.
    """
    sections = [section for part in PARTS[kind] if (section := _build(material, kind, part)) is not None]
    # A later version is compared with hidden figures too: that they can be shown by then is news.
    remembered = [block for section in sections for block in section.blocks if isinstance(block, Figure)]
    sections = [
        replace(section, blocks=tuple(_without_bare_charts(material, kind, section.blocks))) for section in sections
    ]
    figures = [block for section in sections for block in section.blocks if isinstance(block, Figure)]
    if kind in WITH_TABLES and figures:
        grids = tuple(data_grid(material, figure) for figure in figures)
        sections.append(Section("tables", material.say("chapter.tables"), (Text(material.say("tables.intro")), *grids)))
    if material.sample:
        first = sections[0]
        warning = Text(material.say("invented"), Tone.HINT)
        sections[0] = Section(first.key, first.title, (warning, *first.blocks), first.level)
    sections = [
        replace(section, blocks=tuple(_set(block, material.language) for block in section.blocks))
        for section in sections
    ]
    day = format_date(material.today, material.language)
    return Document(
        kind=kind.value,
        partnership=material.name,
        title=material.say(f"kind.{kind.value}.title", name=material.name),
        subtitle=material.say("subtitle", day=day),
        language=material.language,
        made_on=material.today,
        invented=material.sample,
        sections=tuple(sections),
        facts=take_facts(material, remembered),
    )


def _without_bare_charts(material: Material, kind: Kind, blocks: Sequence[Block]) -> list[Block]:
    """Let no chart stand without a bar.

    What too few people answered is named in one list at the chapter's end; where only numbers of people may be said,
    they stand in a table.
    """
    shown: list[Block] = []
    names: list[str] = []
    for block in blocks:
        if isinstance(block, Figure) and block.table.too_few_asked:
            names.append(block.caption)
        elif isinstance(block, Figure) and block.table.rows and all(row.value is None for row in block.table.rows):
            shown += [Text(block.sentence)] if block.sentence else []
            if any(row.count is not None for row in block.table.rows):
                shown.append(count_grid(material, block, most=_MOST_WHERE_SHORT if kind in SHORT else None))
        elif isinstance(block, Text) and block.tone is Tone.UNSHOWN:
            names.append(block.text)
        else:
            shown.append(block)
    if not names:
        return shown
    return [*shown, Text(material.say("unshown", n=STANDARD_RULES.min_base)), Bullets(tuple(names))]


def _build(material: Material, kind: Kind, part: Part) -> Section | None:
    blocks = [block for tell in part.tellers for block in tell(material)]
    own = tidy_paragraphs(material.own.get(part.key, "")).strip()
    paragraphs = [Text(material.set(text), Tone.OWN) for text in own.split("\n") if text.strip()]
    if part.asks and not paragraphs and not (part.told_suffices and blocks):
        paragraphs = [Text(material.say(_hint(kind, part)), Tone.HINT)]
    if part.may_lack and not blocks and not own:
        return None
    if blocks and isinstance(blocks[0], Figure) and f"documents.intro.{part.key}" in texts():
        blocks.insert(0, Text(material.say(f"intro.{part.key}")))
    ordered = [*paragraphs, *blocks] if part.key in {"need", "forecast", "involvement"} else [*blocks, *paragraphs]
    return Section(part.key, material.say(f"chapter.{part.key}"), tuple(ordered), part.level)


def _set(block: Block, language: Language) -> Block:
    """Set every word of a block as print has it, those of code lists too; what is set already stays as it is."""

    def words(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(typeset(text, language) for text in texts)

    if isinstance(block, Text):
        return replace(block, text=typeset(block.text, language))
    if isinstance(block, Bullets):
        return Bullets(words(block.items))
    if isinstance(block, Grid):
        caption, note, short = words((block.caption, block.note, block.short))
        rows = tuple(words(row) for row in block.rows)
        return replace(block, caption=caption, note=note, short=short, headers=words(block.headers), rows=rows)
    said = (block.caption, block.sentence, block.note, block.short, block.question)
    caption, sentence, note, short, question = words(said)
    table = _clean_labels(block.table)
    return replace(block, table=table, caption=caption, sentence=sentence, note=note, short=short, question=question)


def _clean_labels(table: PublishedTable) -> PublishedTable:
    """Take signs that no file can hold off the labels of a figure; nearly every table stays as it is."""
    if not any(UNPRINTABLE.search(label) for row in table.rows for labels in row.labels.values() for label in labels):
        return table
    rows = [
        replace(
            row,
            labels={
                language: tuple(UNPRINTABLE.sub("", one) for one in words) for language, words in row.labels.items()
            },
        )
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows))


def _hint(kind: Kind, part: Part) -> str:
    return f"hint.basis_{kind.value}" if part.key == "basis" else f"hint.{part.key}"
