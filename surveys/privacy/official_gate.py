"""Official figures on their way out: they are public already, and pass as their source wrote them.

A figure that is absent stays absent, never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, Source, State


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One official figure.

    Attributes:
        value: exact number, ``None`` when there is none.
    """

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    value: Decimal | None


def publish_official(rows: Iterable[OfficialRow], *, dimensions: tuple[str, ...], source: Source) -> PublishedTable:
    """Return official figures as a table, in the order given."""
    return PublishedTable(
        dimensions,
        "official",
        tuple(
            PublishedRow(
                row.keys,
                row.labels,
                None if row.value is None else float(row.value),
                State.SHOWN,
                decimals=0 if row.value is None else _decimals(row.value),
            )
            for row in rows
        ),
        source,
    )


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
