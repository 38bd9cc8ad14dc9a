"""Options matched to code lists: "Które problemy są najbardziej dotkliwe?" then speaks of the same problems everywhere.

A question is bound to a list when at least half of its options certainly are entries of it. What is uncertain is
suggested and left to a person.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from etl.clean.labels import option_key
from etl.mapping.reading import Reading
from surveys.language.suggestion import Suggestion, load_suggester
from surveys.model import Choice, QuestionType
from surveys.vocabulary import load

# Code lists that questions ask about, with the kind the suggestions know them by.
VOCABULARIES: Mapping[str, str] = {"problems": "problem", "target_groups": "target_group"}
_LEAST_OPTIONS = 2
_LEAST_SHARE = 0.5
# A suggestion below this is not worth a person's time.
_WORTH_ASKING = 0.5


def bind_to_vocabulary(
    reading: Reading,
    *,
    vocabulary: str | None = None,
    accept_suggestions: bool = False,
    forced: bool = False,
    said: Mapping[str, str | None] | None = None,
) -> Reading:
    """Return a reading whose options carry codes of a code list, or the same reading when none fits.

    Args:
        reading: a single or multiple choice.
        vocabulary: the only list to try; by default all of `VOCABULARIES`.
        accept_suggestions: take the best uncertain suggestion of an option too.
        forced: a person chose the list: bind even when fewer options match.
        said: a person's word on options by `option_key`: a code, ``None`` for none.
    """
    said = said or {}
    if reading.type not in {QuestionType.SINGLE, QuestionType.MULTIPLE}:
        return reading
    real = [
        position for position, choice in enumerate(reading.choices) if choice.missing is None and not choice.is_other
    ]
    labels = [reading.choices[position].label_pl for position in real]
    names = [name for name in VOCABULARIES if vocabulary is None or name == vocabulary]
    settled = {name: sum(_is_settled(label, name, said) for label in labels) for name in names}
    name = max(settled, key=settled.__getitem__, default=None)
    if name is None or not real:
        return reading
    if not forced and (settled[name] < _LEAST_OPTIONS or settled[name] < _LEAST_SHARE * len(real)):
        return reading
    # Only now, for most questions speak of no list: what else an option may mean costs ten times as much to find.
    found = dict(zip(real, load_suggester(VOCABULARIES[name]).suggest_many(labels), strict=True))
    return _bind(reading, name, found, said, accept_suggestions=accept_suggestions)


def _is_settled(label: str, name: str, said: Mapping[str, str | None]) -> bool:
    """Whether an option certainly is an entry of a list, by its words or by a person's."""
    key = option_key(label)
    return said[key] in load().lists[name] if key in said else load_suggester(VOCABULARIES[name]).is_certain(label)


def _bind(
    reading: Reading,
    vocabulary: str,
    found: Mapping[int, tuple[Suggestion, ...]],
    said: Mapping[str, str | None],
    *,
    accept_suggestions: bool,
) -> Reading:
    codes: dict[int, str] = {}
    suggestions: dict[int, str] = {}
    accepted: dict[str, str] = {}
    for position, options in found.items():
        key = option_key(reading.choices[position].label_pl)
        if key in said:
            if said[key] in load().lists[vocabulary]:
                codes[position] = said[key] or ""
            continue
        if not options or options[0].score < _WORTH_ASKING:
            continue
        if options[0].certain or accept_suggestions:
            codes[position] = options[0].code
            if not options[0].certain:
                accepted[key] = options[0].code
        else:
            suggestions[position] = options[0].code
    entries = load().lists[vocabulary]
    merged: list[Choice] = []
    places: dict[str, int] = {}
    moved: dict[int, int] = {}
    for position, choice in enumerate(reading.choices):
        code = codes.get(position)
        if code is not None and code in places:
            # Two wordings of one problem ("alkohol", "alkoholizm") are one option.
            moved[position] = places[code]
            continue
        moved[position] = len(merged)
        if code is None:
            merged.append(choice)
            continue
        places[code] = len(merged)
        merged.append(replace(choice, code=code, label_en=entries.label(code, "en")))
    picks = tuple(tuple(sorted({moved[position] for position in pick})) for pick in reading.picks)
    return replace(
        reading,
        choices=tuple(merged),
        picks=picks,
        vocabulary=vocabulary,
        suggestions={moved[position]: code for position, code in suggestions.items()},
        accepted=accepted,
    )


@cache
def list_phrases() -> frozenset[str]:
    """Return `option_key` of what is one option whatever stands in it.

    Every label of the code lists, and every synonym that holds a comma.
    """
    return frozenset(
        option_key(phrase)
        for name in VOCABULARIES
        for entry in load().lists[name].values()
        for phrase in (entry.label_pl, entry.label_en, *entry.synonyms_pl, *entry.synonyms_en)
        if "," in phrase or phrase in {entry.label_pl, entry.label_en}
    )
