"""Figures on the pages are those of the register, counted here a second time without a database or a frame."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from etl.sample.generating import SamplePartnership
from surveys.model import Activity, PopulationKind, Problem, Register
from surveys.vocabulary import load
from tests.page_visits import Pages

NBSP = "\u00a0"
Truth = dict[str, SamplePartnership]

# One filter at a time, then several; the last is narrow.
ADDRESSES: list[dict[str, list[str]]] = [
    {},
    {"partnerstwo": ["liw"]},
    {"temat": ["T04"]},
    {"temat": ["T01", "T04"]},
    {"grupa": ["G05"]},
    {"grupa": ["children_youth", "G09"]},
    {"od": ["2023"], "do": ["2024"]},
    {"od": ["2025"]},
    {
        "partnerstwo": ["liw"],
        "temat": ["T04", "T05", "T06"],
        "grupa": ["seniors", "G03"],
        "od": ["2021"],
        "do": ["2025"],
    },
]


@dataclass(frozen=True)
class Chosen:
    """What an address asks for, and which things pass."""

    address: dict[str, list[str]]

    def registers(self, truth: Truth) -> Iterator[Register]:
        for slug, sample in truth.items():
            if slug in self.address.get("partnerstwo", truth):
                yield sample.register

    def passes(self, thing: Activity | Problem) -> bool:
        day = thing.starts_on if isinstance(thing, Activity) else thing.identified_on
        first, last = (int(self.address.get(end, [year])[0]) for end, year in (("od", 0), ("do", 9999)))
        dated = ("od" not in self.address and "do" not in self.address) or (
            day is not None and first <= day.year <= last
        )
        wanted = set(self.groups())
        return (
            dated
            and thing.theme in self.address.get("temat", [thing.theme])
            and (not wanted or bool(wanted & set(thing.target_groups)))
        )

    def groups(self) -> Iterator[str]:
        lists = load().target_groups
        for code in self.address.get("grupa", []):
            yield from (lists.roll_ups[code].members if code in lists.roll_ups else [code])

    def activities(self, truth: Truth) -> list[tuple[str, Activity]]:
        return [
            (register.partnership.slug, one)
            for register in self.registers(truth)
            for one in register.activities
            if self.passes(one)
        ]

    def problems(self, truth: Truth) -> list[tuple[str, Problem]]:
        return [
            (register.partnership.slug, one)
            for register in self.registers(truth)
            for one in register.problems
            if self.passes(one)
        ]


def write(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", NBSP)


def label_counts(codes: Iterable[str], labels: dict[str, str]) -> dict[str, str]:
    return {labels[code]: write(count) for code, count in Counter(codes).items()}


def list_years(years: list[int]) -> dict[str, str]:
    counts = Counter(years)
    return {str(year): write(counts[year]) for year in range(min(years), max(years) + 1)}


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_activities(sample_pages: Pages, sample_truth: Truth, address: dict[str, list[str]]) -> None:
    found = Chosen(address).activities(sample_truth)
    activities = [one for _, one in found]
    lists = load()
    sight = sample_pages.see("activities", **address).open_tables()
    figures = sight.figures
    group_labels = lists.target_groups.labels("pl")
    assert figures["activities-theme"].numbers() == label_counts(
        (a.theme for a in activities), lists.themes.labels("pl")
    )
    assert figures["activities-form"].numbers() == label_counts(
        (a.form for a in activities), lists.activity_forms.labels("pl")
    )
    assert figures["activities-group"].numbers() == label_counts(
        (group for a in activities for group in a.target_groups), group_labels
    )
    assert figures["activities-year"].numbers() == list_years([a.starts_on.year for a in activities])
    counted = [a for a in activities if a.participants_count is not None]
    assert f"({len(counted)})" in sight.words
    if "partnerstwo" not in address:
        by_partnership = Counter(slug for slug, _ in found)
        assert figures["activities-partnership"].numbers() == {
            sample.register.partnership.name: write(by_partnership[slug]) for slug, sample in sample_truth.items()
        }


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_problems(sample_pages: Pages, sample_truth: Truth, address: dict[str, list[str]]) -> None:
    found = Chosen(address).problems(sample_truth)
    lists = load()
    figures = sample_pages.see("problems", **address).open_tables().figures
    assert figures["problems-theme"].numbers() == label_counts((p.theme for _, p in found), lists.themes.labels("pl"))
    assert figures["problems-group"].numbers() == label_counts(
        (group for _, p in found for group in p.target_groups), lists.target_groups.labels("pl")
    )
    assert figures["problems-status"].numbers() == label_counts(
        (p.status for _, p in found), lists.problem_statuses.labels("pl")
    )
    assert figures["problems-year"].numbers() == list_years([p.identified_on.year for _, p in found])
    if "partnerstwo" not in address:
        places = {(slug, p.code) for slug, p in found}
        assert figures["problems-code"].numbers() == label_counts(
            (code for _, code in places), lists.problems.labels("pl")
        )


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_groups(sample_pages: Pages, sample_truth: Truth, address: dict[str, list[str]]) -> None:
    chosen = Chosen(address)
    labels = load().target_groups.labels("pl")
    wanted = set(chosen.groups())
    figures = sample_pages.see("groups", **address).open_tables().figures
    problems, activities = figures["groups-all"].tables
    for table, things in ((problems, chosen.problems(sample_truth)), (activities, chosen.activities(sample_truth))):
        expected = Counter(
            labels[group] for _, thing in things for group in set(thing.target_groups) if not wanted or group in wanted
        )
        assert {label: int(number.replace(NBSP, "")) for label, number in table[1:] if number != "0"} == expected
    assert ("groups-rolled" in figures) == (not wanted)


def test_a_roll_up_counts_a_thing_once(sample_pages: Pages, sample_truth: Truth) -> None:
    lists = load().target_groups
    rolled = sample_pages.see("groups").open_tables().figures["groups-rolled"]
    for table, things in zip(
        rolled.tables, (Chosen({}).problems(sample_truth), Chosen({}).activities(sample_truth)), strict=True
    ):
        assert dict(table[1:]) == {
            lists.roll_ups.label(code, "pl"): write(
                sum(bool(set(lists.roll_ups[code].members) & set(thing.target_groups)) for _, thing in things)
            )
            for code in lists.roll_ups
        }


def test_gaps_are_needs_without_action(sample_pages: Pages, sample_truth: Truth) -> None:
    labels = load().target_groups.labels("pl")
    expected = {}
    for sample in sample_truth.values():
        register = sample.register
        served = {group for activity in register.activities for group in activity.target_groups}
        needed = {group for one in register.problems if one.status != "solved" for group in one.target_groups}
        if needed - served:
            expected[register.partnership.name] = {labels[group] for group in needed - served}
    words = sample_pages.see("groups").words
    told = dict(re.findall(r"^- \*\*([^*]+)\*\*: (.+)$", words, re.MULTILINE))
    assert expected
    for name, groups in expected.items():
        assert all(group in told[name] for group in groups)


def test_the_start_page_counts_everything(sample_pages: Pages, sample_truth: Truth) -> None:
    registers = [sample.register for sample in sample_truth.values()]
    sight = sample_pages.see("start")
    summary = sight.words
    assert "**13 partnerstw**" in summary
    staying = [one for register in registers for one in register.partners if one.membership.status != "withdrawn"]
    assert f"{len(staying)} partner" in summary
    for name, nouns in {
        "problems": ("problem", "problemy", "problemów"),
        "projects": ("projekt", "projekty", "projektów"),
        "activities": ("działanie", "działania", "działań"),
    }.items():
        total = write(sum(len(getattr(register, name)) for register in registers))
        assert any(f"{total} {noun}" in summary for noun in nouns), name
    waves = [one.wave for sample in sample_truth.values() for one in sample.surveys]
    partners = [wave for wave in waves if wave.fieldwork.population is PopulationKind.PARTNERS]
    residents = [wave for wave in waves if wave not in partners]
    for whose, asked in (("mieszkańców", residents), ("partnerów i uczestników", partners)):
        people = write(sum(wave.responses for wave in asked))
        assert re.search(rf"Ankiety {whose}: {len(asked)} pomiar\w*, łącznie {people} os", summary), whose
    for link in sight.links:
        register = sample_truth[link.query.removeprefix("partnerstwo=")].register
        assert link.label.startswith(f"**{register.partnership.name}** · {len(register.problems)} problem")
        assert f"{len(register.activities)} działa" in link.label


def test_the_list_of_partnerships_counts_who_stayed(sample_pages: Pages, sample_truth: Truth) -> None:
    sight = sample_pages.see("partnerships").open_tables()
    everybody = [one for sample in sample_truth.values() for one in sample.register.partners]
    staying = [one for one in everybody if one.membership.status != "withdrawn"]
    assert len(staying) < len(everybody)
    lists = load()
    assert sight.figures["partnerships-sector"].numbers() == label_counts(
        (one.sector for one in staying), lists.sectors.labels("pl")
    )
    assert sight.figures["partnerships-kind"].numbers() == label_counts(
        (one.kind for one in staying), lists.partner_kinds.labels("pl")
    )
    for link in sight.links:
        register = sample_truth[link.query.removeprefix("partnerstwo=")].register
        count = sum(one.membership.status != "withdrawn" for one in register.partners)
        assert f"· {count} partner" in link.label


def test_participants_by_group_are_those_who_were_counted(sample_pages: Pages, sample_truth: Truth) -> None:
    lists = load().target_groups
    sums: Counter[str] = Counter()
    for sample in sample_truth.values():
        for activity in sample.register.activities:
            for group in activity.target_groups if activity.participants_count is not None else ():
                sums[group] += activity.participants_count
    shown = sample_pages.see("activities").open_tables().figures["activities-people"].numbers()
    for code, people in sums.items():
        hidden = lists[code].sensitive and people < 10
        assert shown[lists.label(code, "pl")] == ("ukryte" if hidden else write(people))


def test_money_by_source(sample_pages: Pages, sample_truth: Truth) -> None:
    sums: Counter[str] = Counter()
    for sample in sample_truth.values():
        for project in sample.register.projects:
            for one in project.funding:
                sums[one.source] += one.amount_pln or 0
    shown = sample_pages.see("activities").open_tables().figures["activities-funding"].numbers()
    sources = load().funding_sources.labels("pl")
    assert shown == {sources[code]: f"{write(float(amount))}{NBSP}zł" for code, amount in sums.items() if amount}
