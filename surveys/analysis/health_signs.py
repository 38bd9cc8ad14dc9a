"""Signs of what could be mended, partnership by partnership: frames in, frames out, whatever their number.

`health` orders them and says what to do; every threshold stands in `Thresholds`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pandas as pd

Signs = dict[str, pd.DataFrame]

_MEETING_FORM = "F27"
_COORDINATING = ("coordination", "coordinator")
_UNDER_WAY = ("preparation", "submitted", "in_progress")
_CLOSED_PROBLEM = ("solved", "postponed")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """After how long something is worth a look.

    Attributes:
        meeting_days: since the last meeting: half a year.
        declaration_years, rules_years: since the declaration, the adoption: a term of local government, after which
            heads of offices and boards of organisations often are other people.
        activity_years: older activities without partners are left alone.
        review_years: since a problem was diagnosed, without any activity for it in that time.
        diagnosis_years: since the last diagnosis or survey.
        data_days: since anything was entered: a year.
    """

    meeting_days: int = 183
    declaration_years: int = 5
    rules_years: int = 5
    activity_years: int = 2
    review_years: int = 2
    diagnosis_years: int = 4
    data_days: int = 365


class RegisterParts(Protocol):
    """The frames of the register that are asked; columns as `etl.store.reading` has them."""

    @property
    def partnerships(self) -> pd.DataFrame:
        """One row a partnership: slug, rules_version, rules_adopted_on, changed_at."""

    @property
    def territories(self) -> pd.DataFrame:
        """Territories: partnership, teryt."""

    @property
    def partners(self) -> pd.DataFrame:
        """Partners: partnership, uid, sector, status, declared_on."""

    @property
    def partner_roles(self) -> pd.DataFrame:
        """Roles of partners: partnership, uid, role."""

    @property
    def diagnoses(self) -> pd.DataFrame:
        """Diagnoses: partnership, started_on, ended_on."""

    @property
    def problems(self) -> pd.DataFrame:
        """Problems: partnership, uid, status, identified_on."""

    @property
    def projects(self) -> pd.DataFrame:
        """Projects: partnership, uid, status, ends_on, finance_lead, result."""

    @property
    def activities(self) -> pd.DataFrame:
        """Activities: partnership, uid, form, starts_on."""

    @property
    def activity_partners(self) -> pd.DataFrame:
        """Links: partnership, uid, partner."""

    @property
    def activity_problems(self) -> pd.DataFrame:
        """Links: partnership, uid, problem."""


def read_signs(
    register: RegisterParts,
    today: date,
    limits: Thresholds,
    *,
    meetings: pd.DataFrame | None = None,
    surveys: pd.DataFrame | None = None,
) -> Signs:
    """Return by name of a step the things it is about: partnership, uid (``None``: all of it), since (``NaT``)."""
    now = pd.Timestamp(today)
    return {
        **_partner_signs(register, now, limits),
        **_coordination_signs(register),
        **_project_signs(register, now),
        **_rules_signs(register, now, limits),
        **_work_signs(register, now, limits),
        **_age_signs(register, now, limits, meetings, surveys),
    }


def _partner_signs(register: RegisterParts, now: pd.Timestamp, limits: Thresholds) -> Signs:
    partners = register.partners
    stayed = partners[partners["status"] != "withdrawn"]
    members = stayed[stayed["status"] != "candidate"]
    old = members["declared_on"] < now - pd.DateOffset(years=limits.declaration_years)
    slugs = register.partnerships["slug"]
    sector = stayed["sector"].fillna("").str.strip()
    return {
        "no_partners": _whole(slugs[~slugs.isin(stayed["partnership"])]),
        "declaration_undated": _things(members[members["declared_on"].isna()]),
        "declaration_old": _things(members[old]),
        "candidate_waiting": _things(stayed[stayed["status"] == "candidate"]),
        "partner_without_sector": _things(stayed[sector == ""]),
        "no_territory": _whole(slugs[~slugs.isin(register.territories["partnership"])]),
    }


def _coordination_signs(register: RegisterParts) -> Signs:
    partners = register.partners
    stayed = partners[partners["status"] != "withdrawn"]
    roles = register.partner_roles
    team = roles[roles["role"].isin(_COORDINATING)][["partnership", "uid"]].drop_duplicates()
    team = team.merge(stayed[["partnership", "uid", "sector"]], on=["partnership", "uid"])
    peopled = stayed["partnership"].drop_duplicates()
    sectors = stayed.groupby("partnership")["sector"].nunique()
    of_team = team.groupby("partnership")["sector"].nunique()
    one = of_team[of_team == 1].index
    return {
        "no_coordination": _whole(peopled[~peopled.isin(team["partnership"])]),
        # Where all partners are of one sector, the team cannot be of several.
        "one_sector_coordination": _whole(pd.Series([slug for slug in one if sectors[slug] > 1], dtype="object")),
    }


def _project_signs(register: RegisterParts, now: pd.Timestamp) -> Signs:
    projects = register.projects
    under_way = projects["status"].isin(_UNDER_WAY)
    no_result = projects["result"].fillna("").str.strip() == ""
    if "result_after" in projects:
        no_result &= projects["result_after"].isna()
    spent = projects["status"].isin(("in_progress", "completed", "submitted"))
    return {
        "project_past_end": _things(projects[under_way & (projects["ends_on"] < now)]),
        "project_without_lead": _things(projects[spent & projects["finance_lead"].isna()]),
        "project_without_result": _things(projects[(projects["status"] == "completed") & no_result]),
    }


def _rules_signs(register: RegisterParts, now: pd.Timestamp, limits: Thresholds) -> Signs:
    partnerships = register.partnerships.rename(columns={"slug": "partnership"})
    missing = partnerships["rules_version"].fillna("").astype(str).str.strip() == ""
    adopted = partnerships["rules_adopted_on"]
    old = partnerships[~missing & (adopted < now - pd.DateOffset(years=limits.rules_years))]
    return {
        "rules_missing": _whole(partnerships[missing & adopted.isna()]["partnership"]),
        "rules_undated": _whole(partnerships[~missing & adopted.isna()]["partnership"]),
        "rules_old": _whole(old["partnership"], old["rules_adopted_on"]),
    }


def _work_signs(register: RegisterParts, now: pd.Timestamp, limits: Thresholds) -> Signs:
    activities, keys = register.activities, ["partnership", "uid"]
    lately = activities[
        (activities["starts_on"] <= now) & (activities["starts_on"] >= now - pd.DateOffset(years=limits.activity_years))
    ]
    problems = register.problems
    waiting = problems[~problems["status"].isin(_CLOSED_PROBLEM)]
    before = now - pd.DateOffset(years=limits.review_years)
    links = register.activity_problems.merge(activities[[*keys, "starts_on"]], on=keys)
    acted = links[links["starts_on"] >= before][["partnership", "problem"]].rename(columns={"problem": "uid"})
    left = waiting[waiting["identified_on"] < before]
    return {
        "activity_without_partners": _things(lately[~_among(lately, register.activity_partners)]),
        "problem_without_review": _things(left[~_among(left, acted)]),
        "problem_undated": _things(waiting[waiting["identified_on"].isna()]),
    }


def _age_signs(
    register: RegisterParts,
    now: pd.Timestamp,
    limits: Thresholds,
    meetings: pd.DataFrame | None,
    surveys: pd.DataFrame | None,
) -> Signs:
    activities = register.activities
    met = [activities[activities["form"] == _MEETING_FORM].set_index("partnership")["starts_on"]]
    if meetings is not None:
        met.append(meetings.set_index("partnership")["on"])
    diagnosed = [register.diagnoses.set_index("partnership")[name] for name in ("started_on", "ended_on")]
    if surveys is not None:
        diagnosed.append(surveys.set_index("partnership")["opened_on"])
    slugs = register.partnerships["slug"]
    last_met, last_diagnosed = (_newest(days, slugs) for days in (met, diagnosed))
    changed = pd.to_datetime(register.partnerships["changed_at"].str[:10]).set_axis(slugs)
    # A meeting that is planned already is one: its day lies ahead.
    return {
        "no_meeting": _older(last_met, now - pd.Timedelta(days=limits.meeting_days)),
        "diagnosis_old": _older(last_diagnosed, now - pd.DateOffset(years=limits.diagnosis_years)),
        "data_old": _older(changed, now - pd.Timedelta(days=limits.data_days)),
    }


def _newest(days: list["pd.Series[pd.Timestamp]"], slugs: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    filled = [one.dropna().astype("datetime64[ns]") for one in days]
    together = pd.concat(filled)
    return together.groupby(level=0).max().reindex(slugs)


def _older(last: "pd.Series[pd.Timestamp]", limit: pd.Timestamp) -> pd.DataFrame:
    found = last[last.isna() | (last < limit)]
    return _whole(found.index.to_series(), found)


def _among(frame: pd.DataFrame, others: pd.DataFrame) -> "pd.Series[bool]":
    keys = ["partnership", "uid"]
    inside = pd.MultiIndex.from_frame(frame[keys]).isin(pd.MultiIndex.from_frame(others[keys]))
    return pd.Series(inside, index=frame.index)


def _things(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"partnership": frame["partnership"], "uid": frame["uid"], "since": pd.NaT})


def _whole(slugs: "pd.Series[str]", since: "pd.Series[pd.Timestamp] | None" = None) -> pd.DataFrame:
    days = pd.NaT if since is None else since.to_numpy()
    return pd.DataFrame({"partnership": slugs.to_numpy(), "uid": None, "since": days})
