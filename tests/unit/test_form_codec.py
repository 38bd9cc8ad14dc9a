"""A form that was kept is the form that was given."""

from surveys.model.form import Form, FormChoice, FormGroup, FormRow
from surveys.model.form_codec import decode_form, encode_form

FORM = Form(
    form_id="swietlica",
    version="2026-1",
    titles={"pl": "Świetlica", "en": "Community room"},
    items=(
        FormGroup(
            "o_tobie",
            labels={"pl": "O Tobie"},
            items=(
                FormRow("bywa", "select_one", "tak_nie", labels={"pl": "Czy bywa Pan/Pani?"}, required="yes", place=4),
                FormGroup("srodek", items=(FormRow("ile", "integer", relevant="${bywa} = 'tak'", max_choices=3),)),
            ),
        ),
        FormRow("uwagi", "text", extra={"bind::x": "y"}),
    ),
    lists={"tak_nie": (FormChoice("tak", {"pl": "Tak"}), FormChoice("inne", {"pl": "Inne"}, is_other=True))},
    settings={"style": "pages"},
    other_sheets={"entities": ({"list_name": "domy"}, {"list_name": "szkoly"})},
)


def test_a_form_comes_back_as_it_was() -> None:
    assert decode_form(encode_form(FORM)) == FORM


def test_an_empty_form_comes_back_too() -> None:
    assert decode_form(encode_form(Form("a", "1", {}))) == Form("a", "1", {})


def test_the_same_form_gives_the_same_text() -> None:
    assert encode_form(decode_form(encode_form(FORM))) == encode_form(FORM)
