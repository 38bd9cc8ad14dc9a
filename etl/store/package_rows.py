"""Rows of the whole database for a package, and back: their numbers become the words that name them, and numbers again.

Reading and writing are in the order of the rows' numbers, so that what pages show in that order stays so, and a
restored database gives the same package again. Whoever calls holds the files anyway: this is for the command line.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, text

from etl.store import schema as s
from etl.store.engine import insert_rows
from etl.store.package_cells import CellError, make_reader, make_writer, type_of
from etl.store.package_plan import (
    ACCOUNT_COLUMNS,
    OFFICIAL_KINDS,
    OPEN_WHEN_INVENTED,
    ColumnPlan,
    Kind,
    Level,
    TablePlan,
    join_key,
)
from etl.store.reading.wave_basis import read_wave_basis
from etl.store.schema_operations import audit, import_batch

# What this house did with packages is no part of what it keeps.
PACKAGE_ACTIONS = ("export_package", "restore_package", "backup_database")
_RESIDENT = "K401"  # a partner who is a person
_CHUNK = 20_000


class RowReader:
    """Reads tables one after another, each after those it refers to.

    Args:
        connection: reading connection; everything asked in it is of one moment.
        level: of the package.
        resident: what stands for the name of a partner who is a person, in an open package; numbered.
    """

    def __init__(self, connection: Connection, level: Level, *, resident: str = "Mieszkaniec {n}") -> None:
        self._connection, self._level, self._resident = connection, level, resident
        self._keys: dict[str, dict[int, str]] = {}
        self._questions: dict[int, str] = {}
        self._choices: dict[int, tuple[int, str]] = {}
        self._bases: dict[int, int] = {}
        self._residents = 0
        self._invented: set[str] = set()

    def read(self, plan: TablePlan) -> Iterator[list[str]]:
        """Yield the rows of a table as cells, in the order of its headers."""
        columns = [column.column for column in plan.columns]
        asked = select(plan.table.c.id, *columns) if plan.has_number else select(*columns)
        asked = asked.where(*self._conditions(plan)).order_by(*self._order(plan))
        writers = [self._writer(plan, column) for column in plan.columns]
        keys = self._keys.setdefault(plan.name, {})
        places = [plan.headers.index(header) - 1 for header in plan.key]
        wave = next((place for place, column in enumerate(plan.columns) if column.column.name == "wave_id"), -1)
        for number, found in enumerate(self._connection.execute(asked.execution_options(yield_per=_CHUNK)), 1):
            values = found[1:] if plan.has_number else found
            cells = [write(value, values[wave]) for write, value in zip(writers, values, strict=True)]
            if plan.has_number:
                key = join_key([cells[place] for place in places]) if places else str(number)
                keys[int(str(found[0]))] = key
                cells = [key, *(cells if self._level is Level.FULL else self._discreet(plan, cells))]
            yield cells
        self._remember(plan)

    def _order(self, plan: TablePlan) -> list[Any]:
        """By the primary key, texts sign by sign on both databases, whatever language the server speaks."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        return [
            column.collate("C") if not is_sqlite and type_of(column) == "string" else column
            for column in plan.table.primary_key.columns
        ]

    def _conditions(self, plan: TablePlan) -> list[Any]:
        if plan.table is audit:
            return [~audit.c.action.in_(PACKAGE_ACTIONS)]
        if self._level is Level.FULL:
            return []
        invented = select(s.partnership.c.id).where(s.partnership.c.sample)
        if plan.name in OPEN_WHEN_INVENTED:
            waves = select(s.wave.c.id).where(s.wave.c.partnership_id.in_(invented))
            return [plan.table.c.wave_id.in_(waves)]
        if plan.table is import_batch:
            return [import_batch.c.kind.in_(OFFICIAL_KINDS) | import_batch.c.partnership_id.in_(invented)]
        return []

    def _discreet(self, plan: TablePlan, cells: list[str]) -> list[str]:
        """A row as it may be published: no names of people, and results only where their partnership agreed."""
        place = {column.header: number for number, column in enumerate(plan.columns)}
        if plan.table is s.partnership and cells[place["sample"]] == "true":
            self._invented.add(cells[place["slug"]])
        elif plan.table is s.partner and cells[place["kind_code"]] == _RESIDENT:
            self._residents += 1
            cells[place["name"]] = self._resident.format(n=self._residents)
        elif plan.table is s.project and not self._is_shared(cells, place):
            hushed = {number for header, number in place.items() if header.startswith("result")}
            kept = place["result_shared"]
            return ["" if number in hushed and number != kept else cell for number, cell in enumerate(cells)]
        return cells

    def _is_shared(self, cells: list[str], place: dict[str, int]) -> bool:
        return cells[place["result_shared"]] == "true" or cells[place["partnership"]] in self._invented

    def _writer(self, plan: TablePlan, column: ColumnPlan) -> Callable[[Any, Any], str]:
        if self._level is Level.OPEN and (plan.name, column.column.name) in ACCOUNT_COLUMNS:
            return lambda _value, _wave: ""
        if column.kind is Kind.REFERENCE:
            keys = self._keys.setdefault(column.target, {})
            return lambda value, _wave: keys.get(value, "")
        if column.kind is Kind.QUESTION:
            return lambda value, _wave: self._questions[value]
        if column.kind is Kind.CHOICE:
            return lambda value, _wave: self._choices[value][1] if value else ""
        if column.kind is Kind.PROFILE_CHOICE:
            return lambda value, _wave: self._profile_choice(value) if value else ""
        if column.kind is Kind.BASIS:
            return lambda value, wave: "" if value == self._basis(wave) else str(value)
        write = make_writer(column.column)
        return lambda value, _wave: write(value)

    def _profile_choice(self, number: int) -> str:
        question, code = self._choices[number]
        return join_key((self._questions[question], code))

    def _basis(self, wave: int) -> int:
        if wave not in self._bases:
            self._bases[wave] = read_wave_basis(self._connection, wave)
        return self._bases[wave]

    def _remember(self, plan: TablePlan) -> None:
        if plan.table is s.question:
            self._questions = {row.id: row.name for row in self._connection.execute(select(s.question))}
        elif plan.table is s.choice:
            rows = self._connection.execute(select(s.choice.c.id, s.choice.c.question_id, s.choice.c.code))
            self._choices = {row.id: (row.question_id, row.code) for row in rows}


class UnknownRowError(LookupError):
    """A cell names a row that is not there. Its text is the column's header."""


class RowWriter:
    """Writes tables one after another, each after those it refers to, in one transaction of the caller's.

    Args:
        connection: writing connection to an empty database with the current schema.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._numbers: dict[str, dict[str, int]] = {}
        self._questions: dict[tuple[int, str], int] = {}
        self._choices: dict[tuple[int, str], int] = {}
        self._questionnaires: dict[int, int] = {}
        self._bases: dict[int, int] = {}

    def write(
        self,
        plan: TablePlan,
        rows: Iterator[tuple[int, Sequence[str]]],
        refuse: Callable[[int, str, str], None],
        secrets: Callable[[], dict[str, object]],
    ) -> int:
        """Write the rows of a table and return how many.

        Args:
            plan: the table.
            rows: number of the line in the file, and cells in the order of its headers.
            refuse: told the line, the header and the type that a bad cell should have had (``reference`` for one that
                names a row that is not there, ``key`` for one that names its own row otherwise than its cells do).
            secrets: values of columns that no package holds, made anew for each row.
        """
        readers = [self._reader(column) for column in plan.columns]
        numbers = self._numbers.setdefault(plan.name, {})
        places = [plan.headers.index(header) for header in plan.key]
        columns = tuple(column.column.name for column in plan.columns)
        extra = tuple(secrets())
        names = (*(("id",) if plan.has_number else ()), *columns, *extra)
        kept: list[tuple[object, ...]] = []
        # Only the log of a new house may hold lines already: of its first account.
        offset = 0 if places or not plan.has_number else self._last_number(plan)
        written = 0
        for line, cells in rows:
            written += 1
            values: list[Any] = []
            try:
                for read, cell in zip(readers, cells[1:] if plan.has_number else cells, strict=True):
                    values.append(read(cell, values))
            except (CellError, UnknownRowError) as error:
                kind = str(error) if isinstance(error, CellError) else "reference"
                refuse(line, plan.columns[len(values)].header, kind)
                continue
            if plan.has_number:
                key = join_key([cells[place] for place in places]) if places else str(written)
                if key != cells[0] or key in numbers:
                    refuse(line, plan.headers[0], "key")
                    continue
                numbers[key] = written + offset
                self._remember(plan, written + offset, values)
                values.insert(0, written + offset)
            kept.append(tuple(map(self._plain, (*values, *secrets().values()))))
            if len(kept) >= _CHUNK:
                insert_rows(self._connection, plan.name, names, kept)
                kept.clear()
        insert_rows(self._connection, plan.name, names, kept)
        if plan.has_number and written and not self._is_sqlite:
            sequence = func.pg_get_serial_sequence(plan.name, "id")
            self._connection.execute(select(func.setval(sequence, written + offset)))
        return written

    def _last_number(self, plan: TablePlan) -> int:
        return self._connection.execute(select(func.max(plan.table.c.id))).scalar() or 0

    def _reader(self, column: ColumnPlan) -> Callable[[str, list[Any]], object]:
        if column.kind is Kind.REFERENCE:
            numbers = self._numbers.setdefault(column.target, {})
            may_lack = bool(column.column.nullable)
            return lambda cell, _row: self._find(numbers, cell, may_lack=may_lack)
        if column.kind is Kind.QUESTION:
            return lambda cell, row: _take(self._questions, (self._questionnaires[row[0]], cell))
        if column.kind is Kind.CHOICE:
            return lambda cell, row: _take(self._choices, (row[1], cell)) if cell else 0
        if column.kind is Kind.PROFILE_CHOICE:
            return lambda cell, row: self._find_profile_choice(cell, row) if cell else 0
        if column.kind is Kind.BASIS:
            number = make_reader(column.column)
            return lambda cell, row: number(cell) if cell else self._basis(row[0])
        read = make_reader(column.column)
        return lambda cell, _row: read(cell)

    def _find(self, numbers: dict[str, int], cell: str, *, may_lack: bool) -> int | None:
        if not cell and may_lack:
            return None
        return _take(numbers, cell)

    def _find_profile_choice(self, cell: str, row: list[Any]) -> int:
        question, _, code = cell.partition("/")
        found = _take(self._questions, (self._questionnaires[row[0]], _unescape(question)))
        return _take(self._choices, (found, _unescape(code)))

    def _basis(self, wave: int) -> int:
        if wave not in self._bases:
            self._bases[wave] = read_wave_basis(self._connection, wave)
        return self._bases[wave]

    def _remember(self, plan: TablePlan, number: int, values: list[Any]) -> None:
        named = {column.header: value for column, value in zip(plan.columns, values, strict=True)}
        if plan.table is s.question:
            self._questions[(named["questionnaire"], named["name"])] = number
        elif plan.table is s.choice:
            self._choices[(named["question"], named["code"])] = number
        elif plan.table is s.wave:
            self._questionnaires[number] = named["questionnaire"]

    def _plain(self, value: object) -> object:
        """A value as the driver takes it: SQLite knows neither days nor decimals, and counts truths."""
        if not self._is_sqlite or value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int | float):
            return value
        return value.isoformat() if hasattr(value, "isoformat") else float(value)  # type: ignore[arg-type] # a decimal


def find_filled_tables(connection: Connection, plans: Sequence[TablePlan]) -> list[str]:
    """Return the tables that hold anything a package would bring."""
    found = []
    for plan in plans:
        asked = select(text("1")).select_from(plan.table).limit(1)
        if plan.table is audit:
            continue  # making an account writes a line, and a new house has accounts before it has data
        if connection.execute(asked).first() is not None:
            found.append(plan.name)
    return found


def _take(numbers: dict[Any, int], key: Any) -> int:
    try:
        return numbers[key]
    except KeyError:
        raise UnknownRowError from None


def _unescape(part: str) -> str:
    return part.replace("%2F", "/").replace("%25", "%")
