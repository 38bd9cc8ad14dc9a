"""What is known of a form that was begun: answers, what was shown, when it began, under which code.

It travels sealed: in the store under a key that only the person's browser holds, or, where nothing may be kept (a
tablet in a library, a preview), in a field of the page itself, under this installation's key.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from etl.store.moments import read_moment, write_moment
from etl.store.sealing import BrokenSealError, seal, unseal
from surveys.filling import Answer, FieldFault, Trouble

Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Again:
    """A page that is to be shown once more, with what is wrong on it.

    It is kept with the draft so that the browser can be sent to it by an address: whoever presses "back" or "reload" is
    then never asked whether to send a form again.

    Attributes:
        page: 0-based.
        remark: key of a text above the questions, ``""`` for none.
        faults: what is wrong.
        fields: what stood in the fields of the questions that something is wrong with.
    """

    page: int
    remark: str = ""
    faults: tuple[FieldFault, ...] = ()
    fields: Fields = field(default_factory=dict)


@dataclass(slots=True)
class Progress:
    """A form that was begun.

    Attributes:
        key: the form's own key, in the person's browser only; what was sent under one key is stored once.
        began_at: when.
        answers: so far, also to what is not shown any more.
        seen: numbers of the questions that the person has had before them.
        code_hash: of the one-time code it was begun with, ``None`` where none is wanted.
        again: the page that came back with remarks, ``None`` when the last one was in order.
    """

    key: str
    began_at: datetime
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    code_hash: str | None = None
    again: Again | None = None

    def write(self) -> str:
        """Return it as text, without the key."""
        return json.dumps(
            {
                "began": write_moment(self.began_at),
                "answers": self.answers,
                "seen": sorted(self.seen),
                "code": self.code_hash,
                "again": None if self.again is None else _write_again(self.again),
            },
            ensure_ascii=False,
        )


def read_progress(text: str, key: str) -> Progress:
    """Return what `Progress.write` wrote."""
    kept = json.loads(text)
    return Progress(
        key=key,
        began_at=read_moment(kept["began"]),
        answers={name: _answer(value) for name, value in kept["answers"].items()},
        seen=set(kept["seen"]),
        code_hash=kept["code"],
        again=_read_again(kept.get("again")),
    )


def carry(progress: Progress, secret: str) -> str:
    """Return a form's progress as the value of a field that only this installation can read and write."""
    whole = json.dumps([progress.key, progress.write()])
    return urlsafe_b64encode(seal(whole, secret)).decode("ascii")


def read_carried(value: str, secret: str) -> Progress | None:
    """Return the progress that a field carries, ``None`` for one that this installation did not write."""
    try:
        key, text = json.loads(unseal(urlsafe_b64decode(value.encode("ascii", "replace")), secret))
    except (BrokenSealError, Base64Error):
        return None
    return read_progress(text, key)


def _write_again(again: Again) -> list[Any]:
    faults = [[fault.number, fault.trouble.value, dict(fault.labels), fault.limit] for fault in again.faults]
    return [again.page, again.remark, faults, dict(again.fields)]


def _read_again(kept: list[Any] | None) -> Again | None:
    if kept is None:
        return None
    page, remark, faults, fields = kept
    read = tuple(FieldFault(number, Trouble(trouble), labels, limit) for number, trouble, labels, limit in faults)
    return Again(page, remark, read, fields)


def _answer(value: str | float | list[str]) -> Answer:
    return tuple(value) if isinstance(value, list) else float(value) if isinstance(value, int) else value
