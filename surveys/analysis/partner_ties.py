"""Who did what together: pairs of partners out of projects and activities, for any number of partnerships at once.

Two partners are joined by every activity that both took part in and by every project that both carry (its finance lead
is one of them). What is only planned, and projects that never came to be, join nobody yet; meetings of the whole
partnership join everybody by their nature, which would say nothing, and are left out.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from surveys.analysis.rows import is_known
from surveys.analysis.spill_over import JointActivity

JOINING_PROJECTS = frozenset({"in_progress", "completed"})
_MEETING_FORM = "F27"
_THING = ["partnership", "kind", "uid"]


class WorkParts(Protocol):
    """The frames that are asked; columns as `etl.store.reading` has them."""

    @property
    def projects(self) -> pd.DataFrame:
        """Projects: partnership, uid, status, starts_on, finance_lead."""

    @property
    def project_partners(self) -> pd.DataFrame:
        """Links: partnership, uid, partner."""

    @property
    def activities(self) -> pd.DataFrame:
        """Activities: partnership, uid, theme, form, starts_on."""

    @property
    def activity_partners(self) -> pd.DataFrame:
        """Links: partnership, uid, partner."""


def list_taking_part(register: WorkParts, today: date, years: tuple[int, int] | None = None) -> pd.DataFrame:
    """Return who took part in what.

    Args:
        register: frames of the register.
        today: an activity or project that begins later is only planned.
        years: first and last year in which a thing has to begin; one without a date passes only without them.

    Returns:
        Frame partnership, kind (``activity``, ``project``), uid, partner (uid), on (``NaT`` when unknown), theme
        (``None`` for projects, which have several).
    """
    keys = ["partnership", "uid"]
    others = register.activities[register.activities["form"] != _MEETING_FORM]
    activities = others[[*keys, "theme", "starts_on"]].assign(kind="activity")
    done = register.projects[register.projects["status"].isin(JOINING_PROJECTS)]
    projects = done[[*keys, "starts_on", "finance_lead"]].assign(kind="project", theme=None)
    leads = projects.dropna(subset=["finance_lead"])[[*keys, "finance_lead"]].rename(
        columns={"finance_lead": "partner"}
    )
    links = (
        (activities, register.activity_partners),
        (projects.drop(columns="finance_lead"), register.project_partners),
        (projects.drop(columns="finance_lead"), leads),
    )
    joined = [things.merge(partners[[*keys, "partner"]], on=keys) for things, partners in links]
    together = pd.concat([one for one in joined if len(one)] or joined[:1], ignore_index=True)
    together = together.rename(columns={"starts_on": "on"}).drop_duplicates([*_THING, "partner"])
    together = together[~(together["on"] > pd.Timestamp(today))]
    if years is not None:
        together = together[together["on"].dt.year.between(*years)]
    return together[[*_THING, "partner", "on", "theme"]]


def pair_up(taking_part: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of partners of every thing: partnership, kind, uid, one, two, on, theme; ``one`` < ``two``."""
    others = taking_part[[*_THING, "partner"]].rename(columns={"partner": "two"})
    pairs = taking_part.rename(columns={"partner": "one"}).merge(others, on=_THING)
    return pairs[pairs["one"] < pairs["two"]].reset_index(drop=True)


def count_joint_things(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how much each pair did together: partnership, one, two, things, the most first."""
    counted = pairs.groupby(["partnership", "one", "two"], as_index=False).agg(things=("uid", "size"))
    return counted.sort_values(["things", "one", "two"], ascending=[False, True, True], ignore_index=True)


def keep_partners(pairs: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both are among some partners (those who stayed, for example).

    Args:
        pairs: partnership, one, two.
        partners: partnership, uid.
    """
    known = pd.MultiIndex.from_frame(partners[["partnership", "uid"]])
    inside = [pd.MultiIndex.from_frame(pairs[["partnership", end]]).isin(known) for end in ("one", "two")]
    return pairs[inside[0] & inside[1]]


def list_joint_activities(taking_part: pd.DataFrame, *, kinds: Sequence[str] = ("activity",)) -> list[JointActivity]:
    """Return the dated things of one partnership as `spill_over` takes them."""
    dated = taking_part[taking_part["kind"].isin(kinds)].dropna(subset=["on"])
    return [
        JointActivity(
            rows["on"].iloc[0].date(),
            str(rows["theme"].iloc[0]) if is_known(rows["theme"].iloc[0]) else "",
            frozenset(rows["partner"]),
        )
        for _, rows in dated.groupby(["kind", "uid"], sort=True)
    ]


def count_pairs_by_year(pairs: pd.DataFrame, sectors: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Return by year how many pairs acted together, and how many of them for the first time and across sectors.

    Args:
        pairs: of any number of partnerships; those without a date are in no year.
        sectors: by partnership and partner; a pair with a partner of unknown sector crosses none.

    Returns:
        Frame year, pairs, new_across; every year from the first to the last.
    """
    dated = pairs.dropna(subset=["on"])
    if dated.empty:
        return pd.DataFrame({"year": [], "pairs": [], "new_across": []}, dtype="int64")
    keys = ["partnership", "one", "two"]
    years = dated.assign(year=dated["on"].dt.year)[[*keys, "year"]].drop_duplicates()
    firsts = years.groupby(keys, as_index=False)["year"].min()
    ends = [
        [sectors.get((slug, uid), "") for slug, uid in zip(firsts["partnership"], firsts[end], strict=True)]
        for end in ("one", "two")
    ]
    across = [bool(one and two and one != two) for one, two in zip(*ends, strict=True)]
    span = range(int(years["year"].min()), int(years["year"].max()) + 1)
    return pd.DataFrame(
        {
            "year": list(span),
            "pairs": years["year"].value_counts().reindex(span, fill_value=0).to_list(),
            "new_across": firsts[across]["year"].value_counts().reindex(span, fill_value=0).to_list(),
        }
    )
