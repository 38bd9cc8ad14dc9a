"""A store that holds codes which people took off the lists: every page still opens and shows them with a mark."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from surveys.model import Activity, Funding, Membership, Partner, Partnership, Problem, Project, Register, Territory
from tests.page_visits import Pages, load_registers

GONE = "X999"
MARKED = {"pl": "X999 (kod spoza listy)", "en": "X999 (code not on the list)"}
REGISTER = Register(
    Partnership("stare", "Stare", (Territory("9999999"),), sample=True),
    (Partner("p", "Partner", GONE, GONE, Membership(GONE, roles=(GONE,)), statutory_themes=(GONE,)),),
    problems=(Problem("x", "Problem", GONE, GONE, GONE, "", (GONE,), identified_on=date(2025, 1, 1), source=GONE),),
    projects=(Project("x", "Projekt", GONE, starts_on=date(2025, 1, 1), funding=(Funding(GONE, Decimal(100), 2025),)),),
    activities=(Activity("x", "Festyn", GONE, GONE, date(2025, 5, 1), target_groups=(GONE,), participants_count=50),),
)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("address", [{}, {"partnerstwo": "stare"}], ids=["all", "one"])
@pytest.mark.parametrize("page", ["start", "problems", "activities", "groups", "partnerships"])
def test_every_page_shows_them(
    pages_of: Callable[..., Pages], page: str, address: dict[str, str], language: str
) -> None:
    sight = pages_of(load_registers(REGISTER)).see(page, lang=language, **address).open_tables()
    for figure in sight.figures.values():
        for table in figure.tables:
            assert len(table) > 1, f"{figure.key}: a thing of a code off the list was dropped"
    if page != "start":
        assert MARKED[language] in sight.words
