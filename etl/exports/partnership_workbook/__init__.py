"""The partnership workbook (Karta partnerstwa) as a file: empty to fill in, filled with a register, or annotated.

`write_partnership_workbook` makes it, `annotate_workbook` gives a person's own file back with every fault in its
cell. Sheets, columns, checks and words come from `etl.workbook_layout`, which the reader follows too.
May import openpyxl, `surveys`, `etl.workbook_layout` and `etl.recognise.partnership_workbook`.
"""

from etl.exports.partnership_workbook.annotation import annotate_workbook
from etl.exports.partnership_workbook.writing import write_partnership_workbook

__all__ = ["annotate_workbook", "write_partnership_workbook"]
