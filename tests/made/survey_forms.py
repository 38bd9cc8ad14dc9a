"""One small survey as KoboToolbox, ODK Central and LimeSurvey hold it: its form, and any number of answers to it."""

import io
from typing import Any

from openpyxl import Workbook

KOBO_CONTENT: dict[str, Any] = {
    "translations": [None],
    "survey": [
        {"type": "start", "name": "start"},
        {"type": "begin_group", "name": "o_tobie"},
        {"type": "select_one", "select_from_list_name": "plec", "name": "plec", "label": ["Płeć"]},
        {"type": "end_group"},
        {"type": "note", "name": "dziekujemy", "label": ["Dziękujemy!"]},
        {"type": "select_multiple", "select_from_list_name": "braki", "name": "czego_brakuje",
         "label": ["Czego brakuje?"]},
        {"type": "geopoint", "$autoname": "gdzie", "label": ["Gdzie mieszkasz?"]},
        {"type": "begin_repeat", "name": "dzieci"},
        {"type": "integer", "name": "wiek", "label": ["Wiek dziecka"]},
        {"type": "end_repeat"},
    ],
    "choices": [
        {"list_name": "plec", "name": "k", "label": ["Kobieta"]},
        {"list_name": "plec", "name": "m", "label": ["Mężczyzna"]},
        {"list_name": "braki", "name": "swietlica", "label": ["Świetlica"]},
        {"list_name": "braki", "name": "chodniki", "label": ["Chodniki, drogi"]},
    ],
}  # fmt: skip

ODK_FIELDS: list[dict[str, Any]] = [
    {"path": "/meta", "name": "meta", "type": "structure", "selectMultiple": None},
    {"path": "/meta/instanceID", "name": "instanceID", "type": "string", "selectMultiple": None},
    {"path": "/dom", "name": "dom", "type": "structure", "selectMultiple": None},
    {"path": "/dom/plec", "name": "plec", "type": "string", "selectMultiple": None},
    {"path": "/braki", "name": "braki", "type": "string", "selectMultiple": True},
    {"path": "/gdzie", "name": "gdzie", "type": "geopoint", "selectMultiple": None},
    {"path": "/dzieci", "name": "dzieci", "type": "repeat", "selectMultiple": None},
    {"path": "/dzieci/wiek", "name": "wiek", "type": "int", "selectMultiple": None},
]

LIMESURVEY_HEADINGS = {
    "code": ["id", "submitdate", "lastpage", "startlanguage", "Q1", "Q2[SQ001]", "Q2[SQ002]"],
    "full": [
        "Response ID", "Date submitted", "Last page", "Start language", "Płeć", "Czego brakuje? [Świetlica]",
        "Czego brakuje? [Chodniki; drogi]",
    ],
}  # fmt: skip
LIMESURVEY_WORDS = {"A1": "Kobieta", "A2": "Mężczyzna", "Y": "Tak"}


def make_kobo(count: int) -> list[dict[str, Any]]:
    """Submissions, the newest first, as Mongo gives them."""
    return [
        {
            "_id": 1000 + number,
            "formhub/uuid": "f0",
            "start": f"2026-05-{number % 28 + 1:02}T10:00:00.000+02:00",
            "o_tobie/plec": "km"[number % 2],
            "czego_brakuje": ("swietlica", "swietlica chodniki", "chodniki")[number % 3],
            "dzieci": [{"dzieci/wiek": str(number % 18)}],
            "__version__": "v1",
            "meta/instanceID": f"uuid:kobo-{number}",
            "_uuid": f"kobo-{number}",
            "_attachments": [],
            "_status": "submitted_via_web",
            "_geolocation": [None, None],
            "_submission_time": f"2026-05-{number % 28 + 1:02}T08:00:00",
            "_tags": [],
            "_notes": [],
            "_validation_status": {},
            "_submitted_by": None,
        }
        for number in reversed(range(count))
    ]


def make_odk(count: int) -> list[dict[str, Any]]:
    """Submissions as OData gives them."""
    return [
        {
            "__id": f"uuid:odk-{number}",
            "__system": {
                "submissionDate": f"2026-05-{number // 24 + 1:02}T{number % 24:02}:00:00.000Z",
                "updatedAt": None,
                "submitterId": "5",
                "submitterName": "Ankieter",
                "attachmentsPresent": 0,
                "attachmentsExpected": 0,
                "status": None,
                "reviewState": "approved" if number == 0 else None,
                "deviceId": "d1",
                "edits": 0,
                "formVersion": "2026",
                "deletedAt": None,
            },
            "meta": {"instanceID": f"uuid:odk-{number}"},
            "dom": {"plec": "km"[number % 2]},
            "braki": ("swietlica", "swietlica chodniki", None)[number % 3],
            "gdzie": {"type": "Point", "coordinates": [21.9, 52.4, 0], "properties": {"accuracy": 5}},
            "dzieci@odata.navigationLink": f"Submissions('uuid%3Aodk-{number}')/dzieci",
        }
        for number in range(count)
    ]


def make_odk_form() -> bytes:
    """The XLSForm of Central's form."""
    book = Workbook()
    survey, choices = book.active, book.create_sheet("choices")
    assert survey is not None
    survey.title = "survey"
    for row in (
        ("type", "name", "label"),
        ("begin_group", "dom", "Dom"),
        ("select_one plec", "plec", "Płeć"),
        ("end_group", None, None),
        ("select_multiple braki", "braki", "Czego brakuje?"),
        ("geopoint", "gdzie", "Gdzie mieszkasz?"),
        ("begin_repeat", "dzieci", "Dzieci"),
        ("integer", "wiek", "Wiek dziecka"),
        ("end_repeat", None, None),
    ):
        survey.append(row)
    for row in (
        ("list_name", "name", "label"),
        ("plec", "k", "Kobieta"),
        ("plec", "m", "Mężczyzna"),
        ("braki", "swietlica", "Świetlica"),
        ("braki", "chodniki", "Chodniki, drogi"),
    ):
        choices.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def make_limesurvey(numbers: list[int]) -> dict[int, list[str]]:
    """Responses by number: every fifth is incomplete."""
    return {
        number: [
            str(number),
            "" if number % 5 == 0 else f"2026-05-{number % 28 + 1:02} 10:00:00",
            "1",
            "pl",
            ("A1", "A2")[number % 2],
            "Y" if number % 2 else "",
            "Y" if number % 3 else "",
        ]
        for number in numbers
    }
