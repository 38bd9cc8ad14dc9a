"""A form that has everything the web form knows, and an open collection of it."""

from datetime import date

from etl.store.collection_rows import Access, Notice
from etl.store.collections import NewCollection, add_codes, open_collection, prepare_collection
from etl.store.engine import Store
from etl.store.moments import utc_now
from etl.store.scope import Actor
from surveys.filling import FillableForm, Layout, make_fillable
from surveys.model.form import Form, FormChoice, FormGroup, FormRow

MACHINE = Actor.at_machine()
TODAY = date(2026, 11, 27)
YES, NO = FormChoice("yes", {"pl": "Tak", "en": "Yes"}), FormChoice("no", {"pl": "Nie", "en": "No"})
IDEAS = {"books": "Książki", "games": "Gry", "tea": "Herbata"}
UNSURE = FormChoice("unsure", {"pl": "Trudno powiedzieć", "en": "Hard to say"}, missing="dont_know")

FORM = Form(
    form_id="swietlica",
    version="2026-1",
    titles={"pl": "Ankieta o świetlicy", "en": "Survey of the community room"},
    items=(
        FormGroup(
            "visits",
            labels={"pl": "Wizyty", "en": "Visits"},
            items=(
                FormRow(
                    "visits_it",
                    "select_one",
                    "yes_no",
                    labels={"pl": "Czy bywa Pan/Pani w świetlicy?", "en": "Do you visit the community room?"},
                    required="yes",
                ),
                FormRow(
                    "how_often",
                    "integer",
                    labels={"pl": "Ile razy w miesiącu?", "en": "How many times a month?"},
                    relevant="${visits_it} = 'yes'",
                    constraint=". >= 0 and . <= 31",
                    constraint_messages={"pl": "Miesiąc ma najwyżej 31 dni.", "en": "A month has 31 days at most."},
                ),
                FormRow(
                    "why_not",
                    "select_multiple",
                    "reasons",
                    or_other=True,
                    labels={"pl": "Co przeszkadza?", "en": "What keeps you away?"},
                    relevant="${visits_it} = 'no'",
                    max_choices=2,
                ),
            ),
        ),
        FormGroup(
            "rating",
            labels={"pl": "Jak ocenia Pan/Pani?", "en": "How do you rate?"},
            appearance="table-list",
            items=(
                FormRow("rate_room", "select_one", "rates", labels={"pl": "Salę", "en": "The room"}, scale=True),
                FormRow("rate_hours", "select_one", "rates", labels={"pl": "Godziny", "en": "The hours"}, scale=True),
            ),
        ),
        FormRow("order", "rank", "ideas", labels={"pl": "Co najpierw?", "en": "What first?"}),
        FormRow("last_visit", "date", labels={"pl": "Kiedy ostatnio?", "en": "When last?"}),
        FormRow(
            "remarks",
            "text",
            labels={"pl": "Uwagi", "en": "Remarks"},
            hints={"pl": "Prosimy nie podawać nazwisk.", "en": "Please give no names."},
            appearance="multiline",
        ),
        FormRow("gender", "select_one", "genders", labels={"pl": "Płeć", "en": "Gender"}, profile="gender"),
    ),
    lists={
        "yes_no": (YES, NO, UNSURE),
        "reasons": (FormChoice("far", {"pl": "Za daleko", "en": "Too far"}), FormChoice("dull", {"pl": "Nudno"})),
        "rates": (FormChoice("bad", {"pl": "Źle"}), FormChoice("good", {"pl": "Dobrze"}), UNSURE),
        "ideas": (
            FormChoice("books", {"pl": "Książki"}),
            FormChoice("games", {"pl": "Gry"}),
            FormChoice("tea", {"pl": "Herbata"}),
        ),
        "genders": (FormChoice("f", {"pl": "Kobieta"}), FormChoice("m", {"pl": "Mężczyzna"})),
    },
)

NOTICE = Notice(
    controller="Gminny Ośrodek Kultury w Liwie",
    contact="rodo@gok.example",
    legal_basis="art. 6 ust. 1 lit. e RODO",
    purpose="diagnoza potrzeb mieszkańców",
    data_until=date(2036, 12, 31),
    texts={"pl": "Ankietę prowadzi świetlica.", "en": "The community room runs this survey."},
)


def fillable(layout: Layout = Layout.GROUPS) -> FillableForm:
    """Return the form laid out."""
    return make_fillable(FORM, layout)


def new_collection(partnership: str = "liw", name: str = "Świetlica 2026", **changed: object) -> NewCollection:
    """Return what a coordinator asks for: open to everybody for ten years."""
    wanted: dict[str, object] = {
        "opens_on": date(2020, 1, 1),
        "closes_on": date(2036, 1, 1),
        "notice": NOTICE,
        "form": FORM,
    }
    return NewCollection(partnership, name, **{**wanted, **changed})  # type: ignore[arg-type] # fields by name


def make_open(
    store: Store, partnership: str = "liw", *, codes: int = 0, **changed: object
) -> tuple[str, tuple[str, ...]]:
    """Open a collection and return its uid and its codes."""
    if codes:
        changed["access"] = Access.CODES
    with store.write() as connection:
        uid = prepare_collection(connection, MACHINE, new_collection(partnership, **changed), utc_now())
        made = add_codes(connection, MACHINE, uid, codes, utc_now()) if codes else ()
        open_collection(connection, MACHINE, uid, utc_now())
    return uid, made
