"""The list of what a partnership could do next, and across partnerships whom to ring."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.data import SCOPE_KEY, current_store, register_frames, survey_waves
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.page_addresses import PAGES
from dashboard.stories.opening import today
from dashboard.stories.partner_names import name_partners
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View
from etl.store.reading import Scope
from etl.store.reading.meeting_days import read_meeting_days
from surveys.analysis.filters import Filters
from surveys.analysis.health import CALLING, NextStep, Step, find_next_steps, needs_call
from surveys.analysis.health_signs import Thresholds
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date

_MOST_NAMES = 6

_PARTNER_STEPS = frozenset(
    {Step.DECLARATION_UNDATED, Step.DECLARATION_OLD, Step.CANDIDATE_WAITING, Step.PARTNER_WITHOUT_SECTOR}
)
_PROJECT_STEPS = frozenset({Step.PROJECT_PAST_END, Step.PROJECT_WITHOUT_LEAD, Step.PROJECT_WITHOUT_RESULT})
_PROBLEM_STEPS = frozenset({Step.PROBLEM_UNDATED, Step.PROBLEM_WITHOUT_REVIEW})
# Where a step is taken, the first of these pages that there is; all others by filling in the workbook.
_PLACES = {
    Step.NO_MEETING: ("meetings",),
    Step.DIAGNOSIS_OLD: ("collections",),
    Step.PROBLEM_WITHOUT_REVIEW: ("problems",),
}
_DATED = frozenset({Step.NO_MEETING, Step.RULES_OLD, Step.DIAGNOSIS_OLD, Step.DATA_OLD})


def show_steps(view: View, slug: str) -> None:
    """Show what one partnership could do next."""
    steps = _find(view)[slug]
    st.markdown(view.say("health.intro"))
    if view.filters != Filters(slug):
        st.caption(view.say("health.unfiltered"))
    if not steps:
        st.markdown(f":material/check_circle: {view.say('health.well')}")
    else:
        st.markdown(view.say("health.count", n=len(steps)))
    names = _names_of_things(view, slug)
    for number, step in enumerate(steps, 1):
        _show_step(view, slug, number, step, names)
    _show_thresholds(view)


def show_all_partnerships(view: View) -> None:
    """Show which partnerships may need a call, and all the others, in alphabetical order."""
    found = _find(view)
    refs = sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))
    calls = [ref.slug for ref in refs if needs_call(found[ref.slug])]
    others = [ref.slug for ref in refs if ref.slug not in set(calls)]
    st.markdown(view.say("health.all.intro"))
    st.header(view.say("health.all.call"), anchor=False)
    if calls:
        st.markdown(view.say("health.all.call_why"))
        said = {slug: _say_calling(view, found[slug]) for slug in calls}
        show_partnership_links(view, "health", said, key="health-calls")
    else:
        st.markdown(view.say("health.all.nobody"))
    if others:
        st.header(view.say("health.all.others"), anchor=False)
        said = {slug: _say_number(view, found[slug]) for slug in others}
        show_partnership_links(view, "health", said, key="health-others", name="inne")
    _show_thresholds(view)


def _find(view: View) -> dict[str, tuple[NextStep, ...]]:
    store = current_store()
    with store.read() as connection:
        meetings = read_meeting_days(connection, view.scope)
    # A meeting changes no figure, so it makes no new revision: the last days are a part of the key themselves.
    days = repr([meetings["partnership"].tolist(), meetings["on"].tolist()])
    return _keep_steps(str(store.url), store.data_revision(), view.scope, today(), days, meetings)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=SCOPE_KEY)
def _keep_steps(
    url: str, revision: int, scope: Scope, day: date, days: str, _meetings: pd.DataFrame
) -> dict[str, tuple[NextStep, ...]]:
    del url, revision, days  # parts of the key
    surveys = survey_waves(scope)[["partnership", "opened_on"]]
    return find_next_steps(register_frames(scope), day, meetings=_meetings, surveys=surveys)


def _show_step(view: View, slug: str, number: int, step: NextStep, names: dict[tuple[str, str], str]) -> None:
    texts = f"health.step.{step.step.value}"
    with st.container(border=True, key=f"health-{step.step.value}"):
        several = f" ({len(step.uids)})" if len(step.uids) > 1 else ""
        st.header(f"{number}. {view.say(f'{texts}.title')}{several}", anchor=False)
        if step.uids:
            st.markdown(view.say("health.about", names=_list_things(view, step, names)))
        elif step.step in _DATED:
            day = None if step.since is None else format_date(step.since, view.language)
            st.markdown(view.say("health.never") if day is None else view.say("health.since", day=day))
        st.markdown(view.say("health.do", what=view.say(f"{texts}.what")))
        st.caption(view.say("health.why", why=view.say(f"{texts}.why")))
        page = next((name for name in _PLACES.get(step.step, ()) if name in PAGES), "upload")
        st.page_link(
            f"app_pages/{page}.py",
            label=view.say(f"health.go.{page}"),
            icon=":material/arrow_forward:",
            query_params=view.link_to(slug),
        )


def _list_things(view: View, step: NextStep, names: dict[tuple[str, str], str]) -> str:
    kind = _kind_of(step.step)
    shown = [plain(names[kind, uid]) for uid in step.uids[:_MOST_NAMES]]
    rest = len(step.uids) - len(shown)
    listed = list_names(shown)
    return f"{listed} {view.say('health.more', n=rest)}" if rest else listed


def _kind_of(step: Step) -> str:
    kinds = {"partner": _PARTNER_STEPS, "project": _PROJECT_STEPS, "problem": _PROBLEM_STEPS}
    return next((kind for kind, steps in kinds.items() if step in steps), "activity")


def _names_of_things(view: View, slug: str) -> dict[tuple[str, str], str]:
    frames = view.register
    partners = _of(frames.partners, slug)
    names = {("partner", uid): name for (_, uid), name in name_partners(view, partners).items()}
    for kind, frame in (("project", frames.projects), ("activity", frames.activities), ("problem", frames.problems)):
        mine = _of(frame, slug)
        names |= {(kind, str(uid)): str(name) for uid, name in zip(mine["uid"], mine["name"], strict=True)}
    return names


def _of(frame: pd.DataFrame, slug: str) -> pd.DataFrame:
    return frame[frame["partnership"] == slug]


def _say_calling(view: View, steps: tuple[NextStep, ...]) -> str:
    signs = [view.say(f"health.step.{one.step.value}.short") for one in steps if one.step in CALLING]
    return ", ".join(signs)


def _say_number(view: View, steps: tuple[NextStep, ...]) -> str:
    return view.say("health.all.things", n=len(steps)) if steps else view.say("health.all.fine")


def _show_thresholds(view: View) -> None:
    limits = Thresholds()
    told = {
        "meeting": limits.meeting_days,
        "declaration": limits.declaration_years,
        "activity": limits.activity_years,
        "review": limits.review_years,
        "diagnosis": limits.diagnosis_years,
        "data": limits.data_days,
    }
    with st.expander(view.say("health.limits.title")):
        st.markdown("\n".join(f"- {view.say(f'health.limits.{name}', n=value)}" for name, value in told.items()))
