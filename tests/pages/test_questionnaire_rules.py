"""Kwestionariusze: rules of questions, sections, and steps that another day can undo."""

from dataclasses import replace

import pytest

from etl.store.forms import list_forms, save_draft
from etl.store.moments import utc_now
from etl.store.scope import Actor, Grant, Role
from surveys.language.texts import LANGUAGES
from surveys.model import Form, FormGroup, FormRow
from surveys.questionnaires.editing import list_sections
from surveys.questionnaires.numbering import number_questions
from tests.made.paper_survey import PAPER_FORM
from tests.sight import Sight, unescape
from tests.upload_house import House, is_offered, text, words_of_other_language

ADDRESS = "liw~proba~2026-1"


@pytest.fixture
def desk(office: House) -> House:
    """An office with a draft of the small questionnaire with every kind of question."""
    with office.store.write() as connection:
        save_draft(connection, Actor.at_machine(), "liw", PAPER_FORM, utc_now())
    return office


def stored(house: House) -> Form:
    with house.store.read() as connection:
        return list_forms(connection, Actor.at_machine(), "liw")[0].form


def row(house: House, name: str) -> FormRow:
    return next(row for row, _ in stored(house).rows() if row.name == name)


def open_question(house: House, name: str, **address: str) -> Sight:
    return house.open("questionnaires", kwestionariusz=ADDRESS, **address).press(f"open-{name}")


def box(sight: Sight, name: str) -> str:
    """Key of a box of what is open, whichever turn it is."""
    elements = [*sight.at.main]
    keys = [each.key for each in elements if getattr(each, "key", None)]
    return next(key for key in keys if key.startswith(f"edit-{name}-"))


def warnings(sight: Sight) -> str:
    return "\n".join(unescape(each.value) for each in sight.at.warning)


def test_a_question_is_required_and_what_that_costs_is_said(desk: House) -> None:
    sight = open_question(desk, "seeks")
    sight.at.checkbox(key=box(sight, "required")).check()
    sight = Sight(sight.at.run())
    assert text("questionnaires.rules.required_effect") in sight.words
    sight = sight.press("question-save")
    assert row(desk, "seeks").required == "yes"
    assert "odpowiedź wymagana" in sight.words


def test_a_question_is_shown_when_another_was_answered_so(desk: House) -> None:
    sight = open_question(desk, "people")
    sight.at.radio(key=box(sight, "shown")).set_value("when")
    sight = Sight(sight.at.run())
    picker = sight.at.selectbox(key=box(sight, "condition-0"))
    # Only what was asked before can be asked about.
    assert picker.options[1:] == [
        f"{asked.number}. {asked.row.labels['pl']}" for asked in number_questions(PAPER_FORM)[:6]
    ]
    picker.set_value("status")
    sight = Sight(sight.at.run())
    assert text("questionnaires.rules.waiting") in sight.words
    sight.at.multiselect(key=box(sight, "options-0-status")).set_value(["jobless", "retired"])
    sight = Sight(sight.at.run())
    assert "Widać tylko wtedy, gdy w pytaniu 4 zaznaczono „nie mam pracy” lub „renta”." in sight.words
    sight = sight.press("question-save")
    assert row(desk, "people").relevant == "${status} = 'jobless' or ${status} = 'retired'"
    sight = sight.press("open-people")
    assert sight.at.radio(key=box(sight, "shown")).value == "when"
    sight.at.radio(key=box(sight, "shown")).set_value("always")
    Sight(sight.at.run()).press("question-save")
    assert row(desk, "people").relevant == ""


def test_a_number_has_limits_and_a_word_on_them(desk: House) -> None:
    sight = open_question(desk, "people")
    assert sight.at.number_input(key=box(sight, "own-least")).value == 1
    sight.at.number_input(key=box(sight, "own-most")).set_value(30)
    sight.at.text_input(key=box(sight, "message_pl")).set_value("Co najmniej jedna.")
    Sight(sight.at.run()).press("question-save")
    assert row(desk, "people").constraint == ". >= 1 and . <= 30"
    assert row(desk, "people").constraint_messages == {"pl": "Co najmniej jedna."}


def test_what_was_not_touched_stays_as_its_author_wrote_it(desk: House) -> None:
    sight = open_question(desk, "problems")
    boxes = [each for each in sight.at.text_input if each.label == text("questionnaires.edit.hint_pl")]
    boxes[0].set_value("Najwyżej dwa.")
    Sight(sight.at.run()).press("question-save")
    assert row(desk, "problems").constraint == "count-selected(.) <= 2"
    sight = open_question(desk, "seeks")
    assert sight.at.radio(key=box(sight, "shown")).value == "when"
    assert sight.press("question-save").words
    assert row(desk, "seeks").relevant == "${status} = 'jobless'"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expression_is_checked_at_once_in_words(desk: House, language: str) -> None:
    sight = open_question(desk, "works", lang=language)
    sight.at.radio(key=box(sight, "shown")).set_value("formula")
    sight = Sight(sight.at.run())
    faults = (
        ("${people} > 2 and", {"pl": "Tej formuły nie da się odczytać", "en": "This formula cannot be read"}),
        ("${peopel} > 2", {"pl": "takiego pytania nie ma", "en": "there is no such question"}),
        ("${gender} = 'woman'", {"pl": "pada dopiero później", "en": "asked only later"}),
        ("${works} != ''", {"pl": "zależy od własnej odpowiedzi", "en": "depends on its own answer"}),
    )
    # The words are those of the catalogues: one of them shows that the other language is used.
    for written, said in faults if language == "pl" else faults[:1]:
        sight.at.text_input(key=box(sight, "relevant")).set_value(written)
        sight = Sight(sight.at.run())
        assert said[language] in warnings(sight)
    sight.at.text_input(key=box(sight, "relevant")).set_value("${people} > 2")
    sight = Sight(sight.at.run())
    assert warnings(sight) == ""
    # "data" is a Polish word too: a question about a day.
    assert words_of_other_language(language) & set(sight.words.split("\n")) <= {"data"}
    sight.press("question-save")
    assert row(desk, "works").relevant == "${people} > 2"


def test_sections_are_begun_renamed_given_conditions_and_dissolved(desk: House) -> None:
    sight = desk.open("questionnaires", kwestionariusz=ADDRESS)
    assert "### O domu" in sight.headings
    sight.at.text_input(key="section-pl-0").set_value("O pracy")
    sight.at.selectbox(key="section-first-0").set_value("people")
    sight = Sight(sight.at.run()).press("section-begin")
    assert [section.group.labels["pl"] for section in list_sections(stored(desk))] == ["O domu", "O pracy"]
    sight = sight.press("open-section-o_pracy")
    titles = [each for each in sight.at.text_input if each.key.startswith("edit-wording_pl-")]
    titles[0].set_value("Dom i praca")
    sight.at.radio(key=box(sight, "shown")).set_value("when")
    sight = Sight(sight.at.run())
    sight.at.selectbox(key=box(sight, "condition-0")).set_value("seeks")
    sight = Sight(sight.at.run())
    sight.at.multiselect(key=box(sight, "options-0-seeks")).set_value(["yes"])
    sight = Sight(sight.at.run()).press("section-save")
    section = list_sections(stored(desk))[1].group
    assert (section.labels, section.relevant) == ({"pl": "Dom i praca"}, "${seeks} = 'yes'")
    sight.press("open-section-o_pracy").press("section-dissolve")
    assert [section.group.name for section in list_sections(stored(desk))] == ["home"]
    assert row(desk, "people").relevant == "${seeks} = 'yes'"


def test_a_question_goes_to_another_section(desk: House) -> None:
    sight = open_question(desk, "gender")
    sight = sight.press("question-put")
    home = list_sections(stored(desk))[0].group
    assert [item.name for item in home.items][-1] == "gender"
    sight.at.selectbox(key="question-section-gender").set_value("")
    Sight(sight.at.run()).press("question-put")
    assert stored(desk).items[-1].name == "gender"
    open_question(desk, "order").press("question-down")
    assert list_sections(stored(desk))[0].group.items[0].name == "order"


def test_a_section_keeps_its_last_question(office: House) -> None:
    only = FormGroup("g", {"pl": "Część"}, items=(FormRow("a", "text", labels={"pl": "A?"}),))
    with office.store.write() as connection:
        save_draft(
            connection, Actor.at_machine(), "liw", Form("proba", "2026-1", {"pl": "P"}, items=(only,)), utc_now()
        )
    sight = open_question(office, "a").press("question-down")
    assert text("questionnaires.refused.last") in warnings(sight)


def test_another_day_and_another_person_undo_and_redo(desk: House) -> None:
    open_question(desk, "gender").press("question-remove")
    desk.sign_in("marta", Grant(Role.COORDINATOR, "liw"))
    sight = desk.open("questionnaires", kwestionariusz=ADDRESS)
    assert not is_offered(sight, "draft-redo")
    sight = sight.press("draft-undo")
    assert stored(desk) == PAPER_FORM
    assert not is_offered(sight, "draft-undo")
    sight = desk.open("questionnaires", kwestionariusz=ADDRESS).press("draft-redo")
    assert "gender" not in [each.name for each, _ in stored(desk).rows()]
    sight = sight.press("draft-undo").press("open-order").press("question-remove")
    # A new change ends what had been undone.
    assert not is_offered(sight, "draft-redo")


def test_undoing_on_top_of_somebody_elses_change_shows_theirs_first(desk: House) -> None:
    first = open_question(desk, "gender").press("question-remove")
    open_question(desk, "order").press("question-remove")
    first = first.press("draft-undo")
    assert "order" not in [each.name for each, _ in stored(desk).rows()]
    assert text("questionnaires.draft.overtaken") in [unescape(each.value) for each in first.at.info]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_draft_speaks_of_no_sheets(office: House, language: str) -> None:
    with office.store.write() as connection:
        save_draft(connection, Actor.at_machine(), "liw", Form("proba", "2026-1", {"pl": "P"}), utc_now())
    words = office.open("questionnaires", kwestionariusz=ADDRESS, lang=language).words
    assert {"pl": "Szkic jest pusty", "en": "The draft is empty"}[language] in words
    for word in ("survey”", "choices”", "arkusz", "sheet"):
        assert word not in words.split({"pl": "Publikacja", "en": "Publishing"}[language])[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_that_differ_between_versions_are_told_in_words(desk: House, language: str) -> None:
    changed = {
        "people": {"relevant": "${gender} = 'woman'", "constraint": ". >= 1 and . <= 12.5", "required": "yes"},
        "seeks": {"required": "yes"},
    }

    def with_rules(items):
        for item in items:
            if isinstance(item, FormGroup):
                yield replace(item, items=tuple(with_rules(item.items)))
            else:
                yield replace(item, **changed.get(item.name, {}))

    later = replace(PAPER_FORM, version="2026-2", items=tuple(with_rules(PAPER_FORM.items)))
    with desk.store.write() as connection:
        save_draft(connection, Actor.at_machine(), "liw", later, utc_now())
    address = {"kwestionariusz": "liw~proba~2026-2", "widok": "wersje", "lang": language}
    words = desk.open("questionnaires", **address).words
    if language == "pl":
        assert "Było: Widać zawsze. Jest: Widać tylko wtedy, gdy" in words
        assert "Liczby od 1 do 12,5." in words
        assert words.count("Było: Można pominąć. Jest: Trzeba.") == 2
        assert "nieporównywalne – Dopuszczano inne odpowiedzi" in words.replace("*", "")
        assert "Raz trzeba było odpowiedzieć" in words
    else:
        assert "Before: Always shown. Now: Shown only if" in words
        assert "Numbers from 1 to 12.5." in words
