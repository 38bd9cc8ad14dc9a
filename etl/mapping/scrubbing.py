"""Open texts without personal data: what names or reaches a person is taken out before anything is stored."""

from collections.abc import Sequence

import numpy as np

from etl.mapping.answer_column import AnswerColumn
from surveys.findings import Finding, Place
from surveys.privacy.identifiers import scrub_text
from surveys.privacy.people_in_texts import scrub_people

_ROWS_NAMED = 10


def scrub_texts(
    column: AnswerColumn, texts: Sequence[str | None], *, rows: Sequence[int], place: Place, keep_names: bool = False
) -> tuple[tuple[str | None, ...], tuple[Finding, ...]]:
    """Take personal data out of a column's texts.

    Numbers and addresses are taken out whatever anybody says; names of people are a guess, and stay where a person has
    looked at them and says so.

    Args:
        column: the column the texts come from.
        texts: one per distinct value of the column, ``None`` for none.
        rows: 1-based sheet row of each respondent.
        place: file, sheet and column for the findings.
        keep_names: what looks like names stays.

    Returns:
        The clean texts, and findings that name rows and kinds but never what was found.
    """
    cleaned: list[str | None] = []
    numbers: list[int] = []
    names: list[int] = []
    for code, text in enumerate(texts):
        if text is None:
            cleaned.append(None)
            continue
        clean, kinds = scrub_text(text)
        nameless, shown = scrub_people(clean)
        cleaned.append(clean if keep_names else nameless)
        if kinds:
            numbers.append(code)
        if shown:
            names.append(code)
    found = (
        ("SURVEY-TEXT-SCRUBBED", numbers),
        ("SURVEY-TEXT-NAMES-KEPT" if keep_names else "SURVEY-TEXT-NAMES", names),
    )
    return tuple(cleaned), tuple(_tell(code, dirty, column, rows, place) for code, dirty in found if dirty)


def _tell(code: str, dirty: Sequence[int], column: AnswerColumn, rows: Sequence[int], place: Place) -> Finding:
    people = np.flatnonzero(np.isin(column.codes, np.array(dirty, dtype=np.int32))).tolist()
    named = [rows[person] for person in people[:_ROWS_NAMED]]
    told = ", ".join(map(str, named)) + (" …" if len(people) > _ROWS_NAMED else "")
    first = Place(place.file, place.sheet, named[0], place.column)
    return Finding(code, first, {"count": len(people), "rows": told})
