"""From the fields of a page to answers. Fields come from strangers: what a question does not offer is refused.

A question's field is named by its number (``q7``), the words beside "other" ``q7o``, the place of its third option
in a ranking ``q7p2``. The value of an option is its place among the question's options.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from surveys.filling.sheets import Answer, Asked, FieldFault, FillableForm, Trouble, other_key
from surveys.model.questionnaire import QuestionType

MOST_TEXT = 3000
_MOST_OTHER = 200
_LARGEST = 1e12
# Spaces may stand between thousands only: "1 2" is two numbers.
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d+)?|[+-]?[.,]\d+", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class ReadFields:
    """What the fields of some questions say.

    Attributes:
        answers: what was understood.
        faults: what was not, in the order of the questions.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)


def field_name(number: int) -> str:
    """Return the name of a question's field."""
    return f"q{number}"


def other_field_name(number: int) -> str:
    """Return the name of the field for words beside "other"."""
    return f"q{number}o"


def place_field_name(number: int, option: int) -> str:
    """Return the name of the field for an option's place in a ranking."""
    return f"q{number}p{option}"


def read_fields(form: FillableForm, numbers: Iterable[int], fields: Mapping[str, Sequence[str]]) -> ReadFields:
    """Read the fields of some questions; whatever else was sent is not looked at.

    Args:
        form: the form.
        numbers: questions whose fields are read.
        fields: values by name of the field, as the browser sent them.
    """
    read = ReadFields()
    for number in numbers:
        one = form.asked[number]
        if one.kind is None:
            continue
        if one.kind is QuestionType.RANKING:
            _read_ranking(one, fields, read)
        elif one.options:
            _read_options(one, fields, read)
        else:
            _read_written(one, fields, read)
    return read


def _read_options(one: Asked, fields: Mapping[str, Sequence[str]], read: ReadFields) -> None:
    values = [value for value in fields.get(field_name(one.number), ()) if value]
    if any(not value.isdecimal() or not value.isascii() or int(value) >= len(one.options) for value in values) or (
        one.is_single and len(values) > 1
    ):
        read.faults.append(FieldFault(one.number, Trouble.OPTION))
        return
    chosen = sorted({int(value) for value in values})
    words = clean_text(next(iter(fields.get(other_field_name(one.number), ())), ""))
    if one.other is not None and words:
        place = one.options.index(one.other)
        # Whoever writes beside "other" means it, ticked or not, unless the one answer is another.
        if not chosen or not one.is_single:
            chosen = sorted({*chosen, place})
        if len(words) > _MOST_OTHER:
            read.faults.append(FieldFault(one.number, Trouble.TOO_LONG, limit=str(_MOST_OTHER)))
        elif place in chosen:
            read.answers[other_key(one.name)] = words
    names = tuple(one.options[place].name for place in chosen)
    if names:
        read.answers[one.name] = names[0] if one.is_single else names


def _read_ranking(one: Asked, fields: Mapping[str, Sequence[str]], read: ReadFields) -> None:
    places: dict[int, int] = {}
    for option in range(len(one.options)):
        for value in fields.get(place_field_name(one.number, option), ()):
            if not value:
                continue
            if not value.isdecimal() or not value.isascii() or not 1 <= int(value) <= len(one.options):
                read.faults.append(FieldFault(one.number, Trouble.OPTION))
                return
            if int(value) in places:
                read.faults.append(FieldFault(one.number, Trouble.PLACE_TWICE))
                return
            places[int(value)] = option
    if sorted(places) != list(range(1, len(places) + 1)):
        read.faults.append(FieldFault(one.number, Trouble.PLACE_LEFT_OUT))
    elif places:
        read.answers[one.name] = tuple(one.options[places[place]].name for place in sorted(places))


def _read_written(one: Asked, fields: Mapping[str, Sequence[str]], read: ReadFields) -> None:
    text = clean_text(next(iter(fields.get(field_name(one.number), ())), ""))
    if not text:
        return
    answer: Answer | FieldFault
    if one.kind is QuestionType.NUMBER:
        answer = _read_number(one, text)
    elif one.kind is QuestionType.DATE:
        answer = _read_day(one, text)
    elif one.row.type == "time":
        found = _TIME.fullmatch(text)
        answer = f"{int(found[1]):02}:{found[2]}" if found else FieldFault(one.number, Trouble.TIME)
    elif len(text) > MOST_TEXT:
        answer = FieldFault(one.number, Trouble.TOO_LONG, limit=str(MOST_TEXT))
    else:
        answer = text
    if isinstance(answer, FieldFault):
        read.faults.append(answer)
    else:
        read.answers[one.name] = answer


def _read_number(one: Asked, text: str) -> float | FieldFault:
    written = " ".join(text.split()).replace("−", "-")
    if _NUMBER.fullmatch(written) is None or len(written) > 20:
        return FieldFault(one.number, Trouble.NUMBER)
    number = float(written.replace(" ", "").replace(",", "."))
    if not math.isfinite(number) or abs(number) > _LARGEST:
        return FieldFault(one.number, Trouble.NUMBER)
    if one.row.type == "integer" and not number.is_integer():
        return FieldFault(one.number, Trouble.WHOLE)
    limits = range_of(one)
    if limits is not None and not limits[0] <= number <= limits[1]:
        return FieldFault(one.number, Trouble.OUT_OF_RANGE, limit=f"{limits[0]:g}–{limits[1]:g}")
    return number


def range_of(one: Asked) -> tuple[float, float] | None:
    """Return the least and the largest number of a question of the type ``range``, ``None`` for any other."""
    if one.row.type != "range":
        return None
    said = {name: float(value) for name, value in _PARAMETER.findall(one.row.parameters)}
    return said.get("start", 1.0), said.get("end", 10.0)


def _read_day(one: Asked, text: str) -> str | FieldFault:
    iso, written = _ISO_DAY.match(text), _WRITTEN_DAY.fullmatch(text)
    parts = iso.groups() if iso else tuple(reversed(written.groups())) if written else None
    if parts is None:
        return FieldFault(one.number, Trouble.DAY)
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return FieldFault(one.number, Trouble.DAY)


def clean_text(text: str) -> str:
    """Return what a person typed without signs that no database or page takes, one letter in one form."""
    lines = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", lines).strip()
