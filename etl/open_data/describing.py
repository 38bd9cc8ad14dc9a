"""``datapackage.json``: what every file and column of a package is, in both languages, as Frictionless wants it."""

from collections.abc import Mapping
from typing import Any

from etl.store.package_cells import type_of
from etl.store.package_plan import KEY, ColumnPlan, Kind, Level, TablePlan
from etl.store.package_results import HEADERS, NUMBERS, WHOLE_NUMBERS
from surveys.language.texts import LANGUAGES, Catalogue, load_catalogue

DESCRIPTOR = "datapackage.json"
DATA_FOLDER, FORMS_FOLDER = "data", "questionnaires"
FORMAT = 1
OWN = "diagnoza"
_OPEN_LICENCES = {
    "CC0-1.0": ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0"),
}
LICENCES = tuple(_OPEN_LICENCES)


def describe_package(
    level: Level, schema: str, resources: list[dict[str, Any]], *, licence: str | None, counts: Mapping[str, int]
) -> dict[str, Any]:
    """Return the descriptor of a package.

    Args:
        level: open or full.
        schema: version of the database's schema; another one cannot take the package in.
        resources: of its tables, each with its hash.
        licence: one of `LICENCES`; ``None``: the partnership decides. A full package has none.
        counts: rows by table.
    """
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"diagnoza-lokalna-{level.value}",
        "title": _say(f"title.{level.value}")["pl"],
        "titles": _say(f"title.{level.value}"),
        "description": " ".join((_say(f"description.{level.value}")["pl"], _say("cells")["pl"])),
        "descriptions": {
            language: f"{_say(f'description.{level.value}')[language]} {_say('cells')[language]}"
            for language in LANGUAGES
        },
        "sources": [
            {"title": _say("source.partnerships")["pl"], "titles": _say("source.partnerships")},
            {
                "title": _say("source.official")["pl"],
                "titles": _say("source.official"),
                "path": "https://bdl.stat.gov.pl",
            },
        ],
        OWN: {"format": FORMAT, "level": level.value, "schema": schema, "rows": dict(counts)},
        "resources": resources,
    }
    if level is Level.OPEN:
        package["licenses"] = [_licence(licence)]
    return package


def describe_table(plan: TablePlan) -> dict[str, Any]:
    """Return the resource of a table, without its size and hash."""
    fields = [_field(KEY, "string", unique=True)] if plan.has_number else []
    fields += [_field(column.header, _type(column), required=_is_required(column)) for column in plan.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if plan.has_number:
        schema["primaryKey"] = [KEY]
    references = [column for column in plan.columns if column.kind is Kind.REFERENCE]
    if references:
        schema["foreignKeys"] = [
            {"fields": [column.header], "reference": {"resource": _name(column.target), "fields": [KEY]}}
            for column in references
        ]
    return _resource(plan.name, schema)


def describe_results(part: str) -> dict[str, Any]:
    """Return the resource of a file of results, without its size and hash."""
    types = {**dict.fromkeys(NUMBERS, "number"), **dict.fromkeys(WHOLE_NUMBERS, "integer")}
    fields = [_field(header, types.get(header, "string")) for header in HEADERS[part]]
    reference = {"fields": ["wave"], "reference": {"resource": _name("wave"), "fields": [KEY]}}
    return _resource(part, {"fields": fields, "missingValues": [""], "foreignKeys": [reference]})


def path_of(table: str) -> str:
    """Return where a table stands in a package."""
    return f"{DATA_FOLDER}/{table}.csv"


def _resource(table: str, schema: dict[str, Any]) -> dict[str, Any]:
    key = f"table.{table}"
    words = {"description": _say(key)["pl"], "descriptions": _say(key)} if f"open_data.{key}" in _texts() else {}
    return {
        "profile": "tabular-data-resource",
        "name": _name(table),
        "path": path_of(table),
        **words,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(header: str, kind: str, *, unique: bool = False, required: bool = False) -> dict[str, Any]:
    key = f"column.{header}"
    words = {"title": _say(key)["pl"], "titles": _say(key)} if f"open_data.{key}" in _texts() else {}
    constraints = {name: True for name, wanted in (("unique", unique), ("required", required or unique)) if wanted}
    return {"name": header, "type": kind, **words, **({"constraints": constraints} if constraints else {})}


def _type(column: ColumnPlan) -> str:
    if column.kind is Kind.PLAIN:
        return type_of(column.column)
    return "integer" if column.kind is Kind.BASIS else "string"


def _is_required(column: ColumnPlan) -> bool:
    """Texts may be empty; whatever else has to be there is."""
    if column.kind is Kind.REFERENCE:
        return not column.column.nullable
    return column.kind is Kind.PLAIN and not column.column.nullable and type_of(column.column) != "string"


def _licence(licence: str | None) -> dict[str, str]:
    if licence is None:
        return {"name": "notspecified", "title": _say("licence")["pl"]}
    path, title = _OPEN_LICENCES[licence]
    return {"name": licence, "path": path, "title": title}


def _name(table: str) -> str:
    """Frictionless names have no underscores to begin with, and hyphens read better."""
    return table.replace("_", "-")


def table_of(resource: str) -> str:
    """Return the table that a resource's name means."""
    return resource.replace("-", "_")


def _say(key: str) -> dict[str, str]:
    return {language: _texts().say(f"open_data.{key}", language) for language in LANGUAGES}


def _texts() -> Catalogue:
    return load_catalogue("etl.texts")


def resident_name() -> str:
    """Return what stands for the name of a partner who is a person."""
    text = _texts().raw("open_data.resident", "pl")
    return text if isinstance(text, str) else ""
