"""Whatever a browser sends: fields are read or refused, and what was read fits the questionnaire."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from etl.collecting.answers import gather_answers
from surveys.filling import check_answers, find_shown, keep_shown, read_fields
from surveys.model import QuestionType
from tests.made.web_forms import TODAY, fillable

FORM = fillable()
NAMES = st.one_of(
    st.sampled_from([f"q{number}{end}" for number in range(10) for end in ("", "o", "p0", "p1", "p2")]), st.text()
)
VALUES = st.one_of(
    st.text(),
    st.integers(-3, 40).map(str),
    st.sampled_from(["", "0", "1", "2026-02-30", "3.02.2026", "1e999", "nan", "−3", "1 250,5", "²", "\x00", "\ud800"]),
)
FIELDS = st.dictionaries(NAMES, st.lists(VALUES, max_size=4), max_size=20)


@given(FIELDS)
def test_fields_of_strangers_break_nothing(fields: dict[str, list[str]]) -> None:
    read = read_fields(FORM, range(len(FORM.asked)), fields)
    shown = find_shown(FORM, read.answers, TODAY)
    check_answers(FORM, range(len(FORM.asked)), read.answers, shown, TODAY)
    faulty = {FORM.asked[fault.number].name for fault in read.faults}
    assert not faulty & set(read.answers)
    kept = keep_shown(FORM, read.answers, shown)
    survey = gather_answers(FORM, [kept], days=[date(2026, 11, 27)], first_row=1)
    for answers in survey.answers:
        question = answers.question
        assert all(-1 <= place < len(question.choices) for place in answers.choices.tolist())
        assert all(text for text in answers.texts)
        if question.type in {QuestionType.SINGLE, QuestionType.SCALE}:
            assert len(answers.choices) <= 1
        if question.type is QuestionType.RANKING:
            assert sorted(answers.numbers.tolist()) == list(range(1, len(answers.numbers) + 1))


@given(FIELDS)
def test_reading_twice_says_the_same(fields: dict[str, list[str]]) -> None:
    numbers = range(len(FORM.asked))
    first, second = read_fields(FORM, numbers, fields), read_fields(FORM, reversed(numbers), fields)
    assert first.answers == second.answers
    assert sorted(fault.number for fault in first.faults) == sorted(fault.number for fault in second.faults)
