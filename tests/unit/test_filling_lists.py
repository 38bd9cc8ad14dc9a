"""Lists that a partnership fills in before it asks."""

from surveys.model import Membership, Partner, Partnership, Register
from surveys.questionnaires import load_form, questionnaire_of
from surveys.questionnaires.filling_lists import fill_list, lists_to_fill, partner_names


def partner(name: str, kind: str = "K109", status: str = "active") -> Partner:
    return Partner(f"uid-{name}", name, kind, "public", Membership(status))


def test_a_form_says_which_lists_wait_until_they_are_filled():
    form = load_form("cooperation")
    assert lists_to_fill(form) == {"own_partner": "partners", "partners": "partners"}
    assert lists_to_fill(load_form("residents")) == {}
    for name in ("own_partner", "partners"):
        form = fill_list(form, name, ["Biblioteka", "OSP Liw"])
    assert lists_to_fill(form) == {}


def test_partners_stand_before_the_lists_own_options_once_and_in_every_language():
    form = fill_list(load_form("cooperation"), "partners", ["Biblioteka", "OSP Liw", "biblioteka"])
    again = fill_list(form, "partners", ["OSP Liw"])
    options = again.lists["partners"]
    assert [option.labels["pl"] for option in options] == ["Biblioteka", "OSP Liw", "Z nikim z tej listy"]
    assert options[0].labels["en"] == "Biblioteka"
    asked = next(one for one in questionnaire_of(again).questions if one.name == "network_event")
    assert [choice.label_en for choice in asked.choices] == ["Biblioteka", "OSP Liw", "With nobody on this list"]


def test_neither_those_who_left_nor_persons_are_named():
    partners = (
        partner("Żabka"), partner("Łąka", status="suspended"), partner("Dąb", status="withdrawn"),
        partner("Jan Nowak", kind="K401"), partner("Zamek"),
    )  # fmt: skip
    assert partner_names(Register(Partnership("liw", "Liw"), partners=partners)) == ["Łąka", "Zamek", "Żabka"]
