"""Every account that somebody may see: roles given and ended, access switched off and on, a new password."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.accounts_story.passwords_shown import keep_shown, show_made
from dashboard.accounts_story.roles import order_grants, say_grant, say_grants
from dashboard.escaping import plain
from dashboard.refused_beside import keep_refusal_of, show_refusal_of
from dashboard.visit import Visit
from etl.store.accounts import Account, reset_password, set_account_state
from etl.store.engine import Store
from etl.store.grants import grant_role, revoke_role
from etl.store.passwords import make_password
from etl.store.scope import Action, Actor, Grant, Role


def show_accounts(visit: Visit, accounts: list[Account], grantable: tuple[Grant, ...], names: dict[str, str]) -> None:
    """Show accounts by name; what the visitor may change of one stands in its card."""
    st.header(visit.say("accounts.title_list"), anchor=False)
    for account in accounts:
        with st.container(border=True, key=f"card-account-{account.id}"):
            state = visit.say(f"accounts.state.{'active' if account.active else 'disabled'}")
            st.markdown(f"**{plain(account.display_name)}** · {plain(account.name)} · {state}")
            st.caption(say_grants(visit, account.grants, names))
            show_made(visit, account.name)
            if account.id == visit.actor.user_id:
                st.caption(visit.say("accounts.own"))
                continue
            _show_changes(visit, account, grantable, names)


def _show_changes(visit: Visit, account: Account, grantable: tuple[Grant, ...], names: dict[str, str]) -> None:
    keeps = may_keep(visit.actor, account)
    endable = [grant for grant in order_grants(visit, account.grants, names) if grant in grantable]
    more = [grant for grant in order_grants(visit, grantable, names) if grant not in account.grants]
    if not (keeps or endable or more):
        return
    expander = st.expander(
        visit.say("accounts.change"), icon=":material/edit:", key=f"change-{account.id}", on_change="rerun"
    )
    # A large place has hundreds of accounts: what nobody opened is not drawn.
    if not expander.open:
        return
    with expander:
        st.caption(visit.say("accounts.signs_out"))
        show_refusal_of(visit, account.name)
        for grant in endable:
            key = f"end-{account.id}-{grant.role.value}-{grant.partnership or 'all'}"
            st.button(
                visit.say("accounts.end", role=plain(say_grant(visit, grant, names))),
                icon=":material/remove_circle:",
                key=key,
                on_click=_do,
                args=(account.name, _ending(account.name, grant)),
            )
        if more:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                chosen = st.selectbox(
                    visit.say("accounts.give"),
                    range(len(more)),
                    format_func=lambda place: say_grant(visit, more[place], names),
                    key=f"give-{account.id}",
                    width=420,
                )
                st.button(
                    visit.say("accounts.give_button"),
                    icon=":material/add_circle:",
                    key=f"give-button-{account.id}",
                    on_click=_do,
                    args=(account.name, _giving(account.name, more[chosen])),
                )
        if keeps:
            _show_access(visit, account)


def _show_access(visit: Visit, account: Account) -> None:
    with st.container(horizontal=True):
        key = "disable" if account.active else "enable"
        st.button(
            visit.say(f"accounts.{key}"),
            icon=f":material/{'block' if account.active else 'check_circle'}:",
            key=f"{key}-{account.id}",
            on_click=_do,
            args=(account.name, _switching(account.name, not account.active)),
        )
        st.button(
            visit.say("accounts.password.new"),
            icon=":material/key:",
            key=f"password-{account.id}",
            on_click=_give_password,
            args=(account.name,),
        )


def may_keep(actor: Actor, account: Account) -> bool:
    """Return whether to offer switching an account and a new password; the store decides when somebody presses."""
    if actor.may(Action.KEEP_ACCOUNTS):
        return True
    return Grant(Role.BORIS) in actor.grants and Grant(Role.ADMINISTRATOR) not in account.grants


Change = Callable[[Store, Actor, datetime], object]


def _giving(name: str, grant: Grant) -> Change:
    return lambda store, actor, now: grant_role(store, actor, name=name, grant=grant, now=now)


def _ending(name: str, grant: Grant) -> Change:
    return lambda store, actor, now: revoke_role(store, actor, name=name, grant=grant, now=now)


def _switching(name: str, active: bool) -> Change:  # noqa: FBT001 # one meaning
    return lambda store, actor, now: set_account_state(store, actor, name=name, active=active, now=now)


def _do(name: str, change: Change) -> None:
    actor = current_actor()
    keep_refusal_of(name, services.change_accounts(actor, lambda store, now: change(store, actor, now)))


def _give_password(name: str) -> None:
    actor, password = current_actor(), make_password()
    report = services.change_accounts(
        actor, lambda store, now: reset_password(store, actor, name=name, password=password, now=now)
    )
    if not keep_refusal_of(name, report):
        keep_shown(name, name, password)
