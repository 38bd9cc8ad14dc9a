"""Kwestionariusze: looking, taking away, building one's own, two tabs at once, versions; and who may do what."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from dashboard.questionnaire_story.taking_away import TAKEAWAYS
from etl.forms.writing import write_xlsform
from etl.store.forms import FormState, list_forms
from etl.store.register_reading import read_register
from etl.store.register_writing import write_register
from etl.store.scope import Actor, Grant, Role
from surveys.language.texts import LANGUAGES
from surveys.model import FormChoice, FormGroup, FormRow, Membership, Partner
from surveys.questionnaires import load_form
from surveys.questionnaires.bank import load_bank
from surveys.questionnaires.numbering import number_questions
from tests.made.paper_survey import PAPER_FORM
from tests.sight import Sight, unescape
from tests.upload_house import House, is_offered, text, words_of_other_language

RESIDENTS = "residents~2026-2"
OWN = "liw~nasza-ankieta~1"


def stored(house: House):
    with house.store.read() as connection:
        return {
            (each.form.form_id, each.form.version): each for each in list_forms(connection, Actor.at_machine(), "liw")
        }


def own_form(house: House, name: str = "nasza-ankieta", version: str = "1"):
    return stored(house)[(name, version)].form


def names(form) -> list[str]:
    return [asked.row.name for asked in number_questions(form)]


def begin(house: House, title: str = "Nasza ankieta") -> Sight:
    """Make an own draft from the residents' questionnaire."""
    sight = house.open("questionnaires", kwestionariusz=RESIDENTS)
    sight.at.text_input(key="new-title-from").set_value(title)
    return sight.press("new-from")


def type_into(sight: Sight, label: str, words: str) -> Sight:
    """Type into the box with a label of the opened question."""
    boxes = [box for box in (*sight.at.text_input, *sight.at.text_area) if box.label == label]
    boxes[0].set_value(words)
    return Sight(sight.at.run())


def said(sight: Sight) -> list[str]:
    """Return what stands out as a remark or a warning."""
    return [unescape(box.value) for box in (*sight.at.info, *sight.at.warning)]


# ---------------------------------------------------------------- looking


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_ready_questionnaires_with_questions_and_minutes(house: House, language: str) -> None:
    house.visit_anonymously()
    sight = house.open("questionnaires", lang=language)
    form = load_form("residents")
    assert form.titles[language] in sight.words
    assert {"pl": "15 pytań", "en": "15 questions"}[language] in sight.words
    assert {"pl": "minut", "en": "minutes"}[language] in sight.words
    assert not words_of_other_language(language) & set(sight.words.split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_questionnaire_is_shown_as_people_will_see_it(house: House, language: str) -> None:
    house.visit_anonymously()
    sight = house.open("questionnaires", kwestionariusz=RESIDENTS, lang=language)
    wanted = {
        "pl": ("1. Które z poniższych problemów", "Proszę wybrać najwyżej 3.", "☐ Brak pracy", "2a.", "○ kobieta"),
        "en": ("1. Which of these problems", "Please choose at most 3.", "2a.", "○ woman"),
    }  # fmt: skip
    for words in wanted[language]:
        assert words in sight.words
    assert "P104" not in sight.words
    assert not words_of_other_language(language) & set(sight.words.split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_can_be_taken_away_with_a_sentence_on_what_to_do(house: House, language: str) -> None:
    house.visit_anonymously()
    sight = house.open("questionnaires", kwestionariusz=RESIDENTS, widok="pobierz", lang=language)
    for each in TAKEAWAYS:
        assert text(f"questionnaires.take.{each.key}.button") in sight.words or language == "en"
        assert each.write(load_form("residents"), language)
    assert len(sight.at.get("download_button")) == len(TAKEAWAYS)


@pytest.mark.parametrize(
    "address", ["nie-ma~1", "residents~1999-1", "liw~nasza-ankieta~1", "rozan~tajna~1", "a~b~c~d", "x"]
)
def test_what_is_not_there_or_not_ones_own_looks_the_same(house: House, address: str) -> None:
    house.add_partnership()
    house.add_partnership("rozan")
    house.sign_in("piotr", Grant(Role.PARTICIPANT, "rozan"))
    words = house.open("questionnaires", kwestionariusz=address).words
    assert text("questionnaires.gone") in words or text("questionnaires.ready") in words


def test_without_an_account_one_may_look_but_not_build(house: House) -> None:
    house.visit_anonymously()
    sight = house.open("questionnaires")
    assert "/pierwsze-konto" in sight.words
    assert not is_offered(sight, "new-empty")


def test_a_participant_looks_at_own_drafts_but_changes_nothing(office: House) -> None:
    begin(office)
    office.sign_in("piotr", Grant(Role.PARTICIPANT, "liw"))
    assert "Nasza ankieta" in office.open("questionnaires").words
    sight = office.open("questionnaires", kwestionariusz=OWN)
    assert "1. Które z poniższych problemów" in sight.words
    assert not is_offered(sight, "draft-publish")
    assert not is_offered(sight, "open-gender")
    assert text("questionnaires.new.no_right") in sight.words


# ---------------------------------------------------------------- building


def test_an_own_questionnaire_begins_with_a_ready_one(office: House) -> None:
    sight = begin(office)
    assert sight.address["kwestionariusz"] == OWN
    assert names(own_form(office)) == names(load_form("residents"))
    assert "porównywalne 29" in sight.words or "porównywalne" in sight.words
    assert stored(office)[("nasza-ankieta", "1")].state is FormState.DRAFT


def test_or_with_an_empty_page(office: House) -> None:
    sight = office.open("questionnaires")
    sight.at.text_input(key="new-title-empty").set_value("Ankieta dla młodzieży")
    sight = sight.press("new-empty")
    assert sight.address["kwestionariusz"] == "liw~ankieta-dla-mlodziezy~1"
    assert text("questionnaires.draft.empty") in sight.words
    assert not is_offered(sight, "draft-publish")


def test_without_a_name_nothing_begins(office: House) -> None:
    sight = office.open("questionnaires").press("new-empty")
    assert text("questionnaires.refused.title") in said(sight)
    assert stored(office) == {}


def test_the_same_name_twice_is_said(office: House) -> None:
    begin(office)
    assert "Kwestionariusz o tej nazwie i wersji już jest." in begin(office).words


def test_a_reworded_question_says_at_once_what_it_costs(office: House) -> None:
    sight = begin(office).press("open-main_problems")
    sight = type_into(sight, text("questionnaires.edit.wording_pl"), "Co najbardziej boli?")
    assert "nieporównywalne – Pytanie zadano innymi słowami." in sight.words.replace("*", "")
    assert own_form(office).items[0].labels["pl"] != "Co najbardziej boli?"  # nothing is saved yet
    sight = sight.press("question-save")
    assert own_form(office).items[0].labels["pl"] == "Co najbardziej boli?"
    assert "1. Co najbardziej boli?" in sight.words
    assert "nieporównywalne" in sight.words


def test_options_are_lines(office: House) -> None:
    sight = begin(office).press("open-influence")
    label = text("questionnaires.edit.options_pl")
    box = next(box for box in sight.at.text_area if box.label == label)
    lines = box.value.split("\n")
    sight = type_into(sight, label, "\n".join([*lines[:-1], "nie ma takich spraw", lines[-1]]))
    assert "Skale mają różną liczbę stopni: 4 i 5." in sight.words
    sight.press("question-save")
    form = own_form(office)
    assert [option.labels["pl"] for option in form.lists["influence"]][-2:] == [
        "nie ma takich spraw",
        "trudno powiedzieć",
    ]
    assert form.lists["influence"][-1].missing == "dont_know"


def test_questions_go_up_down_and_out(office: House) -> None:
    before = names(load_form("residents"))
    sight = begin(office).press("open-gender").press("question-down")
    assert names(own_form(office))[-3:] == ["age", "gender", "status"]
    sight = sight.press("question-up")
    assert names(own_form(office)) == before
    sight.press("question-remove")
    assert "gender" not in names(own_form(office))


def test_the_last_change_is_undone_and_then_the_one_before(office: House) -> None:
    sight = begin(office).press("open-gender").press("question-remove").press("open-age").press("question-remove")
    assert names(own_form(office))[-1] == "status"
    sight = sight.press("draft-undo")
    assert "age" in names(own_form(office))
    sight = sight.press("draft-undo")
    assert names(own_form(office)) == names(load_form("residents"))
    assert not is_offered(sight, "draft-undo")


def test_ready_questions_are_added_and_own_ones_too(office: House) -> None:
    sight = office.open("questionnaires")
    sight.at.text_input(key="new-title-empty").set_value("Nasza ankieta")
    sight = sight.press("new-empty")
    bank = {question.item.name: question.id for question in load_bank()}
    sight.at.multiselect(key="add-bank-0").set_value([bank["gender"], bank["age"]])
    sight = Sight(sight.at.run()).press("add-bank-button")
    assert names(own_form(office)) == ["gender", "age"]
    sight.at.selectbox(key="add-where-1").set_value("gender")
    sight.at.text_input(key="own-pl-1").set_value("Czy jest autobus?")
    sight.at.text_area(key="own-options-1").set_value("tak\nnie\n\ntrudno powiedzieć")
    sight = Sight(sight.at.run()).press("add-own-button")
    form = own_form(office)
    assert names(form) == ["gender", "czy_jest_autobus", "age"]
    assert [option.missing for option in form.lists["czy_jest_autobus"]] == [None, None, "dont_know"]
    assert "2. Czy jest autobus?" in sight.words


def test_an_own_question_without_answers_is_not_added(office: House) -> None:
    sight = begin(office)
    sight.at.text_input(key="own-pl-0").set_value("Czy jest autobus?")
    sight = Sight(sight.at.run()).press("add-own-button")
    assert text("questionnaires.refused.own_incomplete") in said(sight)


def test_a_draft_survives_a_reload(office: House) -> None:
    begin(office).press("open-gender").press("question-remove")
    sight = office.open("questionnaires", kwestionariusz=OWN)
    assert "Płeć" not in sight.words.split(text("questionnaires.add.title"))[0]


def test_two_tabs_at_once_lose_nothing(office: House) -> None:
    begin(office)
    first = office.open("questionnaires", kwestionariusz=OWN)
    second = office.open("questionnaires", kwestionariusz=OWN)
    second.press("open-gender").press("question-remove")
    first = first.press("open-age")
    # The opening brought the newest: a change on top of it is no conflict.
    assert text("questionnaires.draft.overtaken") in said(first)
    third = office.open("questionnaires", kwestionariusz=OWN).press("open-status")
    first.press("question-remove")
    third = third.press("question-remove")
    assert text("questionnaires.conflict.title") in third.words
    assert "status" in names(own_form(office))
    third.press("conflict-apart")
    assert {"gender", "age"} & set(names(own_form(office))) == set()
    apart = own_form(office, version="1-2")
    assert "status" not in names(apart)
    assert "age" in names(apart)


def test_of_two_changes_mine_can_take_the_place_or_give_way(office: House) -> None:
    begin(office)
    mine = office.open("questionnaires", kwestionariusz=OWN).press("open-age")
    office.open("questionnaires", kwestionariusz=OWN).press("open-gender").press("question-remove")
    mine = mine.press("question-remove")
    given = mine.press("conflict-theirs")
    assert text("questionnaires.conflict.title") not in given.words
    assert "age" in names(own_form(office))
    again = office.open("questionnaires", kwestionariusz=OWN).press("open-age")
    office.open("questionnaires", kwestionariusz=OWN).press("open-status").press("question-remove")
    again = again.press("question-remove").press("conflict-mine")
    assert names(own_form(office))[-1] == "status"
    assert "age" not in names(own_form(office))


def test_partners_come_from_the_register_but_no_persons_name(office: House) -> None:
    partners = (
        Partner("a", "Biblioteka w Liwie", "K101", "public", Membership("active")),
        Partner("b", "Jan Kowalski", "K401", "other", Membership("active")),
        Partner("c", "Dawny klub", "K301", "civic", Membership("withdrawn")),
    )
    with office.store.write() as connection:
        old = read_register(connection, "liw")
        write_register(connection, replace(old, partners=partners), None)
    sight = office.open("questionnaires", kwestionariusz="cooperation~2026-1")
    sight.at.text_input(key="new-title-from").set_value("Nasza ankieta")
    sight = sight.press("new-from")
    assert text("questionnaires.fill.partners") in sight.words
    sight = sight.press("fill-partners")
    assert "Biblioteka w Liwie" in sight.words
    labels = {
        label for options in own_form(office).lists.values() for each in options for label in each.labels.values()
    }
    assert "Biblioteka w Liwie" in labels
    assert not labels & {"Jan Kowalski", "Dawny klub"}


def test_a_session_that_ended_shows_the_way_back(office: House) -> None:
    office.cookies.clear()
    assert text("questionnaires.signed_out") in office.open("questionnaires").words


def test_faults_of_a_draft_are_said_without_rows_of_a_file(office: House) -> None:
    sight = begin(office)
    sight.at.text_input(key="own-pl-0").set_value("Czy jest autobus?")
    sight.at.text_area(key="own-options-0").set_value("tak\nnie")
    sight = Sight(sight.at.run()).press("add-own-button")
    assert "Brakuje tłumaczenia" in sight.words
    assert "wiersz" not in sight.words.split(text("questionnaires.publish.title"))[-1]
    assert is_offered(sight, "draft-publish")


# ---------------------------------------------------------------- versions


def test_a_published_version_stays_and_the_next_one_is_compared_with_it(office: House) -> None:
    sight = begin(office).press("draft-publish")
    assert stored(office)[("nasza-ankieta", "1")].state is FormState.PUBLISHED
    assert not is_offered(sight, "open-gender")
    assert text("questionnaires.published_next") in sight.words
    sight = sight.press("new-version")
    assert sight.address["kwestionariusz"] == "liw~nasza-ankieta~2"
    sight.press("open-gender").press("question-remove")
    sight = office.open("questionnaires", kwestionariusz="liw~nasza-ankieta~2", widok="wersje")
    assert "Płeć" in sight.words
    assert text("questionnaires.change.kind_removed") in sight.words
    assert names(own_form(office)) == names(load_form("residents"))


def test_a_draft_gets_another_name(office: House) -> None:
    sight = begin(office)
    sight = type_into(sight, text("questionnaires.draft.title_pl"), "Ankieta o bibliotece")
    sight = sight.press("titles-save")
    assert own_form(office).titles == {"pl": "Ankieta o bibliotece"}
    assert "Ankieta o bibliotece" in sight.headings[0]


def test_a_draft_goes_when_it_is_deleted(office: House) -> None:
    sight = begin(office).press("draft-delete")
    assert stored(office) == {}
    assert "kwestionariusz" not in sight.address


# ---------------------------------------------------------------- own files


def upload(house: House, name: str, content: bytes) -> Sight:
    sight = house.open("questionnaires")
    sight.at.file_uploader[0].upload(name, content)
    return Sight(sight.at.run())


def test_an_own_xlsform_is_looked_at_without_an_account(house: House) -> None:
    house.visit_anonymously()
    sight = upload(house, "ankieta.xlsx", write_xlsform(PAPER_FORM))
    assert "1. Które problemy są u nas najbardziej dotkliwe?" in sight.words
    assert "nigdzie niezapisany" in sight.words


def test_a_coordinator_keeps_it_as_a_draft(office: House) -> None:
    sight = upload(office, "ankieta.xlsx", write_xlsform(PAPER_FORM))
    sight.at.text_input(key="new-title-from").set_value("Nasza ankieta")
    sight.press("new-from")
    assert names(own_form(office)) == names(PAPER_FORM)


IMAGE = "![x](http://zly.example/x.png) [y](http://zly.example) :material/home: $x$ <b>"


def test_words_of_somebodys_form_stay_words(office: House) -> None:
    odd = {"pl": IMAGE, "en": IMAGE}
    form = replace(
        PAPER_FORM,
        titles=odd,
        items=(
            FormRow("note", "note", labels=odd),
            FormRow("asked", "select_one", "list", labels=odd, hints=odd),
            FormGroup("part", odd, odd, (FormRow("inside", "text", labels=odd),)),
        ),
        lists={"list": (FormChoice("a", odd), FormChoice("b", {"pl": "b", "en": "b"}))},
    )
    looked = upload(office, "ankieta.xlsx", write_xlsform(form))
    looked.at.text_input(key="new-title-from").set_value("Nasza ankieta")
    built = looked.press("new-from").press("open-asked")
    built = type_into(built, text("questionnaires.edit.options_pl"), f"{IMAGE} {IMAGE}\nc\nd")
    saved = built.press("question-save").press("open-asked").press("question-remove")
    versions = office.open("questionnaires", kwestionariusz=OWN, widok="wersje")
    for sight in (looked, built, saved, versions, office.open("questionnaires")):
        shown = [*sight.markdown, *(box.value for box in sight.at.warning), *(each.label for each in sight.at.button)]
        assert not [words for words in shown if "![x]" in words or "[y](" in words or " :material/home:" in words]
        assert not [words for words in shown if "<b>" in words]


def test_a_faulty_file_says_what_is_wrong(house: House) -> None:
    house.visit_anonymously()
    assert "survey" in upload(house, "tabela.csv", b"a;b\n1;2\n").words
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["select_one nie_ma", "pytanie", "Czy?"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert "nie ma ich w arkuszu „choices”" in upload(house, "ankieta.xlsx", content.getvalue()).words
