"""Whoever looks sees the partnerships they hold a role in, on every page, whatever the address says."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.texts import say
from etl.sample.loading import load_sample
from etl.store.scope import Actor, Grant, Role
from surveys.model import Register
from tests.made.registers import make_register
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import VISITOR, Pages, go, load_registers
from tests.sight import Sight

READING = ["start", "problems", "activities", "groups", "results", "partnerships"]
SECRETS = {"gora": "Kanarek-Gora", "dol": "Kanarek-Dol"}


def mark_register(slug: str, word: str, *, sample: bool = False) -> Register:
    """A register in which every name holds a word of its own."""
    register = make_register(slug)
    return replace(
        register,
        partnership=replace(register.partnership, name=f"{word} sp", aims=f"{word} cele", sample=sample),
        partners=tuple(replace(one, name=f"{word} partner {one.uid}") for one in register.partners),
        problems=tuple(replace(one, name=f"{word} problem") for one in register.problems),
        projects=tuple(replace(one, name=f"{word} projekt") for one in register.projects),
        activities=tuple(replace(one, name=f"{word} działanie") for one in register.activities),
    )


def an_actor(*grants: Grant, number: int = 7) -> Actor:
    return Actor(name=f"osoba{number}", user_id=number, grants=frozenset(grants))


def everything_sent(sight: Sight) -> str:
    """Every byte of the page that goes to the browser."""
    return "".join(str(getattr(node, "proto", "")) for node in sight.at.main)


@pytest.fixture
def two_houses(pages_of: Callable[..., Pages]) -> Pages:
    """Two real partnerships with surveys, each with its secret word, and an invented one."""
    surveys = [
        load_survey_of(
            slug, people=40, counts={"P501": 40, "own": 20}, name=f"{word} pomiar",
            question=make_question({"P501": "x", "own": f"{word} odpowiedź"}),
        )
        for slug, word in SECRETS.items()
    ]  # fmt: skip
    registers = [mark_register(slug, word) for slug, word in SECRETS.items()]
    return pages_of(load_registers(*registers, mark_register("zmyslone", "Wymysł", sample=True)), *surveys)


def look_everywhere(pages: Pages, **address: str) -> str:
    looks = [pages.see(page, **address).open_tables() for page in READING]
    return "".join(everything_sent(sight) for sight in looks)


def test_a_participant_sees_their_own_partnership_and_no_other(two_houses: Pages) -> None:
    for role in (Role.PARTICIPANT, Role.COORDINATOR):
        for own, other in (("gora", "dol"), ("dol", "gora")):
            two_houses.actor = an_actor(Grant(role, own))
            for slug in ("", own, other):
                sent = look_everywhere(two_houses, partnerstwo=slug, problem="P501" if slug == other else "")
                assert SECRETS[own] in sent
                assert SECRETS[other] not in sent
                assert "Wymysł" not in sent


def test_an_address_of_a_partnership_one_may_not_see_looks_like_one_that_is_not_there(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gora"))
    for page in READING:
        forbidden = two_houses.see(page, partnerstwo="dol")
        absent = two_houses.see(page, partnerstwo="nie-ma-takiego")
        assert forbidden.words == absent.words
        assert forbidden.address == absent.address == {}


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_link_to_a_partnership_one_may_not_see_is_answered_in_words(two_houses: Pages, language: str) -> None:
    words = say("filters.partnership_unknown", language)
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gora"))
    for page in READING:
        for slug in ("dol", "nie-ma-takiego"):
            assert [one.value for one in two_houses.see(page, partnerstwo=slug, lang=language).at.info] == [words]
        assert not two_houses.see(page, partnerstwo="gora", lang=language).at.info


def test_that_answer_goes_once_somebody_goes_on(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gora"))
    sight = two_houses.see("problems", partnerstwo="dol")
    assert Sight(sight.at.run()).at.info
    assert not sight.choose(filter_partnership="gora").at.info
    assert not go(two_houses.see("problems", partnerstwo="dol"), "activities").at.info


def test_boris_sees_all_real_partnerships(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.BORIS))
    sent = look_everywhere(two_houses)
    assert all(word in sent for word in SECRETS.values())
    assert "Wymysł" not in sent
    assert "wymyślone" not in sent


@pytest.mark.parametrize("grants", [(), (Grant(Role.ADMINISTRATOR),)], ids=["no role", "administrator"])
def test_an_account_without_a_partnership_sees_no_answers(two_houses: Pages, grants: tuple[Grant, ...]) -> None:
    two_houses.actor = an_actor(*grants)
    for page in READING:
        sight = two_houses.see(page)
        assert "Nie ma jeszcze żadnych danych" in sight.words
        assert not any(word in everything_sent(sight) for word in (*SECRETS.values(), "Wymysł"))


def test_a_visitor_sees_invented_data_only_and_is_told_so(two_houses: Pages) -> None:
    sent = look_everywhere(two_houses)
    assert "Wymysł" in sent
    assert not any(word in sent for word in SECRETS.values())
    for page in READING:
        assert "wymyślone" in two_houses.see(page).words


def test_invented_and_real_data_are_never_on_one_page(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.BORIS))
    real = two_houses.see("start")
    assert "**2 partnerstwa**" in real.words
    invented = real.choose(data_kind="sample")
    assert "**1 partnerstwo**" in invented.words
    assert "wymyślone" in invented.words
    assert not any(word in everything_sent(invented) for word in SECRETS.values())


def test_figures_kept_for_one_person_are_not_shown_to_the_next(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.BORIS))
    look_everywhere(two_houses)
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gora"), number=8)
    assert SECRETS["dol"] not in look_everywhere(two_houses)
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "dol"), number=9)
    assert SECRETS["gora"] not in look_everywhere(two_houses)


def test_a_right_that_ends_ends_in_an_open_page(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gora"))
    sight = two_houses.see("partnerships", partnerstwo="gora")
    assert SECRETS["gora"] in sight.words
    two_houses.actor = VISITOR
    assert SECRETS["gora"] not in everything_sent(Sight(sight.at.run()))


def test_new_data_are_seen_at_the_next_click(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of()
    sight = pages.see("start")
    assert "Nie ma jeszcze żadnych danych" in sight.words
    pages.change(load_sample)
    assert "**13 partnerstw**" in Sight(sight.at.run()).words


def test_somebody_without_data_of_their_own_is_led_to_the_invented_ones_and_back(two_houses: Pages) -> None:
    two_houses.actor = an_actor(Grant(Role.PARTICIPANT, "gdzie-indziej"))
    sight = two_houses.see("start")
    assert say("empty.sample_note", "pl") in sight.words
    sight = sight.press("show-sample")
    assert "Wymysł sp" in sight.words
    (switch,) = (one for one in sight.at.get("button_group") if one.key == "data_kind")
    assert switch.value == "sample"
    back = Sight(switch.set_value("real").run())
    assert "Wymysł" not in back.words


def test_nobody_is_led_to_invented_data_that_are_not_there(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(mark_register("gora", "Kanarek")))
    pages.actor = an_actor(Grant(Role.PARTICIPANT, "gdzie-indziej"))
    assert say("empty.sample_note", "pl") not in pages.see("start").words
