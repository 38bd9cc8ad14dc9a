"""What a reader chose to look at, and how it narrows a frame."""

from dataclasses import dataclass

import pandas as pd

from surveys.vocabulary import load


@dataclass(frozen=True, slots=True)
class Filters:
    """The shared filters of all pages; an empty value means everything.

    Attributes:
        partnership: slug, ``None`` for all partnerships in scope.
        themes: codes of themes.
        groups: codes of target groups or of their roll-ups.
        years: first and last year, both included.
    """

    partnership: str | None = None
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    years: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == Filters()

    @property
    def group_codes(self) -> frozenset[str]:
        """Target groups asked for, roll-ups resolved to their members."""
        lists = load().target_groups
        return frozenset(member for code in self.groups for member in lists.expand(code))


def narrow(frame: pd.DataFrame, filters: Filters, *, groups: pd.DataFrame, date_column: str) -> pd.DataFrame:
    """Return the rows of problems or activities that pass the filters.

    Args:
        frame: columns partnership, uid, theme and the date column (``NaT`` when unknown).
        filters: what the reader chose.
        groups: the frame's target groups: partnership, uid, group.
        date_column: date that the years are asked of. Rows without a date pass only when no years are chosen.
    """
    keep = pd.Series(data=True, index=frame.index)
    if filters.partnership is not None:
        keep &= frame["partnership"] == filters.partnership
    if filters.themes:
        keep &= frame["theme"].isin(filters.themes)
    if filters.years is not None:
        keep &= frame[date_column].dt.year.between(*filters.years)
    if filters.groups:
        wanted = groups[groups["group"].isin(filters.group_codes)]
        keys = pd.MultiIndex.from_frame(wanted[["partnership", "uid"]])
        keep &= pd.MultiIndex.from_frame(frame[["partnership", "uid"]]).isin(keys)
    return frame[keep]


def keep_rows_of(children: pd.DataFrame, parents: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a list (groups, partners, funding) whose entity is among the parents.

    Args:
        children: columns partnership, uid and whatever the list holds.
        parents: columns partnership, uid.
    """
    keys = pd.MultiIndex.from_frame(parents[["partnership", "uid"]])
    return children[pd.MultiIndex.from_frame(children[["partnership", "uid"]]).isin(keys)]
