"""How documents look: no word broken, no row alone, nothing cut off, nothing said twice, numbers that are numbers."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.charts import document_image
from dashboard.documents.content import Bullets, Document, Grid, Text, Tone
from dashboard.documents.docx_parts import fit_widths
from dashboard.documents.docx_styles import TEXT_WIDTH_CM
from dashboard.documents.kinds import Kind
from dashboard.documents.making import FORMATS
from dashboard.documents.sheet_numbers import read_figure
from dashboard.documents.slide_text import SMALLEST, fit_heading, share_out
from dashboard.texts import say
from etl.store import schema as s
from etl.store.engine import Store, open_store
from surveys.language.numerals import format_money_pln, format_number, format_percent
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import load
from tests.files.test_documents import answer, make, texts_of
from tests.made.registers import make_register
from tests.page_visits import load_registers


@pytest.fixture(scope="module")
def full(sample_file: Path) -> Iterator[Document]:
    """The full report of an invented partnership."""
    store = open_store(f"sqlite:///{sample_file}")
    yield make(store, sample=True)
    store.close()


@pytest.fixture(scope="module")
def paper(full: Document) -> docx.document.Document:
    """The same for a word processor."""
    return docx.Document(io.BytesIO(FORMATS["docx"].write(full)))


@pytest.fixture
def liw(sqlite_store: Store) -> Store:
    """A real partnership with a register and no survey."""
    load_registers(make_register())(sqlite_store)
    return sqlite_store


def test_columns_are_as_wide_as_their_longest_word(full: Document):
    grids = [block for section in full.sections for block in section.blocks if isinstance(block, Grid)]
    assert grids
    for grid in grids:
        widths = fit_widths(grid.widths or (1.0,) * len(grid.headers), grid.headers, grid.rows)
        assert sum(widths) == pytest.approx(TEXT_WIDTH_CM)
        for column, width in enumerate(widths):
            longest = max(len(word) for row in (grid.headers, *grid.rows) for word in re.split("[ -]", row[column]))
            assert width > 0.17 * longest + 0.4, (grid.caption, column)
    assert sum(fit_widths((1,) * 5, ("x" * 90,) * 5, [])) == pytest.approx(TEXT_WIDTH_CM)
    # One absurd word breaks no other.
    _, _, last = fit_widths((3, 2, 1), ("Problem", "Temat", "Działania"), [("a" * 120, "b-" * 60, "0")])
    assert last > 0.17 * len("Działania") + 0.4


def test_no_row_of_a_table_and_no_note_stands_alone_on_a_page(paper: docx.document.Document):
    for table in paper.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept[0]
        assert all(kept[-3:-1])
    pictures = [place for place, one in enumerate(paper.paragraphs) if one._p.xpath(".//w:drawing")]
    assert pictures
    for place in pictures:
        sentence, picture, caption, note = paper.paragraphs[place - 1 : place + 3]
        assert all(one.paragraph_format.keep_with_next for one in (sentence, picture, caption))
        assert note.style.name == "Note"
        assert note.style.paragraph_format.keep_together


def test_names_of_bars_stand_on_the_picture():
    lists = load()
    room = document_image._NAMES * document_image._WIDTH_INCHES * 72
    font = FontProperties(family="DejaVu Sans", size=document_image._FONT)
    for entries in (lists.problems, lists.target_groups, lists.funding_sources, lists.partner_kinds, lists.themes):
        longest = sorted((entries.label(code, language) for code in entries for language in LANGUAGES), key=len)[-6:]
        for line in [line for label in longest for line in document_image._wrap(label)]:
            assert TextPath((0, 0), line, prop=font).get_extents().width < room * 0.97, line


def test_how_figures_are_read_is_said_once_and_where_they_come_from_each_time(
    full: Document, paper: docx.document.Document
):
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert len(re.findall("odpowiedzi 1–2\u00a0osób są ukryte", said)) == 1
    figures = [figure for figure in full.figures() if figure.question]
    assert said.count("Źródło: Ankieta") >= len(figures)
    # A slide is shown alone: its notes hold everything.
    assert all("odpowiedzi 1–2" in figure.note for figure in figures)


@pytest.mark.parametrize("kind", Kind)
def test_every_shape_says_it_once_on_paper_and_in_the_workbook(liw: Store, kind: Kind):
    answer(liw, (60, 40, 30, 20), people=100)
    document = make(liw, kind)
    texts = [block.text for section in document.sections for block in section.blocks if isinstance(block, Text)]
    assert sum("odpowiedzi 1–2\u00a0osób są ukryte" in text for text in texts) == 1
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(document)))
    said = "\n".join(str(row[0].value) for row in book["Metoda i źródła"])
    assert "odpowiedzi 1–2\u00a0osób są ukryte" in said


def test_what_too_few_people_answered_is_a_list_not_a_chart_of_nothing(liw: Store):
    answer(liw, (7, 5, 4, 3), people=8)
    document = make(liw)
    assert not any(figure.table.too_few_asked for figure in document.figures())
    residents = next(section for section in document.sections if section.key == "residents")
    names = next(block for block in residents.blocks if isinstance(block, Bullets))
    assert names.items[0].startswith("Problemy wskazywane przez mieszkańców")
    assert "mniej niż 10" in "\n".join(texts_of(document)).replace("\u00a0", " ")
    assert b"ukryte</text>" not in FORMATS["html"].write(document)
    assert "p26/problems" in document.facts["figures"]  # that it can be shown one day will be news
    brief = make(liw, Kind.BRIEF)
    assert [block for block in brief.sections[0].blocks if isinstance(block, Bullets)]
    assert "Samotni starsi ludzie" in "\n".join(texts_of(brief))


def test_where_only_numbers_of_people_may_be_said_they_stand_in_a_table(liw: Store):
    answer(liw, (12, 8, 5, 0), people=20)
    document = make(liw)
    assert not any(figure.table.unit == "share" for figure in document.figures())
    residents = next(section for section in document.sections if section.key == "residents")
    grid = next(block for block in residents.blocks if isinstance(block, Grid))
    assert [row[1].replace("\u00a0", " ") for row in grid.rows][:3] == ["12 z 12 osób", "8 z 12 osób", "5 z 12 osób"]
    assert "%" not in "".join(cell for row in grid.rows for cell in row)
    brief = make(liw, Kind.BRIEF).sections[0]
    assert [type(block) for block in brief.blocks] == [Text, Grid]


def test_a_drawn_sample_is_not_called_whoever_wanted(liw: Store):
    answer(liw, (60, 40, 30, 20), people=100)
    convenience = say("documents.method.sampling", "pl").replace("\u00a0", " ")
    for sampling, expected in (("random", "wylosowano"), ("convenience", convenience), (None, "Nie zapisano, jak")):
        with liw.write() as connection:
            connection.execute(s.wave.update().values(sampling=sampling))
        for kind in (Kind.FULL, Kind.BRIEF):
            said = "\n".join(texts_of(make(liw, kind))).replace("\u00a0", " ")
            assert (convenience in said) is (sampling == "convenience" and kind is Kind.FULL)
            assert expected in said or kind is Kind.BRIEF
            assert not (sampling == "random" and "którzy chcieli" in said)


def test_slides_hold_whole_sentences_and_nothing_that_waits_to_be_written(full: Document):
    show = Presentation(io.BytesIO(FORMATS["pptx"].write(full)))
    said = "\n".join(shape.text_frame.text for slide in show.slides for shape in slide.shapes if shape.has_text_frame)
    summary = next(section for section in full.sections if section.key == "summary")
    lines = next(block for block in summary.blocks if isinstance(block, Bullets)).items
    assert all(line in said for line in lines)
    hints = [text.text for one in full.sections for text in one.blocks if isinstance(text, Text)
             and text.tone is Tone.HINT and "zmyślone" not in text.text]  # fmt: skip
    assert hints
    assert not any(hint in said for hint in hints)


def test_a_long_list_goes_on_to_the_next_slide():
    short = share_out(["Krótko."], width_cm=29, height_cm=13)
    assert short == [(24, ("Krótko.",))]
    lines = [f"{number} " + "długie zdanie " * 20 for number in range(9)]
    slides = share_out(lines, width_cm=29, height_cm=13)
    assert len(slides) > 1
    assert {size for size, _ in slides} == {SMALLEST}
    assert [line for _, part in slides for line in part] == lines
    announced = share_out([*["długie zdanie " * 24] * 3, "To jest:", "długie zdanie " * 24], width_cm=29, height_cm=13)
    assert announced[-1][1][0] == "To jest:"
    assert share_out([], width_cm=29, height_cm=13) == []
    assert fit_heading("Krótki", largest=30, width_cm=30, height_cm=2) == 30
    assert fit_heading("x" * 120, largest=30, width_cm=30, height_cm=2.1) < 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_tables_are_numbers_in_a_workbook(language: str):
    for written, number in (
        (format_percent(0.24, language), 0.24),
        (format_number(1234.5, language, decimals=1), 1234.5),
        (format_number(-5.5, language, decimals=2), -5.5),
        (format_money_pln(118300, language), 118300),
        ("2024", 2024),
    ):
        found = read_figure(written, language)
        assert found is not None
        assert found[0] == pytest.approx(number)
    assert all(read_figure(words, language) is None for words in ("ukryte", "–", "mniej niż 10", "", "3 z 5"))


def test_a_workbook_keeps_its_charts_off_its_columns(full: Document):
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(full)))
    drawn = [sheet for sheet in book.worksheets if sheet._charts]
    assert drawn
    for sheet in drawn:
        filled = max(cell.column for cell in sheet[4] if cell.value is not None)
        assert sheet._charts[0].anchor._from.col >= filled, sheet.title
    numbers = [cell.value for sheet in book.worksheets for row in sheet.iter_rows(min_row=5) for cell in row]
    assert not any(isinstance(one, str) and re.fullmatch(r"\d+(?:\u00a0%)?", one) for one in numbers)


def test_the_same_caption_and_question_are_not_said_twice(full: Document):
    page = FORMATS["html"].write(full).decode()
    for figure in full.figures():
        if figure.question and figure.question in figure.caption:
            assert say("documents.question", "pl", question=figure.question) not in page
