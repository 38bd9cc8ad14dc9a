"""The figure of a question, or of a battery of them: bars for names, cut bars for scales."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.bars import draw_bars
from dashboard.charts.stacked import draw_stacked
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import quote_answer, say_leading
from dashboard.results_story.measurement import EXCLUSIVE, Measurement, stem_wording
from surveys.analysis.rows import Row
from surveys.language.numerals import format_percent
from surveys.privacy.published import PublishedRow, PublishedTable, State


def build_block(measurement: Measurement, block: Sequence[Row]) -> list[Panel]:
    """Build the figures of a question, or of the questions of a battery together when they share a scale."""
    together = [row for row in block if row["type"] == "scale"]
    if len(block) > 1 and len(together) == len(block) and _share_points(measurement, block):
        return [_build_battery(measurement, list(block))]
    return [build_question(measurement, row) for row in block]


def build_question(measurement: Measurement, question: Row) -> Panel:
    """Build the figure of one question with options."""
    view = measurement.view
    name = str(question["question"])
    title = measurement.wording(name)
    key = f"question-{name}"
    if question["type"] == "scale":
        table = measurement.tabulate_block([question])
        sentence = say_leading(measurement.tabulate(question), view.language)
        if table.too_few_asked:
            return Panel(key, title, sentence)
        return Panel(key, title, sentence, draw_stacked(table, title=title, language=view.language), (table,))
    table = measurement.tabulate(question)
    sentence = say_leading(table, view.language)
    if table.too_few_asked:
        return Panel(key, title, sentence)
    if question["max_choices"] == question["max_choices"] and question["max_choices"]:  # NaN: no cap
        sentence += f"  \n:small[{view.say('results.questions.capped', n=int(question['max_choices']))}]"
    elif question["type"] not in EXCLUSIVE:
        sentence += f"  \n:small[{view.say('results.questions.several')}]"
    if table.is_empty:
        return Panel(key, title, view.say("leading.nobody"))
    return Panel(key, title, sentence, draw_bars(table, title=title, language=view.language), (table,))


def _build_battery(measurement: Measurement, block: list[Row]) -> Panel:
    view = measurement.view
    title = stem_wording(block[0], view.language)
    table = _largest_first(measurement.tabulate_block(block))
    sentence = _say_range(measurement, table)
    key = f"question-{block[0]['question']}"
    if table.too_few_asked:
        return Panel(key, title, sentence)
    chart = draw_stacked(table, title=title, language=view.language)
    return Panel(key, title, sentence, chart, (table,))


def _share_points(measurement: Measurement, block: Sequence[Row]) -> bool:
    """Whether all questions of a battery have the same options: only then do their colours mean the same."""
    scales = set()
    for row in block:
        options = measurement.choices[str(row["question"])]
        scales.add(tuple(options[options["missing_kind"].isna()]["code"]))
    return len(scales) == 1


def _pieces(table: PublishedTable) -> dict[str, list[PublishedRow]]:
    pieces: dict[str, list[PublishedRow]] = {}
    for row in table.rows:
        pieces.setdefault(row.keys[0], []).append(row)
    return pieces


def _last_share(rows: Sequence[PublishedRow]) -> float | None:
    """Share of the last point of a scale, when it is shown as a percent."""
    return rows[-1].value


def _largest_first(table: PublishedTable) -> PublishedTable:
    """Order the questions by the share of the scale's last point; those without one follow in the order asked."""
    pieces = list(_pieces(table).values())
    pieces.sort(key=lambda rows: -1.0 if (share := _last_share(rows)) is None else -1.0 - share)
    known = [rows for rows in pieces if _last_share(rows) is not None]
    others = [rows for rows in _pieces(table).values() if _last_share(rows) is None]
    return replace(table, rows=tuple(row for rows in (*known, *others) for row in rows))


def _say_range(measurement: Measurement, table: PublishedTable) -> str:
    """Say between which shares the last point of the scale lies; no question is called first without a test."""
    view, language = measurement.view, measurement.view.language
    known = [rows[-1] for rows in _pieces(table).values() if rows[-1].value is not None]
    if not known:
        few = any(row.state is State.COUNTS_ONLY for row in table.rows)
        return view.say(
            "results.questions.counts_only" if few else "leading.few_asked" if table.too_few_asked else "leading.hidden"
        )
    ends = (max(known, key=lambda row: row.value or 0), min(known, key=lambda row: row.value or 0))
    facts = {
        "point": plain(known[0].labels[language][-1]),
        "high_name": quote_answer(ends[0].labels[language][0], language),
        "high": format_percent(ends[0].value or 0, language),
        "low_name": quote_answer(ends[1].labels[language][0], language),
        "low": format_percent(ends[1].value or 0, language),
    }
    unshown = len(_pieces(table)) - len(known)
    form = "one" if len(known) == 1 else "range_of_shown" if unshown else "range"
    return view.say(f"results.questions.{form}", **facts, n=unshown)
