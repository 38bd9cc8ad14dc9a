"""Who should meet: across sectors first, by what both care for, never those who have met."""

from surveys.analysis.introductions import Interests, suggest_introductions

SENIORS = Interests(groups=frozenset({"G05"}))
BOTH = Interests(frozenset({"T04"}), frozenset({"G05"}), frozenset({"p1"}))


def pairs(interests: dict[str, Interests], sectors: dict[str, str], *ties: str, most: int = 10) -> list[str]:
    found = suggest_introductions(interests, sectors, [frozenset(tie) for tie in ties], most=most)
    return [f"{pair.one}{pair.two}" for pair in found]


def test_pairs_across_sectors_come_before_those_with_more_in_common() -> None:
    interests = {"a": BOTH, "b": BOTH, "c": SENIORS}
    assert pairs(interests, {"a": "public", "b": "public", "c": "civic"}) == ["ac", "bc", "ab"]


def test_those_who_have_met_or_have_nothing_in_common_are_not_suggested() -> None:
    interests = {"a": SENIORS, "b": SENIORS, "c": Interests(themes=frozenset({"T01"}))}
    assert pairs(interests, dict.fromkeys("abc", "civic")) == ["ab"]
    assert pairs(interests, dict.fromkeys("abc", "civic"), "ab") == []


def test_a_pair_says_what_both_care_for_and_who_knows_both() -> None:
    interests = {"a": BOTH, "b": BOTH, "c": Interests()}
    (pair,) = suggest_introductions(
        interests, {"a": "", "b": "civic", "c": "civic"}, [frozenset("ac"), frozenset("bc")]
    )
    assert pair.shared == BOTH
    assert pair.through == "c"
    assert not pair.across, "a sector that nobody wrote down crosses none"


def test_nobody_is_suggested_more_than_twice() -> None:
    interests = dict.fromkeys("abcdefgh", SENIORS)
    found = pairs(interests, dict.fromkeys("abcdefgh", "civic"), most=99)
    assert max("".join(found).count(letter) for letter in "abcdefgh") == 2
