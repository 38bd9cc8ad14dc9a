"""The history of imports: one block an import, with what it said of its file, and the way to undo it in two steps."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.recognised import say_source
from dashboard.upload_story.waiting import show_waiting
from dashboard.visit import Visit
from etl.jobs.queue import JobState
from etl.store.batches import BatchSummary, read_batch_findings
from etl.store.moments import utc_now
from surveys.language.numerals import format_date, format_number
from surveys.language.texts import Language

_ASKED = "undo_asked"
_PAGE = 20
# Names under which the store notes what no account did: the command line, the loading of the sample data, residents.
_PROGRAM = frozenset({"machine", "sample", "web-form"})


def show_history(visit: Visit, batches: Sequence[BatchSummary], undoings: Mapping[str, JobState]) -> None:
    """Show imports, the newest first.

    Args:
        visit: whose page.
        batches: what they may see.
        undoings: their newest job that undoes each batch, by its uid.
    """
    names = {batch.uid: batch.file_name for batch in batches}
    pages = -(-len(batches) // _PAGE)
    page = st.pagination(pages, key="imports-page") if pages > 1 else 1
    for batch in batches[(page - 1) * _PAGE : page * _PAGE]:
        with st.container(border=True, key=f"batch-{batch.uid}"):
            _show_batch(visit, batch, undoings.get(batch.uid), names)


def newest_undoings(jobs: Sequence[JobState]) -> dict[str, JobState]:
    """Return the newest job that undoes each batch; ``jobs`` that undo stand newest first."""
    found: dict[str, JobState] = {}
    for job in jobs:
        found.setdefault(str(job.payload["batch"]), job)
    return found


def say_moment(moment: datetime, language: Language) -> str:
    """Return a day and an hour on this machine's clock."""
    local = moment.astimezone()
    return f"{format_date(local.date(), language)}, {local:%H:%M}"


def _show_batch(visit: Visit, batch: BatchSummary, undoing: JobState | None, names: Mapping[str, str]) -> None:
    title = f"**{plain(batch.file_name)}**"
    stands = batch.state == "loaded"
    st.markdown(title if stands else f":gray[~~{title}~~] {visit.say(f'imports.{batch.state}_mark')}")
    st.markdown(_describe(visit, batch))
    st.caption(_say_who(visit, batch))
    for key, other in (("replaces", batch.replaces), ("replaced", batch.replaced_by)):
        if other is not None and batch.undone_at is None:
            st.caption(visit.say(f"imports.{key}", name=plain(names.get(other, other))))
    _show_details(visit, batch)
    if undoing is not None and not undoing.ended and batch.undone_at is None:
        show_waiting(undoing, visit.language)
    elif batch.undo_until is not None:
        if undoing is not None and undoing.report.stops:
            st.markdown(visit.say("imports.undo.failed"))
            show_findings(undoing.report, visit.language)
        _show_undo(visit, batch)


def _describe(visit: Visit, batch: BatchSummary) -> str:
    name = plain(batch.partnership_name or batch.partnership)
    whose = visit.say("imports.partnership", name=name) if name else visit.say("imports.shared")
    parts = [whose, say_source(visit, batch.source)]
    if batch.wave_name is not None:
        parts.append(visit.say("imports.wave", name=plain(batch.wave_name)))
    rows = visit.say("counts.rows", n=batch.rows_read, number=format_number(batch.rows_read, visit.language))
    facts = {
        "rows": rows,
        "read": format_number(batch.rows_read, visit.language),
        "stored": format_number(batch.rows_stored, visit.language),
        "known": format_number(batch.rows_known, visit.language),
        "rejected": format_number(batch.rows_rejected, visit.language),
        "answers": format_number(batch.answers_stored, visit.language),
        "changes": format_number(batch.changes_count, visit.language),
    }
    return f"{' · '.join(parts)}  \n{visit.say(f'imports.amounts.{batch.kind}', **facts)}"


def _say_who(visit: Visit, batch: BatchSummary) -> str:
    who = _name_maker(visit, batch.made_by)
    said = visit.say("imports.made", when=say_moment(batch.made_at, visit.language), who=who)
    if batch.undone_at is not None:
        by = _name_maker(visit, batch.undone_by or "")
        said += " " + visit.say("imports.undone", when=say_moment(batch.undone_at, visit.language), who=by)
    return said


def _name_maker(visit: Visit, name: str) -> str:
    """Return who did it: a person's account, or the program itself in words."""
    return visit.say(f"imports.{name}") if name in _PROGRAM else plain(name)


def _show_details(visit: Visit, batch: BatchSummary) -> None:
    expander = st.expander(visit.say("imports.details"), key=f"details-{batch.uid}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        with current_store().read() as connection:
            report = read_batch_findings(connection, visit.actor, batch.uid)
        if len(report):
            show_findings(report, visit.language)
        else:
            st.markdown(visit.say("imports.no_findings"))


def _show_undo(visit: Visit, batch: BatchSummary) -> None:
    if batch.undo_until is None or utc_now() > batch.undo_until:
        st.caption(visit.say("imports.undo.late"))
        return
    if st.session_state.get(_ASKED) != batch.uid:
        st.button(
            visit.say("imports.undo.ask"),
            icon=":material/undo:",
            key=f"undo-{batch.uid}",
            on_click=_ask,
            args=(batch.uid,),
        )
        return
    st.markdown(visit.say(f"imports.undo.sure_{batch.kind}", name=plain(batch.file_name)))
    with st.container(horizontal=True):
        st.button(
            visit.say("imports.undo.yes"),
            type="primary",
            key=f"undo-yes-{batch.uid}",
            on_click=_undo,
            args=(batch.uid,),
        )
        st.button(visit.say("imports.undo.no"), key=f"undo-no-{batch.uid}", on_click=_ask, args=(None,))


def _ask(batch: str | None) -> None:
    st.session_state[_ASKED] = batch


def _undo(batch: str) -> None:
    st.session_state[_ASKED] = None
    keep_refusal(services.undo(current_actor(), batch))
