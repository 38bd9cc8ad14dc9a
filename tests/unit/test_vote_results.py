"""Results of votes: by each method, with splits, ties, majorities, groups; what the gate hides; whether it stands."""

import pytest

from dashboard.meetings.result_words import list_lines, say_result, say_stability
from dashboard.texts import say
from surveys.analysis.decision_stability import Change
from surveys.analysis.meeting_stability import try_rounds
from surveys.analysis.priorities import Quadrant
from surveys.analysis.vote_results import count_votes, group_voters
from surveys.language.texts import LANGUAGES
from surveys.model.meeting import Ballot, VoteMethod, VoteRound
from surveys.privacy.published import Source, State
from surveys.privacy.vote_gate import publish_votes

ITEMS = ("a", "b", "c", "d")
TITLES = {"a": "Autobusy", "b": "Bezrobocie", "c": "Cisza", "d": "Drogi"}
SOURCE = Source({"pl": "", "en": ""})


def round_of(method: VoteMethod, most: int = 3, **more: object) -> VoteRound:
    return VoteRound("r", 1, method, ITEMS, most, closed=True, **more)  # type: ignore[arg-type] # fields by name


def rank(*keys: str, sector: str = "") -> Ballot:
    return Ballot({key: (place,) for place, key in enumerate(keys, 1)}, sector)


def rate(method: VoteMethod, **marks: tuple[int, ...]) -> Ballot:
    filled = {"a": (5, 5), "b": (5, 5), "c": (5, 5), "d": (5, 5)} | marks
    if method is VoteMethod.HANLON:
        filled = {key: values if len(values) == 7 else (*values, 1, 1, 1, 1, 1) for key, values in filled.items()}
    return Ballot(filled)


def scores(one: VoteRound, ballots: list[Ballot], **shares: float) -> dict[str, float]:
    return {item.key: item.score for item in count_votes(one, ballots, shares).items}


def test_nominal_group_gives_k_points_to_the_first() -> None:
    result = count_votes(round_of(VoteMethod.NOMINAL), [rank("a", "b"), rank("a", "c", "b"), rank("b")], {})
    assert {item.key: (item.score, item.voters, item.low, item.high, item.place) for item in result.items} == {
        "a": (6, 2, 3, 3, 1),
        "b": (6, 3, 1, 3, 1),
        "c": (2, 1, 2, 2, 3),
        "d": (0, 0, 0, 0, 4),
    }
    assert result.tied_first == ("a", "b")


def test_dots_are_summed_and_a_divided_room_is_told() -> None:
    ballots = [Ballot({"a": (3,)})] * 3 + [Ballot({"b": (1,), "c": (2,)})] * 3
    result = count_votes(round_of(VoteMethod.DOTS), ballots, {})
    assert [(item.key, item.score, item.split) for item in result.items] == [
        ("a", 9, True),
        ("c", 6, True),
        ("b", 3, False),
        ("d", 0, False),
    ]


def test_a_majority_against_the_winner_is_flagged() -> None:
    # Three of five put b before a, and a wins by points.
    ballots = [rank("b", "a", "c", "d")] * 3 + [rank("a", "c", "d", "b")] * 2
    result = count_votes(round_of(VoteMethod.RANKING), ballots, {})
    assert (result.items[0].key, result.beaten_by) == ("a", ("b",))
    assert "Uwaga" in " ".join(say_result(round_of(VoteMethod.RANKING), publish(result), TITLES, "pl"))


def test_hanlon_takes_the_size_from_the_survey_and_pearl_drops() -> None:
    method = VoteMethod.HANLON
    ballots = [rate(method, a=(8, 5), b=(8, 5, 1, 1, 1, 1, 0))] * 2 + [rate(method, a=(8, 5), b=(8, 5))]
    result = count_votes(round_of(method), ballots, {"a": 0.41})
    of_a, of_b = (next(item for item in result.items if item.key == key) for key in "ab")
    assert of_a.score == (9 + 2 * 8) * 5
    assert (of_b.score, of_b.dropped) == (0, ("legality",))


def test_matrix_cuts_at_the_middle_of_the_scale() -> None:
    method = VoteMethod.MATRIX
    result = count_votes(round_of(method), [rate(method, a=(5, 2), b=(3, 3), c=(1, 5), d=(1, 1))] * 2, {})
    assert {item.key: item.quadrant for item in result.items} == {
        "a": Quadrant.PREPARE,
        "b": Quadrant.DO_FIRST,
        "c": Quadrant.IF_TIME,
        "d": Quadrant.LEAVE,
    }


def opinions(sector: str, **given: int) -> Ballot:
    return Ballot({key: (given.get(key, 0),) for key in ITEMS}, sector)


def test_consensus_lets_no_group_outvote_another() -> None:
    # Ten civic voters like a, five public ones do not; b is liked by most of both.
    ballots = [opinions("civic", a=1, b=1)] * 10 + [opinions("public", a=-1, b=1)] * 5
    one = round_of(VoteMethod.CONSENSUS, by_sector=True)
    result = count_votes(one, ballots, {})
    assert result.groups == {"civic": 10, "public": 5}
    by_key = {item.key: item.score for item in result.items}
    assert by_key["b"] == pytest.approx(11 / 12 * 6 / 7)
    assert by_key["a"] == pytest.approx(11 / 12 * 1 / 7)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"civic": 10, "public": 5}, {"civic": 10, "public": 5}),
        ({"civic": 10, "public": 3, "business": 2}, {"civic": 10, "": 5}),
        ({"civic": 6, "public": 6, "business": 1}, {"civic": 6, "": 7}),
        ({"civic": 4, "public": 4, "business": 4}, {}),
        ({"civic": 9, "": 2}, {}),
    ],
)
def test_no_group_of_fewer_than_five_is_told_apart(sizes: dict[str, int], groups: dict[str, int]) -> None:
    ballots = [Ballot({}, sector) for sector, size in sizes.items() for _ in range(size)]
    found = group_voters(ballots)
    assert sum(found.values()) in {0, len(ballots)}
    assert all(size >= 5 for size in found.values())
    # Which of two equal sectors joins the small ones is decided by their names, the same way every time.
    assert sorted(found.values()) == sorted(groups.values())


def publish(result):  # type: ignore[no-untyped-def] # a short way for these tests
    return publish_votes(result, TITLES, unit="points", source=SOURCE)


@pytest.mark.parametrize("voters", range(1, 5))
def test_fewer_than_five_votes_show_nothing(voters: int) -> None:
    one = round_of(VoteMethod.NOMINAL)
    shown = publish(count_votes(one, [rank("b", "a")] * voters, {}))
    assert (shown.result, shown.voters) == (None, None)
    assert {(row.state, row.value) for row in shown.table.rows} == {(State.SUPPRESSED, None)}
    # Not even the order of the rows tells.
    assert [row.keys for row in shown.table.rows] == [("a",), ("b",), ("c",), ("d",)]
    assert list_lines(shown, TITLES, "pl") == []


def test_what_one_or_two_people_gave_is_not_spread_out() -> None:
    one = round_of(VoteMethod.NOMINAL)
    ballots = [rank("a")] * 5 + [rank("b", "a")] * 2
    lines = {line.key: line.spread for line in list_lines(publish(count_votes(one, ballots, {})), TITLES, "pl")}
    assert lines == {"a": "7 osób, od 2 do 3", "b": "mniej niż 3 osoby", "c": "nikt", "d": "nikt"}
    against = [opinions("", a=1)] * 6 + [opinions("", a=-1)]
    consensus = round_of(VoteMethod.CONSENSUS)
    shown = {line.key: line.spread for line in list_lines(publish(count_votes(consensus, against, {})), TITLES, "pl")}
    assert shown["a"] == say("meetings.result.spread.hidden", "pl")
    assert shown["b"] == "za 0, przeciw 0, bez zdania 7"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", list(VoteMethod))
def test_every_method_is_said_in_words(method: VoteMethod, language: str) -> None:
    one = round_of(method, hands={"a": 6, "b": 2}, people=7)
    ballots = {
        VoteMethod.NOMINAL: [rank("a", "b")] * 6,
        VoteMethod.DOTS: [Ballot({"a": (2,)})] * 6,
        VoteMethod.RANKING: [rank("a", "b", "c", "d")] * 6,
        VoteMethod.HANLON: [rate(method, a=(9, 9))] * 6,
        VoteMethod.MATRIX: [rate(method, a=(5, 5), b=(1, 1), c=(1, 1), d=(1, 1))] * 6,
        VoteMethod.CONSENSUS: [opinions("", a=1)] * 6,
        VoteMethod.HANDS: [],
    }[method]
    shown = publish(count_votes(one, ballots, {}))
    said = say_result(one, shown, TITLES, language)  # type: ignore[arg-type] # one of ours
    assert "Autobusy" in said[0]
    lines = list_lines(shown, TITLES, language)  # type: ignore[arg-type] # one of ours
    assert lines[0].key == "a"
    assert all(line.score for line in lines)


def test_a_dominant_problem_stays_in_every_trial_and_a_divided_room_is_told() -> None:
    one = round_of(VoteMethod.NOMINAL, by_sector=True)
    ballots = [rank("a", other, sector=sector) for other in "bcd" for sector in ("civic", "public", "business")]
    stability = try_rounds([(one, ballots)], {})
    assert stability is not None
    first = stability.items[0]
    assert (first.key, first.share, first.is_sure) == ("a", 1.0, True)
    tried = {Change.METHOD: 2, Change.SECTOR: 6, Change.PERSON: 18, Change.WEIGHTS: 2}
    assert first.by_change == {change: (1.0, number) for change, number in tried.items()}
    assert not any(item.is_sure for item in stability.items[1:])
    said = say_stability(stability, TITLES, "pl")
    assert said[0].startswith("Częściowo: 1 z pierwszych 3")
    assert "100\u00a0% prób (liczone na różne sposoby: 2 z 2; bez jednego sektora: 6 z 6" in said[1]


def test_hanlon_is_tried_with_other_weights() -> None:
    method = VoteMethod.HANLON
    ballots = [rate(method, a=(9, 9), b=(8, 8), c=(7, 7), d=(1, 1))] * 6
    stability = try_rounds([(round_of(method), ballots)], {})
    assert stability is not None
    assert {item.key: item.by_change[Change.WEIGHTS] for item in stability.items} == dict.fromkeys("abc", (1.0, 4))
    # Alike in how sure they are, they stand as the vote has them.
    worst_first = [rate(method, a=(7, 7), b=(8, 8), c=(9, 9), d=(1, 1))] * 6
    turned = try_rounds([(round_of(method), worst_first)], {})
    assert turned is not None
    assert [item.key for item in turned.items] == ["c", "b", "a"]
    assert say_stability(stability, TITLES, "pl")[0].startswith("Tak.")


def test_too_few_votes_say_nothing_of_stability() -> None:
    assert try_rounds([(round_of(VoteMethod.NOMINAL), [rank("a")] * 4)], {}) is None
    assert try_rounds([(round_of(VoteMethod.HANDS, hands={"a": 4}, people=4), [])], {}) is None
    assert try_rounds([], {}) is None


def test_many_divided_problems_are_not_all_read_out() -> None:
    method = VoteMethod.MATRIX
    ballots = [rate(method, **dict.fromkeys("abcd", (low, 3))) for low in (1, 1, 1, 5, 5, 5)]
    said = say_result(round_of(method), publish(count_votes(round_of(method), ballots, {})), TITLES, "pl")
    (sentence,) = (one for one in said if one.startswith("Zdania są podzielone"))
    assert "„Cisza”" in sentence
    assert "„Drogi” (i" not in sentence
    assert "(i o jeszcze 1, zaznaczone w tabeli)" in sentence


SECTORS = ("civic", "public", "business")


@pytest.mark.parametrize("method", list(VoteMethod))
def test_a_planted_dominant_problem_stays_in_all_trials_and_a_planted_tie_is_shared(method: VoteMethod) -> None:
    """ "a" is everybody's, "d" nobody's; "b" and "c" are alike, whoever is left out."""
    one = round_of(method, most=5, by_sector=True, hands={"a": 12, "b": 6, "c": 6}, people=12)

    def ballot(number: int) -> Ballot:
        second, third = ("b", "c") if number % 2 else ("c", "b")
        sector = SECTORS[number // 2 % 3]
        marks = {
            VoteMethod.NOMINAL: {"a": (1,), second: (2,), third: (3,)},
            VoteMethod.DOTS: {"a": (3,), second: (1,), third: (1,)},
            VoteMethod.RANKING: {"a": (1,), second: (2,), third: (3,), "d": (4,)},
            VoteMethod.HANLON: {key: (*rating, 1, 1, 1, 1, 1) for key, rating in RATINGS.items()},
            VoteMethod.MATRIX: {key: (rating[0] // 2, rating[1] // 2) for key, rating in RATINGS.items()},
            VoteMethod.CONSENSUS: {"a": (1,), second: (1,), third: (0,), "d": (-1,)},
        }
        return Ballot(marks.get(method, {}), sector)

    ballots = [] if method is VoteMethod.HANDS else [ballot(number) for number in range(12)]
    result = count_votes(one, ballots, {})
    assert [item.place for item in result.items] == [1, 2, 2, 4]
    # Of two that are chosen the tie is for the last place: each has half of it where nobody is left out.
    monkey = pytest.MonkeyPatch()
    with monkey.context() as fewer:
        fewer.setattr("surveys.analysis.meeting_stability.TOP", 2)
        stability = try_rounds([(one, ballots)], {})
    assert stability is not None
    by_key = {item.key: item for item in stability.items}
    assert by_key["a"].share == 1.0
    assert by_key["b"].by_change[Change.METHOD][0] == by_key["c"].by_change[Change.METHOD][0] == 0.5
    assert by_key["b"].share == by_key["c"].share == 0.5
    assert "d" not in by_key
    assert not by_key["b"].is_sure


RATINGS = {"a": (10, 10), "b": (6, 6), "c": (6, 6), "d": (2, 2)}


def test_pearl_counts_in_the_trials_too() -> None:
    """The highest rated problem that fails PEARL for most people is no first one."""
    method = VoteMethod.HANLON
    ballots = [
        Ballot({key: (*rating, *([0] if key == "a" else [1]), 1, 1, 1, 1) for key, rating in RATINGS.items()})
        for _ in range(6)
    ]
    stability = try_rounds([(round_of(method), ballots)], {})
    assert stability is not None
    assert {item.key for item in stability.items if item.is_sure} == {"b", "c", "d"}
