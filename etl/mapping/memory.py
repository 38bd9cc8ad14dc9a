"""Decisions that were taken before, by the wording of headers and values: applied to the next file, kept from this one.

A header that stands more than once in a file names no column, so nothing is applied to it and nothing kept of it. Of
values only those are kept that at least two people wrote or that the form or a code list offers: what one person
wrote stays theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.labels import option_key, question_key
from etl.importing import ColumnDecision, Decisions, Part, WordedDecision
from etl.mapping.answer_column import AnswerColumn
from surveys.model import QuestionType
from surveys.privacy.identifiers import scrub_text

# Share of a questionnaire's remembered headers that a file must have to be taken for the same one unjoined.
_LEAST_SHARE = 0.5
_KEPT_FROM = 2
_COLUMN_PARTS = (Part.IGNORE, Part.TYPE, Part.VOCABULARY, Part.PROFILE)
_TYPES = frozenset(kind.value for kind in QuestionType)


class Memory:
    """Decisions by wording, to be looked up.

    Args:
        decisions: of two on the same thing the first one holds.
    """

    def __init__(self, decisions: Iterable[WordedDecision] = ()) -> None:
        self._kept: dict[tuple[str, Part, str, str], WordedDecision] = {}
        for decision in decisions:
            self._kept.setdefault(key_of(decision), decision)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def aliases(self, questionnaire: str) -> Mapping[str, str]:
        """Return question names by the keys of headers that were decided to be them; ``""`` for a new question."""
        return {
            header: kept.target
            for (slug, part, header, _), kept in self._kept.items()
            if slug == questionnaire and part is Part.QUESTION
        }

    def ignored(self, questionnaire: str) -> frozenset[str]:
        """Return the keys of headers that were left out."""
        return frozenset(
            header for slug, part, header, _ in self._kept if slug == questionnaire and part is Part.IGNORE
        )

    def find_questionnaire(self, columns: Sequence[AnswerColumn]) -> str | None:
        """Return the questionnaire whose remembered headers a file has, though none is known that it joins."""
        present = set(name_headers(columns).values())
        headers: defaultdict[str, set[str]] = defaultdict(set)
        for slug, _, header, _ in self._kept:
            headers[slug].add(header)
        shares = {slug: len(found & present) / len(found) for slug, found in headers.items()}
        best = max(shares, key=lambda slug: (shares[slug], slug), default=None)
        return best if best is not None and shares[best] >= _LEAST_SHARE else None

    def column_decision(self, questionnaire: str, header: str) -> ColumnDecision | None:
        """Return what was decided on columns with this header, ``None`` when nothing was."""
        found = {
            part: kept.target
            for part in _COLUMN_PARTS
            if (kept := self._kept.get((questionnaire, part, header, ""))) is not None
        }
        if not found:
            return None
        kind = found.get(Part.TYPE)
        return ColumnDecision(
            ignore=Part.IGNORE in found,
            type=QuestionType(kind) if kind in _TYPES else None,
            vocabulary=found.get(Part.VOCABULARY),
            profile=found.get(Part.PROFILE),
        )

    def values(self, questionnaire: str, headers: frozenset[str]) -> dict[str, str | None]:
        """Return what written values mean under any of some headers, by their keys."""
        return {
            value: kept.target or None
            for (slug, part, header, value), kept in self._kept.items()
            if slug == questionnaire and part is Part.VALUE and header in headers
        }


@dataclass(frozen=True)
class Recalled:
    """A person's decisions on a file with those that were remembered beside them.

    Attributes:
        decisions: both; where they speak of the same thing, what was decided on this file.
        positions: columns that a remembered decision speaks of.
    """

    decisions: Decisions
    positions: frozenset[int] = frozenset()


def key_of(decision: WordedDecision) -> tuple[str, Part, str, str]:
    """Return what a decision speaks of: two with one key cannot both hold."""
    value = option_key(decision.value) if decision.part is Part.VALUE else ""
    return decision.questionnaire, decision.part, question_key(decision.header), value


def title_of(column: AnswerColumn) -> str:
    """Return the wording of a column's header, with the stem of its grid."""
    if column.layout is not None and column.layout.stem:
        return f"{column.layout.stem} [{column.header}]"
    return column.header


def name_headers(columns: Sequence[AnswerColumn]) -> dict[int, str]:
    """Return the key of each column's header, by position; blank and repeated headers name no column."""
    keys = {column.position: question_key(title_of(column)) for column in columns}
    times = Counter(keys.values())
    return {position: key for position, key in keys.items() if key and times[key] == 1}


def recall(
    decisions: Decisions,
    memory: Memory,
    questionnaire: str | None,
    columns: Sequence[AnswerColumn],
    questions: Mapping[int, str],
    wordings: Mapping[str, str],
) -> Recalled:
    """Put remembered decisions beside those on this file.

    Args:
        decisions: on this file.
        memory: what was decided before.
        questionnaire: slug of the questionnaire that the file belongs to; ``None``: nothing is remembered of it.
        columns: all columns.
        questions: name of the known question of a column, by position.
        wordings: question name by the key of its own wording, so that values decided under another wording hold too.
    """
    if questionnaire is None or not memory:
        return Recalled(decisions)
    keys = name_headers(columns)
    headers_of: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in (*wordings.items(), *memory.aliases(questionnaire).items()):
        headers_of[name].add(key)
    on_columns = dict(decisions.columns)
    values = {position: dict(said) for position, said in decisions.values.items()}
    used: set[int] = set()
    aliases = memory.aliases(questionnaire)
    for position, key in keys.items():
        said = memory.column_decision(questionnaire, key)
        if said is not None and position not in decisions.columns:
            on_columns[position] = said
            used.add(position)
        if key in aliases and position not in decisions.questions:
            used.add(position)
        name = questions.get(position, "")
        remembered = memory.values(questionnaire, frozenset({key, *(headers_of[name] if name else ())}))
        if remembered:
            values[position] = {**remembered, **values.get(position, {})}
            used.add(position)
    return Recalled(replace(decisions, columns=on_columns, values=values), frozenset(used))


@dataclass(frozen=True)
class Lessons:
    """What an import teaches.

    Attributes:
        decisions: to be kept.
        renewed: headers that were decided on anew: what is kept of their columns' use gives way.
    """

    decisions: tuple[WordedDecision, ...] = ()
    renewed: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrittenValue:
    """How a value was written, by how many people, and whether the form or a code list offers it."""

    wording: str
    people_count: int
    offered: bool = False

    @property
    def may_be_kept(self) -> bool:
        """Whether it may leave the file: it is no one person's words and holds no personal data."""
        return (self.offered or self.people_count >= _KEPT_FROM) and not scrub_text(self.wording)[1]


def learn(
    decisions: Decisions,
    questionnaire: str,
    columns: Sequence[AnswerColumn],
    written: Mapping[int, Mapping[str, WrittenValue]],
    accepted: Mapping[int, Mapping[str, str]],
) -> Lessons:
    """Return what a person decided on this file, by wording.

    Args:
        decisions: on this file, without what was remembered.
        questionnaire: slug of the questionnaire that the file belongs to.
        columns: all columns.
        written: values of each column by their keys, by position.
        accepted: suggestions that were taken with all others: position → key of a value → code.
    """
    keys = name_headers(columns)
    titles = {column.position: title_of(column) for column in columns if column.position in keys}
    lessons: list[WordedDecision] = []
    for position, header in titles.items():
        on_values = {**accepted.get(position, {}), **decisions.values.get(position, {})}
        said = [
            *_list_targets(decisions, position),
            *(
                (Part.VALUE, target or "", value.wording)
                for key, target in on_values.items()
                if (value := written.get(position, {}).get(key)) is not None and value.may_be_kept
            ),
        ]
        lessons += [WordedDecision(questionnaire, part, header, target, value) for part, target, value in said]
    # A file of decisions holds whatever it says of headers that this file has.
    present = set(keys.values())
    known = {key_of(lesson) for lesson in lessons}
    for worded in decisions.worded:
        carried = replace(worded, questionnaire=questionnaire)
        if question_key(worded.header) in present and key_of(carried) not in known:
            lessons.append(carried)
    renewed = tuple(titles[position] for position in decisions.columns if position in titles)
    return Lessons(tuple(lessons), renewed)


def _list_targets(decisions: Decisions, position: int) -> list[tuple[Part, str, str]]:
    """Return what was decided on a column as a whole."""
    said = decisions.columns.get(position, ColumnDecision())
    found: list[tuple[Part, str | None]] = [
        (Part.QUESTION, decisions.questions.get(position)),
        (Part.IGNORE, "" if said.ignore else None),
        (Part.TYPE, said.type.value if said.type is not None else None),
        (Part.VOCABULARY, said.vocabulary),
        (Part.PROFILE, said.profile),
    ]
    return [(part, target, "") for part, target in found if target is not None]
