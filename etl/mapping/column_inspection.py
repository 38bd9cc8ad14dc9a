"""What each column was taken for, for a person to see: with values that may be shown, and what waits for their word.

Never shown: a value of a column with personal data, and what only one person wrote.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.labels import option_key
from etl.importing import ColumnInspection, Decisions, LikeQuestion, QuestionnaireFit, ValueInspection
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.column_readings import QuestionReading
from etl.mapping.known_questionnaires import Fit, Joined, wording_of
from etl.mapping.memory import WrittenValue
from etl.mapping.open_codes import find_subject, inspect_texts
from etl.mapping.roles import Role
from etl.mapping.vocabulary_codes import VOCABULARIES
from surveys.language.likeness import How
from surveys.model import QuestionType
from surveys.privacy.identifiers import scrub_text

_SHOWN_FROM = 2
_MOST_SAMPLES = 6
_REMEMBERED = "mapping.reason.remembered"


@dataclass(frozen=True)
class Inspector:
    """Describes the columns of one file.

    Attributes:
        roles: by position.
        read: columns with questions.
        fit: the questionnaire the file was joined to, or comes near to.
        recalled: positions that a remembered decision speaks of.
        decisions: a person's word on this file.
    """

    roles: Mapping[int, Role]
    read: Sequence[QuestionReading]
    fit: Fit
    recalled: frozenset[int]
    decisions: Decisions

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items", {item.column.position: item for item in self.read})

    def inspect(self, column: AnswerColumn) -> ColumnInspection:
        """Return what a column was taken for and why."""
        role = self.roles[column.position]
        item: QuestionReading | None = getattr(self, "_items").get(column.position)  # noqa: B009 # set once, frozen
        remembered = column.position in self.recalled
        if item is None:
            reason = _REMEMBERED if remembered and role.name == "ignored" else role.reason
            return ColumnInspection(column.positions, column.header, role.name, reason=reason)
        reading = item.reading
        values, about, others = self._list_values(item)
        return ColumnInspection(
            columns=column.positions,
            header=f"{item.battery} [{item.text}]" if item.battery and column.layout is not None else column.header,
            role=role.name,
            type=reading.type,
            choices=tuple(choice.label_pl for choice in reading.choices),
            vocabulary=reading.vocabulary,
            profile=item.profile,
            reason=_REMEMBERED if remembered else role.reason or reading.reason,
            facts=reading.facts,
            samples=_choose_samples(item),
            question=item.known.name if item.known is not None else "",
            like=self._find_like(column),
            values=values,
            about=about,
            others_count=others,
        )

    def _find_like(self, column: AnswerColumn) -> LikeQuestion | None:
        joined = self.fit.joined or self.fit.nearest
        if joined is None:
            return None
        position = column.position
        if position in joined.likes:
            return _say_like(joined.likes[position].name, joined, certain=False)
        if joined.how.get(position) in {How.INFLECTED, How.SPELLING}:
            return _say_like(joined.questions[position].name, joined, certain=True)
        return None

    def _list_values(self, item: QuestionReading) -> tuple[tuple[ValueInspection, ...], str | None, int]:
        column, reading = item.column, item.reading
        if reading.type is QuestionType.TEXT:
            declared = self.decisions.columns.get(column.position)
            about = reading.vocabulary or find_subject(column)
            if about is None or about not in VOCABULARIES or (declared is not None and declared.vocabulary == ""):
                return (), None, 0
            values, others = inspect_texts(reading, column, about)
            return values, about, others
        labels = {choice.code: choice.label_pl for choice in reading.choices}
        found = [
            ValueInspection(key, wording, count, (code,), labels.get(code, ""), certain=False)
            for key, code in reading.likes.items()
            for wording, count in (reading.written[key],)
            if count >= _SHOWN_FROM and not scrub_text(wording)[1]
        ]
        return tuple(found), None, 0


def describe_fit(fit: Fit) -> QuestionnaireFit | None:
    """Return the questionnaire that a file was joined to or comes near to, as a person sees it."""
    found = fit.joined or fit.nearest
    if found is None:
        return None
    met = {question.name for question in found.questions.values()}
    unmet = tuple(
        (question.name, wording_of(question)) for question in found.questionnaire.questions if question.name not in met
    )
    return QuestionnaireFit(
        slug=found.questionnaire.slug,
        title=found.questionnaire.title_pl or found.questionnaire.title_en,
        met=len(found.questions),
        likely=len(found.likes),
        count=found.count,
        joined=fit.joined is not None,
        unmet=unmet,
    )


def list_written(item: QuestionReading) -> dict[str, WrittenValue]:
    """Return a column's values by their keys: how they were written, by how many, and whether the form offers them."""
    column, reading = item.column, item.reading
    offered = {option_key(label) for label in column.offered}
    if item.known is not None:
        offered |= {option_key(choice.label_pl) for choice in item.known.choices}
    if reading.written:
        return {key: WrittenValue(wording, count, key in offered) for key, (wording, count) in reading.written.items()}
    people: Counter[str] = Counter()
    wordings: dict[str, str] = {}
    for key, text, count in zip(column.keys, column.texts, column.counts, strict=True):
        people[key] += count
        wordings.setdefault(key, text)
    return {key: WrittenValue(wordings[key], count, key in offered) for key, count in people.items()}


def _say_like(name: str, joined: Joined, *, certain: bool) -> LikeQuestion:
    question = next(question for question in joined.questionnaire.questions if question.name == name)
    return LikeQuestion(name, wording_of(question), certain)


def _choose_samples(item: QuestionReading) -> tuple[str, ...]:
    """Values to show, the commonest first: written by two people at least, or offered by the form."""
    written = sorted(list_written(item).values(), key=lambda value: (-value.people_count, value.wording))
    return tuple(value.wording for value in written if value.wording and value.may_be_kept)[:_MOST_SAMPLES]
