"""All recognisers, asked in turn: the most certain answer wins, the earlier one when two are equally sure.

Where none is certain, a person's word decides, and without it nothing is loaded.
"""

from etl.readers.raw import RawBook
from etl.recognise import (
    bdl,
    generic_table,
    google_forms,
    interankiety,
    kobo,
    limesurvey,
    ms_forms,
    odk,
    ozps,
    partnership_workbook,
    spss,
    surveymonkey,
    tally,
    template,
    xlsform,
)
from etl.recognise.recognition import CERTAIN, Recogniser, Recognition
from etl.recognise.total_rows import without_totals
from surveys.findings import FaultError, Finding, Place, Report

# The quickest to be sure stands first; the one that takes any table stands last.
RECOGNISERS: tuple[Recogniser, ...] = (
    spss,
    template,
    google_forms,
    ms_forms,
    kobo,
    odk,
    xlsform,
    limesurvey,
    surveymonkey,
    interankiety,
    bdl,
    ozps,
    tally,
    partnership_workbook,
    generic_table,
)
# What a person may say of a file: answers of whatever tool, or one source by name.
SURVEY = "survey"
SAID_SOURCES = (
    SURVEY,
    partnership_workbook.SOURCE,
    google_forms.SOURCE,
    ms_forms.SOURCE,
    kobo.SOURCE,
    odk.SOURCE,
    xlsform.SOURCE,
    limesurvey.SOURCE,
    surveymonkey.SOURCE,
    interankiety.SOURCE,
    spss.SOURCE,
    bdl.SOURCE,
    ozps.SOURCE,
    tally.SOURCE,
    template.SOURCE,
    generic_table.SOURCE,
)
# Nobody else can be surer than this.
_BEYOND_DOUBT = 0.95


def recognise_book(book: RawBook) -> Recognition:
    """Return what a book is.

    Raises:
        FaultError: nothing in it looks like a table with headers.
    """
    found: list[Recognition] = []
    looked_at = without_totals(book)
    for recogniser in RECOGNISERS:
        recognition = recogniser.recognise(looked_at)
        if recognition is not None:
            found.append(recognition)
            if recognition.score >= _BEYOND_DOUBT:
                break
    if not found:
        raise FaultError(Report((Finding("SURVEY-HEADER-MISSING", Place(file=book.file_name)),)))
    return max(found, key=lambda recognition: recognition.score)


def settle_source(book: RawBook, found: Recognition, said: str | None) -> Recognition:
    """Return what a book is loaded as: what it certainly is, else what a person said.

    Args:
        book: the book.
        found: what `recognise_book` took it for.
        said: one of `SAID_SOURCES`, ``None`` when nobody said anything. Of a certain book nobody is asked.

    Raises:
        FaultError: nobody said what an uncertain book is (``SOURCE-UNCERTAIN``), or it cannot be read as that.
    """
    if found.score >= CERTAIN:
        return found
    place = Place(file=book.file_name)
    if said is None:
        facts: dict[str, str | int] = {
            "seems": f"@recognition.{found.source}.name",
            "percent": round(100 * found.score),
            "reasons": " ".join(f"@{reason}" for reason in found.reasons),
        }
        raise FaultError(Report((Finding("SOURCE-UNCERTAIN", place, facts),)))
    looked_at = without_totals(book)
    answers = [recogniser.recognise(looked_at) for recogniser in RECOGNISERS]
    fitting = [answer for answer in answers if answer is not None and _is_said(answer, said)]
    if not fitting:
        raise FaultError(Report((Finding("SOURCE-OTHERWISE", place, {"seems": f"@recognition.{found.source}.name"}),)))
    return max(fitting, key=lambda recognition: recognition.score)


def _is_said(recognition: Recognition, said: str) -> bool:
    return recognition.kind == "answers" if said == SURVEY else recognition.source == said
