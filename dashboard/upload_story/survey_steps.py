"""A survey's steps: where it belongs, what each column is, what would be loaded, load."""

from enum import StrEnum
from functools import partial

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.choosing import first_offer, name_target
from dashboard.upload_story.coming_again import ask_about_earlier
from dashboard.upload_story.draft import Draft
from dashboard.upload_story.keeping import ask_what_to_keep
from dashboard.upload_story.marked_copy import can_annotate, show_marked_copy
from dashboard.upload_story.open_coding import show_coding
from dashboard.upload_story.people import ask_about_people
from dashboard.upload_story.recognised import is_certain
from dashboard.upload_story.rights import LoadingRights, Target
from dashboard.upload_story.series import show_series
from dashboard.upload_story.standing import Standing, decisions_of, result_of
from dashboard.upload_story.survey_columns import (
    columns_of,
    list_columns,
    remarks_elsewhere,
    show_columns,
    show_weighty_columns,
    undecided_personal,
)
from dashboard.upload_story.survey_preview import show_preview
from dashboard.visit import Visit
from etl.importing import ColumnInspection, Decisions, Inspection
from etl.jobs.queue import JobState, Status
from surveys.model import PopulationKind, SampleKind, WaveMode

_NEVER_LOADED = frozenset({"indicators", "questionnaire"})
_FIELDWORK: dict[str, tuple[StrEnum, ...]] = {"population": tuple(PopulationKind), "sampling": tuple(SampleKind)}
_MODES = (WaveMode.PAPER, WaveMode.ONLINE, WaveMode.MIXED, WaveMode.UNKNOWN)


def show_survey_steps(
    visit: Visit, rights: LoadingRights, upload: str, file_name: str, inspection: Inspection, standing: Standing
) -> None:
    """Show a survey's steps to somebody who may load it, else what the program understood of it."""
    columns = columns_of(inspection)
    kinds = {sheet.kind for sheet in inspection.sheets}
    if kinds & _NEVER_LOADED and not kinds & {"answers", "counts"}:
        # Official figures, a form without answers: the findings say what becomes of it.
        show_findings(inspection.report, visit.language)
        list_columns(visit, columns)
        return
    if not rights.targets:
        _explain_no_target(visit, rights)
        show_findings(inspection.report, visit.language)
        list_columns(visit, columns)
        return
    remarks = remarks_elsewhere(inspection.report, columns)
    if remarks.stops:
        show_findings(remarks, visit.language)
        st.markdown(visit.say("upload.load_stopped_file"))
        return
    draft = Draft(upload)
    draft.begin(standing.decisions, inspection, file_name, first_offer(visit, rights))
    if not _ask_when_uncertain(visit, inspection, draft):
        show_findings(remarks, visit.language)
        return
    _show_form(visit, draft, rights.targets)
    ask_what_to_keep(visit, draft, inspection.report)
    ask_about_people(visit, draft, inspection)
    show_findings(remarks, visit.language)
    show_weighty_columns(visit, draft, columns)
    show_series(visit, draft, inspection.fit, columns)
    show_coding(visit, draft, columns)
    show_columns(visit, draft, columns, inspection.report)
    decisions = draft.read()
    missing = _find_missing(visit, draft, undecided=bool(undecided_personal(columns, draft)))
    _show_preview_step(visit, draft, decisions, standing.preview, missing, inspection)
    if standing.preview is not None and len(standing.preview.report) and can_annotate(file_name):
        show_marked_copy(visit, upload, file_name, standing.preview, standing.marked)


def _ask_when_uncertain(visit: Visit, inspection: Inspection, draft: Draft) -> bool:
    """Ask what the file is where the program is not sure, and return whether to go on with what it took it for."""
    if is_certain(inspection):
        return True
    with st.container(border=True, key="upload-uncertain"):
        st.header(visit.say("upload.uncertain.title"), anchor=False)
        answer = st.radio(
            visit.say("upload.uncertain.question"),
            ("answers", "other"),
            index=None,
            format_func=lambda choice: visit.say(f"upload.uncertain.{choice}"),
            key=draft.offer("is"),
            on_change=draft.take("is"),
        )
        if answer == "other":
            st.markdown(visit.say("upload.uncertain.then"))
    return answer == "answers"


def _explain_no_target(visit: Visit, rights: LoadingRights) -> None:
    if visit.actor.is_anonymous:
        key = "upload.demo"
    else:
        real = any(not target.sample for target in rights.seen)
        key = "upload.no_partnership" if rights.may_create and not real else "upload.no_right"
    with st.container(border=True, key="upload-needs"):
        st.markdown(visit.say(key))


def _show_form(visit: Visit, draft: Draft, targets: tuple[Target, ...]) -> None:
    names = {target.slug: name_target(visit, target) for target in targets}
    if draft.values["partnership"] not in names:
        draft.values["partnership"] = None
    with st.container(border=True, key="upload-form"):
        st.header(visit.say("upload.form.title"), anchor=False)
        st.selectbox(
            visit.say("upload.form.partnership"),
            list(names),
            index=None,
            format_func=lambda slug: names[slug],
            placeholder=visit.say("upload.partnership.placeholder"),
            key=draft.offer("partnership"),
            on_change=_choose_partnership,
            args=(draft,),
        )
        st.text_input(
            visit.say("upload.form.wave"),
            max_chars=120,
            help=visit.say("upload.form.wave_help"),
            key=draft.offer("wave"),
            on_change=draft.take("wave"),
        )
        st.radio(
            visit.say("upload.form.mode"),
            _MODES,
            format_func=lambda mode: visit.say(f"upload.mode.{mode.value}"),
            horizontal=True,
            key=draft.offer("mode"),
            on_change=draft.take("mode"),
        )
        for column, (name, kinds) in zip(st.columns(2), _FIELDWORK.items(), strict=True):
            with column:
                st.selectbox(
                    visit.say(f"results.fieldwork.{name}"),
                    (*kinds, None),
                    format_func=partial(_name_kind, visit, name),
                    key=draft.offer(name),
                    on_change=draft.take(name),
                )
        st.checkbox(visit.say("upload.form.separate"), key=draft.offer("separate"), on_change=draft.take("separate"))


def _name_kind(visit: Visit, name: str, kind: StrEnum | None) -> str:
    return visit.say(f"results.fieldwork.{name}_{kind.value if kind is not None else 'unknown'}")


def _choose_partnership(draft: Draft) -> None:
    """Look at the file once more, beside what this partnership has asked and decided before."""
    draft.take("partnership")()
    draft.forget_series()
    keep_refusal(services.inspect_again(current_actor(), draft.upload, draft.read()))


def _find_missing(visit: Visit, draft: Draft, *, undecided: bool) -> str | None:
    """Return what has to be decided before anything can be looked at, ``None`` when nothing is."""
    if draft.values["partnership"] is None:
        return visit.say("upload.missing.partnership")
    if undecided and draft.values["personal"] != "drop":
        return visit.say("upload.missing.personal")
    return None


def _show_preview_step(
    visit: Visit,
    draft: Draft,
    decisions: Decisions,
    preview: JobState | None,
    missing: str | None,
    inspection: Inspection,
) -> None:
    is_fresh = preview is not None and preview.state is not Status.CANCELLED and decisions_of(preview) == decisions
    with st.container(border=True, key="upload-preview"):
        st.header(visit.say("upload.preview.title"), anchor=False)
        if preview is not None and is_fresh:
            show_preview(visit, preview, inspection)
        else:
            key = "upload.preview.stale" if preview is not None else "upload.preview.what"
            st.markdown(visit.say(key))
        ask_about_earlier(visit, draft, preview)
        result = result_of(preview)
        loadable = is_fresh and missing is None and result is not None and not result.already_loaded
        with st.container(horizontal=True, vertical_alignment="center"):
            if not loadable:
                st.button(
                    visit.say("upload.preview.again" if is_fresh else "upload.preview.ask"),
                    type="primary",
                    disabled=missing is not None,
                    key="upload-ask-preview",
                    on_click=_preview,
                    args=(draft, columns_of(inspection)),
                )
            st.button(
                visit.say("upload.load"),
                type="primary" if loadable else "secondary",
                disabled=not loadable,
                key="upload-load",
                on_click=_load,
                args=(draft.upload, decisions),
            )
        if missing is not None:
            st.markdown(missing)
        elif is_fresh and result is None:
            st.markdown(visit.say("upload.load_stopped"))
        elif loadable and decisions.wave:
            st.caption(visit.say("upload.load_into", wave=plain(decisions.wave)))


def _preview(draft: Draft, columns: tuple[ColumnInspection, ...]) -> None:
    """One click takes all that is certain; what is not waits for a word, or stays as recognised."""
    draft.accept_certain(columns)
    keep_refusal(services.preview(current_actor(), draft.upload, draft.read()))


def _load(upload: str, decisions: Decisions) -> None:
    keep_refusal(services.load(current_actor(), upload, decisions))
