"""One question spread over columns of ticks: ``question [option]``, ``question/option``, ``question - option``.

Whoever makes such a table repeats the question in front of every option, or writes it once over an empty column and
the options behind it. What shows that columns are ticks is their cells: 1 and 0, an "x" or nothing, "tak" or nothing.
Where "nie" is written out in words they may as well be questions of their own, and are left alone.
"""

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from etl.clean.labels import cell_text, option_key, split_grid
from etl.clean.ticks import read_tick
from etl.readers.raw import RawSheet
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.sheet_shape import list_values
from surveys.language.folding import fold

_DELIMITER = re.compile(r"\s*(?:::|->|→|\s[-–—]\s|: |[/|]|(?<=\?)\s)\s*")
# ``Q5_2``, ``p12.c``: a question's code and an option's.
_CODED = re.compile(r"^(?P<stem>[A-Za-z]{1,8}\d{1,3}[a-z]?)[._](?P<option>\w{1,40})$")
_OTHER = re.compile(r"^(inn[eyai]|other|jaki[e]?|jak[aą])\b")
# PRAWDA and FAŁSZ are what Excel makes of a box to tick, nobody writes them as an answer.
_NO_IN_WORDS = frozenset({"nie", "no", "n"})
_FEWEST = 2
# More distinct cells are no ticks, however they are written.
_MOST_SPELLINGS = 12


class Marking(StrEnum):
    """How a column of ticks is written.

    `FLAGS`: a tick or none. `LABEL`: one text, or nothing. `WORDS`: "tak" and "nie", both in words. `EMPTY`: nothing.
    """

    FLAGS = "flags"
    LABEL = "label"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class _Marked:
    """How a column is marked; ``text`` is that of a label, ``gaps`` whether somebody did not tick it."""

    marking: Marking | None
    text: str = ""
    gaps: bool = True


def read_marking(sheet: RawSheet, position: int, last_header: int) -> Marking | None:
    """Return how a column's cells below a 1-based row are ticks, ``None`` when they are not."""
    return _read_marks(sheet, position, last_header).marking


def _read_marks(sheet: RawSheet, position: int, last_header: int) -> _Marked:
    column = sheet.columns[position]
    values = list_values(column, last_header)
    if len(values) > _MOST_SPELLINGS:
        return _Marked(None)
    texts = [text for value in values if (text := cell_text(value))]
    if not texts:
        return _Marked(Marking.EMPTY)
    blank = bool((column.codes[last_header:] < 0).any())
    ticks = [read_tick(text) for text in texts]
    if None not in ticks:
        # A sheet's own TRUE and FALSE are a box to tick, not words that somebody chose.
        boxes = all(isinstance(value, bool) for value in values)
        in_words = not boxes and any(fold(text) in _NO_IN_WORDS for text in texts)
        marking = Marking.WORDS if in_words and any(ticks) else Marking.FLAGS
        return _Marked(marking, gaps=blank or not all(ticks))
    if len({option_key(text) for text in texts}) == 1:
        return _Marked(Marking.LABEL, texts[0], gaps=blank)
    return _Marked(None)


def find_option_columns(
    sheet: RawSheet, headers: Mapping[int, str], last_header: int, *, stems: Mapping[int, str] | None = None
) -> tuple[ColumnLayout, ...]:
    """Find the questions of a sheet whose options have columns of their own.

    Args:
        sheet: the sheet.
        headers: header of each column to look at, by 0-based position; of columns under a common ``stem`` the option.
        last_header: 1-based row of the last row of headers.
        stems: question over several columns, where a row of headers of its own says it.

    Returns:
        A `FLAGS` or `LABELS` layout for each question, in the order of their columns. The column of the words beside
        "inne" is among them as ``other``; an empty column that only held the question is ``ignored``.
    """
    markings = {position: _read_marks(sheet, position, last_header) for position in headers}
    layouts: list[ColumnLayout] = []
    taken: set[int] = set()
    for run, stem in _runs_under_stems(stems or {}, headers):
        options = {position: headers[position] for position in run}
        _add(layouts, taken, _lay_out(stem, options, markings))
    splits = {position: _split(header) for position, header in headers.items() if position not in (stems or {})}
    for position in sorted(splits):
        if position in taken:
            continue
        found = _best_run(position, splits, taken)
        if found is not None:
            stem, options = found
            _add(layouts, taken, _lay_out(stem, options, markings))
    for position in sorted(headers):
        if position not in taken:
            _add(layouts, taken, _after_separator(position, headers, markings, taken))
    for run in _runs_of_own_words(headers, markings, taken):
        # The question is not in the file; it is named by its first and its last option.
        options = {position: headers[position] for position in run}
        named = [headers[position] for position in run if not _names_other(headers[position])]
        _add(layouts, taken, _lay_out(f"{named[0]} … {named[-1]}", options, markings))
    return tuple(sorted(layouts, key=lambda layout: layout.columns[0]))


def find_stems(headers: Mapping[int, str], kinds: Mapping[int, Hashable]) -> dict[int, tuple[str, str]]:
    """Find rows of grids: columns side by side, alike in kind, that repeat one question in front of their own text.

    Args:
        headers: header of each column, by 0-based position.
        kinds: what has to be equal in the columns of one grid; a column without it is in none.

    Returns:
        Question and row of each column of a grid.
    """
    splits = {position: _split(headers[position]) for position in headers if position in kinds}
    found: dict[int, tuple[str, str]] = {}
    for position in sorted(splits):
        if position in found:
            continue
        others = {other for other, kind in kinds.items() if kind != kinds[position]}
        run = _best_run(position, splits, others | found.keys())
        if run is not None:
            found |= {column: (run[0], row) for column, row in run[1].items()}
    return found


def _add(layouts: list[ColumnLayout], taken: set[int], found: Sequence[ColumnLayout]) -> None:
    for layout in found:
        layouts.append(layout)
        taken.update(layout.columns)
        if layout.other is not None:
            taken.add(layout.other)


def _runs_of_own_words(
    headers: Mapping[int, str], markings: Mapping[int, _Marked], taken: Collection[int]
) -> list[list[int]]:
    """Columns side by side, each of which says what its header says, or nothing; words beside "inne" end a run."""
    runs: list[list[int]] = []
    for position in sorted(headers.keys() - set(taken)):
        own = markings[position].marking is Marking.LABEL and _repeat_options([headers[position]], [markings[position]])
        behind = bool(runs) and runs[-1][-1] == position - 1
        if own and behind:
            runs[-1].append(position)
        elif own:
            runs.append([position])
        elif behind and len(runs[-1]) > _FEWEST and _names_other(headers[position]):
            runs[-1].append(position)
    return [run for run in runs if len(run) > _FEWEST]


def _runs_under_stems(stems: Mapping[int, str], headers: Mapping[int, str]) -> list[tuple[list[int], str]]:
    runs: list[tuple[list[int], str]] = []
    for position in sorted(stems.keys() & headers.keys()):
        if runs and runs[-1][1] == stems[position] and runs[-1][0][-1] == position - 1:
            runs[-1][0].append(position)
        else:
            runs.append(([position], stems[position]))
    return runs


def _split(header: str) -> tuple[tuple[str, str], ...]:
    """Return every way to cut a header into question and option, the longest question first."""
    grid = split_grid(header)
    ways = [grid] if grid is not None else []
    coded = _CODED.match(header)
    if coded is not None:
        ways.append((coded["stem"], coded["option"]))
    for found in reversed(list(_DELIMITER.finditer(header))):
        stem, option = header[: found.start()].strip(), header[found.end() :].strip()
        if stem and option:
            ways.append((stem, option))
    return tuple(ways)


def _best_run(
    start: int, splits: Mapping[int, tuple[tuple[str, str], ...]], taken: Collection[int]
) -> tuple[str, dict[int, str]] | None:
    """Return the question with the most columns from ``start`` on; the longer one where it cuts them up evenly."""
    runs = [(stem, _run(start, stem, splits, taken)) for stem, _ in splits[start]]
    runs = [(stem, run) for stem, run in runs if len(run) >= _FEWEST]
    if not runs:
        return None
    longest_stem, own = runs[0]
    widest_stem, wide = max(runs, key=lambda item: len(item[1]))
    if len(wide) > len(own) and not _falls_apart(list(wide), splits):
        return widest_stem, wide
    return longest_stem, own


def _run(
    start: int, stem: str, splits: Mapping[int, tuple[tuple[str, str], ...]], taken: Collection[int]
) -> dict[int, str]:
    run: dict[int, str] = {}
    position, wanted = start, fold(stem)
    while position in splits and position not in taken:
        option = next((option for own, option in splits[position] if fold(own) == wanted), None)
        if option is None:
            break
        run[position] = option
        position += 1
    return run


def _falls_apart(positions: Sequence[int], splits: Mapping[int, tuple[tuple[str, str], ...]]) -> bool:
    """Whether columns are several questions of one group: each shares a longer question with a neighbour."""
    longest = [fold(splits[position][0][0]) for position in positions]
    return len(set(longest)) > 1 and all(longest.count(own) >= _FEWEST for own in longest)


def _lay_out(stem: str, options: Mapping[int, str], markings: Mapping[int, _Marked]) -> list[ColumnLayout]:
    """Return the question of some columns, nothing when they are no ticks."""
    columns = list(options)
    other = None
    last = columns[-1]
    if len(columns) > _FEWEST and markings[last].marking in {None, Marking.LABEL} and _names_other(options[last]):
        before = {markings[position].marking for position in columns[:-1]}
        # A column of labels that says "inne" in words is an option like the others before it.
        if markings[last].marking is None or before <= {Marking.FLAGS, Marking.EMPTY}:
            other = columns.pop()
    marked = [markings[position] for position in columns]
    kinds = {column.marking for column in marked}
    named = tuple(options[position] for position in columns)
    if len(columns) < _FEWEST or not any(column.gaps for column in marked):
        return []
    if kinds <= {Marking.FLAGS, Marking.EMPTY} and Marking.FLAGS in kinds:
        spread = Spread.FLAGS
    elif kinds <= {Marking.LABEL, Marking.EMPTY} and _repeat_options(named, marked):
        spread = Spread.LABELS
    else:
        return []
    return [ColumnLayout(tuple(columns), header=stem, role="question", spread=spread, options=named, other=other)]


def _repeat_options(options: Sequence[str], marked: Sequence[_Marked]) -> bool:
    """Whether cells repeat the option of their column, but for an option here and there that is written otherwise."""
    labels = [(option, column.text) for option, column in zip(options, marked, strict=True) if column.text]
    equal = sum(option_key(option) == option_key(text) for option, text in labels)
    return equal > 0 and 2 * equal >= len(labels)


def _names_other(option: str) -> bool:
    return _OTHER.match(fold(option)) is not None


def _after_separator(
    position: int, headers: Mapping[int, str], markings: Mapping[int, _Marked], taken: set[int]
) -> list[ColumnLayout]:
    """Read an empty column with a header as the question of the columns of ticks behind it."""
    if markings[position].marking is not Marking.EMPTY or not headers[position]:
        return []
    options: dict[int, str] = {}
    behind = position + 1
    while behind in headers and behind not in taken and markings[behind].marking is Marking.FLAGS:
        options[behind] = headers[behind]
        behind += 1
    if len(options) < _FEWEST:
        return []
    return [ColumnLayout((position,), role="ignored"), *_lay_out(headers[position].rstrip(": "), options, markings)]
