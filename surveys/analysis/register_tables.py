"""Tables of the register: how many things there are, broken down by a code list, a year or a partnership.

Every function takes frames of `etl.store.reading` (columns named there), counts, and hands the result to the
disclosure gate. An entity with several target groups counts in each of them, so those rows don't add up to the
number of entities; the sentence under the chart says so.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import STANDARD_RULES, CountRow, DisclosureRules, publish_counts
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import CodeList, Entry, load, mark_unlisted

Labels = Mapping[str, dict[Language, str]]
# Years between the first and the last are shown, empty ones too; past so many, one of the two is a slip of the pen.
_MOST_YEARS = 60


def code_labels(codes: CodeList[Entry]) -> Labels:
    """Return the labels of a code list by code and language."""
    return {code: {language: codes.label(code, language) for language in LANGUAGES} for code in codes}


def name_labels(frame: pd.DataFrame, key: str = "slug", name: str = "name") -> Labels:
    """Return labels that are the same in every language: names of partnerships, problems, projects."""
    return {row[key]: dict.fromkeys(LANGUAGES, str(row[name])) for row in frame[[key, name]].to_dict("records")}


def count_by(
    frame: pd.DataFrame,
    column: str,
    *,
    labels: Labels,
    what: dict[Language, str],
    dimension: str | None = None,
    order: str = "value",
    with_zeros: bool = False,
) -> PublishedTable:
    """Count rows by the codes of a column.

    Args:
        frame: one row per thing counted (for a list column: per thing and code).
        column: name of the column of codes.
        labels: labels by code; a code without one is counted all the same, under a mark that says so.
        what: what is counted, in words.
        dimension: name of the breakdown; the column's name by default.
        order: ``value`` (largest first, ties by the Polish label) or ``list`` (order of the labels).
        with_zeros: keep codes that nothing carries.
    """
    counts = frame[column].value_counts()
    listed = [code for code in labels if with_zeros or code in counts.index]
    unlisted = sorted(str(code) for code in counts.index if code not in labels)
    rows = [CountRow((code,), _words(code, labels), float(counts.get(code, 0))) for code in (*listed, *unlisted)]
    if order == "value":
        rows.sort(key=lambda row: (-(row.value or 0), sort_key(row.labels["pl"][0])))
    return publish_counts(rows, dimensions=(dimension or column,), unit="count", source=Source(what))


def count_by_year(frame: pd.DataFrame, date_column: str, *, what: dict[Language, str]) -> PublishedTable:
    """Count rows by year of a date, every year from the first to the last included (a gap is a zero, and says so).

    Where the two lie more than sixty years apart, only years that occur.
    """
    years = frame[date_column].dropna().dt.year.astype(int)
    counts = years.value_counts()
    span = range(int(years.min()), int(years.max()) + 1) if len(years) else range(0)
    shown = span if len(span) <= _MOST_YEARS else sorted(int(year) for year in counts.index)
    rows = [
        CountRow((str(year),), {language: (str(year),) for language in LANGUAGES}, float(counts.get(year, 0)))
        for year in shown
    ]
    return publish_counts(rows, dimensions=("year",), unit="count", source=Source(what))


def count_planned(activities: pd.DataFrame, today: date) -> int:
    """Count the activities that have yet to begin: entered, but not done.

    Args:
        activities: starts_on.
        today: an activity that begins on this day is no longer planned.
    """
    return int(is_planned(activities, today).sum())


def is_planned(activities: pd.DataFrame, today: date) -> "pd.Series[bool]":
    """Tell of each activity (starts_on) whether it has yet to begin; one without a day has not."""
    return activities["starts_on"] > pd.Timestamp(today)


def sum_participants(
    activities: pd.DataFrame, groups: pd.DataFrame, *, labels: Labels, what: dict[Language, str]
) -> PublishedTable:
    """Sum participants by target group; a sensitive group of few people is not counted aloud.

    The people of its activities are not in the other groups' sums either, see `hush_few`.

    Args:
        activities: uid, partnership, participants (``NaN`` when nobody counted).
        groups: target groups of those activities: partnership, uid, group.
        labels: labels of target groups.
        what: what is counted, in words.
    """
    counted = activities.dropna(subset=["participants"])[["partnership", "uid"]]
    aloud = hush_few(activities, groups)[["partnership", "uid", "participants"]]
    joined = groups.merge(counted, on=["partnership", "uid"]).merge(aloud, on=["partnership", "uid"])
    sums = joined.groupby("group")["participants"].sum(min_count=1)
    harmless = _harmless_groups()
    rows = [
        CountRow(
            (code,),
            _words(code, labels),
            0.0 if pd.isna(value) else float(value),
            sensitive=code not in harmless or pd.isna(value),
        )
        for code, value in sums.items()
        if isinstance(code, str)
    ]
    rows.sort(key=lambda row: (-(row.value or 0), sort_key(row.labels["pl"][0])))
    return publish_counts(rows, dimensions=("group",), unit="people", source=Source(what))


def hush_few(
    activities: pd.DataFrame, groups: pd.DataFrame, *, rules: DisclosureRules = STANDARD_RULES
) -> pd.DataFrame:
    """Return the activities without the participants of those that few people of a sensitive group came to.

    Their number must not be had by subtracting rows from a total, nor from another group of the same activity.

    Args:
        activities: uid, partnership, participants (``NaN`` when nobody counted), and anything else.
        groups: target groups of those activities: partnership, uid, group.
        rules: say how many are few.

    Returns:
        The same rows and columns; ``participants`` is ``NaN`` where it is not said.
    """
    keys = ["partnership", "uid"]
    sensitive = groups[~groups["group"].isin(_harmless_groups())]
    said = activities.copy()
    while True:
        joined = sensitive.merge(said.dropna(subset=["participants"])[[*keys, "participants"]], on=keys)
        sums = joined.groupby("group")["participants"].sum()
        few = joined[joined["group"].isin(sums[sums < rules.min_participants].index)]
        if few.empty:
            return said
        hushed = pd.MultiIndex.from_frame(said[keys]).isin(pd.MultiIndex.from_frame(few[keys]))
        said["participants"] = said["participants"].mask(hushed)


def sum_funding(funding: pd.DataFrame, column: str, *, labels: Labels, what: dict[Language, str]) -> PublishedTable:
    """Sum złoty by funding source or year.

    Args:
        funding: source, amount_pln (``NaN`` when not known), year (``NaN`` when not known).
        column: ``source`` or ``year``.
        labels: labels by source code; for years made here when empty.
        what: what is summed, in words.
    """
    known = funding.dropna(subset=["amount_pln", column])
    keys = known[column].astype(int).astype(str) if column == "year" else known[column]
    sums = known.groupby(keys)["amount_pln"].sum()
    rows = [
        CountRow(
            (str(key),),
            _words(str(key), labels) if labels else {language: (str(key),) for language in LANGUAGES},
            float(value),
        )
        for key, value in sums.items()
    ]
    if column == "source":
        rows.sort(key=lambda row: (-(row.value or 0), sort_key(row.labels["pl"][0])))
    return publish_counts(rows, dimensions=(column,), unit="pln", source=Source(what))


def _words(code: str, labels: Labels) -> dict[Language, tuple[str, ...]]:
    known = labels.get(code)
    return {language: (known[language] if known else mark_unlisted(code, language),) for language in LANGUAGES}


def _harmless_groups() -> frozenset[str]:
    """Target groups that are not sensitive; of one that is no longer on the list nobody knows."""
    lists = load().target_groups
    return frozenset(code for code in lists if not lists[code].sensitive)
