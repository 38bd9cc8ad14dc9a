"""Two figures of an answer side by side: told apart without colour, intervals drawn, nothing on top of anything."""

from itertools import pairwise

from dashboard.charts.dumbbell import MOST_ANSWERS, draw_dumbbell
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source

LONG = "Nie ma dokąd pójść po zajęciach, a do najbliższej świetlicy trzeba dojechać autobusem, którego nie ma"
LINE, DOT = 17, 11  # pixels


def pairs(counts: list[tuple[int, int | None]], *, label: str = "Odpowiedź") -> PublishedTable:
    rows = [
        ShareRow(
            (f"c{place}", str(number)), dict.fromkeys(LANGUAGES, (f"{label} {place}", f"Ankieta {number}")), count, 100
        )
        for place, pair in enumerate(counts)
        for number, count in enumerate(pair)
        if count is not None
    ]
    return publish_shares(
        rows, dimensions=("choice", "wave"), source=Source({"pl": "co", "en": "what"}), exclusive=False
    )


def drawn(table: PublishedTable) -> dict[str, list[dict[str, object]]]:
    spec = draw_dumbbell(table, title="Tytuł", language="pl").figure.to_plotly_json()
    return {
        "data": spec["data"],
        "words": list(spec["layout"]["annotations"]),
        "shapes": list(spec["layout"]["shapes"]),
    }


def test_the_two_are_told_apart_by_shape_and_by_colour() -> None:
    chart = drawn(pairs([(60, 40), (30, 20)]))
    first, second = (trace for trace in chart["data"] if trace.get("mode") == "markers")
    assert first["marker"]["symbol"] != second["marker"]["symbol"]
    assert first["marker"]["color"] != second["marker"]["color"]
    assert {shape["type"] for shape in chart["shapes"]} == {"line", "circle", "path"}
    assert [word["text"] for word in chart["words"][:2]] == ["Ankieta 0", "Ankieta 1"]


def test_intervals_are_drawn_as_they_were_published() -> None:
    table = pairs([(60, 40)])
    first = next(trace for trace in drawn(table)["data"] if trace.get("mode") == "markers")
    row = table.rows[0]
    assert first["x"][0] + first["error_x"]["array"][0] == row.high
    assert first["x"][0] - first["error_x"]["arrayminus"][0] == row.low


def test_names_of_many_lines_cover_nothing() -> None:
    chart = drawn(pairs([(60, 40), (30, 20), (10, 12)], label=LONG))
    names = [word for word in chart["words"] if LONG[:20] in word["text"]]
    dots = sorted(y for trace in chart["data"] if trace.get("mode") == "markers" for y in trace["y"])
    assert len(names) == 3
    for word in names:
        below = word["y"] + LINE * (word["text"].count("<br>") + 1)
        assert not [dot for dot in dots if word["y"] - DOT / 2 < dot < below]
    assert min(late - early for early, late in pairwise(dots)) > LINE
    assert max(len(line) for word in names for line in word["text"].split("<br>")) <= 44  # fits a phone


def test_hidden_says_so_and_an_answer_of_one_measurement_has_one_dot() -> None:
    chart = drawn(pairs([(60, 2), (30, None)]))
    assert "ukryte" in [word["text"] for word in chart["words"]]
    assert sum(len(trace["x"]) for trace in chart["data"] if trace.get("mode") == "markers") == 2
    (tie,) = [trace for trace in chart["data"] if trace.get("mode") == "lines"]
    assert list(tie["x"]) == []


def test_a_long_list_is_drawn_in_part_and_the_caption_can_say_so() -> None:
    chart = draw_dumbbell(pairs([(40, 30)] * (MOST_ANSWERS + 5)), title="Tytuł", language="en")
    assert chart.rows_drawn == 2 * MOST_ANSWERS
