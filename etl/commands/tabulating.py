"""``diagnoza tabulate``: one question of one wave, after the same gate as on every page."""

import difflib
from argparse import Namespace
from dataclasses import asdict, dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.parsing import command_texts
from etl.commands.partnerships import require_partnership
from etl.published_answers import (
    Breakdown,
    admit_breakdown,
    say_outcome,
    tabulate_breakdown,
    tabulate_weighted,
)
from etl.store.engine import Store
from etl.store.moments import utc_now
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope, resolve_scope
from etl.store.reading.survey_counts import SurveyCounts, read_survey_counts
from etl.store.reading.weights import read_weighting
from etl.store.scope import Actor
from etl.store.waiting import answers_wait
from surveys.analysis.independence import IndependenceTest
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import describe_asked, tabulate_question
from surveys.findings import FaultError, Finding, Report
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import STANDARD_RULES, DisclosureRules
from surveys.privacy.ledger import Ruling
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
            scope = replace(scope, partnerships=tuple(each for each in scope.partnerships if each.slug == slug))
            counts = read_survey_counts(connection, scope)
        asked = _Asked(store, scope, counts, _find_wave(counts, options.wave), options)
        question = _find_question(counts, str(asked.wave["wave"]), options.question)
        if options.by:
            return _print_breakdown(console, asked, question)
        table = _tabulate(asked, question)
        with store.read() as connection:
            waits = answers_wait(connection, find_wave_id(connection, scope, slug, str(asked.wave["wave"])))
    if console.as_json:
        console.print_json({**_to_json(asked.wave, question, table), "waiting": waits})
        return 0
    _print_table(console, question, table)
    if waits:
        console.say("tabulate.waiting")
    return 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a run is about."""

    store: Store
    scope: Scope
    counts: SurveyCounts
    wave: Row
    options: Namespace

    @property
    def rules(self) -> DisclosureRules:
        """A person may ask for more people under a figure than the rules do, never for fewer."""
        return replace(STANDARD_RULES, min_base=max(self.options.min_base or 0, STANDARD_RULES.min_base))

    def choices(self, question: Row) -> pd.DataFrame:
        """Options of a question of the wave."""
        choices = self.counts.choices
        mine = (choices["wave"] == self.wave["wave"]) & (choices["question"] == question["question"])
        kept: pd.DataFrame = choices[mine]
        return kept

    def require_weights(self, connection: Connection) -> None:
        """Stop when weights are asked for that there are not, or that hold no more."""
        stored = read_weighting(connection, self.scope, str(self.wave["partnership"]), str(self.wave["wave"]))
        if stored is None or not stored.holds:
            finding = Finding("WAVE-UNWEIGHTED", facts={"wave": str(self.wave["name"])})
            raise FaultError(Report((finding,)))


def _tabulate(asked: _Asked, question: Row) -> PublishedTable:
    source = _source(asked.wave, question)
    choices = asked.choices(question)
    if not asked.options.weighted:
        return tabulate_question(question, choices, source=source, rules=asked.rules)
    with asked.store.read() as connection:
        asked.require_weights(connection)
        return tabulate_weighted(connection, asked.scope, question, choices, source=source, rules=asked.rules)


def _print_breakdown(console: Console, asked: _Asked, question: Row) -> int:
    """Print the question by groups, whole or not at all, and beside it the test of whether the groups differ."""
    by = _find_question(asked.counts, str(asked.wave["wave"]), asked.options.by)
    for one in (question, by):
        if asked.choices(one).empty or by["question"] == question["question"]:
            finding = Finding("QUESTION-WITHOUT-OPTIONS", facts={"question": str(one["question"])})
            raise FaultError(Report((finding,)))
    with asked.store.read() as connection:
        if asked.options.weighted:
            asked.require_weights(connection)
        published, analysis = tabulate_breakdown(
            connection,
            asked.scope,
            (question, asked.choices(question)),
            (by, asked.choices(by)),
            source=_source(asked.wave, question),
            weighted=asked.options.weighted,
            rules=asked.rules,
        )
    shown = admit_breakdown(
        asked.store, asked.scope, question, str(by["question"]), published, analysis, now=utc_now(), rules=asked.rules
    )
    table, test = shown.published.table, shown.analysis.test if shown.analysis else None
    if console.as_json:
        facts = {"by": str(by["question"]), "outcome": _outcome(shown), "note": say_outcome(shown, console.language)}
        tests = [_test_to_json(one) for one in shown.analysis.option_tests] if shown.analysis else []
        console.print_json(
            {**_to_json(asked.wave, question, table), **facts, "test": _test_to_json(test), "option_tests": tests}
        )
        return 0
    if not table.is_empty:
        _print_table(console, question, table)
    if test is not None:
        facts = {"value": f"{test.chi_square:.2f}", "p": f"{test.p_value:.4f}", "v": f"{test.cramers_v:.2f}"}
        console.say("tabulate.test", df=test.df, **facts)
    if note := say_outcome(shown, console.language):
        console.print(note)
    return 0


def _print_table(console: Console, question: Row, table: PublishedTable) -> None:
    console.print(_choose(console, question))
    if table.is_empty:
        console.say("tabulate.nothing")
        return
    headers, rows = tabulate(table, console.language)
    console.print_table(headers, rows, frozenset(range(len(table.dimensions), len(headers) - 1)))


def _source(wave: Row, question: Row) -> Source:
    day = wave["closed_on"] if is_known(wave["closed_on"]) else wave["opened_on"]
    source = Source(
        {language: command_texts().say("tabulate.what", language) for language in LANGUAGES},
        question={"pl": str(question["text_pl"]), "en": str(question["text_en"] or question["text_pl"])},
        waves=(str(wave["name"]),),
        as_of=str(day)[:10] if is_known(day) else "",
    )
    return describe_asked(source, wave)


def _outcome(shown: Breakdown) -> str:
    return shown.published.outcome.value if shown.ruling is Ruling.ALLOWED else shown.ruling.value


def _test_to_json(test: IndependenceTest | None) -> dict[str, object] | None:
    return None if test is None else asdict(test)


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
    group = {"group": row.labels["pl"][0], "group_code": row.keys[0]} if len(row.keys) > 1 else {}
    return {
        **group,
        "choice": row.labels["pl"][-1],
        "code": row.keys[-1],
        "count": row.count,
        "base": row.base,
        "share": row.value,
        "low": row.low,
        "high": row.high,
        "state": state.value,
    }
