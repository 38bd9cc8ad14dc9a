"""CSV as survey tools write it: what a server gave is written as the tool's own export would be."""

import csv
import io
from collections.abc import Iterable, Sequence


def write_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str,
    quote_all: bool,
    byte_order_mark: bool = False,
) -> bytes:
    """Return a CSV file; lone surrogates, which no encoding can write, become question marks.

    Args:
        headings: first row.
        rows: cells as text, in the order of the headings.
        delimiter: between cells.
        quote_all: every cell in quotes and lines that end with CR LF, else only where needed and LF.
        byte_order_mark: in front, as LimeSurvey writes it.
    """
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if quote_all else "\n",
    )
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8", "replace")
