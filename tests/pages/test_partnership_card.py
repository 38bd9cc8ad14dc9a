"""One partnership's card says what the register holds of it, and no more."""

from collections import Counter

import pytest

from surveys.language.numerals import format_date, format_money_pln
from surveys.vocabulary import load
from tests.page_visits import Pages


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_card_holds_what_was_entered(sample_pages: Pages, sample_truth, language) -> None:
    lists = load()
    for slug, sample in sample_truth.items():
        register = sample.register
        sight = sample_pages.see("partnerships", partnerstwo=slug, lang=language).open_tables()
        assert sight.title == register.partnership.name
        assert register.partnership.aims in sight.words
        assert format_date(register.partnership.founded_on, language) in sight.words
        for partner in register.partners:
            assert partner.name in sight.words
        for project in register.projects:
            assert project.name in sight.words
        sectors = Counter(one.sector for one in register.partners if one.membership.status != "withdrawn")
        assert sight.figures["card-sectors"].numbers() == {
            lists.sectors.label(code, language): str(count) for code, count in sectors.items()
        }
        money = sum(one.amount_pln or 0 for project in register.projects for one in project.funding)
        assert format_money_pln(money, language) in sight.figures["card-funding"].sentence


def test_rules_are_said_or_said_to_be_missing(sample_pages: Pages, sample_truth) -> None:
    without = 0
    for slug, sample in sample_truth.items():
        words = sample_pages.see("partnerships", partnerstwo=slug).words
        rules = sample.register.partnership.rules
        if rules is None:
            without += 1
            assert "Nie wpisano regulaminu." in words
        else:
            assert f"Wersja {rules.version}, przyjęta: {format_date(rules.adopted_on, 'pl')}." in words
    assert 0 < without < len(sample_truth), "the sample has partnerships of both kinds"


def test_the_coordination_team_is_named(sample_pages: Pages, sample_truth) -> None:
    for slug, sample in sample_truth.items():
        lines = sample_pages.see("partnerships", partnerstwo=slug).words.split("\n")
        for partner in sample.register.partners:
            roles = set(partner.membership.roles)
            if roles & {"coordination", "coordinator"}:
                end = " – koordynator" if "coordinator" in roles else ""
                assert f"- {partner.name}{end}" in lines


@pytest.mark.parametrize(("language", "words"), [("pl", "Karta pokazuje wszystko"), ("en", "The card shows every")])
def test_a_card_says_that_filters_do_not_change_it(sample_pages: Pages, language: str, words: str) -> None:
    assert words not in sample_pages.see("partnerships", partnerstwo="liw", lang=language).words
    for chosen in ({"temat": "T04"}, {"grupa": "G05"}, {"od": "2023"}):
        assert words in sample_pages.see("partnerships", partnerstwo="liw", lang=language, **chosen).words
        assert words not in sample_pages.see("partnerships", lang=language, **chosen).words


def test_one_click_leads_from_a_card_back_to_the_list(sample_pages: Pages) -> None:
    card = sample_pages.see("partnerships", partnerstwo="liw", temat="T04")
    assert "Wszystkie partnerstwa" in card.words
    back = card.press("all-partnerships")
    assert back.title == "Partnerstwa"
    assert back.address == {"temat": "T04"}, "what else was chosen stays"
