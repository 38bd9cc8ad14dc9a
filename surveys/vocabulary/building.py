"""Building an entry from a row: what each list's columns mean and which words they may hold."""

from collections.abc import Mapping
from typing import TypedDict

from surveys.vocabulary.code_list import CodeList
from surveys.vocabulary.entries import (
    AssistanceReason,
    Entry,
    FundingSource,
    OfficialData,
    PartnerKind,
    Problem,
    RollUp,
    Scale,
    Sensitivity,
    TargetGroup,
    Theme,
    YesNoDepends,
)
from surveys.vocabulary.reading import Row

BASE_COLUMNS = ("code", "label_pl", "label_en", "synonyms_pl", "hints_pl", "synonyms_en")
PROBLEM_COLUMNS = ("theme", "assistance_reason", "official_data", "sensitive")
KIND_COLUMNS = ("sector", "legal_personality", "sector_choice_required")
FUNDING_COLUMNS = (
    "year_from",
    "year_to",
    "eligible_sectors",
    "eligible_kinds",
    "legal_personality_required",
    "own_contribution_required",
)
SCALE_COLUMNS = ("values_pl", "values_en", "missing_pl", "missing_en", "missing_kinds")

# The words of the files are Polish: the people who edit them read Polish.
_YES_NO: Mapping[str, bool] = {"tak": True, "nie": False}
_OFFICIAL = {"tak": OfficialData.YES, "częściowo": OfficialData.PARTLY, "nie": OfficialData.NO}
_DEPENDS = {"tak": YesNoDepends.YES, "nie": YesNoDepends.NO, "zależy": YesNoDepends.DEPENDS}
_SENSITIVITY: Mapping[str, Sensitivity | None] = {
    "": None,
    "uzależnienia": Sensitivity.ADDICTION,
    "zdrowie": Sensitivity.HEALTH,
    "przemoc": Sensitivity.VIOLENCE,
    "karalność": Sensitivity.CONVICTION,
}


def build_entry(row: Row) -> Entry:
    """Build an entry of a list without columns of its own."""
    return Entry(**_base(row))


def build_theme(row: Row) -> Theme:
    """Build a theme."""
    return Theme(**_base(row), seed=row.choice("seed", _YES_NO, fallback=False))


def build_reason(row: Row) -> AssistanceReason:
    """Build a reason for help of art. 7."""
    return AssistanceReason(**_base(row), point=row.text("point"))


def build_problem(row: Row) -> Problem:
    """Build a problem."""
    return Problem(
        **_base(row),
        theme=row.text("theme"),
        assistance_reason=row.text("assistance_reason") or None,
        official_data=row.choice("official_data", _OFFICIAL, fallback=OfficialData.NO),
        sensitivity=row.choice("sensitive", _SENSITIVITY, fallback=None),
    )


def build_group(row: Row) -> TargetGroup:
    """Build a target group."""
    return TargetGroup(
        **_base(row),
        roll_up=row.text("roll_up") or None,
        sensitivity=row.choice("sensitive", _SENSITIVITY, fallback=None),
    )


def build_kind(row: Row) -> PartnerKind:
    """Build a partner kind."""
    return PartnerKind(
        **_base(row),
        sector=row.text("sector"),
        legal_personality=row.choice("legal_personality", _DEPENDS, fallback=YesNoDepends.DEPENDS),
        sector_choice_required=row.choice("sector_choice_required", _YES_NO, fallback=False),
    )


def build_funding(row: Row) -> FundingSource:
    """Build a funding source."""
    year_from, year_to = row.year("year_from"), row.year("year_to")
    if year_from and year_to and year_to < year_from:
        row.faults.add("VOCABULARY-YEARS-REVERSED", row.place("year_to"), year_from=year_from, year_to=year_to)
    return FundingSource(
        **_base(row),
        year_from=year_from,
        year_to=year_to,
        eligible_sectors=row.words("eligible_sectors"),
        eligible_kinds=row.words("eligible_kinds"),
        legal_personality_required=row.choice("legal_personality_required", _DEPENDS, fallback=YesNoDepends.DEPENDS),
        own_contribution_required=row.choice("own_contribution_required", _DEPENDS, fallback=YesNoDepends.DEPENDS),
    )


def build_scale(row: Row) -> Scale:
    """Build an answer scale; labels of both languages have to run in parallel."""
    scale = Scale(
        **_base(row),
        values_pl=row.words("values_pl"),
        values_en=row.words("values_en"),
        missing_pl=row.words("missing_pl"),
        missing_en=row.words("missing_en"),
        missing_kinds=row.words("missing_kinds"),
    )
    for column, other in (("values_en", "values_pl"), ("missing_en", "missing_pl"), ("missing_kinds", "missing_pl")):
        found, expected = len(row.words(column)), len(row.words(other))
        if found != expected:
            row.faults.add("VOCABULARY-PARALLEL-LENGTH", row.place(column), found=found, expected=expected, other=other)
    return scale


def gather_roll_ups(wide: CodeList[Entry], groups: CodeList[TargetGroup]) -> CodeList[RollUp]:
    """Return the wide groups with their members, in the order of the groups' file."""
    return CodeList(
        wide.name,
        [
            RollUp(
                code=entry.code,
                label_pl=entry.label_pl,
                label_en=entry.label_en,
                synonyms_pl=entry.synonyms_pl,
                hints_pl=entry.hints_pl,
                synonyms_en=entry.synonyms_en,
                members=tuple(group.code for group in groups.values() if group.roll_up == entry.code),
            )
            for entry in wide.values()
        ],
    )


class _Base(TypedDict):
    code: str
    label_pl: str
    label_en: str
    synonyms_pl: tuple[str, ...]
    hints_pl: tuple[str, ...]
    synonyms_en: tuple[str, ...]


def _base(row: Row) -> _Base:
    return {
        "code": row.text("code"),
        "label_pl": row.text("label_pl"),
        "label_en": row.text("label_en"),
        "synonyms_pl": row.words("synonyms_pl"),
        "hints_pl": row.words("hints_pl"),
        "synonyms_en": row.words("synonyms_en"),
    }
