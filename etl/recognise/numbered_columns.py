"""One question over columns that are only numbered: "Problem nr 1", "Problem nr 2"; "1. wybór", "2. wybór".

Each column holds one of the same options. Where the headers speak of places ("1 miejsce", "drugi wybór") it is a
ranking; otherwise people named several, and nothing says that the first one named weighs more.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise

import numpy as np

from etl.clean.labels import option_key
from etl.clean.numbers import read_number
from etl.clean.ticks import read_tick
from etl.readers.raw import RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.offered_scales import is_scale
from surveys.language.folding import fold
from surveys.model import QuestionType

_WORDS = (
    r"pierwsz(?:y|a|e|ego)", r"drug(?:i|a|ie|iego)", r"trzeci(?:a|e|ego)?", r"czwart(?:y|a|e|ego)",
    r"piat(?:y|a|e|ego)",
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v")
_ORDINALS = tuple(
    re.compile(rf"(?<![\w.,])(?:{word}|{roman})(?![\w.,]*\d)(?!\w)") for word, roman in zip(_WORDS, _ROMAN, strict=True)
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,2}(?!\d|[.,]\d)")
_PLACES = re.compile(
    r"\b(miejsc\w*|wybor\w*|rang\w+|priorytet\w*|pozycj\w+|lokat\w+|choice|rank|place)\b|najwaz|uszereg"
)
# Numbered questions, ratings and columns of nothing in particular are no list of choices.
_NO_LIST = re.compile(
    r"^\W*(pyt(anie)?|p|q|question|ocena|odp(owiedz)?|kolumna|column|wiersz|row|zmienna|var|v|x|czesc|wariant)?"
    r"\W*(nr|numer|no)?\W*#?\W*$"
)
_LEFTOVER = re.compile(r"\s*[(\[]?\s*(?:\bnr\b|\bnumer\b|\bno\b|#)?\.?\s*#\s*[.)\]:-]*\s*", re.IGNORECASE)
_MOST_OPTIONS = 40
_LONGEST_HEADER, _MOST_NUMBERS = 300, 6
_LONGEST_OPTION = 80
_FEWEST_ROWS = 3
_STRAY = 0.1


def find_numbered_columns(
    sheet: RawSheet, headers: Mapping[int, str], last_header: int, *, stems: Mapping[int, str] | None = None
) -> tuple[ColumnLayout, ...]:
    """Find questions whose answers stand in columns that are numbered from 1 on.

    Args:
        sheet: the sheet.
        headers: header of each column to look at, by 0-based position.
        last_header: 1-based row of the last row of headers.
        stems: question over several columns, where a row of headers of its own says it.

    Returns:
        A layout with `Spread.PLACES` for each question, in the order of their columns.
    """
    table = AnswerTable(sheet, last_header + 1)
    found: list[ColumnLayout] = []
    taken: set[int] = set()
    stems = stems or {}
    read = {
        position: tuple(islice(_read_numbers(header), _MOST_NUMBERS))
        for position, header in headers.items()
        if len(header) <= _LONGEST_HEADER
    }
    for position in sorted(read):
        if position in taken:
            continue
        for pattern, number in read[position]:
            if number != 1:
                continue
            run = _run(position, pattern, read, stems, taken)
            if len(run) < 2 or not _hold_choices(table, run, stems.get(position, "") + pattern):
                continue
            found.append(_lay_out(run, headers[position], pattern, stems.get(position, ""), table))
            taken.update(run)
            break
    return tuple(found)


def _read_numbers(header: str) -> Iterator[tuple[str, int]]:
    """Yield every number in a header, in digits, words or Roman ones, with the rest of the header around a ``#``."""
    folded = fold(header)
    glued = re.match(r"^(?P<stem>[a-z_]{3,}?)_?(?P<number>\d{1,2})$", folded)
    if glued is not None:
        yield f"{glued['stem']} #", int(glued["number"])
    for found in reversed(list(_NUMBER.finditer(folded))):
        yield f"{folded[: found.start()]}#{folded[found.end() :]}", int(found.group())
    for number, ordinal in enumerate(_ORDINALS, 1):
        said = ordinal.search(folded)
        if said is not None:
            yield " ".join(f"{folded[: said.start()]}# {folded[said.end() :]}".split()), number


def _run(
    start: int,
    pattern: str,
    read: Mapping[int, tuple[tuple[str, int], ...]],
    stems: Mapping[int, str],
    taken: Collection[int],
) -> list[int]:
    run = [start]
    position = start + 1
    while position in read and position not in taken and stems.get(position) == stems.get(start):
        if (pattern, len(run) + 1) not in read[position]:
            break
        run.append(position)
        position += 1
    return run


def _hold_choices(table: AnswerTable, columns: Sequence[int], pattern: str) -> bool:
    """Whether columns hold options of one list: few, the same ones in all columns, none twice in a row."""
    texts = table.distinct(columns)
    if not texts or _NO_LIST.match(pattern) or max(map(len, texts)) > _LONGEST_OPTION:
        return False
    if any(read_number(text) is not None for text in texts) or all(read_tick(text) is not None for text in texts):
        return False
    keys = {option_key(text) for text in texts}
    if len(keys) > _MOST_OPTIONS or is_scale(texts):
        return False
    numbers: dict[str, int] = {}
    cells = np.full((len(table), len(columns)), -1, dtype=np.int64)
    for place, position in enumerate(columns):
        codes = table.codes(position)
        for code, text in table.texts(position).items():
            cells[codes == code, place] = numbers.setdefault(option_key(text), len(numbers))
    filled = cells >= 0
    several = filled.sum(axis=1) >= 2
    if int(several.sum()) < _FEWEST_ROWS or int(filled.sum()) < 2 * len(numbers):
        return False
    ordered = np.sort(np.where(filled, cells, -1 - np.arange(cells.shape[1])), axis=1)
    twice = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    gaps = (filled[:, 1:] & ~filled[:, :-1]).any(axis=1)
    if float((twice | gaps)[several].mean()) > _STRAY:
        return False
    # What is named first somewhere is named second elsewhere.
    shared = [len(set(first[first >= 0]) & set(second[second >= 0])) for first, second in pairwise(cells.T)]
    return all(count >= 1 for count in shared) and shared[0] >= min(2, len(numbers) - 1)


def _lay_out(columns: Sequence[int], header: str, pattern: str, stem: str, table: AnswerTable) -> ColumnLayout:
    ranked = _PLACES.search(fold(stem) + " " + pattern) is not None or _has_ordinal(header)
    spellings: dict[str, Counter[str]] = {}
    for position in columns:
        for text in table.texts(position).values():
            spellings.setdefault(option_key(text), Counter())[text] += 1
    labels = {text: counts.most_common(1)[0][0] for counts in spellings.values() for text in counts if len(counts) > 1}
    return ColumnLayout(
        tuple(columns),
        stem or _wording(header),
        role="question",
        kind=QuestionType.RANKING if ranked else QuestionType.MULTIPLE,
        spread=Spread.PLACES,
        labels=labels,
    )


def _has_ordinal(header: str) -> bool:
    return any(ordinal.search(fold(header)) is not None for ordinal in _ORDINALS)


def _wording(header: str) -> str:
    """A header without its number: "Problem nr 1" → "Problem", "1. wybór" → "wybór"."""
    marked = re.sub(r"(?<!\d)1(?!\d)|\b[Pp]ierwsz(?:y|a|e|ego)\b|\bI\b", "#", header, count=1)
    bare = re.sub(r"\s*[(\[][^()\[\]]*#[^()\[\]]*[)\]]", "", marked)
    marked = bare if re.search(r"\w", bare) else marked
    text = " ".join(_LEFTOVER.sub(" ", marked).split()).strip(" -–_,:;")
    return text[:1].upper() + text[1:] if text else header
