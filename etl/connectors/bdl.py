"""The Local Data Bank of Statistics Poland, API v1: one variable of one year for every gmina or powiat.

Pages of a hundred units; each value has an attribute, whose words the bank gives too. Attribute 1 is a figure; 0 stands
beside a zero that is none ("no figure is published"), and becomes the sign for no information. The answer is written as
a table of the bank's own long layout, so a pull is loaded, undone and told like a file.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from etl.connectors.addresses import Lookup, look_up, settle_target
from etl.connectors.base import Connection, Page
from etl.connectors.kept_pages import KeptPages, purge_kept_pages
from etl.connectors.outgoing import OutgoingLimits, OutgoingSession
from etl.connectors.request_budget import ANONYMOUS, WITH_KEY, RequestBudget
from etl.connectors.secrets import read_secret
from etl.connectors.table_writing import write_table
from etl.importing import Incoming
from etl.progress import Progress, ignore_progress
from etl.store.moments import utc_now
from surveys.indicators import read_attribute

LEVELS: Mapping[str, int] = {"gmina": 6, "powiat": 5}
_PAGE_SIZE = 100  # the bank gives no more
_MOST_PAGES = 200
_FIGURE, _NO_FIGURE = 1, 0
_NO_INFORMATION = "."
_HEADINGS = ("Kod", "Nazwa", "Temat", "Nazwa tematu", "Id zmiennej")
_ENDING = ("Rok", "Wartosc", "Jednostka miary", "Atrybut")


@dataclass(frozen=True, slots=True)
class BdlPulled:
    """What a pull brought.

    Attributes:
        incoming: the figures as a table of the bank.
        units: areas in it.
        pages: pages of units that were asked for this time.
        kept_pages: pages of units that an earlier pull of the same thing had brought, a day ago at most.
    """

    incoming: Incoming = field(repr=False)
    units: int
    pages: int
    kept_pages: int


def pull_variable(  # what a pull needs, by name
    connection: Connection,
    *,
    variable: int,
    year: int,
    level: str,
    progress: Progress = ignore_progress,
    limits: OutgoingLimits | None = None,
    lookup: Lookup = look_up,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> BdlPulled:
    """Fetch one variable of one year.

    Args:
        connection: of the kind ``bdl``.
        variable: its number in the bank.
        year: of the figures.
        level: one of `LEVELS`.
        progress: told after every page.
        limits: how much is asked for, and for how long.
        lookup: gives the addresses of a host.
        wait: sleeps.
        clock: this moment, with a time zone.

    Raises:
        FaultError: the bank may not be asked, has no such figures, or its limits are used up. Pages that came stay for
            a day, and the next pull goes on from them.
    """
    purge_kept_pages(clock())
    key = read_secret(connection).reveal() if connection.token_variable else None
    target = settle_target(connection, lookup)
    asked = replace(connection, name=f"bdl-{variable}-{year}-{level}", form=f"{variable}/{year}/{level}")
    kept = KeptPages(asked, clock())
    budget = RequestBudget(WITH_KEY if key else ANONYMOUS, clock, wait)
    with OutgoingSession(target, name=connection.name, limits=limits, wait=wait) as session:
        if key:
            session.headers["X-ClientId"] = key
        pages = kept.read()
        kept_count = max(0, len(pages) - 1)
        bank = _Bank(session, budget)
        if not pages:
            pages = [bank.describe(variable)]
            kept.keep(0, pages[0])
        while pages[-1].following is not None:
            if len(pages) > _MOST_PAGES:
                raise session.fault("CONNECTION-TOO-MUCH")
            page = bank.ask_units(variable, year, LEVELS[level], int(pages[-1].following))
            if len(pages) > 1 and page.total != pages[-1].total:
                kept.discard()
                raise session.fault("CONNECTION-CHANGED")
            kept.keep(len(pages), page)
            pages.append(page)
            progress("pulling", min(len(pages) * _PAGE_SIZE / (page.total or 1), 1.0))
        units = [unit for page in pages[1:] for unit in page.records]
        if len(units) != (pages[-1].total or 0):
            kept.discard()
            raise session.fault("CONNECTION-CHANGED")
        if not units:
            raise session.fault("BDL-NO-FIGURES", variable=variable, year=year)
    content = _write(pages[0].records[0], units, year)
    incoming = Incoming(f"BDL-{variable}-{year}-{level}.csv", content)
    return BdlPulled(incoming, len(units), len(pages) - 1 - kept_count, kept_count)


class _Bank:
    """Requests to the bank, each within its limits."""

    def __init__(self, session: OutgoingSession, budget: RequestBudget) -> None:
        self._session, self._budget = session, budget

    def describe(self, variable: int) -> Page:
        """Return what a variable is: its table, dimensions and unit, and what attributes mean."""
        about = self._ask(f"variables/{variable}")
        subject = self._ask(f"subjects/{about.get('subjectId')}") if about.get("subjectId") else {}
        attributes = self._ask("attributes", **{"page-size": _PAGE_SIZE}).get("results")
        described = {
            "variable": variable,
            "subject_code": _text(about.get("subjectId")),
            "subject": _text(subject.get("name")),
            "dimensions": [_text(about.get(f"n{place}")) for place in range(1, 6) if about.get(f"n{place}")],
            "unit": _text(about.get("measureUnitName")),
            "attributes": {
                _text(each.get("id")): [_text(each.get(name)) for name in ("symbol", "name", "description")]
                for each in (attributes if isinstance(attributes, list) else [])
                if isinstance(each, dict)
            },
        }
        return Page((described,), "0")

    def ask_units(self, variable: int, year: int, level: int, page: int) -> Page:
        """Return one page of units with their figure."""
        asked = {"year": year, "unit-level": level, "page": page, "page-size": _PAGE_SIZE}
        answer = self._ask(f"data/by-variable/{variable}", **asked)
        units, total = answer.get("results"), answer.get("totalRecords")
        if (
            not isinstance(units, list)
            or not isinstance(total, int)
            or not all(isinstance(each, dict) for each in units)
        ):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        # How far we are we know ourselves; the links of the answer are the server's word.
        more = units and page * _PAGE_SIZE + len(units) < total
        return Page(tuple(units), str(page + 1) if more else None, total)

    def _ask(self, path: str, **parameters: int) -> dict[str, Any]:
        self._budget.take()
        asked = {**parameters, "format": "json", "lang": "pl"}
        answer = self._session.request("GET", f"{self._session.target.base}/api/v1/{path}", params=asked)
        try:
            # As text: a number read as one might lose its last digit.
            value = json.loads(answer.content, parse_float=str)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        return value


def _write(about: Mapping[str, Any], units: Sequence[Mapping[str, Any]], year: int) -> bytes:
    dimensions: list[str] = about["dimensions"]
    headings = [*_HEADINGS, *(f"Wymiar {place}" for place in range(1, len(dimensions) + 1)), *_ENDING]
    rows = []
    for unit in units:
        listed = unit.get("values")
        values = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        own = next((each for each in values if _text(each.get("year")) == str(year)), {})
        written, attribute = _write_value(own, about["attributes"])
        start = [_text(unit.get("id")), _text(unit.get("name")), about["subject_code"], about["subject"]]
        rows.append([*start, str(about["variable"]), *dimensions, str(year), written, about["unit"], attribute])
    return write_table(headings, rows, delimiter=";", quote_all=True)


def _write_value(own: Mapping[str, Any], attributes: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Return a cell and what its attribute says; whoever reads the table takes the attribute's word for it."""
    number = own.get("attrId", _FIGURE if own else _NO_FIGURE)
    if number == _NO_FIGURE:
        return _NO_INFORMATION, ""
    digits = _digits(own.get("val")) or _NO_INFORMATION
    if number == _FIGURE:
        return digits, ""
    said = [word for word in attributes.get(_text(number), ()) if word]
    telling = next((word for word in said if read_attribute(word) is not None), None)
    return digits, telling or (said[-1] if said else f"atrybut {_text(number)}")


def _digits(value: Any) -> str:
    """Return a JSON number with a comma before its decimals; ``""`` for none."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    try:
        return f"{Decimal(value):f}".replace(".", ",")
    except InvalidOperation:
        return ""


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)
