"""Labels of charts don't run into each other, however long a name is and however many columns a phone has to hold."""

from dashboard.charts.bars import draw_bars
from dashboard.charts.funnel import draw_funnel
from dashboard.charts.heat import draw_heat
from dashboard.charts.stacked import draw_stacked
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
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


def test_names_in_a_funnel_that_would_lie_on_each_other_are_left_to_the_table():
    rows = [
        ShareRow((f"p{n}", "low"), {"pl": (f"Partnerstwo {n}", "nisko"), "en": (f"P {n}", "low")}, 4 + n % 2, 100 + n)
        for n in range(8)
    ]
    rows.append(ShareRow(("far", "high"), {"pl": ("Daleko", "wysoko"), "en": ("Far", "high")}, 60, 100))
    table = publish_shares(rows, dimensions=("partnership", "position"), source=SOURCE, exclusive=False)
    limits = {"95 na 100": ([10, 50, 110], [0.0, 0.0, 0.05], [0.6, 0.4, 0.3])}
    figure = draw_funnel(
        table, mean=0.2, limits=limits, inside="inside", axis="osób", title="Lejek", language="pl"
    ).figure
    names = [note.text for note in figure.layout.annotations if note.text.startswith(("Partnerstwo", "Daleko"))]
    assert "Daleko" in names
    assert 1 < len(names) < 5
    assert len(figure.data[-1].x) == 9, "every place has its mark all the same"


def test_points_of_a_scale_are_named_in_full():
    points = ("zdecydowanie się zgadzam", "zdecydowanie się nie zgadzam")
    rows = [ShareRow(("a", one), {"pl": ("Ufam", one), "en": ("Ufam", one)}, 50, 100) for one in points]
    table = publish_shares(rows, dimensions=("item", "choice"), source=SOURCE, exclusive=True)
    figure = draw_stacked(table, title="Zaufanie", language="pl").figure
    assert set(points) <= {note.text for note in figure.layout.annotations}
    assert len({shape.y0 for shape in figure.layout.shapes}) == 2, "a line each"


def test_headings_of_many_narrow_columns_have_one_line():
    keys = [(place, f"{LONG} {number}") for place in ("Liw", "Pionki") for number in range(14)]
    figure = draw_heat(publish(*keys, dimensions=("partnership", "theme")), title="Tematy", language="pl").figure
    headings = [note.text for note in figure.layout.annotations if note.textangle == -90]
    assert len(headings) == 14
    assert not any("<br>" in heading for heading in headings)
