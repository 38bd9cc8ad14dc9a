"""Kto powinien się poznać: pairs of partners with much in common who have not worked together yet."""

import pandas as pd
import streamlit as st

from dashboard.capital_story.network import Known, PartnerNetwork, read_network, say_sector
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.sentences import list_names
from dashboard.visit import View
from surveys.analysis.introductions import Interests, Introduction, suggest_introductions
from surveys.analysis.rows import is_known
from surveys.vocabulary import load

# Groups that say nothing of what two partners have in common.
_EVERYBODY = frozenset({"G29", "G30"})
_MOST_REASONS = 3


def show_introductions(view: View, slug: str) -> None:
    """Show who should meet, with what both care for and who could bring them together."""
    st.markdown(view.say("capital.meet.intro"))
    panels = keep_panels(view, "capital-meet", lambda view: _build(view, slug))
    if not panels:
        st.markdown(view.say("capital.meet.none"))
    for panel in panels.values():
        with st.container(border=True, key=panel.key):
            st.header(plain(panel.title), anchor=False)
            st.markdown(panel.sentence)
    st.caption(view.say("capital.meet.note"))


def _build(view: View, slug: str) -> list[Panel]:
    network = read_network(view, slug)
    ties = {frozenset(tie) for known in (Known.WORK, Known.EITHER) for tie in network.ties(known)}
    interests = _read_interests(view, network)
    found = suggest_introductions(interests, network.sectors, ties)  # type: ignore[arg-type] # uids are hashable
    names = _problem_names(view, slug)
    return [_build_pair(view, network, pair, number, names) for number, pair in enumerate(found, 1)]


def _build_pair(
    view: View, network: PartnerNetwork, pair: Introduction, number: int, problems: dict[str, str]
) -> Panel:
    one, two = str(pair.one), str(pair.two)
    title = view.say("capital.meet.pair", one=network.names[one], two=network.names[two])
    lines = [view.say("capital.meet.shared", what=_say_shared(view, pair.shared, problems))]
    if pair.across:
        words = [say_sector(network.sectors[uid], view.language).lower() for uid in (one, two)]
        lines.append(view.say("capital.meet.across", one=words[0], two=words[1]))
    if pair.through is not None:
        lines.append(view.say("capital.meet.through", name=plain(network.names[str(pair.through)])))
    return Panel(f"meet-{number}", title, "  \n".join(lines))


def _say_shared(view: View, shared: Interests, problems: dict[str, str]) -> str:
    lists = load()
    named = {
        "problems": [problems[uid] for uid in shared.problems],
        "groups": [lists.target_groups.label(code, view.language) for code in shared.groups],
        "themes": [lists.themes.label(code, view.language) for code in shared.themes],
    }
    parts = []
    for kind, names in named.items():
        if names:
            listed = list_names([plain(name) for name in sorted(names)[:_MOST_REASONS]])
            parts.append(view.say(f"capital.meet.{kind}", n=len(names), names=listed))
    return "; ".join(parts)


def _read_interests(view: View, network: PartnerNetwork) -> dict[str, Interests]:
    """What each partner cares for: its statute, and whatever it took part in."""
    frames, lists, things = view.register, load(), network.taking_part
    statutes = frames.partner_themes[frames.partner_themes["partnership"] == network.slug]
    # An organisation that may do everything has nothing in particular in common with anybody.
    broad = statutes["uid"].value_counts()
    statutes = statutes[statutes["uid"].map(broad) <= len(lists.themes.codes) / 2]
    linked = [
        things[things["kind"] == kind].merge(links, on=["partnership", "uid"])
        for kind, links in (
            ("activity", frames.activity_groups),
            ("activity", frames.activity_problems),
            ("project", frames.project_problems),
        )
    ]
    themes = _gather((things, "partner", "theme"), (statutes, "uid", "theme"))
    groups = _gather((linked[0], "partner", "group"))
    problems = _gather((linked[1], "partner", "problem"), (linked[2], "partner", "problem"))
    return {
        uid: Interests(
            frozenset(themes.get(uid, set()) & set(lists.themes)),
            frozenset(groups.get(uid, set()) & set(lists.target_groups) - _EVERYBODY),
            frozenset(problems.get(uid, set())),
        )
        for uid in network.names
        if uid not in network.residents
    }


def _gather(*sources: tuple[pd.DataFrame, str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for frame, partner, code in sources:
        for uid, value in zip(frame[partner], frame[code], strict=True):
            if is_known(value):
                found.setdefault(str(uid), set()).add(str(value))
    return found


def _problem_names(view: View, slug: str) -> dict[str, str]:
    problems = view.register.problems
    mine = problems[problems["partnership"] == slug]
    return {str(uid): str(name) for uid, name in zip(mine["uid"], mine["name"], strict=True)}
