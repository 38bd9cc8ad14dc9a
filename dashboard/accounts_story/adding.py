"""A new account: a name to type, a person's name, a first role; the program makes the first password."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.accounts_story.passwords_shown import keep_shown, show_made
from dashboard.accounts_story.roles import order_grants, say_grant
from dashboard.refused_beside import NEW, keep_refusal_of, show_refusal_of
from dashboard.visit import Visit
from etl.store.accounts import NewAccount, create_account, fold_name, keeps_accounts
from etl.store.grants import grant_role
from etl.store.passwords import make_password
from etl.store.scope import Grant

_TURN, _KNOWN = "accounts_new_turn", "*known"


def show_new_account(visit: Visit, grantable: tuple[Grant, ...], names: dict[str, str]) -> None:
    """Show the boxes of a new account.

    Args:
        visit: whose page.
        grantable: roles that the visitor may give now.
        names: of partnerships by slug.
    """
    turn = st.session_state.get(_TURN, 0)
    with st.container(border=True, key="card-new-account"):
        st.header(visit.say("accounts.new.title"), anchor=False)
        st.markdown(visit.say("accounts.new.what"))
        st.text_input(visit.say("accounts.new.name"), key=f"account-name-{turn}", max_chars=80,
                      help=visit.say("accounts.new.name_help"))  # fmt: skip
        st.text_input(visit.say("accounts.new.display_name"), key=f"account-person-{turn}", max_chars=120)
        # Whoever sees their own partnership only would not find an account again that has no role there.
        roles: list[Grant | None] = [None] if keeps_accounts(visit.actor) else []
        roles += order_grants(visit, grantable, names)
        words = [visit.say("accounts.new.no_role") if one is None else say_grant(visit, one, names) for one in roles]
        chosen = st.selectbox(
            visit.say("accounts.new.role"),
            range(len(roles)),
            format_func=lambda place: words[place],
            key=f"account-role-{turn}",
        )
        grant = roles[chosen] if roles else None
        show_refusal_of(visit, NEW)
        show_made(visit, NEW)
        st.button(
            visit.say("accounts.new.button"),
            type="primary",
            icon=":material/person_add:",
            key="account-add",
            on_click=_add,
            args=(turn, grant),
        )


def show_known_account(visit: Visit, grantable: tuple[Grant, ...], names: dict[str, str]) -> None:
    """Let somebody give a role to a person whose account they do not see: it is of another partnership."""
    if keeps_accounts(visit.actor) or not grantable:
        return
    with st.container(border=True, key="card-known-account"):
        st.header(visit.say("accounts.known.title"), anchor=False)
        st.text_input(visit.say("accounts.known.name"), key="known-name", max_chars=80)
        grant = st.selectbox(
            visit.say("accounts.give"),
            order_grants(visit, grantable, names),
            format_func=lambda one: say_grant(visit, one, names),
            key="known-role",
        )
        show_refusal_of(visit, _KNOWN)
        st.button(
            visit.say("accounts.give_button"),
            icon=":material/add_circle:",
            key="known-give",
            on_click=_give_known,
            args=(grant,),
        )


def _give_known(grant: Grant) -> None:
    name, actor = fold_name(str(st.session_state.get("known-name", ""))), current_actor()
    report = services.change_accounts(
        actor, lambda store, now: grant_role(store, actor, name=name, grant=grant, now=now)
    )
    keep_refusal_of(_KNOWN, report)


def _add(turn: int, grant: Grant | None) -> None:
    name, person = (str(st.session_state.get(f"account-{box}-{turn}", "")).strip() for box in ("name", "person"))
    password, actor = make_password(), current_actor()
    wanted = NewAccount(name, person or name, password, password)
    report = services.change_accounts(actor, lambda store, now: create_account(store, actor, wanted, now=now))
    if keep_refusal_of(NEW, report):
        return
    keep_shown(NEW, fold_name(name), password)
    st.session_state[_TURN] = turn + 1
    if grant is not None:
        given = services.change_accounts(
            actor, lambda store, now: grant_role(store, actor, name=fold_name(name), grant=grant, now=now)
        )
        keep_refusal_of(fold_name(name), given)
