"""Numbers of inhabitants as somebody types or pastes them: one group a line, its number at the end."""

import re
from collections.abc import Mapping

from surveys.language.folding import fold

# The number at the end of a line, after a colon, a tab, a semicolon or spaces: "kobieta: 1 250", "18–24; 12,5 %".
_LINE = re.compile(r"^(?P<name>.*?)[\s:;|]+(?P<number>\d[\d\s.,\u00a0\u202f]*)\s*%?\s*$")


def write_lines(labels: Mapping[str, str], margin: Mapping[str, float]) -> str:
    """Return the lines to fill in: every group, with its number where one is known.

    Args:
        labels: name by code of the group, in order.
        margin: number by code.
    """
    return "\n".join(f"{label}: {_write(margin.get(code))}".rstrip() for code, label in labels.items())


def read_lines(text: str, labels: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """Return the numbers by code, and the lines that could not be understood; a group without a number is left out.

    Args:
        text: as typed or pasted; two columns of a spreadsheet will do.
        labels: name by code of the group.
    """
    codes = {_key(label): code for code, label in labels.items()}
    numbers: dict[str, float] = {}
    strange: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if _key(line) in codes:
            continue
        found = _LINE.match(line)
        code = codes.get(_key(found["name"])) if found else None
        number = _read(found["number"]) if found else None
        if code is None or number is None or code in numbers:
            strange.append(line)
        else:
            numbers[code] = number
    return numbers, strange


def _key(text: str) -> str:
    return fold(text).strip(" :;|").replace("–", "-")


def _read(written: str) -> float | None:
    """Read "1 250", "12,5" or "1.250,5"; of two kinds of marks the last one parts the decimals."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", written).strip(".,")
    if "," in digits and "." in digits:
        last = max(digits.rfind(","), digits.rfind("."))
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def _write(number: float | None) -> str:
    return "" if number is None else f"{number:g}" if number < 1e6 else str(int(number))
