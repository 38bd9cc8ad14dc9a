"""Names of other rows into their uids: partners, problems, projects, diagnoses."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from etl.mapping.partnership_workbook.identity import Named, name_key
from etl.mapping.partnership_workbook.rows import Row
from etl.mapping.partnership_workbook.spots import Spot
from etl.workbook_layout import ROW_TABLES, FieldKind, field_example, sheet_name
from surveys.model import Diagnosis

# Below this likeness (0–100) two names are two things; above the second they are surely one with a slip.
_SUGGESTED, _TAKEN = 70.0, 85.0
_BETWEEN_NAMES = re.compile(r"[;\n]+")
_TABLES = {table.key: table for table in ROW_TABLES}


@dataclass(slots=True)
class NameIndex:
    """Uids of one table's entities by name: rows of the workbook first, then what only the store knows.

    Attributes:
        uids: by folded name.
        names: as written, by folded name.
        present_names: the present name of what was renamed in the workbook, by its folded former name.
    """

    table: str
    uids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    present_names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, uid: str) -> None:
        """Add a name that is not there yet."""
        key = name_key(name)
        if key and key not in self.uids:
            self.uids[key] = uid
            self.names[key] = name


def index_names(table: str, rows: Iterable[Row], known: Iterable[Named]) -> NameIndex:
    """Return the index of a table.

    Whoever renames a partner on its own sheet does not rename it on every other: the former name still leads to it,
    unless another has that name now.
    """
    index = NameIndex(table)
    present: dict[str, str] = {}
    for row in rows:
        index.add(row.text("name"), row.uid)
        present[row.uid] = row.text("name")
    for entity in known:
        if entity.uid not in present:
            index.add(entity.name, entity.uid)
    for entity in known:
        if present.get(entity.uid) and name_key(entity.name) not in index.uids:
            index.present_names[name_key(entity.name)] = present[entity.uid]
    return index


def resolve_references(rows: Sequence[Row], indexes: Mapping[str, NameIndex]) -> None:
    """Replace the names in every reference field by uids; a name nobody has is a fault and left out."""
    for row in rows:
        for table_field in row.table.fields:
            if table_field.kind is not FieldKind.REFERENCE or table_field.key not in row.values:
                continue
            index = indexes[table_field.refers_to or ""]
            uids: list[str] = []
            for number, name in enumerate(row.values[table_field.key]):
                if isinstance(name, str):
                    spot = row.spot(table_field.key, number)
                    uids += _resolve(name, index, spot, several=table_field.repeat > 0)
            row.values[table_field.key] = tuple(uids)


def add_named_diagnoses(problems: Iterable[Row], index: NameIndex, new_uid: Callable[[], str]) -> tuple[Diagnosis, ...]:
    """Return the diagnoses that are named beside problems only; each is said."""
    added: list[Diagnosis] = []
    for row in problems:
        name = " ".join(row.text("diagnosis").split())
        if not name or name_key(name) in index.uids or name_key(name) in index.present_names:
            continue
        row.spot("diagnosis").fault("DIAGNOSIS-ADDED", name=name)
        added.append(Diagnosis(uid=new_uid(), name=name))
        index.add(name, added[-1].uid)
    return tuple(added)


def _resolve(text: str, index: NameIndex, spot: Spot, *, several: bool) -> list[str]:
    whole = name_key(text) in index.uids or name_key(text) in index.present_names
    parts = [part.strip() for part in _BETWEEN_NAMES.split(text) if part.strip()] if several and not whole else [text]
    found = [_resolve_one(part, index, spot) for part in parts]
    return [uid for uid in found if uid is not None]


def _resolve_one(name: str, index: NameIndex, spot: Spot) -> str | None:
    key = name_key(name)
    if key in index.uids:
        return index.uids[key]
    if key in index.present_names:
        spot.fault("REFERENCE-BY-FORMER-NAME", name=name, present=index.present_names[key])
        return index.uids[name_key(index.present_names[key])]
    nearest = process.extractOne(key, list(index.uids), scorer=fuzz.token_sort_ratio, score_cutoff=_SUGGESTED)
    sheet = sheet_name(_TABLES[index.table].sheet)
    if key in _example_names(index.table):
        spot.fault("REFERENCE-TO-EXAMPLE", name=name, sheet=sheet)
        return None
    if nearest is None:
        spot.fault("REFERENCE-UNKNOWN", name=name, sheet=sheet)
        return None
    near_key, score, _ = nearest
    if spot.terms.accept_suggestions and score >= _TAKEN:
        spot.fault("REFERENCE-SUGGESTION-TAKEN", name=name, taken=index.names[near_key])
        return index.uids[near_key]
    spot.fault("REFERENCE-SUGGESTED", name=name, suggestion=index.names[near_key], sheet=sheet)
    return None


def _example_names(table: str) -> set[str]:
    """Names of a table's example row, which stands in the drop-down lists until somebody deletes it."""
    return {name_key(str(name)) for name in field_example(_TABLES[table], _TABLES[table].field("name"))}
