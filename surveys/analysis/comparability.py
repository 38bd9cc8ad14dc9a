"""The gate of comparisons: may two measurements of a question be set side by side, and with what reservation?

Every comparison of places or times is *comparable*, *with reservations* or *not comparable*, with the reasons. What
is not known is a reservation, never taken for the same. No chart is drawn around this gate: `wave_comparison` takes
its verdict and refuses without it.

Scales with a different number of points are not comparable as they stand, nor are scales whose points are other
words; two of them can be on a stated dichotomy ("raczej i zdecydowanie tak" on both), with a reservation.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from surveys.language.folding import fold
from surveys.language.texts import Language, load_catalogue
from surveys.model.questionnaire import QuestionType
from surveys.model.wave import SampleKind, WaveMode

_CATALOGUE = "surveys.language.catalogues"


class Grade(IntEnum):
    """How far two measurements can be compared; the worst of all aspects holds."""

    COMPARABLE = 0
    RESERVED = 1
    NOT_COMPARABLE = 2


class Aspect(StrEnum):
    """What two measurements of a question can differ in."""

    WORDING = "wording"
    FORM = "form"  # one answer, several, a scale, an open question
    SCALE = "scale"
    OPTIONS = "options"
    CAP = "cap"
    LIMITS = "limits"  # which answers are taken: a range of numbers, say
    MODE = "mode"
    POPULATION = "population"
    SAMPLING = "sampling"
    MONTH = "month"
    BASE = "base"
    CODE_LIST = "code_list"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Measured:
    """A question as it was put in one measurement.

    Attributes:
        wording: as the respondent saw it.
        type: how it was answered.
        options: codes of the answers that are no kind of missing, in the order shown.
        max_choices: cap of a multiple choice, ``None`` when uncapped.
        mode: how answers were collected.
        population: who could take part (`surveys.analysis.sampling.name_population`); empty when nobody wrote it down.
        sampling: how people came into the sample, ``None`` when nobody wrote it down.
        month: 1–12 in which most answers were given, ``None`` when unknown.
        base: whom the question was put to: empty for everybody, else the condition; ``None`` when it isn't known.
        limits: what answers had to meet; empty when all were taken, ``None`` when it isn't known.
        required: whether it could not be passed over, ``None`` when it isn't known.
        form: tells the version of a questionnaire that put it from others; empty when it isn't known.
        code_list_version: of the list its options come from; empty for options of its own.
    """

    wording: str
    type: QuestionType
    options: tuple[str, ...] = ()
    max_choices: int | None = None
    mode: WaveMode = WaveMode.UNKNOWN
    population: str = ""
    sampling: SampleKind | None = None
    month: int | None = None
    base: str | None = ""
    limits: str | None = ""
    required: bool | None = None
    form: str = ""
    code_list_version: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person has stated about two measurements.

    Attributes:
        same_meaning: the wordings differ, and somebody who read both holds that they ask the same.
        dichotomy: on each side the codes that count as "yes", when scales are compared by a share of these alone.
    """

    same_meaning: bool = False
    dichotomy: tuple[frozenset[str], frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason that speaks against a comparison.

    Attributes:
        aspect: what differs.
        grade: how much it weighs.
        key: of its text.
        points: of the two scales, where that is the reason.
    """

    aspect: Aspect
    grade: Grade
    key: str
    points: tuple[int, int] = (0, 0)

    def describe(self, language: Language) -> str:
        """Return the reason in words."""
        first, second = self.points
        return load_catalogue(_CATALOGUE).say(f"comparability.reason.{self.key}", language, first=first, second=second)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says.

    Attributes:
        doubts: reasons in the order of `Aspect`; empty when nothing speaks against the comparison.
        notes: what differs and is worth knowing, though it speaks against nothing.
        dichotomy: as stated, when the comparison holds for it only.
    """

    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Doubt, ...] = ()
    dichotomy: tuple[frozenset[str], frozenset[str]] | None = None

    @property
    def grade(self) -> Grade:
        """The worst grade of all reasons."""
        return max((doubt.grade for doubt in self.doubts), default=Grade.COMPARABLE)

    def describe(self, language: Language) -> str:
        """Return the verdict in words: *porównywalne*, *z zastrzeżeniem* or *nieporównywalne*."""
        return load_catalogue(_CATALOGUE).say(f"comparability.grade.{self.grade.name.lower()}", language)


def judge_comparability(first: Measured, second: Measured, agreement: Agreement | None = None) -> Verdict:
    """Return whether two measurements of a question can be compared, and why not.

    Args:
        first: one measurement; the order of the two does not matter to the verdict.
        second: the other.
        agreement: what a person has stated about them.

    Raises:
        ValueError: when the dichotomy names answers that are not there, or all of them, or none.
    """
    stated = agreement or Agreement()
    if stated.dichotomy is not None:
        for measured, codes in zip((first, second), stated.dichotomy, strict=True):
            if not codes or not codes < set(measured.options):
                raise ValueError("a dichotomy names some of the answers of each side, and not all")
    found = (
        _wording(first, second, stated),
        _form(first, second),
        _scale(first, second, stated),
        _options(first, second),
        _cap(first, second),
        _limits(first, second),
        _mode(first, second),
        _population(first, second),
        _sampling(first, second),
        _month(first, second),
        _base(first, second),
        _code_list(first, second),
    )
    doubts = tuple(doubt for doubt in found if doubt is not None)
    notes = tuple(note for note in (_required(first, second),) if note is not None)
    on_dichotomy = any(doubt.key == "scale_dichotomy" for doubt in doubts)
    return Verdict(doubts, notes, stated.dichotomy if on_dichotomy else None)


def _wording(first: Measured, second: Measured, stated: Agreement) -> Doubt | None:
    if _words(first.wording) == _words(second.wording):
        return None
    if stated.same_meaning:
        return Doubt(Aspect.WORDING, Grade.RESERVED, "wording_agreed")
    return Doubt(Aspect.WORDING, Grade.NOT_COMPARABLE, "wording")


def _form(first: Measured, second: Measured) -> Doubt | None:
    # A scale is a single choice whose options stand in an order.
    kinds = {QuestionType.SINGLE if side.type is QuestionType.SCALE else side.type for side in (first, second)}
    if len(kinds) == 1:
        return None
    key = "form_open" if QuestionType.TEXT in kinds else "form"
    return Doubt(Aspect.FORM, Grade.NOT_COMPARABLE, key)


def _scale(first: Measured, second: Measured, stated: Agreement) -> Doubt | None:
    if QuestionType.SCALE not in {first.type, second.type} or first.options == second.options:
        return None
    points = (len(first.options), len(second.options))
    if stated.dichotomy is not None:
        return Doubt(Aspect.SCALE, Grade.RESERVED, "scale_dichotomy", points)
    key = "scale_points" if len(first.options) != len(second.options) else "scale_words"
    return Doubt(Aspect.SCALE, Grade.NOT_COMPARABLE, key, points)


def _options(first: Measured, second: Measured) -> Doubt | None:
    if QuestionType.SCALE in {first.type, second.type} or set(first.options) == set(second.options):
        return None
    if not set(first.options) & set(second.options):
        return Doubt(Aspect.OPTIONS, Grade.NOT_COMPARABLE, "options_none")
    # A further option takes answers from the others: what both have can be compared, carefully.
    return Doubt(Aspect.OPTIONS, Grade.RESERVED, "options")


def _cap(first: Measured, second: Measured) -> Doubt | None:
    if QuestionType.MULTIPLE not in {first.type, second.type} or first.max_choices == second.max_choices:
        return None
    return Doubt(Aspect.CAP, Grade.NOT_COMPARABLE, "cap")


def _limits(first: Measured, second: Measured) -> Doubt | None:
    # A range that cuts values moves every mean and band; what lies inside both can be compared, carefully. What isn't
    # known is told once, of whom was asked.
    if first.limits is None or second.limits is None or first.limits == second.limits:
        return None
    return Doubt(Aspect.LIMITS, Grade.RESERVED, "limits")


def _mode(first: Measured, second: Measured) -> Doubt | None:
    modes = {first.mode, second.mode}
    if WaveMode.UNKNOWN in modes:
        return Doubt(Aspect.MODE, Grade.RESERVED, "mode_unknown")
    return Doubt(Aspect.MODE, Grade.RESERVED, "mode") if len(modes) > 1 else None


def _population(first: Measured, second: Measured) -> Doubt | None:
    if not (first.population and second.population):
        return Doubt(Aspect.POPULATION, Grade.RESERVED, "population_unknown")
    if _words(first.population) == _words(second.population):
        return None
    return Doubt(Aspect.POPULATION, Grade.NOT_COMPARABLE, "population")


def _sampling(first: Measured, second: Measured) -> Doubt | None:
    if first.sampling is None or second.sampling is None:
        return Doubt(Aspect.SAMPLING, Grade.RESERVED, "sampling_unknown")
    return Doubt(Aspect.SAMPLING, Grade.RESERVED, "sampling") if first.sampling is not second.sampling else None


def _month(first: Measured, second: Measured) -> Doubt | None:
    if first.month is None or second.month is None:
        return Doubt(Aspect.MONTH, Grade.RESERVED, "month_unknown")
    apart = abs(first.month - second.month)
    # December and January are neighbours.
    return Doubt(Aspect.MONTH, Grade.RESERVED, "month") if min(apart, 12 - apart) > 1 else None


def _base(first: Measured, second: Measured) -> Doubt | None:
    if first.base is None or second.base is None:
        # Of one and the same version it isn't known either, but it is the same.
        same = bool(first.form) and first.form == second.form
        return None if same else Doubt(Aspect.BASE, Grade.RESERVED, "base_unknown")
    if _words(first.base) == _words(second.base):
        return None
    return Doubt(Aspect.BASE, Grade.NOT_COMPARABLE, "base")


def _code_list(first: Measured, second: Measured) -> Doubt | None:
    if first.code_list_version == second.code_list_version:
        return None
    return Doubt(Aspect.CODE_LIST, Grade.RESERVED, "code_list")


def _required(first: Measured, second: Measured) -> Doubt | None:
    """Who must answer leaves nothing blank and is unsure more often; shares are of real answers all the same."""
    if first.required is None or second.required is None or first.required is second.required:
        return None
    return Doubt(Aspect.REQUIRED, Grade.COMPARABLE, "required")


def _words(text: str) -> str:
    """Typography is no rewording: case, spaces, and the marks at the end."""
    return " ".join(fold(text).split()).rstrip(" .?!:…")
