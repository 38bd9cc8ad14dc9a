"""The whole reading, on one screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from etl.mapping.partnership_workbook.applicants import check_applicants, gather_applicants
from etl.mapping.partnership_workbook.building import (
    build_activity,
    build_diagnosis,
    build_partner,
    build_problem,
    build_project,
    build_tree_node,
    keep_absent_values,
)
from etl.mapping.partnership_workbook.card import Card, check_lines, read_card, read_partnership, read_territory
from etl.mapping.partnership_workbook.checks import check_required, check_rows
from etl.mapping.partnership_workbook.identity import (
    Named,
    assign_uids,
    check_duplicates,
    known_entities,
    make_uid,
)
from etl.mapping.partnership_workbook.personal_data import check_personal_data
from etl.mapping.partnership_workbook.references import (
    NameIndex,
    add_named_diagnoses,
    index_names,
    resolve_references,
)
from etl.mapping.partnership_workbook.rows import Row, read_rows
from etl.mapping.partnership_workbook.spots import Terms
from etl.mapping.partnership_workbook.structure import check_structure
from etl.mapping.partnership_workbook.trees import check_tree
from etl.readers.raw import RawBook
from etl.recognise.partnership_workbook import locate_workbook
from etl.workbook_layout import ROW_TABLES
from surveys.findings import Finding, Place, Report, Severity
from surveys.language.folding import slugify
from surveys.model import Diagnosis, Partnership, Register
from surveys.vocabulary.reading import FaultLog


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a workbook holds.

    Attributes:
        register: everything it names, ``None`` when faults stop the import. Entities that only the store knows are
            not repeated here.
        report: findings in the order of sheets and rows.
        rows_read: filled rows of all tables, example rows left out; the card's lines are not rows.
        rows_rejected: those with an error.
    """

    register: Register | None
    report: Report
    rows_read: int
    rows_rejected: int


def read_register(
    book: RawBook,
    known: Register | None = None,
    *,
    accept_suggestions: bool = False,
    slug: str | None = None,
    new_uid: Callable[[], str] = make_uid,
    today: date | None = None,
) -> RegisterReading:
    """Read a partnership workbook into a register, with every fault in its place.

    Args:
        book: the workbook's cells.
        known: the register that the store already has of this partnership: rows are matched to its entities by Id,
            then by name, and columns that the file lacks keep its values.
        accept_suggestions: take uncertain suggestions of words and names, each said as a warning.
        slug: of the partnership a person chose; ``None`` takes that of ``known``, else the file's own.
        new_uid: makes the uid of a new entity.
        today: years far beyond it are asked about; by default the present day.
    """
    terms = Terms(FaultLog(), accept_suggestions, today or datetime.now(UTC).date())
    located = locate_workbook(book)
    card = read_card(located, book.file_name, terms)
    rows: dict[str, list[Row]] = {table.key: [] for table in ROW_TABLES}
    for key, table in located.tables.items():
        rows[key] = read_rows(table, book.file_name, terms)
    if card.is_blank and not any(rows.values()):
        return RegisterReading(None, Report((Finding("WORKBOOK-EMPTY", Place(book.file_name)),)), 0, 0)
    check_structure(located, book.file_name, terms)
    check_lines(located, card)
    partnership = _read_partnership(card, rows["territory"], known, slug, has_territory="territory" in located.tables)
    added = _connect(rows, known, new_uid)
    everything = [row for table in rows.values() for row in table]
    check_personal_data(card, everything)
    report, rejected = _sum_up(book, terms.faults, everything)
    register = None if partnership is None or report.stops else _build(partnership, rows, added)
    return RegisterReading(register, report, len(everything), rejected)


def read_slug(book: RawBook) -> str | None:
    """Return the address of the partnership a workbook speaks of, ``None`` when it names none.

    For looking up what the store knows of it, before the reading itself.
    """
    terms = Terms(FaultLog(), accept_suggestions=False, today=date.max)
    card = read_card(locate_workbook(book), book.file_name, terms)
    try:
        return card.text("slug") or slugify(card.text("name"))
    except ValueError:
        return None


def _read_partnership(
    card: Card, rows: Sequence[Row], known: Register | None, slug: str | None, *, has_territory: bool
) -> Partnership | None:
    before = known.partnership if known else None
    territory = read_territory(rows)
    if not has_territory and before is not None:
        territory = before.territory
    elif not territory and not rows:
        card.spots["name"].fault("TERRITORY-MISSING")
    return read_partnership(card, territory, before, slug or (before.slug if before else None))


def _connect(
    rows: Mapping[str, list[Row]], known: Register | None, new_uid: Callable[[], str]
) -> tuple[Diagnosis, ...]:
    """Give rows their uids, resolve their references and check them; returns diagnoses named beside problems only."""
    entities = known_entities(known)
    indexes: dict[str, NameIndex] = {}
    for key, before in entities.items():
        for row in rows[key]:
            check_required(row)
        check_duplicates(key, rows[key])
        assign_uids(rows[key], before, has_store=known is not None, new_uid=new_uid)
        indexes[key] = index_names(key, rows[key], before)
    added = add_named_diagnoses(rows["problems"], indexes["diagnoses"], new_uid)
    for key, before in entities.items():
        resolve_references(rows[key], indexes)
        _keep_absent(rows[key], before)
        check_rows(rows[key])
    check_tree(rows["problem_tree"], known.tree_nodes if known else ())
    check_applicants(rows["projects"], gather_applicants(rows["partners"], known.partners if known else ()))
    return added


def _keep_absent(rows: Sequence[Row], known: Sequence[Named]) -> None:
    by_uid = {entity.uid: entity for entity in known}
    for row in rows:
        if row.uid in by_uid:
            keep_absent_values(row, by_uid[row.uid])


def _build(partnership: Partnership, rows: Mapping[str, list[Row]], added: tuple[Diagnosis, ...]) -> Register:
    return Register(
        partnership=partnership,
        partners=tuple(build_partner(row) for row in rows["partners"]),
        diagnoses=(*(build_diagnosis(row) for row in rows["diagnoses"]), *added),
        problems=tuple(build_problem(row) for row in rows["problems"]),
        projects=tuple(build_project(row) for row in rows["projects"]),
        activities=tuple(build_activity(row) for row in rows["activities"]),
        tree_nodes=tuple(build_tree_node(row) for row in rows["problem_tree"]),
    )


def _sum_up(book: RawBook, faults: FaultLog, rows: Sequence[Row]) -> tuple[Report, int]:
    """Return the findings in the order of sheets and rows, and the number of rows with an error."""
    order = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    findings = sorted(
        faults.findings, key=lambda finding: (order.get(finding.place.sheet or "", -1), finding.place.row or 0)
    )
    report = Report(tuple(_drop_repeated(findings)))
    faulty = {(finding.place.sheet, finding.place.row) for finding in report.errors}
    rejected = sum((row.places[""].sheet, row.number) in faulty for row in rows)
    if report.stops:
        said = {"fine": len(rows) - rejected, "faulty": rejected}
        report += (Finding("WORKBOOK-STOPPED", Place(book.file_name), said),)
    return report, rejected


def _drop_repeated(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out remarks that ask for nothing and were said word for word before: a word in forty rows is one word."""
    said: set[tuple[str, frozenset[tuple[str, str | int]]]] = set()
    for finding in findings:
        words = (finding.code, frozenset(finding.facts.items()))
        if finding.facts and finding.severity is Severity.INFO:
            if words in said:
                continue
            said.add(words)
        yield finding
