"""The chapter on successive measurements: the gate of comparisons speaks first, and nothing stands around it."""

from collections.abc import Sequence

from dashboard.documents.chapters_of_people import questions_of
from dashboard.documents.content import Block, Bullets, Grid, Text
from dashboard.documents.figures import choices_of, source_of, unmark, wording
from dashboard.documents.material import Material
from dashboard.figures.change_words import say_change, seen_changes
from dashboard.texts import say
from surveys.analysis.asked_people import keep_locals
from surveys.analysis.comparability import Grade, Verdict, judge_comparability
from surveys.analysis.measured_questions import describe_measured
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.analysis.wave_comparison import Change, Direction, WaveComparison, compare_measurements
from surveys.language.claims import say_difference
from surveys.language.numerals import format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow

_COMPARED = frozenset({"problems", "target_groups"})
_MOST_ROWS, _MOST_NAMED = 12, 6


def tell_time(material: Material) -> list[Block]:
    """Compare the newest measurement of residents with the last that asked the same, as far as the gate lets it."""
    waves = rows_of(keep_locals(material.surveys.waves))
    if len(waves) < 2:
        return [Text(material.say("time.one" if waves else "time.none"))]
    blocks: list[Block] = [Text(material.say("time.intro", n=len(waves)))]
    newest = waves[-1]
    for question in questions_of(material, str(newest["wave"])):
        if question["vocabulary"] in _COMPARED:
            before = _find_earlier(material, waves[:-1], str(question["question"]))
            if before is not None:
                blocks += _tell_question(material, before, question)
    if len(blocks) == 1:
        blocks.append(Text(material.say("time.nothing_common")))
    return blocks


def _find_earlier(material: Material, waves: Sequence[Row], name: str) -> Row | None:
    """The same question of the latest measurement before that asked it and has answers."""
    for wave in reversed(waves):
        for question in questions_of(material, str(wave["wave"])):
            if question["question"] == name and question["base"]:
                return question
    return None


def _tell_question(material: Material, before: Row, now: Row) -> list[Block]:
    waves = {str(wave["wave"]): wave for wave in rows_of(material.surveys.waves)}
    names = [str(waves[str(question["wave"])]["name"]) for question in (before, now)]
    first, second = (
        describe_measured(
            one,
            choices_of(material, one),
            waves[str(one["wave"])],
            wording(one, "pl"),
            material.put_by[str(one["wave"])],
        )
        for one in (before, now)
    )
    verdict = judge_comparability(first, second)
    question = wording(now, material.language)
    facts = {"question": question, "first": names[0], "second": names[1]}
    facts["verdict"] = verdict.describe(material.language)
    blocks: list[Block] = [Text(material.say("time.verdict", **facts)), *_give_reasons(material, verdict)]
    if verdict.grade is Grade.NOT_COMPARABLE:
        return [*blocks, Text(material.say("time.not_set"))]
    earlier, later = (
        tabulate_question(one, choices_of(material, one), source=source_of(material, one)) for one in (before, now)
    )
    comparison = compare_measurements(earlier, later, verdict)
    if not comparison.changes:
        return [*blocks, Text(material.set(say("results.comparison.few", material.language)))]
    caption = material.set(f"{question} – {names[0]}, {names[1]}")
    return [*blocks, *_say_seen(material, comparison, names), _set_beside(material, comparison, names, caption)]


def _give_reasons(material: Material, verdict: Verdict) -> list[Block]:
    reasons = tuple(material.set(doubt.describe(material.language)) for doubt in (*verdict.doubts, *verdict.notes))
    return [Bullets(reasons)] if reasons else []


def _say_seen(material: Material, comparison: WaveComparison, names: Sequence[str]) -> list[Block]:
    language, facts = material.language, {"first": names[0], "second": names[1]}
    seen = seen_changes(comparison)
    if not seen:
        return [Text(material.set(say("results.comparison.same", language, **facts)))]
    lines = [material.set(unmark(say_change(change, language))) for change in seen[:_MOST_NAMED]]
    if len(seen) > len(lines):
        lines.append(material.set(say("results.comparison.rest", language, n=len(seen) - len(lines))))
    return [Text(material.set(say("results.comparison.seen", language, **facts))), Bullets(tuple(lines))]


def _set_beside(material: Material, comparison: WaveComparison, names: Sequence[str], caption: str) -> Grid:
    language = material.language
    largest = sorted(comparison.changes, key=lambda change: -max(change.first.value or 0, change.second.value or 0))
    shown = largest[:_MOST_ROWS]
    rows = tuple((change.labels[language], *_cells(material, change)) for change in shown)
    headers = (
        material.say("column.answer"),
        *(material.set(name) for name in names),
        material.say("column.difference"),
    )
    note = [say("results.comparison.note", language, n=comparison.looked_at)]
    if len(shown) < len(comparison.changes):
        note.append(material.say("time.rows", shown=len(shown), n=len(comparison.changes)))
    said = material.set(" ".join(note))
    return Grid(caption, headers, rows, (2.4, 1.1, 1.1, 2.7), frozenset({1, 2}), said)


def _cells(material: Material, change: Change) -> tuple[str, str, str]:
    language = material.language
    if change.direction is Direction.UNSEEN:
        low, high = (f"{round(bound * 100)}".replace("-", "−") for bound in (change.low, change.high))
        told = material.say("time.unseen", low=low, high=high)
    else:
        told = say_difference(change.difference, change.low, change.high, language)
    return _share(change.first, language), _share(change.second, language), told


def _share(row: PublishedRow, language: Language) -> str:
    return "–" if row.value is None else format_percent(row.value, language)
