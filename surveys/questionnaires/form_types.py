"""The column ``type`` of XLSForm, in all its spellings, and what each type means for a survey's answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.model import QuestionType

_OTHER = re.compile(r"\s+(or[_ ]other|or[_ ]specify[_ ]other)$", re.IGNORECASE)
_SOURCE = re.compile(r"^select[_ ]\w+?[_ ](from[_ ]file|external)\s", re.IGNORECASE)
_SELECTS = (
    (
        re.compile(
            r"^(add\s+)?(select_one_from_file|select one from file|select_one_external|select_one|select one from|"
            r"select one|select1|"
            r"add select one prompt using)\s+(?P<list>\S.*)$",
            re.IGNORECASE,
        ),
        "select_one",
    ),
    (
        re.compile(
            r"^(add\s+)?(select_multiple_from_file|select multiple from file|select_multiple|select multiple from|"
            r"select multiple|"
            r"select_all_that_apply|select all that apply from|select all that apply|"
            r"add select multiple prompt using)\s+(?P<list>\S.*)$",
            re.IGNORECASE,
        ),
        "select_multiple",
    ),
    (re.compile(r"^rank\s+(?P<list>\S.*)$", re.IGNORECASE), "rank"),
)
_GROUP = re.compile(r"^begin[_ ](l?group|kobomatrix|score|rank)$", re.IGNORECASE)
_REPEAT = re.compile(r"^begin[_ ](l?repeat|looped[_ ]group|loop)$", re.IGNORECASE)
_END = re.compile(r"^end([_ ].+)?$", re.IGNORECASE)

# One word in many spellings; the others are written in one way only.
_SAME: Mapping[str, str] = {
    "string": "text", "add text prompt": "text", "q string": "text", "int": "integer", "q int": "integer",
    "add integer prompt": "integer", "add decimal prompt": "decimal", "add date prompt": "date",
    "add note prompt": "note", "datetime": "datetime", "date time": "datetime", "add date time prompt": "datetime",
    "gps": "geopoint", "q geopoint": "geopoint", "location": "geopoint", "q location": "geopoint",
    "add location prompt": "geopoint", "photo": "image", "q picture": "image", "add image prompt": "image",
    "add audio prompt": "audio", "add video prompt": "video", "calculation": "calculate", "q calculate": "calculate",
    "add calculate prompt": "calculate", "trigger": "acknowledge", "add acknowledge prompt": "acknowledge",
    "q acknowledge": "acknowledge", "start time": "start", "end time": "end", "get start time": "start",
    "get end time": "end", "get today": "today", "device id": "deviceid", "imei": "deviceid",
    "get device id": "deviceid", "phone number": "phonenumber", "get phone number": "phonenumber",
    "sim serial": "simserial", "get sim id": "simserial", "subscriber id": "subscriberid",
    "get subscriber id": "subscriberid", "start-geopoint": "start-geopoint",
}  # fmt: skip
_ANSWERS: Mapping[str, QuestionType | None] = {
    "select_one": QuestionType.SINGLE, "select_multiple": QuestionType.MULTIPLE, "rank": QuestionType.RANKING,
    "text": QuestionType.TEXT, "integer": QuestionType.NUMBER, "decimal": QuestionType.NUMBER,
    "range": QuestionType.NUMBER, "date": QuestionType.DATE, "datetime": QuestionType.DATE, "time": QuestionType.TEXT,
    "acknowledge": QuestionType.SINGLE,
}  # fmt: skip
_METADATA = frozenset(
    {"start", "end", "today", "audit", "image", "audio", "video", "file", "calculate", "hidden", "barcode",
     "background-audio", "xml-external", "csv-external", "note", "text_audit", "audio_audit", "comments", "caseid",
     "calculate_here"}
)  # fmt: skip
_IDENTIFIERS = frozenset(
    {"deviceid", "phonenumber", "simserial", "subscriberid", "username", "email", "geopoint", "geotrace", "geoshape",
     "start-geopoint", "background-geopoint", "uri:deviceid", "uri:phonenumber", "uri:simserial", "uri:subscriberid",
     "uri:username", "uri:email"}
)  # fmt: skip


KNOWN_TYPES: tuple[str, ...] = (
    "select_one", "select_multiple", "rank", "begin_group", "end_group", "begin_repeat", "end_repeat",
    *sorted(frozenset(_ANSWERS) | _METADATA | _IDENTIFIERS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormType:
    """What a row of a form is.

    Attributes:
        name: XLSForm's own name of the type; ``group``, ``repeat`` and ``end_group`` stand around questions.
        list_name: list of options; ``""`` outside choices.
        or_other: the form adds an option "other" with a field for words.
        source: where the options come from: ``""`` the sheet ``choices``, ``from_file`` or ``external``.
    """

    name: str
    list_name: str = ""
    or_other: bool = False
    source: str = ""

    @property
    def word(self) -> str:
        """XLSForm's canonical word for the type, without its list."""
        return f"{self.name}_{self.source}" if self.source else self.name

    @property
    def answers(self) -> QuestionType | None:
        """Type of the question, ``None`` for what no respondent answers."""
        return _ANSWERS.get(self.name)

    @property
    def role(self) -> str:
        """Role of its column: ``question``, ``metadata`` or ``identifier``."""
        if self.answers is not None:
            return "question"
        return "identifier" if self.name in _IDENTIFIERS else "metadata"


def parse_type(written: str) -> FormType | None:
    """Return what a type means, ``None`` for one that XLSForm does not know."""
    text = " ".join(written.split())
    bare = _OTHER.sub("", text)
    for pattern, name in _SELECTS:
        found = pattern.match(bare)
        if found is not None:
            source = _SOURCE.search(bare)
            said = source[1].lower().replace(" ", "_") if source is not None else ""
            return FormType(name, found["list"].strip(), or_other=bare != text, source=said)
    if _GROUP.match(text):
        return FormType("group")
    if _REPEAT.match(text) or text.lower().startswith("begin loop"):
        return FormType("repeat")
    if _END.match(text) and text.lower() not in {"end", "end time"}:
        return FormType("end_group")
    lower = text.lower()
    lower = _SAME.get(lower, lower)
    return FormType(lower) if lower in _ANSWERS or lower in _METADATA or lower in _IDENTIFIERS else None
