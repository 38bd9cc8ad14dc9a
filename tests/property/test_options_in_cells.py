"""Whatever options a form has, ticking some of them and writing them into one cell loses nothing."""

from hypothesis import assume, given
from hypothesis import strategies as st

from etl.clean.labels import option_key
from etl.mapping.splitting import split_options

WORD = st.sampled_from(
    ["park", "bus", "droga", "lekarz", "żłobek", "dom", "szkoła", "ławki", "wieś", "rower", "las", "sklep"]
)
PLAIN = st.lists(WORD, min_size=1, max_size=3).map(lambda words: " ".join(words).capitalize())
WITH_COMMA = st.tuples(PLAIN, WORD, WORD).map(lambda parts: f"{parts[0]}, {parts[1]} i {parts[2]}")
WITH_BRACKETS = st.tuples(PLAIN, WORD, WORD).map(lambda parts: f"{parts[0]} ({parts[1]}, {parts[2]})")
ANY = st.one_of(PLAIN, WITH_COMMA, WITH_BRACKETS)


def distinct(options):
    return len({option_key(option) for option in options}) == len(options)


@st.composite
def forms(draw, option=ANY):
    """Options in the order of a form, and people who ticked some of them."""
    options = draw(st.lists(option, min_size=2, max_size=7).filter(distinct))
    ticks = draw(st.lists(st.sets(st.integers(0, len(options) - 1), min_size=1), min_size=1, max_size=40))
    return options, [tuple(options[place] for place in sorted(chosen)) for chosen in ticks]


def split_cells(cells, separator, known=()):
    written = [separator.join(cell) for cell in cells]
    distinct_cells = list(dict.fromkeys(written))
    counts = [written.count(cell) for cell in distinct_cells]
    split = split_options(distinct_cells, counts, separator, known)
    pieces = dict(zip(distinct_cells, split.pieces, strict=True))
    return [pieces[cell] for cell in written], split


@given(forms())
def test_semicolons_always_cut_right(form):
    _, cells = form
    assert split_cells(cells, ";")[0] == cells


@given(forms())
def test_commas_cut_right_when_the_options_are_known(form):
    options, cells = form
    known = {option_key(option) for option in options}
    # Two options that together read like a third cannot be told from it by anybody.
    assume(not any(option_key(f"{one}, {other}") in known for one in options for other in options))
    assert split_cells(cells, ", ", known)[0] == cells


@given(forms())
def test_nothing_of_a_cell_is_lost_even_when_nothing_is_known(form):
    _, cells = form
    split, _ = split_cells(cells, ", ")
    assert [", ".join(cell) for cell in split] == [", ".join(cell) for cell in cells]


@given(st.lists(PLAIN, min_size=3, max_size=6).filter(distinct), st.integers(0, 1000))
def test_options_that_come_alone_and_together_are_found(options, turn):
    order = options[turn % len(options) :] + options[: turn % len(options)]
    cells = [(option,) for option in order]
    cells += [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    pieces, split = split_cells(cells, ", ")
    assert pieces == cells
    assert split.is_multiple


@given(st.lists(st.text(max_size=40), min_size=1, max_size=30), st.sampled_from([";", ", ", "|"]))
def test_any_text_is_cut_without_a_crash(cells, separator):
    written = list(dict.fromkeys(" ".join(cell.split()) or "x" for cell in cells))
    split = split_options(written, [1] * len(written), separator)
    assert len(split.pieces) == len(written)
    assert all(split.pieces)
