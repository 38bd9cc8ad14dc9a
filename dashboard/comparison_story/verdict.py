"""The gate of comparisons speaks first: which partnerships stand side by side, with what reservation."""

import streamlit as st

from dashboard.comparison_story.choosing import FEWEST, Compared
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from surveys.analysis.comparability import Grade
from surveys.analysis.place_comparability import SharedDoubt
from surveys.language.collation import sort_key

_ICONS = {
    Grade.COMPARABLE: ":material/check_circle:",
    Grade.RESERVED: ":material/warning:",
    Grade.NOT_COMPARABLE: ":material/block:",
}
_MOST_NAMES = 6


def show_verdict(compared: Compared) -> bool:
    """Show what may be compared, and return whether anything may be."""
    view, sides = compared.view, compared.sides
    if sides.series is None:
        st.info(view.say("comparison.verdict.nothing"))
        return False
    verdict = sides.verdict
    with st.container(border=True, key="comparison-verdict"):
        st.markdown(view.say(f"comparison.verdict.{verdict.grade.name.lower()}", n=len(verdict.compared)))
        wording = (sides.series.text_en if view.language == "en" else "") or sides.series.text_pl
        st.caption(view.say("comparison.verdict.question", question=plain(wording)))
        for heading, doubts in (("reservations", verdict.reservations), ("left_out", verdict.left_out)):
            if doubts:
                lines = [f"- {_say_doubt(compared, doubt)}" for doubt in doubts]
                st.markdown("\n".join([view.say(f"comparison.verdict.{heading}"), "", *lines]))
        missing = _without_measurement(compared)
        if missing:
            st.caption(view.say("comparison.verdict.without", names=_name(compared, missing), n=len(missing)))
    if len(verdict.compared) < FEWEST:
        st.info(view.say("comparison.verdict.few", n=FEWEST))
        return False
    return True


def _say_doubt(compared: Compared, doubt: SharedDoubt) -> str:
    words = plain(doubt.doubt.describe(compared.view.language))
    if set(doubt.places) == set(compared.sides.verdict.compared):
        return words
    return f"{words} ({_name(compared, doubt.places)})"


def _without_measurement(compared: Compared) -> list[str]:
    """Return partnerships of the chosen kind that have no measurement of this question."""
    verdict, view = compared.sides.verdict, compared.view
    asked = {*verdict.compared, *(place for doubt in verdict.left_out for place in doubt.places)}
    mine = [
        ref.slug
        for ref in view.scope.partnerships
        if compared.kind is None or compared.sides.kinds.get(ref.slug) is compared.kind
    ]
    return [slug for slug in mine if slug not in asked]


def _name(compared: Compared, slugs: "tuple[str, ...] | list[str]") -> str:
    names = sorted((compared.view.name_of(slug) for slug in slugs), key=sort_key)
    shown = list_names([plain(name) for name in names[:_MOST_NAMES]])
    rest = len(names) - _MOST_NAMES
    return compared.view.say("comparison.verdict.and_more", names=shown, n=rest) if rest > 0 else shown
