"""Need beside action: for each target group, problems that name it and activities for it.

A gap is a group that somebody named in a problem that is still open, and that no activity in the same partnership
was for. It speaks of what was *entered*, not of everything that happens; the page says so.
"""

import pandas as pd

from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

CLOSED_STATUSES = frozenset({"solved"})


def count_entities_by_group(
    groups: pd.DataFrame, *, rolled_up: bool, order: tuple[str, ...], what: dict[Language, str]
) -> PublishedTable:
    """Count entities (problems or activities) by target group or by the seed's roll-ups, each entity once a row.

    Args:
        groups: partnership, uid, group.
        rolled_up: count by roll-up: an entity for seniors and for lonely seniors counts once among seniors.
        order: codes of the rows, in order; a code nobody named is a zero.
        what: what is counted, in words.
    """
    lists = load().target_groups
    rows = []
    for code in order:
        members = lists.expand(code) if rolled_up or code in lists else (code,)  # a code taken off the list
        entities = groups[groups["group"].isin(members)][["partnership", "uid"]].drop_duplicates()
        labels = lists.roll_ups if rolled_up else lists
        rows.append(
            CountRow((code,), {language: (labels.label(code, language),) for language in LANGUAGES}, len(entities))
        )
    return publish_counts(rows, dimensions=("group",), unit="count", source=Source(what))


def order_groups(problem_groups: pd.DataFrame, activity_groups: pd.DataFrame) -> tuple[str, ...]:
    """Return the groups that anything names: most problems, then most activities, then the list's order."""
    problems = problem_groups["group"].value_counts()
    activities = activity_groups["group"].value_counts()
    entered = {str(code) for code in (*problems.index, *activities.index)}
    listed = load().target_groups.codes
    named = [code for code in (*listed, *sorted(entered - set(listed))) if code in entered]
    return tuple(sorted(named, key=lambda code: (-int(problems.get(code, 0)), -int(activities.get(code, 0)))))


def find_gaps(problems: pd.DataFrame, problem_groups: pd.DataFrame, activity_groups: pd.DataFrame) -> pd.DataFrame:
    """Return groups named in open problems of a partnership that none of its activities was for.

    Args:
        problems: partnership, uid, status.
        problem_groups: partnership, uid, group.
        activity_groups: partnership, uid, group.

    Returns:
        Frame partnership, group, problems (how many open problems name it), most problems first.
    """
    open_problems = problems[~problems["status"].isin(CLOSED_STATUSES)]
    named = problem_groups.merge(open_problems[["partnership", "uid"]], on=["partnership", "uid"])
    needs = named.groupby(["partnership", "group"], as_index=False).agg(problems=("uid", "nunique"))
    served = activity_groups[["partnership", "group"]].drop_duplicates()
    marked = needs.merge(served, on=["partnership", "group"], how="left", indicator=True)
    gaps = marked[marked["_merge"] == "left_only"].drop(columns="_merge")
    return gaps.sort_values(["problems", "partnership", "group"], ascending=[False, True, True], ignore_index=True)
