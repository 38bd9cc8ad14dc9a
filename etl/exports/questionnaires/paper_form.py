"""The printable form as DOCX: large type, numbers that match the answer sheet, boxes to tick, a page for tallies.

The partnership opens it in its word processor, fills in who is responsible for the data, and prints it. The same form
gives the same file, byte by byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from etl.exports.questionnaires.paper_questions import draw_question, draw_table
from etl.exports.questionnaires.paper_styles import SMALL, add_field, draw_line, prepare, save
from etl.exports.questionnaires.paper_tables import draw_grid_tally, draw_tally
from etl.exports.questionnaires.skip_words import say_condition
from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.language.typesetting import bind_short_words
from surveys.model import Form, FormGroup, FormRow, QuestionType
from surveys.model.form import say
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.numbering import Asked, is_grid, number_of_table, number_questions

_COUNTED = frozenset({QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE})
_PRIVACY = ("controller", "contact", "purpose", "basis", "end")


def write_paper_form(form: Form, language: Language = "pl") -> bytes:
    """Return a form as a document to print.

    Args:
        form: what is asked; what paper cannot hold (repeats, places, pictures) is left out.
        language: of wordings, options and instructions.
    """
    paper = Document()
    printing = _Printing(fill_labels(form), language, paper)
    prepare(paper, say(form.titles, language) or form.form_id, language)
    printing.print_all()
    return save(paper)


@dataclass
class _Printing:
    """A form on its way to paper, from the top down."""

    form: Form
    language: Language
    paper: Paper
    numbered: dict[int, Asked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = number_questions(self.form)
        self.numbered = {id(each.row): each for each in asked}
        self.by_name = {each.row.name: each for each in asked}

    def print_all(self) -> None:
        self._write_margins()
        self.paper.add_heading(self._bind(say(self.form.titles, self.language) or self.form.form_id), level=0)
        self._say(self._text("paper_number")).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.paper.add_heading(self._text("how"), level=2)
        self._say(self._text("how_text"))
        self._say(self._text("no_names"))
        self._write_privacy()
        self._print_items(self.form.items)
        thanks = self._say(self._text("thanks"))
        thanks.paragraph_format.space_before = Pt(24)
        thanks.runs[0].bold = True
        draw_line(self._say(self._text("give_back")))
        self._print_tallies()

    def _text(self, key: str, **facts: object) -> str:
        return self._bind(load_catalogue("etl.texts").say(f"paper_form.{key}", self.language, **facts))

    def _bind(self, text: str) -> str:
        return bind_short_words(text, self.language)

    def _say(self, text: str) -> Paragraph:
        return self.paper.add_paragraph(text)

    def _write_margins(self) -> None:
        """Put the title and the page's number at the foot of every page."""
        foot = self.paper.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        title = self._bind(say(self.form.titles, self.language))
        before, _, rest = self._text("page", page="\0", pages="\1").partition("\0")
        between, _, after = rest.partition("\1")
        foot.add_run(f"{title} · {self.form.version} · {before}").font.size = SMALL
        add_field(foot, "PAGE", SMALL)
        foot.add_run(between).font.size = SMALL
        add_field(foot, "NUMPAGES", SMALL)
        foot.add_run(after).font.size = SMALL

    def _write_privacy(self) -> None:
        self.paper.add_heading(self._text("privacy"), level=2)
        self._say(self._text("privacy_text")).runs[0].italic = True
        for part in _PRIVACY:
            draw_line(self._say(self._text(f"privacy_{part}")))

    def _print_items(self, items: Sequence[FormRow | FormGroup]) -> None:
        for item in items:
            if isinstance(item, FormRow):
                self._print_row(item)
            elif not item.is_repeat:
                self._print_group(item)

    def _print_row(self, row: FormRow) -> None:
        asked = self.numbered.get(id(row))
        if asked is not None:
            draw_question(self.paper, self.form, asked, self._skip(row.relevant, asked, asked), self.language)
        elif row.type == "note":
            for line in say(row.labels, self.language).splitlines():
                if line.strip():
                    self._say(self._bind(line.strip()))

    def _print_group(self, group: FormGroup) -> None:
        inside = [asked for asked in self.numbered.values() if group in asked.groups]
        skip = self._skip(group.relevant, inside[0], inside[-1]) if inside else ""
        if inside and inside[0].table is group and is_grid(self.form, group):
            draw_table(self.paper, self.form, inside, skip, self.language)
            return
        heading = self._bind(say(group.labels, self.language))
        if heading and inside:
            self.paper.add_heading(heading, level=1)
        hint = say(group.hints, self.language)
        for text in (hint, skip):
            if text and inside:
                self._say(self._bind(text)).paragraph_format.keep_with_next = True
        self._print_items(group.items)

    def _skip(self, relevant: str, first: Asked, last: Asked) -> str:
        """Return when questions are to be left out, in words; ``""`` when everybody answers them."""
        if not relevant.strip() or relevant.strip().lower() in {"true()", "yes", "true"}:
            return ""
        condition = say_condition(relevant, self.form, self.by_name, self.language)
        several = first.number != last.number and (first.table is None or first.table is not last.table)
        facts = {"first": first.number, "last": last.number}
        if condition is None:
            return self._text("only_if.several_unclear" if several else "only_if.unclear", **(facts if several else {}))
        key = "only_if.several" if several else "only_if.question"
        return self._text(key, condition=condition, **(facts if several else {}))

    def _print_tallies(self) -> None:
        heading = self.paper.add_heading(self._text("tally.title"), level=1)
        heading.paragraph_format.page_break_before = True
        self._say(self._text("tally.intro"))
        draw_line(self._say(self._text("tally.people")))
        heads = (self._text("tally.option"), self._text("tally.strokes"), self._text("tally.count"))
        done: FormGroup | None = None
        for asked in self.numbered.values():
            options = [self._bind(say(each.labels, self.language) or each.name)
                       for each in options_of(asked.row, self.form.lists)]  # fmt: skip
            if asked.question.type not in _COUNTED or not options or (done is not None and asked.table is done):
                continue
            done = asked.table if asked.table is not None and is_grid(self.form, asked.table) else None
            number = asked.number if done is None else number_of_table(asked)
            wording = say(done.labels if done is not None else asked.row.labels, self.language) or asked.row.name
            line = self._say(self._bind(f"{number}. {wording}"))
            line.runs[0].bold = True
            line.runs[0].font.size = SMALL
            line.paragraph_format.keep_with_next = True
            if done is not None:
                rows = [each for each in self.numbered.values() if each.table is done]
                texts = [f"{each.number}. {self._bind(say(each.row.labels, self.language))}" for each in rows]
                draw_grid_tally(self.paper, texts, options)
            else:
                draw_tally(self.paper, options, heads)
