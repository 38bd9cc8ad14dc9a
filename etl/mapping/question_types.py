"""The type of a question out of its answers: numbers, days, scales, ticked options, a single choice, open text."""

import re
from collections.abc import Collection, Sequence

from etl.clean.missing import plain_missing_kind
from etl.clean.numbers import read_column_numbers
from etl.mapping.answer_column import AnswerColumn, merge_columns
from etl.mapping.choices import read_choices
from etl.mapping.missing_numbers import set_codes_aside
from etl.mapping.numbered_points import read_labelled_ends
from etl.mapping.option_numbers import split_option_numbers
from etl.mapping.question_wording import asks_for_text, find_cap, is_for_remarks
from etl.mapping.reading import Reading, read_dates, read_numbers, read_texts
from etl.mapping.scales import name_coded_missing, read_digit_scale, read_known_scale
from etl.mapping.short_forms import merge_short_forms
from etl.mapping.splitting import Split, looks_like_prose, split_options
from surveys.model import Choice, QuestionType

# A tool that doesn't say how it joins ticked options: tried in this order.
_SEPARATORS = (";", ", ", "|", " + ")
# Letters of options as people type paper in: "a", "a,b", "B; c".
_LETTERS = re.compile(r"[a-z](?:\s*[,;/+]\s*[a-z])*", re.IGNORECASE)
_LONG_TEXT, _LONG_OPTION = 60, 80
_FEW_ANSWERS = 10
_SAMPLE = 2_000
_LOOKED_AT = 400


def read_question(
    column: AnswerColumn,
    battery: Sequence[AnswerColumn],
    *,
    separator: str | None,
    phrases: Collection[str] = (),
    profile: str | None = None,
    scales: Collection[str] = (),
) -> Reading:
    """Decide a question's type from its answers and read them.

    Args:
        column: the column.
        battery: all columns of its grid, or the column alone; a grid is read with one scale.
        separator: between ticked options, where the source is known to have one.
        phrases: keys of phrases that are one option whatever commas stand in them.
        profile: part of the respondent profile that it asks for.
        scales: codes of scales that the file certainly uses.
    """
    if not column.values and not any(member.values for member in battery):
        return read_texts(column, reason="mapping.reason.no_answers")
    if len(battery) < 2 and profile in {None, "gender"}:
        column = merge_short_forms(column, gender=profile == "gender")
        battery = [column]
    measured = _read_option_numbers(column, battery, profile) or _read_as_measured(column, battery, profile)
    if measured is not None:
        return measured
    scale = read_known_scale(column, battery, preferred=scales)
    if scale is not None:
        return scale
    if len(battery) > 1:
        return _read_with_battery(column, battery, separator, phrases)
    if is_for_remarks(column.header):
        return read_texts(column)
    if profile is None and (multiple := find_split(column, separator, phrases)) is not None:
        return read_choices(column, multiple.pieces, QuestionType.MULTIPLE, reason="mapping.reason.multiple")
    if profile not in {"gender", "age", "status"} and is_open_text(column):
        return read_texts(column)
    return _read_single(column, profile)


def read_as(
    kind: QuestionType,
    column: AnswerColumn,
    battery: Sequence[AnswerColumn],
    *,
    separator: str | None,
    phrases: Collection[str] = (),
    known: Sequence[Choice] = (),
    likens: bool = True,
    reason: str,
) -> Reading:
    """Read a column as a type that a person chose or a known question has.

    Args:
        kind: the type.
        column: the column.
        battery: all columns of its grid, or the column alone.
        separator: between ticked options, ``None`` when it has to be found.
        phrases: keys of phrases that are one option.
        known: options of the known question.
        likens: other forms of a known option's words are that option.
        reason: key of the text that says why.
    """
    if kind is QuestionType.NUMBER:
        return read_numbers(column, known=known, reason=reason)
    if kind is QuestionType.DATE:
        return read_dates(column, known=known, reason=reason)
    if kind is QuestionType.TEXT:
        return read_texts(column, known=known, reason=reason)
    if kind is QuestionType.SCALE and not known:
        scale = read_digit_scale(column, battery) or read_known_scale(column, battery)
        if scale is not None:
            return scale
    if kind is QuestionType.MULTIPLE:
        split = _split_by_best(column, separator, phrases, closed=bool(known))
        return read_choices(column, split.pieces, kind, known=known, likens=likens, reason=reason)
    pieces = tuple((text,) for text in (name_coded_missing(column, known) if known else column.texts))
    kept = kind if kind is not QuestionType.RANKING else QuestionType.SINGLE
    takes_other = kind is not QuestionType.SCALE
    return read_choices(column, pieces, kept, known=known, takes_other=takes_other, likens=likens, reason=reason)


def find_split(
    column: AnswerColumn, separator: str | None, phrases: Collection[str], *, closed: bool = False
) -> Split | None:
    """Return the column cut into ticked options, ``None`` when its cells hold one answer each.

    Where a tool doesn't say how it joins, both signs may cut: options hold commas and semicolons of their own. The
    one that leaves fewer different options is the one that joins, because whole options come again.
    """
    if separator is None and (written := _split_lines(column) or _split_letters(column)) is not None:
        return written
    found: list[Split] = []
    for candidate in (separator,) if separator else _SEPARATORS:
        mark = candidate.strip() or candidate
        if not any(mark in text for text in column.texts) or looks_like_prose(column.texts, candidate):
            continue
        split = split_options(
            column.texts, column.counts, candidate, phrases, closed=closed, tight=separator is not None
        )
        if split.is_multiple or (separator and _must_be_ticks(column, split, candidate)):
            found.append(split)
    return min(found, key=_count_options, default=None)


def _split_lines(column: AnswerColumn) -> Split | None:
    """Cut cells that hold an option a line, ``None`` where lines are no options that come again."""
    if not any(isinstance(value, str) and "\n" in value.strip() for value in column.values):
        return None
    lines = [str(value).strip() if isinstance(value, str) else text
             for value, text in zip(column.values, column.texts, strict=True)]  # fmt: skip
    split = split_options([line.replace("\r", "") for line in lines], column.counts, "\n")
    return split if split.is_multiple else None


def _split_letters(column: AnswerColumn) -> Split | None:
    """Cut letters of options, however they are set apart; ``None`` where something else is written or no two stand."""
    if not all(_LETTERS.fullmatch(text) for text in column.texts):
        return None
    pieces = tuple(tuple(re.findall(r"[^\W\d_]", text)) for text in column.texts)
    several = [cell for cell in pieces if len(cell) > 1]
    return Split(pieces, is_multiple=True) if len(several) > 1 else None


def _count_options(split: Split) -> int:
    return len({piece for cell in split.pieces for piece in cell})


def _must_be_ticks(column: AnswerColumn, split: Split, separator: str) -> bool:
    """Whether cells hold ticks though too few people answered for options to recur.

    A question that says how many may be ticked ("do 3") has ticks; and in a tool that joins with semicolons a cell
    with one hardly holds anything else.
    """
    if asks_for_text(column.header) or not any(len(cell) > 1 for cell in split.pieces):
        return False
    short = all(len(piece) <= _LONG_OPTION for cell in split.pieces for piece in cell)
    few = column.answered_count < _FEW_ANSWERS
    return short and (find_cap(column.header) is not None or (few and separator == ";"))


def is_open_text(column: AnswerColumn) -> bool:
    """Return whether answers are people's own sentences rather than options."""
    answered, distinct = column.answered_count, len(column.values)
    if distinct <= _SAMPLE:
        distinct = len(set(column.keys))
    length = sum(len(text) * count for text, count in zip(column.texts, column.counts, strict=True)) / answered
    own = distinct / answered
    if asks_for_text(column.header) and own > 0.3:
        return True
    if answered < 5:
        return own == 1 and length > 25
    return (
        (own == 1 and length > 12)
        or (length > _LONG_TEXT and own > 0.3 and distinct > 5)
        or (own > 0.5 and distinct > 10)
        or (own > 0.2 and distinct > 40)
    )


def _read_option_numbers(column: AnswerColumn, battery: Sequence[AnswerColumn], profile: str | None) -> Reading | None:
    numbers = split_option_numbers(column) if profile is None and len(battery) < 2 else None
    if numbers is None:
        return None
    return read_choices(column, numbers, QuestionType.MULTIPLE, reason="mapping.reason.option_numbers")


def _read_as_measured(column: AnswerColumn, battery: Sequence[AnswerColumn], profile: str | None) -> Reading | None:
    """Read numbers and days, ``None`` when the answers are neither."""
    if _is_clearly_words(column):
        return None
    digits = None
    if profile is None:
        digits = read_digit_scale(column, battery) or read_labelled_ends(column, battery)
    if digits is not None:
        return digits
    if not column.values:
        return None
    if profile not in {"gender", "status", "place"} and holds_numbers(column):
        return set_codes_aside(read_numbers(column), column)
    if profile is None:
        days = read_dates(column)
        if not days.unread and any(number is not None for number in days.numbers):
            return days
    return None


def _is_clearly_words(column: AnswerColumn) -> bool:
    """Whether a sample of many distinct values is mostly words: numbers and days have to be nearly all of a column."""
    if len(column.values) <= _SAMPLE:
        return False
    sample = column.values[:: len(column.values) // _LOOKED_AT]
    words = sum(isinstance(value, str) and not value.lstrip(" <>~+-−(")[:1].isdigit() for value in sample)
    return 2 * words > len(sample)


def holds_numbers(column: AnswerColumn) -> bool:
    """Every answer is a number, or at least nine of ten in a column that is not tiny ("ok. 5" is one of them)."""
    numbers = others = 0
    for position, number in enumerate(read_column_numbers(column.values)):
        if number is not None:
            numbers += column.counts[position]
        elif len(column.texts[position]) > 40 or plain_missing_kind(column.keys[position]) is None:
            others += column.counts[position]
            if others > 0.1 * column.answered_count:
                return False
    return numbers > 0 and (others == 0 or numbers >= 20)


def _read_with_battery(
    column: AnswerColumn, battery: Sequence[AnswerColumn], separator: str | None, phrases: Collection[str]
) -> Reading:
    """Read a row of a grid: every row has the options that any row has, ticks or one choice in all of them alike."""
    together = merge_columns(battery)
    split = find_split(together, separator, phrases)
    kind = QuestionType.SINGLE if split is None else QuestionType.MULTIPLE
    reason = f"mapping.reason.{kind.value}"
    pieces = split.pieces if split else tuple((text,) for text in together.texts)
    options = read_choices(together, pieces, kind, reason=reason).choices
    pieces_by_text = dict(zip(together.texts, pieces, strict=True))
    own = tuple(pieces_by_text[text] for text in column.texts)
    return read_choices(column, own, kind, known=options, reason=reason)


def _read_single(column: AnswerColumn, profile: str | None) -> Reading:
    pieces = tuple((text,) for text in column.texts)
    # "Inna" is a sex, not "inne, jakie"; people of the profile keep their own words as options.
    return read_choices(
        column, pieces, QuestionType.SINGLE, takes_other=profile != "gender", reason="mapping.reason.single"
    )


def _split_by_best(column: AnswerColumn, separator: str | None, phrases: Collection[str], *, closed: bool) -> Split:
    found = find_split(column, separator, phrases, closed=closed)
    if found is not None:
        return found
    present = [mark for mark in _SEPARATORS if any(mark.strip() in text for text in column.texts)]
    mark = separator or (present[0] if present else ";")
    return split_options(column.texts, column.counts, mark, phrases, closed=closed, tight=separator is not None)
