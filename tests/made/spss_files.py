"""SPSS files for tests, with everything a survey house puts into one; and older ones, as nobody writes them today."""

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

_MR_TAG = b"\x07\x00\x00\x00\x07\x00\x00\x00\x01\x00\x00\x00"
_ENCODING_TAG = b"\x07\x00\x00\x00\x14\x00\x00\x00\x01\x00\x00\x00"
_FLOATS_TAG = b"\x07\x00\x00\x00\x04\x00\x00\x00\x08\x00\x00\x00"
_UNKNOWN_TAG = b"\x07\x00\x00\x00\x63\x00\x00\x00\x01\x00\x00\x00"

PEOPLE = pd.DataFrame(
    {
        "plec": [1.0, 2.0, 9.0, np.nan],
        "p1": [1.5, 2.0, 98.0, 99.0],
        "gmina": ["Łódź", "", "Żory", "Świecie"],
        "dzien": [dt.date(2024, 5, 1), None, dt.date(2024, 5, 2), dt.date(2023, 1, 1)],
        "chwila": [dt.datetime(2024, 5, 1, 3, 4, 5)] * 4,  # noqa: DTZ001 # SPSS knows no zones
        "z1": [1.0, 0.0, 1.0, 0.0],
        "z2": [0.0, 0.0, 1.0, 1.0],
    }
)


def write_spss(frame: pd.DataFrame = PEOPLE, *, zlib: bool = False, **notes: object) -> bytes:
    """Return an SPSS file of these rows; ``notes`` go to pyreadstat's writer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dane.sav"
        pyreadstat.write_sav(frame, str(file), compress=zlib, **notes)
        return file.read_bytes()


def write_survey(*, zlib: bool = False) -> bytes:
    """Return the people with labels of variables and values, declared missing values, and kinds of measure."""
    return write_spss(
        zlib=zlib,
        file_label="Diagnoza 2024",
        column_labels={"plec": "Płeć respondenta", "p1": "Ocena dróg"},
        variable_value_labels={"plec": {1: "Kobieta", 2: "Mężczyzna", 9: "Odmowa"}, "p1": {1: "źle", 5: "dobrze"}},
        missing_ranges={"plec": [9], "p1": [{"lo": 97, "hi": 99}]},
        variable_measure={"plec": "nominal", "p1": "scale"},
    )


def with_response_sets(content: bytes, text: str) -> bytes:
    """Return a file that declares multiple-response sets, as SPSS writes them before its record of the encoding."""
    packed = text.encode()
    record = _MR_TAG + len(packed).to_bytes(4, "little") + packed
    at = content.index(_ENCODING_TAG)
    return content[:at] + record + content[at:]


def write_old_polish(label: str = "Płeć respondenta", town: str = "Łódź") -> bytes:
    """Return a file of the nineties: letters in cp1250, no word about an encoding."""
    frame = pd.DataFrame({"plec": [1.0, 2.0], "gmina": ["#" * len(town), "abc"]})
    content = write_spss(frame, column_labels={"plec": "@" * len(label)})
    content = content.replace(b"@" * len(label), label.encode("cp1250")).replace(
        b"#" * len(town), town.encode("cp1250")
    )
    content = content.replace(_ENCODING_TAG, _UNKNOWN_TAG)
    at = content.index(b"\x07\x00\x00\x00\x03\x00\x00\x00\x04\x00\x00\x00\x08\x00\x00\x00") + 16 + 7 * 4
    # Character code 2, "7-bit ASCII", is what programs wrote that did not think of it.
    return content[:at] + (2).to_bytes(4, "little") + content[at + 4 :]
