"""What pages do, as opposed to what they read: keep a file, ask for jobs on it, undo, cancel. The only writes of pages.

Every function takes the actor of this very run. What takes long runs as a job, with the rights its owner holds when
it runs; a page only asks, so a closed tab or a second click changes nothing. Faults come as findings, never as
exceptions: whoever calls shows them.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection

from dashboard.data import current_store
from etl.faults import explain_fault
from etl.importing import Decisions, Incoming
from etl.jobs import requests
from etl.mapping.mapping_file import read_mapping
from etl.published_answers import Breakdown, admit_breakdown
from etl.store import form_drafts, forms
from etl.store.collection_closing import close_overdue, has_overdue
from etl.store.collection_rows import Notice
from etl.store.collections import (
    NewCollection,
    add_codes,
    change_asked,
    change_notice,
    close_collection,
    delete_collection,
    open_collection,
    prepare_collection,
    reopen_collection,
)
from etl.store.engine import Store
from etl.store.fieldwork import write_fieldwork
from etl.store.form_steps import Side
from etl.store.mapping_decisions import forget_decisions, keep_decisions
from etl.store.moments import utc_now
from etl.store.reading import Recipe, Scope
from etl.store.report_rows import ReportPlace, keep_version, write_own_text
from etl.store.retention import delete_answers
from etl.store.reviewed_texts import TextRef, UnreadText, read_unread, review_text
from etl.store.scope import Actor, ForbiddenError
from etl.store.tree_editing import change_trees
from etl.store.weight_rows import delete_weighting, write_weighting
from surveys.analysis.crosstabs import Crosstab
from surveys.analysis.rows import Row
from surveys.analysis.weighting import Margins, weigh_people
from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import Fieldwork, Form, TreeNode
from surveys.privacy.crosstab_gate import PublishedCrosstab
from surveys.questionnaires import questionnaire_of

_logger = logging.getLogger(__name__)


def take_file(
    actor: Actor, file_name: str, content: bytes, *, partnership: str | None = None
) -> tuple[str | None, Report]:
    """Keep a file and ask what it is.

    Args:
        actor: whose file.
        file_name: as they know it.
        content: of the file.
        partnership: slug of the one it will most likely be loaded into, whose earlier surveys it is compared with.

    Returns:
        The uid under which it waits, or ``None`` and the findings that say why it was not taken.
    """
    uid = ""

    def take(store: Store) -> None:
        nonlocal uid
        uid = requests.keep_upload(store, actor, Incoming(file_name, content))
        requests.request_inspection(store, actor, uid, Decisions(partnership=partnership))

    report = _attempt(actor, take)
    return (None if report.stops else uid), report


def inspect_again(actor: Actor, upload: str, decisions: Decisions | None = None) -> Report:
    """Ask once more what a kept file is, with what has been decided so far."""
    return _attempt(actor, lambda store: requests.request_inspection(store, actor, upload, decisions))


def preview(actor: Actor, upload: str, decisions: Decisions) -> Report:
    """Ask what loading a kept file would do."""
    return _attempt(actor, lambda store: requests.request_preview(store, actor, upload, decisions))


def load(actor: Actor, upload: str, decisions: Decisions) -> Report:
    """Ask to load a kept file."""
    return _attempt(actor, lambda store: requests.request_import(store, actor, upload, decisions))


def mark_copy(actor: Actor, upload: str, marks: str, language: Language) -> Report:
    """Ask for a kept workbook with what a job found in it marked in its cells."""
    return _attempt(actor, lambda store: requests.request_marked_copy(store, actor, upload, marks, language))


def forget(actor: Actor, partnership: str, uids: Sequence[str] | None) -> Report:
    """Forget remembered decisions of a partnership; ``None``: all of them."""

    def forget_now(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            forget_decisions(connection, actor, partnership, uids=uids, now=utc_now())

    return _attempt(actor, forget_now)


def remember(actor: Actor, partnership: str, file_name: str, content: bytes) -> Report:
    """Keep the decisions of a mapping file for a partnership."""

    def keep(store: Store) -> None:
        decisions = read_mapping(content, file_name)
        with store.write(changes_data=False) as connection:
            keep_decisions(connection, actor, partnership, decisions, file_name=file_name, now=utc_now())

    return _attempt(actor, keep)


def admit_shown(
    scope: Scope, question: Row, by: str, published: PublishedCrosstab, analysis: Crosstab | None
) -> Breakdown:
    """Ask whether a question by groups may be shown now; what may be counts as shown from then on.

    Args:
        scope: of whoever looks.
        question: a row of ``SurveyCounts.questions``; ``by``: name of the question that gives the groups.
        by: see above.
        published: from the gate; ``analysis``: its tests.
        analysis: see above.
    """
    return admit_breakdown(current_store(), scope, question, by, published, analysis, now=utc_now())


def describe_measurement(actor: Actor, scope: Scope, partnership: str, wave: str, fieldwork: Fieldwork) -> Report:
    """Write down whom a measurement asked."""

    def write(store: Store) -> None:
        with store.write() as connection:
            write_fieldwork(connection, actor, scope, partnership, wave, fieldwork, now=utc_now())

    return _attempt(actor, write)


def weigh(actor: Actor, scope: Scope, partnership: str, wave: str, recipe: Recipe) -> Report:
    """Weight a measurement; the report holds what stopped it, or what is to be said of the weights."""
    remarks = Report()

    def make(profiles: pd.DataFrame, margins: Margins) -> "pd.Series[float]":
        nonlocal remarks
        made = weigh_people(profiles, margins)
        remarks = made.remarks
        return made.weights

    def write(store: Store) -> None:
        with store.write() as connection:
            write_weighting(connection, actor, scope, partnership, wave, recipe, weigh=make, now=utc_now())

    report = _attempt(actor, write)
    return report if report.stops else report + remarks


def unweigh(actor: Actor, scope: Scope, partnership: str, wave: str) -> Report:
    """Drop a measurement's weights."""

    def drop(store: Store) -> None:
        with store.write() as connection:
            delete_weighting(connection, actor, scope, partnership, wave, now=utc_now())

    return _attempt(actor, drop)


def add_draft(actor: Actor, partnership: str, form: Form) -> Report:
    """Keep a new draft of a questionnaire."""

    def add(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            form_drafts.add_draft(connection, actor, partnership, form, utc_now())

    return _attempt(actor, add)


def change_draft(actor: Actor, partnership: str, seen: Form, form: Form) -> Report:
    """Put a changed questionnaire in the place of the draft that was seen, unless somebody changed it meanwhile."""

    def change(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            form_drafts.change_draft(connection, actor, partnership, seen, form, utc_now())

    return _attempt(actor, change)


def step_draft(actor: Actor, partnership: str, seen: Form, side: Side) -> tuple[Form | None, Report]:
    """Take the last change of a draft back, or make one again; return the draft after that."""
    after: Form | None = None

    def step(store: Store) -> None:
        nonlocal after
        with store.write(changes_data=False) as connection:
            after = form_drafts.step_draft(connection, actor, partnership, seen, side, utc_now())

    report = _attempt(actor, step)
    return (None if report.stops else after), report


def publish_form(actor: Actor, partnership: str, form: Form) -> Report:
    """Publish a draft as it was seen; from now on it cannot change."""

    def publish(store: Store) -> None:
        with store.write() as connection:
            forms.publish_form(connection, actor, partnership, form, questionnaire_of(form, partnership), utc_now())

    return _attempt(actor, publish)


def delete_draft(actor: Actor, partnership: str, form: Form) -> Report:
    """Delete a draft."""

    def delete(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            forms.delete_draft(connection, actor, partnership, form.form_id, form.version, utc_now())

    return _attempt(actor, delete)


def prepare_link(actor: Actor, new: NewCollection) -> Report:
    """Prepare a link to the web form; nobody outside sees it yet."""
    return _write(actor, lambda connection: prepare_collection(connection, actor, new, utc_now()))


def change_link_notice(actor: Actor, uid: str, notice: Notice) -> Report:
    """Change what people will be told of their data, while a link is being prepared."""
    return _write(actor, lambda connection: change_notice(connection, actor, uid, notice, utc_now()))


def change_link_asked(actor: Actor, uid: str, fieldwork: Fieldwork) -> Report:
    """Change whom a link that is being prepared will ask."""
    return _write(actor, lambda connection: change_asked(connection, actor, uid, fieldwork, utc_now()))


def open_link(actor: Actor, uid: str) -> Report:
    """Open a prepared link."""
    return _write(actor, lambda connection: open_collection(connection, actor, uid, utc_now()))


def close_link(actor: Actor, uid: str) -> Report:
    """Close an open link."""
    return _write(actor, lambda connection: close_collection(connection, actor, uid, utc_now()))


def reopen_link(actor: Actor, uid: str, closes_on: date) -> Report:
    """Open a closed link again, or give an open one another last day."""
    return _write(actor, lambda connection: reopen_collection(connection, actor, uid, closes_on, utc_now()))


def delete_link(actor: Actor, uid: str) -> Report:
    """Delete a link that was never open."""
    return _write(actor, lambda connection: delete_collection(connection, actor, uid, utc_now()))


def delete_single_answers(actor: Actor, uid: str) -> Report:
    """Delete the single answers of a link's measurement whose day has come; its counts stay."""
    now = utc_now()
    return _write(actor, lambda connection: delete_answers(connection, actor, uid, now.astimezone().date(), now))


def make_codes(actor: Actor, uid: str, count: int) -> tuple[tuple[str, ...], Report]:
    """Make one-time codes of a link, and return them, the only time that anybody can see them."""
    codes: tuple[str, ...] = ()

    def make(connection: Connection) -> None:
        nonlocal codes
        codes = add_codes(connection, actor, uid, count, utc_now())

    report = _write(actor, make)
    return (() if report.stops else codes), report


def save_trees(
    actor: Actor, partnership: str, seen: Sequence[TreeNode], nodes: Sequence[TreeNode], title: str
) -> Report:
    """Put changed problem trees in the place of those that were seen; ``title`` is their name among the imports."""
    return _write(actor, lambda connection: change_trees(connection, actor, partnership, seen, nodes, title, utc_now()))


def close_overdue_links(today: date) -> None:
    """Close the links whose last day is over; asks first, so that looking at a page writes nothing."""
    store = current_store()
    with store.read() as connection:
        if not has_overdue(connection, today):
            return
    with store.write() as connection:
        close_overdue(connection, today)


def _write(actor: Actor, change: Callable[[Connection], object]) -> Report:
    def write(store: Store) -> None:
        with store.write() as connection:
            change(connection)

    return _attempt(actor, write)


def read_unread_texts(actor: Actor, scope: Scope, where: TextRef, *, most: int) -> tuple[list[UnreadText], int]:
    """Return open answers that wait to be read, and how many; nothing to whoever may not. The log says who read."""
    found: tuple[list[UnreadText], int] = ([], 0)

    def read(store: Store) -> None:
        nonlocal found
        with store.write(changes_data=False) as connection:
            found = read_unread(connection, actor, scope, where, most=most, now=utc_now())

    _attempt(actor, read)
    return found


def review_open_answer(
    actor: Actor, scope: Scope, where: TextRef, unread: UnreadText, *, may_be_quoted: bool
) -> Report:
    """Keep what a person decided about an open answer they have read."""

    def review(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            review_text(connection, actor, scope, where, unread, may_be_quoted=may_be_quoted, now=utc_now())

    return _attempt(actor, review)


def change_accounts(actor: Actor, change: Callable[[Store, datetime], object]) -> Report:
    """Change accounts or roles by a function of `etl.store.accounts` or `etl.store.grants`, which checks the actor."""
    return _attempt(actor, lambda store: change(store, utc_now()))


def write_report_text(actor: Actor, scope: Scope, where: ReportPlace, text: str, *, before: str) -> Report:
    """Keep an own paragraph of a document; refused when somebody else has changed it since ``before`` was read."""
    return _write(
        actor,
        lambda connection: write_own_text(connection, actor, scope, where, text, before=before, now=utc_now()),
    )


def keep_report(
    actor: Actor, scope: Scope, slug: str, *, kind: str, language: Language, facts: Mapping[str, object]
) -> Report:
    """Keep what a made document rested on, for the next version."""

    def keep(store: Store) -> None:
        with store.write(changes_data=False) as connection:
            keep_version(connection, actor, scope, slug, kind=kind, language=language, facts=facts, now=utc_now())

    return _attempt(actor, keep)


def undo(actor: Actor, batch: str) -> Report:
    """Ask to undo an import."""
    return _attempt(actor, lambda store: requests.request_undo(store, actor, batch))


def cancel(actor: Actor, job: str) -> Report:
    """Ask to stop an own job; one that has ended stays as it is."""
    return _attempt(actor, lambda store: requests.cancel_job(store, actor, job))


def drop_file(actor: Actor, upload: str) -> Report:
    """Delete an own kept file, and stop whatever is being done with it."""

    def drop(store: Store) -> None:
        for job in requests.list_jobs_of_upload(store, actor, upload):
            if not job.ended:
                requests.cancel_job(store, actor, job.uid)
        requests.drop_upload(store, actor, upload)

    return _attempt(actor, drop)


def _attempt(actor: Actor, ask: Callable[[Store], object]) -> Report:
    if actor.is_anonymous and not actor.visitor:
        # Without a key of their own, visitors would share their files.
        return explain_fault(ForbiddenError("a visitor without a cookie keeps nothing here"), _logger)
    try:
        ask(current_store())
    except Exception as error:  # noqa: BLE001 # whatever it was, the person gets a sentence and the log a number
        return explain_fault(error, _logger)
    return Report()
