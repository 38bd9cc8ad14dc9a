"""The three mirrors in words: each as a short figure under its lane, and as evidence beside a named gap."""

from collections.abc import Mapping, Sequence

from dashboard.escaping import plain
from dashboard.mirrors_story.gathering import OfficialLook, PlaceMirrors
from dashboard.texts import Speaker
from etl.store.reading.official_places import OfficialStanding
from surveys.analysis.mirror_agreements import Agreement
from surveys.analysis.three_mirrors import Gap, Mirror, Ranked
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, State
from surveys.privacy.wording import say_value
from surveys.vocabulary import load


def say_gap(view: Speaker, gap: Gap[tuple[str, str]]) -> str:
    """Return a gap's name: "mieszkańcy widzą, dane nie widzą"."""
    return view.say(f"mirrors.gap.{gap.sees.value}_{gap.sees_not.value}")


def say_agreement(view: Speaker, agreement: Agreement[tuple[str, str]]) -> str:
    """Return an agreement's name: "wszystkie trzy lustra widzą"."""
    return view.say(f"mirrors.agreement.{name_agreement(agreement)}")


def name_agreement(agreement: Agreement[tuple[str, str]]) -> str:
    """Return the key of an agreement's words: whose it is, or that none of the three sees the problem."""
    return "_".join(agreement.mirrors) if agreement.sees else "none"


def say_answer(view: Speaker, row: PublishedRow | None) -> str:
    """Return a survey's share in few signs."""
    if row is None:
        return view.say("mirrors.short.not_asked")
    if row.state in {State.SUPPRESSED, State.COUNTS_ONLY} or row.low is None or row.high is None:
        return say_value(row, "share", view.language)
    share = format_percent(row.value or 0, view.language)
    return f"{share} ({round(row.low * 100)}–{round(row.high * 100)})"


def say_partners(view: Speaker, row: PublishedRow | None, ranked: Ranked | None, register: Mapping[str, Ranked]) -> str:
    """Return in few signs what partners answered, or where their survey did not ask, where their register stands."""
    if row is not None:
        return say_answer(view, row)
    return view.say("mirrors.short.in_register", place=say_rank(view, ranked, register))


def say_rank(view: Speaker, ranked: Ranked | None, register: Mapping[str, Ranked]) -> str:
    """Return a problem's place in the register in few signs."""
    if not register:
        return view.say("mirrors.short.no_register")
    if ranked is None:
        return view.say("mirrors.short.not_entered")
    if ranked.solved:
        return view.say("mirrors.short.solved")
    if ranked.place is None:
        return view.say("mirrors.short.unrated")
    return view.say(
        "mirrors.short.place", place=ranked.place, n=sum(one.place is not None for one in register.values())
    )


def say_worst(view: Speaker, looks: Sequence[OfficialLook]) -> str:
    """Return the worst place of a problem's indicators in few signs."""
    worst = find_worst(looks)
    if worst is None:
        return view.say("mirrors.short.no_place" if looks else "mirrors.short.no_indicator")
    share = worst.standing.worse_than or 0.0
    return view.say("mirrors.short.better", share=format_percent(share, view.language))


def find_worst(looks: Sequence[OfficialLook]) -> OfficialLook | None:
    """Return the look with the worst place, one of the own area first; ``None`` when none has a place."""
    placed = [look for look in looks if look.standing.worse_than is not None]
    return max(placed, key=lambda look: (look.reaches, look.standing.worse_than or 0.0), default=None)


def say_evidence(view: Speaker, place: PlaceMirrors, code: str, mirror: Mirror) -> str:
    """Return what one mirror says of a problem, as a part of a sentence."""
    if mirror is Mirror.DATA:
        judged = [look for look in place.official.get(code, ()) if look.reaches]
        return view.say("mirrors.evidence.data", figures="; ".join(say_standing(view, one.standing) for one in judged))
    asked = place.residents if mirror is Mirror.RESIDENTS else place.partners
    row = None if asked is None else asked.rows.get(code)
    if row is not None and asked is not None and asked.average is not None:
        average = format_percent(asked.average, view.language)
        return view.say(
            f"mirrors.evidence.{mirror.value}", share=say_value(row, "share", view.language), average=average
        )
    ranked = place.register.get(code)
    if ranked is None:
        return view.say("mirrors.evidence.not_entered", n=len(place.register))
    if ranked.place is None:
        return view.say("mirrors.evidence.unrated")
    return view.say("mirrors.evidence.place", place=ranked.place, n=_count_rated(place.register))


def _count_rated(register: Mapping[str, Ranked]) -> int:
    return sum(one.place is not None for one in register.values())


def say_standing(view: Speaker, standing: OfficialStanding) -> str:
    """Return an indicator's figure and its place among comparable places."""
    words = view.say(
        "mirrors.evidence.figure",
        label=plain(standing.indicator.label(view.language)),
        value=say_figure(standing, view.language) or view.say("mirrors.short.no_figure"),
        year=standing.among.year,
    )
    return f"{words} – {say_among(standing, view)}"


def say_among(standing: OfficialStanding, view: Speaker) -> str:
    """Return where a place stands among those of its kind in its voivodeship, and how many have a figure."""
    kind = view.say(f"mirrors.kind.{load().areas[standing.teryt].kind.value}")
    n = len(standing.among.values)
    if standing.among.figure is None or standing.among.figure.number is None:
        return view.say("mirrors.among.no_figure", kind=kind, n=n)
    if standing.worse_than is None:
        return view.say("mirrors.among.few", kind=kind, n=n)
    facts = {"better": standing.better, "n": standing.others, "kind": kind}
    if standing.among.equal:
        return view.say("mirrors.among.equal", equal=standing.among.equal, **facts)
    return view.say("mirrors.among.better", **facts)


def say_figure(standing: OfficialStanding, language: Language) -> str:
    """Return the figure with its unit, to the last digit; ``""`` without a number."""
    figure = standing.among.figure
    number = None if figure is None else figure.number
    if number is None:
        return ""
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    written = format_number(number, language, decimals=decimals)
    if standing.variable.variable.unit != "%":
        return written
    return f"{written}\u00a0%" if language == "pl" else f"{written}%"
