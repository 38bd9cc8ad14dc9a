"""The one loader of the code lists.

`load` reads the package's own lists once. `check` reads any folder of lists (a copy somebody has edited) and
returns every fault with file, line and column; `read_vocabulary` does the same and refuses faulty lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TypeVar

from surveys.findings import FaultError, Report
from surveys.vocabulary.areas import Areas, read_areas
from surveys.vocabulary.building import (
    BASE_COLUMNS,
    FUNDING_COLUMNS,
    KIND_COLUMNS,
    PROBLEM_COLUMNS,
    SCALE_COLUMNS,
    build_entry,
    build_funding,
    build_group,
    build_kind,
    build_problem,
    build_reason,
    build_scale,
    build_theme,
    gather_roll_ups,
)
from surveys.vocabulary.checking import check_entries, check_references
from surveys.vocabulary.code_list import CodeList, TargetGroupList
from surveys.vocabulary.entries import AssistanceReason, Entry, FundingSource, PartnerKind, Problem, Scale, Theme
from surveys.vocabulary.indicators import Indicator, read_indicators
from surveys.vocabulary.reading import FaultLog, Folder, Row, read_rows

_E = TypeVar("_E", bound=Entry)


class VocabularyError(FaultError):
    """The lists have faults. Its text names each one; lists are public, so nothing has to be hidden."""

    def __str__(self) -> str:
        return "\n".join(f"{finding.place.describe('pl')}: {finding.message('pl')}" for finding in self.report)


@dataclass(frozen=True)
class Vocabulary:
    """Every code list. The areas and the official indicators are read when they are first asked for."""

    themes: CodeList[Theme]
    assistance_reasons: CodeList[AssistanceReason]
    problems: CodeList[Problem]
    target_groups: TargetGroupList
    partner_kinds: CodeList[PartnerKind]
    activity_forms: CodeList[Entry]
    support_forms: CodeList[Entry]
    funding_sources: CodeList[FundingSource]
    sectors: CodeList[Entry]
    membership_statuses: CodeList[Entry]
    membership_roles: CodeList[Entry]
    problem_statuses: CodeList[Entry]
    problem_sources: CodeList[Entry]
    project_statuses: CodeList[Entry]
    tree_node_kinds: CodeList[Entry]
    missing_kinds: CodeList[Entry]
    scales: CodeList[Scale]
    folder: Folder

    @cached_property
    def areas(self) -> Areas:
        """Every gmina, Warsaw district, powiat and voivodeship.

        Raises:
            VocabularyError: ``areas.csv`` has faults.
        """
        faults = FaultLog()
        areas = read_areas(self.folder, faults)
        _refuse(faults)
        return areas

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The catalogue of official indicators.

        Raises:
            VocabularyError: ``indicators.csv`` has faults.
        """
        faults = FaultLog()
        indicators = read_indicators(self.folder, self.problems, faults)
        _refuse(faults)
        return indicators

    @property
    def lists(self) -> Mapping[str, CodeList[Entry]]:
        """Every code list by its name, without the areas and the official indicators."""
        return {value.name: value for value in vars(self).values() if isinstance(value, CodeList)}


@cache
def load() -> Vocabulary:
    """Return the package's own lists.

    Raises:
        VocabularyError: a list has faults; every one of them is in its report.
    """
    return read_vocabulary(resources.files("surveys.vocabulary") / "data")


def read_vocabulary(folder: Folder) -> Vocabulary:
    """Return the lists of a folder; areas follow when they are asked for.

    Raises:
        VocabularyError: a list has faults; every one of them is in its report.
    """
    faults = FaultLog()
    vocabulary = _read_lists(folder, faults)
    _refuse(faults)
    return vocabulary


def check(folder: Folder) -> Report:
    """Return every fault of all files of a folder; an empty report means that they can be used."""
    faults = FaultLog()
    vocabulary = _read_lists(folder, faults)
    read_areas(folder, faults)
    read_indicators(folder, vocabulary.problems, faults)
    return faults.report()


def _refuse(faults: FaultLog) -> None:
    if faults.findings:
        raise VocabularyError(faults.report())


def _read_lists(folder: Folder, faults: FaultLog) -> Vocabulary:
    rows_by_list: dict[str, list[Row]] = {}

    def read(name: str, build: Callable[[Row], _E], *columns: str) -> CodeList[_E]:
        rows = read_rows(folder, f"{name}.csv", (*BASE_COLUMNS, *columns), faults)
        rows_by_list[name] = rows
        return CodeList(name, check_entries([(row, build(row)) for row in rows], faults))

    def read_plain(name: str) -> CodeList[Entry]:
        return read(name, build_entry)

    groups = read("target_groups", build_group, "roll_up", "sensitive")
    vocabulary = Vocabulary(
        themes=read("themes", build_theme, "seed"),
        assistance_reasons=read("assistance_reasons", build_reason, "point"),
        problems=read("problems", build_problem, *PROBLEM_COLUMNS),
        target_groups=TargetGroupList(groups.name, groups.values(), gather_roll_ups(read_plain("roll_ups"), groups)),
        partner_kinds=read("partner_kinds", build_kind, *KIND_COLUMNS),
        activity_forms=read_plain("activity_forms"),
        support_forms=read_plain("support_forms"),
        funding_sources=read("funding_sources", build_funding, *FUNDING_COLUMNS),
        sectors=read_plain("sectors"),
        membership_statuses=read_plain("membership_statuses"),
        membership_roles=read_plain("membership_roles"),
        problem_statuses=read_plain("problem_statuses"),
        problem_sources=read_plain("problem_sources"),
        project_statuses=read_plain("project_statuses"),
        tree_node_kinds=read_plain("tree_node_kinds"),
        missing_kinds=read_plain("missing_kinds"),
        scales=read("scales", build_scale, *SCALE_COLUMNS),
        folder=folder,
    )
    check_references(rows_by_list, faults)
    return vocabulary
