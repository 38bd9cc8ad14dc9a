"""Invented partners of a partnership and their memberships."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.sample.chance import Chance
from etl.sample.templates import PartnerTemplate, Profile, load_templates
from surveys.model import Membership, Partner
from surveys.vocabulary import YesNoDepends, load

_ALWAYS = 9  # weight of a partner whom every partnership of the setting has
_COORDINATOR_KINDS = ("K201", "K202", "K103", "K110", "K101")
_LAST_DECLARATION = date(2025, 11, 30)


@dataclass(frozen=True, slots=True)
class SamplePartner:
    """A partner and how willingly it carries the finances of projects (0 = never)."""

    partner: Partner
    lead: int

    def takes_part_on(self, day: date) -> bool:
        """Whether it was a member on a day."""
        membership = self.partner.membership
        return (
            membership.declared_on is not None
            and membership.declared_on <= day
            and (membership.withdrawn_on is None or membership.withdrawn_on > day)
        )


def invent_partners(profile: Profile, chance: Chance) -> list[SamplePartner]:
    """Return the partners of a partnership, those who founded it first."""
    chosen = _choose(profile, chance)
    coordinator = next(at for kind in _COORDINATOR_KINDS for at, (one, _) in enumerate(chosen) if one.kind == kind)
    leading = {at: 3.0 if one.lead else 1.0 for at, (one, _) in enumerate(chosen) if one.kind != "K401"}
    leading[coordinator] = 0.0
    team = set(chance.some(list(leading), profile.team_size - 1, list(leading.values())))
    made = []
    for at, (template, name) in enumerate(chosen):
        if at == coordinator:
            roles: tuple[str, ...] = ("coordination", "coordinator")
        else:
            roles = ("coordination",) if at in team else ("member",)
        settled = template.weight == _ALWAYS or at in team or at == coordinator
        membership = replace(_membership(profile, chance, settled=settled), roles=roles)
        made.append(SamplePartner(_partner(template, name, membership, chance), template.lead))
    if profile.own_organisation:
        made.append(_own_organisation(profile, chance))
    made.sort(key=lambda one: one.partner.membership.declared_on or date.max)
    return [
        replace(one, partner=replace(one.partner, uid=f"partner-{number:02}")) for number, one in enumerate(made, 1)
    ]


def _choose(profile: Profile, chance: Chance) -> list[tuple[PartnerTemplate, str]]:
    """Templates with one name each, those of every partnership first."""
    wanted = profile.counts["partners"] - bool(profile.own_organisation)
    sure: list[tuple[PartnerTemplate, str]] = []
    maybe: list[tuple[PartnerTemplate, str]] = []
    for template in load_templates().partners:
        names = list(template.names[profile.setting])
        if names and template.weight == _ALWAYS:
            sure.append((template, names.pop(chance.between(0, len(names) - 1))))
        maybe += [(template, name) for name in names]
    # Every partnership has somebody from business, as the idea of local partnerships wants.
    business = [choice for choice in maybe if choice[0].kind.startswith("K3")]
    sure += chance.some(business, 1, [template.weight for template, _ in business])
    maybe = [choice for choice in maybe if choice not in sure]
    return sure + chance.some(maybe, wanted - len(sure), [template.weight**1.5 for template, _ in maybe])


def _membership(profile: Profile, chance: Chance, *, settled: bool) -> Membership:
    if settled or chance.happens(0.45):
        declared = chance.day(profile.founded_on, profile.founded_on + timedelta(days=75))
    else:
        declared = chance.day(profile.founded_on + timedelta(days=76), _LAST_DECLARATION)
    if settled or chance.happens(0.72):
        return Membership("active", declared)
    if chance.happens(0.5):
        left = chance.day(max(declared + timedelta(days=400), date(2019, 3, 1)), date(2026, 5, 31))
        return Membership("withdrawn", declared, left)
    return Membership("suspended", declared) if chance.happens(0.5) else Membership("candidate")


def _partner(template: PartnerTemplate, name: str, membership: Membership, chance: Chance) -> Partner:
    kind = load().partner_kinds[template.kind]
    legal = {YesNoDepends.YES: True, YesNoDepends.NO: False}.get(kind.legal_personality)
    if legal is None and chance.happens(0.7):
        legal = template.lead > 0 or chance.happens(0.5)
    return Partner(
        uid="",
        name=name,
        kind=template.kind,
        sector=template.sector or kind.sector,
        membership=membership,
        has_legal_personality=legal,
        can_contribute=template.contributes if chance.happens(0.85) else None,
        statutory_themes=template.themes,
    )


def _own_organisation(profile: Profile, chance: Chance) -> SamplePartner:
    """The organisation that the partnership founded to apply for money, with broad aims in its statute."""
    declared = chance.day(profile.founded_on + timedelta(days=300), profile.founded_on + timedelta(days=1400))
    return SamplePartner(
        Partner(
            uid="",
            name=profile.own_organisation,
            kind="K202" if profile.own_organisation.startswith("Fundacja") else "K201",
            sector="civic",
            membership=Membership("active", declared, roles=("member",)),
            has_legal_personality=True,
            can_contribute=False,
            statutory_themes=load().themes.codes,
            founded_by_partnership=True,
        ),
        lead=5,
    )
