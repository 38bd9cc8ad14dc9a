"""Made answers as two Polish tools write them: numbered questions over two rows of headers, and twin columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from surveys.model import QuestionType
from tests.made.google_forms import Cell, MadeQuestion, MadeSurvey


def write_numbered(made: MadeSurvey) -> list[list[str]]:
    """Return Interankiety's sheet: ticks have no second header, their option's text stands in the cells."""
    columns = list(_columns(made.questions))
    rows = [[upper for *_, upper, _ in columns], [lower for *_, lower in columns]]
    for answers in made.answers:
        rows.append([_cell(answers[place], option) for place, option, *_ in columns])
    return rows


def write_twins(made: MadeSurvey) -> list[list[str]]:
    """Return the other tool's table: single questions twice, two empty columns first, the moment last."""
    questions = [
        (place, question)
        for place, question in enumerate(made.questions)
        if question.type in {QuestionType.SINGLE, QuestionType.TEXT} and "[" not in question.header
    ]
    rows = [["", ""]]
    for _, question in questions:
        rows[0] += [question.header, f"{question.header} wartość"] if question.options else [question.header, ""]
    rows[0].append("data")
    for stamp, answers in zip(made.stamps, made.answers, strict=True):
        row = ["", ""]
        for place, question in questions:
            text = _cell(answers[place], None)
            value = str(question.options.index(text) + 1) if text in question.options else "99" if text else ""
            row += [text, value if question.options else ""]
        rows.append([*row, f"{stamp:%Y-%m-%dT%H:%M:%S}"])
    return rows


def _columns(questions: Sequence[MadeQuestion]) -> Iterator[tuple[int, str | None, str, str]]:
    """Yield place of the question, option, and both headers of every column."""
    groups = groupby(enumerate(questions), key=lambda pair: pair[1].header.split(" [")[0])
    for number, (stem, run) in enumerate(groups, 1):
        for row, (place, question) in enumerate(run):
            title = f"{number}. {stem}"
            if question.type is QuestionType.MULTIPLE:
                for place_of_option, option in enumerate(question.options):
                    yield place, option, "" if place_of_option else title, ""
            elif "[" in question.header:
                yield place, None, "" if row else title, question.header.split(" [")[1].rstrip("]")
            else:
                yield place, None, title, ""


def _cell(cell: Cell, option: str | None) -> str:
    if option is not None:
        return option if isinstance(cell, tuple) and option in cell else ""
    if isinstance(cell, tuple):
        return cell[0]
    return f"{cell:g}" if isinstance(cell, float) else cell or ""
