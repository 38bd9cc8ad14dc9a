"""SPSS files: the file itself says how its questions read, what its numbers mean and which of them are no answer."""

import re
from collections.abc import Mapping, Sequence

from etl.clean.labels import cell_text, option_key
from etl.clean.missing import missing_kind
from etl.clean.numbers import read_number
from etl.readers.raw import CellValue, ColumnNotes, RawBook, RawSheet, ResponseSet
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.option_columns import find_option_columns, find_stems
from etl.recognise.recognition import Recognition
from etl.recognise.scale_labels import are_known_scale, are_weights
from etl.recognise.sheet_shape import list_values
from etl.recognise.spss_kobo import describe_kobo_variables
from etl.recognise.xlsform_sheets import find_form
from surveys.language.folding import fold
from surveys.model import QuestionType

SOURCE = "spss"

_HEADER_ROW = 1
_SUFFIXES = (".sav", ".zsav")
# Beside another table of about its size somebody has to say which is meant.
_AMONG_OTHERS = 0.7
_NUMBERS = re.compile(
    r"^(id|caseid|case_id|respid|resp_id|respondent_?id|nr|lp|nr_?ankiety|nr_?resp|record|recordid|intnr|numer|uuid)$",
    re.IGNORECASE,
)
# A scale of which only the ends are labelled has at most so many points.
_LONGEST_SCALE = 11
_FEWEST_POINTS = 3


def recognise(book: RawBook) -> Recognition | None:
    """Return the layout of an SPSS file, ``None`` for every other format."""
    sheet, score = _find_sheet(book)
    if sheet is None:
        return None
    names = {position: cell_text(sheet.cell(_HEADER_ROW, position)) for position in range(len(sheet.columns))}
    described_as_kobo = describe_kobo_variables(book, sheet, names)
    if described_as_kobo is not None:
        return Recognition(
            SOURCE,
            score,
            (f"recognition.{SOURCE}.format", f"recognition.{SOURCE}.kobo"),
            sheet=sheet.name,
            header_row=_HEADER_ROW,
            timestamp_column=described_as_kobo.timestamp_column,
            response_id_column=described_as_kobo.response_id_column,
            times=described_as_kobo.times,
            layout=described_as_kobo.layout,
        )
    layout = _lay_out(sheet, book.mr_sets)
    numbered = [
        described.columns[0]
        for described in layout
        if described.role == "metadata" and _numbers_rows(sheet, described.columns[0])
    ]
    reasons = ["format", *(["labels"] if any(note.label or note.value_labels for note in sheet.notes.values()) else [])]
    return Recognition(
        SOURCE,
        score,
        tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        sheet=sheet.name,
        header_row=_HEADER_ROW,
        response_id_column=numbered[0] if numbered else None,
        layout=layout,
    )


def _find_sheet(book: RawBook) -> tuple[RawSheet | None, float]:
    """Return the sheet of an SPSS file, alone or in an archive, and how sure it is that this one is meant."""
    if book.format == "sav" and book.sheets:
        return book.sheets[0], 1.0
    described = [sheet for sheet in book.sheets if (sheet.member or "").lower().endswith(_SUFFIXES)]
    if not described:
        return None, 0.0
    largest = max(described, key=lambda sheet: sheet.row_count)
    form = find_form(book)
    others = [
        sheet for sheet in book.sheets if sheet is not largest and (form is None or sheet.name not in form.sheets)
    ]
    rivals = [sheet for sheet in others if 2 * sheet.row_count >= largest.row_count]
    return largest, _AMONG_OTHERS if rivals else 1.0


def _lay_out(sheet: RawSheet, sets: Sequence[ResponseSet]) -> tuple[ColumnLayout, ...]:
    names = {position: cell_text(sheet.cell(_HEADER_ROW, position)) for position in range(len(sheet.columns))}
    notes = {position: sheet.notes.get(position, ColumnNotes()) for position in names}
    headers = {position: " ".join(notes[position].label.split()) or names[position] for position in names}
    layout: dict[int, ColumnLayout] = {}
    taken: set[int] = set()
    for declared in sets:
        columns = [position for position in declared.columns if position in names and position not in taken]
        if declared.sheet == sheet.name and len(columns) > 1:
            layout[columns[0]] = _describe_set(sheet, declared, columns, headers, notes)
            taken.update(columns)
    rest = {position: header for position, header in headers.items() if position not in taken}
    for described in (*find_option_columns(sheet, rest, _HEADER_ROW), *_find_named_ticks(sheet, rest, notes)):
        if not taken & set(described.columns):
            layout[described.columns[0]] = described
            taken.update(described.columns, () if described.other is None else (described.other,))
    labels = {
        position: tuple(note.value_labels.items())
        for position, note in notes.items()
        if position not in taken and note.value_labels
    }
    grids = find_stems({position: headers[position] for position in labels}, labels)
    for position, name in names.items():
        if position not in taken:
            stem, header = grids.get(position, ("", headers[position]))
            layout[position] = _describe(sheet, position, name, header, stem, notes[position])
    return tuple(layout[position] for position in sorted(layout))


def _describe_set(
    sheet: RawSheet,
    declared: ResponseSet,
    columns: Sequence[int],
    headers: Mapping[int, str],
    notes: Mapping[int, ColumnNotes],
) -> ColumnLayout:
    """Describe a question that the file declares to be spread over columns."""
    header = " ".join(declared.label.split()) or declared.name
    values = {
        cell_text(value): value for column in columns for value in list_values(sheet.columns[column], _HEADER_ROW)
    }
    if declared.counted_value is None:
        # Each column holds one of the ticked options, in no order that would mean anything.
        labels = {cell_text(value): label for column in columns for value, label in notes[column].value_labels.items()}
        missing = {text: "blank" for text, value in values.items() if any(notes[c].is_missing(value) for c in columns)}
        return ColumnLayout(
            tuple(columns),
            header,
            role="question",
            kind=QuestionType.MULTIPLE,
            spread=Spread.PLACES,
            labels=labels,
            missing=missing,
        )
    ticked = cell_text(declared.counted_value)
    options = [headers[column] for column in columns]
    if len(set(options)) < len(options):
        # One wording for all: what tells the columns apart is what their tick means.
        options = [notes[column].value_labels.get(declared.counted_value, headers[column]) for column in columns]
    parted = find_stems(dict(zip(columns, options, strict=True)), dict.fromkeys(columns, 0))
    if len(parted) == len(columns) and len({stem for stem, _ in parted.values()}) == 1:
        options = [parted[column][1] for column in columns]
    return ColumnLayout(
        tuple(columns),
        header,
        role="question",
        kind=QuestionType.MULTIPLE,
        spread=Spread.FLAGS,
        options=tuple(options),
        labels={ticked: "1"},
        missing={text: "blank" for text in values if text != ticked},
    )


def _find_named_ticks(
    sheet: RawSheet, headers: Mapping[int, str], notes: Mapping[int, ColumnNotes]
) -> list[ColumnLayout]:
    """Find columns side by side with one wording, each with one labelled value of its own: its option."""
    found: list[ColumnLayout] = []
    run: dict[int, str] = {}

    def close() -> None:
        if len(run) > 1 and len(set(run.values())) == len(run):
            columns = tuple(run)
            found.append(
                ColumnLayout(
                    columns,
                    headers[columns[0]],
                    role="question",
                    spread=Spread.LABELS,
                    options=tuple(run.values()),
                    missing={"0": "blank"},
                )
            )
        run.clear()

    for position in sorted(headers):
        option = _single_option(sheet, position, notes[position])
        follows = bool(run) and position - 1 in run and headers[position] == headers[position - 1]
        if run and not (follows and option):
            close()
        if option:
            run[position] = option
    close()
    return found


def _single_option(sheet: RawSheet, position: int, note: ColumnNotes) -> str | None:
    labels = {value: label for value, label in note.value_labels.items() if value != 0 and not note.is_missing(value)}
    values = {value for value in list_values(sheet.columns[position], _HEADER_ROW) if value != 0}
    if not note.label or len(labels) != 1 or not values <= set(labels):
        return None
    [label] = labels.values()
    return None if fold(label) in {"tak", "yes", "1", "zaznaczono", "wybrano"} else label


def _describe(sheet: RawSheet, position: int, name: str, header: str, stem: str, note: ColumnNotes) -> ColumnLayout:
    values = list_values(sheet.columns[position], _HEADER_ROW)
    if _NUMBERS.match(name):
        return ColumnLayout((position,), header, role="metadata")
    if are_weights(name, values) or are_weights(note.label, values):
        return ColumnLayout((position,), header, role="weight")
    missing = _read_missing(values, note)
    real = [value for value in values if cell_text(value) not in missing]
    labelled = {value: label for value, label in note.value_labels.items() if cell_text(value) not in missing}
    kind, labels = _decide_kind(real, labelled, note.measure)
    labels |= _missing_labels(note, missing)
    return ColumnLayout((position,), header, stem, kind=kind, labels=labels, missing=missing)


def _read_missing(values: Sequence[CellValue], note: ColumnNotes) -> dict[str, str]:
    """Return the kind of missing of every value that the file declares to be no answer."""
    missing: dict[str, str] = {}
    for value in (*note.value_labels, *values):
        if note.is_missing(value):
            label = note.value_labels.get(value, "")
            missing[cell_text(value)] = missing_kind(option_key(label)) or "blank"
    return missing


def _missing_labels(note: ColumnNotes, missing: Mapping[str, str]) -> dict[str, str]:
    """Return the file's own words for its kinds of missing, where everybody understands them so."""
    return {
        text: label
        for value, label in note.value_labels.items()
        if (text := cell_text(value)) in missing and missing[text] != "blank"
    }


def _decide_kind(
    real: Sequence[CellValue], labelled: Mapping[CellValue, str], measure: str
) -> tuple[QuestionType | None, dict[str, str]]:
    """Return the type of a question and the labels of its values, in the order of the values."""
    points = [value for value, label in labelled.items() if missing_kind(option_key(label)) is None]
    if not points:
        return None, {cell_text(value): label for value, label in labelled.items()}
    if set(real) <= set(labelled):
        labels = {cell_text(value): labelled[value] for value in sorted(labelled, key=_order)}
        ordered = measure in {"ordinal", "scale"} and all(isinstance(value, int | float) for value in points)
        is_scale = len(points) >= _FEWEST_POINTS and (ordered or are_known_scale([labelled[value] for value in points]))
        return QuestionType.SCALE if is_scale else QuestionType.SINGLE, labels
    numbers = [number for value in (*real, *points) if (number := read_number(value)) is not None]
    if len(numbers) < len(real) + len(points):
        # Words of which some have a label: the others speak for themselves.
        return QuestionType.SINGLE, {cell_text(value): label for value, label in labelled.items()}
    whole = all(number.is_integer() for number in numbers)
    low, high = int(min(numbers)), int(max(numbers))
    ends = {read_number(value) for value in points}
    if whole and high - low < _LONGEST_SCALE and {low, high} <= ends:
        return QuestionType.SCALE, {str(point): labelled.get(point, str(point)) for point in range(low, high + 1)} | {
            cell_text(value): label for value, label in labelled.items() if value not in points
        }
    # "90 lat i więcej" is still a number of years.
    said = {cell_text(value): label for value, label in labelled.items() if value not in points}
    return QuestionType.NUMBER, said


def _order(value: CellValue) -> tuple[bool, float, str]:
    number = read_number(value)
    return number is None, number or 0.0, cell_text(value)


def _numbers_rows(sheet: RawSheet, position: int) -> bool:
    """Whether a column gives every row a number of its own."""
    below = sheet.columns[position].codes[_HEADER_ROW:]
    return len(below) > 0 and bool((below >= 0).all()) and len(set(below.tolist())) == len(below)
