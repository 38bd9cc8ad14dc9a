"""Every recogniser against every sample: each file is known for what it is, and no other source claims it."""

from itertools import product

import pytest

from etl.importing import Incoming
from etl.readers.opening import open_book
from etl.recognise.recognition import CERTAIN
from etl.recognise.registry import RECOGNISERS, recognise_book
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES, load_catalogue
from tests.made import bdl, google_forms, interankiety, limesurvey, ms_forms, open_data_kit, surveymonkey, tally
from tests.made.spss_files import write_survey
from tests.made.workbook import write_workbook

# Folder of samples → source of the tables in it.
SOURCES = {
    "google_forms": "google_forms",
    "ms_forms": "ms_forms",
    "kobo_formpack": "kobo",
    "odk_central": "odk",
    "limesurvey_n2": "limesurvey",
    "polish_interankiety": "interankiety",
    "xlsform_pyxform": "xlsform",
    "spss": "spss",
}
# Files in which too little is left for certainty, and files of a source's folder that are something else.
UNCERTAIN = {"Pytanie_5.csv"}
TABLES = {".csv", ".xlsx", ".xls", ".sav"}
MADE = {
    "google_forms": lambda: google_forms.make_survey(40).form_csv(),
    "limesurvey": lambda: limesurvey.write_csv(
        limesurvey.write_rows(google_forms.make_survey(40), limesurvey.LimeSurveyStyle())
    ),
    "surveymonkey": lambda: limesurvey.write_csv(
        surveymonkey.write_rows(google_forms.make_survey(40), surveymonkey.SurveyMonkeyStyle())
    ),
    "kobo": lambda: open_data_kit.write_csv(open_data_kit.kobo_rows(google_forms.make_survey(40), labels=True)),
    "odk": lambda: open_data_kit.write_csv(open_data_kit.odk_rows(google_forms.make_survey(40), split=True)),
    "xlsform": lambda: write_workbook(open_data_kit.form_sheets(google_forms.make_survey(40))),
    "interankiety": lambda: limesurvey.write_csv(interankiety.write_numbered(google_forms.make_survey(40))),
    "ms_forms": lambda: ms_forms.csv_of(google_forms.make_survey(40)),
    "spss": write_survey,
    "bdl": bdl.flat_csv,
    "tally": lambda: tally.csv_of(tally.MadeTally().long()),
}
BY_SOURCE = {recogniser.SOURCE: recogniser for recogniser in RECOGNISERS}


def read_samples(samples, folder):
    """Yield the tables of a folder that can be read at all: some are faulty on purpose."""
    for path in sorted((samples / folder).rglob("*")):
        if path.suffix in TABLES:
            try:
                yield path, open_book(Incoming(path.name, path.read_bytes()))
            except FaultError:
                continue


@pytest.mark.parametrize(("folder", "source"), SOURCES.items())
def test_every_sample_is_known_for_what_it_is(samples, folder, source):
    found = {path.name: recognise_book(book) for path, book in read_samples(samples, folder)}
    assert {name: recognition.source for name, recognition in found.items()} == dict.fromkeys(found, source)
    unsure = {name for name, recognition in found.items() if recognition.score < CERTAIN}
    assert unsure <= UNCERTAIN


@pytest.mark.parametrize("folder", SOURCES)
def test_no_other_source_claims_a_sample(samples, folder):
    for path, book in read_samples(samples, folder):
        claims = {
            source: recognition.score
            for source, recogniser in BY_SOURCE.items()
            if (recognition := recogniser.recognise(book)) is not None and source != SOURCES[folder]
        }
        assert not [source for source, score in claims.items() if score >= CERTAIN], path.name


@pytest.mark.parametrize(("made", "other"), [pair for pair in product(MADE, BY_SOURCE) if pair[0] != pair[1]])
def test_no_other_source_claims_a_made_file(made, other):
    recognition = BY_SOURCE[other].recognise(open_book(Incoming("ankieta.csv", MADE[made]())))
    assert recognition is None or recognition.score < CERTAIN


@pytest.mark.parametrize("made", MADE)
def test_every_reason_can_be_said_in_both_languages(made):
    recognition = recognise_book(open_book(Incoming("ankieta.csv", MADE[made]())))
    texts = load_catalogue("surveys.language.catalogues")
    assert recognition.source == made
    assert recognition.reasons
    for language in LANGUAGES:
        assert all(texts.say(reason, language) for reason in recognition.reasons)
        assert texts.say(f"recognition.{made}.name", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", MADE)
def test_the_command_line_has_words_for_every_source(diagnoza, tmp_path, source, language):
    suffix = {"xlsform": ".xlsx", "spss": ".sav"}.get(source, ".csv")
    file = tmp_path / f"plik{suffix}"
    file.write_bytes(MADE[source]())
    for_people = diagnoza("inspect", file, "--lang", language)
    assert load_catalogue("etl.texts").say(f"source.{source}", language) in for_people.output
    as_json = diagnoza("inspect", file, "--lang", language, "--json")
    assert as_json.json["source"] == source
    assert "INTERNAL-FAULT" not in as_json.codes
    assert for_people.code == as_json.code


def test_every_kind_of_sheet_has_words_in_both_rooms():
    kinds = {"answers", "register", "questionnaire", "counts", "indicators", "codes", "empty", "ignored"}
    for kind in kinds:
        assert f"sheet_kind.{kind}" in load_catalogue("etl.texts")
        assert f"upload.sheet.{kind}" in load_catalogue("dashboard.texts")
