"""What the values of a row say together: what is missing, twice, the wrong way round or against itself."""

from collections.abc import Sequence

from etl.mapping.partnership_workbook.building import sector_of
from etl.mapping.partnership_workbook.rows import Row
from etl.mapping.partnership_workbook.words import LEAST_SCORE, find_best, take_suggestion
from etl.workbook_layout import FieldKind, field_header
from surveys.vocabulary import load

_WITHDRAWN = "withdrawn"
# Tables whose rows have a period, with the fields of its first and last day.
_PERIODS = {
    "diagnoses": ("started_on", "ended_on"),
    "projects": ("starts_on", "ends_on"),
    "activities": ("starts_on", "ends_on"),
}


def check_required(row: Row) -> None:
    """Note blank cells of required fields; of a problem without a code, the code its name speaks for."""
    for field in row.table.fields:
        if not field.required or field.key not in row.places or field.key in row.filled:
            continue
        if row.table.key == "problems" and field.key == "code" and row.text("name"):
            _ask_for_code(row)
        else:
            row.spot(field.key).fault("VALUE-MISSING", column=field_header(row.table, field))


def check_row(row: Row) -> None:
    """Note everything about a row that can be seen without the others."""
    _drop_repeated(row)
    _check_period(row)
    if row.table.key == "partners":
        _check_partner(row)
    if row.table.key == "projects":
        _check_money(row)
        _check_result(row)


def check_rows(rows: Sequence[Row]) -> None:
    """Note everything about rows that can be seen without the others."""
    for row in rows:
        check_row(row)


def _ask_for_code(row: Row) -> None:
    best = find_best(row.text("name"), "problems")
    if best is None or best.score < LEAST_SCORE:
        row.spot("code").fault("VALUE-MISSING", column=field_header(row.table, row.table.field("code")))
    elif row.terms.accept_suggestions:
        code = take_suggestion(row.text("name"), best, "problems", row.spot("code"))
        row.values["code"] = (code,)
    else:
        row.spot("code").fault("PROBLEM-CODE-MISSING", suggestion=load().problems.label(best.code, "pl"))


def _drop_repeated(row: Row) -> None:
    for field in row.table.fields:
        if not field.repeat or field.group or field.kind not in {FieldKind.CODE, FieldKind.REFERENCE}:
            continue
        texts = row.texts(field.key)
        if len(set(texts)) < len(texts):
            row.spot(field.key).fault("VALUE-TWICE", column=field_header(row.table, field))
            row.values[field.key] = tuple(dict.fromkeys(texts))


def _check_period(row: Row) -> None:
    first, last = _PERIODS.get(row.table.key, ("", ""))
    start, end = row.day(first), row.day(last)
    if start is not None and end is not None and end < start:
        row.spot(last).fault("PERIOD-REVERSED", start=start.isoformat(), end=end.isoformat())


def _check_partner(row: Row) -> None:
    kind = load().partner_kinds.get(row.text("kind"))
    if kind is not None:
        if not sector_of(row) and "sector" not in row.filled:
            row.spot("sector").fault("SECTOR-MISSING", kind=kind.label("pl"))
        elif not kind.sector_choice_required and row.text("sector") not in {"", kind.sector}:
            sectors = load().sectors
            usual, written = sectors.label(kind.sector, "pl"), sectors.label(row.text("sector"), "pl")
            row.spot("sector").fault("SECTOR-UNUSUAL", kind=kind.label("pl"), usual=usual, written=written)
    declared, withdrawn = row.day("declared_on"), row.day("withdrawn_on")
    if declared is not None and withdrawn is not None and withdrawn < declared:
        spot = row.spot("withdrawn_on")
        spot.fault("WITHDRAWN-BEFORE-DECLARED", declared=declared.isoformat(), withdrawn=withdrawn.isoformat())
    if row.text("status") == _WITHDRAWN and "withdrawn_on" not in row.filled and withdrawn is None:
        row.spot("withdrawn_on").fault("WITHDRAWN-WITHOUT-DATE")
    if withdrawn is not None and row.text("status") not in {"", _WITHDRAWN}:
        status = load().membership_statuses.label(row.text("status"), "pl")
        row.spot("status").fault("WITHDRAWN-STATUS-DIFFERS", status=status, withdrawn=withdrawn.isoformat())


def _check_money(row: Row) -> None:
    sources = load().funding_sources
    for number, (source, amount, year) in enumerate(row.money()):
        if not source:
            if (amount is not None or year is not None) and f"funding_source.{number}" not in row.filled:
                row.spot("funding_source", number).fault("FUNDING-SOURCE-MISSING")
        elif year is not None and not sources[source].open_in(year):
            spot = row.spot("funding_year", number)
            spot.fault("FUNDING-YEAR-OUTSIDE", source=sources.label(source, "pl"), year=year)


def _check_result(row: Row) -> None:
    """A number says nothing without what was measured; what is measured next comes after what was measured."""
    numbers = ("result_before", "result_target", "result_after")
    if row.filled & set(numbers) and not row.text("result_indicator"):
        row.spot(next(key for key in numbers if key in row.filled)).fault("RESULT-WITHOUT-INDICATOR")
    measured, following = row.day("result_measured_on"), row.day("next_measurement_on")
    if measured is not None and following is not None and following <= measured:
        spot = row.spot("next_measurement_on")
        spot.fault("NEXT-MEASUREMENT-EARLIER", measured=measured.isoformat(), following=following.isoformat())
