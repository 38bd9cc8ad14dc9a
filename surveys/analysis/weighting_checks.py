"""Can answers be weighted to these margins? Every fault at once, each with what to do about it."""

from collections.abc import Iterator, Mapping
from math import isfinite

import pandas as pd

from surveys.findings import Finding, Report

_EQUAL = 1e-6


def check_margins(frame: pd.DataFrame, margins: Mapping[str, Mapping[str, float]]) -> Report:
    """Return everything that stops weighting: nothing when it can be done.

    Args:
        frame: one row a person, a column of codes for each margin (missing: None or NaN).
        margins: people of the population (or shares) by column and code.
    """
    found = [fault for name, margin in margins.items() for fault in _check_margin(frame, name, margin)]
    if not margins:
        found.append(Finding("WEIGHTS-NO-MARGINS"))
    if found:
        return Report(tuple(found))
    found.extend(_check_totals(margins))
    full = frame[list(margins)].dropna()
    if full.empty:
        found.append(Finding("WEIGHTS-NOBODY"))
    else:
        found.extend(_check_groups(full, margins))
    return Report(tuple(found))


def write_code(code: object) -> str:
    """Return a code as text: 1, 1.0 and "1" are one answer, however a column with gaps keeps them."""
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def _check_margin(frame: pd.DataFrame, name: str, margin: Mapping[str, float]) -> Iterator[Finding]:
    if name not in frame:
        yield Finding("WEIGHTS-QUESTION-UNKNOWN", facts={"question": name})
    for code, value in margin.items():
        # A category of nobody in the population cannot be weighted to: it is left out of the margin instead.
        if not isfinite(value) or value <= 0:
            yield Finding("WEIGHTS-MARGIN-IMPOSSIBLE", facts={"question": name, "category": code})


def _check_totals(margins: Mapping[str, Mapping[str, float]]) -> Iterator[Finding]:
    totals = {name: sum(margin.values()) for name, margin in margins.items()}
    first = next(iter(totals))
    for name, total in totals.items():
        if abs(total - totals[first]) > _EQUAL * totals[first]:
            facts = {
                "question": name,
                "total": _amount(total),
                "other": first,
                "other_total": _amount(totals[first]),
            }
            yield Finding("WEIGHTS-TOTALS-UNEQUAL", facts=facts)


def _check_groups(full: pd.DataFrame, margins: Mapping[str, Mapping[str, float]]) -> Iterator[Finding]:
    for name, margin in margins.items():
        answered = {write_code(code) for code in full[name].unique()}
        for code in margin:
            if code not in answered:
                yield Finding("WEIGHTS-CELL-EMPTY", facts={"question": name, "category": code})
        for code in sorted(answered - set(margin)):
            yield Finding("WEIGHTS-CATEGORY-UNKNOWN", facts={"question": name, "category": code})


def _amount(total: float) -> str | int:
    # Shares are small numbers; people are whole ones.
    return f"{total:.4g}" if total < 1000 and total != round(total) else round(total)
