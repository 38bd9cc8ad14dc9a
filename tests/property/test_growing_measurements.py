"""From all the tables that a growing measurement ever showed nobody subtracts fewer people than the base."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.store.reading import read_frequency_sums, resolve_scope
from etl.store.scope import Actor
from surveys.privacy.growth import Step, differ, may_follow
from surveys.privacy.rules import STANDARD_RULES
from tests.importing_surveys import add_partnership
from tests.made.coming_again import WAVE, write_rows

LEAST = STANDARD_RULES.min_base
# Files of one measurement, each with people of its own; some leave the first question out.
FILES = st.lists(st.lists(st.sampled_from([0, 1, 2, 3, None, None]), min_size=1, max_size=25), min_size=2, max_size=6)
_SLUGS = (f"p{number}" for number in itertools.count())


def read_base(connection, slug, question):
    scope = resolve_scope(connection, Actor.at_machine(), sample=False)
    return int(read_frequency_sums(connection, scope, slug, WAVE, question).base.people[0])


def test_no_two_tables_of_a_question_tell_of_fewer_people_than_the_base(sqlite_store):
    """A measurement only grows here, so that any two tables differ by a group of people; hidden ones tell nothing."""

    @settings(deadline=None, max_examples=15)
    @given(FILES)
    def check(files):
        slug, numbers = next(_SLUGS), itertools.count()
        add_partnership(sqlite_store, slug)
        tables = {"brak": set(), "plec": set()}
        for step, options in enumerate(files):
            rows = [(str(next(numbers)), option) for option in options]
            with sqlite_store.write() as connection:
                write_rows(connection, slug, rows, step=step)
                for question, bases in tables.items():
                    bases.add(read_base(connection, slug, question))
        for bases in tables.values():
            shown = sorted(base for base in bases if base >= LEAST)
            assert all(later - earlier >= LEAST for earlier, later in itertools.pairwise(shown))

    check()


MARKS = st.lists(st.integers(0, 3), min_size=41, max_size=41)
NUMBERS = st.sets(st.integers(0, 40))


@given(MARKS, NUMBERS, NUMBERS)
def test_what_may_follow_differs_by_nobody_or_by_enough(marks, before, after):
    """Whatever the numbers of the rows: equal rows are one person, a row with other words is another."""
    shown, wanted = ({number: marks[number] for number in numbers} for numbers in (before, after))
    gone, come = differ(shown, wanted)
    rest = sorted(mark for number, mark in shown.items() if number not in gone)
    assert rest == sorted(mark for number, mark in wanted.items() if number not in come)
    step = may_follow(len(shown), gone, come)
    if len(shown) < LEAST:
        assert step is Step.SHOWN
    elif step is Step.SHOWN:
        assert not gone + come or max(len(gone), len(come)) >= LEAST
    else:
        assert 0 < max(len(gone), len(come)) < LEAST
        assert bool(gone) is (step is Step.UNDECIDED)
