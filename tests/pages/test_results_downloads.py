"""Files under a figure of the results page hold what stands on the screen: numbers, labels, and what is hidden."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyreadstat
import pytest
from openpyxl import load_workbook

from dashboard.figures import presenting
from etl.exports.published_table import table_to_csv, table_to_xlsx
from etl.exports.spss_table import table_to_sav
from surveys.model import Partnership, Register
from surveys.privacy.published import PublishedRow, PublishedTable, State
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import Pages, load_registers

PARTS = (
    {"widok": "skrot"},
    {"widok": "pytania"},
    {"widok": "krzyzowo", "pytanie": "trust", "wedlug": "age"},
    {"widok": "krzyzowo", "pytanie": "needs", "wedlug": "age"},
)


@pytest.fixture
def shown(
    pages_of: Callable[..., Pages], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[PublishedTable, list[list[str]]]]:
    """Every table of those parts as it is published, beside the cells that stand on the screen."""
    survey = invent_two_questions(70, questions=(TRUST, AGE, NEEDS))
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", sample=True))), lambda store: load_answers(store, survey)
    )
    seen: list[tuple[PublishedTable, list[list[str]]]] = []
    written = presenting.tabulate

    def remember(table, language):
        headers, rows = written(table, language)
        seen.append((table, rows))
        return headers, rows

    monkeypatch.setattr(presenting, "tabulate", remember)
    for part in PARTS:
        pages.see("results", partnerstwo="liw", **part).open_tables()
    return seen


def numbers_of(row: PublishedRow) -> list[float]:
    return [float(one) for one in (row.value, row.low, row.high, row.count, row.base) if one is not None]


def test_files_hold_what_the_screen_shows_and_hide_what_it_hides(shown, tmp_path: Path) -> None:
    assert len(shown) >= len(PARTS)
    assert any(row.state is State.SUPPRESSED for table, _ in shown for row in table.rows)
    for table, cells in shown:
        width = len(table.dimensions)
        labels = [list(row.labels["pl"]) for row in table.rows]
        assert [line[:width] for line in cells] == labels
        lines = list(
            csv.reader(io.StringIO(table_to_csv(table, "pl", invented=True).decode("utf-8-sig")), delimiter=";")
        )
        book = load_workbook(io.BytesIO(table_to_xlsx(table, "Tytuł", "pl", invented=True)))
        sheet = [list(row) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
        assert len(book.worksheets) == 2
        file = tmp_path / "t.sav"
        file.write_bytes(table_to_sav(table, "Tytuł", "pl", invented=True))
        frame, meta = pyreadstat.read_sav(str(file), apply_value_formats=False)
        for place, row in enumerate(table.rows):
            hidden = row.state is State.SUPPRESSED
            in_sheet = [float(cell) for cell in sheet[place][width:] if isinstance(cell, int | float)]
            in_sav = [float(one) for one in frame.iloc[place][["share", "low", "high", "count", "base"]].dropna()]
            assert in_sheet == pytest.approx(numbers_of(row))
            assert in_sav == pytest.approx(numbers_of(row))
            assert sheet[place][:width] == labels[place]
            assert lines[place + 1][:width] == labels[place]
            assert [meta.variable_value_labels[name][frame[name][place]] for name in table.dimensions] == labels[place]
            if hidden:
                assert not numbers_of(row)
                for line in (cells[place], lines[place + 1]):
                    assert not any(sign.isdigit() for cell in line[width:] for sign in cell)
