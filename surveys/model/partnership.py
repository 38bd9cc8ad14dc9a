"""Who acts: the partnership, its territory and rules, its partners and their memberships."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Territory:
    """A piece of the territory a partnership works in.

    Attributes:
        teryt: TERYT code of any level: 2 (voivodeship), 4 (powiat) or 7 digits (gmina, city district).
        name: a named area inside that unit (Powiśle, Dolina Jeziorki), empty when the whole unit is meant.
    """

    teryt: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The jointly adopted rules (regulamin).

    Attributes:
        version: as the partnership names it, for example ``2`` or ``2023-1``.
        adopted_on: day of adoption.
        covers: what the rules cover (aims, membership, structure), in the partnership's words.
    """

    version: str
    adopted_on: date | None = None
    covers: str = ""


@dataclass(frozen=True, slots=True)
class Partnership:
    """A local partnership: a voluntary agreement without legal personality.

    Attributes:
        slug: the Polish name folded to ASCII; its name in addresses and commands.
        sample: invented data, marked as such wherever it is shown.
    """

    slug: str
    name: str
    territory: tuple[Territory, ...] = ()
    founded_on: date | None = None
    aims: str = ""
    website: str = ""
    rules: Rules | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A partner's membership in its partnership.

    Attributes:
        status: code of the list ``membership_statuses``.
        declared_on: date of the written declaration (deklaracja uczestnictwa).
        withdrawn_on: date of withdrawal, ``None`` while the partner stays.
        roles: codes of the list ``membership_roles``, for example the coordination team.
    """

    status: str
    declared_on: date | None = None
    withdrawn_on: date | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation (or resident) that takes part in one partnership.

    Attributes:
        kind: code of the list ``partner_kinds``.
        sector: code of the list ``sectors``.
        has_legal_personality: ``None`` when not known.
        can_contribute: whether it can bring an own contribution; ``None`` when not known.
        statutory_themes: codes of themes its statute allows it to apply for.
        founded_by_partnership: "organizacja powołana przez partnerstwo".
    """

    uid: str
    name: str
    kind: str
    sector: str
    membership: Membership
    has_legal_personality: bool | None = None
    can_contribute: bool | None = None
    statutory_themes: tuple[str, ...] = ()
    founded_by_partnership: bool = False
