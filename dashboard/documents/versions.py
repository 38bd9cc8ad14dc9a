"""What a made document rests on, kept small, and what is different between two versions of it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from zlib import crc32

from dashboard.documents.content import Figure
from dashboard.documents.material import Material, OfficialFigure
from dashboard.texts import say as say_text
from surveys.analysis.rows import rows_of
from surveys.language.numerals import format_money_pln, format_number, format_percent
from surveys.language.texts import Language
from surveys.language.typesetting import typeset
from surveys.privacy.rules import STANDARD_RULES

_NEAR = 0.005
_MOST_FIGURES = 12


def take_facts(material: Material, figures: Sequence[Figure]) -> dict[str, object]:
    """Return what a later version is compared with: figures as shown, people, codes, rules, own paragraphs.

    Only what the document itself shows is kept: a hidden figure is hidden here too.
    """
    return {
        "figures": {
            figure.key: {
                "caption": figure.caption,
                "unit": figure.table.unit,
                "rows": {
                    "/".join(row.keys): [row.labels[material.language][-1], row.state.value, row.value]
                    for row in figure.table.rows
                },
            }
            for figure in figures
        },
        "waves": {
            str(row["wave"]): [str(row["name"]), _people(row["people"])] for row in rows_of(material.surveys.waves)
        },
        "problems": {
            str(row["uid"]): [str(row["name"]), str(row["code"]), str(row["status"])]
            for row in rows_of(material.register.problems)
        },
        "meetings": {held.meeting.uid: held.meeting.name for held in material.meetings},
        "official": {
            one.indicator.code: [one.indicator.label(material.language), one.place.year, _number(one)]
            for one in material.official
        },
        "rules": asdict(STANDARD_RULES),
        "own": sorted(key for key, text in material.own.items() if text.strip()),
        "own_marks": {key: crc32(text.strip().encode()) for key, text in material.own.items() if text.strip()},
    }


def explain_difference(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    """Return what is different between two versions, the causes first: answers, codes, rules, then figures.

    Args:
        old: facts of the earlier version.
        new: facts of the later one.
        language: to say it in.
    """
    said = [
        *_explain_waves(old["waves"], new["waves"], language),
        *_explain_recoded(old, new, language),
        *_explain_problems(old["problems"], new["problems"], language),
        *_explain_rules(old["rules"], new["rules"], language),
        *_explain_official(old.get("official", new["official"]), new["official"], language),
        *_explain_meetings(old.get("meetings", new["meetings"]), new["meetings"], language),
        *_explain_own(old, new, language),
        *_explain_figures(old["figures"], new["figures"], language, hushed=_hushed_waves(old["waves"], new["waves"])),
    ]
    return said or [_say("same", language)]


def _explain_waves(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    said = [
        _say("wave_new", language, name=name, people=_say_people(people, language))
        for slug, (name, people) in new.items()
        if slug not in old
    ]
    said += [_say("wave_gone", language, name=name) for slug, (name, _) in old.items() if slug not in new]
    for slug, (name, people) in new.items():
        before = old.get(slug, [name, people])[1]
        if _is_small_change(before, people):
            said.append(_say("wave_few_more", language, name=name, n=STANDARD_RULES.min_base))
        elif before != people:
            facts = {"before": _say_people(before, language), "after": _say_people(people, language)}
            said.append(_say("wave_people", language, name=name, **facts))
    return said


def _explain_recoded(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    """Name the measurements whose figures changed though as many people took part: their answers are read anew."""
    said = []
    for slug, (name, people) in new["waves"].items():
        if people is None or old["waves"].get(slug, [name, None])[1] != people:
            continue
        mine = [key for key in new["figures"].keys() & old["figures"].keys() if key.startswith(f"{slug}/")]
        if any(_has_changed(old["figures"][key], new["figures"][key]) for key in mine):
            said.append(_say("wave_recoded", language, name=name))
    return said


def _has_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if old["rows"].keys() != new["rows"].keys():
        return True
    return any(
        state != old["rows"][code][1] or _differs(value, old["rows"][code][2], new["unit"])
        for code, (_, state, value) in new["rows"].items()
    )


def _explain_official(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    changed = [label for code, (label, *figure) in new.items() if list(old.get(code, [None])[1:]) != figure]
    if not changed:
        return []
    return [_say("official", language, n=len(changed), names="; ".join(changed[:_MOST_FIGURES]))]


def _explain_meetings(old: Mapping[str, str], new: Mapping[str, str], language: Language) -> list[str]:
    names = [name for uid, name in new.items() if uid not in old]
    return [_say("meetings", language, n=len(names), names="; ".join(names))] if names else []


def _explain_problems(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    from surveys.vocabulary import load  # noqa: PLC0415 # beside its only use

    lists = load()
    added = [name for uid, (name, _, _) in new.items() if uid not in old]
    gone = [name for uid, (name, _, _) in old.items() if uid not in new]
    said = [
        _say(key, language, n=len(names), names="; ".join(names[:_MOST_FIGURES]))
        for key, names in (("problems_new", added), ("problems_gone", gone))
        if names
    ]
    for uid, (name, code, status) in new.items():
        _, code_before, status_before = old.get(uid, (name, code, status))
        if code != code_before:
            facts = {
                "before": lists.problems.label(code_before, language),
                "after": lists.problems.label(code, language),
            }
            said.append(_say("code", language, name=name, **facts))
        if status != status_before:
            statuses = lists.problem_statuses
            facts = {"before": statuses.label(status_before, language), "after": statuses.label(status, language)}
            said.append(_say("status", language, name=name, **facts))
    return said


def _explain_rules(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    changed = [name for name in new if old.get(name) != new[name]]
    return [_say("rules", language, n=len(changed))] if changed else []


def _explain_own(old: Mapping[str, Any], new: Mapping[str, Any], language: Language) -> list[str]:
    before, now = set(old["own"]), set(new["own"])
    # Versions of earlier days remember which paragraphs there were, not whether they were the same.
    marks = old.get("own_marks", new["own_marks"])
    changed = {key for key in before & now if marks.get(key) != new["own_marks"].get(key)}
    return [
        _say(key, language, names="; ".join(say_text(f"documents.chapter.{one}", language) for one in sorted(names)))
        for key, names in (("own_new", now - before), ("own_gone", before - now), ("own_changed", changed))
        if names
    ]


def _explain_figures(
    old: Mapping[str, Any], new: Mapping[str, Any], language: Language, *, hushed: frozenset[str]
) -> list[str]:
    """Say how figures changed; not of a measurement that few answers came to: the difference would be theirs."""
    said: list[str] = []
    for key in sorted(new.keys() & old.keys()):
        if key.partition("/")[0] in hushed:
            continue
        figure, before = new[key], old[key]["rows"]
        parts = []
        for code, (label, state, value) in figure["rows"].items():
            if code not in before:
                parts.append(_say("row_new", language, label=label))
                continue
            _, state_before, value_before = before[code]
            if state != state_before or _differs(value, value_before, figure["unit"]):
                facts = {
                    "before": _value(value_before, figure["unit"], language),
                    "after": _value(value, figure["unit"], language),
                }
                parts.append(_say("row", language, label=label, **facts))
        parts += [
            _say("row_gone", language, label=row[0]) for code, row in before.items() if code not in figure["rows"]
        ]
        if parts:
            said.append(_say("figure", language, caption=figure["caption"], parts="; ".join(parts[:_MOST_FIGURES])))
    return said[:_MOST_FIGURES]


def _hushed_waves(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        slug for slug, (_, people) in new.items() if slug in old and _is_small_change(old[slug][1], people)
    )


def _is_small_change(before: int | None, after: int | None) -> bool:
    """Whether so few answers came or went that the difference of two figures would tell of single people."""
    if before is None or after is None:
        return True
    return 0 < abs(after - before) < STANDARD_RULES.min_base


def _differs(value: float | None, before: float | None, unit: str) -> bool:
    if value is None or before is None:
        return value is not before
    return abs(value - before) >= (_NEAR if unit == "share" else 0.5)


def _value(value: float | None, unit: str, language: Language) -> str:
    if value is None:
        return _say("hidden", language)
    if unit == "share":
        return format_percent(value, language)
    return format_money_pln(value, language) if unit == "pln" else format_number(value, language)


def _number(one: OfficialFigure) -> str:
    """An official figure to its last digit, as a text: JSON knows no decimals."""
    figure = one.place.figure
    return "" if figure is None or figure.number is None else str(figure.number)


def _people(people: object) -> int | None:
    """How many people took part; of very few nobody keeps how many."""
    number = int(str(people))
    return number if number >= STANDARD_RULES.min_base else None


def _say_people(people: int | None, language: Language) -> str:
    return _say("few", language, n=STANDARD_RULES.min_base) if people is None else str(people)


def _say(key: str, language: Language, /, **facts: object) -> str:
    return typeset(say_text(f"documents.difference.{key}", language, **facts), language)
