"""The known survey in every layout, as its source writes it and as people hand it in: what was said is stored."""

from dataclasses import replace

import pytest

from tests.importing_surveys import add_partnership, codes, load
from tests.made.layouts import by_hand, forms, limesurvey, open_data_kit, spss, tally, two_rows
from tests.made.layouts.tables import EXCEL_POLAND, STYLES, write_rows
from tests.made.truth import NOTHING, Said, make_known_survey
from tests.reading_back import describe_differences, import_laid, read_columns, read_counts

LAYOUTS = {
    "google form": forms.google_form,
    "google sheet": forms.google_sheet,
    "google workbook": forms.google_workbook,
    "microsoft": forms.microsoft,
    "kobo labels, both": open_data_kit.kobo,
    "kobo labels, details": lambda survey: open_data_kit.kobo(survey, ticks="details"),
    "kobo names, both": lambda survey: open_data_kit.kobo(survey, codes=True),
    "kobo names, details": lambda survey: open_data_kit.kobo(survey, codes=True, ticks="details"),
    "kobo names, summary": lambda survey: open_data_kit.kobo(survey, codes=True, ticks="summary"),
    "kobo legacy": open_data_kit.kobo_legacy,
    "odk": open_data_kit.odk,
    "odk, split": lambda survey: open_data_kit.odk(survey, split=True),
    "limesurvey full": limesurvey.limesurvey,
    "limesurvey codes": lambda survey: limesurvey.limesurvey(survey, codes=True),
    "surveymonkey": two_rows.surveymonkey,
    "interankiety": two_rows.interankiety,
    "twin columns": two_rows.twins,
    "by hand, one column": by_hand.plain,
    "by hand, ones": by_hand.one_hot,
    "by hand, crosses": lambda survey: by_hand.one_hot(survey, header="brackets", ticks="crosses"),
    "by hand, merged headers": by_hand.two_rows,
    "by hand, two rows": lambda survey: by_hand.two_rows(survey, merged=False),
    "by hand, separated": by_hand.separated,
}


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_said_is_what_is_stored(liw, layout):
    import_laid(liw, LAYOUTS[layout](make_known_survey(45, seed=5)))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_next_measurement_joins_the_series(liw, layout):
    import_laid(liw, LAYOUTS[layout](make_known_survey(45, seed=20)))
    result = import_laid(liw, LAYOUTS[layout](make_known_survey(40, seed=21)), wave="Diagnoza 2027")
    assert "SURVEY-QUESTIONNAIRE-JOINED" in codes(result)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "layout", ["google sheet", "by hand, ones", "by hand, two rows", "surveymonkey", "kobo labels, both"]
)
def test_any_file_that_a_spreadsheet_makes_of_it(liw, layout, style):
    import_laid(liw, LAYOUTS[layout](make_known_survey(40, seed=11)), STYLES[style])


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in {"google form", "twin columns"}])
def test_excel_in_poland_saved_it_again(liw, layout):
    import_laid(liw, LAYOUTS[layout](make_known_survey(40, seed=12)), EXCEL_POLAND)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_titles_above_and_sums_below(liw, layout):
    laid = LAYOUTS[layout](make_known_survey(40, seed=13)).mutated(titles=2, blanks=True, footer=True)
    import_laid(liw, laid)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_stand_in_another_order(liw, layout):
    survey = make_known_survey(40, seed=14)
    places = [*range(len(survey.asked))]
    # Rows of a grid stay side by side.
    turned = [*places[7:][::-1], *places[4:7], *places[:4][::-1]]
    import_laid(liw, LAYOUTS[layout](survey.in_order(turned)))


@pytest.mark.parametrize(
    "layout",
    [
        "google form",
        "google sheet",
        "google workbook",
        "surveymonkey",
        "interankiety",
        "by hand, one column",
        "by hand, ones",
        "by hand, crosses",
        "by hand, merged headers",
        "by hand, two rows",
    ],
)
def test_a_dot_is_no_answer(liw, layout):
    import_laid(liw, LAYOUTS[layout](make_known_survey(40, seed=15)).mutated(dots=True))


def test_an_archive_of_central_says_that_its_repeat_is_not_read(liw):
    laid, file = open_data_kit.odk_archive(make_known_survey(45, seed=6), split=True)
    import_laid(liw, laid, file=file)


def test_spss_is_read_by_its_labels(liw):
    laid, file = spss.spss(make_known_survey(45, seed=7))
    import_laid(liw, laid, file=file)


def test_labels_joined_by_spaces_come_apart_by_how_they_recur(liw):
    survey = make_known_survey(45, seed=8).without_own_words()
    import_laid(liw, open_data_kit.kobo(survey, ticks="summary"))


@pytest.mark.parametrize("layout", ["google sheet", "microsoft", "surveymonkey", "kobo labels, both", "by hand, ones"])
def test_questions_with_one_wording_stay_two(liw, layout):
    survey = make_known_survey(40, seed=16)
    again = replace(survey.asked[12], name="plec2")
    twice = replace(
        survey,
        asked=(*survey.asked, again),
        answers=tuple((*row, row[12]) for row in survey.answers),
    )
    import_laid(liw, LAYOUTS[layout](twice))


@pytest.mark.parametrize("mark", ["x", "X", ".", "-", "nie dotyczy", "brak danych"])
def test_signs_for_nothing_in_measured_columns(liw, mark):
    laid = by_hand.plain(make_known_survey(40, seed=17))
    measured = [place for place, one in enumerate(laid.tells.asked) if one.type.value in {"number", "date"}]
    rows = [
        [mark if place in measured and cell is None else cell for place, cell in enumerate(row)] for row in laid.rows
    ]
    kind = "not_applicable" if mark == "nie dotyczy" else ""
    told = replace(
        laid.tells,
        answers=tuple(
            tuple(
                Said(missing=kind) if place in measured and said == NOTHING else said
                for place, said in enumerate(answers)
            )
            for answers in laid.tells.answers
        ),
    )
    import_laid(liw, replace(laid, rows=rows, tells=told))


def test_rows_that_were_added_since_are_the_only_new_ones(liw):
    survey = make_known_survey(40, seed=18)
    first = replace(survey, stamps=survey.stamps[:25], answers=survey.answers[:25])
    import_laid(liw, forms.microsoft(first))
    name, content = forms.microsoft(survey).write()
    result = load(liw, content, name=name)
    assert (result.rows_read, result.rows_stored, result.rows_rejected, result.rows_known) == (40, 15, 0, 25)
    assert describe_differences(forms.microsoft(survey).tells, read_columns(liw)) == []


def test_another_measurement_of_spss_joins_the_series(liw):
    for seed, wave in ((22, "Diagnoza 2026"), (23, "Diagnoza 2027")):
        laid, file = spss.spss(make_known_survey(45, seed=seed))
        result = import_laid(liw, laid, file=file, wave=wave)
    assert "SURVEY-QUESTIONNAIRE-JOINED" in codes(result)


def test_it_is_the_same_on_postgresql(store):
    add_partnership(store)
    import_laid(store, forms.google_form(make_known_survey(45, seed=19)))


@pytest.mark.parametrize("style", ["excel in poland", "xlsx", "ods"])
def test_counts_from_paper_are_the_counts_of_the_same_people(liw, style):
    survey = make_known_survey(40, seed=24).without_own_words()
    rows = tally.tally_rows(survey)
    result = load(liw, write_rows(rows, STYLES[style]), name=f"Ankiety papierowe.{STYLES[style].kind}")
    lines = len(rows) - 2
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("tally", lines, lines, 0)
    said = tally.count_options(survey)
    assert read_counts(liw) == {
        header: {label: count for label, count in options.items() if count} for header, options in said.items()
    }


@pytest.mark.parametrize("layout", ["google form", "kobo names, details", "surveymonkey", "by hand, merged headers"])
def test_counts_for_the_pages_are_those_of_the_answers(liw, layout):
    laid = LAYOUTS[layout](make_known_survey(45, seed=25).without_own_words())
    import_laid(liw, laid)
    said = {
        f"{stem} [{text}]" if stem else text: options
        for (stem, text), options in tally.count_by_key(laid.tells).items()
    }
    stored = read_counts(liw)
    assert {header: stored[header] for header in said} == said
