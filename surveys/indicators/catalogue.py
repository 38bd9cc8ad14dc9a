"""Which entry of the catalogue a variable is: by its name, never by its number alone."""

from collections.abc import Iterable, Sequence

from surveys.findings import Finding
from surveys.indicators.dimensions import Sex
from surveys.indicators.figures import SAMPLE, Variable
from surveys.language.folding import fold
from surveys.vocabulary.indicators import Indicator


def find_indicator(variable: Variable, catalogue: Iterable[Indicator]) -> Indicator | None:
    """Return the entry whose table, name and unit a variable has, ``None`` when there is none, or more than one."""
    if variable.source not in {"bdl", SAMPLE}:
        return None
    found = [indicator for indicator in catalogue if _is_named(variable, indicator)]
    return found[0] if len(found) == 1 else None


def check_number(variable: Variable, catalogue: Sequence[Indicator]) -> Finding | None:
    """Return the finding that a variable has the number of an entry and another name, ``None`` when all is well."""
    if variable.bdl_id is None:
        return None
    entry = next((indicator for indicator in catalogue if indicator.bdl_id == variable.bdl_id), None)
    if entry is None or _is_named(variable, entry):
        return None
    said = "; ".join(part for part in (variable.subject, variable.name, variable.unit) if part)
    facts: dict[str, str | int] = {"number": variable.bdl_id, "expected": entry.label_pl, "found": said}
    return Finding("INDICATORS-NAME-OTHER", facts=facts)


def _is_named(variable: Variable, indicator: Indicator) -> bool:
    if variable.sex not in {None, Sex.ALL} or variable.age is not None:
        return False
    name, subject = fold(variable.name), fold(variable.subject)
    whole = f"{subject} {name}"
    # Without the table's name, its code says which table it is; without both, the variable's own name has to do.
    same_table = bool(indicator.subject_code) and indicator.subject_code == variable.subject_code
    other_table = bool(indicator.subject_code and variable.subject_code) and not same_table
    of_table = (same_table and not subject) or all(fold(words) in whole for words in indicator.subject_words)
    of_name = all(fold(words) in whole for words in indicator.name_words)
    unit = fold(variable.unit)
    of_unit = not indicator.unit_words or not unit or any(unit == fold(words) for words in indicator.unit_words)
    return of_table and of_name and of_unit and not other_table
