"""A table of answers understood: roles, question types, known questionnaires, a person's decisions, clean answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.clean.dates import read_days
from etl.clean.labels import question_key
from etl.importing import ColumnDecision, Decisions, SheetInspection, WordedDecision
from etl.mapping.age_bands import find_year
from etl.mapping.answer_column import AnswerColumn, gather_columns, read_response_ids
from etl.mapping.column_inspection import Inspector, describe_fit, list_written
from etl.mapping.column_readings import QuestionReading, read_columns
from etl.mapping.durations import find_times, mark_roles, read_durations
from etl.mapping.known_questionnaires import Fit, Joined, choose_named, find_questionnaire, match_questions, wording_of
from etl.mapping.mapped_survey import MappedSurvey, collect_answers
from etl.mapping.memory import Memory, Recalled, learn, recall
from etl.mapping.naming import name_question, slug_of_title, title_of_file
from etl.mapping.question_remarks import remark_question
from etl.mapping.respondents import select_respondents
from etl.mapping.roles import Role, decide_role
from etl.mapping.scrubbing import scrub_texts
from etl.readers.opening import column_letters
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from surveys.findings import FaultError, Finding, Place, Report
from surveys.language.likeness import How
from surveys.model import Question, Questionnaire, QuestionType
from surveys.privacy.identifiers import IdentifierKind

_HEADER_SHOWN = 120
# What is told by the values themselves can't be declared an ordinary question.
_PROVEN = frozenset({IdentifierKind.PESEL, IdentifierKind.EMAIL, IdentifierKind.PHONE, IdentifierKind.IP})


def map_survey(
    book: RawBook,
    recognition: Recognition,
    decisions: Decisions,
    known: Sequence[Questionnaire] = (),
    remembered: Sequence[WordedDecision] = (),
) -> MappedSurvey:
    """Understand a book of answers.

    Args:
        book: the file.
        recognition: on which sheet and under which headers the answers stand.
        decisions: what a person decided; whatever they left open is decided from the data.
        known: questionnaires that the file may be joined to.
        remembered: what was decided before on headers and values of the partnership; what is decided now comes first.

    Raises:
        FaultError: there is no respondent or no question in it.
    """
    sheet = book.sheet(recognition.sheet or "")
    if sheet is None or recognition.header_row is None:
        raise FaultError(Report((Finding("SURVEY-HEADER-MISSING", Place(file=book.file_name)),)))
    memory = Memory((*decisions.worded, *remembered))
    return _Mapper(book, sheet, recognition, decisions, memory).map(known)


@dataclass
class _Mapper:
    """The steps of one mapping; findings gather on the way."""

    book: RawBook
    sheet: RawSheet
    recognition: Recognition
    decisions: Decisions
    memory: Memory

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.recalled = Recalled(self.decisions)
        # Which known questions columns are: what the file says of them, after it what a person says.
        self.decided = self.decisions.questions

    def map(self, known: Sequence[Questionnaire]) -> MappedSurvey:
        header_row = self.recognition.header_row or 1
        respondents = select_respondents(
            self.sheet,
            header_row,
            self.book.file_name,
            first_row=self.recognition.first_row,
            set_aside=[
                aside for aside in self.recognition.set_aside if aside.always or not self.decisions.keep_unfinished
            ],
        )
        self.findings += respondents.findings
        if not len(respondents.rows):
            raise FaultError(Report((Finding("SURVEY-NO-ROWS", self._place()),)))
        columns = gather_columns(self.sheet, header_row, respondents.rows, self.recognition.layout)
        found = {
            column.position: decide_role(column, timestamp_column=self.recognition.timestamp_column)
            for column in columns
        }
        fit = self._recall(columns, found, known)
        roles = {column.position: self._role(column, found[column.position]) for column in columns}
        said = self.recalled.decisions.values
        questions = [
            replace(column, said=said[column.position]) if said.get(column.position) else column
            for column in columns
            if roles[column.position].name == "question"
        ]
        if not questions:
            raise FaultError(Report((Finding("SURVEY-NO-QUESTIONS", self._place()),)))
        self._remark_headers(questions)
        fit = self._join(questions, fit)
        joined = fit.joined
        source_rows: list[int] = (respondents.rows + 1).tolist()
        stated = next((column for column in columns if roles[column.position].holds_moment), None)
        submitted_on = self._days(stated, len(source_rows))
        times = find_times(columns, roles, self.recognition.times)
        durations = read_durations(columns, times)
        roles = roles if durations is None else mark_roles(roles, times)
        read = read_columns(
            questions,
            joined,
            self.recalled.decisions,
            separator=self.recognition.separator,
            year=find_year(submitted_on, self.decisions.wave or title_of_file(self.book.file_name)),
        )
        answers = self._answers(read, joined, source_rows)
        survey = SurveyAnswers(
            questionnaire=self._questionnaire(answers, joined, submitted_on),
            joined=joined.questionnaire if joined else None,
            answers=tuple(answers),
            source_rows=source_rows,
            submitted_on=submitted_on,
            response_ids=read_response_ids(columns, self.recognition.response_id_column),
            durations=durations,
        )
        inspector = Inspector(roles, read, fit, self.recalled.positions, self.decisions)
        return MappedSurvey(
            survey,
            rows_read=len(source_rows) + respondents.rejected_count,
            rows_rejected=respondents.rejected_count,
            # Only who asks what the columns are pays for their samples and likenesses.
            inspect=lambda: SheetInspection(
                self.sheet.name,
                "answers",
                self.recognition.header_row,
                len(source_rows),
                tuple(inspector.inspect(column) for column in columns),
            ),
            report=Report(tuple(self.findings)),
            fit=describe_fit(fit),
            lessons=learn(
                self.decisions,
                survey.questionnaire.slug,
                columns,
                {
                    item.column.position: list_written(item)
                    for item in read
                    if item.reading.accepted or item.column.position in self.decisions.values
                },
                {item.column.position: item.reading.accepted for item in read},
            ),
        )

    def _recall(
        self, columns: Sequence[AnswerColumn], roles: Mapping[int, Role], known: Sequence[Questionnaire]
    ) -> Fit:
        """Find the questionnaire that the file belongs to, and what was decided before on its columns."""
        if self.decisions.questionnaire == "":
            return Fit(None, None)  # a person asked for a new one
        askable = [column for column in columns if roles[column.position].name == "question"]
        known = self._choose_named(known)
        fit = find_questionnaire(
            askable,
            known,
            slug=self.decisions.questionnaire,
            memory=self.memory,
            decided=self.decided,
        )
        joined = fit.joined
        slug = joined.questionnaire.slug if joined is not None else self.memory.find_questionnaire(columns)
        self.recalled = recall(
            self.decisions,
            self.memory,
            slug,
            columns,
            {position: question.name for position, question in joined.questions.items()} if joined else {},
            {question_key(wording_of(question)): question.name for question in joined.questionnaire.questions}
            if joined
            else {},
        )
        return fit

    def _choose_named(self, known: Sequence[Questionnaire]) -> Sequence[Questionnaire]:
        """Return the questionnaire that the file itself names, with the questions it names; all when it names none."""
        named = choose_named(known, self.recognition.questionnaire, self.decisions.questionnaire)
        if named is None:
            return known
        said = {column.columns[0]: column.question for column in self.recognition.layout if column.question}
        self.decided = {**said, **self.decisions.questions}
        return named

    def _place(self, column: AnswerColumn | None = None, row: int | None = None) -> Place:
        if column is None:
            return Place(self.book.file_name, self.sheet.name, row)
        return Place(self.book.file_name, self.sheet.name, row, _shown_header(column))

    def _role(self, column: AnswerColumn, role: Role) -> Role:
        """Return a column's role after a person's word; personal data stop the import until there is one."""
        decision = self.recalled.decisions.columns.get(column.position, ColumnDecision())
        if role.name == "identifier" and role.identifier is not None:
            if decision.type is not None and role.identifier not in _PROVEN:
                return Role("question", reason="mapping.reason.decided")
            dropped = self.decisions.drop_identifiers or decision.ignore
            code = "SURVEY-IDENTIFIER-DROPPED" if dropped else "SURVEY-IDENTIFIER-COLUMN"
            self.findings.append(Finding(f"{code}-{role.identifier.upper().replace('_', '-')}", self._place(column)))
            return role
        if decision.ignore:
            return Role("ignored", reason="mapping.reason.decided")
        return Role("question", reason="mapping.reason.decided") if decision.type is not None else role

    def _remark_headers(self, questions: Sequence[AnswerColumn]) -> None:
        for column in questions:
            if not column.header:
                self.findings.append(Finding("SURVEY-HEADER-BLANK", self._place(column)))
        # Rows of different grids may well be called alike.
        times = Counter(column.grid or column.header for column in questions if column.header)
        for column in questions:
            if times.pop(column.grid or column.header, 1) > 1:
                self.findings.append(Finding("SURVEY-HEADER-REPEATED", self._place(column)))

    def _join(self, questions: Sequence[AnswerColumn], fit: Fit) -> Fit:
        """Join the columns that are questions after all decisions to the questionnaire that was found."""
        if fit.joined is None:
            if self.decisions.questionnaire:
                facts: dict[str, str | int] = {"slug": self.decisions.questionnaire}
                raise FaultError(Report((Finding("SURVEY-QUESTIONNAIRE-UNKNOWN", self._place(), facts),)))
            if fit.nearest is not None:
                said = fit.nearest
                near: dict[str, str | int] = {
                    "title": said.questionnaire.title_pl,
                    "slug": said.questionnaire.slug,
                    "met": len(said.questions) + len(said.likes),
                    "count": len(questions),
                }
                self.findings.append(Finding("SURVEY-QUESTIONNAIRE-NEAR", self._place(), near))
            return fit
        joined = match_questions(questions, fit.joined.questionnaire, self.memory, self.decided)
        self.findings.append(
            Finding(
                "SURVEY-QUESTIONNAIRE-JOINED",
                self._place(),
                {"title": joined.questionnaire.title_pl, "met": len(joined.questions), "count": len(questions)},
            )
        )
        for column in questions:
            position = column.position
            if joined.how.get(position) in {How.INFLECTED, How.SPELLING}:
                facts = {"known": wording_of(joined.questions[position])}
                self.findings.append(Finding("SURVEY-QUESTION-REWORDED", self._place(column), facts))
            elif position in joined.likes:
                facts = {"known": wording_of(joined.likes[position])}
                self.findings.append(Finding("SURVEY-QUESTION-LIKE", self._place(column), facts))
        return Fit(joined, joined)

    def _answers(
        self, read: Sequence[QuestionReading], joined: Joined | None, rows: Sequence[int]
    ) -> list[QuestionAnswers]:
        names = {question.name for question in joined.questionnaire.questions} if joined else set()
        answers: list[QuestionAnswers] = []
        for item in read:
            column, reading = item.column, item.reading
            texts, remarks = scrub_texts(
                column,
                reading.texts,
                rows=rows,
                place=self._place(column),
                keep_names=self.decisions.keep_names,
            )
            self.findings += remarks
            self.findings += remark_question(item, rows, self._place(column))
            if item.known is not None:
                question = replace(item.known, choices=reading.choices)
            else:
                text = item.text or _shown_header(column)
                name = name_question(item.battery, text, names)
                names.add(name)
                question = Question(
                    name=name,
                    type=reading.type,
                    text_pl=text,
                    choices=reading.choices,
                    vocabulary=reading.vocabulary,
                    max_choices=item.max_choices if reading.type is QuestionType.MULTIPLE else None,
                    profile=item.profile,
                    battery=item.battery,
                )
            answers.append(collect_answers(question, column, reading, texts))
        return answers

    def _days(self, stated: AnswerColumn | None, people_count: int) -> list[date | None]:
        if stated is None:
            return [None] * people_count
        days = read_days(stated.values)
        if days is None:
            self.findings.append(Finding("SURVEY-DATES-AMBIGUOUS", self._place(stated)))
            return [None] * people_count
        by_code = [*days, None]  # −1, no date, reaches the last one
        return [by_code[code] for code in stated.codes.tolist()]

    def _questionnaire(
        self, answers: Sequence[QuestionAnswers], joined: Joined | None, submitted_on: Sequence[date | None]
    ) -> Questionnaire:
        asked = {item.question.name: item.question for item in answers}
        if joined is not None:
            # Questions that this file doesn't ask stay; new ones come after them.
            old = [asked.pop(question.name, question) for question in joined.questionnaire.questions]
            return replace(joined.questionnaire, questions=(*old, *asked.values()))
        title = title_of_file(self.book.file_name)
        years = [day.year for day in submitted_on if day is not None]
        version = str(min(years)) if years else "1"
        partnership = self.decisions.partnership
        return Questionnaire(
            slug_of_title(title), version, title, questions=tuple(asked.values()), partnership=partnership
        )


def _shown_header(column: AnswerColumn) -> str:
    """A header as a place can hold it; the column's letter when it is blank."""
    header = column.header
    if not header:
        return column_letters(column.position)
    return header if len(header) <= _HEADER_SHOWN else header[: _HEADER_SHOWN - 1] + "…"
