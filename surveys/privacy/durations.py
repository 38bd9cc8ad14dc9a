"""How long somebody took over a questionnaire, as it may be kept: coarse enough to lead nobody back to a moment."""

# Below ten minutes, where haste is looked for, to five seconds; above to whole minutes.
_FINE, _FINE_UP_TO, _COARSE = 5, 600, 60
LONGEST_SECONDS = 24 * 60 * 60


def round_duration(seconds: float | None) -> int | None:
    """Return the whole seconds that are kept of a duration, ``None`` for one that nobody can have taken.

    Nothing and less than nothing come of clocks that were set or of answers copied in one go; more than a day is a
    form that was left lying.

    Args:
        seconds: from the beginning to the sending; ``None`` (or NaN) where it isn't known.
    """
    # NaN answers no to both.
    if seconds is None or not 0 < seconds <= LONGEST_SECONDS:
        return None
    step = _FINE if seconds < _FINE_UP_TO else _COARSE
    return max(step, step * round(seconds / step))
