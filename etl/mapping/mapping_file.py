"""Remembered decisions as a file that can be carried to another machine: JSON, readable, without any answer.

::

    {"format": "diagnoza-mapping", "version": 1, "decisions": [
        {"questionnaire": "ankieta", "header": "Płeć", "decided": "profile", "target": "gender"}]}

It holds wordings of headers and options only, never who decided or from which file.
"""

import json
from collections.abc import Iterable
from typing import Any

from etl.importing import Part, WordedDecision
from etl.mapping.memory import key_of
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import QuestionType
from surveys.privacy.identifiers import scrub_text

_FORMAT, _VERSION = "diagnoza-mapping", 1
_MOST = 50_000
_LONGEST = 2_000
_KNOWN_TARGETS = {
    Part.TYPE: frozenset(kind.value for kind in QuestionType),
    Part.VOCABULARY: frozenset({"", "problems", "target_groups"}),
    Part.PROFILE: frozenset({"gender", "age", "place", "status"}),
    Part.IGNORE: frozenset({""}),
}


def write_mapping(decisions: Iterable[WordedDecision]) -> bytes:
    """Return decisions as a file; the same decisions make the same bytes."""
    ordered = sorted(decisions, key=key_of)
    plain = {
        "format": _FORMAT,
        "version": _VERSION,
        "decisions": [
            {
                "questionnaire": decision.questionnaire,
                "header": decision.header,
                "decided": decision.part.value,
                **({"value": decision.value} if decision.part is Part.VALUE else {}),
                "target": decision.target,
            }
            for decision in ordered
        ],
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def is_mapping(content: bytes) -> bool:
    """Return whether a file is meant as one of remembered decisions, rather than of decisions by column."""
    try:
        written = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(written, dict) and written.get("format") == _FORMAT


def read_mapping(content: bytes, file_name: str) -> tuple[WordedDecision, ...]:
    """Return the decisions of a file.

    Raises:
        FaultError: it cannot be understood; the finding tells where.
    """
    try:
        written: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _fault(file_name, "JSON?") from None
    if not isinstance(written, dict) or written.get("format") != _FORMAT or written.get("version") != _VERSION:
        raise _fault(file_name, f'"format": "{_FORMAT}", "version": {_VERSION}?')
    listed = written.get("decisions")
    if not isinstance(listed, list) or len(listed) > _MOST:
        raise _fault(file_name, f'"decisions": […] (≤ {_MOST})?')
    return tuple(_read(one, number, file_name) for number, one in enumerate(listed, 1))


def _read(one: Any, number: int, file_name: str) -> WordedDecision:
    if not isinstance(one, dict):
        raise _fault(file_name, f'"decisions" {number}: {{…}}?')
    texts = {name: one.get(name, "") for name in ("questionnaire", "header", "decided", "value", "target")}
    for name, text in texts.items():
        if not isinstance(text, str) or len(text) > _LONGEST or "\x00" in text:
            raise _fault(file_name, f'"decisions" {number}: "{name}"?')
    if texts["decided"] not in {part.value for part in Part}:
        raise _fault(file_name, f'"decisions" {number}: "decided": {" | ".join(Part)}?')
    part = Part(texts["decided"])
    if not (texts["questionnaire"] and texts["header"]) or (part is Part.VALUE) != bool(texts["value"]):
        raise _fault(file_name, f'"decisions" {number}: "questionnaire", "header", "value"?')
    if texts["target"] not in _KNOWN_TARGETS.get(part, {texts["target"]}):
        raise _fault(file_name, f'"decisions" {number}: "target"?')
    if scrub_text(texts["value"])[1]:
        raise _fault(file_name, f'"decisions" {number}: "value"?')
    return WordedDecision(texts["questionnaire"], part, texts["header"], texts["target"], texts["value"])


def _fault(file_name: str, reason: str) -> FaultError:
    return FaultError(Report((Finding("MAPPING-FILE-BAD", Place(file_name), {"reason": reason}),)))
