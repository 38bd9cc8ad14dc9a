"""The page Kto już to zrobił?: examples by consent, the most alike first, as a visit one can prepare."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from docx import Document

from dashboard.access.premises import current_premises
from dashboard.filtering import FilterChoices
from dashboard.solved_story.finding import find_examples
from dashboard.solved_story.visit_note import write_visit_note
from dashboard.visit import View, Visit
from etl.store.reading import resolve_scope
from etl.store.scope import Actor, Grant, Role
from surveys.analysis.filters import Filters
from surveys.model import Funding, Membership, Partner, Partnership, Problem, Project, Register, Territory
from tests.made.odd_names import NAMES
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable
from tests.pages.test_who_sees_what import everything_sent

LONELY = Problem("x", "Samotność", "P501", "T04", "confirmed", target_groups=("G05",), severity=8)


def a_place(
    slug: str, teryt: str, *problems: Problem, sample: bool = True, name: str = "Klub", **more: object
) -> Register:
    """A partnership that finished a project for its first problem and shares what came of it."""
    project = Project(
        "p", name, "completed", finance_lead="f", problems=("x",), funding=(Funding("FS08", Decimal(9000), 2023),),
        result="Ludzie przychodzą.", result_indicator="Osoby w klubie", result_unit="osób", result_before=0,
        result_target=30, result_after=42, result_measured_on=date(2024, 2, 1), result_shared=True,
    )  # fmt: skip
    return Register(
        Partnership(slug, slug.title(), (Territory(teryt),), sample=sample),
        (Partner("f", f"Fundacja {slug.title()}", "K202", "civic", Membership("active")),),
        problems=problems,
        projects=(replace(project, **more),),
    )


TRAFFIC = replace(LONELY, uid="y", code="P802", theme="T10", target_groups=("G03",))
OWN = replace(a_place("nasze", "1433042", LONELY, TRAFFIC), projects=())
TWIN = a_place("blizniak", "1415072", LONELY, TRAFFIC)
TOWN = a_place("amiasto", "1433011", LONELY)
RELATED = a_place("pokrewne", "1433042", replace(LONELY, code="P503"))


def test_the_planted_best_match_comes_first_and_related_problems_last(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(OWN, TOWN, RELATED, TWIN))
    sight = pages.see("solved", partnerstwo="nasze", **{"problem-wspolny": "P501"})
    titles = [heading for heading in sight.headings if heading.startswith("###")]
    assert [title.split(":")[0] for title in titles] == ["### Blizniak", "### Amiasto", "### Pokrewne"]
    words = sight.words
    assert "Osoby w klubie: z 0 na 42 (osób). Celem było: 30. Zmierzono: 1 lutego 2024." in words
    assert "Kosztowało: 9\u00a0000\u00a0zł. Zapłacono z: Małe granty." in words
    assert "Do kogo zadzwonić: Fundacja Blizniak (Blizniak)." in words
    assert "Bardzo podobne do Waszego partnerstwa (gmina wiejska)." in words
    assert sum(button.label.startswith("Notatka na wizytę") for button in sight.at.get("download_button")) == 3


def test_without_a_partnership_the_order_is_alphabetical_and_it_is_said(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(OWN, TWIN, TOWN)).see("solved", **{"problem-wspolny": "P501"})
    titles = [heading for heading in sight.headings if heading.startswith("###")]
    assert [title.split(":")[0] for title in titles] == ["### Amiasto", "### Blizniak"]
    assert "kolejność jest alfabetyczna" in sight.words


def test_nothing_shared_is_said_and_one_s_own_results_are_invited(pages_of: Callable[..., Pages]) -> None:
    unshared = a_place("nasze", "1433042", LONELY, result_shared=None)
    sight = pages_of(load_registers(unshared)).see("solved", partnerstwo="nasze", **{"problem-wspolny": "P501"})
    assert "Nikt jeszcze nie udostępnił" in sight.words
    assert "Możecie pomóc innym" in sight.words
    assert [link.page for link in sight.links] == ["wgraj"]


def test_a_member_sees_shared_results_of_others_and_nothing_else_of_them(pages_of: Callable[..., Pages]) -> None:
    secret = replace(LONELY, uid="s", name="Kanarek problem", code="P301", target_groups=("G20",))
    other = a_place("obce", "1415072", LONELY, secret, sample=False)
    silent = a_place("milczace", "1415072", LONELY, sample=False, name="Kanarek projekt", result_shared=False)
    own = replace(OWN, partnership=replace(OWN.partnership, sample=False))
    pages = pages_of(load_registers(own, other, silent))
    pages.actor = Actor("ola", 7, frozenset({Grant(Role.PARTICIPANT, "nasze")}))
    sight = pages.see("solved", partnerstwo="nasze", **{"problem-wspolny": "P501"})
    assert "Fundacja Obce" in sight.words
    assert "Kanarek" not in everything_sent(sight)
    assert "Milczace" not in everything_sent(sight)
    assert "wiadomo tylko, gdzie działają i co zgodziły się pokazać" in sight.words
    pages.actor = Actor("nikt", 8)
    assert "Fundacja" not in everything_sent(pages.see("solved", **{"problem-wspolny": "P501"}))


def test_the_note_for_a_visit_holds_what_the_page_says(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(OWN, TWIN))
    pages.see("solved", partnerstwo="nasze")
    with current_premises().store.read() as connection:
        scope = resolve_scope(connection, pages.actor, sample=True)
    view = View("pl", scope, FilterChoices({"nasze": "Nasze"}, None), Filters("nasze"))
    (example,) = find_examples(Visit(view, pages.actor), "P501")
    text = "\n".join(one.text for one in Document(io.BytesIO(write_visit_note(view, example))).paragraphs)
    for words in ("Wizyta studyjna: Blizniak", "z 0 na 42 (osób)", "Fundacja Blizniak", "O co zapytać", "wymyślone"):
        assert words in text


def test_odd_names_and_missing_parts(pages_of: Callable[..., Pages]) -> None:
    name = "\n".join(NAMES.values())[:250]
    bare = a_place(
        "dziwne", "99", LONELY, name=name, finance_lead=None, funding=(), result="", result_unit="",
        result_before=None, result_target=None, result_measured_on=None,
    )  # fmt: skip
    sight = pages_of(load_registers(OWN, bare)).see("solved", partnerstwo="nasze", **{"problem-wspolny": "P501"})
    assert "stanu sprzed projektu nie wpisano" in sight.words
    assert "Kosztowało: nie wpisano. Zapłacono z: nie wpisano." in sight.words


def test_the_sample_has_examples_in_both_languages(sample_pages: Pages) -> None:
    for language in ("pl", "en"):
        sight = sample_pages.see("solved", partnerstwo="liw", lang=language, **{"problem-wspolny": "P501"})
        assert_complete(sight)
        assert_readable(sight)


def test_before_a_problem_is_chosen_the_page_leads_to_those_with_examples(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(OWN, TWIN, TOWN)).see("solved", partnerstwo="nasze")
    assert {(link.page, link.query) for link in sight.links} >= {("kto-juz", "partnerstwo=nasze&problem-wspolny=P501")}
    empty = pages_of(load_registers(OWN)).see("solved", partnerstwo="nasze")
    assert "Nikt jeszcze nie udostępnił zmierzonego wyniku." in empty.words
