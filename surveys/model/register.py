"""The register of one partnership: everything its workbook (Karta partnerstwa) holds, as one value."""

from dataclasses import dataclass

from surveys.model.partnership import Partner, Partnership
from surveys.model.work import Activity, Diagnosis, Problem, Project, TreeNode

Entity = Partnership | Partner | Diagnosis | Problem | TreeNode | Project | Activity


@dataclass(frozen=True, slots=True)
class Register:
    """One partnership with its partners, diagnoses, problems, projects, activities and problem trees.

    References between entities are uids inside the same register.
    """

    partnership: Partnership
    partners: tuple[Partner, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    problems: tuple[Problem, ...] = ()
    projects: tuple[Project, ...] = ()
    activities: tuple[Activity, ...] = ()
    tree_nodes: tuple[TreeNode, ...] = ()
