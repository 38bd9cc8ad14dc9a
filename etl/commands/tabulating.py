"""``diagnoza tabulate``: one question of one wave, after the same gate as on every page."""

import difflib
from argparse import Namespace
from dataclasses import replace

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.parsing import command_texts
from etl.commands.partnerships import require_partnership
from etl.store.reading.scope import resolve_scope
from etl.store.reading.survey_counts import SurveyCounts, read_survey_counts
from etl.store.scope import Actor
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.findings import FaultError, Finding, Report
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import STANDARD_RULES
from surveys.privacy.published import PublishedRow, PublishedTable, Source, State
from surveys.privacy.wording import tabulate

_ACTOR = Actor.at_machine()
_MOST_NAMED = 5


def run_tabulate(console: Console, options: Namespace) -> int:
    """Print the shares of a question's options, with base, interval and what the gate did to each."""
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership)
        with store.read() as connection:
            scopes = [resolve_scope(connection, _ACTOR, sample=sample) for sample in (False, True)]
            # Real and invented data never stand in one question: the partnership is in one of the two.
            scope = next(scope for scope in scopes if slug in scope.slugs)
            only = tuple(each for each in scope.partnerships if each.slug == slug)
            counts = read_survey_counts(connection, replace(scope, partnerships=only))
    wave = _find_wave(counts, options.wave)
    question = _find_question(counts, str(wave["wave"]), options.question)
    table = _tabulate(counts, wave, question, min_base=options.min_base)
    if console.as_json:
        console.print_json(_to_json(wave, question, table))
        return 0
    console.print(_choose(console, question))
    if table.is_empty:
        console.say("tabulate.nothing")
        return 0
    headers, rows = tabulate(table, console.language)
    console.print_table(headers, rows, frozenset(range(1, len(headers) - 1)))
    return 0


def _tabulate(counts: SurveyCounts, wave: Row, question: Row, *, min_base: int | None) -> PublishedTable:
    same = (counts.choices["wave"] == wave["wave"]) & (counts.choices["question"] == question["question"])
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    source = Source(
        {language: command_texts().say("tabulate.what", language) for language in LANGUAGES},
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(str(wave["name"]),),
        as_of=str(day)[:10] if is_known(day) else "",
    )
    # A person may ask for more people under a figure than the rules do, never for fewer.
    rules = replace(STANDARD_RULES, min_base=max(min_base or 0, STANDARD_RULES.min_base))
    return tabulate_question(question, counts.choices[same], source=source, rules=rules)


def _find_wave(counts: SurveyCounts, named: str) -> Row:
    wanted = fold(named)
    waves = rows_of(counts.waves)
    for wave in waves:
        if wanted in {fold(str(wave["wave"])), fold(str(wave["name"]))}:
            return wave
    known = ", ".join(str(wave["name"]) for wave in waves) or "–"
    raise FaultError(Report((Finding("WAVE-UNKNOWN", facts={"wave": named, "known": known}),)))


def _find_question(counts: SurveyCounts, wave: str, named: str) -> Row:
    """A question is named by its name or by its wording."""
    questions = rows_of(counts.questions[counts.questions["wave"] == wave])
    wanted = fold(named)
    for question in questions:
        if wanted in {fold(str(question[name])) for name in ("question", "text_pl", "text_en")}:
            return question
    names = [str(question["question"]) for question in questions]
    near = difflib.get_close_matches(named, names, n=_MOST_NAMED, cutoff=0.3) or names[:_MOST_NAMED]
    facts: dict[str, str | int] = {"question": named, "known": ", ".join(near) or "–"}
    raise FaultError(Report((Finding("QUESTION-UNKNOWN", facts=facts),)))


def _choose(console: Console, question: Row) -> str:
    return str((question["text_en"] if console.language == "en" else "") or question["text_pl"])


def _to_json(wave: Row, question: Row, table: PublishedTable) -> dict[str, object]:
    return {
        "partnership": str(wave["partnership"]),
        "wave": str(wave["name"]),
        "question": str(question["question"]),
        "text": {"pl": table.source.question["pl"], "en": table.source.question["en"]},
        "rows": [_row_to_json(row) for row in table.rows],
    }


def _row_to_json(row: PublishedRow) -> dict[str, object]:
    """``share`` is ``null`` where too few people answered for percents; that too is ``flagged``."""
    state = State.FLAGGED if row.state is State.COUNTS_ONLY else row.state
    return {
        "choice": row.labels["pl"][0],
        "code": row.keys[0],
        "count": row.count,
        "base": row.base,
        "share": row.value,
        "low": row.low,
        "high": row.high,
        "state": state.value,
    }
