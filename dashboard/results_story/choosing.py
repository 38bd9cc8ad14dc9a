"""Which measurement and which part of its results are looked at; both travel in the address."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.escaping import plain
from dashboard.filtering import choose_code
from dashboard.results_story.measurement import Measurement, list_measurements, read_measurement
from dashboard.visit import View
from etl.store.reading import StoredWeighting
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date

PARTS = ("skrot", "pytania", "potrzeby", "krzyzowo", "w-czasie", "miejsca", "wagi", "jakosc")
# What is counted anew from single answers, and can't be once they were deleted on their day.
FROM_SINGLE_ANSWERS = frozenset({"potrzeby", "krzyzowo", "wagi", "jakosc"})


def choose_measurement(view: View) -> Measurement | None:
    """Offer the measurements of the chosen partnership, the newest one first; say what to do when there is none."""
    slug = view.filters.partnership
    if slug is None:
        _show_partnerships(view)
        return None
    waves = {str(row["wave"]): str(row["name"]) for row in list_measurements(view, slug)}
    if not waves:
        none = "none_in_years" if view.filters.years is not None else "none"
        st.markdown(view.say(f"results.choose.{none}"))
        st.page_link("app_pages/upload.py", label=view.say("results.choose.upload"), icon=":material/upload_file:")
        return None
    newest = next(iter(waves))
    chosen = newest
    if len(waves) > 1:
        chosen = (
            choose_code(
                "pomiar",
                list(waves),
                label=view.say("results.choose.wave"),
                placeholder=view.say("results.choose.newest", name=waves[newest]),
                labels=number_twins(waves),
            )
            or newest
        )
    return read_measurement(view, slug, chosen)


def choose_question(
    measurement: Measurement, name: str, names: Sequence[str], texts: str, *, placeholder: str = "placeholder"
) -> str | None:
    """Offer questions by their wording.

    Args:
        measurement: whose questions.
        name: of the choice in the address.
        names: questions to choose from, in their order.
        texts: key of the texts: ``.label`` and the placeholder.
        placeholder: key of the placeholder under ``texts``.
    """
    say = measurement.view.say
    return choose_code(
        name,
        list(names),
        label=say(f"{texts}.label"),
        placeholder=say(f"{texts}.{placeholder}"),
        labels=number_twins({one: measurement.wording(one) for one in names}),
    )


def number_twins(labels: dict[str, str]) -> dict[str, str]:
    """Return labels of a box by code; those of one wording get numbers, for a box knows its entries by their words."""
    counts = Counter(labels.values())
    seen: Counter[str] = Counter()
    told = {}
    for code, label in labels.items():
        seen[label] += 1
        told[code] = label if counts[label] == 1 else f"{label} ({seen[label]})"
    return told


def choose_weighted(view: View, stored: StoredWeighting | None) -> bool:
    """Offer weights where a measurement has some that hold; what is chosen travels in the address."""
    name, key = "wazone", "choice_wazone"
    if stored is None or not stored.holds:
        st.query_params.pop(name, None)
        return False
    address = st.query_params.get(name)
    if key not in st.session_state:
        st.session_state[key] = address == "tak"
    chosen = st.toggle(view.say("results.weighted"), key=key)
    if chosen:
        st.query_params[name] = "tak"
    else:
        st.query_params.pop(name, None)
    return chosen


def _show_partnerships(view: View) -> None:
    """Name every partnership with its measurements, each a link to its newest one."""
    st.markdown(view.say("results.choose.partnership"))
    with st.container(border=True, key="results-partnerships"):
        for ref in sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name)):
            waves = list_measurements(view, ref.slug)
            amount = view.say("counts.waves", n=len(waves)) if waves else view.say("results.choose.no_wave")
            opened = waves[0]["opened_on"] if waves else pd.NaT
            day = f", {format_date(opened.date(), view.language)}" if isinstance(opened, pd.Timestamp) else ""
            st.page_link(
                "app_pages/results.py",
                label=f"**{plain(view.name_of(ref.slug))}** · {amount}{day}",
                query_params=view.link_to(ref.slug),
            )
