"""Who may apply: for a theme and a funding source, what each partner's own facts and the source's rules say.

Nothing is guessed. What a partner's facts don't tell is *unknown*, with what to fill in; what depends on a call's own
rules is *to be checked* there. Facts of sources stand in ``funding_sources.csv``, facts of kinds of partners in
``partner_kinds.csv``.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from surveys.model.partnership import Partner
from surveys.vocabulary import FundingSource, PartnerKind, YesNoDepends


class Answer(IntEnum):
    """May a partner apply? The worst of all its reasons holds."""

    YES = 0
    CHECK = 1  # it depends on the call's rules
    UNKNOWN = 2  # something about the partner was not entered
    NO = 3


class Ground(StrEnum):
    """One reason for an answer; each belongs to one answer."""

    OWN_CONTRIBUTION_NOT_NEEDED = "own_contribution_not_needed"
    OWN_CONTRIBUTION_THERE = "own_contribution_there"
    PERSONALITY_DEPENDS = "personality_depends"
    THROUGH_ANOTHER = "through_another"
    OWN_CONTRIBUTION_DEPENDS = "own_contribution_depends"
    SECTOR_UNKNOWN = "sector_unknown"
    PERSONALITY_UNKNOWN = "personality_unknown"
    THEMES_UNKNOWN = "themes_unknown"
    OWN_CONTRIBUTION_UNKNOWN = "own_contribution_unknown"
    NOT_A_MEMBER = "not_a_member"
    NOT_ADMITTED = "not_admitted"
    NO_PERSONALITY = "no_personality"
    OUTSIDE_STATUTE = "outside_statute"
    NO_OWN_CONTRIBUTION = "no_own_contribution"


ANSWERS: dict[Ground, Answer] = {
    Ground.OWN_CONTRIBUTION_NOT_NEEDED: Answer.YES,
    Ground.OWN_CONTRIBUTION_THERE: Answer.YES,
    Ground.PERSONALITY_DEPENDS: Answer.CHECK,
    Ground.THROUGH_ANOTHER: Answer.CHECK,
    Ground.OWN_CONTRIBUTION_DEPENDS: Answer.CHECK,
    Ground.SECTOR_UNKNOWN: Answer.UNKNOWN,
    Ground.PERSONALITY_UNKNOWN: Answer.UNKNOWN,
    Ground.THEMES_UNKNOWN: Answer.UNKNOWN,
    Ground.OWN_CONTRIBUTION_UNKNOWN: Answer.UNKNOWN,
    Ground.NOT_A_MEMBER: Answer.NO,
    Ground.NOT_ADMITTED: Answer.NO,
    Ground.NO_PERSONALITY: Answer.NO,
    Ground.OUTSIDE_STATUTE: Answer.NO,
    Ground.NO_OWN_CONTRIBUTION: Answer.NO,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be said of one partner.

    Attributes:
        uid: of the partner.
        grounds: why, in the order they are looked at.
    """

    uid: str
    grounds: tuple[Ground, ...]

    @property
    def answer(self) -> Answer:
        """The worst of all grounds."""
        return max((ANSWERS[ground] for ground in self.grounds), default=Answer.YES)

    @property
    def reasons(self) -> tuple[Ground, ...]:
        """The grounds that decide the answer."""
        return tuple(ground for ground in self.grounds if ANSWERS[ground] is self.answer)


def judge_applicant(partner: Partner, kind: PartnerKind | None, source: FundingSource, theme: str) -> Judged:
    """Return whether a partner may apply to a source for a project in a theme.

    Args:
        partner: with its sector, statutory themes and the rest.
        kind: of the partner; ``None`` when its code is not on the list.
        source: funding source.
        theme: code of the theme.
    """
    grounds = (
        _membership(partner),
        _admission(partner, source),
        _personality(partner, kind, source),
        _statute(partner, theme),
        _contribution(partner, source),
    )
    return Judged(partner.uid, tuple(ground for ground in grounds if ground is not None))


def covers_theme(partner: Partner, kind: PartnerKind | None, theme: str) -> bool | None:
    """Return whether a partner could carry a project in a theme at all, whatever the source; ``None`` when not known.

    It has to have legal personality, and its statute has to allow the theme.
    """
    if _membership(partner) is not None:
        return False
    personality = has_personality(partner, kind)
    statute = theme in partner.statutory_themes if partner.statutory_themes else None
    if personality is False or statute is False:
        return False
    return None if personality is None or statute is None else True


def has_personality(partner: Partner, kind: PartnerKind | None) -> bool | None:
    """Return whether a partner has legal personality: as entered, else as its kind always has; ``None``: not known."""
    if partner.has_legal_personality is not None or kind is None:
        return partner.has_legal_personality
    return {YesNoDepends.YES: True, YesNoDepends.NO: False}.get(kind.legal_personality)


def _membership(partner: Partner) -> Ground | None:
    return Ground.NOT_A_MEMBER if partner.membership.status in {"withdrawn", "suspended"} else None


def _admission(partner: Partner, source: FundingSource) -> Ground | None:
    if source.eligible_kinds:
        # A list of kinds is the rule; sectors beside it only say where those kinds usually stand.
        return None if partner.kind in source.eligible_kinds else Ground.NOT_ADMITTED
    if not partner.sector:
        return Ground.SECTOR_UNKNOWN
    return None if partner.sector in source.eligible_sectors else Ground.NOT_ADMITTED


def _personality(partner: Partner, kind: PartnerKind | None, source: FundingSource) -> Ground | None:
    if source.legal_personality_required is YesNoDepends.NO:
        return None
    personality = has_personality(partner, kind)
    if personality:
        return None
    if source.legal_personality_required is YesNoDepends.DEPENDS:
        return Ground.PERSONALITY_DEPENDS
    if personality is None:
        return Ground.PERSONALITY_UNKNOWN
    # A school or a centre without personality of its own applies in the name of its gmina or county.
    return Ground.THROUGH_ANOTHER if partner.sector == "public" else Ground.NO_PERSONALITY


def _statute(partner: Partner, theme: str) -> Ground | None:
    if not partner.statutory_themes:
        return Ground.THEMES_UNKNOWN
    return None if theme in partner.statutory_themes else Ground.OUTSIDE_STATUTE


def _contribution(partner: Partner, source: FundingSource) -> Ground:
    if source.own_contribution_required is YesNoDepends.NO:
        return Ground.OWN_CONTRIBUTION_NOT_NEEDED
    if partner.can_contribute:
        return Ground.OWN_CONTRIBUTION_THERE
    if source.own_contribution_required is YesNoDepends.DEPENDS:
        return Ground.OWN_CONTRIBUTION_DEPENDS
    return Ground.OWN_CONTRIBUTION_UNKNOWN if partner.can_contribute is None else Ground.NO_OWN_CONTRIBUTION
