"""Numbers that say "no answer" in a question that asks for a number: 99 among ages and counts, −9 among sums."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from etl.mapping.answer_column import AnswerColumn
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from etl.mapping.scales import MISSING_CODES, add_coded_missing

# A code stands so many times beyond all other numbers, and more than one person has it.
_BEYOND = 3
_FEWEST_PEOPLE = 2
# People of ninety are rare; where there is none, several of ninety-nine are no people.
_OLD = 90


def set_codes_aside(reading: Reading, column: AnswerColumn, *, ages: bool = False) -> Reading:
    """Turn numbers that are codes of missing answers into these; a finding says so by ``facts["codes"]``.

    Args:
        reading: of the column, with numbers.
        column: the column.
        ages: the numbers are ages in years, which come near to 97.
    """
    codes = _find_codes(reading, column, ages=ages)
    if not codes:
        return reading
    options = OptionList(reading.choices)
    picks, numbers = list(reading.picks), list(reading.numbers)
    for position, number in enumerate(reading.numbers):
        if number in codes:
            picks[position] = (add_coded_missing(options, codes[int(number or 0)]),)
            numbers[position] = None
    facts = dict(reading.facts) | {"codes": ", ".join(map(str, sorted(codes)))}
    return replace(reading, choices=options.choices, picks=tuple(picks), numbers=tuple(numbers), facts=facts)


def _find_codes(reading: Reading, column: AnswerColumn, *, ages: bool) -> Mapping[int, str]:
    people: Counter[float] = Counter()
    for number, count in zip(reading.numbers, column.counts, strict=True):
        if number is not None:
            people[number] += count
    for codes in MISSING_CODES:
        met = {code: kind for code, kind in codes.items() if people[code] >= _FEWEST_PEOPLE}
        rest = [number for number in people if number not in met]
        if not met or len(rest) < 2 or min(rest) < 0:
            continue
        lowest = min(codes)
        if ages and 0 < lowest < _OLD:
            continue  # people of 77 and of 88 there are
        if lowest < 0 or max(rest) < (_OLD if ages else lowest / _BEYOND):
            return met
    return {}
