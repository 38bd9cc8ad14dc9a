"""The sheet for counts of paper answers: question, option, how many people; read back by `etl.recognise.tally`."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import write_cell
from etl.exports.partnership_workbook.row_height import fit_row
from etl.exports.questionnaires.sheet_columns import label, stem, wording
from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.model import QuestionType
from surveys.model.form import Form
from surveys.questionnaires import options_of
from surveys.questionnaires.numbering import number_questions

_PEOPLE_ROW, _HEADER_ROW = 4, 6
_WIDTHS = (6, 60, 20, 46, 14)
_MOST_PEOPLE = 999_999
_COUNTED = frozenset({QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE})


def write_tally_sheet(sheet: Worksheet, form: Form, language: Language) -> None:
    """Write the sheet; orders, numbers and own words cannot be counted so and are not on it."""

    def say(key: str) -> str:
        return load_catalogue("etl.texts").say(f"answer_sheet.tally.{key}", language)

    sheet.sheet_properties.tabColor = "FF7F7F7F"
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    title, intro = write_cell(sheet, 1, 1, say("title")), write_cell(sheet, 2, 1, say("intro"))
    title.font, title.alignment = styling.TITLE_FONT, styling.ONE_LINE
    intro.font, intro.alignment = styling.TEXT_FONT, styling.ONE_LINE
    sheet.row_dimensions[1].height = styling.TITLE_HEIGHT
    people = write_cell(sheet, _PEOPLE_ROW, 1, say("people"))
    people.font = styling.BOLD_FONT
    entry = sheet.cell(_PEOPLE_ROW, 3)
    entry.fill, entry.border = styling.ENTRY_FILL, styling.GRID
    for position, name in enumerate(("number", "question", "kind", "option", "count"), 1):
        head = write_cell(sheet, _HEADER_ROW, position, say(f"header_{name}"))
        head.font, head.fill, head.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
    row = _HEADER_ROW
    for asked in number_questions(form):
        if asked.question.type not in _COUNTED:
            continue
        common, text = stem(asked, language), wording(asked, language)
        kind = say("several" if asked.question.type is QuestionType.MULTIPLE else "single")
        for option in options_of(asked.row, form.lists):
            row += 1
            cells = [
                write_cell(sheet, row, position, content)
                for position, content in enumerate(
                    (asked.number, f"{common} [{text}]" if common else text, kind, label(option, language)), 1
                )
            ]
            for cell in cells:
                cell.font, cell.alignment, cell.border = styling.TEXT_FONT, styling.WRAPPED, styling.GRID
            fit_row(sheet, cells)
            counted = sheet.cell(row, len(cells) + 1)
            counted.fill, counted.border = styling.ENTRY_FILL, styling.GRID
    check = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(_MOST_PEOPLE), allow_blank=True,
        showErrorMessage=True, error=load_catalogue("etl.texts").say("answer_sheet.error.count", language),
    )  # fmt: skip
    check.add(f"E{_HEADER_ROW + 1}:E{max(row, _HEADER_ROW + 1)}")
    check.add(entry.coordinate)
    sheet.add_data_validation(check)
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
