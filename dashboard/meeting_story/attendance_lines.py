"""The attendance list as somebody types it: a line a person, ``name; organisation; sector``."""

from collections.abc import Sequence

from surveys.language.folding import fold
from surveys.model.meeting import Attendee
from surveys.vocabulary import load


def read_lines(text: str) -> tuple[Attendee, ...]:
    """Return the people of a list; a sector is known by its code, its name or one of its usual words.

    Args:
        text: lines; a line without semicolons is a name.
    """
    people = []
    for line in text.splitlines():
        name, organisation, sector = ([part.strip() for part in line.split(";")] + ["", "", ""])[:3]
        if name or organisation:
            people.append(Attendee(name, organisation, find_sector(sector)))
    return tuple(people)


def write_lines(people: Sequence[Attendee], language: str) -> str:
    """Return a list as it can be typed on."""
    lists = load().sectors
    lines = []
    for one in people:
        sector = lists.label(one.sector, "en" if language == "en" else "pl") if one.sector else ""
        lines.append(
            "; ".join([one.name, one.organisation, sector]).rstrip("; ") if sector or one.organisation else one.name
        )
    return "\n".join(lines)


def find_sector(words: str) -> str:
    """Return the code of a sector that somebody named, ``""`` when it is none of ours."""
    wanted = fold(words)
    if not wanted:
        return ""
    lists = load().sectors
    for code in lists:
        entry = lists[code]
        known = (code, entry.label_pl, entry.label_en, *entry.synonyms_pl, *entry.synonyms_en)
        if any(fold(word) == wanted or fold(word).startswith(wanted) for word in known):
            return code
    return ""
