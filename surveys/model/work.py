"""What is diagnosed and done: diagnoses, problems, their causes and effects, repair projects, activities.

Problem → cause → project → activity → result is the thread that a meeting follows; each refers to the earlier by
``uid``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One round of diagnosis in a partnership.

    Attributes:
        methods: codes of the list ``problem_sources`` (survey, interview, research walk …).
    """

    uid: str
    name: str
    started_on: date | None = None
    ended_on: date | None = None
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem a partnership has diagnosed, in its own words and under a code.

    Attributes:
        code: code of the list ``problems``.
        theme: code of the list ``themes``; by default the theme of the problem's code.
        size, severity, feasibility: ratings 0–10, ``None`` when not rated.
        source: code of the list ``problem_sources``: how the partnership knows.
        status: code of the list ``problem_statuses``.
        diagnosis: uid of the diagnosis it came from, ``None`` when it came from none.
    """

    uid: str
    name: str
    code: str
    theme: str
    status: str
    description: str = ""
    target_groups: tuple[str, ...] = ()
    size: int | None = None
    severity: int | None = None
    feasibility: int | None = None
    source: str | None = None
    identified_on: date | None = None
    diagnosis: str | None = None


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A cause or an effect in the problem trees of a partnership.

    A cause leads to what results from it: other causes, and in the end problems. An effect results from problems, or
    from other effects. One node may stand in the trees of several problems.

    Attributes:
        kind: code of the list ``tree_node_kinds``.
        problems: uids of the problems a cause leads to, or an effect results from.
        results_from: uids of the nodes of the same kind that it results from.
    """

    uid: str
    name: str
    kind: str
    problems: tuple[str, ...] = ()
    results_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Funding:
    """Money of one source in a project.

    Attributes:
        source: code of the list ``funding_sources``.
        amount_pln: in złoty, ``None`` when not known.
        year: year the money is for, ``None`` when not known.
    """

    source: str
    amount_pln: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A repair project of the partnership.

    Attributes:
        status: code of the list ``project_statuses``.
        finance_lead: uid of the partner who carries accounting and staff; may differ from the coordinator.
        partners, problems: uids.
        own_contribution_pln: in złoty, ``None`` when not known.
        result: what came of it, in the partnership's words.
        causes: uids of the causes in the problem trees that it takes on.
        target_groups: codes of the list ``target_groups``; empty where those of its activities say it.
        result_indicator: what is measured; ``result_unit``: in what.
        result_before, result_target, result_after: numbers before the project, wanted, and reached; ``None`` when
            not known.
        result_measured_on: day of the number reached; next_measurement_on: day of the next one.
        result_shared: agreed to show the result to other partnerships; ``None`` when nobody was asked.
    """

    uid: str
    name: str
    status: str
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    finance_lead: str | None = None
    partners: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    funding: tuple[Funding, ...] = ()
    own_contribution_pln: Decimal | None = None
    result: str = ""
    causes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    result_indicator: str = ""
    result_unit: str = ""
    result_before: float | None = None
    result_target: float | None = None
    result_after: float | None = None
    result_measured_on: date | None = None
    next_measurement_on: date | None = None
    result_shared: bool | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened or is planned.

    Attributes:
        theme: code of the list ``themes``; form: code of the list ``activity_forms``.
        target_groups: codes of the list ``target_groups``.
        participants_count: people who took part, ``None`` when nobody counted.
        partners, problems: uids; project: uid or ``None``.
    """

    uid: str
    name: str
    theme: str
    form: str
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    description: str = ""
    target_groups: tuple[str, ...] = ()
    participants_count: int | None = None
    partners: tuple[str, ...] = ()
    project: str | None = None
    problems: tuple[str, ...] = ()
