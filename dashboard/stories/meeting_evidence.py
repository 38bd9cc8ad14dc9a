"""A problem as a meeting needs it: its evidence in one sentence, one chart, what is being done about it and by whom.

Built from a view and nothing else, without Streamlit: the page that prepares a meeting freezes the sentences, the
projector draws the chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.stories.survey_story import choices_of, question_source, questions_about, wave_of
from dashboard.texts import say
from dashboard.visit import View
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.language.numerals import format_date
from surveys.language.texts import LANGUAGES, Language
from surveys.model.meeting import MeetingItem
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import say_value

_MOST_PARTNERS = 2
_MOST_PROJECTS, _MOST_ACTIVITIES = 2, 1  # named; how many there are is said besides
_MOST_BARS = 3  # few and large: they are read from the last row of a hall
_SEVERE = 7  # of 10: what a partnership itself rated as large or severe
_ENDED = frozenset({"solved"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A problem of the register that could be discussed.

    Attributes:
        item: with its evidence; its key is still to be made.
        reasons: why it is proposed: ``data``, ``partners``, ``thread``; empty where nothing speaks for it.
    """

    item: MeetingItem
    reasons: tuple[str, ...]


def list_proposals(view: View, slug: str, diagnosis: str | None = None) -> list[Proposal]:
    """Return the problems of a partnership, those with most reasons to be discussed first.

    From the data: among the five that residents named most in the newest measurement, as far as that may be shown. From
    the partners: they rated it large or severe. From open threads: no project and no activity belongs to it.

    Args:
        view: what is looked at.
        slug: of the partnership.
        diagnosis: uid of the diagnosis that is reviewed, ``None`` for all problems.
    """
    frames = view.register
    problems = frames.problems[frames.problems["partnership"] == slug]
    if diagnosis is not None:
        problems = problems[problems["diagnosis"] == diagnosis]
    problems = problems[~problems["status"].isin(_ENDED)]
    table = newest_table(view, slug)
    leading = {row.keys[-1] for row in table.rows[:5] if row.value} if table is not None else set()
    proposals = []
    for entry in rows_of(problems):
        code = str(entry["code"])
        ratings = [entry[name] for name in ("size", "severity") if is_known(entry[name])]
        checks = {
            "data": code in leading,
            "partners": any(int(rating) >= _SEVERE for rating in ratings),
            "thread": not any(len(things) for things in _find_work(view, slug, str(entry["uid"]))),
        }
        reasons = tuple(name for name, holds in checks.items() if holds)
        proposals.append(Proposal(_make_item(view, slug, entry, table), reasons))
    return sorted(proposals, key=lambda one: (-len(one.reasons), -(one.item.share or 0), one.item.title))


def newest_table(view: View, slug: str) -> PublishedTable | None:
    """Return the newest published shares of "which problems …" of a partnership, ``None`` when nobody was asked."""
    questions = questions_about(view.surveys, "problems", slug)
    if questions.empty:
        return None
    question = rows_of(questions)[-1]
    source = question_source(view, question, texts_key="survey.what")
    return tabulate_question(question, choices_of(view.surveys, question), source=source)


def name_wave(view: View, slug: str) -> str:
    """Return the name of the newest measurement that asks about problems, ``""`` when there is none."""
    questions = questions_about(view.surveys, "problems", slug)
    return "" if questions.empty else str(wave_of(view.surveys, rows_of(questions)[-1])["name"])


def choose_bars(table: PublishedTable, code: str | None) -> PublishedTable:
    """Return the first bars of a table and the one of a problem, marked; a part of what was published."""
    chosen = [row for place, row in enumerate(table.rows) if place < _MOST_BARS or row.keys[-1] == code]
    return replace(table, rows=tuple(_mark(row) if row.keys[-1] == code else row for row in chosen))


def _mark(row: PublishedRow) -> PublishedRow:
    return replace(
        row, labels={language: tuple(f"▶ {word}" for word in words) for language, words in row.labels.items()}
    )


def _make_item(view: View, slug: str, entry: Row, table: PublishedTable | None) -> MeetingItem:
    code, uid = str(entry["code"]), str(entry["uid"])
    row = next((one for one in table.rows if one.keys[-1] == code), None) if table is not None else None
    return MeetingItem(
        key="",
        title=str(entry["name"]),
        problem=uid,
        code=code,
        evidence={language: _say_evidence(view, slug, entry, row, language) for language in LANGUAGES},
        done={language: _say_work(view, slug, uid, language) for language in LANGUAGES},
        share=row.value if row is not None and row.state in {State.SHOWN, State.FLAGGED} else None,
    )


def _say_evidence(view: View, slug: str, entry: Row, row: PublishedRow | None, language: Language) -> str:
    if row is not None and row.state is not State.SUPPRESSED:
        return say(
            "meeting_evidence.survey_counts" if row.state is State.COUNTS_ONLY else "meeting_evidence.survey",
            language,
            wave=name_wave(view, slug),
            value=say_value(row, "share", language),
            n=row.base or 0,
        )
    ratings = [
        say(f"evidence.{name}", language, n=int(entry[name])) for name in ("size", "severity") if is_known(entry[name])
    ]
    key = "hidden" if row is not None else "register"
    day = entry["identified_on"]
    when = format_date(day.date(), language) if isinstance(day, pd.Timestamp) else ""
    said = say(f"meeting_evidence.{key}_on" if when else f"meeting_evidence.{key}", language, day=when)
    return f"{said} {say('meeting_evidence.rated', language, ratings=', '.join(ratings))}" if ratings else said


def _find_work(view: View, slug: str, uid: str) -> tuple[list[Row], list[Row]]:
    """Return projects and activities that belong to a problem, the newest first."""
    frames = view.register
    found = []
    for links, things in (
        (frames.project_problems, frames.projects),
        (frames.activity_problems, frames.activities),
    ):
        uids = links[(links["partnership"] == slug) & (links["problem"] == uid)]["uid"]
        mine = things[(things["partnership"] == slug) & things["uid"].isin(uids)]
        found.append(rows_of(mine.sort_values("starts_on", ascending=False, kind="stable")))
    return found[0], found[1]


def _say_work(view: View, slug: str, uid: str, language: Language) -> str:
    projects, activities = _find_work(view, slug, uid)
    if not projects and not activities:
        return say("meeting_evidence.nothing", language)
    frames = view.register
    said = []
    for kind, listed, links, most in (
        ("projects", projects, frames.project_partners, _MOST_PROJECTS),
        ("activities", activities, frames.activity_partners, _MOST_ACTIVITIES),
    ):
        if listed:
            names = [_name_work(view, slug, thing, links) for thing in listed[:most]]
            said.append(say(f"meeting_evidence.{kind}", language, n=len(listed), names="; ".join(names)))
    return " ".join(said)


def _name_work(view: View, slug: str, thing: Row, links: pd.DataFrame) -> str:
    partners = view.register.partners
    uids = links[(links["partnership"] == slug) & (links["uid"] == thing["uid"])]["partner"]
    mine = partners[(partners["partnership"] == slug) & partners["uid"].isin(uids)]
    who = _shorten([str(name) for name in mine["name"]])
    return f"{thing['name']} ({who})" if who else str(thing["name"])


def _shorten(names: Sequence[str]) -> str:
    more = len(names) - _MOST_PARTNERS
    return ", ".join(names[:_MOST_PARTNERS]) + (f" +{more}" if more > 0 else "")
