"""Laws of votes: the order of ballots and of problems makes no difference; a planted leader stays; a tie is flagged."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.analysis.ballot_checks import PEARL_QUESTIONS, check_ballot
from surveys.analysis.meeting_stability import try_rounds
from surveys.analysis.vote_results import count_votes
from surveys.model.meeting import Ballot, VoteMethod, VoteRound
from surveys.model.meeting_notes import merge_notes

KEYS = tuple(f"k{number}" for number in range(6))
SECTORS = st.sampled_from(["civic", "public", "business", ""])


@st.composite
def draw_ballots(draw: st.DrawFn, method: VoteMethod, most: int = 3) -> list[Ballot]:
    people = draw(st.integers(5, 9))
    ballots = []
    for _ in range(people):
        order = draw(st.permutations(KEYS))
        number = st.integers(0, 10)
        marks: dict[str, tuple[int, ...]] = {
            VoteMethod.NOMINAL: {key: (place,) for place, key in enumerate(order[: draw(st.integers(1, most))], 1)},
            VoteMethod.DOTS: {order[0]: (draw(st.integers(1, most)),)},
            VoteMethod.RANKING: {key: (place,) for place, key in enumerate(order, 1)},
            VoteMethod.HANLON: {
                key: (draw(number), draw(number), *draw(st.tuples(*[st.integers(0, 1)] * len(PEARL_QUESTIONS))))
                for key in KEYS
            },
            VoteMethod.MATRIX: {key: (draw(st.integers(1, 5)), draw(st.integers(1, 5))) for key in KEYS},
            VoteMethod.CONSENSUS: {key: (draw(st.integers(-1, 1)),) for key in KEYS},
        }[method]
        ballots.append(Ballot(marks, draw(SECTORS)))
    return ballots


METHODS = st.sampled_from([method for method in VoteMethod if method is not VoteMethod.HANDS])
VOTES = METHODS.flatmap(lambda method: st.tuples(st.just(method), draw_ballots(method)))


@settings(max_examples=40)
@given(votes=VOTES, data=st.data())
def test_neither_the_order_of_ballots_nor_that_of_problems_matters(
    votes: tuple[VoteMethod, list[Ballot]], data: st.DataObject
) -> None:
    method, ballots = votes
    one = VoteRound("r", 1, method, KEYS, 3, by_sector=True, closed=True)
    assert [check_ballot(one, ballot) for ballot in ballots] == [None] * len(ballots)
    shuffled = [
        Ballot(dict(data.draw(st.permutations(list(ballot.marks.items())))), ballot.sector)
        for ballot in data.draw(st.permutations(ballots))
    ]
    other = replace(one, items=tuple(data.draw(st.permutations(KEYS))))
    assert count_votes(one, ballots, {}) == count_votes(other, shuffled, {})
    assert try_rounds([(one, ballots)], {}) == try_rounds([(other, shuffled)], {})


@settings(max_examples=40)
@given(ballots=draw_ballots(VoteMethod.RANKING))
def test_a_problem_that_everybody_puts_first_stays_in_every_trial(ballots: list[Ballot]) -> None:
    planted = [
        Ballot(
            {"k0": (1,), **{key: (place[0] + 1,) for key, place in ballot.marks.items() if key != "k0"}}, ballot.sector
        )
        for ballot in ballots
    ]
    one = VoteRound("r", 1, VoteMethod.RANKING, KEYS, by_sector=True, closed=True)
    stability = try_rounds([(one, planted)], {})
    assert stability is not None
    assert "k0" in {item.key for item in stability.items if item.is_sure}
    assert count_votes(one, planted, {}).items[0].key == "k0"


@settings(max_examples=40)
@given(ballots=draw_ballots(VoteMethod.RANKING))
def test_a_planted_tie_is_flagged(ballots: list[Ballot]) -> None:
    # Each ballot comes once more with the first two problems in each other's place, and both before all others.
    pairs = []
    for ballot in ballots:
        rest = sorted((key for key in KEYS if key not in {"k0", "k1"}), key=lambda key: ballot.marks[key])
        for first in (("k0", "k1"), ("k1", "k0")):
            pairs.append(Ballot({key: (place,) for place, key in enumerate([*first, *rest], 1)}))
    one = VoteRound("r", 1, VoteMethod.RANKING, KEYS, closed=True)
    assert count_votes(one, pairs, {}).tied_first == ("k0", "k1")


LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "e", ""]), max_size=6)


@settings(max_examples=40)
@given(base=LINES, theirs=LINES, mine=LINES)
def test_whatever_either_person_wrote_anew_is_in_the_merged_note(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    merged = merge_notes("\n".join(base), "\n".join(theirs), "\n".join(mine)).split("\n")
    new = {line for line in [*theirs, *mine] if line and line not in base}
    assert new <= set(merged)


@settings(max_examples=40)
@given(base=LINES, theirs=LINES)
def test_one_persons_changes_alone_are_taken_as_they_are(base: list[str], theirs: list[str]) -> None:
    start, changed = "\n".join(base), "\n".join(theirs)
    assert merge_notes(start, changed, start) == changed
    assert merge_notes(start, start, changed) == changed
