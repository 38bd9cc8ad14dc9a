"""What is compared: the code list, the question, the kind of place; all of it travels in the address."""

from dataclasses import dataclass

import streamlit as st

from dashboard.data import asked_vocabularies, side_by_side
from dashboard.filtering import choose_code
from dashboard.visit import View
from surveys.analysis.place_kinds import PlaceKind
from surveys.analysis.side_by_side import SideBySide, kind_of
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.vocabulary import load

PARTS = ("przeglad", "miejsca", "lejek", "profil", "zmiana")
VOCABULARIES = ("problems", "themes", "target_groups")
FEWEST = 3
"""So many partnerships can be set side by side by name (`DisclosureRules.min_places`)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a visitor looks at on this page.

    Attributes:
        vocabulary: code list of the answers.
        kind: only places of this kind, ``None`` for all.
        sides: partnerships beside each other.
    """

    view: View
    vocabulary: str
    kind: PlaceKind | None
    sides: SideBySide

    @property
    def details(self) -> tuple[str, ...]:
        """What decides the figures beside the view, for the key they are kept under."""
        series = self.sides.series.key if self.sides.series is not None else ""
        return self.vocabulary, self.kind.value if self.kind is not None else "", series

    @property
    def places(self) -> list[str]:
        """The partnerships compared, in order of their names."""
        return sorted(self.sides.places, key=lambda slug: (sort_key(self.view.name_of(slug)), slug))

    def codes(self) -> list[str]:
        """Return the answers that may be looked at: those of the chosen themes, the most frequent one first."""
        wanted = self.view.filters.themes
        codes = [code for code in self.sides.order_codes() if code in answer_list(self.vocabulary)]
        if not wanted:
            return codes
        return [code for code in codes if theme_of(self.vocabulary, code) in wanted]

    def heading_of(self, slug: str) -> Heading:
        """Return a partnership as tables name it."""
        return Heading(slug, dict.fromkeys(LANGUAGES, self.view.name_of(slug)))

    def waves(self) -> dict[str, str]:
        """Return each partnership with its measurement in words."""
        rows = self.sides.questions
        named = zip(rows["partnership"], rows["wave_name"], strict=True)
        return {str(slug): f"{self.view.name_of(str(slug))}: {name}" for slug, name in named}


def answer_list(vocabulary: str) -> dict[str, dict[Language, str]]:
    """Return the words of a code list's codes."""
    codes = load().lists[vocabulary]
    return {code: {language: codes.label(code, language) for language in LANGUAGES} for code in codes}


def theme_of(vocabulary: str, code: str) -> str | None:
    """Return the theme that an answer belongs to, ``None`` for target groups."""
    if vocabulary == "themes":
        return code
    return load().problems[code].theme if vocabulary == "problems" else None


def choose_compared(view: View) -> Compared:
    """Offer what can be compared, and return what is."""
    known = asked_vocabularies(view.scope)
    asked = [name for name in VOCABULARIES if name in known]
    with st.container(horizontal=True, vertical_alignment="bottom", key="comparison-choices"):
        vocabulary = "problems"
        if len(asked) > 1 or asked not in ([], ["problems"]):
            vocabulary = (
                choose_code(
                    "co",
                    asked,
                    label=view.say("comparison.choose.vocabulary"),
                    placeholder=view.say(f"comparison.vocabulary.{asked[0]}"),
                    labels={name: view.say(f"comparison.vocabulary.{name}") for name in asked},
                )
                or asked[0]
            )
        everybody = side_by_side(view.scope, vocabulary, years=view.filters.years)
        kind = _choose_kind(view, everybody)
        series = _choose_series(view, everybody)
    sides = side_by_side(view.scope, vocabulary, series=series, years=view.filters.years, kind=kind)
    return Compared(view, vocabulary, kind, sides)


def _choose_kind(view: View, sides: SideBySide) -> PlaceKind | None:
    kinds = {kind_of(sides.kinds, ref.slug) for ref in view.scope.partnerships}
    listed = [kind for kind in PlaceKind if kind in kinds]
    if len(listed) < 2:
        return None
    chosen = choose_code(
        "rodzaj",
        [kind.value for kind in listed],
        label=view.say("comparison.choose.kind"),
        placeholder=view.say("comparison.choose.all_kinds"),
        labels={kind.value: kind.label(view.language) for kind in listed},
    )
    return None if chosen is None else PlaceKind(chosen)


def _choose_series(view: View, sides: SideBySide) -> str | None:
    """Offer the question when partnerships asked in several ways; numbers of the list travel in the address."""
    if len(sides.all_series) < 2:
        return None
    labels = {
        str(number): view.say(
            "comparison.choose.series_entry",
            question=(series.text_en if view.language == "en" else "") or series.text_pl,
            people=view.say(f"comparison.choose.people_{series.people}"),
            n=series.places_count,
        )
        for number, series in enumerate(sides.all_series)
    }
    chosen = choose_code(
        "pytanie",
        list(labels),
        label=view.say("comparison.choose.series"),
        placeholder=labels["0"],
        labels=labels,
    )
    return None if chosen is None else sides.all_series[int(chosen)].key


def choose_answer(compared: Compared, codes: list[str]) -> str:
    """Offer one answer to look at; the most frequent one stands without a word in the address."""
    words = answer_list(compared.vocabulary)
    labels = {code: words[code][compared.view.language] for code in codes}
    chosen = choose_code(
        "odpowiedz",
        codes,
        label=compared.view.say(f"comparison.choose.answer_{compared.vocabulary}"),
        placeholder=labels[codes[0]],
        labels=labels,
    )
    return chosen or codes[0]
