"""Questions of a SurveyMonkey export out of its two rows of headers: choices, ticks, rankings, matrices, branches."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.two_header_rows import HeadedGroup
from surveys.language.folding import fold
from surveys.model import QuestionType

_ANSWER = re.compile(r"^(response|answer|odpowiedz|antwort|beantwortung|reponse|respuesta|resposta|risposta|ответ)$")
_OPEN_ANSWER = re.compile(
    r"^(open-ended response|odpowiedz otwarta|odpowiedz w formie otwartej|odpowiedz opisowa|"
    r"offene (antwort|beantwortung)|reponse ouverte|respuesta abierta|resposta aberta|risposta aperta)$"
)
_OTHER = re.compile(
    r"^(other|inn[eya]|sonstig\w*|ander\w*|autre|otro|otra|outro|altro)\b.*"
    r"\b(please specify|specify|prosze|podac|podaj|okresl\w*|sprecyz\w*|jak\w+|wymien\w*|wpisz|napisz|angeben|"
    r"preciser|precisez|especifique|specificare)\b"
)
_OTHER_ALONE = re.compile(r"^(other|inn[eya])$")
_NOT_RANKED = re.compile(r"^(n/a|nie dotyczy|nd|not applicable)$")
_COMMENT = re.compile(
    r"^(additional comments?|comments?|komentarz\w*|dodatkowe (uwagi|komentarze)|uwagi|kommentare?)\b"
)


def names_answer(item: str) -> bool:
    """Whether a header of the second row only says that the answer stands below."""
    return _ANSWER.match(fold(item)) is not None


def names_open_answer(item: str) -> bool:
    """Whether it says that people's own words stand below."""
    return _OPEN_ANSWER.match(fold(item)) is not None


def lay_out_groups(groups: Sequence[HeadedGroup], table: AnswerTable) -> list[ColumnLayout]:
    """Describe all columns of questions; a question asked on several branches becomes one."""
    layouts: list[ColumnLayout] = []
    for group in groups:
        layouts += _lay_out(group, table)
    return _join_branches(layouts, table)


def _join_branches(layouts: Sequence[ColumnLayout], table: AnswerTable) -> list[ColumnLayout]:
    """Join the columns of one question that stands on several branches: nobody has answered it twice."""
    joined: dict[tuple[object, ...], ColumnLayout] = {}
    for layout in layouts:
        same = (fold(layout.header), fold(layout.stem), layout.kind, *map(fold, layout.options))
        first = joined.get(same)
        alone = first is None or layout.other is not None or first.other is not None or not layout.header
        if first is None or alone or not table.never_together(first.columns, layout.columns):
            joined[same if first is None else (*same, layout.columns)] = layout
            continue
        joined[same] = replace(
            first,
            columns=first.columns + layout.columns,
            options=first.options + layout.options,
            spread=first.spread or Spread.BRANCHES,
            missing={**first.missing, **layout.missing},
        )
    return list(joined.values())


def _lay_out(group: HeadedGroup, table: AnswerTable) -> list[ColumnLayout]:
    pairs = list(zip(group.positions, group.items, strict=True))
    other = _find_other(pairs)
    comments = [pair for pair in pairs if pair[0] != other and len(pairs) > 1 and _COMMENT.match(fold(pair[1]))]
    own = [pair for pair in pairs if pair[0] != other and pair not in comments]
    layouts = [
        ColumnLayout((position,), f"{group.text} – {item}", role="question", kind=QuestionType.TEXT)
        for position, item in comments
    ]
    if not own:
        own, other = [pair for pair in pairs if pair not in comments], None
    if len(own) == 1:
        layouts.append(_lay_out_one(group.text, own[0], other, table))
    elif own:
        layouts += _lay_out_several(group, own, other, table)
    return layouts


def _find_other(pairs: Sequence[tuple[int, str]]) -> int | None:
    if len(pairs) < 2:
        return None
    named = next((position for position, item in pairs if _OTHER.match(fold(item))), None)
    if named is None and names_answer(pairs[0][1]) and len(pairs) == 2:
        return pairs[1][0]  # only a field of one's own words can stand beside one answer
    return named


def _lay_out_one(text: str, own: tuple[int, str], other: int | None, table: AnswerTable) -> ColumnLayout:
    position, item = own
    if names_open_answer(item):
        # Numbers and dates are asked for in open fields too: the answers tell which it is.
        return ColumnLayout((position,), text, role="question")
    if not item or names_answer(item):
        if other is None:
            return ColumnLayout((position,), text or item, role="question")
        # The answer itself only says that there are words beside it.
        labels = {
            answer: "Inne"
            for answer in table.distinct([position])
            if _OTHER.match(fold(answer)) or _OTHER_ALONE.match(fold(answer))
        }
        return ColumnLayout(
            (position,), text or item, role="question", kind=QuestionType.SINGLE, other=other, labels=labels
        )
    if {fold(value) for value in table.distinct([position])} <= {fold(item)}:
        return ColumnLayout(
            (position,), text, role="question", kind=QuestionType.MULTIPLE, spread=Spread.LABELS, options=(item,),
            other=other,
        )  # fmt: skip
    return ColumnLayout((position,), item, text, role="question")


def _lay_out_several(
    group: HeadedGroup, own: Sequence[tuple[int, str]], other: int | None, table: AnswerTable
) -> list[ColumnLayout]:
    text = group.text
    positions = [position for position, _ in own]
    options = tuple(item for _, item in own)
    on_branches = all(names_answer(item) for item in options)
    ticks = None if on_branches else find_ticks(table, own)
    if ticks is not None:
        return [
            ColumnLayout(
                tuple(positions), text, role="question", kind=QuestionType.MULTIPLE, spread=Spread.LABELS,
                options=options, other=other, missing=ticks,
            )
        ]  # fmt: skip
    layouts: list[ColumnLayout] | None = None
    unranked = {text for text in table.distinct(positions) if _NOT_RANKED.match(fold(text))}
    if on_branches:
        # The same question on several branches, saved under one heading.
        layouts = [ColumnLayout((position,), text, role="question") for position in positions]
    elif table.ranks_of_options(positions, unranked):
        layouts = [
            ColumnLayout(
                tuple(positions), text, role="question", kind=QuestionType.RANKING, spread=Spread.RANKS,
                options=options, missing=dict.fromkeys(unranked, "not_applicable"),
            )
        ]  # fmt: skip
    else:
        layouts = _lay_out_ticks_by_row(text, own, table)
    if layouts is None:
        layouts = [ColumnLayout((position,), item, text, role="question") for position, item in own]
    if other is not None:
        words = dict(zip(group.positions, group.items, strict=True))[other]
        layouts.append(ColumnLayout((other,), f"{text} – {words}", role="question", kind=QuestionType.TEXT))
    return layouts


def find_ticks(table: AnswerTable, own: Sequence[tuple[int, str]]) -> dict[str, str] | None:
    """Return what stands for "not ticked" in columns of ticks, ``None`` when the columns hold something else.

    A tick is the option's own text; where answers were saved as numbers, the option's number (the same in the whole
    column, another one in the next) or 1, and 0 for none.
    """
    texts = table.distinct([position for position, _ in own])
    missing = {"0": "blank"} if "0" in texts else {}
    labelled = numbered = answered = 0
    kinds: set[str] = set()
    for position, item in own:
        values = set(table.texts(position).values()) - missing.keys()
        if not values:
            continue
        answered += 1
        labelled += all(fold(value) == fold(item) for value in values)
        numbered += len(values) == 1 and next(iter(values)).isdigit()
        kinds |= values
    if not answered:
        return None
    if labelled == answered:
        return missing
    if numbered != answered:
        return None
    gaps = bool((~table.filled([position for position, _ in own])).any()) or bool(missing)
    different = answered > 1 and len(kinds) == answered
    return missing if gaps and (different or kinds == {"1"}) and not _are_places(own) else None


def _are_places(own: Sequence[tuple[int, str]]) -> bool:
    """Whether the items are places ("1", "2"), which a number below them does not tick."""
    return all(item.strip().isdigit() for _, item in own)


def _lay_out_ticks_by_row(text: str, own: Sequence[tuple[int, str]], table: AnswerTable) -> list[ColumnLayout] | None:
    """A matrix that lets one tick several columns in a row is headed ``row - column`` in the second row."""
    split = [(position, *_split_item(item)) for position, item in own]
    if any(not column for _, _, column in split) or len({row for _, row, _ in split}) == len(split):
        return None
    layouts: list[ColumnLayout] = []
    for row, cells in groupby(split, key=lambda cell: cell[1]):
        line = [(position, column) for position, _, column in cells]
        ticks = find_ticks(table, line)
        if ticks is None and table.distinct([position for position, _ in line]):
            return None
        layouts.append(
            ColumnLayout(
                tuple(position for position, _ in line), row, text, role="question", kind=QuestionType.MULTIPLE,
                spread=Spread.LABELS, options=tuple(column for _, column in line), missing=ticks or {},
            )
        )  # fmt: skip
    return layouts


def _split_item(item: str) -> tuple[str, str]:
    row, _, column = item.rpartition(" - ")
    return row, column
