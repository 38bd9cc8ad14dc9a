"""One pull: sign in, page after page, whole or broken off, and the file that the ordinary pipeline reads.

A pull brings all answers of a form each time. So it is idempotent by what the import does anyway: the same content is
one import, and rows carry the response id of their tool. A broken pull goes on from the last page that was kept.
"""

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from etl.connectors.addresses import Lookup, look_up, settle_target
from etl.connectors.base import ChangedMeanwhileError, Connection, Page, Source
from etl.connectors.kept_pages import KeptPages, purge_kept_pages
from etl.connectors.outgoing import OutgoingLimits, OutgoingSession
from etl.connectors.secrets import Secret, read_secret
from etl.importing import Incoming
from etl.progress import Progress, ignore_progress
from etl.readers.limits import STANDARD_LIMITS
from surveys.findings import Finding, Place, Report

_MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought.

    Attributes:
        incoming: the answers as a file of their tool, ``None`` when the form has none yet.
        rows: responses in it.
        pages: pages that were asked for this time.
        kept_pages: pages that an earlier, broken pull had brought.
        report: what was left out.
    """

    incoming: Incoming | None = field(repr=False)
    rows: int
    pages: int
    kept_pages: int
    report: Report


def pull_answers(  # what a pull needs, by name
    connection: Connection,
    *,
    now: datetime,
    progress: Progress = ignore_progress,
    limits: OutgoingLimits | None = None,
    lookup: Lookup = look_up,
    wait: Callable[[float], None] = time.sleep,
) -> Pulled:
    """Fetch all answers of a form.

    Args:
        connection: form and server.
        now: this moment, with a time zone.
        progress: told after every page; what it raises breaks the pull off.
        limits: how much is asked for, and for how long.
        lookup: gives the addresses of a host.
        wait: sleeps between attempts.

    Raises:
        FaultError: there is no secret, the server may not be asked, or it didn't give what was asked for. Pages that
            came stay, and the next pull goes on from them.
    """
    purge_kept_pages(now)
    secret = read_secret(connection)
    target = settle_target(connection, lookup)
    kept = KeptPages(connection, now)
    with OutgoingSession(target, name=connection.name, limits=limits, wait=wait) as session:
        for last_try in (False, True):
            with closing(open_source(connection, secret, session)) as source:
                source.begin()
                pull = _Pull(source, session, kept, progress)
                if pull.run() and pull.is_whole():
                    result = pull.write(connection.name)
                    kept.discard()
                    return result
            # Answers were deleted, or the form was changed, between two pages.
            kept.discard()
            if last_try:
                break
        raise session.fault("CONNECTION-CHANGED")


def open_source(connection: Connection, secret: Secret, session: OutgoingSession) -> Source:
    """Return what speaks the language of a connection's server."""
    if connection.kind == "kobo":
        from etl.connectors.kobo import KoboForm  # noqa: PLC0415 # only the one that is needed: citric is slow to import

        return KoboForm(connection, secret, session)
    if connection.kind == "odk":
        from etl.connectors.odk import CentralForm  # noqa: PLC0415 # only the one that is needed: citric is slow to import

        return CentralForm(connection, secret, session)
    from etl.connectors.limesurvey import LimeSurveyForm  # noqa: PLC0415 # only the one that is needed: citric is slow to import

    return LimeSurveyForm(connection, secret, session)


class _Pull:
    """The pages of one try."""

    def __init__(self, source: Source, session: OutgoingSession, kept: KeptPages, progress: Progress) -> None:
        self._source, self._session, self._kept, self._progress = source, session, kept, progress
        self._pages = kept.read()
        self._kept_count = len(self._pages)
        self._records: dict[str, Any] = {}
        for page in self._pages:
            self._take(page)

    def run(self) -> bool:
        """Ask for the pages that are not there yet; ``False`` when they don't fit to those that are."""
        asked = {page.following for page in self._pages}
        cursor = self._pages[-1].following if self._pages else ""
        while cursor is not None:
            try:
                page = self._source.fetch(cursor)
            except ChangedMeanwhileError:
                return False
            if page.following in asked - {None} or page.following == "":  # a server that sends us round in circles
                raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
            self._take(page)
            if len(self._records) > STANDARD_LIMITS.rows or len(self._pages) >= _MOST_PAGES:
                raise self._session.fault("CONNECTION-TOO-MUCH")
            self._keep(page)
            self._pages.append(page)
            asked.add(page.following)
            cursor = page.following
            self._progress("pulling", min(len(self._records) / (page.total or len(self._records) or 1), 1.0))
        return True

    def is_whole(self) -> bool:
        """Whether the pages are of one form, and as many answers as the server had came."""
        totals = [page.total for page in self._pages if page.total is not None]
        columns = {page.columns for page in self._pages}
        return len(columns) <= 1 and (not totals or len(self._records) == totals[-1])

    def write(self, name: str) -> Pulled:
        """Return the answers as a file."""
        records = list(self._records.values())
        fetched = len(self._pages) - self._kept_count
        report = Report()
        if self._kept_count:
            facts: dict[str, str | int] = {"name": name, "pages": self._kept_count}
            report += (Finding("CONNECTION-RESUMED", facts=facts),)
        if not records:
            empty = Report((Finding("CONNECTION-EMPTY", facts={"name": name}),))
            return Pulled(None, 0, fetched, self._kept_count, report + empty)
        columns = self._pages[-1].columns
        export = self._source.write(records, columns)
        if len(export.content) > STANDARD_LIMITS.file_bytes:
            raise self._session.fault("CONNECTION-TOO-MUCH")
        packed = (
            export.content if export.form is None else _pack({"answers.csv": export.content, **dict([export.form])})
        )
        file_name = f"{name}.csv" if export.form is None else f"{name}.zip"
        left_out = Report(
            tuple(Finding(each.code, Place(file=file_name), {**each.facts, "name": name}) for each in export.report)
        )
        incoming = Incoming(file_name, packed)
        return Pulled(incoming, len(records), fetched, self._kept_count, report + left_out)

    def _keep(self, page: Page) -> None:
        try:
            self._kept.keep(len(self._pages), page)
        except OSError:
            raise self._session.fault("CONNECTION-PAGES-NOT-KEPT") from None

    def _take(self, page: Page) -> None:
        """A response that comes twice, because pages moved under us, is one."""
        for record in page.records:
            self._records[self._source.identify(record)] = record


def _pack(files: dict[str, bytes]) -> bytes:
    """The same files are the same bytes: a zip would else hold the time of its making."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
