"""Documents of a partnership: the same content in four kinds of file, through the gate, read aloud, printed well."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import docx
import numpy as np
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.documents.content import Bullets, Document, Grid, Text
from dashboard.documents.docx_parts import TABLE_PROPERTIES
from dashboard.documents.kinds import PARTS, WITH_TABLES, Kind
from dashboard.documents.making import FORMATS, make_document, make_report
from dashboard.texts import say
from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store import schema as s
from etl.store.engine import Store, open_store
from etl.store.reading import resolve_scope
from etl.store.report_rows import (
    ReportPlace,
    write_own_text,
)
from etl.store.scope import Actor, Grant, Role
from surveys.model import Partnership, Questionnaire, QuestionType, Register
from surveys.model.questionnaire import Choice, Question
from tests.made.registers import make_register
from tests.made.two_questions import load_answers
from tests.page_visits import load_registers

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MACHINE = Actor.at_machine()
PROBLEMS = Question(
    "problems", QuestionType.MULTIPLE, "Co doskwiera w okolicy?", "What troubles the area?",
    tuple(Choice(code, code, code) for code in ("P501", "P405", "P802", "P301")), vocabulary="problems", max_choices=3,
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Store]:
    """The sample data; only looked at."""
    opened = open_store(f"sqlite:///{sample_file}")
    yield opened
    opened.close()


@pytest.fixture
def liw(sqlite_store: Store) -> Store:
    """A real partnership with a register and no survey."""
    load_registers(make_register(), Register(Partnership("gora", "Góra")))(sqlite_store)
    return sqlite_store


def answer(
    store: Store,
    counts: tuple[int, ...],
    *,
    people: int,
    slug: str = "p26",
    again: bool = False,
    question: Question = PROBLEMS,
    form: str = "ankieta",
) -> None:
    """Let so many of so many people choose each problem; everybody left chooses nothing."""
    chosen = [(person, option) for option, count in enumerate(counts) for person in range(count)]
    chosen += [(person, 0) for person in range(counts[0], people)] if counts[0] < people and not any(counts) else []
    chosen.sort()
    questionnaire = Questionnaire(form, "1", "Ankieta", questions=(question,), partnership="liw")
    given = QuestionAnswers(
        question,
        -1,
        np.array([person for person, _ in chosen], dtype=np.int32),
        np.array([option for _, option in chosen], dtype=np.int32),
        np.full(len(chosen), np.nan),
    )
    survey = SurveyAnswers(
        questionnaire=questionnaire,
        joined=questionnaire if again else None,
        answers=(given,),
        source_rows=range(2, people + 2),
        submitted_on=[None] * people,
    )
    load_answers(store, survey, slug=slug)


def make(
    store: Store, kind: Kind = Kind.FULL, language: str = "pl", *, slug: str = "liw", sample: bool = False
) -> Document:
    with store.read() as connection:
        scope = resolve_scope(connection, MACHINE, sample=sample)
    return make_document(store, scope, slug, kind, language=language, today=TODAY)


def texts_of(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Text):
                yield block.text
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Grid):
                yield from (block.caption, block.note, *block.headers, *(cell for row in block.rows for cell in row))
            else:
                yield from (block.caption, block.sentence, block.note, block.question)


class TestContent:
    @pytest.mark.parametrize(("kind", "language"), [*((kind, "pl") for kind in Kind), (Kind.FULL, "en")])
    def test_every_shape_says_something_in_every_chapter(self, sample: Store, kind: Kind, language: str):
        document = make(sample, kind, language, sample=True)
        assert all(section.blocks for section in document.sections)
        wanted = {part.key for part in PARTS[kind] if not part.may_lack}
        assert wanted <= {section.key for section in document.sections}
        assert ("tables" in {section.key for section in document.sections}) is (kind in WITH_TABLES)
        said = "\n".join(texts_of(document))
        assert "**" not in said
        assert "\\" not in said
        assert " P501" not in said

    def test_nothing_that_belongs_together_is_torn_at_a_lines_end(self, full: Document):
        said = "\n".join(texts_of(full))
        torn = re.findall(r"(?<![^\s(„])[aiouwzAIOUWZ] \w+|\d %|\d zł|\d r\.", said)
        assert torn == []

    def test_dates_and_decimals_are_polish_in_polish(self, full: Document):
        said = "\n".join(texts_of(full))
        assert "28\u00a0listopada 2026" in said
        assert not re.search(r"\d\.\d+\s?%", said)

    def test_without_any_survey_it_says_so_and_is_still_a_document(self, liw: Store):
        document = make(liw)
        said = "\n".join(texts_of(document))
        assert say("documents.residents.none", "pl").split(".")[0] in said
        assert not any(figure.table.unit == "share" for figure in document.figures())
        assert len(FORMATS["docx"].write(document)) > 10_000
        assert "Samotni starsi ludzie" in said

    def test_an_empty_partnership_gets_a_document_too(self, liw: Store):
        for kind in (Kind.SRPS, Kind.GPR, Kind.BRIEF):
            document = make(liw, kind, slug="gora")
            assert all(section.blocks for section in document.sections)
        assert b"<svg" not in FORMATS["html"].write(make(liw, slug="gora"))

    def test_one_measurement_claims_no_change(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=100)
        time = next(section for section in make(liw).sections if section.key == "time")
        assert [block.text for block in time.blocks] == [
            "Jest jeden pomiar. O\u00a0zmianie będzie można mówić po następnym."
        ]

    def test_hidden_figures_are_nowhere_in_any_file(self, liw: Store):
        answer(liw, (93, 97, 2, 1), people=100)
        document = make(liw)
        figure = next(figure for figure in document.figures() if figure.table.unit == "share")
        assert [row.value is None for row in figure.table.rows] == [False, False, True, True]
        for name, one in FORMATS.items():
            said = words_in(one.write(document))
            assert any("ukryte" in word for word in said), name
            assert not any(re.search(r"0[.,]0(?:206|103)|(?<!\d)[12]\s?%", word) for word in said), name

    def test_a_survey_of_few_people_shows_nothing_and_says_why(self, liw: Store):
        answer(liw, (7, 5, 4, 3), people=8)
        document = make(liw)
        figures = [figure for figure in document.figures() if figure.table.unit == "share"]
        assert all(figure.table.too_few_asked for figure in figures)
        said = "\n".join(texts_of(document))
        assert "mniej niż 10" in said
        assert "87" not in said
        brief = "\n".join(texts_of(make(liw, Kind.BRIEF)))
        assert "za mało osób" in brief


def words_in(made: bytes) -> list[str]:
    """Words and numbers of a file, of the workbooks inside it too: where a hidden figure would lie."""
    if not zipfile.is_zipfile(io.BytesIO(made)):
        return re.findall(r">([^<]+)<", made.decode())
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        for part in packed.namelist():
            if part.endswith(".xlsx"):
                found += words_in(packed.read(part))
            elif part.endswith(".xml"):
                found += re.findall(r">([^<]+)<", packed.read(part).decode())
    return found


@pytest.fixture(scope="module")
def full(sample: Store) -> Document:
    """The full report of an invented partnership."""
    return make(sample, sample=True)


class TestFiles:
    def test_a_word_processor_gets_headings_captions_and_words_for_pictures(self, full: Document):
        made = FORMATS["docx"].write(full)
        paper = docx.Document(io.BytesIO(made))
        headings = [paragraph for paragraph in paper.paragraphs if paragraph.style.name.startswith("Heading")]
        assert [heading.text.split(" ", 1)[1] for heading in headings] == [section.title for section in full.sections]
        captions = [one.text for one in paper.paragraphs if one.style.name == "Caption"]
        for word, count in (("Rysunek", len(list(full.figures()))), ("Tabela", len(paper.tables))):
            numbers = [int(re.match(rf"{word}\u00a0(\d+)\. ", one)[1]) for one in captions if one.startswith(word)]
            assert numbers == list(range(1, count + 1))
        assert len(paper.inline_shapes) == len(list(full.figures()))
        alts = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
        assert all(alt and len(alt) > 20 for alt in alts)
        for table in paper.tables:
            assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
            places = [TABLE_PROPERTIES.index(one.tag.partition("}")[2]) for one in table._tbl.tblPr]
            assert places == sorted(places)  # Word calls a file damaged over less
        body = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
        assert body.count("PAGEREF") == len(full.sections)
        assert "dane zmyślone" in paper.sections[0].footer.paragraphs[0].text
        assert paper.core_properties.language == "pl-PL"

    def test_a_page_needs_nothing_else_and_is_read_in_order(self, full: Document):
        page = FORMATS["html"].write(full).decode()
        assert '<html lang="pl">' in page
        assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
        assert "<script" not in page
        drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
        assert len(drawings) == len(list(full.figures()))
        assert all("<title" in drawing and "<desc" in drawing for drawing in drawings)
        levels = [int(level) for level in re.findall(r"<h(\d)", page)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))

    def test_slides_have_charts_that_can_be_edited_and_notes(self, full: Document):
        show = Presentation(io.BytesIO(FORMATS["pptx"].write(full)))
        charts = [(slide, shape) for slide in show.slides for shape in slide.shapes if shape.has_chart]
        figures = {figure.caption: figure for figure in full.figures()}
        assert charts
        for slide, shape in charts:
            figure = figures[shape.name]
            values = list(shape.chart.plots[0].series[0].values)
            assert values == [row.value for row in figure.table.rows[: len(values)]]
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
            assert figure.note in slide.notes_slide.notes_text_frame.text
            assert slide.shapes.title.text == figure.caption
        assert all(slide.shapes.title.text for slide in show.slides)

    def test_a_workbook_has_a_sheet_with_its_chart_for_every_figure_and_one_on_method(self, full: Document):
        book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(full)))
        assert sum(len(sheet._charts) for sheet in book.worksheets) == len(list(full.figures()))
        assert book.sheetnames[0] == "Spis"
        assert book.sheetnames[-1] == "Metoda i źródła"
        assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet for cell in row)
        assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)

    def test_words_that_look_like_markup_or_formulas_stay_words(self, liw: Store):
        odd = '<script>alert(1)</script> =1+1 & "x" $x$ **y** {z}'
        with liw.write() as connection:
            scope = resolve_scope(connection, MACHINE, sample=False)
            write_own_text(connection, MACHINE, scope, ReportPlace("liw", "full", "conclusions", "pl"), odd, now=NOW)
            connection.execute(s.problem.update().values(name=odd))
            connection.execute(s.partnership.update().where(s.partnership.c.slug == "liw").values(name=odd))
        document = make(liw)
        page = FORMATS["html"].write(document).decode()
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert "**y** {z}" in "\n".join(texts_of(document))
        for name in ("docx", "xlsx", "pptx"):
            assert zipfile.ZipFile(io.BytesIO(FORMATS[name].write(document))).testzip() is None

    def test_the_same_document_is_the_same_file(self, sample: Store):
        for name in ("docx", "xlsx", "html"):
            first, again = (FORMATS[name].write(make(sample, Kind.BRIEF, sample=True)) for _ in range(2))
            assert first == again, name

    def test_libreoffice_opens_them_and_prints_them(self, sample: Store, tmp_path: Path):
        office = shutil.which("soffice")
        if office is None:
            pytest.skip("LibreOffice is not installed here: whether it opens the documents is not tried")
        document = make(sample, Kind.GRANT, sample=True)
        # Its part for slides is a package of its own.
        slides = ("pptx",) if (Path(office).resolve().parent / "libsdlo.so").exists() else ()
        names = ("docx", "xlsx", "html", *slides)
        for name in names:
            (tmp_path / f"{name}.{name}").write_bytes(FORMATS[name].write(document))
        home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
        files = [str(tmp_path / f"{name}.{name}") for name in names]
        subprocess.run(
            [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        printed = {name: (tmp_path / f"{name}.pdf").read_bytes() for name in names}
        assert all(content.startswith(b"%PDF") and len(content) > 10_000 for content in printed.values())


def test_nobody_makes_a_document_of_a_partnership_they_may_not_see(liw: Store):
    for actor in (Actor.anonymous(), Actor("obcy", 9, frozenset({Grant(Role.COORDINATOR, "gora")}))):
        with pytest.raises(LookupError):
            make_report(liw, actor, "liw", kind="brief", format_name="html", language="pl", today=TODAY)
