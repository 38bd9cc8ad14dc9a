"""Wgraj dane: a file that looks like one its measurement has already, and where figures say they come from."""

from dataclasses import replace

from tests.made.google_forms import make_survey
from tests.sight import Sight
from tests.upload_house import NAME, House, is_offered, text

MADE = make_survey(90)
OLDER = replace(MADE, stamps=MADE.stamps[:60], answers=MADE.answers[:60]).form_csv()
NEWER = MADE.form_csv()


def ask_about_newer(office: House) -> tuple[Sight, str]:
    """Load a file, rehearse its growing copy, and return the page with the key of its question."""
    office.load(office.preview(office.inspect(OLDER)))
    sight = office.preview(office.inspect(NEWER))
    (key,) = (box.key for box in sight.at.radio if box.label.startswith("Czy ten plik zastępuje"))
    return sight, key


def test_a_newer_copy_takes_the_place_of_the_older_by_decision(office: House) -> None:
    sight, key = ask_about_newer(office)
    assert "60 z 90" in sight.words
    assert not is_offered(sight, "upload-load")
    sight = sight.choose(**{key: "replace"})
    assert text("upload.preview.stale") in sight.words
    sight = office.preview(sight)
    assert "nowych **90**, znanych **0**, odrzuconych **0**" in sight.words
    office.load(sight)
    history = office.open("imports").words
    assert text("imports.replaces", name=NAME) in history
    assert text("imports.replaced", name=NAME) in history
    assert text("imports.replaced_mark") in history
    figures = office.open("problems", partnerstwo="liw").open_tables().words
    assert text("figures.files") in figures
    assert "liczba wierszy: 90" in figures


def test_both_count_when_they_hold_other_people(office: House) -> None:
    sight, key = ask_about_newer(office)
    office.load(office.preview(sight.choose(**{key: "both"})))
    figures = office.open("problems", partnerstwo="liw").open_tables().words
    assert "liczba wierszy: 60" in figures
    assert "liczba wierszy: 90" in figures


def test_what_was_decided_of_one_measurement_is_not_taken_for_another(office: House) -> None:
    sight, key = ask_about_newer(office)
    sight = office.preview(sight.choose(**{key: "replace"}))
    (wave,) = (box.key for box in sight.at.text_input if box.label == text("upload.form.wave"))
    sight.at.text_input(key=wave).set_value("Inny pomiar")
    sight = office.preview(Sight(sight.at.run()))
    assert is_offered(sight, "upload-load")
    assert "zastępuje" not in sight.words
