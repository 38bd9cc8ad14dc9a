"""What a partnership could do next to stay alive: rules over its register, each with what made it speak.

A rule never grades a partnership; it names something that can be mended, and the things it is about. Days are counted
from a day that the caller gives. What was not entered cannot be told from what did not happen: the page says so.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from surveys.analysis.health_signs import RegisterParts, Signs, Thresholds, read_signs


class Step(StrEnum):
    """Something to do next, the most pressing first: the order of this list is the order on the page."""

    NO_PARTNERS = "no_partners"
    NO_MEETING = "no_meeting"
    NO_COORDINATION = "no_coordination"
    PROJECT_PAST_END = "project_past_end"
    PROJECT_WITHOUT_LEAD = "project_without_lead"
    PROJECT_WITHOUT_RESULT = "project_without_result"
    ONE_SECTOR_COORDINATION = "one_sector_coordination"
    DECLARATION_UNDATED = "declaration_undated"
    CANDIDATE_WAITING = "candidate_waiting"
    RULES_MISSING = "rules_missing"
    RULES_UNDATED = "rules_undated"
    RULES_OLD = "rules_old"
    ACTIVITY_WITHOUT_PARTNERS = "activity_without_partners"
    PROBLEM_WITHOUT_REVIEW = "problem_without_review"
    PROBLEM_UNDATED = "problem_undated"
    DIAGNOSIS_OLD = "diagnosis_old"
    DATA_OLD = "data_old"
    PARTNER_WITHOUT_SECTOR = "partner_without_sector"
    NO_TERRITORY = "no_territory"
    DECLARATION_OLD = "declaration_old"


# Signs that a partnership may have stopped working together: whoever supports it could ring and ask.
CALLING = frozenset({Step.NO_PARTNERS, Step.NO_MEETING, Step.NO_COORDINATION, Step.DATA_OLD})


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do.

    Attributes:
        step: what it is.
        uids: partners, projects, activities or problems it is about, in the register's order; empty when it is about
            the partnership as a whole.
        since: last day that was good (the last meeting, the adoption of the rules); ``None`` when there is none.
    """

    step: Step
    uids: tuple[str, ...] = ()
    since: date | None = None


def find_next_steps(
    register: RegisterParts,
    today: date,
    *,
    thresholds: Thresholds | None = None,
    meetings: pd.DataFrame | None = None,
    surveys: pd.DataFrame | None = None,
) -> dict[str, tuple[NextStep, ...]]:
    """Return what each partnership could do next, by its slug, the most pressing first; an empty tuple: all is well.

    Args:
        register: frames of the register.
        today: the day from which ages are counted.
        thresholds: after how long something is old; the standard ones by default.
        meetings: further meetings than activities of the form "spotkanie partnerstwa": partnership, on.
        surveys: measurements: partnership, opened_on; a survey is a diagnosis too.
    """
    signs = read_signs(register, today, thresholds or Thresholds(), meetings=meetings, surveys=surveys)
    found: dict[str, list[NextStep]] = {str(slug): [] for slug in register.partnerships["slug"]}
    for step in Step:
        for slug, (uids, since) in _gather(signs, step).items():
            if slug in found:
                found[slug].append(NextStep(step, uids, since))
    return {slug: tuple(steps) for slug, steps in found.items()}


def needs_call(steps: tuple[NextStep, ...]) -> bool:
    """Whether a partnership may have stopped working together, so that somebody could ring and ask."""
    return any(one.step in CALLING for one in steps)


def _gather(signs: Signs, step: Step) -> dict[str, tuple[tuple[str, ...], date | None]]:
    frame = signs.get(step.value)
    if frame is None or frame.empty:
        return {}
    gathered: dict[str, tuple[tuple[str, ...], date | None]] = {}
    for slug, uid, since in zip(frame["partnership"], frame["uid"], frame["since"], strict=True):
        before, _ = gathered.get(slug, ((), None))
        day = None if pd.isna(since) else since.date()
        gathered[str(slug)] = (before if uid is None or pd.isna(uid) else (*before, str(uid)), day)
    return gathered
