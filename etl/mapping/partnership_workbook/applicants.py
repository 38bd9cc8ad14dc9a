"""Who may carry a project's money: the finance lead's legal personality, and whom the funding sources are for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.mapping.partnership_workbook.building import sector_of
from etl.mapping.partnership_workbook.rows import Row
from surveys.model import Partner
from surveys.vocabulary import FundingSource, YesNoDepends, load


@dataclass(frozen=True, slots=True)
class Applicant:
    """What matters about a partner who might apply."""

    name: str
    kind: str
    sector: str
    has_legal_personality: bool | None


def gather_applicants(partners: Iterable[Row], known: Iterable[Partner]) -> Mapping[str, Applicant]:
    """Return partners by uid, those of the workbook before those that only the store knows."""
    applicants = {
        partner.uid: Applicant(partner.name, partner.kind, partner.sector, partner.has_legal_personality)
        for partner in known
    }
    for row in partners:
        personality = row.flag("has_legal_personality")
        applicants[row.uid] = Applicant(row.text("name"), row.text("kind"), sector_of(row), personality)
    return applicants


def check_applicants(projects: Sequence[Row], applicants: Mapping[str, Applicant]) -> None:
    """Note projects whose lead cannot sign an agreement, or with sources that none of their partners may apply for."""
    for row in projects:
        lead = applicants.get(row.text("finance_lead"))
        if lead is not None and not _may_sign(lead):
            row.spot("finance_lead").fault("FINANCE-LEAD-WITHOUT-PERSONALITY", name=lead.name)
        uids = (row.text("finance_lead"), *row.texts("partners"))
        candidates = [applicants[uid] for uid in uids if uid in applicants and applicants[uid].kind]
        _check_sources(row, candidates)


def _check_sources(row: Row, candidates: Sequence[Applicant]) -> None:
    vocabulary = load()
    seen = {""}
    for number, (code, *_) in enumerate(row.money()):
        # A source stands once for each of its years; its doubt is one.
        if code in seen or not candidates:
            continue
        seen.add(code)
        source = vocabulary.funding_sources[code]
        if any(_may_apply(candidate, source) for candidate in candidates):
            continue
        labels = (vocabulary.partner_kinds if source.eligible_kinds else vocabulary.sectors).labels("pl")
        allowed = "; ".join(labels[code] for code in source.eligible_kinds or source.eligible_sectors)
        spot = row.spot("funding_source", number)
        spot.fault("FUNDING-APPLICANT-DOUBTFUL", source=source.label("pl"), allowed=allowed)


def _may_sign(lead: Applicant) -> bool:
    if lead.has_legal_personality is not None:
        return lead.has_legal_personality
    kind = load().partner_kinds.get(lead.kind)
    return kind is None or kind.legal_personality is not YesNoDepends.NO


def _may_apply(candidate: Applicant, source: FundingSource) -> bool:
    if source.eligible_kinds:
        return candidate.kind in source.eligible_kinds
    return not source.eligible_sectors or candidate.sector in source.eligible_sectors
