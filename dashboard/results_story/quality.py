"""Data quality: signs of careless answers. They are pointed at; nobody is left out by the program."""

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import quote_answer
from dashboard.measurement_data import read_signs
from dashboard.results_story.glance import build_left_out
from dashboard.results_story.measurement import CHOICES, Measurement, item_wording, stem_wording
from dashboard.stories.opening import texts_of
from dashboard.texts import say
from etl.data_quality import QualitySigns
from surveys.analysis.rows import Row
from surveys.analysis.speeders import LEAST_TIMED
from surveys.language.numerals import format_number
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import Source


def show_quality(measurement: Measurement) -> None:
    """Show the signs of careless answers, and which questions were left out."""
    view = measurement.view
    st.markdown(view.say("results.quality.intro"))
    blocks = [block for block in measurement.blocks() if _is_battery(measurement, block)]
    batteries = tuple(tuple(str(row["question"]) for row in block) for block in blocks)
    names = tuple(name for name, row in measurement.questions.items() if row["type"] in CHOICES)
    signs = read_signs(view.scope, measurement.partnership, measurement.slug, names, batteries)
    if not signs.people:
        st.info(view.say("results.quality.tally"))
        return
    panel = _build_signs(measurement, signs)
    left_out = build_left_out(measurement)
    show_panels({one.key: one for one in (panel, left_out)}, ("quality",), ("left-out",), language=view.language)
    _say_reliability(measurement, signs)


def _is_battery(measurement: Measurement, block: list[Row]) -> bool:
    points = set()
    for row in block:
        options = measurement.choices[str(row["question"])]
        points.add(tuple(options[options["missing_kind"].isna()]["code"]))
    return len(block) > 1 and len(points) == 1 and all(row["type"] == "scale" for row in block)


def _build_signs(measurement: Measurement, signs: QualitySigns) -> Panel:
    view = measurement.view
    title = view.say("results.quality.title")
    rows = [
        _sign("alike", signs.alike, signs.compared),
        _sign("mostly_blank", signs.mostly_blank, signs.people),
        *(() if signs.haste.fast is None else (_sign("fast", signs.haste.fast, signs.haste.timed),)),
        *(
            ShareRow(
                (f"straight-{name}",),
                {language: (_straight(measurement, name, language),) for language in LANGUAGES},
                found.straight,
                found.answered,
            )
            for name, found in signs.batteries.items()
        ),
    ]
    source = Source(texts_of("results.quality.what"), waves=measurement.waves())
    table = publish_shares(rows, dimensions=("sign",), source=source, exclusive=False)
    if table.too_few_asked:
        return Panel("quality", title, view.say("leading.few_asked"))
    chart = draw_bars(table, title=title, language=view.language)
    note = _say_times(measurement, signs)
    return Panel("quality", title, view.say("results.quality.sentence"), chart, (table,), note=note)


def _say_times(measurement: Measurement, signs: QualitySigns) -> str:
    """Say the rule for haste, or why nothing is said of it."""
    if not signs.haste.timed:
        return measurement.view.say("results.quality.times_none")
    if signs.haste.fast is None:
        return measurement.view.say("results.quality.times_few", n=LEAST_TIMED)
    return measurement.view.say("results.quality.times")


def _sign(name: str, count: int, base: int) -> ShareRow:
    texts = texts_of(f"results.quality.{name}")
    return ShareRow((name,), {language: (texts[language],) for language in LANGUAGES}, count, base)


def _straight(measurement: Measurement, name: str, language: Language) -> str:
    return say("results.quality.straight", language, battery=stem_wording(measurement.questions[name], language))


def item_of(measurement: Measurement, first: str, position: int) -> Row:
    """Return the question at a place of a battery, by the name of its first one."""
    block = next(rows for rows in measurement.blocks() if str(rows[0]["question"]) == first)
    return block[position]


def _say_reliability(measurement: Measurement, signs: QualitySigns) -> None:
    """Say how well the questions of each battery hang together, where enough people answered."""
    view, language = measurement.view, measurement.view.language
    lines = []
    for name, found in signs.batteries.items():
        if found.reliability is not None:
            facts = {
                "battery": plain(stem_wording(measurement.questions[name], language)),
                "alpha": format_number(found.reliability.alpha, language, decimals=2),
                "low": format_number(found.reliability.low, language, decimals=2),
                "high": format_number(found.reliability.high, language, decimals=2),
                "n": found.answered,
            }
            form = "alpha_negative" if found.reliability.alpha < 0 else "alpha"
            told = view.say(f"results.quality.{form}", **facts)
            against = [item_of(measurement, name, position) for position in found.reliability.reversed_items]
            if against:
                quoted = ", ".join(quote_answer(item_wording(row, language), language) for row in against)
                told += f" {view.say('results.quality.alpha_reversed', names=quoted)}"
            lines.append(f"- {told}")
    if lines:
        with st.container(border=True, key="results-reliability"):
            st.header(view.say("results.quality.alpha_title"), anchor=False)
            st.markdown(view.say("results.quality.alpha_intro"))
            st.markdown("\n".join(lines))
