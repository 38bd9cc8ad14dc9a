"""Questions whose options the source keeps apart, in columns of their own: ticks and rankings, "inne" beside them."""

from collections.abc import Sequence
from dataclasses import replace

from etl.clean.labels import option_key
from etl.clean.missing import missing_kind
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.choices import make_codes, names_other, read_choices
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from surveys.model import Choice, QuestionType


def read_spread(
    column: AnswerColumn,
    *,
    kind: QuestionType | None = None,
    known: Sequence[Choice] = (),
    reason: str = "mapping.reason.spread",
) -> Reading:
    """Read a question whose columns were put together.

    Args:
        column: with ``pieces``.
        kind: type of the known question, ``None`` for what the columns look like.
        known: options of the known question; they keep their places.
        reason: key of the text that says why.
    """
    if column.pieces is None:
        raise ValueError("the options of this column are not kept apart")
    kind = kind or column.kind or (QuestionType.RANKING if column.places else QuestionType.MULTIPLE)
    ranked = kind is QuestionType.RANKING and bool(column.places)
    options = list(known) or list_offered(column)
    # Places are found by the words of the options.
    reading = read_choices(
        column, column.pieces, kind, known=options, takes_other=False, likens=bool(known) and not ranked, reason=reason
    )
    if any(words is not None for words in column.own_words):
        reading = _add_own_words(reading, column)
    return _rank(reading, column) if ranked else reading


def list_offered(column: AnswerColumn) -> list[Choice]:
    """Return the options that the source says a question has, kinds of missing last, in the source's order."""
    labels = list({option_key(label): label for label in column.offered if option_key(label)}.values())
    real = [label for label in labels if missing_kind(option_key(label)) is None]
    options = OptionList(Choice(code, label) for code, label in zip(make_codes(real), real, strict=True))
    for label in labels:
        kind = missing_kind(option_key(label))
        if kind is not None and kind != "blank":
            options.add_missing(label, kind)
    return list(options.choices)


def _add_own_words(reading: Reading, column: AnswerColumn) -> Reading:
    """Whoever wrote something beside "inne" chose it, ticked or not; what they wrote is kept as a text."""
    choices = list(reading.choices)
    named = next((place for place, choice in enumerate(choices) if names_other(option_key(choice.label_pl))), None)
    if named is not None and not any(choice.is_other for choice in choices):
        choices[named] = replace(choices[named], is_other=True)
    options = OptionList(choices)
    other = options.other
    if other is None:
        other = options.add(Choice("other", "Inne", is_other=True), option_key("Inne"))
    picks, texts = [], []
    for pick, words in zip(reading.picks, column.own_words, strict=True):
        said = words is not None and missing_kind(option_key(words)) is None
        picks.append(tuple(sorted({*pick, other})) if said else pick)
        texts.append(words if said else None)
    return replace(reading, choices=options.choices, picks=tuple(picks), texts=tuple(texts))


def _rank(reading: Reading, column: AnswerColumn) -> Reading:
    """Give each picked option its place; an option with words but without a place comes after all others."""
    places = {key: place for place, choice in enumerate(reading.choices) for key in _keys(choice)}
    ranks = []
    for pieces, own_places, pick in zip(column.pieces or (), column.places, reading.picks, strict=True):
        by_choice = {places[option_key(piece)]: rank for piece, rank in zip(pieces, own_places, strict=True)}
        last = max(own_places, default=0) + 1
        ranks.append(tuple(by_choice.get(choice, last) for choice in pick))
    return replace(reading, ranks=tuple(ranks))


def _keys(choice: Choice) -> tuple[str, ...]:
    return tuple(option_key(label) for label in (choice.label_pl, choice.label_en) if label)
