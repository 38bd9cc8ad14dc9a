"""Boxes that ask whom a measurement asks and how people come into it: before a survey, and when results are read."""

from enum import StrEnum
from typing import TypeVar

import streamlit as st

from dashboard.texts import say
from surveys.language.texts import Language
from surveys.model import Fieldwork, PopulationKind, SampleKind

_UNKNOWN = ""
_LONGEST = 200
_MOST = 50_000_000  # people in the country, with room
K = TypeVar("K", bound=StrEnum)


def ask_fieldwork(language: Language, start: Fieldwork, key: str) -> Fieldwork:
    """Ask whom a measurement asks, inside a form, and return what stands in the boxes.

    Args:
        language: of the words.
        start: what stands there at first.
        key: end of the boxes' keys.
    """
    population = _choose_kind(language, "population", start.population, PopulationKind, key)
    who = st.text_input(
        say("results.fieldwork.who", language),
        start.who,
        max_chars=_LONGEST,
        key=f"who-{key}",
        placeholder=say("results.fieldwork.who_hint", language),
        help=say("results.fieldwork.who_help", language),
    )
    sampling = _choose_kind(language, "sampling", start.sampling, SampleKind, key)
    counts = [
        st.number_input(
            say(f"results.fieldwork.{name}", language),
            0,
            _MOST,
            value,
            step=1,
            key=f"{name}-{key}",
            placeholder=say("results.fieldwork.unknown", language),
            help=say(f"results.fieldwork.{name}_help", language),
        )
        for name, value in (("population_count", start.population_count), ("invited_count", start.invited_count))
    ]
    return Fieldwork(population, who.strip(), sampling, *(int(count) if count else None for count in counts))


def _choose_kind(language: Language, name: str, start: K | None, kinds: type[K], key: str) -> K | None:
    """Offer the kinds of people or of samples, and that nobody knows; return what is chosen."""
    options = [kind.value for kind in kinds] + [_UNKNOWN]
    chosen = st.selectbox(
        say(f"results.fieldwork.{name}", language),
        options,
        index=options.index(start.value if start is not None else _UNKNOWN),
        format_func=lambda kind: say(f"results.fieldwork.{name}_{kind or 'unknown'}", language),
        key=f"{name}-{key}",
        help=say(f"results.fieldwork.{name}_help", language),
    )
    return kinds(chosen) if chosen else None
