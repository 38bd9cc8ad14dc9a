"""Made answers as LimeSurvey writes them out: every style of headings, in full or in codes, in several languages."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.model import QuestionType
from tests.made.google_forms import Cell, MadeQuestion, MadeSurvey

# Yes, no, not shown; then what heads id, submitdate, lastpage, startlanguage, seed, startdate, datestamp.
LANGUAGES = {
    "pl": ("Tak", "Nie", "N/A", "ID odpowiedzi", "Data wysłania", "Ostatnia strona", "Język początkowy", "Ziarno",
           "Data rozpoczęcia", "Data ostatniej akcji"),
    "en": ("Yes", "No", "N/A", "Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started",
           "Date last action"),
    "de": ("Ja", "Nein", "k. A.", "Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache",
           "Zufallsstartwert", "Datum gestartet", "Datum letzte Aktivität"),
    # Not on anybody's list: only the answers tell.
    "xx": ("Tak", "Nie", "Niezadane", "Nr", "Posłano", "Karta", "Mowa", "Los", "Początek", "Ruch"),
}  # fmt: skip
CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")


@dataclass(frozen=True)
class LimeSurveyStyle:
    """How an export is written.

    Attributes:
        headings: ``code``, ``em``, ``text``, ``codetext`` or ``em_text``.
        separator: between code and text.
        underscores: spaces of texts become underscores.
        language: of `LANGUAGES`.
        ticks: of an option ticked, not ticked and not shown; ``None`` for the language's words.
    """

    headings: str = "codetext"
    separator: str = ". "
    underscores: bool = False
    language: str = "pl"
    ticks: tuple[str, str, str] | None = None


def write_rows(made: MadeSurvey, style: LimeSurveyStyle, *, unfinished: int = 0) -> list[list[str]]:
    """Return headings and rows, those of so many people who did not finish at the end."""
    words = LANGUAGES[style.language]
    texts = words[3:]
    headers = [_head(style, code, code, text) for code, text in zip(CODES, texts, strict=True)]
    columns = list(_columns(made.questions))
    headers += [_head(style, bracketed, em, text) for _, _, bracketed, em, text in columns]
    rows = [headers]
    for number, (stamp, answers) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        moment = f"{stamp:%Y-%m-%d %H:%M:%S}"
        rows.append(
            [str(number), moment, "4", style.language[:2], str(10**8 + 7919 * number), moment, moment]
            + [_cell(answers[place], option, style) for place, option, *_ in columns]
        )
    for number in range(unfinished):
        rows.append([str(len(made.stamps) + 1 + number), "", "1", "pl", "123456789", "2026-03-01 08:00:00",
                     "2026-03-01 08:01:00", *rows[1 + number][len(CODES) :]])  # fmt: skip
    return rows


def write_csv(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Every cell quoted, a blank line at the end, as the tool itself does."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return (written.getvalue() + "\r\n").encode(encoding)


def _columns(questions: Sequence[MadeQuestion]) -> Iterator[tuple[int, str | None, str, str, str]]:
    """Yield place of the question, option, code, code of ExpressionScript and wording of every column."""
    numbered = list(enumerate(questions))
    for group, (_, run) in enumerate(groupby(numbered, key=lambda pair: pair[1].header.split(" [")[0]), 1):
        code = f"G01Q{group:02}"
        for row, (place, question) in enumerate(run, 1):
            if question.type is QuestionType.MULTIPLE:
                for option, label in enumerate(question.options, 1):
                    sub = f"SQ{option:03}"
                    yield place, label, f"{code}[{sub}]", f"{code}_{sub}", f"{question.header} [{label}]"
            elif "[" in question.header:
                yield place, None, f"{code}[SQ{row:03}]", f"{code}_SQ{row:03}", question.header
            else:
                yield place, None, code, code, question.header


def _head(style: LimeSurveyStyle, bracketed: str, em: str, text: str) -> str:
    written = text.replace(" ", "_") if style.underscores else text
    code = em if style.headings.startswith("em") else bracketed
    if style.headings in {"code", "em"}:
        return code
    return written if style.headings == "text" else f"{code}{style.separator}{written}"


def _cell(cell: Cell, option: str | None, style: LimeSurveyStyle) -> str:
    ticked, unticked, unshown = style.ticks or LANGUAGES[style.language][:3]
    if option is not None:
        if not isinstance(cell, tuple):
            return unshown
        return ticked if option in cell else unticked
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return cell[0]
    return f"{cell:g}" if isinstance(cell, float) else cell
