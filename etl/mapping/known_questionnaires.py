"""Joining a file to a questionnaire that is known already, so that its waves compare.

A column is a known question when a person says or said so, when its wording is the same, and when it certainly is the
same in other words (`surveys.language.likeness`). What only resembles is left to a person.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.clean.labels import question_key
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.memory import Memory, name_headers
from etl.mapping.profile import find_profile
from surveys.language.likeness import How, WordingIndex
from surveys.model import Question, Questionnaire

# Share of the file's questions whose wording is met in the questionnaire.
_LEAST_SHARE = 0.7
# Below it nobody is asked whether the file is another edition.
_NEAR_SHARE = 0.4
# Wordings are compared in pairs; a table this wide is no questionnaire.
_MOST_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Joined:
    """A file's columns met in a known questionnaire.

    Attributes:
        questionnaire: the known one.
        questions: the question of a column, by the column's position.
        share: share of the file's questions that were met, the profile left out.
        count: questions of the file, the profile left out.
        how: how each was met, by position.
        likes: questions that columns may be, worded otherwise, by position; a person decides.
    """

    questionnaire: Questionnaire
    questions: Mapping[int, Question]
    share: float
    count: int = 0
    how: Mapping[int, How] = field(default_factory=dict)
    likes: Mapping[int, Question] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """The known questionnaire a file was joined to, and the one that comes nearest (the same, when it was joined)."""

    joined: Joined | None
    nearest: Joined | None


def find_questionnaire(
    columns: Sequence[AnswerColumn],
    known: Sequence[Questionnaire],
    *,
    slug: str | None = None,
    memory: Memory | None = None,
    decided: Mapping[int, str] | None = None,
) -> Fit:
    """Return the known questionnaire that a file's questions fit best.

    Args:
        columns: columns with questions.
        known: questionnaires to look in; of two that fit equally the one with fewer questions that the file does not
            have is taken, and of two such the later one.
        slug: a person's choice: only versions of this questionnaire, however few questions fit.
        memory: what was decided before.
        decided: names of known questions that columns are, by position; ``""`` for a new question.
    """
    memory = memory or Memory()
    best: Joined | None = None
    nearest: Joined | None = None
    near = 0.0
    for questionnaire in known:
        if slug is not None and questionnaire.slug != slug:
            continue
        found = match_questions(columns, questionnaire, memory, decided or {})
        likely = found.share + (len(found.likes) / found.count if found.count else 0.0)
        if likely >= max(near, _NEAR_SHARE):
            nearest, near = found, likely
        if not found.questions or (slug is None and found.share < _LEAST_SHARE):
            continue
        if best is None or (found.share, -_unmet(found)) >= (best.share, -_unmet(best)):
            best = found
    return Fit(best, best or nearest)


def _unmet(joined: Joined) -> int:
    return len(joined.questionnaire.questions) - len(joined.questions)


def choose_named(
    known: Sequence[Questionnaire], named: tuple[str, str], said: str | None
) -> Sequence[Questionnaire] | None:
    """Return the known questionnaire that a file itself names, ``None`` when it names none of them.

    Two questionnaires may share most of their questions: wording alone would not tell them apart.

    Args:
        known: questionnaires to look in.
        named: slug and version as the file has them; the very version comes before others.
        said: slug that a person chose, ``""`` for a new questionnaire; it counts more than the file's word.
    """
    slug, version = named
    found = [each for each in known if each.slug == slug]
    if not slug or not found or said not in {None, slug}:
        return None
    return [each for each in found if each.version == version] or found


def match_questions(
    columns: Sequence[AnswerColumn], questionnaire: Questionnaire, memory: Memory, decided: Mapping[int, str]
) -> Joined:
    """Pair columns with questions of a questionnaire, each question once.

    Args:
        columns: columns with questions.
        questionnaire: the known one.
        memory: what was decided before.
        decided: names of known questions that columns are, by position; ``""`` for a new question.
    """
    matching = _Matching(columns, questionnaire)
    headers = name_headers(columns)
    aliases = memory.aliases(questionnaire.slug)
    for column in columns:
        name = decided.get(column.position, aliases.get(headers.get(column.position, "")))
        if name is not None:
            matching.take_name(column, name)
    matching.meet_same_wordings()
    if len(columns) <= _MOST_COMPARED:
        matching.meet_like_wordings()
    left_out = memory.ignored(questionnaire.slug)
    own = [
        column
        for column in columns
        if find_profile(column.header) is None and headers.get(column.position) not in left_out
    ]
    met = matching.met
    # A file with nothing but a profile is joined to a questionnaire with nothing else: every survey asks one's sex.
    share = (
        sum(column.position in met for column in own) / len(own)
        if own
        else len(met) / max(len(columns), len(questionnaire.questions), 1)
    )
    return Joined(questionnaire, met, share, len(own), matching.how, matching.likes)


def wording_of(question: Question) -> str:
    """Return a question's wording with the stem of its grid in front."""
    return f"{question.battery} [{question.text_pl}]" if question.battery else question.text_pl


def keys_of_question(question: Question) -> list[str]:
    """Return the keys of a question's wordings, as headers have them."""
    texts = [text for text in (question.text_pl, question.text_en) if text]
    if question.battery:
        return [f"{question_key(question.battery)}|{question_key(text)}" for text in texts]
    return [question_key(text) for text in texts]


class _Matching:
    """Columns and questions while they are being paired, the surest pairs first."""

    def __init__(self, columns: Sequence[AnswerColumn], questionnaire: Questionnaire) -> None:
        self._columns = columns
        self._questions = questionnaire.questions
        self._by_name = {question.name: question for question in self._questions}
        self._used: set[str] = set()
        self._settled: set[int] = set()
        self.met: dict[int, Question] = {}
        self.how: dict[int, How] = {}
        self.likes: dict[int, Question] = {}

    def take_name(self, column: AnswerColumn, name: str) -> None:
        """Somebody decided: the column is this question, or a new one."""
        question = self._by_name.get(name)
        if question is not None and name not in self._used:
            self._meet(column, question, How.ALIAS)
        elif name == "":
            self._settled.add(column.position)

    def meet_same_wordings(self) -> None:
        """Pair what is worded the same; of several with one wording the first with the first."""
        waiting: defaultdict[str, list[Question]] = defaultdict(list)
        for question in self._questions:
            for key in dict.fromkeys(keys_of_question(question)):
                waiting[key].append(question)
        for column in self._waiting_columns():
            for key in _keys_of_column(column):
                found = next((question for question in waiting.get(key, ()) if question.name not in self._used), None)
                if found is not None:
                    exact = found.text_pl in {column.header, *(column.grid or ())}
                    self._meet(column, found, How.EXACT if exact else How.FOLDED)
                    break

    def meet_like_wordings(self) -> None:
        """Pair what certainly is the same in other words, and note what resembles; no question serves two columns."""
        columns = list(self._waiting_columns())
        left = [question for question in self._questions if question.name not in self._used]
        if not columns or not left:
            return
        index = WordingIndex(
            (place, text if not question.battery else f"{question.battery} {text}")
            for place, question in enumerate(left)
            for text in (question.text_pl, question.text_en)
            if text
        )
        found = {
            column.position: like
            for column in columns
            if (like := index.find(" ".join(column.grid) if column.grid else column.header)) is not None
            and left[like.place].profile in {None, find_profile(column.header)}
        }
        certain: defaultdict[int, list[int]] = defaultdict(list)
        for position, like in found.items():
            if like.certain:
                certain[like.place].append(position)
        by_position = {column.position: column for column in columns}
        for place, positions in certain.items():
            # Two columns as near to one question: neither certainly is it.
            if len(positions) == 1:
                self._meet(by_position[positions[0]], left[place], found[positions[0]].how)
        ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))
        offered: set[str] = set()
        for position, like in ranked:
            question = left[like.place]
            if position not in self.met and question.name not in self._used | offered:
                self.likes[position] = question
                offered.add(question.name)

    def _waiting_columns(self) -> list[AnswerColumn]:
        return [
            column
            for column in self._columns
            if column.position not in self.met and column.position not in self._settled
        ]

    def _meet(self, column: AnswerColumn, question: Question, how: How) -> None:
        self._used.add(question.name)
        self.met[column.position] = question
        self.how[column.position] = how


def _keys_of_column(column: AnswerColumn) -> list[str]:
    keys = [question_key(column.header)]
    if column.grid is not None:
        stem, row = column.grid
        keys.insert(0, f"{question_key(stem)}|{question_key(row)}")
    return keys
