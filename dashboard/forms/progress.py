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

from etl.store.moments import read_moment, write_moment
from etl.store.sealing import BrokenSealError, seal, unseal
from surveys.filling import Answer


@dataclass(slots=True)
class Progress:
    """A form that was begun.

    Attributes:
        key: the form's own key, in the person's browser only; what was sent under one key is stored once.
        began_at: when.
        answers: so far, also to what is not shown any more.
        seen: numbers of the questions that the person has had before them.
        code_hash: of the one-time code it was begun with, ``None`` where none is wanted.
    """

    key: str
    began_at: datetime
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    code_hash: str | None = None

    def write(self) -> str:
        """Return it as text, without the key."""
        return json.dumps(
            {
                "began": write_moment(self.began_at),
                "answers": self.answers,
                "seen": sorted(self.seen),
                "code": self.code_hash,
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


def _answer(value: str | float | list[str]) -> Answer:
    return tuple(value) if isinstance(value, list) else float(value) if isinstance(value, int) else value


Fields = Mapping[str, list[str]]
