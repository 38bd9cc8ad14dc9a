"""A survey's structure as LimeSurvey writes it out (``.lss``), in its older and its newer shape, and responses to it.

`QUESTIONS` and `ANSWERS` are what was asked and answered; the writers put it into files.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class LimeQuestion:
    """A question: ``options`` and ``rows`` map codes to labels."""

    kind: str
    code: str
    text: str
    options: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    other: bool = False
    mandatory: bool = False


EASE = {"A1": "bardzo dobrze", "A2": "dobrze", "A3": "średnio", "A4": "źle", "A5": "bardzo źle"}
QUESTIONS = (
    LimeQuestion("L", "MIEJSCE", "<p>Gdzie Pan/Pani <b>mieszka</b>?</p>",
                 {"W": "wieś Liw", "M": "miasto", "K": "kolonia"}, other=True, mandatory=True),
    LimeQuestion("M", "PROBLEMY", "Co jest problemem?", rows={"SQ001": "drogi, chodniki", "SQ002": "bezrobocie",
                 "SQ003": "samotność seniorów"}, other=True),
    LimeQuestion("F", "OCENA", "Jak Pan/Pani ocenia", EASE, {"SQ001": "przychodnię", "SQ002": "bibliotekę"}),
    LimeQuestion("R", "WAZNE", "Uszereguj", {"A1": "praca", "A2": "zdrowie", "A3": "kultura"}),
    LimeQuestion("Y", "UDZIAL", "Czy chodzi Pan/Pani na zebrania?"),
    LimeQuestion("G", "PLEC", "Płeć"),
    LimeQuestion("N", "OSOB", "Ile osób mieszka w domu?"),
    LimeQuestion("T", "UWAGI", "Co jeszcze chce Pan/Pani powiedzieć?"),
    LimeQuestion("X", "KONIEC", "Dziękujemy."),
)  # fmt: skip
HEADERS = (
    "id", "submitdate", "lastpage", "startlanguage", "MIEJSCE", "MIEJSCE[other]", "PROBLEMY[SQ001]", "PROBLEMY[SQ002]",
    "PROBLEMY[SQ003]", "PROBLEMY[other]", "OCENA[SQ001]", "OCENA[SQ002]", "WAZNE[1]", "WAZNE[2]", "WAZNE[3]", "UDZIAL",
    "PLEC", "OSOB", "UWAGI",
)  # fmt: skip
_NUMBERS = {question.code: str(40 + place) for place, question in enumerate(QUESTIONS)}


def write_codes(people: int = 24) -> list[list[str]]:
    """Return the responses in codes, without headers."""
    rows = []
    for number in range(people):
        day = f"2026-03-{1 + number % 28:02d} 10:00:00"
        rows.append(
            [str(number + 1), day, "3", "pl", ("W", "M", "-oth-")[number % 3], "przysiółek" if number % 3 == 2 else "",
             "Y" if number % 2 else "", "", "Y" if number % 4 == 0 else "", "", f"A{1 + number % 4}",
             f"A{1 + number % 2}", "A2", "A1" if number % 2 else "", "", "Y" if number % 5 else "N",
             "F" if number % 2 else "M", str(1 + number % 4), ""]
        )  # fmt: skip
    return rows


def write_lss(*, old: bool = False, language: str = "pl") -> bytes:
    """Return the structure; the older shape keeps wordings in the tables of questions and answers."""
    questions, subs, answers, words, said = [], [], [], [], []
    for place, question in enumerate(QUESTIONS):
        number = _NUMBERS[question.code]
        text = {"question": question.text, "language": language}
        row = {"qid": number, "parent_qid": "0", "gid": "3", "type": question.kind, "title": question.code,
               "other": "Y" if question.other else "N", "mandatory": "Y" if question.mandatory else "N",
               "question_order": str(place), "scale_id": "0"}  # fmt: skip
        questions.append(row | (text if old else {}))
        words.append({"qid": number, **text})
        for order, (code, label) in enumerate(question.rows.items()):
            own = f"{number}{order}9"
            text = {"question": label, "language": language}
            row = {"qid": own, "parent_qid": number, "gid": "3", "type": "T", "title": code, "other": "N",
                   "question_order": str(order), "scale_id": "0"}  # fmt: skip
            subs.append(row | (text if old else {}))
            words.append({"qid": own, **text})
        for order, (code, label) in enumerate(question.options.items()):
            aid = f"{number}{order}"
            row = {"aid": aid, "qid": number, "code": code, "sortorder": str(order), "scale_id": "0"}
            answers.append(row | ({"answer": label, "language": language} if old else {}))
            said.append({"aid": aid, "answer": label, "language": language})
    tables = {"answers": answers[::-1], "questions": questions[::-1], "subquestions": subs}
    tables |= {} if old else {"question_l10ns": words, "answer_l10ns": said}
    tables |= {
        "groups": [{"gid": "3", "group_order": "0"}],
        "surveys_languagesettings": [{"surveyls_title": "Ankieta Liw", "surveyls_language": language}],
    }
    body = "".join(_table(name, rows) for name, rows in tables.items())
    return _document("Survey", f"<languages><language>{language}</language></languages>{body}")


def write_lsr(rows: Sequence[Sequence[str]]) -> bytes:
    """Return responses as they are in LimeSurvey's archive: under the fields of its database."""
    names = [_field(header) for header in HEADERS]
    fields = "".join(f"<fieldname>{name}</fieldname>" for name in names)
    body = ""
    for row in rows:
        cells = (
            f"<{_tag(name)}><![CDATA[{cell}]]></{_tag(name)}>" for name, cell in zip(names, row, strict=True) if cell
        )
        body += f"<row>{''.join(cells)}</row>"
    return _document("Responses", f"<responses><fields>{fields}</fields><rows>{body}</rows></responses>")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _field(header: str) -> str:
    code, _, rest = header.partition("[")
    return f"123456X3X{_NUMBERS[code]}{rest.rstrip(']')}" if code in _NUMBERS else header


def _tag(name: str) -> str:
    return f"_{name}" if name[0].isdigit() else name


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> str:
    body = "".join(
        "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{body}</rows></{name}>"


def _document(kind: str, body: str) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>{escape(kind)}</LimeSurveyDocType>'
    return f"{head}<DBVersion>641</DBVersion>{body}</document>".encode()
