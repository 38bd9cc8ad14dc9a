"""Made answers as SurveyMonkey writes them out: two rows of headers, answers as texts or as numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.model import QuestionType
from tests.made.google_forms import Cell, MadeQuestion, MadeSurvey

ABOUT = {
    "en": ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
           "Last Name", "Custom Data 1"),
    "old": ("RespondentID", "CollectorID", "StartDate", "EndDate", "IP Address", "Email Address", "First Name",
            "LastName", "Custom Data"),
    "pl": ("ID respondenta", "ID modułu zbierającego", "Data rozpoczęcia", "Data zakończenia", "Adres IP",
           "Adres e-mail", "Imię", "Nazwisko", "Dane niestandardowe 1"),
}  # fmt: skip
ANSWER = {"en": ("Response", "Open-Ended Response"), "old": ("Response", "Open-Ended Response"),
          "pl": ("Odpowiedź", "Odpowiedź otwarta")}  # fmt: skip


@dataclass(frozen=True)
class SurveyMonkeyStyle:
    """How an export is written.

    Attributes:
        language: of `ABOUT`.
        about: positions of the columns about the respondent that were kept.
        numbers: ticks are the option's number instead of its text.
        filled_up: somebody repeated the question over each of its columns.
    """

    language: str = "en"
    about: Sequence[int] = tuple(range(9))
    numbers: bool = False
    filled_up: bool = False


def write_rows(made: MadeSurvey, style: SurveyMonkeyStyle) -> list[list[str]]:
    """Return both rows of headers and the answers."""
    columns = list(_columns(made.questions, style))
    upper = [ABOUT[style.language][position] for position in style.about]
    lower = [""] * len(upper)
    upper += [text if first or style.filled_up else "" for _, _, first, text, _ in columns]
    lower += [item for *_, item in columns]
    rows = [upper, lower]
    for number, (stamp, answers) in enumerate(zip(made.stamps, made.answers, strict=True)):
        about = [str(114_000_000_000 + 1723 * number), "427000123", f"{stamp:%Y-%m-%d %H:%M:%S}",
                 f"{stamp:%Y-%m-%d %H:%M:%S}", "", "", "", "", ""]  # fmt: skip
        rows.append([about[position] for position in style.about])
        rows[-1] += [_cell(answers[place], option, made.questions[place], style) for place, option, *_ in columns]
    return rows


def _columns(
    questions: Sequence[MadeQuestion], style: SurveyMonkeyStyle
) -> Iterator[tuple[int, str | None, bool, str, str]]:
    """Yield place of the question, option, whether it is its first column, wording and what stands below."""
    answer, open_answer = ANSWER[style.language]
    for stem, run in groupby(enumerate(questions), key=lambda pair: pair[1].header.split(" [")[0]):
        for row, (place, question) in enumerate(run):
            if question.type is QuestionType.MULTIPLE:
                for number, option in enumerate(question.options):
                    yield place, option, number == 0, question.header, option
            elif "[" in question.header:
                yield place, None, row == 0, stem, question.header.split(" [")[1].rstrip("]")
            else:
                is_open = question.type in {QuestionType.TEXT, QuestionType.NUMBER}
                yield place, None, True, question.header, open_answer if is_open else answer


def _cell(cell: Cell, option: str | None, question: MadeQuestion, style: SurveyMonkeyStyle) -> str:
    if option is not None:
        if not isinstance(cell, tuple) or option not in cell:
            return ""
        return str(question.options.index(option) + 1) if style.numbers else option
    if isinstance(cell, tuple):
        return cell[0]
    return f"{cell:g}" if isinstance(cell, float) else cell or ""
