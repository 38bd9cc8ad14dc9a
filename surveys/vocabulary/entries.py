"""Entries of the code lists: one frozen dataclass per list that says more than code, labels and synonyms."""

from dataclasses import dataclass
from enum import StrEnum

from surveys.language.texts import Language


class OfficialData(StrEnum):
    """Whether official statistics show a problem."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class YesNoDepends(StrEnum):
    """An answer that rules give: yes, no, or it depends on the call, the statute or the register."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class Sensitivity(StrEnum):
    """Why a problem or group is sensitive; sensitive topics need larger groups before they are shown."""

    ADDICTION = "addiction"
    HEALTH = "health"
    VIOLENCE = "violence"
    CONVICTION = "conviction"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a code list.

    Attributes:
        code: stable; it is what the store keeps.
        label_pl, label_en: as shown on the screen, beginning with a capital letter.
        synonyms_pl, synonyms_en: other ways people write it; none points at two entries of a list.
        hints_pl: words that bring the entry to mind but do not decide ("przemoc" may be P202 or P602); several
            entries may share one. They are suggested and never applied without asking.
    """

    code: str
    label_pl: str
    label_en: str
    synonyms_pl: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    hints_pl: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Return the label as it stands alone (chart, table, drop-down list)."""
        return self.label_pl if language == "pl" else self.label_en

    def phrase(self, language: Language) -> str:
        """Return the label as it stands inside a sentence: small first letter, unless it is an abbreviation.

        >>> Entry("P501", "Samotność seniorów", "Loneliness of older people").phrase("pl")
        'samotność seniorów'
        """
        label = self.label(language)
        first_word = label.split(maxsplit=1)[0]
        return label if first_word[1:] != first_word[1:].lower() else label[:1].lower() + label[1:]

    def synonyms(self, language: Language) -> tuple[str, ...]:
        """Return the synonyms of one language."""
        return self.synonyms_pl if language == "pl" else self.synonyms_en


@dataclass(frozen=True, slots=True)
class Theme(Entry):
    """A theme; ``seed`` marks those that the description of local partnerships names itself."""

    seed: bool = False


@dataclass(frozen=True, slots=True)
class AssistanceReason(Entry):
    """A reason for help of art. 7 of the Polish act on social assistance; ``point`` is its number there."""

    point: str = ""


@dataclass(frozen=True, slots=True)
class Problem(Entry):
    """A social problem.

    Attributes:
        theme: code of its theme.
        assistance_reason: code of the matching reason of art. 7, ``None`` where the act has none.
        official_data: whether official statistics show it.
        sensitivity: why it is sensitive, ``None`` when it is not.
    """

    theme: str = ""
    assistance_reason: str | None = None
    official_data: OfficialData = OfficialData.NO
    sensitivity: Sensitivity | None = None

    @property
    def sensitive(self) -> bool:
        """Whether answers about it need the larger groups of sensitive topics."""
        return self.sensitivity is not None


@dataclass(frozen=True, slots=True)
class TargetGroup(Entry):
    """A group of people something is done for; ``roll_up`` is the code of the wide group it belongs to, or ``None``."""

    roll_up: str | None = None
    sensitivity: Sensitivity | None = None

    @property
    def sensitive(self) -> bool:
        """Whether belonging to the group is sensitive."""
        return self.sensitivity is not None


@dataclass(frozen=True, slots=True)
class RollUp(Entry):
    """A wide group: seniors, children and youth, women, people with disabilities; ``members`` are group codes."""

    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerKind(Entry):
    """A kind of partner.

    Attributes:
        sector: code of the usual sector.
        legal_personality: whether such partners have legal personality (for an office: the unit it serves).
        sector_choice_required: the sector differs from case to case, so a person has to choose it.
    """

    sector: str = ""
    legal_personality: YesNoDepends = YesNoDepends.DEPENDS
    sector_choice_required: bool = False


@dataclass(frozen=True, slots=True)
class FundingSource(Entry):
    """A source of money or of contributions in kind.

    Attributes:
        year_from, year_to: first and last year it was available, ``None`` when not known or still open.
        eligible_sectors: codes of sectors that may apply or use it.
        eligible_kinds: partner kinds that may apply; empty means every kind of the eligible sectors.
        legal_personality_required, own_contribution_required: what the rules ask for.
    """

    year_from: int | None = None
    year_to: int | None = None
    eligible_sectors: tuple[str, ...] = ()
    eligible_kinds: tuple[str, ...] = ()
    legal_personality_required: YesNoDepends = YesNoDepends.DEPENDS
    own_contribution_required: YesNoDepends = YesNoDepends.DEPENDS

    def open_in(self, year: int) -> bool:
        """Whether the source was available in a year, as far as its years are known."""
        return (self.year_from or year) <= year <= (self.year_to or year)


@dataclass(frozen=True, slots=True)
class Scale(Entry):
    """A known answer scale.

    Attributes:
        values_pl, values_en: ordered labels of its points, as long as each other.
        missing_pl, missing_en: labels that mean no answer, never a point of the scale.
        missing_kinds: for each of them the code of its kind of missing.
    """

    values_pl: tuple[str, ...] = ()
    values_en: tuple[str, ...] = ()
    missing_pl: tuple[str, ...] = ()
    missing_en: tuple[str, ...] = ()
    missing_kinds: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Number of points."""
        return len(self.values_pl)

    def values(self, language: Language) -> tuple[str, ...]:
        """Return the ordered labels of one language."""
        return self.values_pl if language == "pl" else self.values_en
