"""The shared filters and the language: they travel in the address, so that a link shows the same view.

The address holds codes, not labels, so a link made in Polish works in English. Streamlit's own binding would write
labels; this room reads the address when it changed under us (a link, the back button) and writes it after the
widgets have spoken. On a change of page Streamlit empties the address: then what was chosen stays.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import pandas as pd
import streamlit as st

from dashboard.texts import say
from surveys.analysis.filters import Filters
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.vocabulary import load

# Names in the address, in Polish because people read them there.
_PARTNERSHIP, _THEMES, _GROUPS, _FROM, _TO, _LANGUAGE = "partnerstwo", "temat", "grupa", "od", "do", "lang"
_NAMES = (_PARTNERSHIP, _THEMES, _GROUPS, _FROM, _TO, _LANGUAGE)
_LAST_WRITTEN, _LAST_PAGE, _WAITING = "address_written", "address_page", "address_waiting"
_UNKNOWN = "address_partnership_unknown"


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What can be chosen: partnerships by slug with their names, years from first to last."""

    partnerships: dict[str, str]
    years: tuple[int, int] | None


def tell_names_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return partnerships' names by slug; those of one name get their slug beside it, else a box shows twins.

    Args:
        names: slug and name of each.
    """
    pairs = tuple(names)
    counts = Counter(name for _, name in pairs)
    return {slug: name if counts[name] == 1 else f"{name} ({slug})" for slug, name in pairs}


def read_language() -> Language:
    """Return the language: from the address, else what was chosen before, else the cookie, else Polish."""
    named = st.query_params.get(_LANGUAGE)
    if named in LANGUAGES and st.session_state.get(_LAST_WRITTEN, {}).get(_LANGUAGE) != [named]:
        st.session_state["language"] = named
    if "language" not in st.session_state:
        cookie = st.context.cookies.get("lang")
        st.session_state["language"] = cookie if cookie in LANGUAGES else "pl"
    return cast("Language", st.session_state["language"])


def read_address(page: str, choices: FilterChoices) -> None:
    """Take over what the address says, when a person (and not this room) changed it."""
    address, page_changed = _look_at_address(page)
    waiting = st.session_state.pop(_WAITING, {})
    if page_changed:
        st.session_state[_UNKNOWN] = False
        address = address or waiting
    if address == st.session_state.get(_LAST_WRITTEN) or (page_changed and not address):
        return
    lists = load()
    slug = next(iter(address.get(_PARTNERSHIP, [])), None)
    st.session_state[_UNKNOWN] = bool(slug) and slug not in choices.partnerships
    st.session_state["filter_partnership"] = slug if slug in choices.partnerships else None
    st.session_state["filter_themes"] = [code for code in address.get(_THEMES, []) if code in lists.themes]
    groups = lists.target_groups
    st.session_state["filter_groups"] = [
        code for code in address.get(_GROUPS, []) if code in groups or code in groups.roll_ups
    ]
    for name, key in ((_FROM, "filter_from"), (_TO, "filter_to")):
        year = next(iter(address.get(name, [])), "")
        st.session_state[key] = int(year) if year.isdecimal() else None


def pass_address_on(page: str, language: Language) -> None:
    """Leave the filters of the address as they are, for when there is something to filter."""
    address, page_changed = _look_at_address(page)
    asked = {name: values for name, values in address.items() if name != _LANGUAGE}
    if page_changed and not asked:
        asked = st.session_state.get(_WAITING, {})
    st.session_state[_WAITING] = asked
    write_address(Filters(), language, besides=asked)
    # As if they were not written, so that they are read once there are data.
    st.session_state[_LAST_WRITTEN] = {
        name: v for name, v in st.session_state[_LAST_WRITTEN].items() if name not in asked
    }


def show_unknown_partnership(language: Language) -> None:
    """Say that the address named a partnership that cannot be shown, until another is chosen or a page opened.

    The same words for one that doesn't exist: nobody learns here which ones do.
    """
    if st.session_state.get(_UNKNOWN) and st.session_state.get("filter_partnership") is None:
        st.info(say("filters.partnership_unknown", language), icon=":material/info:")


def write_address(filters: Filters, language: Language, *, besides: dict[str, list[str]] | None = None) -> None:
    """Write the filters into the address; what is not chosen is left out.

    All at once: each single change would be a step of the browser's back button.

    Args:
        filters: what is chosen.
        language: of the page.
        besides: what else the address shall hold, by its names.
    """
    wanted: dict[str, list[str]] = dict(besides or {})
    if filters.partnership is not None:
        wanted[_PARTNERSHIP] = [filters.partnership]
    if filters.themes:
        wanted[_THEMES] = list(filters.themes)
    if filters.groups:
        wanted[_GROUPS] = list(filters.groups)
    if filters.years is not None:
        wanted[_FROM], wanted[_TO] = [str(filters.years[0])], [str(filters.years[1])]
    # The cookie remembers an address that asked for English: Polish has to be said against it, or a reload forgets it.
    if language != "pl" or st.context.cookies.get("lang") not in {None, language}:
        wanted[_LANGUAGE] = [language]
    present = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: values for name, values in present.items() if name not in _NAMES}
    # Said anew after every change: a link to the page one is on reaches us, but not the browser's address.
    if present != wanted | others or wanted != st.session_state.get(_LAST_WRITTEN):
        st.query_params.from_dict(wanted | others)
    st.session_state[_LAST_WRITTEN] = wanted


def kept_filters(choices: FilterChoices) -> Filters:
    """Return what was chosen, for a page that has nothing to filter and shows no boxes."""
    state = st.session_state
    years = None
    if choices.years is not None:
        span = range(choices.years[0], choices.years[1] + 1)
        first, last = (state.get(key) if state.get(key) in span else None for key in ("filter_from", "filter_to"))
        years = (first or span[0], last or span[-1]) if first or last else None
    slug = state.get("filter_partnership")
    return Filters(
        slug if slug in choices.partnerships else None,
        tuple(state.get("filter_themes", ())),
        tuple(state.get("filter_groups", ())),
        years,
    )


def show_filters(choices: FilterChoices, language: Language) -> Filters:
    """Show the filters and return what is chosen.

    The partnership and the years stand in sight; themes and target groups behind one button. What is chosen stays for
    the session, so that a page without filters on the way doesn't lose it.
    """
    lists = load()
    slugs = sorted(choices.partnerships, key=lambda slug: sort_key(choices.partnerships[slug]))
    if st.session_state.get("filter_partnership") not in choices.partnerships:
        st.session_state["filter_partnership"] = None
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        partnership = st.selectbox(
            say("filters.partnership", language),
            slugs,
            index=None,
            format_func=lambda slug: choices.partnerships[slug],
            placeholder=say("filters.all_partnerships", language),
            key="filter_partnership",
            persist_state="session",
            width=320,
        )
        years = _show_years(choices.years, language)
        with st.popover(say("filters.more", language)):
            themes = st.multiselect(
                say("filters.themes", language),
                lists.themes.codes,
                format_func=lambda code: lists.themes.label(code, language),
                placeholder=say("filters.all_themes", language),
                key="filter_themes",
                persist_state="session",
            )
            groups = st.multiselect(
                say("filters.groups", language),
                (*lists.target_groups.roll_ups.codes, *lists.target_groups.codes),
                format_func=lambda code: _group_label(code, language),
                placeholder=say("filters.all_groups", language),
                key="filter_groups",
                persist_state="session",
            )
    return Filters(partnership, tuple(themes), tuple(groups), years)


def say_filters(filters: Filters, choices: FilterChoices, language: Language) -> str:
    """Return in words what is filtered, for the line under a page's heading."""
    lists = load()
    parts = [choices.partnerships[filters.partnership]] if filters.partnership else []
    parts += [lists.themes.label(code, language) for code in filters.themes]
    parts += [_group_label(code, language) for code in filters.groups]
    if filters.years:
        parts.append(f"{filters.years[0]}–{filters.years[1]}")
    return ", ".join(parts)


def clear_filters() -> None:
    """Forget every filter (a callback: it runs before the widgets do)."""
    st.session_state["filter_partnership"] = None
    st.session_state["filter_themes"] = []
    st.session_state["filter_groups"] = []
    st.session_state["filter_from"] = st.session_state["filter_to"] = None


def leave_partnership() -> None:
    """Look at all partnerships again, everything else chosen stays (a callback: it runs before the widgets do)."""
    st.session_state["filter_partnership"] = None


def years_of(*dates: "pd.Series[pd.Timestamp]") -> tuple[int, int] | None:
    """Return the first and last year of several date columns, ``None`` when there is no date at all."""
    known = pd.concat(dates).dropna()
    return (int(known.min().year), int(known.max().year)) if len(known) else None


def _look_at_address(page: str) -> tuple[dict[str, list[str]], bool]:
    """Return what the address says in our names, and whether somebody has just come to this page."""
    address = {name: st.query_params.get_all(name) for name in _NAMES if name in st.query_params}
    page_changed = st.session_state.get(_LAST_PAGE) != page
    st.session_state[_LAST_PAGE] = page
    return address, page_changed


def _show_years(span: tuple[int, int] | None, language: Language) -> tuple[int, int] | None:
    """Two plain boxes: a person reads "from … to" at once, on a phone too; an empty end is an open end."""
    if span is None or span[0] == span[1]:
        return None
    first = _show_year("filter_from", list(range(span[0], span[1] + 1)), "from", language)
    last = _show_year("filter_to", list(range(first or span[0], span[1] + 1)), "to", language)
    return None if first is None and last is None else (first or span[0], last or span[1])


def _show_year(key: str, years: list[int], end: str, language: Language) -> int | None:
    if st.session_state.get(key) not in years:
        st.session_state[key] = None
    return st.selectbox(
        say(f"filters.{end}", language),
        years,
        index=None,
        placeholder=say(f"filters.{end}_all", language),
        key=key,
        persist_state="session",
        width=130,
    )


def _group_label(code: str, language: Language) -> str:
    groups = load().target_groups
    if code in groups.roll_ups:
        return say("filters.roll_up", language, label=groups.roll_ups.label(code, language))
    return groups.label(code, language)


def choose_code(name: str, codes: list[str], *, label: str, placeholder: str, labels: dict[str, str]) -> str | None:
    """Show a choice whose value travels in the address as a code, beside the shared filters.

    Args:
        name: name in the address.
        codes: what can be chosen.
        label: label of the box; ``placeholder`` stands for no choice.
        placeholder: shown when nothing is chosen.
        labels: label by code.
    """
    key, written = f"choice_{name}", f"choice_{name}_written"
    address = st.query_params.get(name)
    # Without a box of the run before, somebody has just come to the page, perhaps back to it.
    if address is not None and (address != st.session_state.get(written) or key not in st.session_state):
        st.session_state[key] = address
    if st.session_state.get(key) not in codes:
        st.session_state[key] = None
    chosen = st.selectbox(
        label, codes, index=None, format_func=lambda code: labels[code], placeholder=placeholder, key=key, width=480
    )
    if chosen is None and address is not None:
        del st.query_params[name]
    elif chosen is not None and chosen != address:
        st.query_params[name] = chosen
    st.session_state[written] = chosen
    return chosen
