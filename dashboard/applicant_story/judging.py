"""A theme and a source chosen, and what may be said of each partner: may, to be checked, not known, may not."""

import streamlit as st

from dashboard.applicant_story.partners import kind_of, read_partners
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.filtering import choose_code
from dashboard.stories.opening import today
from dashboard.visit import View
from surveys.analysis.applicants import Answer, Ground, Judged, judge_applicant
from surveys.language.collation import sort_key
from surveys.model import Partner
from surveys.vocabulary import FundingSource, YesNoDepends, load

_ICONS = {
    Answer.YES: ":material/check_circle:",
    Answer.CHECK: ":material/search:",
    Answer.UNKNOWN: ":material/help:",
    Answer.NO: ":material/block:",
}
_FILLED_IN = frozenset({Answer.UNKNOWN})


def show_judging(view: View, slug: str) -> None:
    """Let a theme and a source be chosen, and show who may apply."""
    lists = load()
    st.header(view.say("applicants.choose.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="applicants-choice"):
        theme = choose_code(
            "obszar",
            list(lists.themes.codes),
            label=view.say("applicants.choose.theme"),
            placeholder=view.say("applicants.choose.placeholder"),
            labels=lists.themes.labels(view.language),
        )
        source = choose_code(
            "zrodlo",
            list(lists.funding_sources.codes),
            label=view.say("applicants.choose.source"),
            placeholder=view.say("applicants.choose.placeholder"),
            labels=lists.funding_sources.labels(view.language),
        )
    partners = sorted(read_partners(view, slug), key=lambda partner: sort_key(partner.name))
    if theme is None or source is None:
        st.markdown(view.say("applicants.choose.both"))
        if theme is not None and partners:
            st.markdown(_say_without_contribution(view, partners, theme))
        return
    _show_source(view, lists.funding_sources[source])
    judged = [(one, judge_applicant(one, kind_of(one), lists.funding_sources[source], theme)) for one in partners]
    if not any(answer.answer is Answer.YES for _, answer in judged):
        st.markdown(view.say("applicants.nobody"))
    for answer in Answer:
        _show_answer(view, answer, [pair for pair in judged if pair[1].answer is answer])


def _show_source(view: View, source: FundingSource) -> None:
    """Say what the source asks for, and that its own rules decide."""
    lines = []
    if not source.open_in(today().year):
        lines.append(view.say("applicants.source.closed", source=plain(source.label(view.language))))
    lines.append(view.say(f"applicants.source.personality.{source.legal_personality_required.value}"))
    lines.append(view.say(f"applicants.source.contribution.{source.own_contribution_required.value}"))
    if (
        source.own_contribution_required is not YesNoDepends.NO
        or source.legal_personality_required is not YesNoDepends.NO
    ):
        lines.append(view.say("applicants.source.check"))
    st.caption(" ".join(lines))


def _show_answer(view: View, answer: Answer, judged: list[tuple[Partner, Judged]]) -> None:
    if not judged:
        return
    texts = f"applicants.answer.{answer.name.lower()}"
    with st.container(border=True, key=f"card-{answer.name.lower()}"):
        st.header(f"{_ICONS[answer]} {view.say(texts, n=len(judged))}", anchor=False)
        st.markdown("\n".join(f"- {_say_partner(view, partner, one)}" for partner, one in judged))
        if answer in _FILLED_IN:
            st.page_link(
                "app_pages/upload.py", label=view.say("health.go.upload"), icon=":material/arrow_forward:",
                query_params=view.link_to(view.filters.partnership),
            )  # fmt: skip


def _say_partner(view: View, partner: Partner, judged: Judged) -> str:
    reasons = [view.say(f"applicants.ground.{ground.value}") for ground in _told(judged)]
    own = f" ({view.say('card.founded_by')})" if partner.founded_by_partnership else ""
    return f"**{plain(partner.name)}**{own}: {'; '.join(reasons)}"


def _told(judged: Judged) -> tuple[Ground, ...]:
    return judged.reasons or (Ground.OWN_CONTRIBUTION_NOT_NEEDED,)


def _say_without_contribution(view: View, partners: list[Partner], theme: str) -> str:
    """Name the sources that ask for no own contribution and that somebody may apply to in the theme."""
    year = today().year
    found = [
        plain(source.label(view.language))
        for source in load().funding_sources.values()
        if source.own_contribution_required is YesNoDepends.NO
        and source.open_in(year)
        and any(judge_applicant(one, kind_of(one), source, theme).answer is Answer.YES for one in partners)
    ]
    if not found:
        return view.say("applicants.no_contribution.none")
    return view.say("applicants.no_contribution.some", names=list_names(found))
