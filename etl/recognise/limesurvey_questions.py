"""Questions of a LimeSurvey export out of its columns: ticks, rankings, grids, dual scales, tables of numbers."""

import re
from collections.abc import Sequence
from itertools import groupby

from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.limesurvey_form import SurveyForm
from etl.recognise.limesurvey_headings import Heading, Special
from etl.recognise.limesurvey_words import ASKS_FOR_TICKS, GENDERS, NO, NOT_SHOWN, OTHER, YES
from surveys.language.folding import fold
from surveys.model import QuestionType

_UNSHOWN = "not_shown"
_OTHER_CODE = "-oth-"
_NUMBERED = re.compile(r"^(?P<word>\D*?)\s*(?P<number>\d+)\D*$")
# More different answers than this, mostly by one person each, are people's own words.
_MOST_OPTIONS = 12


def lay_out_questions(
    headings: Sequence[Heading], table: AnswerTable, form: SurveyForm | None = None
) -> list[ColumnLayout]:
    """Describe all columns of questions.

    Args:
        headings: of these columns, in their order.
        table: the answers.
        form: the survey's structure, where it came along.
    """
    layouts: list[ColumnLayout] = []
    for group in _group(headings):
        layouts += _lay_out(group, table, form)
    return layouts


def _group(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Columns of one question bear its code, wherever they were moved; without codes they stand side by side.

    One that comes again with the same sub-question is another question.
    """
    runs: dict[object, list[Heading]] = {}
    place, last = 0, ""
    for heading in headings:
        if heading.code:
            runs.setdefault(heading.code, []).append(heading)
            continue
        place += heading.key != last or not heading.key
        last = heading.key
        runs.setdefault(place, []).append(heading)
    return [group for run in runs.values() for group in _part_repeated(run)]


def _part_repeated(run: Sequence[Heading]) -> list[list[Heading]]:
    groups: list[list[Heading]] = []
    seen: set[tuple[object, ...]] = set()
    for heading in run:
        name = (heading.parts, heading.subs if not heading.code else (), heading.special)
        if not groups or name in seen or not (heading.code or heading.subs):
            groups.append([])
            seen = set()
        groups[-1].append(heading)
        seen.add(name)
    return groups


def _lay_out(group: list[Heading], table: AnswerTable, form: SurveyForm | None) -> list[ColumnLayout]:
    own = [heading for heading in group if heading.special is None]
    other = next((heading for heading in group if heading.special is Special.OTHER), None)
    rest = [heading for heading in group if heading.special is not None and heading is not other]
    if not own:
        own, other = ([other] if other else []), None
    if any(heading.special is Special.FILE for heading in rest):
        return [_metadata(heading) for heading in group]
    layouts = [_lay_out_comment(heading, table) for heading in rest]
    known = form.lay_out(own, other, table) if form is not None and own else None
    if known is not None:
        layouts += known
    elif len(own) == 1 and not own[0].parts and not (own[0].subs and own[0].code):
        layouts.append(_lay_out_single(own[0], other, table))
    elif own:
        layouts += _lay_out_several(own, other, table, commented=bool(rest))
    return sorted(layouts, key=lambda layout: layout.columns[0])


def _metadata(heading: Heading) -> ColumnLayout:
    return ColumnLayout((heading.position,), role="metadata")


def _lay_out_comment(heading: Heading, table: AnswerTable) -> ColumnLayout:
    if not table.count(heading.position):
        return ColumnLayout((heading.position,), role="ignored")
    wording = heading.text or heading.code
    beside = " ".join(heading.subs or (*heading.parts, "comment"))
    return ColumnLayout((heading.position,), f"{wording} – {beside}", role="question", kind=QuestionType.TEXT)


def _lay_out_single(heading: Heading, other: Heading | None, table: AnswerTable) -> ColumnLayout:
    header = heading.text or heading.code
    if heading.subs:  # brackets of the question's own
        header = f"{header} [{' '.join(heading.subs)}]"
    texts = table.distinct([heading.position])
    missing = {text: _UNSHOWN for text in texts if fold(text) in NOT_SHOWN}
    # "N/A" is LimeSurvey's own word in questions of yes and no and of sex only; elsewhere somebody made it an option.
    if not missing or not ({fold(text) for text in texts - missing.keys()} <= YES | NO | GENDERS):
        missing = {text: _UNSHOWN for text in texts if text == "{question_not_shown}"}
    labels: dict[str, str] = {}
    if other is not None:
        labels = {text: "Inne" for text in texts if text == _OTHER_CODE or fold(text) in OTHER}
    kind, position = (QuestionType.SINGLE, other.position) if other is not None else (None, None)
    return ColumnLayout(
        (heading.position,), header, role="question", kind=kind, other=position, labels=labels, missing=missing
    )


def _lay_out_several(
    own: list[Heading], other: Heading | None, table: AnswerTable, *, commented: bool
) -> list[ColumnLayout]:
    positions = [heading.position for heading in own]
    stem = own[0].text or own[0].code
    if _has_two_scales(own):
        return [_lay_out_cell(heading, f"{stem} ({_last(heading)})", _first(heading), table) for heading in own]
    if all(len(heading.parts) == 2 or len(heading.subs) == 2 for heading in own):
        return _lay_out_table(own, stem, table)
    if _is_ranking(own, table):
        return [
            ColumnLayout(
                tuple(positions), stem, role="question", kind=QuestionType.RANKING, spread=Spread.PLACES,
                other=other.position if other else None,
            )
        ]  # fmt: skip
    hinted = other is not None or commented or ASKS_FOR_TICKS.search(fold(stem)) is not None
    missing = read_ticks(table, positions, hinted=hinted)
    if missing is not None:
        return [
            ColumnLayout(
                tuple(positions), stem, role="question", kind=QuestionType.MULTIPLE, spread=Spread.FLAGS,
                options=tuple(_first(heading) for heading in own), other=other.position if other else None,
                missing=missing,
            )
        ]  # fmt: skip
    layouts = [_lay_out_cell(heading, stem, _first(heading), table) for heading in own]
    return layouts + ([_lay_out_cell(other, stem, _first(other), table)] if other is not None else [])


def _lay_out_table(own: list[Heading], stem: str, table: AnswerTable) -> list[ColumnLayout]:
    """A table of cells: of ticks a question for each row, else one for each cell."""
    layouts: list[ColumnLayout] = []
    for row, cells in groupby(own, key=_first):
        line = list(cells)
        positions = [heading.position for heading in line]
        ticks = table.distinct([heading.position for heading in own]) <= {"1", "0"}
        missing = read_ticks(table, positions, hinted=True) if ticks and len(table) else None
        if missing is not None and table.distinct(positions):
            options = tuple(_last(heading) for heading in line)
            layouts.append(
                ColumnLayout(
                    tuple(positions), row, stem, role="question", kind=QuestionType.MULTIPLE, spread=Spread.FLAGS,
                    options=options, missing=missing,
                )
            )  # fmt: skip
        else:
            layouts += [_lay_out_cell(heading, stem, f"{row} – {_last(heading)}", table) for heading in line]
    return layouts


def _lay_out_cell(heading: Heading, stem: str, row: str, table: AnswerTable) -> ColumnLayout:
    texts = table.distinct([heading.position])
    answered = table.count(heading.position)
    words = len(texts) > _MOST_OPTIONS and len(texts) > 0.5 * answered and not any(map(_is_number, texts))
    missing = {text: _UNSHOWN for text in texts if text == "{question_not_shown}"}
    kind = QuestionType.TEXT if words else None
    return ColumnLayout((heading.position,), row, stem, role="question", kind=kind, missing=missing)


def read_ticks(table: AnswerTable, positions: Sequence[int], *, hinted: bool) -> dict[str, str] | None:
    """Return the kinds of missing in columns of ticks, ``None`` when the columns hold no ticks.

    LimeSurvey writes ``Y`` or nothing in codes; in full answers always "Yes", "No", or in all columns "N/A" where the
    question was not shown. An array of yes and no leaves a cell empty where nothing was answered.

    Args:
        table: the answers.
        positions: columns of the question.
        hinted: its wording, an "other" or comments beside it say that several may be ticked.
    """
    texts = table.distinct(positions)
    if not texts:
        return {} if hinted else None
    ticked = {text for text in texts if fold(text) in YES}
    unticked = {text for text in texts if fold(text) in NO}
    # Where one option excludes the others, these were not shown either: "N/A" need not stand in all of them.
    unshown = {text for text in texts - ticked - unticked if fold(text) in NOT_SHOWN}
    strange = texts - ticked - unticked - unshown
    if len({fold(text) for text in ticked}) > 1 or (not ticked and not unticked):
        return None
    if strange and not (len(strange) == 1 and unticked and table.holds_whole_rows(positions, strange)):
        return None
    strange |= unshown
    missing = dict.fromkeys(strange, _UNSHOWN)
    filled = table.filled(positions)
    gaps = bool((filled.any(axis=1) & ~filled.all(axis=1)).any())
    empty_rows = bool((~filled.any(axis=1)).any())
    if unticked:
        if gaps or (not ticked and not hinted and not strange):
            return None
        digits = all(text.isdigit() for text in texts - strange)
        return missing if not empty_rows or hinted or digits else None
    lone = len(positions) == 1 and empty_rows
    return missing if gaps or lone or strange or hinted else None


def _is_ranking(own: list[Heading], table: AnswerTable) -> bool:
    """Headings count the places from 1 on; with headings of codes alone the answers have to look like a ranking."""
    codes = [heading.parts[0] if heading.parts else "" for heading in own]
    in_order = [str(number) for number in range(1, len(own) + 1)]
    if any(codes) and codes != in_order:
        return False
    positions = [heading.position for heading in own]
    named = [_NUMBERED.match(heading.subs[0]) if heading.subs else None for heading in own]
    if all(found is not None for found in named):
        words = {found["word"] for found in named if found is not None}
        numbers = [found["number"] for found in named if found is not None]
        if len(words) == 1 and numbers == in_order:
            return not table.distinct(positions) or table.places_of_options(positions)
        return False
    return not any(heading.subs for heading in own) and any(codes) and table.places_of_options(positions)


def _has_two_scales(own: list[Heading]) -> bool:
    """``[SQ001][1]``, ``[SQ001][2]``; in ExpressionScript ``_SQ001_0``, ``_SQ001_1``."""
    if any(len(heading.parts) != 2 for heading in own):
        return False
    scales = {heading.parts[1] for heading in own}
    return scales in ({"1", "2"}, {"0", "1"}, {"1"}, {"0"}) and len({heading.parts[0] for heading in own}) > 0


def _first(heading: Heading) -> str:
    return heading.subs[0] if heading.subs else (heading.parts or (heading.code,))[0]


def _last(heading: Heading) -> str:
    return heading.subs[-1] if heading.subs else (heading.parts or (heading.code,))[-1]


def _is_number(text: str) -> bool:
    return text.replace(",", "", 1).replace(".", "", 1).lstrip("-").isdigit()
