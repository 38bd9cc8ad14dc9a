"""Two columns of bars: figures with intervals stand clear of the other column, hidden ones are hatched."""

from dashboard.charts.pairs import draw_pairs
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
from surveys.privacy.published import Source

SOURCE = Source({"pl": "", "en": ""})


def labels(*words):
    return {"pl": words, "en": words}


def counts(**values):
    rows = [CountRow((code,), labels(code), float(number)) for code, number in values.items()]
    return publish_counts(rows, dimensions=("group",), unit="count", source=SOURCE)


def shares(**values):
    rows = [ShareRow((code,), labels("dlaczego", code), number, 44) for code, number in values.items()]
    return publish_shares(rows, dimensions=("why", "group"), source=SOURCE, exclusive=False)


def draw(left, right, **how):
    return draw_pairs(left, right, titles=("Potrzeba", "Działania"), title="Luki", language="pl", **how).figure


def test_figures_with_intervals_stand_under_their_bars_and_the_intervals_are_drawn():
    figure = draw(shares(A=30, B=1), counts(A=3, B=0))
    assert all(not bar.text for bar in figure.data), "nothing beside the bars runs into the other column"
    written = {note.text: note.y for note in reversed(figure.layout.annotations)}  # the first of each
    assert written["68\u00a0% (od 53 do 80)"] > figure.data[0].y[0]
    assert written["dlaczego"] < figure.data[0].y[0]
    whiskers = figure.data[0].error_x
    assert whiskers.array[0] > 0.1
    assert whiskers.array[1] is None, "a hidden figure has no interval"
    assert "ukryte" in written
    assert figure.data[1].marker.pattern.shape == "/"


def test_columns_of_the_same_things_have_one_scale():
    alone = draw(counts(A=20), counts(A=5)).layout
    together = draw(counts(A=20), counts(A=5), one_scale=True).layout
    assert alone.xaxis.range != alone.xaxis2.range
    assert together.xaxis.range == together.xaxis2.range
