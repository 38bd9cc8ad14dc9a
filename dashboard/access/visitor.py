"""Inside the Streamlit script: who is asking, and in which language. Asked at every rerun, kept nowhere.

``st.session_state`` can be taken over by whoever knows a session's number, so nothing of this may lie there.
"""

import streamlit as st

from dashboard.access.identity import INSECURE_COOKIE, SECURE_COOKIE, is_token, make_anonymous_visit
from dashboard.access.language import DEFAULT_LANGUAGE, LANGUAGE_COOKIE, as_language
from dashboard.access.premises import current_premises
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.sessions import actor_of_session, has_accounts
from surveys.language.texts import Language


def current_actor() -> Actor:
    """Return whoever looks at this page now, with the rights of this moment; anonymous when nobody signed in.

    The gate refuses whoever has no session before the script runs. A session that ends while a page is open is
    anonymous here from the next rerun on, and an anonymous actor sees nothing but sample data.
    """
    premises = current_premises()
    cookies = st.context.cookies
    # Under https only the first exists for the gate; a browser never sends it under http.
    for name in (SECURE_COOKIE, INSECURE_COOKIE):
        token = cookies.get(name)
        if token is None or not is_token(token):
            continue
        actor = actor_of_session(premises.store, token, premises.clock())
        return actor or (make_anonymous_visit(token).actor if is_demonstration() else Actor.anonymous())
    return Actor.anonymous()


def current_store() -> Store:
    """Return this process's open store, the same that the gate asks."""
    return current_premises().store


def is_demonstration() -> bool:
    """Return whether the sample data are open without sign-in, so that pages say so and offer the first account."""
    premises = current_premises()
    if not premises.entrance.on_loopback:
        return False
    with premises.store.read() as connection:
        return not has_accounts(connection)


def current_language() -> Language:
    """Return the language of the page: the address's ``lang``, else the cookie's, else Polish."""
    return (
        as_language(st.query_params.get("lang"))
        or as_language(st.context.cookies.get(LANGUAGE_COOKIE))
        or DEFAULT_LANGUAGE
    )
