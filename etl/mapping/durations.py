"""How long each respondent took, out of the columns that say when they began and when they sent.

The moments themselves go no further than here: what is handed on is rounded (`surveys.privacy.durations`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

import numpy as np
import numpy.typing as npt

from etl.clean.dates import read_moments
from etl.clean.numbers import read_number
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.roles import Role
from etl.recognise.layout import NO_TIMES, TimeColumns
from surveys.language.folding import fold
from surveys.privacy.durations import round_duration

# Headers of tables that no tool signed, or that somebody saved again.
_STARTS = re.compile(r"^(start|start ?(time|date)|(data|godzina|czas) rozpoczecia( ankiety| wypelniania)?)$")
_ENDS = re.compile(
    r"^(end|(end|completion|submit|submission) ?(time|date)|"
    r"(data|godzina|czas) (zakonczenia|ukonczenia|wyslania)( ankiety| wypelniania)?)$"
)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 # both moments are of one clock, whichever it is


def find_times(columns: Sequence[AnswerColumn], roles: Mapping[int, Role], said: TimeColumns) -> TimeColumns:
    """Return the columns that tell how long people took: those the source names, else those their headers name.

    Args:
        columns: of the sheet.
        roles: by position; only a column that is no answer and that nobody left out says when.
        said: by the source.
    """
    technical = [column for column in columns if roles[column.position].name == "metadata"]
    known = {column.position for column in technical}
    if said != NO_TIMES:
        return TimeColumns(*(place if place in known else None for place in (said.start, said.end, said.seconds)))
    return TimeColumns(_find(technical, _STARTS), _find(technical, _ENDS))


def read_durations(columns: Sequence[AnswerColumn], times: TimeColumns) -> list[int | None] | None:
    """Return how many seconds each respondent took, ``None`` where it isn't known; ``None`` when nobody's is.

    Args:
        columns: of the sheet.
        times: which of them tell.
    """
    by_position = {column.position: column for column in columns}
    counted = _read_seconds(by_position.get(times.seconds if times.seconds is not None else -1))
    between = _read_between(*(by_position.get(-1 if place is None else place) for place in (times.start, times.end)))
    if counted is None and between is None:
        return None
    if counted is None or between is None:
        both = counted if between is None else between
    else:
        # A tool that adds up the pages leaves pauses out; where it didn't count, the clock says.
        both = np.where(counted > 0, counted, between)
    rounded = [] if both is None else [round_duration(seconds) for seconds in both.tolist()]
    return rounded if any(seconds is not None for seconds in rounded) else None


def mark_roles(roles: Mapping[int, Role], times: TimeColumns) -> dict[int, Role]:
    """Return the roles with the reason of columns of which only the duration is kept."""
    used = {times.start, times.end, times.seconds}
    return {
        position: replace(role, reason="mapping.reason.duration")
        if position in used and not role.holds_moment
        else role
        for position, role in roles.items()
    }


def _find(columns: Sequence[AnswerColumn], headers: re.Pattern[str]) -> int | None:
    return next((column.position for column in columns if headers.match(fold(column.header))), None)


def _read_seconds(column: AnswerColumn | None) -> npt.NDArray[np.float64] | None:
    if column is None or not column.values:
        return None
    numbers = [read_number(value) for value in column.values]
    by_code = np.array([*(np.nan if number is None else number for number in numbers), np.nan])
    return by_code[column.codes]


def _read_between(start: AnswerColumn | None, end: AnswerColumn | None) -> npt.NDArray[np.float64] | None:
    """Return the seconds from one moment to the other; both are read as one column, so that days are told alike."""
    if start is None or end is None:
        return None
    moments = read_moments([*start.values, *end.values])
    # Days without an hour say nothing of seconds.
    if moments is None or all(moment is None or moment.time() == time() for moment in moments):
        return None
    seconds = np.array([np.nan if moment is None else (moment - _EPOCH).total_seconds() for moment in moments])
    began, ended = np.split(seconds, [len(start.values)])
    taken: npt.NDArray[np.float64] = np.append(ended, np.nan)[end.codes] - np.append(began, np.nan)[start.codes]
    return taken
