"""Open texts without personal data: what names or reaches a person is taken out before anything is stored."""

from collections.abc import Sequence

import numpy as np

from etl.mapping.answer_column import AnswerColumn
from surveys.findings import Finding, Place
from surveys.privacy.identifiers import IdentifierKind, scrub_text

_ROWS_NAMED = 10


def scrub_texts(
    column: AnswerColumn, texts: Sequence[str | None], *, rows: Sequence[int], place: Place
) -> tuple[tuple[str | None, ...], tuple[Finding, ...]]:
    """Take personal data out of a column's texts.

    Args:
        column: the column the texts come from.
        texts: one per distinct value of the column, ``None`` for none.
        rows: 1-based sheet row of each respondent.
        place: file, sheet and column for the finding.

    Returns:
        The clean texts, and a finding that names rows and kinds but never what was found.
    """
    cleaned: list[str | None] = []
    kinds: set[IdentifierKind] = set()
    dirty: list[int] = []
    for code, text in enumerate(texts):
        if text is None:
            cleaned.append(None)
            continue
        clean, found = scrub_text(text)
        cleaned.append(clean)
        if found:
            kinds |= found
            dirty.append(code)
    if not dirty:
        return tuple(cleaned), ()
    people = np.flatnonzero(np.isin(column.codes, np.array(dirty, dtype=np.int32))).tolist()
    named = [rows[person] for person in people[:_ROWS_NAMED]]
    finding = Finding(
        "SURVEY-TEXT-SCRUBBED",
        Place(place.file, place.sheet, named[0], place.column),
        {
            "count": len(people),
            "rows": ", ".join(map(str, named)) + (" …" if len(people) > _ROWS_NAMED else ""),
        },
    )
    return tuple(cleaned), (finding,)
