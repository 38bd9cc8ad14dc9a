"""A published table as a picture and as an SPSS file: complete by itself, hidden stays hidden, the same bytes twice."""

import io
from pathlib import Path
from xml.etree import ElementTree

import pyreadstat
import pytest
from openpyxl import load_workbook

from dashboard.charts.static_image import MOST_ROWS, draw_image
from etl.exports.published_table import table_to_csv, table_to_xlsx
from etl.exports.spss_table import table_to_sav
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
from surveys.privacy.published import PublishedTable, Source

NAMES = ("Samotność seniorów", "$x^2$ <b>&", "Łąki, żółć", "Nikt tu nie zagląda")
SOURCE = Source({"pl": "Odsetek osób.", "en": "Share of people."})


def shares(counts: tuple[int, ...] = (60, 40, 2, 20), base: int = 100) -> PublishedTable:
    rows = [
        ShareRow((f"c{place}",), {"pl": (name,), "en": (name,)}, count, base)
        for place, (name, count) in enumerate(zip(NAMES, counts, strict=False))
    ]
    return publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=False)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_is_drawn_of_whatever_is_shown(kind) -> None:
    money = publish_counts(
        [CountRow(("2025",), {"pl": ("2025",), "en": ("2025",)}, 1200.5)],
        dimensions=("year",),
        unit="pln",
        source=SOURCE,
    )
    facts = {"title": "Czego brakuje? $5 i więcej", "language": "pl", "notes": ["Odpowiedziało 100 osób."]}
    for table in (shares(), shares(base=110, counts=(1, 2, 1, 2)), shares((12, 6, 3, 0), 18), money):
        image = draw_image(table, kind=kind, **facts)
        assert image.startswith(b"\x89PNG" if kind == "png" else b"<?xml")
        assert len(image) > 3000


def test_the_same_figures_give_the_same_picture() -> None:
    first, second = (draw_image(shares(), title="Tytuł", language="pl", kind="svg") for _ in range(2))
    assert first == second
    ElementTree.fromstring(first)  # noqa: S314 # our own picture
    assert b"http" not in first.replace(b"http://www.w3.org", b"").replace(b"http://purl.org", b"").replace(
        b"http://creativecommons.org", b""
    )


def test_a_long_table_is_drawn_in_part() -> None:
    rows = [ShareRow((str(n),), {"pl": (f"odpowiedź {n}",), "en": (f"answer {n}",)}, 50, 100) for n in range(200)]
    table = publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=False)
    assert len(table.rows) > MOST_ROWS
    assert draw_image(table, title="Długa", language="en", kind="png")


def test_an_spss_file_has_labels_and_no_hidden_number(tmp_path: Path) -> None:
    file = tmp_path / "t.sav"
    file.write_bytes(table_to_sav(shares(), "Czego brakuje?", "pl", invented=True))
    frame, meta = pyreadstat.read_sav(str(file))
    assert list(frame) == ["choice", "share", "low", "high", "count", "base", "state"]
    assert list(meta.variable_value_labels["choice"].values()) == list(NAMES)
    assert meta.column_names_to_labels["share"] == "Odsetek"
    assert frame["count"].tolist()[:2] == [60, 40]
    assert frame.loc[2, ["share", "low", "high", "count", "base"]].isna().all()
    assert meta.variable_value_labels["state"][frame.loc[2, "state"]] == "ukryte dla ochrony osób"
    assert "wymyślone" in "".join(meta.notes)


def two_of_each() -> PublishedTable:
    rows = [
        ShareRow((name, key), dict.fromkeys(("pl", "en"), (name, words)), count, 100)
        for name, counts in (("Lekarz", (80, 30)), ("Kultura", (60, 2)))
        for key, words, count in zip(("important", "good"), ("ważne", "dobre"), counts, strict=True)
    ]
    asked = {"pl": "Pytano mieszkańców.", "en": "Residents were asked."}
    source = Source(SOURCE.what, {"pl": "Jak ważne?", "en": "How important?"}, ("Liw: 2024",), asked=asked)
    return publish_shares(rows, dimensions=("topic", "measure"), source=source, exclusive=False)


def test_two_figures_of_an_answer_go_whole_into_every_kind_of_file(tmp_path: Path) -> None:
    table = two_of_each()
    book = load_workbook(io.BytesIO(table_to_xlsx(table, "Czego brakuje", "pl", invented=False)))
    figures = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert figures[1][:3] == ["Lekarz", "ważne", 0.8]
    assert figures[1][5:7] == [80, 100]
    assert figures[4][2:7] == ["ukryte"] * 5
    method = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert method["Kogo i jak pytano"] == "Pytano mieszkańców."
    assert method["Pytanie"] == "Jak ważne?"
    lines = table_to_csv(table, "pl", invented=False).decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[4].count("ukryte") >= 5
    file = tmp_path / "two.sav"
    file.write_bytes(table_to_sav(table, "Czego brakuje", "pl", invented=False))
    frame, meta = pyreadstat.read_sav(str(file))
    assert frame["count"].tolist()[:3] == [80, 30, 60]
    assert frame.loc[3, ["share", "low", "high", "count", "base"]].isna().all()
    assert list(meta.variable_value_labels["measure"].values()) == ["ważne", "dobre"]
    pictures = [draw_image(table, title="Czego brakuje", language="pl", kind=kind) for kind in ("png", "svg")]
    assert pictures[0].startswith(b"\x89PNG")
    ElementTree.fromstring(pictures[1])  # noqa: S314 # our own picture
