"""Options and rows of a table as lines of a text box: one a line, in their order; what changed is told by the words."""

from collections.abc import Sequence

from surveys.language.folding import fold
from surveys.language.texts import Language
from surveys.model import FormChoice, FormRow
from surveys.model.form import Labels

Named = FormChoice | FormRow


def write_lines(named: Sequence[Named], language: Language) -> str:
    """Return labels as lines; one that has none in this language is an empty line."""
    return "\n".join(" ".join(each.labels.get(language, "").split()) for each in named)


def read_lines(text: str, named: Sequence[Named], english: str = "") -> list[tuple[str, Labels]]:
    """Return name and what is new of the labels of every line; a new line has the name ``""``.

    A line with the words of an old option is that option, wherever it stands now. Where as many lines are left as old
    options, they were reworded, the first one left is the first line left; otherwise such lines are new options.

    Args:
        text: lines in Polish; empty ones are left out.
        named: options or rows as they were.
        english: lines in English, heeded when there are as many as in Polish.
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    translated = [" ".join(line.split()) for line in english.splitlines()]
    translated = translated if len(translated) == len(lines) else []
    waiting: dict[str, Named] = {_key(each): each for each in reversed(named)}
    met: dict[int, Named] = {}
    for place, line in enumerate(lines):
        if fold(line) in waiting:
            met[place] = waiting.pop(fold(line))
    left = [each for each in named if any(each is other for other in waiting.values())]
    unmet = [place for place in range(len(lines)) if place not in met]
    if len(left) == len(unmet):
        met |= dict(zip(unmet, left, strict=True))
    read: list[tuple[str, Labels]] = []
    for place, line in enumerate(lines):
        old = met.get(place)
        known: Labels = {} if old is None else old.labels
        labels = {} if known.get("pl") == line else {"pl": line}
        if translated and translated[place] and known.get("en") != translated[place]:
            labels["en"] = translated[place]
        read.append(("" if old is None else old.name, labels))
    return read


def _key(named: Named) -> str:
    return fold(named.labels.get("pl", "")) or named.name
