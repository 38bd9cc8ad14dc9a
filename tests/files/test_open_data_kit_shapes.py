"""Single shapes of KoboToolbox and ODK: repeats, words beside "other", rankings, groups, rows set aside."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.readers.opening import open_book
from etl.recognise import kobo, odk
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, codes, load, read_answers
from tests.made import open_data_kit as made_odk
from tests.made.google_forms import make_survey
from tests.made.open_data_kit import truth_of
from tests.made.workbook import write_workbook


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def inspect(content, name="Diagnoza.csv"):
    return inspect_file(Incoming(name, content))


def questions_of(inspection):
    return {column.header: column for column in inspection.sheets[0].columns if column.role == "question"}


def small(*columns, people=40):
    """A Kobo table of labels: headers, and what each person answered in turn."""
    rows = [[header for header, _ in columns] + ["_id", "_uuid", "_submission_time", "_index"]]
    for number in range(people):
        row = [cells[number % len(cells)] for _, cells in columns]
        rows.append([*row, str(number + 1), f"uuid-{number}", "2026-03-01T10:00:00", str(number + 1)])
    return made_odk.write_csv(rows, delimiter=";", quoted=True)


def test_repeats_are_named_and_counted_and_never_read(liw):
    made = make_survey(20)
    child = [
        ["imie", "_index", "_parent_table_name", "_parent_index"],
        *([f"x{n}", n, "Diagnoza", n] for n in range(1, 8)),
    ]
    book = write_workbook({"Diagnoza": made_odk.kobo_rows(made, labels=True), "czlonek": child})
    result = load(liw, book, name="Diagnoza.xlsx")
    assert (result.rows_stored, codes(result)) == (20, ["SURVEY-REPEATS-NOT-READ"])
    said = result.report.findings[0]
    assert "czlonek" in said.message("pl")
    assert "7" in said.message("pl")
    assert [sheet.kind for sheet in inspect(book, "Diagnoza.xlsx").sheets] == ["answers", "ignored"]


def test_repeats_beside_each_other_are_no_questions(liw):
    made = make_survey(30)
    rows = made_odk.legacy_rows(made)
    more = [["kids[1]/name", "kids[1]/age", "kids[2]/name", "kids[2]/age"], ["Ala", "4", "Ola", "6"]]
    more += [["Jan", "5", "n/a", "n/a"]] * 29
    result = load(liw, made_odk.write_csv([[*beside, *row] for beside, row in zip(more, rows, strict=True)]))
    assert (result.rows_stored, codes(result)) == (30, ["SURVEY-REPEATS-NOT-READ"])
    assert result.report.findings[0].facts == {"name": "kids", "count": 31}
    assert not [header for header in read_answers(liw) if "kids" in header]


@pytest.mark.parametrize("end", [["PARENT_KEY", "KEY"], ["_parent_table_name", "_parent_index"]])
def test_a_repeat_alone_is_refused(liw, end):
    rows = [["imie", "wiek", *end], *([f"x{n}", str(n), "a", "b"] for n in range(9))]
    result = load(liw, made_odk.write_csv(rows), name="dzieci.csv")
    assert (result.batch, codes(result)) == (None, ["SURVEY-REPEATS-ALONE"])


def test_places_devices_and_files_are_no_questions(liw):
    made = make_survey(30)
    rows = made_odk.kobo_rows(made, labels=True)
    more = [["gdzie", "_gdzie_latitude", "_gdzie_longitude", "_gdzie_altitude", "_gdzie_precision", "deviceid",
             "zdjęcie", "zdjęcie_URL"]]  # fmt: skip
    more += [
        ["52.1 21.9 0 0", "52.1", "21.9", "0", "0", f"ee.kobo:{n}", f"{n}.jpg", f"https://kobo/{n}"] for n in range(30)
    ]
    result = load(liw, made_odk.write_csv([[*a, *b] for a, b in zip(more, rows, strict=True)], delimiter=";"))
    assert result.rows_stored == 30
    assert set(read_answers(liw)) == set(truth_of(made))


def test_words_beside_other_belong_to_their_question(liw):
    content = small(
        ("Skąd wie Pan/Pani?", ["Facebook", "other", "Plakat", "Facebook"]),
        ("skad_other", ["", "od kuzyna", "", ""]),
        ("Co pomaga?", ["Bus other", "Park", "Bus Park", ""]),
        ("Co pomaga?/Bus", ["1", "0", "1", ""]),
        ("Co pomaga?/Park", ["0", "1", "1", ""]),
        ("Co pomaga?/other", ["1", "0", "0", ""]),
        ("co_other", ["ławki", "", "", ""]),
    )
    load(liw, content)
    stored = {header: cells[:4] for header, cells in read_answers(liw).items()}
    assert stored == {
        "Skąd wie Pan/Pani?": [{"Facebook"}, {"od kuzyna"}, {"Plakat"}, {"Facebook"}],
        "Co pomaga?": [{"Bus", "ławki"}, {"Park"}, {"Bus", "Park"}, None],
    }
    columns = questions_of(inspect(content))
    assert columns["Skąd wie Pan/Pani?"].type is QuestionType.SINGLE
    assert columns["Co pomaga?"].columns == (2, 3, 4, 5)


def test_labels_joined_by_spaces_alone_are_told_apart_by_whole_options(liw):
    said = ["od znajomych", "z plakatu", "od znajomych z plakatu", "ze strony", "z plakatu ze strony", ""]
    load(liw, small(("Skąd?", said), people=60))
    assert read_answers(liw)["Skąd?"][:6] == [
        {"od znajomych"}, {"z plakatu"}, {"od znajomych", "z plakatu"}, {"ze strony"}, {"z plakatu", "ze strony"}, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said", [["Raczej Tak", "Raczej Nie", "Tak", "Nie"], ["Urząd Gminy", "Urząd Miasta", "Szkoła"]]
)
def test_one_answer_of_several_words_is_not_cut(said):
    column = questions_of(inspect(small(("Kto?", said))))["Kto?"]
    assert column.type in {QuestionType.SINGLE, QuestionType.SCALE}


def test_a_battery_of_yes_and_no_in_a_group_is_no_question_with_several_answers(liw):
    content = small(("ufa/urzad", ["1", "0", "0"]), ("ufa/szkola", ["0", "0", "1"]), ("ufa/ksiadz", ["1", "0", "1"]))
    assert len(questions_of(inspect(content))) == 3


def test_a_slash_in_a_wording_is_no_group():
    headers = [f"Czy Pan/Pani {rest}" for rest in ("Ma psa?", "Ma kota?", "Lubi wieś?")]
    headers += [f"Czy rodzice/opiekunowie {rest}" for rest in ("pomagają?", "wiedzą?", "pytają?")]
    assert list(questions_of(inspect(small(*((header, ["Tak", "Nie"]) for header in headers))))) == headers


def test_a_ranking_of_kobo_comes_back():
    content = small(
        ("Co najpierw?/1st choice", ["Bus", "Park", "Bus"]),
        ("Co najpierw?/2nd choice", ["Park", "Bus", "Ławki"]),
        ("Co najpierw?/3rd choice", ["Ławki", "Ławki", "Park"]),
    )
    column = questions_of(inspect(content))["Co najpierw?"]
    assert (column.type, set(column.choices)) == (QuestionType.RANKING, {"Bus", "Park", "Ławki"})


def test_a_ranking_of_odk_comes_back_with_its_form():
    rows = [["SubmissionDate", "co", "KEY", "SubmitterID"]]
    rows += [["2026-01-01T10:00:00.000Z", ("b p", "p b")[n % 2], f"uuid:{n}", "1"] for n in range(20)]
    form = {
        "survey": [["type", "name", "label"], ["rank co", "co", "Co najpierw?"]],
        "choices": [["list_name", "name", "label"], ["co", "b", "Bus"], ["co", "p", "Park"], ["co", "l", "Ławki"]],
    }
    column = questions_of(inspect(write_workbook({"dane": rows, **form}), "dane.xlsx"))["Co najpierw?"]
    assert (column.type, column.choices) == (QuestionType.RANKING, ("Bus", "Park", "Ławki"))


def test_a_submission_that_was_not_approved_is_set_aside(liw):
    made = make_survey(30)
    rows = made_odk.kobo_rows(made, labels=True)
    place = rows[0].index("_validation_status")
    rows[4][place], rows[5][place], rows[6][place] = "Not Approved", "Approved", "validation_status_not_approved"
    result = load(liw, made_odk.write_csv(rows, delimiter=";", quoted=True))
    assert (result.rows_stored, result.rows_rejected, codes(result)) == (28, 2, ["SURVEY-ROWS-REJECTED"])


def test_the_older_workbook_gives_its_main_sheet_a_parent_too(liw):
    made = make_survey(20)
    main = [
        [*row, *(("_index", "_parent_table_name", "_parent_index") if number == 0 else (str(number), "", "-1"))]
        for number, row in enumerate(made_odk.legacy_rows(made))
    ]
    child = [["imie", "_index", "_parent_table_name", "_parent_index"], *([f"x{n}", n, "main", n] for n in range(1, 5))]
    result = load(liw, write_workbook({"main": main, "dzieci": child}), name="main.xlsx")
    assert (result.source, result.rows_stored, codes(result)) == ("kobo", 20, ["SURVEY-REPEATS-NOT-READ"])


def test_numbers_of_responses_and_moments_are_known(samples):
    made = make_survey(20)
    for source, rows, header in (
        (kobo, made_odk.kobo_rows(made, labels=True), "_id"),
        (odk, made_odk.odk_rows(made), "KEY"),
    ):
        recognition = source.recognise(open_book(Incoming("a.csv", made_odk.write_csv(rows))))
        assert rows[0][recognition.response_id_column] == header
        assert rows[0][recognition.timestamp_column] in {"_submission_time", "SubmissionDate"}


def test_the_files_name_is_enough_where_every_column_of_the_tool_was_left_out():
    rows = [row[2 : -len(made_odk.KOBO_END)] for row in made_odk.kobo_rows(make_survey(30), labels=True)]
    content = made_odk.write_csv(rows, delimiter=";", quoted=True)
    assert inspect(content, "Diagnoza - all versions - Polski (pl) - 2026-01-02-10-11-12.csv").source == "kobo"
    assert inspect(content, "Diagnoza - wyniki - 2026-01-02.csv").source == "generic"


def test_a_question_called_status_is_a_question():
    assert "status" in questions_of(inspect(small(("status", ["pracuje", "uczy_sie"]), ("plec", ["k", "m"]))))


def test_the_ticks_of_two_questions_with_one_wording_stay_apart(liw):
    content = small(
        ("Co?", ["Bus Park", "Bus"]), ("Co?/Bus", ["1", "1"]), ("Co?/Park", ["1", "0"]),
        ("Co?", ["Sklep", "Sklep Bar"]), ("Co?/Sklep", ["1", "1"]), ("Co?/Bar", ["0", "1"]),
    )  # fmt: skip
    columns = [column for column in inspect(content).sheets[0].columns if column.role == "question"]
    assert [(column.columns, column.choices) for column in columns] == [
        ((0, 1, 2), ("Bus", "Park")), ((3, 4, 5), ("Sklep", "Bar")),
    ]  # fmt: skip


def test_options_with_slashes_and_no_summary():
    content = small(
        ("Kto pomaga?/Sołtys / radny", ["1", "1"]), ("Kto pomaga?/Matka/ojciec", ["0", "1"]),
        ("Kto pomaga?/Inni", ["0", "1"]),
    )  # fmt: skip
    column = questions_of(inspect(content))["Kto pomaga?"]
    assert (column.columns, column.choices) == ((0, 1, 2), ("Sołtys / radny", "Matka/ojciec", "Inni"))


def test_a_file_of_labels_keeps_the_language_it_was_exported_in():
    form = {
        "survey": [
            ["type", "name", "label::English (en)", "label::Polski (pl)"], ["begin_group", "g", "Group", "Grupa"],
            ["select_multiple ch", "skad", "Where from?", "Skąd?"], ["calculate", "c", "", ""],
            ["geopoint", "gdzie", "Where", "Gdzie"], ["end_group"],
        ],
        "choices": [
            ["list_name", "name", "label::English (en)", "label::Polski (pl)"], ["ch", "fb", "Facebook page", "Strona"],
            ["ch", "pl", "Poster on wall", "Plakat"], ["ch", "nb", "Neighbours", "Sąsiedzi"],
        ],
    }  # fmt: skip
    answers = [["Group/Where from?", "Group/c", "Group/Where", "_id", "_uuid", "_submission_time"]]
    said = ("Facebook page Poster on wall", "Poster on wall")
    answers += [[said[n % 2], "5", "52.1 21.3 0 0", str(n), f"u{n}", "2026-01-01T10:00:00"] for n in range(20)]
    columns = questions_of(inspect(write_workbook({"dane": answers, **form}), "dane.xlsx"))
    assert {header: column.choices for header, column in columns.items()} == {
        "Where from?": ("Facebook page", "Poster on wall", "Neighbours")
    }
