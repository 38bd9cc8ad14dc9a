"""Personal data where none are wanted: numbers and addresses in names and descriptions, told by place, never quoted."""

from collections.abc import Iterable, Mapping

from etl.mapping.partnership_workbook.card import Card
from etl.mapping.partnership_workbook.rows import Row
from etl.workbook_layout import CARD, FieldKind
from surveys.privacy.identifiers import IdentifierKind, scan

_CODES: Mapping[IdentifierKind, str] = {
    IdentifierKind.PESEL: "PERSONAL-PESEL",
    IdentifierKind.PHONE: "PERSONAL-PHONE",
    IdentifierKind.EMAIL: "PERSONAL-EMAIL",
}
_FREE_TEXTS = {FieldKind.TEXT, FieldKind.PARAGRAPH}


def check_personal_data(card: Card, rows: Iterable[Row]) -> None:
    """Note every cell of free text with a PESEL number, a phone number or an e-mail address."""
    for field in CARD.fields:
        if field.kind in _FREE_TEXTS:
            for code in _find_codes(card.text(field.key)):
                card.spots[field.key].fault(code)
    for row in rows:
        for field in row.table.fields:
            if field.kind in _FREE_TEXTS and field.key in row.places:
                for code in _find_codes(row.text(field.key)):
                    row.spot(field.key).fault(code)


def _find_codes(text: str) -> list[str]:
    if not text:
        return []
    counts = scan([text]).counts
    return [code for kind, code in _CODES.items() if kind in counts]
