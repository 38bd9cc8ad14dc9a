"""How far the threads reach: a bead for every stage of every problem, theme or partnership."""

import pandas as pd

from dashboard.charts.beads import MOST_THREADS, count_threads, draw_beads
from dashboard.figures.panels import Panel
from dashboard.stories.opening import chosen_problems, texts_of
from dashboard.texts import say
from dashboard.visit import View
from surveys.analysis.red_thread import Stage, count_stages
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

STAGES = tuple(stage for stage in Stage if stage is not Stage.PROBLEM)


def build_overview(view: View) -> list[Panel]:
    """Build the beads: problem by problem where they are few enough to read, else folded."""
    problems = chosen_problems(view)
    counts = count_stages(view.register, problems)
    facts = problems[["partnership", "uid", "name", "theme"]].merge(counts, on=["partnership", "uid"])
    by = _fold_by(view, len(facts))
    table = _tabulate_problems(facts) if by == "problem" else _tabulate_folded(view, facts, by)
    title = view.say(f"thread.overview.{by}.title")
    folded = by != "problem"
    chart = draw_beads(table, title=title, language=view.language, folded=folded)
    rows = len(STAGES) + folded
    if chart.rows_drawn is not None:  # threads are drawn, rows of the table are told
        chart = type(chart)(chart.figure, chart.alt, min(chart.rows_drawn, count_threads(table)) * rows)
    sentence = _say_reach(view, facts)
    return [Panel("thread-overview", title, sentence, chart, (table,), note=view.say(f"thread.overview.{by}.note"))]


def _fold_by(view: View, problems: int) -> str:
    if view.filters.partnership is None:
        return "partnership"
    return "problem" if problems <= MOST_THREADS else "theme"


def _tabulate_problems(facts: pd.DataFrame) -> PublishedTable:
    rows = [
        CountRow((f"{at}", stage.value), _labels({one: str(row["name"]) for one in LANGUAGES}, stage), row[stage.value])
        for at, row in enumerate(facts.to_dict("records"))
        for stage in STAGES
    ]
    return _publish(rows, "problem")


def _tabulate_folded(view: View, facts: pd.DataFrame, by: str) -> PublishedTable:
    """Count the problems of each theme or partnership that reach a stage."""
    reaching = facts.assign(**{stage.value: facts[stage.value] > 0 for stage in STAGES})
    groups = reaching.groupby(by)
    sums = groups[[stage.value for stage in STAGES]].sum().to_dict("index")
    sizes = groups.size().to_dict()
    lists = load().themes
    keys = [str(key) for key in sums]
    if by == "theme":
        order = [*(code for code in lists.codes if code in sums), *(key for key in keys if key not in lists)]
    else:
        order = sorted(keys, key=lambda slug: sort_key(view.name_of(slug)))
    rows = []
    for key in order:
        names = {language: lists.label(key, language) if by == "theme" else view.name_of(key) for language in LANGUAGES}
        reached = {Stage.PROBLEM.value: sizes[key]} | sums[key]
        rows += [CountRow((key, stage.value), _labels(names, stage), reached[stage.value]) for stage in Stage]
    return _publish(rows, by)


def _labels(names: dict[Language, str], stage: Stage) -> dict[Language, tuple[str, ...]]:
    return {language: (names[language], say(f"thread.stage.{stage.value}", language)) for language in LANGUAGES}


def _publish(rows: list[CountRow], by: str) -> PublishedTable:
    source = Source(texts_of(f"thread.overview.{by}.what"))
    return publish_counts(rows, dimensions=(by, "stage"), unit="count", source=source)


def _say_reach(view: View, facts: pd.DataFrame) -> str:
    """Say how many threads are whole up to a measured result, and after which stage most of them break."""
    whole = int(((facts[Stage.PROJECT.value] > 0) & (facts[Stage.RESULT.value] > 0)).sum())
    acted = int(((facts[Stage.PROJECT.value] > 0) | (facts[Stage.ACTIVITY.value] > 0)).sum())
    return view.say("thread.overview.sentence", n=len(facts), acted=acted, whole=whole)
