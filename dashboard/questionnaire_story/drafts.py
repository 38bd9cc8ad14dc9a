"""A draft in this tab: as it was seen, and a change that somebody else's came in the way of.

Every change is saved at once, over the draft that was seen; a reload shows what is saved. Steps to undo are kept with
the draft in the store. Where the draft is another one by now, the change waits here until its author says what becomes
of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.questionnaire_story.address import Chosen, open_questionnaire
from dashboard.refused_requests import keep_refusal
from etl.store.form_steps import Side
from surveys.language.folding import slugify
from surveys.model import Form
from surveys.questionnaires.editing import EditRefusedError

_TABS, _REFUSED = "questionnaire_drafts", "questionnaire_edit_refused"
BASED_ON = "diagnoza::based_on"


@dataclass
class DraftTab:
    """One draft as this tab knows it.

    Attributes:
        seen: as it was shown last.
        waiting: a change that was not saved because the draft is another one by now.
        overtaken: somebody else's change was taken over since the last run.
    """

    seen: Form
    waiting: Form | None = None
    overtaken: bool = False


def tab_of(chosen: Chosen, stored: Form) -> DraftTab:
    """Return what this tab knows of a draft, brought to what is stored."""
    tabs: dict[str, DraftTab] = st.session_state.setdefault(_TABS, {})
    tab = tabs.setdefault(chosen.key, DraftTab(stored))
    if tab.seen != stored:
        tab.overtaken = tab.waiting is None
        tab.seen = stored
    return tab


def change(chosen: Chosen, step: Callable[[Form], Form]) -> bool:
    """Change the draft as this tab saw it and save it (in a callback); return whether it was saved."""
    tab = _tab(chosen)
    if tab is None:
        return False
    try:
        form = step(tab.seen)
    except EditRefusedError as refused:
        st.session_state[_REFUSED] = refused
        return False
    if form == tab.seen:
        return True
    report = services.change_draft(current_actor(), chosen.partnership, tab.seen, form)
    if any(finding.code == "FORM-CHANGED-MEANWHILE" for finding in report):
        tab.waiting = form
        return False
    if keep_refusal(report):
        return False
    tab.seen = form
    return True


def go(chosen: Chosen, side: Side) -> None:
    """Go back to the draft before the last change, or forward again (a callback)."""
    tab = _tab(chosen)
    if tab is None:
        return
    after, report = services.step_draft(current_actor(), chosen.partnership, tab.seen, side)
    if any(finding.code == "FORM-CHANGED-MEANWHILE" for finding in report):
        return  # the next run shows the newest one and says so
    if not keep_refusal(report) and after is not None:
        tab.seen = after


def drop_waiting(chosen: Chosen) -> None:
    """Leave the draft as somebody else saved it (a callback)."""
    tab = _tab(chosen)
    if tab is not None:
        tab.waiting = None


def save_waiting(chosen: Chosen) -> None:
    """Save the change that waited over what is stored now (a callback)."""
    tab = _tab(chosen)
    if tab is not None and tab.waiting is not None:
        mine, tab.waiting = tab.waiting, None
        change(chosen, lambda _form: mine)


def keep_waiting_apart(chosen: Chosen) -> None:
    """Keep the change that waited as a draft of its own (a callback)."""
    tab = _tab(chosen)
    if tab is None or tab.waiting is None:
        return
    mine = tab.waiting
    for number in range(2, 100):
        apart = replace(mine, version=f"{mine.version}-{number}")
        report = services.add_draft(current_actor(), chosen.partnership, apart)
        if not any(finding.code == "FORM-NAME-TAKEN" for finding in report):
            break
    if not keep_refusal(report):
        tab.waiting = None
        open_questionnaire(Chosen(apart.form_id, apart.version, chosen.partnership))


def begin(partnership: str, title: str, source: Form | None) -> None:
    """Keep a new draft and go to it (a callback).

    Args:
        partnership: slug of its owner.
        title: in Polish, as a person typed it.
        source: the questionnaire that it starts from, ``None`` for an empty one.
    """
    name = " ".join(title.split())
    try:
        form_id = slugify(name)
    except ValueError:
        form_id = ""
    if not form_id:
        st.session_state[_REFUSED] = EditRefusedError("title")
        return
    based_on = {} if source is None else {BASED_ON: f"{source.form_id} {source.version}"}
    start = source or Form(form_id, "1", {})
    settings = {key: text for key, text in start.settings.items() if key != BASED_ON}
    form = replace(start, form_id=form_id, version="1", titles={"pl": name}, settings={**settings, **based_on})
    if not keep_refusal(services.add_draft(current_actor(), partnership, form)):
        open_questionnaire(Chosen(form_id, "1", partnership))


def begin_version(partnership: str, published: Form, version: str) -> None:
    """Keep the next version of a published questionnaire as a draft and go to it (a callback)."""
    settings = {**published.settings, BASED_ON: f"{published.form_id} {published.version}"}
    form = replace(published, version=version, settings=settings)
    if not keep_refusal(services.add_draft(current_actor(), partnership, form)):
        open_questionnaire(Chosen(form.form_id, version, partnership))


def take_refusal() -> EditRefusedError | None:
    """Return why the last step was not done, once."""
    refused: EditRefusedError | None = st.session_state.pop(_REFUSED, None)
    return refused


def next_version(versions: list[str]) -> str:
    """Return a version that is not there yet: 1, then 2, then 3."""
    numbers = [int(version) for version in versions if version.isdecimal()]
    return str(max(numbers, default=len(versions)) + 1)


def _tab(chosen: Chosen) -> DraftTab | None:
    tabs: dict[str, DraftTab] = st.session_state.get(_TABS, {})
    return tabs.get(chosen.key)


def refuse(reason: str) -> None:
    """Say on the next run why a step was not done (in a callback)."""
    st.session_state[_REFUSED] = EditRefusedError(reason)
