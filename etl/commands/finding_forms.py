"""The form that a command is given: one that comes with the program, or a partnership's own from the store."""

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.store.forms import FormState, StoredForm, list_forms
from etl.store.register_reading import read_register
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report
from surveys.model import Form
from surveys.questionnaires import UnknownQuestionnaireError, load_form
from surveys.questionnaires.filling_lists import PARTNERS, fill_list, lists_to_fill, partner_names


def find_form(console: Console, form_id: str, version: str | None, partnership: str | None) -> Form:
    """Return a shipped form, or the newest published own one of a partnership.

    Args:
        console: of the command.
        form_id: name of the questionnaire.
        version: as its author wrote it, also of a draft; ``None`` takes the newest published one.
        partnership: slug; its own questionnaire goes before a shipped one, and its partners fill in the lists that wait
            for them.

    Raises:
        FaultError: there is none.
    """
    if partnership is None:
        return _load_shipped(form_id, version)
    with open_configured_store(console, create=False) as store:
        actor = Actor.at_machine()
        slug = require_partnership(store, actor, partnership)
        with store.read() as connection:
            own = list_forms(connection, actor, slug)
            for stored in own:
                named = stored.form.form_id == form_id and version in {None, stored.form.version}
                if named and (version is not None or stored.state is FormState.PUBLISHED):
                    return stored.form
            form = _load_shipped(form_id, version)
            waiting = [name for name, kind in lists_to_fill(form).items() if kind == PARTNERS]
            register = read_register(connection, slug) if waiting else None
    for name in waiting:
        form = form if register is None else fill_list(form, name, partner_names(register))
    return form


def list_own_forms(console: Console, partnership: str) -> tuple[StoredForm, ...]:
    """Return a partnership's own forms, drafts too, the newest first."""
    with open_configured_store(console, create=False) as store:
        actor = Actor.at_machine()
        slug = require_partnership(store, actor, partnership)
        with store.read() as connection:
            return list_forms(connection, actor, slug)


def _load_shipped(form_id: str, version: str | None) -> Form:
    try:
        return load_form(form_id, version)
    except UnknownQuestionnaireError:
        facts: dict[str, str | int] = {"slug": form_id}
        raise FaultError(Report((Finding("QUESTIONNAIRE-UNKNOWN", facts=facts),))) from None
