"""The page Kto może być wnioskodawcą: who may, who may not and why, what to fill in, which theme nobody can carry."""

from collections.abc import Callable
from dataclasses import replace

from surveys.model import Membership, Partner, Partnership, Register
from surveys.vocabulary import load
from tests.made.odd_names import NAMES, name_everything
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

ACTIVE = Membership("active")
MOST = tuple(code for code in load().themes.codes if code not in {"T07", "T09"})
REGISTER = Register(
    Partnership("liw", "Liw", sample=True),
    (
        Partner("u", "Urząd", "K101", "public", ACTIVE, has_legal_personality=True, statutory_themes=("T10",)),
        Partner("f", "Fundacja", "K202", "civic", ACTIVE, has_legal_personality=True, can_contribute=False,
                statutory_themes=MOST, founded_by_partnership=True),
        Partner("k", "KGW", "K203", "civic", ACTIVE),
        Partner("a", "Anna Nowak", "K401", "other", ACTIVE, has_legal_personality=False, statutory_themes=("T04",)),
    ),
)  # fmt: skip


def test_who_may_apply_and_who_may_not(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(REGISTER))
    sight = pages.see("applicants", partnerstwo="liw", obszar="T04", zrodlo="FS18")
    words = sight.words.replace("**", "")
    assert (
        "Fundacja (organizacja powołana przez partnerstwo): spełnia warunki, wkład własny nie jest potrzebny" in words
    )
    assert "KGW: wpisz, czy ma osobowość prawną; wpisz tematy ze statutu" in words
    assert "Urząd: to źródło nie jest dla takich podmiotów" in words
    assert "mieszkaniec 1: to źródło" in words
    assert "Nowak" not in words
    assert [link.page for link in sight.links] == ["wgraj"]
    assert "sprawdź go, zanim zaczniecie pisać" in words


def test_a_closed_source_says_so_and_a_theme_alone_names_sources_without_contribution(
    pages_of: Callable[..., Pages],
) -> None:
    pages = pages_of(load_registers(REGISTER))
    assert "nie jest już dostępne" in pages.see("applicants", partnerstwo="liw", obszar="T04", zrodlo="FS11").words
    theme = pages.see("applicants", partnerstwo="liw", obszar="T02").words
    assert "Bez wkładu własnego" in theme
    assert "1,5% podatku PIT" in theme.replace("\\", "")


def test_themes_nobody_can_carry_make_the_case_for_an_organisation(pages_of: Callable[..., Pages]) -> None:
    known = replace(REGISTER, partners=(*REGISTER.partners[:2], REGISTER.partners[3]))
    figure = pages_of(load_registers(known)).see("applicants", partnerstwo="liw").figures["applicants-themes"]
    assert "2 tematy, których nie może wziąć na siebie żaden partner:** Praca i przedsiębiorczość, Bezpieczeństwo" in (
        figure.sentence
    )
    assert "argument za powołaniem własnego stowarzyszenia" in figure.sentence
    unsure = pages_of(load_registers(REGISTER)).see("applicants", partnerstwo="liw").figures["applicants-themes"]
    assert "O 2 tematach nie wiadomo" in unsure.sentence
    assert "argument" not in unsure.sentence


def test_every_partnership_is_a_line_and_pages_are_complete(sample_pages: Pages, sample_truth) -> None:
    assert len(sample_pages.see("applicants").links) == len(sample_truth)
    for language in ("pl", "en"):
        sight = sample_pages.see("applicants", partnerstwo="liw", obszar="T04", zrodlo="FS12", lang=language)
        assert_complete(sight)
        assert_readable(sight)


def test_names_nobody_should_write_and_nobody_at_all(pages_of: Callable[..., Pages]) -> None:
    strange = name_everything("\n".join(NAMES.values())[:300], "dziwne")
    pages = pages_of(load_registers(strange, Register(Partnership("nowe", "Nowe", sample=True))))
    assert "Nie wpisano jeszcze partnerów." in pages.see("applicants", partnerstwo="nowe", obszar="T04").words
    assert pages.see("applicants", partnerstwo="dziwne", obszar="T04", zrodlo="FS07").headings
