"""A published table as a picture and as an SPSS file: complete by itself, hidden stays hidden, the same bytes twice."""

from pathlib import Path
from xml.etree import ElementTree

import pyreadstat
import pytest

from dashboard.charts.static_image import MOST_ROWS, draw_image
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
