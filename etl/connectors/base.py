"""What all connectors share: a connection, a page of answers, and what a server has to be able to do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from surveys.findings import Report

DEFAULT_PAGE_SIZE = 500


@dataclass(frozen=True, slots=True)
class Connection:
    """One form on one server, as the file of connections describes it. It never holds the secret itself.

    Attributes:
        name: what ``diagnoza pull`` calls it; the name of the file that comes of it too.
        kind: ``kobo``, ``odk``, ``limesurvey`` or ``bdl``.
        url: address of the server.
        form: uid of the asset (Kobo), id of the form (ODK), number of the survey (LimeSurvey).
        token_variable: environment variable that holds the token, or the password where there is a ``user``.
        user: account on the server, where it wants one.
        project: number of the project (ODK).
        partnership: slug of the partnership the answers belong to, unless the command says another.
        wave: name of the wave, likewise.
        answers: ``labels`` or ``codes``: how answers to closed questions are written (LimeSurvey; the other two give
            codes, and their form says what they mean).
        reach: which machines may be asked: ``public``, ``private`` (a local network) or ``loopback`` (this machine).
        page_size: answers asked for at a time.
    """

    name: str
    kind: str
    url: str
    form: str
    token_variable: str
    user: str = ""
    project: int = 0
    partnership: str | None = None
    wave: str | None = None
    answers: str = "labels"
    reach: str = "public"
    page_size: int = DEFAULT_PAGE_SIZE

    def fingerprint(self) -> str:
        """Return a number that changes with whatever changes the pages: those of another form are never joined on."""
        return sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()


class ChangedMeanwhileError(Exception):
    """Between two pages answers were deleted or the form was changed: the pages don't fit together."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a form's answers, as the server gave them.

    Attributes:
        records: one per response; objects or lists that JSON can hold.
        following: what to ask for next, ``None`` on the last page.
        total: responses of all pages together as the server knew when it sent this page, ``None`` when it didn't say.
        columns: headings, where the server gives lists.
    """

    records: tuple[Any, ...] = field(repr=False)
    following: str | None
    total: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A form's answers in the shape of the tool's own export.

    Attributes:
        content: a CSV file.
        form: name and content of the XLSForm that says what the codes in it mean, where there is one.
        report: what was left out.
    """

    content: bytes = field(repr=False)
    form: tuple[str, bytes] | None = field(default=None, repr=False)
    report: Report = field(default_factory=Report)


class Source(Protocol):
    """A form on a server, opened with its secret. What goes wrong is a `FaultError`."""

    def begin(self) -> None:
        """Sign in where that is needed, and learn what the form asks."""
        ...

    def fetch(self, cursor: str) -> Page:
        """Return the page that ``cursor`` names; ``""`` is the first.

        Raises:
            ChangedMeanwhileError: it doesn't fit to the pages before.
        """
        ...

    def identify(self, record: Any) -> str:
        """Return the response id that the tool gave to a record."""
        ...

    def write(self, records: Sequence[Any], columns: tuple[str, ...]) -> Export:
        """Return the answers as the tool's own export has them."""
        ...

    def close(self) -> None:
        """Sign out. Never raises."""
        ...
