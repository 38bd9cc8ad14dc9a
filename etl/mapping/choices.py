"""Answer options out of what was written: spellings merged, kinds of missing apart, rare own words under "other"."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.labels import option_key
from etl.clean.missing import missing_kind
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from surveys.language.collation import sort_key
from surveys.language.folding import slugify
from surveys.language.likeness import How, WordingIndex
from surveys.model import Choice, QuestionType
from surveys.privacy.identifiers import scrub_text

_OTHER_WORDS = re.compile(r"^(inn[eyaą]|inn[eyaą] odpowiedz|other|inn[eyaą],? ?\(?jak(i|ie|a)\)?)$")
_OTHER_START = re.compile(r"^\s*(inn[eya]|other)\s*(\([^)]*\))?\s*[:–-]\s*(?P<text>\S.*)$", re.IGNORECASE)
_NUMBER_IN_LABEL = re.compile(r"\d+")
_CODE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class OptionRules:
    """When a rarely written value is somebody's own words rather than an option of the form.

    Attributes:
        small_sample: below this many answers every value is an option.
        few_options: with at most so many distinct values every value is an option, but for lone ones.
        lone_values: so many values written once, in a sample that is not small, are own words.
        rare_share: above ``few_options`` distinct values, an option was chosen by at least this share.
        own_words_length: a value written once and longer than this is own words.
    """

    small_sample: int = 50
    few_options: int = 12
    lone_values: int = 3
    rare_share: float = 0.003
    own_words_length: int = 80


STANDARD_RULES = OptionRules()


def read_choices(  # how a column is read, by name
    column: AnswerColumn,
    pieces: Sequence[tuple[str, ...]],
    kind: QuestionType,
    *,
    known: Sequence[Choice] = (),
    takes_other: bool = True,
    likens: bool = True,
    rules: OptionRules = STANDARD_RULES,
    reason: str,
) -> Reading:
    """Read a column's values as options of a choice.

    Args:
        column: the column.
        pieces: options in each distinct value, one for a single choice.
        kind: ``SINGLE``, ``MULTIPLE``, or ``SCALE`` with known options.
        known: options of the known question; they keep their places, new ones come after them.
        takes_other: rare values become the text of an option "inne"; otherwise each is an option of its own.
        likens: other forms of a known option's words are that option; names of places are not compared so.
        rules: what is rare.
        reason: key of the text that says why the column is read so.
    """
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cell, count in zip(pieces, column.counts, strict=True):
        for piece in cell:
            written[option_key(piece)][piece] += count
    written.pop("", None)
    options = OptionList(known)
    likes = _meet_known(options, written, column.said, likens=likens)
    totals = {key: sum(spellings.values()) for key, spellings in written.items() if options.find(key) is None}
    labels = {key: written[key].most_common(1)[0][0] for key in totals}
    missing = {key: found for key in totals if (found := missing_kind(key)) is not None}
    explicit_other = {key for key in totals if takes_other and _OTHER_WORDS.match(key)}
    real = {key: count for key, count in totals.items() if key not in missing and key not in explicit_other}
    own_words = _find_own_words(real, labels, column.answered_count, rules, knows=bool(known)) if takes_other else set()
    # What a person decided on is no longer somebody's own words.
    own_words -= column.said.keys()
    # Somebody's telephone is never an option of a form.
    own_words |= {key for key in real if scrub_text(labels[key])[1]}
    ordered = order_labels({key: labels[key] for key in real if key not in own_words}, totals)
    same = _find_same(ordered, labels, column.said)
    ordered = [key for key in ordered if key not in same]
    for key, code in zip(ordered, make_codes([labels[key] for key in ordered]), strict=True):
        options.add(Choice(code, labels[key]), key)
    for key, other in same.items():
        options.call(key, options.find(other) or 0)
    if (own_words or explicit_other) and options.other is None:
        label = labels[max(explicit_other, key=lambda key: totals[key])] if explicit_other else "Inne"
        options.add(Choice("other", label, is_other=True), option_key(label))
    picks: list[tuple[int, ...]] = []
    texts: list[str | None] = []
    for cell in pieces:
        chosen, own = _pick(cell, options, missing)
        picks.append(chosen)
        texts.append(", ".join(own) if own else None)
    kept_texts = tuple(texts) if any(text is not None for text in texts) else ()
    facts: dict[str, str | int] = {"count": sum(choice.missing is None for choice in options.choices)}
    return Reading(
        kind,
        options.choices,
        tuple(picks),
        (),
        kept_texts,
        reason=reason,
        facts=facts,
        written={key: (found.most_common(1)[0][0], found.total()) for key, found in written.items()},
        likes=likes,
    )


def _meet_known(
    options: OptionList, written: Mapping[str, Counter[str]], said: Mapping[str, str | None], *, likens: bool
) -> dict[str, str]:
    """Let written values stand for known options: as decided, or in another form; return what only resembles one."""
    likes: dict[str, str] = {}
    known = options.choices
    index: WordingIndex | None = None
    for key, spellings in written.items():
        if options.find(key) is not None:
            continue
        if key in said:
            place = options.find_code(said[key] or "")
            if place is not None:
                options.call(key, place)
            continue
        if not (known and likens) or missing_kind(key) is not None or _OTHER_WORDS.match(key):
            continue
        index = index or _index_labels(known)
        like = index.find(spellings.most_common(1)[0][0])
        if like is not None and like.certain and like.how is How.INFLECTED:
            options.call(key, like.place)
        elif like is not None:
            likes[key] = known[like.place].code
    return likes


def _index_labels(known: Sequence[Choice]) -> WordingIndex:
    return WordingIndex(
        (place, label)
        for place, choice in enumerate(known)
        if choice.missing is None and not choice.is_other
        for label in (choice.label_pl, choice.label_en)
        if label
    )


def _find_same(ordered: Sequence[str], labels: dict[str, str], said: Mapping[str, str | None]) -> dict[str, str]:
    """Return new options that a person said are another new one, by their keys."""
    by_code = dict(zip(make_codes([labels[key] for key in ordered]), ordered, strict=True))
    same = {key: by_code[code] for key in ordered if (code := said.get(key)) in by_code and by_code[code] != key}
    # Two that are said to be each other would both be gone.
    return {key: other for key, other in same.items() if other not in same}


def _pick(cell: tuple[str, ...], options: OptionList, missing: dict[str, str]) -> tuple[tuple[int, ...], list[str]]:
    """Return the options of one value, each once, and the words that stand for "other"."""
    chosen: dict[int, None] = {}
    own: list[str] = []
    for piece in cell:
        key = option_key(piece)
        place = options.find(key)
        if place is not None:
            chosen[place] = None
        elif key in missing:
            if missing[key] != "blank":
                chosen[options.add_missing(piece, missing[key])] = None
        elif key and options.other is not None:
            chosen[options.other] = None
            if not _OTHER_WORDS.match(key):
                started = _OTHER_START.match(piece)
                own.append(started["text"] if started else piece)
    return tuple(sorted(chosen)), own


def _find_own_words(
    real: dict[str, int], labels: dict[str, str], answered: int, rules: OptionRules, *, knows: bool
) -> set[str]:
    started = {key for key in real if _OTHER_START.match(labels[key])}
    lone = {key for key, count in real.items() if count == 1}
    if knows:
        # The form's options are known: what comes beside them once or twice is somebody's own words.
        return started | {key for key, count in real.items() if count < max(3.0, rules.rare_share * answered)}
    long = {key for key in lone if len(labels[key]) > rules.own_words_length}
    if answered < rules.small_sample:
        return started | (long if len(real) > len(long) else set())
    if len(real) > rules.few_options:
        least = max(2.0, rules.rare_share * answered)
        rare = {key for key, count in real.items() if count < least}
        return started | (rare if len(rare) < len(real) else set())
    return started | (lone if len(lone) >= rules.lone_values and len(lone) < len(real) else long)


def names_other(key: str) -> bool:
    """Return whether an option's key (`option_key`) is nothing but "inne"."""
    return _OTHER_WORDS.match(key) is not None


def order_labels(labels: dict[str, str], totals: dict[str, int]) -> list[str]:
    """Return keys of options in the order to show: by their numbers where most have one, else the commonest first."""
    numbers = {
        key: int(found.group()[:12]) for key, label in labels.items() if (found := _NUMBER_IN_LABEL.search(label))
    }
    if len(labels) > 1 and len(numbers) >= 0.6 * len(labels):
        return sorted(labels, key=lambda key: (numbers.get(key, -1), _openness(labels[key]), sort_key(labels[key])))
    return sorted(labels, key=lambda key: (-totals[key], sort_key(labels[key])))


def _openness(label: str) -> int:
    """``do 18`` comes before ``18–24``, ``65+`` and ``powyżej 65`` after ``65–70``."""
    if re.search(r"\+|>|\b(pow|wi[eę]c|ponad|over|more|od \d+ wzwyż)", label, re.IGNORECASE):
        return 1
    return -1 if re.search(r"<|\b(do|poni\w*|mniej|under|less|up to)\b", label, re.IGNORECASE) else 0


def make_codes(labels: Sequence[str]) -> list[str]:
    """Return a code for each label: its slug, made unique."""
    used: set[str] = set()
    codes: list[str] = []
    for position, label in enumerate(labels, 1):
        code = base = _slug(label) or f"option-{position}"
        number = 2
        while code in used:
            code = f"{base}-{number}"
            number += 1
        used.add(code)
        codes.append(code)
    return codes


def _slug(label: str) -> str:
    signed = label.replace("+", " plus ").replace("<", " lt ").replace(">", " gt ")
    try:
        return slugify(signed)[:_CODE_LENGTH].strip("-")
    except ValueError:
        return ""
