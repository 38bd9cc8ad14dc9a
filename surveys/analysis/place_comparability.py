"""The gate of comparisons for many places at once: which of them may be set side by side, and with what reservation.

One measurement of each place is judged against what most of them have in common. A place that differs in what makes
figures not comparable is left out, and named with the reason; the others stand together, with every reservation that
holds for any of them. The order of the places does not matter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from surveys.analysis.comparability import Aspect, Doubt, Grade, Measured, judge_comparability
from surveys.analysis.rows import is_known, rows_of
from surveys.analysis.sampling import name_population
from surveys.language.folding import fold
from surveys.model import QuestionType, SampleKind, WaveMode

_ASPECTS = tuple(Aspect)


@dataclass(frozen=True, slots=True)
class SharedDoubt:
    """A reason against a comparison, and the places that give it, in order."""

    doubt: Doubt
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacesVerdict:
    """What the gate says of many places.

    Attributes:
        compared: places that may stand side by side, in order.
        reservations: what is to be kept in mind of them.
        left_out: why other places are not among them.
    """

    compared: tuple[str, ...]
    reservations: tuple[SharedDoubt, ...]
    left_out: tuple[SharedDoubt, ...]

    @property
    def grade(self) -> Grade:
        """The grade of the comparison of those that are left; fewer than two have nothing to be compared with."""
        if len(self.compared) < 2:
            return Grade.NOT_COMPARABLE
        return Grade.RESERVED if self.reservations else Grade.COMPARABLE


def read_measured(questions: pd.DataFrame, options: pd.DataFrame, code_list: str) -> dict[str, Measured]:
    """Return how each place's question was put, by partnership.

    Args:
        questions: rows of ``PlaceShares.questions``, one of each partnership.
        options: of ``PlaceShares``.
        code_list: name of the code list of their options.
    """
    real = options[options["missing_kind"].isna() & options["asked"].isin(set(questions["asked"]))]
    codes = {int(str(asked)): tuple(rows["code"]) for asked, rows in real.groupby("asked")}
    return {
        str(row["partnership"]): Measured(
            wording=" ".join(str(part) for part in (row["battery"], row["text_pl"]) if part),
            type=QuestionType(row["type"]),
            options=codes.get(int(row["asked"]), ()),
            max_choices=int(row["max_choices"]) if is_known(row["max_choices"]) else None,
            mode=WaveMode(row["mode"]),
            population=name_population(row["population"], row["population_words"]),
            sampling=SampleKind(row["sampling"]) if is_known(row["sampling"]) else None,
            month=row["opened_on"].month if is_known(row["opened_on"]) else None,
            base=_known(row["asked_of"]),
            limits=_known(row["limits"]),
            form=str(row["form"]),
            code_list_version=code_list,
        )
        for row in rows_of(questions)
    }


def judge_places(measured: Mapping[str, Measured]) -> PlacesVerdict:
    """Return which places may be compared, and why not the others.

    Args:
        measured: how the question was put, by place.
    """
    if not measured:
        return PlacesVerdict((), (), ())
    places = sorted(measured)
    usual = _find_usual(list(measured.values()))
    verdicts = {place: judge_comparability(usual, measured[place]) for place in places}
    compared = [place for place in places if verdicts[place].grade is not Grade.NOT_COMPARABLE]
    reservations = _gather((place, doubt) for place in compared for doubt in verdicts[place].doubts)
    left_out = _gather(
        (place, doubt)
        for place in places
        if verdicts[place].grade is Grade.NOT_COMPARABLE
        for doubt in verdicts[place].doubts
        if doubt.grade is Grade.NOT_COMPARABLE
    )
    return PlacesVerdict(tuple(compared), reservations, left_out)


def _find_usual(measured: Sequence[Measured]) -> Measured:
    """Return how most places put the question, with the commonest people, mode, sample and month among those."""
    kinds = Counter(map(_hard_key, measured))
    commonest = min(kinds, key=lambda key: (-kinds[key], key))
    alike = [one for one in measured if _hard_key(one) == commonest]
    modes = Counter(one.mode for one in alike if one.mode is not WaveMode.UNKNOWN)
    # What nobody wrote down is not what most have in common: two known populations would both pass beside it.
    asked = Counter(one.population for one in alike if one.population)
    samples = Counter(one.sampling for one in alike if one.sampling is not None)
    limits = Counter(one.limits for one in alike if one.limits is not None)
    months = Counter(one.month for one in alike if one.month is not None)
    return replace(
        min(alike, key=lambda one: one.wording),
        mode=min(modes, key=lambda mode: (-modes[mode], mode.value)) if modes else WaveMode.UNKNOWN,
        population=min(asked, key=lambda people: (-asked[people], people)) if asked else "",
        sampling=min(samples, key=lambda kind: (-samples[kind], kind.value)) if samples else None,
        limits=min(limits, key=lambda said: (-limits[said], said)) if limits else None,
        month=min(months, key=lambda month: (-months[month], month)) if months else None,
    )


def _known(text: object) -> str | None:
    return text if isinstance(text, str) else None


def _hard_key(measured: Measured) -> tuple[str, ...]:
    kind = QuestionType.SINGLE if measured.type is QuestionType.SCALE else measured.type
    return (
        fold(measured.wording),
        kind.value,
        str(measured.max_choices),
        "?" if measured.base is None else fold(measured.base),
        "|".join(measured.options if measured.type is QuestionType.SCALE else sorted(measured.options)),
    )


def _gather(found: Iterable[tuple[str, Doubt]]) -> tuple[SharedDoubt, ...]:
    shared: dict[Doubt, list[str]] = {}
    for place, doubt in found:
        shared.setdefault(doubt, []).append(place)
    ordered = sorted(shared, key=lambda doubt: (_ASPECTS.index(doubt.aspect), doubt.key, doubt.points))
    return tuple(SharedDoubt(doubt, tuple(shared[doubt])) for doubt in ordered)
