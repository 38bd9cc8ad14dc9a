"""Labels of charts don't run into each other, however long a name is and however many columns a phone has to hold."""

from dashboard.charts.bars import draw_bars
from dashboard.charts.heat import draw_heat
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import Source

SOURCE = Source({"pl": "", "en": ""})
LONG = "Zdrowie psychiczne dzieci i młodzieży szkolnej i bardzo długa nazwa jeszcze czegoś"


def publish(*keys, dimensions):
    rows = [CountRow(key, {"pl": key, "en": key}, 2.0) for key in keys]
    return publish_counts(rows, dimensions=dimensions, unit="count", source=SOURCE)


def test_a_label_of_three_lines_has_room_above_its_bar():
    table = publish(*((f"{LONG} {number}",) for number in range(4)), dimensions=("problem",))
    figure = draw_bars(table, title="Problemy", language="pl").figure
    label = figure.layout.annotations[0]
    lines = label.text.count("<br>") + 1
    low, high = sorted(figure.layout.yaxis.range)
    pixels_of_a_row = (figure.layout.height - 24) / (high - low)
    bar = figure.data[0].width * pixels_of_a_row
    assert label.yshift + 1.3 * label.font.size * lines + bar / 2 <= pixels_of_a_row


def test_headings_of_many_narrow_columns_have_one_line():
    keys = [(place, f"{LONG} {number}") for place in ("Liw", "Pionki") for number in range(14)]
    figure = draw_heat(publish(*keys, dimensions=("partnership", "theme")), title="Tematy", language="pl").figure
    headings = [note.text for note in figure.layout.annotations if note.textangle == -90]
    assert len(headings) == 14
    assert not any("<br>" in heading for heading in headings)
