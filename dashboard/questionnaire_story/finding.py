"""Which questionnaires somebody may look at and which they may write: asked of the store at every run."""

from dataclasses import dataclass, field

import streamlit as st

from dashboard.data import current_store, find_scope
from dashboard.questionnaire_story.address import UPLOADED, Chosen
from dashboard.visit import Visit
from etl.store.form_drafts import find_form
from etl.store.forms import FormState, StoredForm, list_forms
from etl.store.scope import Action, ForbiddenError
from surveys.findings import Report
from surveys.language.collation import sort_key
from surveys.model import Form
from surveys.questionnaires import UnknownQuestionnaireError, load_form

_UPLOADED_FORM = "questionnaire_uploaded"


@dataclass(frozen=True, slots=True)
class Found:
    """A questionnaire that somebody looks at.

    Attributes:
        chosen: its place in the address.
        form: what it asks.
        state: of an own one, ``None`` for a shipped and an uploaded one.
        report: what was noticed in the file of an uploaded one.
    """

    chosen: Chosen
    form: Form
    state: FormState | None = None
    report: Report = field(default_factory=Report)


def find(visit: Visit, chosen: Chosen) -> Found | None:
    """Return a questionnaire, ``None`` for one that is not there or that the visitor may not see."""
    if chosen == UPLOADED:
        kept: tuple[Form, Report] | None = st.session_state.get(_UPLOADED_FORM)
        return None if kept is None else Found(chosen, kept[0], report=kept[1])
    if not chosen.partnership:
        try:
            return Found(chosen, load_form(chosen.form_id, chosen.version))
        except UnknownQuestionnaireError:
            return None
    with current_store().read() as connection:
        stored = find_form(connection, visit.actor, chosen.partnership, chosen.form_id, chosen.version)
    return None if stored is None else Found(chosen, stored.form, stored.state)


def keep_uploaded(form: Form, report: Report) -> None:
    """Keep a form that was read from a file and what is wrong with it, in this tab only."""
    st.session_state[_UPLOADED_FORM] = (form, report)


def list_own(visit: Visit) -> list[tuple[str, StoredForm]]:
    """Return name of the partnership and form of every own questionnaire, by partnership, the newest first.

    Of those who see all partnerships only the ones they look at: a list of everybody's drafts helps nobody.
    """
    looked_at = visit.view.filters.partnership
    slugs = set(visit.actor.own_partnerships) | ({looked_at} if looked_at else set())
    names = _names(visit)
    found: list[tuple[str, StoredForm]] = []
    with current_store().read() as connection:
        for slug in sorted(slugs & names.keys(), key=lambda slug: sort_key(names[slug])):
            try:
                found += [(names[slug], stored) for stored in list_forms(connection, visit.actor, slug)]
            except ForbiddenError:
                continue
    return found


def list_writable(visit: Visit) -> dict[str, str]:
    """Return names by slug of the partnerships that the visitor may write questionnaires for."""
    return {slug: name for slug, name in _names(visit).items() if visit.actor.may(Action.COLLECT, slug)}


def may_write(visit: Visit, found: Found) -> bool:
    """Return whether the visitor may change an own questionnaire."""
    return bool(found.chosen.partnership) and visit.actor.may(Action.COLLECT, found.chosen.partnership)


def _names(visit: Visit) -> dict[str, str]:
    return {
        ref.slug: ref.name for sample in (False, True) for ref in find_scope(visit.actor, sample=sample).partnerships
    }
