"""The register of one partnership: everything its workbook (Karta partnerstwa) holds, as one value."""

from dataclasses import dataclass

from surveys.model.partnership import Partner, Partnership
from surveys.model.work import Activity, Diagnosis, Problem, Project

Entity = Partnership | Partner | Diagnosis | Problem | Project | Activity


@dataclass(frozen=True, slots=True)
class Register:
    """One partnership with its partners, diagnoses, problems, projects and activities.

    References between entities are uids inside the same register.
    """

    partnership: Partnership
    partners: tuple[Partner, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    problems: tuple[Problem, ...] = ()
    projects: tuple[Project, ...] = ()
    activities: tuple[Activity, ...] = ()
