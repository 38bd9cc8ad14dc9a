"""Whatever a server answers, a pull ends with a file or with a finding."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.connectors.addresses import Target
from etl.connectors.base import ChangedMeanwhileError, Connection
from etl.connectors.kobo import KoboForm
from etl.connectors.odk import CentralForm
from etl.connectors.outgoing import OutgoingSession
from etl.connectors.secrets import Secret
from surveys.findings import FaultError

WORDS = st.sampled_from(
    ["type", "name", "label", "survey", "choices", "content", "results", "count", "next", "_id", "value", "__id",
     "path", "select_multiple", "begin_repeat", "end_group", "geopoint", "a/b", "translations", "__system",
     "selectMultiple", "/a/b", "@odata.nextLink", "?$skip=1", "repeat", "coordinates", "properties"]
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | WORDS | st.text(max_size=3)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=6),
    max_leaves=10,
)
ROWS = st.lists(st.dictionaries(WORDS, VALUES, max_size=6), max_size=5)
RECORDS = st.lists(st.dictionaries(WORDS, VALUES, max_size=6), max_size=5, unique_by=repr)


class OddSession(OutgoingSession):
    """Gives prepared answers, one after another, without asking anybody."""

    def __init__(self, answers: list[Any]) -> None:
        super().__init__(Target("https", "x.example", 443, "192.0.2.1", ""), name="x")
        self.answers = answers

    def ask_json(self, path: str, *, method: str = "GET", **_settings: Any) -> Any:
        assert path.startswith("/")
        assert method == "GET"
        return self.answers.pop(0)

    def request(self, *_: Any, **_settings: Any) -> Any:
        raise self.fault("CONNECTION-NOT-FOUND")


def write_all(form: type[KoboForm] | type[CentralForm], answers: list[Any]) -> bytes:
    connection = Connection(name="x", kind="x", url="https://x.example", form="f", token_variable="T", project=1)
    source = form(connection, Secret("s"), OddSession(answers))
    source.begin()
    page = source.fetch("")
    assert all(source.identify(record) for record in page.records)
    return source.write(page.records, page.columns).content


@pytest.mark.parametrize("form", [KoboForm, CentralForm])
@given(answers=st.tuples(VALUES, VALUES))
def test_any_answer_is_taken_or_refused(form, answers):
    try:
        written = write_all(form, list(answers))
    except (FaultError, ChangedMeanwhileError):
        written = b"refused"
    assert written.strip()


@given(survey=ROWS, choices=ROWS | VALUES, translations=VALUES, records=RECORDS)
def test_any_form_of_kobo_is_written(survey, choices, translations, records):
    content = {"survey": survey, "choices": choices, "translations": translations}
    numbered = [{**record, "_id": number} for number, record in enumerate(records)]
    page = {"count": len(numbered), "next": None, "results": numbered}
    written = write_all(KoboForm, [{"content": content}, page])
    assert b'"_id";"_uuid"' in written


@given(fields=ROWS, records=RECORDS)
def test_any_form_of_central_is_written(fields, records):
    kinds = ("string", "geopoint", "repeat", "structure")
    named = [
        {**field, "path": str(field.get("path", f"/f{number}")), "type": kinds[number % 4]}
        for number, field in enumerate(fields)
    ]
    numbered = [{**record, "__id": str(number)} for number, record in enumerate(records)]
    written = write_all(CentralForm, [named, {"value": numbered}])
    assert written.startswith(b"SubmissionDate,")
    assert b",KEY,SubmitterID," in written
