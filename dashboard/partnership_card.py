"""One partnership's card: territory, partners by sector, rules, coordination, money and years."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.charts.timeline import Span, draw_timeline
from dashboard.escaping import plain
from dashboard.presenting import show_figure, show_nothing
from dashboard.sentences import say_largest
from dashboard.story import texts_of
from dashboard.visit import Visit
from surveys.analysis.register_tables import code_labels, count_by, count_by_year, sum_funding
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date, format_money_pln
from surveys.vocabulary import load


def show_card(visit: Visit, slug: str) -> None:
    """Show the card of one partnership."""
    frames = visit.register
    own = {name: _of(getattr(frames, name), slug) for name in ("partners", "partner_roles", "projects", "funding")}
    facts = rows_of(frames.partnerships[frames.partnerships["slug"] == slug])[0]
    st.title(plain(str(facts["name"])), anchor=False)
    _show_identity(visit, slug, facts)
    left, right = st.columns(2, gap="medium")
    with left:
        _show_sectors(visit, own["partners"])
        _show_partners(visit, own["partners"], own["partner_roles"])
    with right:
        _show_funding(visit, own["funding"])
        _show_rules(visit, facts)
        _show_coordination(visit, own["partners"], own["partner_roles"])
    _show_timeline(visit, slug, own["projects"])
    _show_projects(visit, own["projects"], own["partners"], own["funding"])


def _of(frame: pd.DataFrame, slug: str) -> pd.DataFrame:
    return frame[frame["partnership"] == slug]


def _show_identity(visit: Visit, slug: str, facts: Row) -> None:
    areas = load().areas
    places = []
    for row in rows_of(_of(visit.register.territories, slug)):
        unit = areas.label(row["teryt"], visit.language) if row["teryt"] in areas else row["teryt"]
        places.append(f"{row['name']} – {unit}" if row["name"] else unit)
    st.markdown(visit.say("card.territory", places=plain("; ".join(places) or "–")))
    if facts["aims"]:
        st.markdown(visit.say("card.aims", aims=plain(str(facts["aims"]))))
    line = []
    if isinstance(facts["founded_on"], pd.Timestamp):
        line.append(visit.say("card.founded", day=format_date(facts["founded_on"].date(), visit.language)))
    if facts["website"]:
        line.append(plain(str(facts["website"])))
    if line:
        st.caption(" · ".join(line))


def _show_sectors(visit: Visit, partners: pd.DataFrame) -> None:
    active = partners[partners["status"] != "withdrawn"]
    title = visit.say("card.sectors.title")
    table = count_by(active, "sector", labels=code_labels(load().sectors), what=texts_of("partnerships.what"))
    if table.is_empty:
        show_nothing("card-sectors", title=title, sentence=visit.say("card.sectors.none"))
        return
    show_figure(
        "card-sectors",
        title=title,
        sentence=say_largest(table, "card.sectors", visit.language),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def _show_partners(visit: Visit, partners: pd.DataFrame, roles: pd.DataFrame) -> None:
    if partners.empty:
        return
    lists = load()
    coordinating = set(roles[roles["role"].isin(["coordination", "coordinator"])]["uid"])
    with st.container(border=True, key="card-partners"):
        st.markdown(f"### {visit.say('card.partners')}")
        for row in sorted(rows_of(partners), key=lambda row: sort_key(str(row["name"]))):
            parts = [lists.partner_kinds.label(row["kind"], visit.language)]
            if row["uid"] in coordinating:
                parts.append(visit.say("card.in_coordination"))
            if row["status"] != "active":
                parts.append(lists.membership_statuses.label(row["status"], visit.language).lower())
            if row["founded_by_partnership"]:
                parts.append(visit.say("card.founded_by"))
            if isinstance(row["declared_on"], pd.Timestamp):
                day = format_date(row["declared_on"].date(), visit.language)
                parts.append(visit.say("card.declared", day=day))
            st.markdown(f"**{plain(str(row['name']))}**  \n:small[{plain(', '.join(parts))}]")


def _show_rules(visit: Visit, facts: Row) -> None:
    with st.container(border=True, key="card-rules"):
        st.markdown(f"### {visit.say('card.rules.title')}")
        if not facts["rules_version"]:
            st.markdown(visit.say("card.rules.none"))
            return
        adopted = facts["rules_adopted_on"]
        day = format_date(adopted.date(), visit.language) if isinstance(adopted, pd.Timestamp) else "–"
        st.markdown(visit.say("card.rules.version", version=plain(str(facts["rules_version"])), day=day))
        if facts["rules_covers"]:
            st.markdown(plain(str(facts["rules_covers"])))


def _show_coordination(visit: Visit, partners: pd.DataFrame, roles: pd.DataFrame) -> None:
    named = roles[roles["role"].isin(["coordination", "coordinator"])].merge(
        partners[["uid", "name"]], on="uid", how="inner"
    )
    with st.container(border=True, key="card-coordination"):
        st.markdown(f"### {visit.say('card.coordination.title')}")
        if named.empty:
            st.markdown(visit.say("card.coordination.none"))
            return
        leaders = set(named[named["role"] == "coordinator"]["name"])
        lines = [
            f"- {plain(name)}" + (f" – {visit.say('card.coordination.lead')}" if name in leaders else "")
            for name in sorted(set(named["name"]), key=sort_key)
        ]
        st.markdown("\n".join(lines))


def _show_funding(visit: Visit, funding: pd.DataFrame) -> None:
    title = visit.say("card.funding.title")
    sources = code_labels(load().funding_sources)
    table = sum_funding(funding, "source", labels=sources, what=texts_of("activities.funding.what"))
    if table.is_empty:
        show_nothing("card-funding", title=title, sentence=visit.say("activities.funding.none"))
        return
    total = format_money_pln(float(funding["amount_pln"].sum()), visit.language)
    show_figure(
        "card-funding",
        title=title,
        sentence=visit.say("card.funding.sentence", total=total),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def _show_timeline(visit: Visit, slug: str, projects: pd.DataFrame) -> None:
    activities = _of(visit.register.activities, slug)
    dated = projects.dropna(subset=["starts_on"]).sort_values("starts_on")
    title = visit.say("card.timeline.title")
    table = count_by_year(activities, "starts_on", what=texts_of("activities.what"))
    if table.is_empty and dated.empty:
        show_nothing("card-timeline", title=title, sentence=visit.say("card.timeline.none"))
        return
    spans = [
        Span(
            str(row["name"]),
            row["starts_on"].date(),
            row["ends_on"].date() if isinstance(row["ends_on"], pd.Timestamp) else None,
        )
        for row in rows_of(dated)
    ]
    alt = visit.say("card.timeline.alt", projects=visit.say("counts.projects", n=len(spans)), title=title)
    show_figure(
        "card-timeline",
        title=title,
        sentence=visit.say(
            "card.timeline.sentence",
            projects=visit.say("counts.projects", n=len(projects)),
            activities=visit.say("counts.activities", n=len(activities)),
        ),
        chart=draw_timeline(
            spans, table, heading=visit.say("card.timeline.activities"), alt=alt, language=visit.language
        ),
        table=table,
        language=visit.language,
    )


def _show_projects(visit: Visit, projects: pd.DataFrame, partners: pd.DataFrame, funding: pd.DataFrame) -> None:
    if projects.empty:
        return
    names = dict(zip(partners["uid"], partners["name"], strict=True))
    statuses = load().project_statuses
    money = funding.groupby("uid")["amount_pln"].sum(min_count=1)
    st.markdown(f"### {visit.say('card.projects.title')}")
    for row in rows_of(projects.sort_values("starts_on")):
        with st.container(border=True):
            st.markdown(f"**{plain(str(row['name']))}** · {statuses.label(row['status'], visit.language)}")
            parts = []
            if row["finance_lead"] in names:
                parts.append(visit.say("card.projects.lead", name=names[row["finance_lead"]]))
            if is_known(amount := money.get(row["uid"])):
                parts.append(format_money_pln(float(amount or 0), visit.language))
            days = [
                format_date(row[name].date(), visit.language)
                for name in ("starts_on", "ends_on")
                if isinstance(row[name], pd.Timestamp)
            ]
            parts.append(" – ".join(days))
            st.caption(plain(" · ".join(part for part in parts if part)))
            if row["result"]:
                st.markdown(visit.say("card.projects.result", result=plain(str(row["result"]))))
