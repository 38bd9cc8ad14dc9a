"""Wgraj dane, Importy: open answers get codes, earlier surveys are met again, decisions are kept and forgotten."""

from sqlalchemy import func, select

from etl.store import schema as s
from etl.store.mapping_decisions import list_decisions
from etl.store.schema_operations import mapping_decision
from etl.store.scope import Grant, Role
from tests.made.google_forms import make_survey
from tests.made.limesurvey import LimeSurveyStyle, write_csv, write_rows
from tests.sight import Sight, unescape
from tests.upload_house import COORDINATOR_OF_LIW, House, text, write_table

OPEN = "Jaki jest największy problem naszej gminy? Proszę opisać"
LIFE = "Jak ocenia Pan/Pani życie w gminie?"
HEADERS = ["Sygnatura czasowa", LIFE, "Czy zna Pan/Pani sołtysa?", OPEN, "Czy głosował/a Pan/Pani w wyborach?"]
ROWS = [
    [
        f"2025/03/{day:02} 1:0{n}:03 PM CET",
        ("dobrze", "źle", "średnio")[day % 3],
        "Tak" if n else "Nie",
        ("bezrobocie", "dziury w drogach", f"sprawa nr {day} i {n} Zenka")[day % 3],
        "Nie" if day % 2 else "Tak",
    ]
    for day in range(1, 29)
    for n in (0, 1)
]
FIRST = write_table(HEADERS, *ROWS)
NOW = "Jak Pan/Pani ocenia życie w naszej gminie?"
SECOND = FIRST.replace(b"2025/03", b"2026/04").replace(LIFE.encode(), NOW.encode())


def _codes(house: House) -> set[str]:
    with house.store.read() as connection:
        return set(
            connection.execute(
                select(s.choice.c.code)
                .join_from(s.answer, s.choice, s.choice.c.id == s.answer.c.choice_id)
                .join(s.question, s.question.c.id == s.choice.c.question_id)
                .where(s.question.c.vocabulary == "problems")
            ).scalars()
        )


def _kept(house: House) -> int:
    with house.store.read() as connection:
        return connection.execute(select(func.count()).select_from(mapping_decision)).scalar() or 0


def _box(sight: Sight, label: str) -> str:
    return next(
        box.key or ""
        for box in (*sight.at.selectbox, *sight.at.radio, *sight.at.checkbox)
        if unescape(box.label) == label
    )


def test_open_answers_are_coded_with_one_click_and_no_lone_words_are_shown(office: House) -> None:
    sight = office.inspect(FIRST, "Ankieta 2025.csv")
    assert text("mapping.coding.title_problems") in sight.words
    assert "bezrobocie" in sight.words
    assert "Zenka" not in sight.words
    assert text("mapping.coding.others", n=18) in sight.words
    sight = office.load(office.preview(sight.press("coding-certain-3")))
    assert text("upload.loaded.title") in sight.words
    assert _codes(office)
    with office.store.read() as connection:
        texts = connection.execute(select(func.count()).select_from(s.open_answer)).scalar()
    assert texts == 56


def test_one_wording_is_given_a_name_by_hand_and_remembered(office: House) -> None:
    sight = office.inspect(FIRST, "Ankieta 2025.csv")
    box = _box(sight, text("mapping.coding.code_of", wording="dziury w drogach"))
    sight = sight.choose(**{box: "P801"})
    office.load(office.preview(sight))
    assert "P801" in _codes(office)
    with office.store.read() as connection:
        kept = list_decisions(connection, office.actor, "liw")
    assert ("dziury w drogach", "P801") in {(one.decision.value, one.decision.target) for one in kept}
    sight = office.inspect(FIRST.replace(b"2025/03", b"2026/04"), "Ankieta 2026.csv")
    assert text("mapping.series.joined", title="Ankieta 2025", met=4, count=4) in sight.words
    assert "tak zdecydowano przy wcześniejszym pliku" in sight.words


def test_a_question_worded_differently_is_asked_about_and_stays_the_same(office: House) -> None:
    office.load(office.preview(office.inspect(FIRST, "Ankieta 2025.csv")))
    sight = office.inspect(SECOND, "Ankieta 2026.csv")
    assert NOW in sight.words
    assert LIFE in sight.words
    sight = sight.choose(**{_box(sight, text("mapping.series.one", header=NOW)): "same"})
    sight = office.load(office.preview(sight))
    assert text("upload.loaded.title") in sight.words
    with office.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(s.questionnaire)).scalar() == 1
        assert NOW not in connection.execute(select(s.question.c.text_pl)).scalars().all()


def test_remembered_decisions_are_shown_and_forgotten(office: House) -> None:
    sight = office.inspect(FIRST, "Ankieta 2025.csv").press("coding-certain-3")
    office.load(office.preview(sight))
    assert _kept(office) == 1
    sight = office.open("imports")
    sight.at.session_state["remembered"] = True
    sight = Sight(sight.at.run())
    assert OPEN in sight.words
    assert text("upload.decision.vocabulary_problems") in sight.words
    with office.store.read() as connection:
        (one,) = list_decisions(connection, office.actor, "liw")
    sight = sight.press(f"forget-{one.uid}")
    assert _kept(office) == 0
    assert text("mapping.kept.none") in sight.words


def test_somebody_who_may_not_import_sees_no_remembered_decisions(office: House) -> None:
    sight = office.inspect(FIRST, "Ankieta 2025.csv").press("coding-certain-3")
    office.load(office.preview(sight))
    office.visit_anonymously()
    assert text("mapping.kept.title") not in office.open("imports").words
    office.add_partnership("rozan")
    office.sign_in("ewa", Grant(Role.COORDINATOR, "rozan"))
    sight = office.open("imports")
    sight.at.session_state["remembered"] = True
    assert OPEN not in Sight(sight.at.run()).words


def test_a_survey_that_comes_near_is_joined_when_a_person_says_so(office: House) -> None:
    office.load(office.preview(office.inspect(FIRST, "Ankieta 2025.csv")))
    near = SECOND.replace("Czy głosował/a Pan/Pani w wyborach?".encode(), b"Czy ma Pan/Pani psa?")
    sight = office.inspect(near, "Ankieta 2026.csv")
    question = text("mapping.series.near", title="Ankieta 2025", met=3, count=4)
    sight = office.look_again(sight.choose(**{_box(sight, question): True}))
    assert LIFE in sight.words
    sight = sight.choose(**{_box(sight, text("mapping.series.one", header=NOW)): "same"})
    assert text("upload.loaded.title") in office.load(office.preview(sight)).words
    with office.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(s.questionnaire)).scalar() == 1
        asked = connection.execute(select(s.question.c.text_pl)).scalars().all()
    assert NOW not in asked
    assert "Czy ma Pan/Pani psa?" in asked


def test_an_answer_like_a_known_one_is_asked_about(office: House) -> None:
    office.load(office.preview(office.inspect(FIRST, "Ankieta 2025.csv")))
    told = FIRST.replace(b"2025/03", b"2026/04").replace("średnio".encode(), "tak średnio".encode())
    sight = office.inspect(told, "Ankieta 2026.csv")
    assert text("mapping.alike.title") in sight.words
    label = text("mapping.coding.wording", wording="tak średnio", n=18)
    sight = office.load(office.preview(sight.choose(**{_box(sight, label): True})))
    assert text("upload.loaded.title") in sight.words
    with office.store.read() as connection:
        assert "tak średnio" not in connection.execute(select(s.choice.c.label_pl)).scalars().all()


def test_another_partnership_has_its_own_surveys_and_decisions(office: House) -> None:
    office.load(office.preview(office.inspect(FIRST, "Ankieta 2025.csv").press("coding-certain-3")))
    office.add_partnership("rozan")
    office.sign_in("ewa", COORDINATOR_OF_LIW, Grant(Role.COORDINATOR, "rozan"))
    sight = office.inspect(SECOND, "Ankieta 2026.csv")
    key = _box(sight, text("upload.form.partnership"))
    sight = office.look_again(sight.choose(**{key: "rozan"}))
    assert text("mapping.series.title_joined") not in sight.words
    sight = office.look_again(sight.choose(**{key: "liw"}))
    assert text("mapping.series.title_joined") in sight.words


def test_unfinished_answers_are_loaded_when_a_person_asks_for_them(office: House) -> None:
    content = write_csv(write_rows(make_survey(40), LimeSurveyStyle(), unfinished=6))
    sight = office.inspect(content, "results-survey1.csv")
    sight = sight.choose(**{_box(sight, text("mapping.unfinished.keep")): True})
    office.load(office.preview(sight))
    with office.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(s.response)).scalar() == 46


def test_samples_of_a_column_are_no_one_persons_words(office: House) -> None:
    lone = FIRST.replace("średnio".encode(), "bywa różnie u Zosi".encode(), 1)
    sight = office.inspect(lone, "Ankieta 2025.csv")
    sight.at.session_state["upload-columns"] = True
    sight = Sight(sight.at.run())
    assert text("upload.column.choices_and_more", choices="źle; dobrze; średnio", n=3) in sight.words
    assert "Zosi" not in sight.words


def test_a_column_that_resembles_nothing_is_linked_to_a_question_by_hand(office: House) -> None:
    office.load(office.preview(office.inspect(FIRST, "Ankieta 2025.csv")))
    asked = "Czy głosował/a Pan/Pani w wyborach?"
    other = "Urna czy dom w niedzielę?"
    file = FIRST.replace(b"2025/03", b"2026/04").replace(asked.encode(), other.encode())
    sight = office.inspect(file, "Ankieta 2026.csv")
    sight.at.session_state["upload-link"] = True
    sight = Sight(sight.at.run())
    box = next(box for box in sight.at.selectbox if unescape(box.label).endswith(other))
    assert asked in box.options
    with office.store.read() as connection:
        name = connection.execute(select(s.question.c.name).where(s.question.c.text_pl == asked)).scalar_one()
    sight = office.load(office.preview(sight.choose(**{box.key: name})))
    assert text("upload.loaded.title") in sight.words
    with office.store.read() as connection:
        assert other not in connection.execute(select(s.question.c.text_pl)).scalars().all()
        kept = list_decisions(connection, office.actor, "liw")
    assert other in {one.decision.header for one in kept}
