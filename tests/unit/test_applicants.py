"""Who may apply: every ground by a partner made for it; what is not known is never said to be yes or no."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.texts import texts
from surveys.analysis.applicants import ANSWERS, Answer, Ground, covers_theme, judge_applicant
from surveys.model import Membership, Partner
from surveys.vocabulary import FundingSource, YesNoDepends, load

YES, NO, DEPENDS = YesNoDepends.YES, YesNoDepends.NO, YesNoDepends.DEPENDS
KINDS = load().partner_kinds
CLUB = Partner(
    "k", "Klub", "K203", "civic", Membership("active"), has_legal_personality=True, can_contribute=True,
    statutory_themes=("T04",),
)  # fmt: skip


def a_source(personality: YesNoDepends = YES, contribution: YesNoDepends = YES, **more: object) -> FundingSource:
    return FundingSource(
        "FSX", "Źródło", "Source", eligible_sectors=("public", "civic"),
        legal_personality_required=personality, own_contribution_required=contribution, **more,  # type: ignore[arg-type] # the parts a test names
    )  # fmt: skip


STRICT = a_source()
CASES: list[tuple[Ground, Partner, FundingSource]] = [
    (Ground.OWN_CONTRIBUTION_THERE, CLUB, STRICT),
    (Ground.OWN_CONTRIBUTION_NOT_NEEDED, replace(CLUB, can_contribute=False), a_source(contribution=NO)),
    (Ground.OWN_CONTRIBUTION_DEPENDS, replace(CLUB, can_contribute=False), a_source(contribution=DEPENDS)),
    (Ground.OWN_CONTRIBUTION_UNKNOWN, replace(CLUB, can_contribute=None), STRICT),
    (Ground.NO_OWN_CONTRIBUTION, replace(CLUB, can_contribute=False), STRICT),
    (Ground.PERSONALITY_DEPENDS, replace(CLUB, has_legal_personality=None), a_source(personality=DEPENDS)),
    (Ground.PERSONALITY_UNKNOWN, replace(CLUB, has_legal_personality=None), STRICT),
    (Ground.NO_PERSONALITY, replace(CLUB, has_legal_personality=False), STRICT),
    (Ground.THROUGH_ANOTHER, replace(CLUB, kind="K106", sector="public", has_legal_personality=None), STRICT),
    (Ground.THEMES_UNKNOWN, replace(CLUB, statutory_themes=()), STRICT),
    (Ground.OUTSIDE_STATUTE, replace(CLUB, statutory_themes=("T01",)), STRICT),
    (Ground.SECTOR_UNKNOWN, replace(CLUB, sector=""), STRICT),
    (Ground.NOT_ADMITTED, replace(CLUB, sector="business"), STRICT),
    (Ground.NOT_A_MEMBER, replace(CLUB, membership=Membership("suspended")), STRICT),
]


@pytest.mark.parametrize(("ground", "partner", "source"), CASES)
def test_each_ground_decides_alone(ground: Ground, partner: Partner, source: FundingSource) -> None:
    judged = judge_applicant(partner, KINDS[partner.kind], source, "T04")
    assert judged.reasons == (ground,)
    assert judged.answer is ANSWERS[ground]


def test_every_ground_has_a_case_an_answer_and_words() -> None:
    assert {ground for ground, _, _ in CASES} == set(Ground) == set(ANSWERS)
    assert all(f"applicants.ground.{ground.value}" in texts() for ground in Ground)
    assert all(f"applicants.answer.{answer.name.lower()}" in texts() for answer in Answer)


def test_a_list_of_kinds_is_the_rule_of_a_source() -> None:
    brigade = replace(CLUB, kind="K204")
    village_fund = load().funding_sources["FS04"]
    assert judge_applicant(brigade, KINDS["K204"], village_fund, "T04").answer is Answer.YES
    assert judge_applicant(CLUB, KINDS["K203"], village_fund, "T04").reasons == (Ground.NOT_ADMITTED,)


def test_what_a_kind_always_has_need_not_be_entered() -> None:
    foundation = replace(CLUB, kind="K202", has_legal_personality=None)
    assert judge_applicant(foundation, KINDS["K202"], STRICT, "T04").answer is Answer.YES
    assert covers_theme(foundation, KINDS["K202"], "T04") is True
    assert covers_theme(foundation, None, "T04") is None, "a kind that is not on the list tells nothing"


partners = st.builds(
    Partner,
    st.just("x"),
    st.just("X"),
    st.sampled_from(KINDS.codes),
    st.sampled_from(["public", "civic", "business", "other", ""]),
    st.sampled_from(["active", "candidate", "suspended"]).map(Membership),
    has_legal_personality=st.none() | st.booleans(),
    can_contribute=st.none() | st.booleans(),
    statutory_themes=st.sampled_from([(), ("T04",), ("T01", "T02")]),
)


@given(partners, st.sampled_from(load().funding_sources.codes))
def test_entering_what_was_missing_ends_what_is_not_known(partner: Partner, code: str) -> None:
    source, kind = load().funding_sources[code], KINDS[partner.kind]
    judged = judge_applicant(partner, kind, source, "T04")
    filled = replace(
        partner,
        sector=partner.sector or "civic",
        has_legal_personality=bool(partner.has_legal_personality),
        can_contribute=bool(partner.can_contribute),
        statutory_themes=partner.statutory_themes or ("T04",),
    )
    assert judge_applicant(filled, kind, source, "T04").answer is not Answer.UNKNOWN
    if judged.answer is Answer.YES and not source.eligible_kinds:
        assert partner.sector in source.eligible_sectors
        assert "T04" in partner.statutory_themes
