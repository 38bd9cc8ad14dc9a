"""KoboToolbox, its older family, ODK Central, SurveyCTO: what was answered is what is stored, cell by cell."""

import json

import pytest
from pyxform.xls2xform import convert

from etl.importing import Incoming
from etl.pipeline import inspect_file, preview_file
from surveys.model import QuestionType
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, load, read_answers
from tests.made import open_data_kit as made_odk
from tests.made.google_forms import make_survey
from tests.made.open_data_kit import truth_of
from tests.made.workbook import pack, write_workbook


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def truth_in_codes(made):
    """The same from a file of codes: names for wordings, codes for labels."""
    return {one.name: as_digits(made_odk.coded(made, one)) for one in made_odk.name_questions(made)}


def read_by_name(store):
    """Stored answers under the last part of the header: grids and groups of codes aside."""
    return {
        header.partition(" [")[2].removesuffix("]").rpartition("-")[2] or header.rpartition("-")[2]: as_digits(cells)
        for header, cells in read_answers(store).items()
    }


def as_digits(cells):
    """Without its wording a question may ask for a number or for a place on a scale: the digits are the same."""
    return [frozenset({f"{cell:g}"}) if isinstance(cell, float) else cell for cell in cells]


def inspect(content, name="Diagnoza.csv"):
    return inspect_file(Incoming(name, content))


def questions_of(inspection):
    return {column.header: column for column in inspection.sheets[0].columns if column.role == "question"}


@pytest.mark.parametrize("mark", ["/", " - ", "::", "."])
@pytest.mark.parametrize("ticks", ["both", "details"])
def test_every_label_of_kobo_comes_back(liw, ticks, mark):
    made = make_survey(200, seed=3)
    rows = made_odk.kobo_rows(made, labels=True, ticks=ticks, mark=mark)
    result = load(liw, made_odk.write_csv(rows, delimiter=";", quoted=True))
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("kobo", 200, 200, 0)
    assert codes(result) == []
    assert read_answers(liw) == truth_of(made)


@pytest.mark.parametrize("ticks", ["both", "details", "summary"])
def test_every_code_of_kobo_comes_back(liw, ticks):
    made = make_survey(200, seed=4)
    rows = made_odk.kobo_rows(made, labels=False, ticks=ticks, tags=True)
    result = load(liw, write_workbook({"Diagnoza": rows}), name="Diagnoza - all versions - False - 2026-01-02.xlsx")
    assert (result.source, result.rows_stored, codes(result)) == ("kobo", 200, [])
    assert read_by_name(liw) == truth_in_codes(made)


@pytest.mark.parametrize("summary", [True, False])
def test_every_code_of_the_older_family_comes_back(liw, summary):
    made = make_survey(150, seed=5)
    result = load(liw, made_odk.write_csv(made_odk.legacy_rows(made, summary=summary)))
    assert (result.source, result.rows_stored, codes(result)) == ("kobo", 150, [])
    assert read_by_name(liw) == truth_in_codes(made)


@pytest.mark.parametrize("split", [True, False])
def test_every_code_of_odk_central_comes_back(liw, split):
    made = make_survey(150, seed=6)
    result = load(liw, made_odk.write_csv(made_odk.odk_rows(made, split=split)))
    assert (result.source, result.rows_stored, codes(result)) == ("odk", 150, [])
    assert read_by_name(liw) == truth_in_codes(made)


def test_every_code_of_survey_cto_comes_back(liw):
    made = make_survey(150, seed=7)
    result = load(liw, made_odk.write_csv(made_odk.survey_cto_rows(made)))
    assert (result.source, result.rows_stored, codes(result)) == ("odk", 150, [])
    assert read_by_name(liw) == truth_in_codes(made)


@pytest.mark.parametrize("tool", ["kobo", "odk", "legacy", "plain"])
def test_a_form_beside_the_data_turns_codes_into_labels(liw, tool):
    made = make_survey(150, seed=8)
    rows = {
        "kobo": lambda: made_odk.kobo_rows(made, labels=False),
        "odk": lambda: made_odk.odk_rows(made, split=True),
        "legacy": lambda: made_odk.legacy_rows(made),
        "plain": lambda: [row[2 : -len(made_odk.KOBO_END)] for row in made_odk.kobo_rows(made, labels=False)],
    }[tool]()
    book = write_workbook({"dane": rows, **made_odk.form_sheets(made, extra_option="Nikt tego nie wybrał")})
    result = load(liw, book, name="Diagnoza.xlsx")
    source = {"legacy": "kobo", "plain": "xlsform"}.get(tool, tool)
    assert (result.source, result.rows_stored, codes(result)) == (source, 150, [])
    stored, truth = read_answers(liw), truth_of(made)
    digits = {one.header for one in made.questions if one.type is QuestionType.SCALE and one.options[0] == "1"}
    assert {header: cells for header, cells in stored.items() if header not in digits} == {
        header: cells for header, cells in truth.items() if header not in digits
    }
    asked = questions_of(inspect(book, "Diagnoza.xlsx"))
    offered = asked["Komu najbardziej brakuje dziś wsparcia?"].choices
    assert offered[-1] == "Nikt tego nie wybrał"
    assert asked["Jak ocenia Pan/Pani dostępność [lekarza]"].type is QuestionType.SCALE


def test_sheets_of_the_form_are_code_lists(samples):
    made = make_survey(20)
    book = write_workbook({"dane": made_odk.kobo_rows(made, labels=False), **made_odk.form_sheets(made)})
    inspection = inspect(book, "Diagnoza.xlsx")
    assert {sheet.name: sheet.kind for sheet in inspection.sheets} == {
        "dane": "answers", "survey": "codes", "choices": "codes", "settings": "codes",
    }  # fmt: skip


def test_a_rejected_row_is_set_aside(liw):
    made = make_survey(40)
    rows = made_odk.odk_rows(made, review={3: "rejected", 4: "approved", 5: "hasIssues"})
    result = load(liw, made_odk.write_csv(rows))
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (40, 39, 1)
    assert codes(result) == ["SURVEY-ROWS-REJECTED"]


def test_a_row_that_could_not_be_decrypted_is_set_aside(liw):
    made = make_survey(40)
    rows = made_odk.odk_rows(made)
    status = rows[0].index("Status")
    rows[7] = [rows[7][0], *[""] * (len(rows[7]) - 1)]
    rows[7][status] = "not decrypted"
    result = load(liw, made_odk.write_csv(rows))
    assert (result.rows_stored, codes(result)) == (39, ["SURVEY-ROWS-INCOMPLETE"])


def test_an_answer_of_no_version_that_shifts_cells_beyond_the_headers_does_no_harm(liw):
    made = make_survey(60)
    rows = made_odk.kobo_rows(made, labels=False)
    ragged = [*rows[:20], *([*row, "1"] for row in rows[20:])]
    result = load(liw, made_odk.write_csv(ragged, delimiter=";", quoted=True))
    assert (result.source, result.rows_stored) == ("kobo", 60)
    assert "SURVEY-HEADER-BLANK" not in codes(result)
    assert read_by_name(liw) == truth_in_codes(made)


def test_an_answer_from_before_several_were_asked_for_is_kept(liw):
    """Old rows have the summary filled and the columns of options blank."""
    made = make_survey(60)
    rows = made_odk.kobo_rows(made, labels=True)
    header = "Komu najbardziej brakuje dziś wsparcia?"
    summary = rows[0].index(header)
    width = sum(str(cell).startswith(f"{header}/") for cell in rows[0])
    for row in rows[1:6]:
        row[summary : summary + 1 + width] = ["Seniorzy 60+", *[""] * width]
    load(liw, made_odk.write_csv(rows, delimiter=";", quoted=True))
    assert read_answers(liw)[header][:5] == [frozenset({"Seniorzy 60+"})] * 5


def test_saved_again_by_excel_with_a_title_and_columns_deleted(liw):
    made = make_survey(50)
    rows = made_odk.kobo_rows(made, labels=True)
    kept = [place for place, cell in enumerate(rows[0]) if cell not in {"_notes", "_status", "__version__", "_tags"}]
    rows = [["Diagnoza gminy Liw"], [], *([row[place] for place in kept] for row in rows)]
    result = load(liw, made_odk.write_csv(rows, delimiter=";", encoding="cp1250"))
    assert (result.source, result.rows_stored) == ("kobo", 50)
    assert read_answers(liw) == truth_of(made)


def test_one_respondent_is_enough(liw):
    made = make_survey(1, seed=2)
    assert load(liw, made_odk.write_csv(made_odk.kobo_rows(made, labels=True))).rows_stored == 1


def test_no_respondent_is_said():
    rows = made_odk.kobo_rows(make_survey(1), labels=True)[:1]
    inspection = inspect(made_odk.write_csv(rows))
    assert (inspection.source, codes(inspection)) == ("kobo", ["SURVEY-NO-ROWS"])


FREQUENCIES = (
    ("dietary_needs.labels.details.csv", "None"),
    ("dietary_needs.labels.summary.csv", "None"),
    ("or_other.English(en).csv", "English (en)"),
    ("grouped_repeatable.xml.csv", "None"),
    ("grouped_repeatable.xml.xlsx", "None"),
)


@pytest.mark.parametrize(("name", "language"), FREQUENCIES)
def test_kobos_own_frequencies_are_met(liw, samples, name, language):
    """Kobo's percentages are of all submissions; its counts are people."""
    folder = samples / "kobo_formpack"
    report = json.loads((folder / f"{name.split('.')[0]}.autoreport.json").read_text(encoding="utf-8"))[language]
    preview = preview_file(Incoming(name, (folder / name).read_bytes()), store=liw, actor=MACHINE, decisions=LIW)
    assert (preview.rows_read, preview.rows_stored) == (report["submissions_count"],) * 2
    shown = {question.text: question for question in preview.preview}
    compared = 0
    for field in report["fields"]:
        question = shown.get(field["label"]) or shown.get(field["name"])
        if question is None or not question.options:
            continue
        counts = {option.label: option.people_count for option in question.options if option.people_count}
        assert counts == dict(field["stats"]["frequency"])
        assert question.base == field["stats"]["provided"]
        compared += 1
    assert compared


def test_the_zip_of_odk_central_is_one_survey(liw, samples):
    folder = samples / "odk_central" / "should_handle_nested_repeats_with_parent_key_key"
    packed = pack({path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))})
    result = load(liw, packed, name="multirepeat.csv.zip")
    assert (result.source, result.rows_stored) == ("odk", 3)
    assert {finding.facts["name"]: finding.facts["count"] for finding in result.report} == {
        "multirepeat-child": 4, "multirepeat-toy": 6,
    }  # fmt: skip


def test_a_zip_of_data_and_form_speaks_in_the_forms_words(liw):
    made = make_survey(80, seed=9)
    form = write_workbook(made_odk.form_sheets(made))
    result = load(liw, pack({"dane.csv": made_odk.write_csv(made_odk.odk_rows(made)), "f.xlsx": form}), name="a.zip")
    assert (result.source, result.rows_stored, codes(result)) == ("odk", 80, [])
    header = "Komu najbardziej brakuje dziś wsparcia?"
    assert read_answers(liw)[header] == truth_of(made)[header]


def test_a_zip_of_data_and_xform_speaks_in_the_forms_words(liw):
    made = make_survey(80, seed=9)
    sheets = made_odk.form_sheets(made)
    # pyxform wants one list for all rows of a table.
    sheets["survey"] = [["" if cell == "table-list" else cell for cell in row] for row in sheets["survey"]]
    xform = convert(write_workbook(sheets), file_type=".xlsx").xform.encode()
    archive = pack({"dane.csv": made_odk.write_csv(made_odk.odk_rows(made)), "ankieta.xml": xform})
    result = load(liw, archive, name="a.zip")
    assert (result.source, result.rows_stored, codes(result)) == ("odk", 80, [])
    stored = read_answers(liw)
    truth = {header.partition(" [")[2].rstrip("]") or header: cells for header, cells in truth_of(made).items()}
    digits = {one.header for one in made.questions if one.type is QuestionType.SCALE and one.options[0] == "1"}
    assert sorted(stored) == sorted(truth)
    wrong = [header for header, cells in truth.items() if header not in digits and stored[header] != cells]
    assert wrong == []


def test_an_xform_alone_is_a_form(samples):
    path = next((samples / "odk_central").glob("*/form.xml"))
    inspection = inspect(path.read_bytes(), "form.xml")
    assert (inspection.source, codes(inspection)) == ("xlsform", ["SURVEY-IS-A-FORM"])
    assert "What is your name?" in questions_of(inspection)


def test_other_behind_joined_labels_is_an_option_of_its_own():
    labels = ["Drogi i chodniki", "Praca", "Zdrowie psychiczne", "other"]
    chosen = [[label for place, label in enumerate(labels) if number >> place & 1] for number in range(1, 16)]
    cells = [" ".join(ticked) for ticked in chosen] * 3
    ends = ["_id", "_uuid", "_submission_time", "_validation_status", "_index"]
    rows = [["Co jest problemem?", *ends]]
    rows += [[cell, str(n), f"u{n}", "2026-03-01T10:00:00", "", str(n)] for n, cell in enumerate(cells)]
    inspection = inspect(made_odk.write_csv(rows))
    asked = questions_of(inspection)["Co jest problemem?"]
    assert set(asked.choices) == set(labels)
    assert "SURVEY-LABELS-JOINED" in codes(inspection)
