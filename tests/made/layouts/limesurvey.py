"""LimeSurvey: headings of codes with answers in codes, or of codes and texts with full answers.

Beside what `tests.made.limesurvey` writes there are the columns of words beside "inne", rankings, kinds of missing,
and answers in codes.
"""

from dataclasses import replace

from surveys.model import QuestionType
from tests.made.layouts.forms import real_cell
from tests.made.layouts.tables import Cell, Laid, Row, Style
from tests.made.truth import Asked, KnownSurvey, Said

_CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")
_TEXTS = ("ID odpowiedzi", "Data wysłania", "Ostatnia strona", "Język początkowy", "Ziarno", "Data rozpoczęcia",
          "Data ostatniej akcji")  # fmt: skip
_STYLE = Style(encoding="utf-8-sig", delimiter=";", quoting=1, day="%Y-%m-%d 00:00:00")


def limesurvey(survey: KnownSurvey, *, codes: bool = False) -> Laid:
    """An export of all responses, the last one left unfinished.

    Args:
        survey: the survey.
        codes: headings and answers are codes; else headings are codes and texts, answers are full.
    """
    names = _name(survey)
    told = survey.reworded(lambda one: _in_codes(one, *names[one.name])) if codes else survey
    headers: Row = list(_CODES) if codes else [f"{code}. {text}" for code, text in zip(_CODES, _TEXTS, strict=True)]
    for one in survey.asked:
        headers += [code if codes else f"{code}. {text}" for code, text in _headings(one, *names[one.name])]
    rows: list[Row] = []
    for number, (stamp, answers) in enumerate(
        zip((*told.stamps, told.stamps[-1]), (*told.answers, told.answers[0]), strict=True), 1
    ):
        finished = number <= len(told.answers)
        moment = f"{stamp:%Y-%m-%d %H:%M:%S}"
        row: Row = [number, moment if finished else None, 3, "pl", 807_684_000 + number, moment, moment]
        for one, said in zip(told.asked, answers, strict=True):
            row += _cells(one, said, codes=codes)
        rows.append(row)
    return Laid(
        "limesurvey", "results-survey123456", [headers], rows, told, _STYLE, frozenset({"SURVEY-ROWS-INCOMPLETE"}),
        rejected=1,
    )  # fmt: skip


def _name(survey: KnownSurvey) -> dict[str, tuple[str, str]]:
    """Name of a question → its code, and the code of its row where it is one of a grid's."""
    names: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    codes: dict[str, str] = {}
    for one in survey.asked:
        code = codes.setdefault(one.stem or one.name, f"G01Q{len(codes) + 1:02d}")
        rows[code] = rows.get(code, 0) + 1
        names[one.name] = code, f"SQ{rows[code]:03d}" if one.stem else ""
    return names


def _in_codes(one: Asked, code: str, row: str) -> Asked:
    wanted = "SQ{:03d}" if one.type is QuestionType.MULTIPLE else "A{}"
    digits = all(option.isdigit() for option in one.options)
    options = one.options if digits else tuple(wanted.format(number) for number in range(1, len(one.options) + 1))
    missing = {f"A{number}": "" for number in range(len(one.options) + 1, len(one.options) + len(one.missing) + 1)}
    # What a code stands for is not in the file: neither a scale nor a kind of missing can be told.
    kind = QuestionType.SINGLE if one.type is QuestionType.SCALE and not digits else one.type
    return replace(
        one, text=row or code, stem=code if row else "", type=kind, options=options, missing=missing,
        other="Inne" if one.other else "",
    )  # fmt: skip


def _headings(one: Asked, code: str, row: str) -> list[tuple[str, str]]:
    other = [(f"{code}[other]", f"{one.text} [Inne]")] if one.other else []
    if row:
        return [(f"{code}[{row}]", f"{one.stem} [{one.text}]")]
    if one.type is QuestionType.MULTIPLE:
        return [
            *((f"{code}[SQ{number:03d}]", f"{one.text} [{option}]") for number, option in enumerate(one.options, 1)),
            *other,
        ]
    if one.type is QuestionType.RANKING:
        return [(f"{code}[{place}]", f"{one.text} [Miejsce {place}]") for place in range(1, len(one.options) + 1)]
    return [(code, one.text), *other]


def _cells(one: Asked, said: Said, *, codes: bool) -> list[Cell]:
    other: list[Cell] = [said.words or None] if one.other else []
    if one.type is QuestionType.MULTIPLE:
        yes, no = ("Y", None) if codes else ("Tak", "Nie")
        return [*(yes if option in said.labels else no for option in one.options), *other]
    if one.type is QuestionType.RANKING:
        return [*said.labels, *[None] * (len(one.options) - len(said.labels))]
    if one.other and said.words:
        return ["-oth-" if codes else one.other, *other]
    return [real_cell(one, replace(said, words="") if one.other else said), *other]
