"""The smallest and the largest number that a question takes, where its constraint says so simply."""

import re

from surveys.model.form import FormRow

_PART = re.compile(r"^\(?\s*\.\s*(?P<sign><=|>=|<|>)\s*(?P<number>-?\d+(?:\.\d+)?)\s*\)?$")
_PARAMETER = re.compile(r"\b(?P<name>start|end)\s*=\s*(?P<number>-?\d+(?:\.\d+)?)")


def find_limits(row: FormRow) -> tuple[float | None, float | None]:
    """Return the lowest and the highest number, ``None`` for each that is not said simply (``. >= 0 and . <= 120``)."""
    low: float | None = None
    high: float | None = None
    if row.type == "range":
        said = {found["name"]: float(found["number"]) for found in _PARAMETER.finditer(row.parameters)}
        # XLSForm's own ends of a range are 1 and 10.
        return said.get("start", 1.0), said.get("end", 10.0)
    step = 1.0 if row.type == "integer" else 0.0
    for part in re.split(r"\s+and\s+", row.constraint.strip()) if row.constraint.strip() else ():
        found = _PART.match(part)
        if found is None:
            return None, None
        number = float(found["number"])
        if found["sign"] == ">=":
            low = number
        elif found["sign"] == "<=":
            high = number
        elif not step:
            return None, None  # nothing says which number is the last one below
        elif found["sign"] == ">":
            low = number + step
        else:
            high = number - step
    return low, high
