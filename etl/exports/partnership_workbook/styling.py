"""How the workbook looks: few colours, all with a contrast of at least 4.5 : 1, legible when printed in grey."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_INK, _PALE_INK, _ACCENT = "FF1A1A1A", "FF595959", "FF1F4E5F"
_LINE = Side(style="thin", color="FFBFBFBF")

TITLE_FONT = Font(name="Calibri", size=16, bold=True, color=_ACCENT)
SECTION_FONT = Font(name="Calibri", size=13, bold=True, color=_ACCENT)
TEXT_FONT = Font(name="Calibri", size=11, color=_INK)
BOLD_FONT = Font(name="Calibri", size=11, bold=True, color=_INK)
HELP_FONT = Font(name="Calibri", size=9, italic=True, color=_PALE_INK)
PALE_FONT = Font(name="Calibri", size=9, color=_PALE_INK)
HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")
EXAMPLE_FONT = Font(name="Calibri", size=11, italic=True, color=_PALE_INK)

HEADER_FILL = PatternFill("solid", fgColor=_ACCENT)
HELP_FILL = PatternFill("solid", fgColor="FFEAF1F3")
EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2F2F2")
ENTRY_FILL = PatternFill("solid", fgColor="FFFFFDF2")
FAULT_FILLS = {
    "error": PatternFill("solid", fgColor="FFF8C9C4"),
    "warning": PatternFill("solid", fgColor="FFFFE699"),
    "info": PatternFill("solid", fgColor="FFD6E9F5"),
}

GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
ONE_LINE = Alignment(wrap_text=False, vertical="top")
TO_THE_LEFT = Alignment(horizontal="left", vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center")

DATE_FORMAT = "dd.mm.yyyy"
AMOUNT_FORMAT = "#,##0.00"
INTEGER_FORMAT = "0"
TEXT_FORMAT = "@"

TITLE_HEIGHT, HEADER_HEIGHT = 26.0, 34.0
