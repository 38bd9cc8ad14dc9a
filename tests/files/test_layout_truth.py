"""The known survey in every layout, as its source writes it and as people hand it in: what was said is what is stored."""

import pytest

from tests.importing_surveys import add_partnership
from tests.made.layouts import by_hand, forms, limesurvey, open_data_kit, spss, two_rows
from tests.made.layouts.tables import EXCEL_POLAND, STYLES
from tests.made.truth import make_known_survey
from tests.reading_back import import_laid

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


@pytest.mark.parametrize("layout", ["google sheet", "by hand, one column"])
def test_a_dot_is_no_answer(liw, layout):
    import_laid(liw, LAYOUTS[layout](make_known_survey(40, seed=15)).mutated(dots=True))


def test_an_archive_of_central_says_that_its_repeat_is_not_read(liw):
    laid, file = open_data_kit.odk_archive(make_known_survey(45, seed=6), split=True)
    import_laid(liw, laid, file=file)


def test_spss_is_read_by_its_labels(liw):
    laid, file = spss.spss(make_known_survey(45, seed=7))
    import_laid(liw, laid, file=file)
