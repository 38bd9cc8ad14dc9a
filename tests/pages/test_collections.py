"""Ankiety: a coordinator prepares a link, opens it, watches how many answered, and closes it."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import select

from dashboard.access import visitor
from dashboard.collecting_story.printing import draw_qr, write_codes, write_poster
from dashboard.texts import say
from etl.collecting.desk import Desk
from etl.store import schema as s
from etl.store.collection_rows import Access, Collection, CollectionState
from etl.store.collection_writing import Sending
from etl.store.collections import change_notice, list_collections, open_collection, prepare_collection
from etl.store.fieldwork import make_fieldwork
from etl.store.moments import utc_now
from etl.store.scope import Grant, Role
from etl.store.sealing import hash_key
from surveys.analysis.sampling import usual_fieldwork
from surveys.filling import Layout, make_fillable
from surveys.language.numerals import format_date
from surveys.language.texts import LANGUAGES
from surveys.model import Fieldwork, PopulationKind, SampleKind
from surveys.model.form import FormRow
from tests.importing_surveys import MACHINE, add_partnership
from tests.made.web_forms import FORM, NOTICE, make_open, new_collection
from tests.page_visits import Pages
from tests.sight import Sight, unescape
from tests.upload_house import COORDINATOR_OF_LIW, House, is_offered, words_of_other_language


def text(key: str, **facts: object) -> str:
    return unescape(say(f"collections.{key}", "pl", **facts))


@pytest.fixture
def liw(house: House) -> House:
    add_partnership(house.store)
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def links(house: House) -> list[Collection]:
    with house.store.read() as connection:
        ids = list(connection.execute(select(s.partnership.c.id)).scalars())
        return list(list_collections(connection, MACHINE, ids))


def answer(house: House, people: int) -> None:
    (found,) = links(house)
    form = make_fillable(FORM, Layout.GROUPS)
    desk = Desk(house.store)
    for number in range(people):
        desk.send(found.id, form, Sending(hash_key(str(number)), {"visits_it": "yes"}, utc_now().date()))


def prepare(house: House, **wanted: object) -> str:
    with house.store.write() as connection:
        return prepare_collection(connection, MACHINE, new_collection(**wanted), utc_now())  # type: ignore[arg-type] # fields by name


def test_a_link_is_prepared_with_everything_people_have_to_be_told(liw: House) -> None:
    sight = liw.open("collections")
    assert text("none") in sight.words
    at = sight.at
    at.text_input(key="new-name").set_value("Ankieta mieszkańców 2026")
    at.text_input(key="new-controller").set_value("Gminny Ośrodek Kultury w Liwie")
    at.text_input(key="new-contact").set_value("rodo@gok.example")
    sight = sight.press("new-prepare")
    assert text("standing.prepared") in sight.words
    (found,) = links(liw)
    assert (found.name, found.state, found.access) == ("Ankieta mieszkańców 2026", CollectionState.DRAFT, Access.OPEN)
    assert found.notice.purpose == say("collections.notice.purpose_proposal", "pl")
    sight = sight.press(f"open-{found.uid}")
    assert links(liw)[0].state is CollectionState.OPEN
    assert text("counts.few", least=10) in sight.words


def test_nothing_opens_while_the_notice_lacks_something_and_the_page_says_what(liw: House) -> None:
    uid = prepare(liw, notice=type(NOTICE)(purpose="x"))
    sight = liw.open("collections").press(f"open-{uid}")
    assert "administrator danych" in sight.words
    assert "kontakt" in sight.words
    assert links(liw)[0].state is CollectionState.DRAFT
    for name, value in (("controller", "GOK w Liwie"), ("contact", "rodo@gok.example")):
        sight.at.text_input(key=f"{uid}-{name}").set_value(value)
    sight.at.text_area(key=f"{uid}-basis").set_value("art. 6 ust. 1 lit. e RODO")
    sight.at.date_input(key=f"{uid}-until").set_value(NOTICE.data_until)
    sight.press(f"notice-keep-{uid}").press(f"open-{uid}")
    assert links(liw)[0].state is CollectionState.OPEN


def test_what_the_web_form_cannot_ask_is_told_before_it_opens(liw: House) -> None:
    place = FormRow("where", "geopoint", labels={"pl": "Gdzie dokładnie?"})
    prepare(liw, form=replace(FORM, items=(*FORM.items, place)))
    assert text("left_out", n=1, names="Gdzie dokładnie?") in liw.open("collections").words


def test_the_next_survey_proposes_what_the_last_one_said_of_data(liw: House) -> None:
    make_open(liw.store)
    at = liw.open("collections").at
    assert at.text_input(key="new-controller").value == NOTICE.controller
    assert at.text_area(key="new-basis").value == NOTICE.legal_basis


def test_the_day_that_people_were_promised_is_not_forgotten(liw: House) -> None:
    yesterday = utc_now().date() - timedelta(days=1)
    make_open(liw.store, notice=replace(NOTICE, data_until=yesterday), closes_on=yesterday - timedelta(days=1))
    make_open(liw.store, name="Druga")
    sight = liw.open("collections")
    assert [warning.value for warning in sight.at.warning] == [text("until_over", day=format_date(yesterday, "pl"))]
    assert text("until", day="31 grudnia 2036") in sight.words


def test_how_many_answered_is_told_from_ten_on(liw: House) -> None:
    make_open(liw.store)
    answer(liw, 9)
    assert text("counts.few", least=10) in liw.open("collections").words
    answer(liw, 12)
    sight = liw.open("collections")
    assert "**12** osób" in sight.words


def test_closing_asks_first_and_opening_again_gives_a_new_last_day(liw: House) -> None:
    uid, _ = make_open(liw.store)
    sight = liw.open("collections").press(f"ask-{uid}")
    assert text("close_sure") in sight.words
    sight.press(f"yes-{uid}")
    assert links(liw)[0].state is CollectionState.CLOSED
    sight = liw.open("collections")
    day = utc_now().date() + timedelta(days=30)
    sight.at.date_input(key=f"until-{uid}").set_value(day)
    sight = Sight(sight.at.run()).press(f"reopen-{uid}")
    (found,) = links(liw)
    assert (found.state, found.closes_on) == (CollectionState.OPEN, day)


def test_a_link_is_shared_by_address_code_and_poster(liw: House) -> None:
    uid, _ = make_open(liw.store, kiosk=True)
    sight = liw.open("collections")
    sight.at.session_state[f"share-{uid}"] = True
    sight = Sight(sight.at.run())
    (found,) = links(liw)
    codes = [block.value for block in sight.at.code]
    assert [code.rpartition("/")[2] for code in codes] == [found.token, found.short_token, found.kiosk_token]
    assert {text("download_png"), text("download_svg"), text("download_poster")} <= set(sight.words.split("\n"))


def test_codes_are_made_and_shown_once(liw: House) -> None:
    uid = prepare(liw, access=Access.CODES)
    sight = liw.open("collections").press(f"codes-make-{uid}")
    assert text("codes.once") in sight.words or text("codes.download") in sight.words
    sight = sight.press(f"codes-hide-{uid}")
    assert text("codes.download") not in sight.words
    assert text("codes.made", n=100) in sight.words


def test_a_participant_looks_and_changes_nothing(liw: House) -> None:
    uid, _ = make_open(liw.store)
    liw.sign_in("piotr", Grant(Role.PARTICIPANT, "liw"))
    sight = liw.open("collections")
    assert "Świetlica 2026" in sight.words
    assert not [button.key for button in sight.at.button if uid in (button.key or "")]
    assert text("new.title") not in sight.words


def test_another_partnerships_links_are_not_there(liw: House) -> None:
    make_open(liw.store)
    add_partnership(liw.store, "wegrow")
    liw.sign_in("beata", Grant(Role.COORDINATOR, "wegrow"))
    assert "Świetlica 2026" not in liw.open("collections").words


def test_an_overdue_link_closes_when_somebody_looks(liw: House) -> None:
    with liw.store.write() as connection:
        new = new_collection(closes_on=utc_now().date() - timedelta(days=3))
        open_collection(connection, MACHINE, prepare_collection(connection, MACHINE, new, utc_now()), utc_now())
    liw.open("collections")
    assert links(liw)[0].state is CollectionState.CLOSED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_one_language(liw: House, language: str) -> None:
    make_open(liw.store)
    sight = liw.open("collections", lang=language)
    spoken = set(sight.words.split("\n"))
    assert not spoken & words_of_other_language(language)


def test_the_samples_show_a_closed_and_an_open_survey(sample_pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "is_demonstration", lambda: True)
    sight = sample_pages.see("collections")
    assert text("standing.closed") in sight.words
    assert "Ankieta pokazowa" in sight.words
    assert not sight.at.text_input


def test_slips_and_poster_hold_what_they_should() -> None:

    poster = Document(
        io.BytesIO(write_poster("Ankieta", "Liw", "https://a.example/a/x", "https://a.example/a/y", "dziś", "pl"))
    )
    words = "\n".join(paragraph.text for paragraph in poster.paragraphs)
    assert "a.example/a/y" in words
    assert len(poster.inline_shapes) == 1
    slips = Document(io.BytesIO(write_codes("Ankieta", "https://a.example/a/y", ("AAA", "BBB", "CCC"), "pl")))
    cells = [cell.text for row in slips.tables[0].rows for cell in row.cells]
    assert [code in cells[place] for place, code in enumerate(("AAA", "BBB", "CCC"))] == [True] * 3
    assert draw_qr("https://a.example/a/x", "png").startswith(b"\x89PNG")
    assert b"<svg" in draw_qr("https://a.example/a/x", "svg")


def test_what_is_missing_is_said_beside_the_button_that_was_pressed(liw: House) -> None:
    prepare(liw, name="Inna ankieta")
    uid = prepare(liw, notice=type(NOTICE)(purpose="x"))
    sight = liw.open("collections").press(f"open-{uid}")
    words = sight.words
    card = words.index("Świetlica 2026")
    assert card < words.index("administrator danych", card) < words.index("Inna ankieta")
    (notice,) = [each for each in sight.at.expander if each.label == say("collections.notice.change", "pl")][:1]
    assert notice.proto.expanded


def test_what_a_new_link_lacks_is_said_in_its_form(liw: House) -> None:
    prepare(liw)
    sight = liw.open("collections").press("new-prepare")
    (form,) = [each for each in sight.at.expander if each.label == text("new.title")]
    assert form.proto.expanded
    assert "Pomiar nie ma nazwy" in "\n".join(each.value for each in form.markdown)


def test_single_answers_are_deleted_by_somebody_who_is_asked_twice(liw: House) -> None:
    today = utc_now().date()
    uid, _ = make_open(liw.store, notice=replace(NOTICE, data_until=today), closes_on=today)
    answer(liw, 12)
    sight = liw.open("collections")
    assert text("retention.close_first") in sight.words
    sight.press(f"ask-{uid}").press(f"yes-{uid}")
    sight = liw.open("collections").press(f"retention-{uid}")
    assert text("retention.sure") in sight.words
    sight = sight.press(f"retention-yes-{uid}")
    assert text("until_done", day=format_date(today, "pl")) in sight.words
    assert links(liw)[0].answers_deleted_on == today
    with liw.store.read() as connection:
        assert connection.execute(select(s.response)).first() is None
    results = liw.open("results", partnerstwo="liw")
    assert "**12** osób" in results.words or "**12 osób**" in results.words
    assert "usunięto" in "".join(each.value for each in results.at.info)
    gone = liw.open("results", partnerstwo="liw", widok="krzyzowo")
    assert unescape(say("results.deleted.part", "pl")) in gone.words


def test_a_participant_is_told_but_deletes_nothing(liw: House) -> None:
    today = utc_now().date()
    uid, _ = make_open(liw.store, notice=replace(NOTICE, data_until=today), closes_on=today)
    liw.sign_in("piotr", Grant(Role.PARTICIPANT, "liw"))
    sight = liw.open("collections")
    assert text("until_over", day=format_date(today, "pl")) in [unescape(each.value) for each in sight.at.warning]
    assert not is_offered(sight, f"retention-{uid}")


def waves(house: House) -> list[Fieldwork]:
    with house.store.read() as connection:
        return [make_fieldwork(row) for row in connection.execute(select(s.wave))]


def test_whom_it_will_ask_is_written_down_before_anybody_answers(liw: House) -> None:
    sight = liw.open("collections")
    at = sight.at
    assert at.selectbox(key="sampling-new-residents").value == "convenience"
    at.text_input(key="new-name").set_value("Ankieta 2026")
    at.text_input(key="who-new-residents").set_value("dorośli mieszkańcy gminy")
    at.selectbox(key="sampling-new-residents").set_value("random")
    at.number_input(key="population_count-new-residents").set_value(300)
    at.number_input(key="invited_count-new-residents").set_value(400)
    sight = sight.press("new-prepare")
    assert "więcej niż wszystkich" in sight.words
    assert not links(liw)
    sight.at.number_input(key="invited_count-new-residents").set_value(100)
    sight = sight.press("new-prepare")
    (found,) = links(liw)
    assert found.fieldwork == Fieldwork(
        PopulationKind.RESIDENTS, "dorośli mieszkańcy gminy", SampleKind.RANDOM, 300, 100
    )
    assert "Osoby do ankiety wylosowano." in sight.words
    sight.at.number_input(key=f"population_count-{found.uid}").set_value(320)
    sight.press(f"asked-keep-{found.uid}")
    with liw.store.write() as connection:
        change_notice(connection, MACHINE, found.uid, NOTICE, utc_now())
        open_collection(connection, MACHINE, found.uid, utc_now())
    assert waves(liw) == [Fieldwork(PopulationKind.RESIDENTS, "dorośli mieszkańcy gminy", SampleKind.RANDOM, 320, 100)]


def test_the_questionnaire_proposes_whom_it_is_put_to(liw: House) -> None:
    at = liw.open("collections").at
    forms = at.selectbox(key="new-form").options
    partners = next(place for place, name in enumerate(forms) if "partner" in name.lower())
    at.selectbox(key="new-form").select_index(partners).run()
    assert at.selectbox(key="population-new-partners").value == "partners"
    assert at.selectbox(key="sampling-new-partners").value == "census"


def test_a_link_of_an_older_program_asks_whom_its_questionnaire_is_put_to(liw: House) -> None:
    make_open(liw.store, form=replace(FORM, form_id="residents"))
    make_open(liw.store, name="Nasza", own_form=True)
    assert links(liw)[0].fieldwork is None
    assert waves(liw) == [usual_fieldwork("residents"), Fieldwork()]
