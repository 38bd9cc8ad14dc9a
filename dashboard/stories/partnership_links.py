"""A list of partnerships, each a link to its own view of a page; of hundreds so many at once as a person reads."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import streamlit as st

from dashboard.escaping import plain
from dashboard.filtering import choose_code
from dashboard.stories.opening import say_number_of_activities, today
from dashboard.visit import View
from surveys.analysis.register_tables import is_planned

MOST_LINES = 60
"""So many links stand at once: more nobody reads, and each costs the server and the browser their time."""


def show_partnership_links(
    view: View,
    page: str,
    lines: Mapping[str, str],
    *,
    key: str,
    notes: Mapping[str, str] | None = None,
    name: str = "lista",
    border: bool = True,
) -> None:
    """Show partnerships as links; of more than `MOST_LINES` a part, which a person chooses and the address keeps.

    A note is a line too.

    Args:
        view: what is looked at.
        page: name of the page that the links lead to.
        lines: what is said beside each name (Markdown, may be empty), by slug, in the order shown.
        key: of the frame around the list.
        notes: what is said under a line, by slug.
        name: of the chosen part in the address; two lists of one page need two.
        border: draw the frame.
    """
    parts = _cut(list(lines), MOST_LINES // 2 if notes else MOST_LINES)
    with st.container(border=border, key=key):
        chosen = _choose_part(view, parts, name) if len(parts) > 1 else 0
        for slug in parts[chosen]:
            said = f"**{plain(view.name_of(slug))}**" + (f" · {lines[slug]}" if lines[slug] else "")
            st.page_link(f"app_pages/{page}.py", label=said, query_params=view.link_to(slug))
            if notes and slug in notes:
                st.caption(notes[slug])


def say_activities_of_all(view: View) -> dict[str, str]:
    """Say of every partnership in scope what `say_activities` says, counted in one pass."""
    activities = view.register.activities
    entered = activities.groupby("partnership").size().to_dict()
    planned = activities[is_planned(activities, today())].groupby("partnership").size().to_dict()
    return {
        slug: say_number_of_activities(view, entered.get(slug, 0), planned.get(slug, 0)) for slug in view.scope.slugs
    }


def _cut(slugs: Sequence[str], most: int) -> list[Sequence[str]]:
    """Return parts of nearly one length, so that the last is not a line or two."""
    number = max(1, -(-len(slugs) // most))
    edges = [len(slugs) * part // number for part in range(number + 1)]
    return [slugs[first:last] for first, last in pairwise(edges)]


def _choose_part(view: View, parts: Sequence[Sequence[str]], name: str) -> int:
    said = {
        str(number): view.say("partnership_links.part", first=view.name_of(part[0]), last=view.name_of(part[-1]))
        for number, part in enumerate(parts, 1)
    }
    chosen = choose_code(
        name, list(said), label=view.say("partnership_links.choose"), placeholder=said["1"], labels=said
    )
    return 0 if chosen is None else int(chosen) - 1
