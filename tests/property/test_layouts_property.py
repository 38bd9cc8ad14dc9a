"""Whatever a survey asks and however its file was treated, what people said is what is stored, and no row is lost."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean.labels import option_key
from etl.store.engine import Store, open_store
from surveys.model import QuestionType
from surveys.vocabulary import load
from tests.importing_surveys import add_partnership
from tests.made.layouts import by_hand, forms, limesurvey, open_data_kit, spss, two_rows
from tests.made.layouts.tables import EXCEL_POLAND, ODS, STYLES, XLSX, Laid
from tests.made.truth import Asked, KnownSurvey, code_of, make_known_survey
from tests.reading_back import import_laid

WORDS = st.sampled_from(
    ["park", "autobus", "droga", "lekarz", "żłobek", "szkoła", "ławki", "wieś", "rower", "las", "sklep", "źródło",
     "ścieżka", "dąb", "świetlica", "boisko", "poczta", "targ"]
)  # fmt: skip
PLAIN = st.lists(WORDS, min_size=1, max_size=3, unique=True).map(lambda words: " ".join(words).capitalize())
WITH_COMMA = st.tuples(PLAIN, WORDS).map(lambda parts: f"{parts[0]}, {parts[1]}")
WITH_BRACKETS = st.tuples(PLAIN, WORDS, WORDS).map(lambda parts: f"{parts[0]} ({parts[1]}, {parts[2]})")
WITH_SLASH = st.tuples(PLAIN, WORDS).map(lambda parts: f"{parts[0]} / {parts[1]}")
WITH_SEMICOLON = st.tuples(PLAIN, WORDS).map(lambda parts: f"{parts[0]}; {parts[1]}")
ANY_OPTION = st.one_of(PLAIN, WITH_BRACKETS, WITH_COMMA, WITH_SLASH)
SCALES = st.sampled_from(
    [scale.values_pl for scale in load().scales.values() if scale.points > 2 and not scale.values_pl[0].isdigit()]
)
ROWS = ("Chodniki", "Lekarze rodzinni", "Szkoły i przedszkola", "Poczucie bezpieczeństwa")
MISSING = st.sampled_from(
    [{}, {"Trudno powiedzieć": "dont_know"}, {"Nie dotyczy": "not_applicable", "Odmowa odpowiedzi": "refused"}]
)


def distinct(options: list[str]) -> bool:
    return len({option_key(option) for option in options}) == len(options) == len({code_of(one) for one in options})


def apart(options: list[str]) -> bool:
    """Whether no half of an option reads like another one: nobody could tell "Targ, rynek" from "Targ" and "Rynek"."""
    halves = [option_key(half) for option in options for half in re.split("[,;(/]", option)]
    return len(set(halves)) == len(halves)


def options_of(option: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(option, min_size=3, max_size=6).filter(distinct).filter(apart)


@st.composite
def questions(draw: st.DrawFn, option: st.SearchStrategy[str]) -> list[Asked]:
    """A form: of each type some questions, in any order; rows of a grid side by side."""
    # Whoever answers nothing at all leaves an empty row, which is nobody's.
    places = ("Liw", "Węgrów", "Jarnice")
    asked = [[Asked("miejscowosc", "Miejscowość", QuestionType.SINGLE, places, required=True)]]
    for number in range(draw(st.integers(1, 3))):
        other = draw(st.sampled_from(["", "Inne"]))
        found = tuple(draw(options_of(option)))
        asked.append([Asked(f"wiele{number}", f"Co jest ważne {number}?", QuestionType.MULTIPLE, found, other=other)])
    for number in range(draw(st.integers(0, 2))):
        found, missing = tuple(draw(options_of(option))), draw(MISSING)
        asked.append([Asked(f"jedno{number}", f"Gdzie jest {number}?", QuestionType.SINGLE, found, missing=missing)])
    if draw(st.booleans()):
        scale, missing = draw(SCALES), draw(MISSING)
        rows = ROWS[: draw(st.integers(2, 4))]
        asked.append(
            [
                Asked(f"zdanie{place}", row, QuestionType.SCALE, scale, stem="Jak tu jest", missing=missing)
                for place, row in enumerate(rows)
            ]
        )
    extra = [
        Asked("droga", "Jak daleko jest do przystanku (km)?", QuestionType.NUMBER),
        Asked("dzien", "Kiedy było zebranie?", QuestionType.DATE),
        Asked("dobre", "Co działa u nas dobrze?", QuestionType.TEXT),
        Asked("waga", "Jak ważna jest okolica?", QuestionType.SCALE, ("1", "2", "3", "4", "5")),
        Asked("kolej", "Proszę uporządkować", QuestionType.RANKING, ("Czystość", "Zdrowie", "Kultura")),
    ]
    asked += [[one] for one in draw(st.lists(st.sampled_from(extra), unique_by=lambda one: one.name, max_size=5))]
    return [one for group in draw(st.permutations(asked)) for one in group]


@st.composite
def surveys(draw: st.DrawFn, option: st.SearchStrategy[str] = ANY_OPTION, fewest: int = 25) -> KnownSurvey:
    """A form, and people who filled it in."""
    return make_known_survey(
        draw(st.integers(fewest, fewest + 25)),
        seed=draw(st.integers(0, 10_000)),
        asked=draw(questions(option)),
        blank=draw(st.sampled_from([0.0, 0.1, 0.3])),
    )


@contextmanager
def fresh(migrated: Path) -> Iterator[Store]:
    """An empty store of one example."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "diagnoza.sqlite3"
        shutil.copyfile(migrated, file)
        store = open_store(f"sqlite:///{file}")
        try:
            add_partnership(store)
            yield store
        finally:
            store.close()


MUTATIONS = st.fixed_dictionaries(
    {}, optional={"titles": st.integers(0, 2), "blanks": st.booleans(), "footer": st.booleans()}
)
SPREAD: dict[str, Callable[[KnownSurvey], Laid]] = {
    "kobo labels": open_data_kit.kobo,
    "kobo details": lambda survey: open_data_kit.kobo(survey, ticks="details"),
    "kobo names": lambda survey: open_data_kit.kobo(survey, codes=True),
    "kobo legacy": open_data_kit.kobo_legacy,
    "odk": open_data_kit.odk,
    "odk split": lambda survey: open_data_kit.odk(survey, split=True),
    "limesurvey full": limesurvey.limesurvey,
    "limesurvey codes": lambda survey: limesurvey.limesurvey(survey, codes=True),
    "surveymonkey": two_rows.surveymonkey,
    "interankiety": two_rows.interankiety,
    "by hand, ones": by_hand.one_hot,
    "by hand, crosses": lambda survey: by_hand.one_hot(survey, header="brackets", ticks="crosses"),
    "by hand, merged": by_hand.two_rows,
    "by hand, separated": by_hand.separated,
}
JOINED: dict[str, Callable[[KnownSurvey], Laid]] = {
    "google form": forms.google_form,
    "microsoft": forms.microsoft,
    "by hand": by_hand.plain,
}


@pytest.mark.parametrize("layout", SPREAD)
@settings(max_examples=7)
@given(survey=surveys(), mutation=MUTATIONS, style=st.sampled_from([None, EXCEL_POLAND, ODS, XLSX]))
def test_options_in_columns_of_their_own(migrated_sqlite, layout, survey, mutation, style):
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, SPREAD[layout](survey).mutated(**mutation), style)
        assert result.rows_stored == len(survey.answers)


@pytest.mark.parametrize("layout", JOINED)
@settings(max_examples=8)
@given(survey=surveys(), mutation=MUTATIONS)
def test_options_joined_by_semicolons(migrated_sqlite, layout, survey, mutation):
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, JOINED[layout](survey).mutated(**mutation))
        assert result.rows_stored == len(survey.answers)


@pytest.mark.parametrize("layout", ["google form", "microsoft"])
@settings(max_examples=8)
@given(survey=surveys(st.one_of(PLAIN, WITH_SEMICOLON)))
def test_semicolons_of_an_options_own_where_a_tool_joins_with_them(migrated_sqlite, layout, survey):
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, JOINED[layout](survey))
        assert result.rows_stored == len(survey.answers)


@settings(max_examples=12)
@given(survey=surveys(fewest=40), style=st.sampled_from([None, *STYLES.values()]))
def test_options_joined_by_commas(migrated_sqlite, survey, style):
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, forms.google_sheet(survey), style)
        assert result.rows_stored == len(survey.answers)


@settings(max_examples=8)
@given(survey=surveys(fewest=40))
def test_labels_joined_by_spaces(migrated_sqlite, survey):
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, open_data_kit.kobo(survey.without_own_words(), ticks="summary"))
        assert result.rows_stored == len(survey.answers)


@settings(max_examples=8)
@given(survey=surveys())
def test_spss_files(migrated_sqlite, survey):
    laid, file = spss.spss(survey)
    with fresh(migrated_sqlite) as store:
        result = import_laid(store, laid, file=file)
        assert result.rows_stored == len(survey.answers)
