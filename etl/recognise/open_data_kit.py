"""What KoboToolbox, Ona, ODK and SurveyCTO have in common: a column a question, ticks beside it, groups in headers.

With the form beside the data, headers become wordings and codes become labels; options that nobody ticked stay known.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.labels import cell_text, option_key
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.form_pairing import Paired, name_headers, pair_headers
from etl.recognise.group_paths import find_groups
from etl.recognise.joined_options import find_joined_codes, find_joined_labels
from etl.recognise.layout import ColumnLayout, Spread, TimeColumns
from etl.recognise.offered_scales import is_scale
from etl.recognise.open_data_kit_columns import (
    find_links,
    find_places,
    find_sideways_repeats,
    first_filled,
    technical_role,
)
from etl.recognise.ticked_columns import TickedQuestion, cut_cells, find_ticked_questions, segment
from etl.recognise.words_beside_other import find_other_words
from etl.recognise.xlsform_sheets import Form
from surveys.findings import Finding, Place
from surveys.model import QuestionType

_HEADER_SHOWN = 120
# How the older family writes that nobody answered.
_NOT_ANSWERED = {"n/a": "blank"}
_PLACE_OF_RANKING = re.compile(r"^(?P<stem>.*?)[/ -]*_?(?P<place>\d{1,2})(st|nd|rd|th)[ _]choice$", re.IGNORECASE)
# Options behind a mark are no names: "q/18-24".
_NAME = re.compile(r"^[A-Za-z_][\w.\-]*([/:.\-].*)?$", re.ASCII)
# Names of columns that hold the number of a response, the steadiest first, and the moment it came.
RESPONSE_IDS = ("_id", "meta/rootuuid", "_uuid", "key", "meta/instanceid", "meta-instanceid", "instanceid")
TIMES = (("start", "starttime", "start_time"), ("end", "endtime", "end_time"), ("_duration",))
MOMENTS = ("_submission_time", "submissiondate", "end", "endtime", "start", "starttime", "today")


@dataclass(frozen=True)
class Described:
    """A table of one of these tools, described.

    Attributes:
        layout: of every column.
        response_id_column, timestamp_column: 0-based, ``None`` when there is none.
        times: columns that tell how long people took.
        repeats: repeats laid beside each other, with how many were filled in.
        guessed: headers of questions whose ticked labels stand in one cell with nothing but spaces between them.
    """

    layout: tuple[ColumnLayout, ...]
    response_id_column: int | None
    timestamp_column: int | None
    times: TimeColumns
    repeats: Mapping[str, int]
    guessed: tuple[str, ...] = ()


def read_headers(sheet: RawSheet, row: int) -> list[str]:
    """Return the headers of a 1-based row, each on one line."""
    return [cell_text(value) for value in sheet.row(row)]


def holds_codes(headers: Sequence[str]) -> bool:
    """Whether headers are names that a form gives its questions, so that the cells hold codes."""
    own = [header for header in headers if header and not header.startswith("_") and not header.startswith("meta")]
    return bool(own) and all(" " not in header and _NAME.match(header) is not None for header in own)


def describe_table(
    sheet: RawSheet,
    header_row: int,
    first_row: int,
    *,
    form: Form | None,
    codes: bool | None = None,
    ticks_alone: bool = True,
    underscores: bool = False,
) -> Described:
    """Describe every column of a sheet of respondents.

    Args:
        sheet: the sheet.
        header_row: 1-based row of the headers.
        first_row: 1-based row of the first respondent.
        form: the questionnaire, where it is known.
        codes: cells hold codes; ``None`` finds out by the headers.
        ticks_alone: the tool may leave out the summary of ticked options.
        underscores: the tool marks options off by ``_``.
    """
    headers = read_headers(sheet, header_row)
    table = AnswerTable(sheet, first_row)
    return _Describer(headers, table, form, holds_codes(headers) if codes is None else codes).describe(
        ticks_alone=ticks_alone, underscores=underscores
    )


def remark_guessed(book: RawBook, sheet: RawSheet, described: Described) -> list[Finding]:
    """Say where ticked labels had to be told apart without the form."""
    return [
        Finding("SURVEY-LABELS-JOINED", Place(book.file_name, sheet.name, None, header[:_HEADER_SHOWN]))
        for header in described.guessed
    ]


def remark_repeats(book: RawBook, sheet: RawSheet, repeats: Mapping[str, int]) -> list[Finding]:
    """Say of repeats, by name, how many rows of them are not read."""
    place = Place(book.file_name, sheet.name)
    return [
        Finding("SURVEY-REPEATS-NOT-READ", place, {"name": name, "count": count}) for name, count in repeats.items()
    ]


class _Describer:
    """The steps of one description; columns that are described are taken."""

    def __init__(self, headers: Sequence[str], table: AnswerTable, form: Form | None, codes: bool) -> None:  # noqa: FBT001 # a fact about the table
        self.headers = headers
        self.table = table
        self.form = form
        self.codes = codes
        self.paired = pair_headers(form, headers) if form is not None else {}
        self.layout: dict[int, ColumnLayout] = {}
        self.free = set(range(len(headers)))
        self.guessed: list[str] = []
        self.missing = _NOT_ANSWERED if self._writes_not_answered() else {}

    def describe(self, *, ticks_alone: bool, underscores: bool) -> Described:
        repeats = self._set_repeats_aside()
        self._name_technical()
        ticked = self._find_ticks(alone=ticks_alone, underscores=underscores)
        rankings = self._find_rankings()
        used = {position for question in ticked for position in question.columns} | {
            position for _, columns in rankings for position in columns
        }
        tops = [question.header for question in ticked if question.summary is None] + [stem for stem, _ in rankings]
        plain = {position: self.headers[position] for position in self.free - used}
        self.groups = find_groups([*plain.values(), *tops], codes=self.codes)
        others = find_other_words(self.headers, self.table, self.free, ticked)
        for question in ticked:
            self._describe_ticked(question, others)
        for stem, columns in rankings:
            self._add(columns, header=self._wording(stem), kind=QuestionType.RANKING, spread=Spread.PLACES)
        for position in sorted(self.free - set(others.values())):
            self._describe_plain(position, others.get(position))
        self._stem_batteries()
        names = [self.headers[position] for position in range(len(self.headers))]
        moment = first_filled(names, self.table, MOMENTS, whole=False)
        if moment is not None and moment in self.layout:
            self.layout[moment] = replace(self.layout[moment], role="metadata", holds_moment=True)
        return Described(
            tuple(self.layout[position] for position in sorted(self.layout)),
            first_filled(names, self.table, RESPONSE_IDS, whole=True),
            moment,
            self._find_times(names),
            repeats,
            tuple(self.guessed),
        )

    def _find_times(self, names: Sequence[str]) -> TimeColumns:
        """Of a question called "start" the form, or what stands in it, has said already that it is none."""
        technical = {position for position, described in self.layout.items() if described.role == "metadata"}
        own = [header.rsplit("/", 1)[-1] if at in technical else "" for at, header in enumerate(names)]
        started = {met.question.type.name: at for at, met in self.paired.items() if at in technical}
        start, end, seconds = (first_filled(own, self.table, known, whole=False) for known in TIMES)
        return TimeColumns(started.get("start", start), started.get("end", end), seconds)

    def _add(self, columns: Sequence[int], **facts: object) -> None:
        # Ours are told apart already: a question called "status" or "id" is one.
        layout = ColumnLayout(tuple(columns), role="question", missing=self.missing, **facts)  # type: ignore[arg-type] # its own fields
        self.layout[columns[0]] = layout
        self.free -= {*columns, *([] if layout.other is None else [layout.other])}

    def _set_role(self, position: int, role: str) -> None:
        self.layout[position] = ColumnLayout((position,), role=role)
        self.free.discard(position)

    def _writes_not_answered(self) -> bool:
        columns = [position for position, header in enumerate(self.headers) if header]
        return sum("n/a" in self.table.distinct([position]) for position in columns) >= max(2, 0.1 * len(columns))

    def _set_repeats_aside(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for name, columns in find_sideways_repeats(self.headers).items():
            filled = self.table.filled(columns) & ~self.table.marked(columns, ["n/a"])
            numbers = [re.findall(r"\[(\d+)\]", self.headers[position])[0] for position in columns]
            counts[name] = sum(
                int(filled[:, [place for place, own in enumerate(numbers) if own == number]].any(axis=1).sum())
                for number in dict.fromkeys(numbers)
            )
            for position in columns:
                self._set_role(position, "ignored")
        return counts

    def _name_technical(self) -> None:
        places, links = find_places(self.headers), find_links(self.headers)
        for position in sorted(self.free):
            header = self.headers[position]
            if not header:
                # An answer that is in no version of the form gives every later row a cell beyond the headers.
                self._set_role(position, "ignored")
                continue
            role = technical_role(header, self.table, position)
            known = self.paired.get(position)
            if known is not None and role is None and known.question.type.role != "question":
                role = known.question.type.role
            if position in places:
                role = "identifier"
            elif position in links:
                role = "metadata"
            if known is not None and known.question.repeated:
                role = role or "ignored"
            if role is not None:
                self._set_role(position, role)

    def _find_ticks(self, *, alone: bool, underscores: bool) -> list[TickedQuestion]:
        stems: list[str] = []
        plain = set(self.free)
        if self.form is not None:
            several = [one for one in self.form.questions if one.type.name == "select_multiple"]
            stems = [key for question in several for key, _ in name_headers(question)]
            plain -= {
                position for position, met in self.paired.items() if met.question.type.name not in {"select_multiple"}
            }
        return find_ticked_questions(self.headers, self.table, plain, stems=stems, alone=alone, underscores=underscores)

    def _find_rankings(self) -> list[tuple[str, list[int]]]:
        """Kobo's own ranking: "1st choice", "2nd choice" … one column a place."""
        found: list[tuple[str, list[int]]] = []
        for position in sorted(self.free):
            match = _PLACE_OF_RANKING.match(self.headers[position])
            if match is None:
                continue
            place = int(match["place"])
            if place == 1:
                found.append((match["stem"].strip(" /-") or self.headers[position], [position]))
            elif found and place == len(found[-1][1]) + 1:
                found[-1][1].append(position)
        return [(stem, columns) for stem, columns in found if len(columns) > 1]

    def _describe_ticked(self, question: TickedQuestion, others: Mapping[int, int]) -> None:
        first = question.columns[0] if question.summary is None else question.summary
        met = self._met(question)
        labels, offered = self._labels(met)
        options = tuple(labels.get(option, option) for option in question.options)
        header = self._wording(question.header, met)
        if question.summary is None:
            self._add(
                question.columns, header=header, kind=QuestionType.MULTIPLE, spread=Spread.FLAGS, options=options,
                other=others.get(first),
            )  # fmt: skip
            return
        cells = cut_cells(question, self.table, codes=self._has_codes(met))
        self._add(
            (question.summary, *question.columns),
            header=header,
            kind=QuestionType.MULTIPLE,
            spread=Spread.CELL,
            options=_complete(options, offered),
            cells={text: tuple(labels.get(piece, piece) for piece in pieces) for text, pieces in cells.items()},
            other=others.get(first),
        )

    def _describe_plain(self, position: int, other: int | None) -> None:
        met = self.paired.get(position)
        header = self._wording(self.headers[position], met)
        stem = self.form.say(met.question.stem, met.language) if met is not None and self.form is not None else ""
        kind = met.question.type.answers if met is not None else None
        labels, offered = self._labels(met)
        cells = self._cells(position, met, offered, kind)
        if cells is not None:
            if met is None and not self.codes:
                self.guessed.append(self.headers[position])
            many = kind or QuestionType.MULTIPLE
            said = {text: tuple(labels.get(piece, piece) for piece in pieces) for text, pieces in cells.items()}
            options = offered or tuple(dict.fromkeys(piece for pieces in said.values() for piece in pieces))
            self._add(
                (position,), header=header, kind=many, spread=Spread.CELL, options=options, cells=said, other=other
            )
            return
        if kind is QuestionType.SINGLE and other is None and is_scale(offered):
            # What its type is and how its points are ordered is decided for all sources alike.
            kind = None
        elif kind is None and other is not None:
            kind = QuestionType.SINGLE
        self._add((position,), header=header, stem=stem, kind=kind, labels=labels, other=other)

    def _cells(
        self, position: int, met: Paired | None, offered: Sequence[str], kind: QuestionType | None
    ) -> dict[str, tuple[str, ...]] | None:
        """Return the options in each cell of a column with several, ``None`` for one answer a cell."""
        texts = [text for text in self.table.texts(position).values() if text not in self.missing]
        if kind in {QuestionType.MULTIPLE, QuestionType.RANKING}:
            if self._has_codes(met):
                return {text: tuple(dict.fromkeys(text.split())) for text in texts}
            return {text: segment(text, offered) or (text,) for text in texts}
        if kind is not None or met is not None or not any(" " in text for text in texts):
            return None
        codes = self.table.codes(position)
        counts = Counter(codes.tolist())
        people = {text: counts[code] for code, text in self.table.texts(position).items() if text not in self.missing}
        return find_joined_codes(people) if self.codes else find_joined_labels(people)

    def _met(self, question: TickedQuestion) -> Paired | None:
        if question.summary is not None and question.summary in self.paired:
            return self.paired[question.summary]
        for one in self.form.questions if self.form is not None else ():
            for key, language in name_headers(one):
                if key == question.header:
                    return Paired(one, language)
        return None

    def _has_codes(self, met: Paired | None) -> bool:
        return self.codes if met is None else self.codes or met.language is None

    def _labels(self, met: Paired | None) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return code → label, and all options in the form's order; nothing without a form."""
        if met is None or self.form is None:
            return {}, ()
        labels = {
            option.name: self.form.say(option.labels, met.language) or option.name
            for option in self.form.options_of(met.question)
        }
        return labels, tuple(dict.fromkeys(labels.values()))

    def _wording(self, header: str, met: Paired | None = None) -> str:
        if met is not None and self.form is not None:
            return self.form.say(met.question.labels, met.language) or met.question.name
        found = self.groups.get(header)
        return found.header if found is not None else header

    def _stem_batteries(self) -> None:
        """A group whose questions share few answers is a grid: its label is their stem."""
        groups: dict[str, list[int]] = {}
        for position, layout in self.layout.items():
            grouped = self.groups.get(self.headers[position])
            if layout.role == "question" and layout.spread is None and not layout.stem and grouped is not None:
                groups.setdefault(grouped.group, []).append(position)
        for group, columns in groups.items():
            keys = [
                {option_key(text) for text in self.table.distinct([position]) if text not in self.missing}
                for position in columns
            ]
            union = set().union(*keys)
            numbers = all(key.replace(".", "", 1).isdigit() for key in union)
            if len(columns) > 1 and all(keys) and len(union) <= 8 and not numbers and _overlap(keys):
                for position in columns:
                    self.layout[position] = replace(self.layout[position], stem=group)


def _overlap(keys: Sequence[set[str]]) -> bool:
    """Whether every column shares at least half of its answers with the others."""
    return all(2 * len(own & set().union(*(other for other in keys if other is not own))) >= len(own) for own in keys)


def _complete(options: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """All options in the form's order, then those that only the data have."""
    return tuple(dict.fromkeys((*offered, *options)))
