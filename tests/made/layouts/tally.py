"""Paper questionnaires counted by hand: question, option, how many; nobody's single answers are left."""

from collections import Counter

from surveys.model import QuestionType
from tests.made.layouts.forms import header_of
from tests.made.layouts.tables import Row
from tests.made.truth import KnownSurvey

COUNTED = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE})


def count_by_key(survey: KnownSurvey) -> dict[tuple[str, str], dict[str, int]]:
    """Return how many people chose each option that anybody chose, by stem and wording of the question."""
    return {
        one.key: dict(Counter(label for said in survey.column(place) for label in said.labels))
        for place, one in enumerate(survey.asked)
        if one.type in COUNTED
    }


def count_options(survey: KnownSurvey) -> dict[str, dict[str, int]]:
    """Return how many people chose each option, by header and label, in the order of the form."""
    counts = count_by_key(survey)
    return {
        header_of(one): {option: counts[one.key].get(option, 0) for option in one.offered}
        for one in survey.asked
        if one.key in counts
    }


def tally_rows(survey: KnownSurvey) -> list[Row]:
    """A row an option, the question repeated in front of each."""
    rows: list[Row] = [["Liczba ankiet", len(survey.answers)], ["Pytanie", "Odpowiedź", "Liczba odpowiedzi"]]
    for question, options in count_options(survey).items():
        rows += [[question, option, count] for option, count in options.items()]
    return rows
