"""Codes of areas in BDL, as TERYT codes.

Exports write seven digits (``1433052``), filled up with zeros above the gmina (``1433000``, ``1400000``). BDL's own
number of a unit has twelve: macroregion (2 digits), voivodeship (2), region (1), subregion (2), powiat (2), gmina (2)
and the gmina's kind (1); ``071412865011`` is Warsaw, TERYT ``1465011``. Regions and subregions are no units of TERYT.
"""

import re
from enum import StrEnum

from surveys.vocabulary import Areas

COUNTRY = "00"
_DIGITS = re.compile(r"^\d{1,12}$")
_PARTS = frozenset("459")  # town and countryside of an urban-rural gmina, delegations of a city


class LeftOut(StrEnum):
    """Why a row of an official table has no place here."""

    REGION = "region"
    PART = "part"
    UNKNOWN = "unknown"


def read_area_code(code: str, areas: Areas) -> tuple[str, bool] | LeftOut:
    """Return the TERYT code of an area of BDL.

    Args:
        code: seven or twelve digits; one lost leading zero is put back.
        areas: every unit there is.

    Returns:
        The code (2, 4 or 7 digits, or `COUNTRY`) and whether the written one is older: same gmina, but its kind has
        changed since. Or why there is none.
    """
    if not _DIGITS.match(code):
        return LeftOut.UNKNOWN
    if len(code) in {11, 12}:
        return _settle_long(code.zfill(12), areas)
    if len(code) == 7:
        return _settle(code, areas)
    if len(code) == 6:
        # A spreadsheet took the first zero away, or a table goes by gminas without their kind.
        with_zero = _settle(code.zfill(7), areas)
        if with_zero is not LeftOut.UNKNOWN:
            return with_zero
        return (areas[code].teryt, False) if _has_six(code, areas) else LeftOut.UNKNOWN
    if len(code) in {1, 2, 3, 4}:
        short = code.zfill(2 if len(code) <= 2 else 4)
        return (short, False) if short == COUNTRY or short in areas.codes else LeftOut.UNKNOWN
    return LeftOut.UNKNOWN


def _settle_long(code: str, areas: Areas) -> tuple[str, bool] | LeftOut:
    voivodeship, region, powiat, gmina, kind = code[2:4], code[4:7], code[7:9], code[9:11], code[11]
    if code.strip("0") == "":
        return COUNTRY, False
    if voivodeship == "00" or (powiat == "00" and region != "000"):
        return LeftOut.REGION
    return _settle(voivodeship + powiat + gmina + kind, areas)


def _settle(code: str, areas: Areas) -> tuple[str, bool] | LeftOut:
    """Settle seven digits."""
    if code == "0000000":
        return COUNTRY, False
    if code in areas:
        return code, False
    if code.endswith("000"):
        shorter = code[:4] if code[2:4] != "00" else code[:2]
        return (shorter, False) if shorter in areas else LeftOut.UNKNOWN
    if code[6] in _PARTS and code[:4] in areas:
        return LeftOut.PART
    if _has_six(code[:6], areas):
        return areas[code[:6]].teryt, True
    return LeftOut.UNKNOWN


def _has_six(code: str, areas: Areas) -> bool:
    try:
        return bool(areas[code])
    except KeyError:
        return False
