"""The answer sheet as xlsx: paper answers are typed into it, a row a person, and our own reader takes it back.

Its first row holds the columns' keys and is hidden, the second the wordings with the numbers of the paper form, the
third what a column holds, the fourth an example that is never loaded (`etl.recognise.template`).
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.clean.labels import cell_text
from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import write_cell
from etl.exports.partnership_workbook.row_height import fit_row
from etl.exports.questionnaires.sheet_checks import add_check, colour_doubles, colour_too_many
from etl.exports.questionnaires.sheet_columns import SheetColumn, label, lay_out, stem, wording
from etl.exports.questionnaires.tally_sheet import write_tally_sheet
from etl.recognise.template_mark import COLUMNS, DESCRIBED, LISTS_MARK, MARK
from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.model.form import Form
from surveys.model.form import say as say_label
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.numbering import list_not_on_paper

CREATOR = "diagnoza-lokalna"
_KEY_ROW, _WORDING_ROW, _HOLDS_ROW, _EXAMPLE_ROW = 1, 2, 3, 4
_FIRST_ROW = 5
# Papers that one person types in; below it nothing is checked, but everything is read.
_ROWS = 1_000
_STEPS = 10
_WIDTHS = {"number_of_paper": 12.0, "option": 13.0, "place": 13.0, "number": 16.0, "date": 16.0, "text": 44.0,
           "own_words": 30.0, "single": 26.0, "scale": 20.0}  # fmt: skip
_MOST_HEADER_LINES = 9
_COLUMNS_OF_A_WORDING = 5
_PROMPT_TITLE, _PROMPT = 32, 255


def write_answer_sheet(form: Form, out: BinaryIO | Path, language: Language = "pl") -> None:
    """Write the answer sheet of a form.

    Args:
        form: whose questions.
        out: where to.
        language: of wordings, options and help. Reading the filled sheet gives the same questionnaire in both.
    """
    form = fill_labels(form)
    book = Workbook()
    answers = book.worksheets[0]
    answers.title = _say("name.answers", language)
    columns = lay_out(form)
    lists = _write_lists(book, form, columns, language)
    _write_answers(answers, form, columns, lists, language)
    write_tally_sheet(book.create_sheet(_say("name.tally", language), 1), form, language)
    _write_guide(book.create_sheet(_say("name.guide", language), 2), form, language)
    _write_mark(book.create_sheet("znak"), form, columns, language)
    book.active = 0
    book.properties.creator = CREATOR
    book.properties.title = say_label(form.titles, language)
    book.properties.language = "pl-PL" if language == "pl" else "en-GB"
    book.save(out)


def _say(key: str, language: Language, **facts: object) -> str:
    return load_catalogue("etl.texts").say(f"answer_sheet.{key}", language, **facts)


def _write_lists(book: Workbook, form: Form, columns: Sequence[SheetColumn], language: Language) -> dict[str, str]:
    """Write the options to choose from on a hidden sheet; return the defined name of each column's list, by key."""
    sheet: Worksheet = book.create_sheet("listy")
    sheet.sheet_state = "hidden"
    write_cell(sheet, 1, 1, LISTS_MARK)
    by_labels: dict[tuple[str, ...], str] = {}
    names: dict[str, str] = {}
    for column in columns:
        if column.holds not in {"single", "scale"} or column.asked is None:
            continue
        labels = tuple(dict.fromkeys(label(option, language) for option in options_of(column.asked.row, form.lists)))
        if not labels:
            continue
        if labels not in by_labels:
            position = len(by_labels) + 2
            by_labels[labels] = f"lista_{position - 1}"
            for row, text in enumerate(labels, 1):
                write_cell(sheet, row, position, text).number_format = styling.TEXT_FORMAT
            letter = get_column_letter(position)
            place = f"{quote_sheetname(sheet.title)}!${letter}$1:${letter}${len(labels)}"
            book.defined_names[by_labels[labels]] = DefinedName(by_labels[labels], attr_text=place)
        names[column.key] = by_labels[labels]
    return names


def _write_answers(
    sheet: Worksheet, form: Form, columns: Sequence[SheetColumn], lists: dict[str, str], language: Language
) -> None:
    sheet.sheet_properties.tabColor = "FF1F4E5F"
    last_row = _FIRST_ROW + _ROWS - 1
    for position, column in enumerate(columns, 1):
        letter = get_column_letter(position)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS[column.holds]
        dimension.font = styling.TEXT_FONT
        dimension.number_format = _format_of(column)
        dimension.alignment = _alignment_of(column)
        write_cell(sheet, _KEY_ROW, position, column.key).font = styling.PALE_FONT
        _write_heads(sheet, position, column, language)
        example = write_cell(sheet, _EXAMPLE_ROW, position, _example(form, column, language))
        example.font, example.fill, example.border = styling.EXAMPLE_FONT, styling.EXAMPLE_FILL, styling.GRID
        example.alignment = _alignment_of(column)
        add_check(sheet, column, f"{letter}{_FIRST_ROW}:{letter}{last_row}", lists.get(column.key), form, language)
    starts = [position for position, column in enumerate(columns, 1) if column.is_first] + [len(columns) + 1]
    for first, beyond in pairwise(starts):
        _colour(sheet, columns, first, beyond, (_FIRST_ROW, last_row))
    _join_wordings(sheet, columns, starts, language)
    sheet.row_dimensions[_KEY_ROW].hidden = True
    # The number of the paper and all headers stay in sight.
    sheet.freeze_panes = f"B{_EXAMPLE_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4


def _write_heads(sheet: Worksheet, position: int, column: SheetColumn, language: Language) -> None:
    asked, option = column.asked, column.option
    above = _headline(column, language)
    if asked is None:
        below = _say("number", language)
        title, help_text = below, _say("number_help", language)
    else:
        title = f"{asked.number}. {wording(asked, language)}"
        help_text = _say(f"prompt.{column.holds}", language)
        if option is not None:
            below = label(option, language)
        elif column.holds == "own_words":
            below = _say("own_words", language)
        else:
            below = _say(f"holds.{column.holds}", language)
    for row, text in ((_WORDING_ROW, above if column.is_first else None), (_HOLDS_ROW, below)):
        cell = write_cell(sheet, row, position, text)
        cell.font, cell.fill, cell.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
        cell.border = styling.GRID
        if row == _HOLDS_ROW:
            cell.font, cell.fill = styling.BOLD_FONT, styling.HELP_FILL
            prompt = DataValidation(
                showInputMessage=True, promptTitle=title[:_PROMPT_TITLE], prompt=help_text[:_PROMPT]
            )
            prompt.add(cell.coordinate)
            sheet.add_data_validation(prompt)


def _headline(column: SheetColumn, language: Language) -> str | None:
    if column.asked is None:
        return None
    common = stem(column.asked, language)
    text = wording(column.asked, language)
    return f"{column.asked.number}. {common} – {text}" if common else f"{column.asked.number}. {text}"


def _colour(sheet: Worksheet, columns: Sequence[SheetColumn], first: int, beyond: int, rows: tuple[int, int]) -> None:
    own = [position for position in range(first, beyond) if columns[position - 1].option is not None]
    asked = columns[first - 1].asked
    if not own or asked is None:
        return
    if columns[first - 1].holds == "place":
        colour_doubles(sheet, own[0], own[-1], rows)
    elif asked.question.max_choices is not None:
        colour_too_many(sheet, own[0], own[-1], rows, asked.question.max_choices)


def _join_wordings(sheet: Worksheet, columns: Sequence[SheetColumn], starts: Sequence[int], language: Language) -> None:
    """Let a wording stand over a few columns at a time, so that it is in sight however far one has scrolled."""
    lines = 2
    for first, beyond in pairwise(starts):
        text = _headline(columns[first - 1], language) or ""
        for left in range(first, beyond, _COLUMNS_OF_A_WORDING):
            right = min(left + _COLUMNS_OF_A_WORDING, beyond) - 1
            cell = write_cell(sheet, _WORDING_ROW, left, text)
            cell.font, cell.fill, cell.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
            if right > left:
                sheet.merge_cells(start_row=_WORDING_ROW, end_row=_WORDING_ROW, start_column=left, end_column=right)
            width = sum(_WIDTHS[columns[position - 1].holds] for position in range(left, right + 1))
            lines = max(lines, -(-len(text) // max(1, int(width - 2))) + 1)
    sheet.row_dimensions[_WORDING_ROW].height = 15.0 * min(lines, _MOST_HEADER_LINES)
    fit_row(sheet, sheet[_HOLDS_ROW])


def _format_of(column: SheetColumn) -> str:
    if column.holds == "date":
        return styling.DATE_FORMAT
    # What is chosen or written stays as it is: "1-2" is no day, "007" no 7.
    return styling.TEXT_FORMAT if column.holds in {"single", "scale", "text", "own_words"} else "General"


def _alignment_of(column: SheetColumn) -> Alignment:
    if column.holds in {"option", "place", "number_of_paper"}:
        return Alignment(horizontal="center", vertical="top")
    return styling.WRAPPED if column.holds in {"text", "own_words"} else styling.TO_THE_LEFT


def _example(form: Form, column: SheetColumn, language: Language) -> str | int | None:
    if column.asked is None:
        return _say("example.number", language)
    if column.option is not None:
        place = options_of(column.asked.row, form.lists).index(column.option) + 1
        if column.holds == "place":
            return place
        return "x" if place <= 2 else None
    if column.holds in {"single", "scale"}:
        options = options_of(column.asked.row, form.lists)
        return label(options[0], language) if options else None
    if column.holds == "number":
        return 4
    if column.holds == "date":
        return "31.12.2026"
    return _say("example.text", language) if column.holds == "text" else None


def _write_guide(sheet: Worksheet, form: Form, language: Language) -> None:
    sheet.sheet_properties.tabColor = "FFE0A526"
    sheet.column_dimensions["A"].width = 5
    sheet.column_dimensions["B"].width = 110
    title = write_cell(sheet, 1, 1, _say("guide.title", language))
    title.font, title.alignment = styling.TITLE_FONT, styling.ONE_LINE
    sheet.row_dimensions[1].height = styling.TITLE_HEIGHT
    facts = {"title": say_label(form.titles, language), "version": form.version}
    write_cell(sheet, 2, 1, _say("guide.questionnaire", language, **facts)).font = styling.TEXT_FONT
    steps = [_say(f"guide.step{number}", language) for number in range(1, _STEPS + 1)]
    lacking = [" ".join(say_label(row.labels, language).split()) or row.name for row in list_not_on_paper(form)]
    if lacking:
        steps.append(_say("guide.left_out", language, names="; ".join(lacking)))
    for number, step in enumerate(steps, 1):
        head, text = write_cell(sheet, number + 3, 1, number), write_cell(sheet, number + 3, 2, step)
        head.font, head.alignment = styling.BOLD_FONT, styling.WRAPPED
        text.font, text.alignment = styling.TEXT_FONT, styling.WRAPPED
        fit_row(sheet, (text,))


def _write_mark(sheet: Worksheet, form: Form, columns: Sequence[SheetColumn], language: Language) -> None:
    """Say on a hidden sheet which column holds what, so that reading does not depend on the heads above."""
    sheet.sheet_state = "hidden"
    rows: list[tuple[str, ...]] = [(MARK, form.form_id, form.version, COLUMNS), DESCRIBED]
    for column in columns:
        asked = column.asked
        example = cell_text(_example(form, column, language))
        if asked is None:
            rows.append((column.key, column.holds, "", _say("number", language), "", "", example))
            continue
        said = (column.key, column.holds, asked.question.name, wording(asked, language), stem(asked, language))
        if column.option is not None:
            rows.append((*said, label(column.option, language), example))
        elif column.holds in {"single", "scale"}:
            options = options_of(asked.row, form.lists)
            rows += [(*said, label(option, language), example) for option in options] or [(*said, "", example)]
        else:
            rows.append((*said, "", example))
    for number, row in enumerate(rows, 1):
        for position, text in enumerate(row, 1):
            write_cell(sheet, number, position, text).number_format = styling.TEXT_FORMAT
