"""A published table as an SPSS file: codes with labels of values, figures as numbers, hidden ones as missing.

Only what has passed the disclosure gate: rows are answers and groups, never people.
"""

import tempfile
from pathlib import Path

import pandas as pd

from surveys.language.texts import Language, load_catalogue
from surveys.privacy.published import PublishedTable, State

_FIGURES = ("share", "low", "high", "count", "base")
_LONGEST_LABEL = 120  # signs; SPSS keeps 255 bytes, and cut letters would be no letters


def table_to_sav(table: PublishedTable, title: str, language: Language, *, invented: bool) -> bytes:
    """Return a table as a ``.sav`` file.

    Args:
        table: published figures.
        title: what the figure shows: label of the file.
        language: language of labels.
        invented: sample data; the file's label says so.
    """
    import pyreadstat  # noqa: PLC0415 # only whoever asks for such a file waits for it

    columns: dict[str, list[object]] = {}
    labels: dict[str, str] = {}
    values: dict[str, dict[int | float, str]] = {}
    for place, dimension in enumerate(table.dimensions):
        names = dict.fromkeys((row.keys[place], row.labels[language][place]) for row in table.rows)
        numbers = {key: number for number, (key, _) in enumerate(names, start=1)}
        columns[dimension] = [numbers[row.keys[place]] for row in table.rows]
        values[dimension] = {numbers[key]: _cut(label) for key, label in names}
        labels[dimension] = _say(f"figure.dimension.{dimension}", language)
    if table.unit == "share":
        cells = {"share": "value", "low": "low", "high": "high", "count": "count", "base": "base"}
        for name in _FIGURES:
            columns[name] = [getattr(row, cells[name]) for row in table.rows]
            labels[name] = _say(f"figure.column.{name}", language)
    else:
        columns["number"] = [row.value for row in table.rows]
        labels["number"] = _say(f"figure.unit.{table.unit}", language)
    states = {state: number for number, state in enumerate(State, start=1)}
    columns["state"] = [states[row.state] for row in table.rows]
    labels["state"] = _say("figure.column.state", language)
    values["state"] = {
        number: _say(f"figure.state.{state.value}", language) or _say("figure.state_plain", language)
        for state, number in states.items()
    }
    frame = pd.DataFrame(columns).astype(float)
    note = _say("table.invented", language) if invented else ""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            frame,
            str(file),
            file_label=_cut(title, 60),
            column_labels={name: _cut(label) for name, label in labels.items()},
            variable_value_labels=values,
            note=note or None,
        )
        return file.read_bytes()


def _cut(text: str, most: int = _LONGEST_LABEL) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _say(key: str, language: Language) -> str:
    return load_catalogue("surveys.language.catalogues").say(key, language)
