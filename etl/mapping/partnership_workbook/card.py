"""The card and the territory: the partnership itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.mapping.partnership_workbook.rows import CELL_ERRORS, Row, Value, read_value
from etl.mapping.partnership_workbook.spots import Spot, Terms
from etl.mapping.partnership_workbook.territory import is_named, read_area
from etl.recognise.partnership_workbook import LocatedWorkbook
from etl.workbook_layout import CARD, field_header
from surveys.findings import Place
from surveys.language.folding import fold, slugify
from surveys.model import Partnership, Rules, Territory

_WITH_SCHEME = re.compile(r"^https?://[^\s/]+\.\S+$", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"^[\w-]+(\.[\w-]+)+(/\S*)?$")


@dataclass(frozen=True, slots=True)
class Card:
    """The card's lines as read; a line that is not in the file is absent from ``values``."""

    values: dict[str, Value | None]
    spots: dict[str, Spot]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return all(value is None for value in self.values.values())

    def text(self, key: str, otherwise: str = "") -> str:
        """Return a line's text; ``otherwise`` when the file has no such line."""
        if key not in self.values:
            return otherwise
        value = self.values[key]
        return value if isinstance(value, str) else ""

    def day(self, key: str, otherwise: date | None = None) -> date | None:
        """Return a line's date; ``otherwise`` when the file has no such line."""
        if key not in self.values:
            return otherwise
        value = self.values[key]
        return value if isinstance(value, date) else None


def read_card(located: LocatedWorkbook, file_name: str, terms: Terms) -> Card:
    """Return the card's lines; unreadable ones are faults and count as blank."""
    sheet = located.card_sheet
    values: dict[str, Value | None] = {}
    spots: dict[str, Spot] = {}
    for field in CARD.fields:
        line = located.card.get(field.key)
        place = Place(file_name, sheet.name if sheet else None)
        spots[field.key] = Spot(place, terms)
        if sheet is None or line is None:
            continue
        spots[field.key] = Spot(Place(file_name, sheet.name, line.row, line.label.rstrip(" *")), terms)
        raw = sheet.cell(line.row, line.position)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            values[field.key] = None
        elif isinstance(raw, str) and raw.strip().upper() in CELL_ERRORS:
            spots[field.key].fault("CELL-ERROR", value=raw.strip())
            values[field.key] = None
        else:
            values[field.key] = read_value(raw, field, spots[field.key])
    return Card(values, spots)


def check_lines(located: LocatedWorkbook, card: Card) -> None:
    """Note the card's lines that the file doesn't have; the name is asked for elsewhere."""
    if located.card_sheet is None:
        return
    for field in CARD.fields:
        if field.key not in card.values and not field.required and not field.only_when_set and field.key != "slug":
            card.spots[field.key].fault("LINE-ABSENT", name=field_header(CARD, field))


def read_partnership(
    card: Card, territory: tuple[Territory, ...], known: Partnership | None, slug: str | None
) -> Partnership | None:
    """Return the partnership, ``None`` when it has no usable name or address (a fault says so).

    Args:
        card: as read.
        territory: as read.
        known: the partnership as the store has it.
        slug: of the partnership a person chose, ``None`` to let the file speak for itself.
    """
    name = card.text("name", known.name if known else "")
    if not name or not re.search(r"\w", name):
        card.spots["name"].fault("PARTNERSHIP-NAME-MISSING")
        name = ""
    if known is not None and name and fold(name) != fold(known.name):
        card.spots["name"].fault("PARTNERSHIP-RENAMED", known=known.name, name=name)
    address = _read_slug(card, name, slug)
    founded_on = card.day("founded_on", known.founded_on if known else None)
    website = _read_website(card, known)
    rules = _read_rules(card, known)
    if not name or address is None:
        return None
    return Partnership(
        slug=address,
        name=name,
        territory=territory,
        founded_on=founded_on,
        aims=card.text("aims", known.aims if known else ""),
        website=website,
        rules=rules,
        sample=card.values.get("sample") is True or (known is not None and known.sample),
    )


def read_territory(rows: Sequence[Row]) -> tuple[Territory, ...]:
    """Return the pieces of territory; a TERYT code decides where a name says otherwise, and that is said."""
    pieces: list[Territory] = []
    for row in rows:
        named, teryt = row.text("area"), row.text("teryt") or None
        if teryt is None and "teryt" not in row.filled:
            if not named:
                row.spot("area").fault("VALUE-MISSING", column=field_header(row.table, row.table.field("area")))
            else:
                teryt = read_area(named, row.spot("area"))
        elif teryt is not None and named and not is_named(named, teryt):
            row.spot("area").fault("AREA-TERYT-DIFFER", name=named, teryt=teryt)
        if teryt is None:
            continue
        piece = Territory(teryt, row.text("name"))
        if piece in pieces:
            row.spot("area").fault("AREA-TWICE", name=named or teryt)
        else:
            pieces.append(piece)
    return tuple(pieces)


def _read_slug(card: Card, name: str, chosen: str | None) -> str | None:
    written = card.text("slug")
    if written:
        if _slug_of(written) != written:
            card.spots["slug"].fault("SLUG-UNREADABLE", value=written, suggestion=_slug_of(written) or _slug_of(name))
            return None
        if chosen is not None and chosen != written:
            card.spots["slug"].fault("PARTNERSHIP-DIFFERS", written=written, chosen=chosen)
            return None
        return written
    address = chosen or _slug_of(name)
    if name and not address:
        card.spots["slug"].fault("SLUG-NEEDED")
    return address or None


def _slug_of(name: str) -> str:
    try:
        return slugify(name)
    except ValueError:
        return ""


def _read_website(card: Card, known: Partnership | None) -> str:
    address = card.text("website", known.website if known else "").strip()
    if not address or _WITH_SCHEME.match(address) or "website" not in card.values:
        return address
    if _WITHOUT_SCHEME.match(address):
        whole = f"https://{address}"
        card.spots["website"].fault("WEBSITE-WITHOUT-SCHEME", value=address, taken=whole)
        return whole
    card.spots["website"].fault("WEBSITE-UNREADABLE", value=address)
    return ""


def _read_rules(card: Card, known: Partnership | None) -> Rules | None:
    before = (known.rules if known else None) or Rules("")
    rules = Rules(
        version=card.text("rules_version", before.version),
        adopted_on=card.day("rules_adopted_on", before.adopted_on),
        covers=card.text("rules_covers", before.covers),
    )
    return None if rules == replace(rules, version="", adopted_on=None, covers="") else rules
