"""One question spread over columns of ticks: ``question [option]``, ``question/option``, ``question - option``.

Whoever makes such a table repeats the question in front of every option, or writes it once over an empty column and
the options behind it. What shows that columns are ticks is their cells: 1 and 0, an "x" or nothing, "tak" or nothing.
Where "nie" is written out in words they may as well be questions of their own: they are ticks only where everybody said
"tak" to some of at least three, else rows of a grid.
"""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

from etl.clean.labels import option_key, split_grid
from etl.readers.raw import RawSheet
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.tick_marks import Marked, Marking, Words, read_marks
from surveys.language.folding import fold

_DELIMITER = re.compile(r"\s*(?:::|->|→|\s[-–—]\s|: |[/|]|(?<=\?)\s)\s*")
# ``Q5_2``, ``p12.c``: a question's code and an option's.
_CODED = re.compile(r"^(?P<stem>[A-Za-z]{1,8}\d{1,3}[a-z]?)[._](?P<option>\w{1,40})$")
_OTHER = re.compile(r"^(inn[eyai]|other|jaki[e]?|jak[aą])\b")
_FEWEST = 2
_MOST_WAYS, _LONGEST_HEADER = 12, 1_000
_FEWEST_IN_WORDS = 3
# An option alone, its question said somewhere else: "- bieda".
_BULLET = re.compile(r"^\s*[-–—•*·]\s*(?P<option>\S.*)$")


# Question, option, and the question's key: every way to cut one header.
Ways = tuple[tuple[str, str, str], ...]


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
    markings = {position: read_marks(sheet, position, last_header) for position in headers}
    words = Words(sheet, last_header)
    layouts: list[ColumnLayout] = []
    taken: set[int] = set()
    for run, stem in _runs_under_stems(stems or {}, headers):
        options = {position: headers[position] for position in run}
        _add(layouts, taken, _lay_out(stem, options, markings, words))
    for bullets, stem, ignored in _runs_of_bullets(headers, markings):
        found_options = _lay_out(stem, bullets, markings, words)
        _add(layouts, taken, [*(ColumnLayout((place,), role="ignored") for place in ignored if found_options)])
        _add(layouts, taken, found_options)
    splits = {position: _split(header) for position, header in headers.items() if position not in (stems or {})}
    for position in sorted(splits):
        if position in taken:
            continue
        found = _best_run(position, splits, taken)
        if found is not None:
            stem, options = found
            _add(layouts, taken, _lay_out(stem, options, markings, words))
    for position in sorted(headers):
        if position not in taken:
            _add(layouts, taken, _after_separator(position, headers, markings, taken, words))
    for repeated in _runs_of_repeated(headers, markings, taken):
        options = {position: markings[position].text for position in repeated}
        _add(layouts, taken, _lay_out(headers[repeated[0]], options, markings, words))
    for run in _runs_of_own_words(headers, markings, taken):
        # The question is not in the file; it is named by its first and its last option.
        options = {position: headers[position] for position in run}
        named = [headers[position] for position in run if not _names_other(headers[position])]
        _add(layouts, taken, _lay_out(f"{named[0]} … {named[-1]}", options, markings, words))
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


def _runs_of_repeated(
    headers: Mapping[int, str], markings: Mapping[int, Marked], taken: Collection[int]
) -> Iterator[list[int]]:
    """Yield columns side by side under one and the same header, each with an option of its own or empty."""
    run: list[int] = []
    for position in [*sorted(headers), -1]:
        usable = position >= 0 and position not in taken and bool(headers[position])
        usable = usable and markings[position].marking in {Marking.LABEL, Marking.EMPTY}
        if usable and run and position == run[-1] + 1 and fold(headers[position]) == fold(headers[run[0]]):
            run.append(position)
            continue
        named = [option_key(markings[place].text) for place in run if markings[place].text]
        if len(named) >= _FEWEST and len(set(named)) == len(named):
            yield run
        run = [position] if usable else []


def _runs_of_own_words(
    headers: Mapping[int, str], markings: Mapping[int, Marked], taken: Collection[int]
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


def _split(header: str) -> Ways:
    """Return the ways to cut a header into question and option, the longest question first, with the question's key.

    Of many signs that may part the two, those at the ends do; a page of text in a header is cut nowhere.
    """
    grid = split_grid(header)
    ways = [grid] if grid is not None else []
    coded = _CODED.match(header)
    if coded is not None:
        ways.append((coded["stem"], coded["option"]))
    signs = list(_DELIMITER.finditer(header)) if len(header) <= _LONGEST_HEADER else []
    signs = signs if len(signs) <= _MOST_WAYS else signs[: _MOST_WAYS // 2] + signs[-_MOST_WAYS // 2 :]
    for found in reversed(signs):
        stem, option = header[: found.start()].strip(), header[found.end() :].strip()
        if stem and option:
            ways.append((stem, option))
    return tuple((stem, option, fold(stem)) for stem, option in ways)


def _best_run(start: int, splits: Mapping[int, Ways], taken: Collection[int]) -> tuple[str, dict[int, str]] | None:
    """Return the question with the most columns from ``start`` on; the longer one where it cuts them up evenly."""
    runs = [(stem, _run(start, key, splits, taken)) for stem, _, key in splits[start]]
    runs = [(stem, run) for stem, run in runs if len(run) >= _FEWEST]
    if not runs:
        return None
    longest_stem, own = runs[0]
    widest_stem, wide = max(runs, key=lambda item: len(item[1]))
    if len(wide) > len(own) and not _falls_apart(list(wide), splits):
        return widest_stem, wide
    return longest_stem, own


def _run(start: int, wanted: str, splits: Mapping[int, Ways], taken: Collection[int]) -> dict[int, str]:
    run: dict[int, str] = {}
    position = start
    while position in splits and position not in taken:
        option = next((option for _, option, own in splits[position] if own == wanted), None)
        if option is None:
            break
        run[position] = option
        position += 1
    return run


def _falls_apart(positions: Sequence[int], splits: Mapping[int, Ways]) -> bool:
    """Whether columns are several questions of one group: each shares a longer question with a neighbour."""
    longest = [splits[position][0][2] for position in positions]
    return len(set(longest)) > 1 and all(longest.count(own) >= _FEWEST for own in longest)


def _lay_out(stem: str, options: Mapping[int, str], markings: Mapping[int, Marked], words: Words) -> list[ColumnLayout]:
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
    elif kinds == {Marking.WORDS} and len(columns) >= _FEWEST_IN_WORDS:
        if not words.are_ticks(columns):
            return [ColumnLayout((place,), option, stem) for place, option in zip(columns, named, strict=True)]
        spread = Spread.FLAGS
    else:
        return []
    return [ColumnLayout(tuple(columns), header=stem, role="question", spread=spread, options=named, other=other)]


def _runs_of_bullets(
    headers: Mapping[int, str], markings: Mapping[int, Marked]
) -> Iterator[tuple[dict[int, str], str, tuple[int, ...]]]:
    """Yield options that stand alone behind a bullet, their question, and columns that only hold the question.

    The question stands in the column before: alone above nothing, or in front of the first option; else nowhere, and
    it is named by its first and its last option.
    """
    ticks = {Marking.FLAGS, Marking.WORDS, Marking.EMPTY}
    run: dict[int, str] = {}
    for position in [*sorted(headers), -1]:
        bullet = _BULLET.match(headers.get(position, ""))
        follows = not run or position == max(run) + 1
        if bullet is not None and follows and markings[position].marking in ticks:
            run[position] = bullet["option"].strip()
            continue
        if len(run) >= _FEWEST_IN_WORDS or (len(run) >= _FEWEST and min(run) - 1 in headers):
            before = min(run) - 1
            kind = markings[before].marking if before in markings else None
            first = _split(headers.get(before, ""))
            if kind is Marking.EMPTY and headers[before]:
                yield run, headers[before].rstrip(": "), (before,)
            elif first and kind in ticks:
                yield {before: first[0][1], **run}, first[0][0].rstrip(": "), ()
            elif len(run) >= _FEWEST_IN_WORDS:
                yield run, f"{run[min(run)]} … {run[max(run)]}", ()
        run = {position: bullet["option"].strip()} if bullet and markings[position].marking in ticks else {}


def _repeat_options(options: Sequence[str], marked: Sequence[Marked]) -> bool:
    """Whether cells repeat the option of their column, but for an option here and there that is written otherwise."""
    labels = [(option, column.text) for option, column in zip(options, marked, strict=True) if column.text]
    equal = sum(option_key(option) == option_key(text) for option, text in labels)
    return equal > 0 and 2 * equal >= len(labels)


def _names_other(option: str) -> bool:
    return _OTHER.match(fold(option)) is not None


def _after_separator(
    position: int, headers: Mapping[int, str], markings: Mapping[int, Marked], taken: set[int], words: Words
) -> list[ColumnLayout]:
    """Read an empty column with a header as the question of the columns of ticks behind it."""
    if markings[position].marking is not Marking.EMPTY or not headers[position]:
        return []
    options: dict[int, str] = {}
    behind = position + 1
    while behind in headers and behind not in taken and markings[behind].marking in {Marking.FLAGS, Marking.WORDS}:
        options[behind] = headers[behind]
        behind += 1
    if len(options) < _FEWEST:
        return []
    return [
        ColumnLayout((position,), role="ignored"),
        *_lay_out(headers[position].rstrip(": "), options, markings, words),
    ]
