"""One partnership's card: territory, partners by sector, rules, coordination, money and years."""

import pandas as pd
import streamlit as st

from dashboard.escaping import plain
from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.filtering import leave_partnership
from dashboard.stories.card_panels import build_card_panels
from dashboard.stories.opening import today
from dashboard.visit import View
from surveys.analysis.filters import Filters
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date, format_money_pln
from surveys.vocabulary import load


def show_card(view: View, slug: str) -> None:
    """Show the card of one partnership."""
    frames = view.register
    own = {name: _of(getattr(frames, name), slug) for name in ("partners", "partner_roles", "projects", "funding")}
    facts = rows_of(frames.partnerships[frames.partnerships["slug"] == slug])[0]
    st.button(
        view.say("card.all"),
        on_click=leave_partnership,
        key="all-partnerships",
        type="tertiary",
        icon=":material/arrow_back:",
    )
    st.title(plain(str(facts["name"])), anchor=False)
    if view.filters != Filters(slug):
        st.caption(view.say("card.unfiltered"))
    _show_identity(view, slug, facts)
    left, right = st.columns(2, gap="medium")
    panels = keep_panels(view, "card", build_card_panels, today().isoformat())
    with left:
        show_panel(panels["card-sectors"], view.language)
        _show_partners(view, own["partners"], own["partner_roles"])
    with right:
        show_panel(panels["card-funding"], view.language)
        _show_rules(view, facts)
        _show_coordination(view, own["partners"], own["partner_roles"])
    show_panel(panels["card-timeline"], view.language)
    _show_projects(view, own["projects"], own["partners"], own["funding"])


def _of(frame: pd.DataFrame, slug: str) -> pd.DataFrame:
    return frame[frame["partnership"] == slug]


def _show_identity(view: View, slug: str, facts: Row) -> None:
    areas = load().areas
    places = []
    for row in rows_of(_of(view.register.territories, slug)):
        unit = areas.label(row["teryt"], view.language) if row["teryt"] in areas else row["teryt"]
        places.append(f"{row['name']} – {unit}" if row["name"] else unit)
    st.markdown(view.say("card.territory", places=plain("; ".join(places) or "–")))
    if facts["aims"]:
        st.markdown(view.say("card.aims", aims=plain(str(facts["aims"]))))
    line = []
    if isinstance(facts["founded_on"], pd.Timestamp):
        line.append(view.say("card.founded", day=format_date(facts["founded_on"].date(), view.language)))
    if facts["website"]:
        line.append(plain(str(facts["website"])))
    if line:
        st.caption(" · ".join(line))


def _show_partners(view: View, partners: pd.DataFrame, roles: pd.DataFrame) -> None:
    if partners.empty:
        return
    lists = load()
    coordinating = set(roles[roles["role"].isin(["coordination", "coordinator"])]["uid"])
    with st.container(border=True, key="card-partners"):
        st.header(view.say("card.partners"), anchor=False)
        for row in sorted(rows_of(partners), key=lambda row: sort_key(str(row["name"]))):
            parts = [lists.partner_kinds.label(row["kind"], view.language)]
            if row["uid"] in coordinating:
                parts.append(view.say("card.in_coordination"))
            if row["status"] != "active":
                parts.append(lists.membership_statuses.label(row["status"], view.language).lower())
            if row["founded_by_partnership"]:
                parts.append(view.say("card.founded_by"))
            if isinstance(row["declared_on"], pd.Timestamp):
                day = format_date(row["declared_on"].date(), view.language)
                parts.append(view.say("card.declared", day=day))
            st.markdown(f"**{plain(str(row['name']))}**  \n:small[{plain(', '.join(parts))}]")


def _show_rules(view: View, facts: Row) -> None:
    with st.container(border=True, key="card-rules"):
        st.header(view.say("card.rules.title"), anchor=False)
        if not is_known(facts["rules_version"]) or not facts["rules_version"]:
            st.markdown(view.say("card.rules.none"))
            return
        adopted = facts["rules_adopted_on"]
        day = format_date(adopted.date(), view.language) if isinstance(adopted, pd.Timestamp) else "–"
        st.markdown(view.say("card.rules.version", version=plain(str(facts["rules_version"])), day=day))
        if facts["rules_covers"]:
            st.markdown(plain(str(facts["rules_covers"])))


def _show_coordination(view: View, partners: pd.DataFrame, roles: pd.DataFrame) -> None:
    named = roles[roles["role"].isin(["coordination", "coordinator"])].merge(
        partners[["uid", "name"]], on="uid", how="inner"
    )
    with st.container(border=True, key="card-coordination"):
        st.header(view.say("card.coordination.title"), anchor=False)
        if named.empty:
            st.markdown(view.say("card.coordination.none"))
            return
        leaders = set(named[named["role"] == "coordinator"]["name"])
        lines = [
            f"- {plain(name)}" + (f" – {view.say('card.coordination.lead')}" if name in leaders else "")
            for name in sorted(set(named["name"]), key=sort_key)
        ]
        st.markdown("\n".join(lines))


def _show_projects(view: View, projects: pd.DataFrame, partners: pd.DataFrame, funding: pd.DataFrame) -> None:
    if projects.empty:
        return
    names = dict(zip(partners["uid"], partners["name"], strict=True))
    statuses = load().project_statuses
    money = funding.groupby("uid")["amount_pln"].sum(min_count=1)
    st.header(view.say("card.projects.title"), anchor=False)
    for row in rows_of(projects.sort_values("starts_on")):
        with st.container(border=True):
            st.markdown(f"**{plain(str(row['name']))}** · {statuses.label(row['status'], view.language)}")
            parts = []
            if row["finance_lead"] in names:
                parts.append(view.say("card.projects.lead", name=names[row["finance_lead"]]))
            if is_known(amount := money.get(row["uid"])):
                parts.append(format_money_pln(float(amount or 0), view.language))
            days = [
                format_date(row[name].date(), view.language)
                for name in ("starts_on", "ends_on")
                if isinstance(row[name], pd.Timestamp)
            ]
            parts.append(" – ".join(days))
            st.caption(plain(" · ".join(part for part in parts if part)))
            if row["result"]:
                st.markdown(view.say("card.projects.result", result=plain(str(row["result"]))))
