"""Opening and closing the server: settings compared, store migrated, set-up code shown, jobs' worker started."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.middleware import Middleware
from streamlit.starlette import App

from dashboard.access.config import find_mismatches, lacks_public_name, prepare_streamlit
from dashboard.access.gate import Gate
from dashboard.access.page_shell import build_shell
from dashboard.access.premises import Premises, close_premises, current_premises
from dashboard.access.routes import PLAIN_ROUTES as ACCESS_ROUTES
from dashboard.access.script_errors import quieten_tracebacks, report_script_error
from dashboard.forms.routes import FORM_ROUTES
from dashboard.meetings.run_routes import RUN_ROUTES
from dashboard.meetings.vote_routes import VOTE_ROUTES
from dashboard.texts import say
from dashboard.warming import warm_up
from etl.jobs.supervisor import WorkerSupervisor
from etl.store.migration import NewerSchemaError
from etl.store.setup_code import offer_setup_code, setup_code_path
from surveys.language.texts import LANGUAGES

__all__ = ["MIDDLEWARE", "PLAIN_ROUTES", "keep_open", "prepare_process", "report_script_error"]

MIDDLEWARE = (Middleware(Gate),)
PLAIN_ROUTES = (*ACCESS_ROUTES, *FORM_ROUTES, *RUN_ROUTES, *VOTE_ROUTES)


def prepare_process() -> None:
    """Compare the settings, migrate the store and give Streamlit its secret, before anything listens.

    Raises:
        SystemExit: the server would run otherwise than it has to, with a sentence that says what to change.
    """
    quieten_tracebacks()
    mismatches = find_mismatches()
    if mismatches:
        raise SystemExit(
            "\n".join(
                say_both("start.mismatch", option=wrong.option, wanted=wrong.wanted, found=wrong.found)
                for wrong in mismatches
            )
        )
    premises = current_premises()
    if lacks_public_name(premises.entrance):
        raise SystemExit(say_both("start.no_name"))
    try:
        premises.store.upgrade()
    except NewerSchemaError:
        raise SystemExit(say_both("start.newer_schema")) from None
    prepare_streamlit(premises.folder, premises.entrance)
    for language in LANGUAGES:
        build_shell(language)


@asynccontextmanager
async def keep_open(_app: App) -> AsyncIterator[None]:
    """Keep the store open and the jobs' worker running while the server runs."""
    premises = current_premises()
    await to_thread.run_sync(show_setup_code, premises)
    worker = WorkerSupervisor()
    await to_thread.run_sync(worker.start)
    warm_up()
    try:
        yield
    finally:
        await to_thread.run_sync(worker.stop)
        await to_thread.run_sync(close_premises)


def show_setup_code(premises: Premises) -> None:
    """Show the set-up code on the console where nobody has an account yet."""
    code = offer_setup_code(premises.store, premises.folder, premises.clock())
    if code is not None:
        sys.stderr.write(say_both("start.first_account", code=code, file=setup_code_path(premises.folder)) + "\n")
        sys.stderr.flush()


def say_both(key: str, **facts: object) -> str:
    """Return a text in both languages, Polish first: the console has no switch."""
    return "\n".join(say(key, language, **facts) for language in LANGUAGES)
