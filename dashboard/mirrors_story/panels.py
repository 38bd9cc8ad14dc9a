"""What the page of mirrors shows, each built from a view and nothing else."""

from dashboard.charts.mirrors import MirrorRow, draw_mirrors
from dashboard.data import official_standings, place_shares
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.mirrors_story.gathering import Gathered, Key, PlaceMirrors, gather, is_judged
from dashboard.mirrors_story.official_list import build_official_panel
from dashboard.mirrors_story.saying import (
    find_worst,
    name_agreement,
    say_agreement,
    say_answer,
    say_evidence,
    say_gap,
    say_partners,
    say_rank,
    say_worst,
)
from dashboard.mirrors_story.tables import tabulate_data, tabulate_register, tabulate_survey
from dashboard.visit import View
from etl.store.reading.official_places import OfficialStandings
from surveys.analysis.mirror_agreements import Agreement
from surveys.analysis.three_mirrors import Mirror
from surveys.vocabulary import load

_MOST_WEIGHT = 30.0


def gather_view(view: View, slugs: tuple[str, ...]) -> Gathered:
    """Return the mirrors of partnerships of a view."""
    frames = view.register
    shares = place_shares(view.scope, "problems")
    return gather(slugs, shares, frames.problems, frames.territories, official_standings(view.scope))


def build_place_panels(view: View) -> list[Panel]:
    """Build the mirrors of the chosen partnership.

    Raises:
        ValueError: no partnership is chosen.
    """
    slug = view.filters.partnership
    if slug is None:
        raise ValueError("the mirrors of one partnership need a chosen one")
    gathered = gather_view(view, (slug,))
    official = official_standings(view.scope)
    return [
        _build_named(view, gathered, slug),
        *([] if gathered.compares_nothing else [_build_agreed(view, gathered, slug)]),
        _build_mirrors(view, gathered, slug, official),
        build_official_panel(view, slug, official),
    ]


def is_kept(view: View, code: str) -> bool:
    """Return whether a problem belongs to the chosen themes."""
    themes = view.filters.themes
    return not themes or load().problems[code].theme in themes


def say_judged(view: View, gathered: Gathered) -> str:
    """Say how many comparisons were looked at, and how many of the named gaps are false in the long run."""
    rate = round(gathered.screen.rate * 100)
    return view.say("mirrors.judged", n=gathered.screen.comparisons, rate=rate)


def say_accord(view: View, gathered: Gathered) -> str:
    """Say how many agreements were looked at, and how many of the named ones are false in the long run."""
    rate = round(gathered.accord.rate * 100)
    return view.say("mirrors.agreed.judged", n=gathered.accord.comparisons, rate=rate)


def _build_named(view: View, gathered: Gathered, slug: str) -> Panel:
    place = gathered.places[slug]
    if gathered.compares_nothing:
        return Panel("mirrors-named", view.say("mirrors.named.title"), view.say("mirrors.named.nothing"))
    gaps = [gap for gap in gathered.gaps_of(slug) if is_kept(view, gap.key[1])]
    lines = [view.say("mirrors.named.count", n=len(gaps))] if gaps else [view.say("mirrors.named.none")]
    labels = load().problems
    for sees in Mirror:
        for sees_not in Mirror:
            alike = [gap for gap in gaps if (gap.sees, gap.sees_not) == (sees, sees_not)]
            if not alike:
                continue
            lines.append(
                f"\n**{say_gap(view, alike[0])}** – {view.say(f'mirrors.hint.{sees.value}_{sees_not.value}')}\n"
            )
            for gap in alike:
                code = gap.key[1]
                evidence = [say_evidence(view, place, code, mirror) for mirror in (sees, sees_not)]
                lines.append(f"- **{plain(labels.label(code, view.language))}**: {'; '.join(evidence)}")
    lines.append(f"\n:small[{say_judged(view, gathered)}]")
    return Panel("mirrors-named", view.say("mirrors.named.title"), "\n".join(lines))


def _build_agreed(view: View, gathered: Gathered, slug: str) -> Panel:
    alike: dict[str, list[Agreement[Key]]] = {}
    for one in gathered.agreements_of(slug):
        if is_kept(view, one.key[1]):
            alike.setdefault(name_agreement(one), []).append(one)
    lines = [] if alike else [view.say("mirrors.agreed.none")]
    # What all three see first, then what two do, and last what nobody sees.
    for agreements in sorted(alike.values(), key=lambda ones: (not ones[0].sees, -len(ones[0].mirrors))):
        hint = view.say("mirrors.agreed.hint_sees" if agreements[0].sees else "mirrors.agreed.hint_none")
        lines.append(f"\n**{say_agreement(view, agreements[0])}** – {hint}\n")
        for one in agreements:
            label = plain(load().problems.label(one.key[1], view.language))
            evidence = [say_evidence(view, gathered.places[slug], one.key[1], mirror) for mirror in one.mirrors]
            lines.append(f"- **{label}**: {'; '.join(evidence)}")
    lines.append(f"\n:small[{say_accord(view, gathered)}]")
    return Panel("mirrors-agreed", view.say("mirrors.agreed.title"), "\n".join(lines))


def _build_mirrors(view: View, gathered: Gathered, slug: str, official: OfficialStandings) -> Panel:
    place = gathered.places[slug]
    title = view.say("mirrors.all.title")
    codes = [code for code in place.order_problems() if is_kept(view, code)]
    if not codes:
        return Panel("mirrors-all", title, view.say("mirrors.all.none"))
    rows = [_make_row(view, gathered, slug, code) for code in codes]
    average = None if place.residents is None else place.residents.average
    chart = draw_mirrors(
        rows,
        headings=(
            view.say("mirrors.lane.residents"),
            view.say("mirrors.lane.partners_survey" if is_judged(place.partners) else "mirrors.lane.partners"),
            view.say("mirrors.lane.data"),
        ),
        average=average,
        alt=_describe(view, title, rows, surveyed=is_judged(place.partners)),
    )
    tables = {
        view.say("mirrors.table.residents"): tabulate_survey(view, place.residents, codes, slug),
        view.say("mirrors.table.partners_survey"): tabulate_survey(view, place.partners, codes, slug),
        view.say("mirrors.table.register"): tabulate_register(view, place.register, slug),
        view.say("mirrors.table.data"): tabulate_data(view, place.official, codes, official),
    }
    filled = {heading: table for heading, table in tables.items() if table is not None and not table.is_empty}
    return Panel(
        "mirrors-all", title, _say_sources(view, place), chart, tuple(filled.values()), tuple(filled),
        note=view.say("mirrors.all.note"),
    )  # fmt: skip


def _make_row(view: View, gathered: Gathered, slug: str, code: str) -> MirrorRow:
    place = gathered.places[slug]
    residents = None if place.residents is None else place.residents.rows.get(code)
    asked = place.partners if is_judged(place.partners) else None
    partners = None if asked is None else asked.rows.get(code)
    ranked = place.register.get(code)
    looks = place.official.get(code, ())
    worst = find_worst(looks)
    # A lane holds one measure: where partners answered a survey, weights of the register are words in it, no bars.
    weighed = asked is None and ranked is not None and not ranked.solved
    if asked is None:
        second = say_rank(view, ranked, place.register)
    else:
        second = say_partners(view, partners, ranked, place.register)
    named = [say_gap(view, gap) for gap in gathered.gaps_of(slug) if gap.key[1] == code]
    named += [say_agreement(view, one) for one in gathered.agreements_of(slug) if one.key[1] == code]
    return MirrorRow(
        name=load().problems.label(code, view.language),
        named="; ".join(named),
        residents=residents,
        partners=partners,
        weight=ranked.weight / _MOST_WEIGHT if weighed and ranked is not None and ranked.weight is not None else None,
        worse_than=None if worst is None else worst.standing.worse_than,
        reaches=worst is not None and worst.reaches,
        words=(say_answer(view, residents), second, say_worst(view, looks)),
    )


def _describe(view: View, title: str, rows: list[MirrorRow], *, surveyed: bool) -> str:
    second = "partners_survey" if surveyed else "register"
    lanes = [view.say(f"mirrors.table.{name}") for name in ("residents", second, "data")]
    said = [
        f"{row.name}: {', '.join(f'{lane} – {words}' for lane, words in zip(lanes, row.words, strict=True))}"
        for row in rows[:8]
    ]
    return f"{title}. {'; '.join(said)}."


def _say_sources(view: View, place: PlaceMirrors) -> str:
    """Say which measurement, register and figures the mirrors are, or which one there is not."""
    if place.residents is None:
        residents = view.say("mirrors.source.nobody_asked")
    else:
        name = plain(str(place.residents.measurement["wave_name"]))
        key = "residents" if place.residents.average is not None else "few"
        residents = view.say(f"mirrors.source.{key}", wave=name)
    if place.partners is None:
        partners = view.say("mirrors.source.register")
    else:
        name = plain(str(place.partners.measurement["wave_name"]))
        partners = view.say(f"mirrors.source.partners_{'survey' if is_judged(place.partners) else 'few'}", wave=name)
    data = view.say("mirrors.source.data" if place.official else "mirrors.source.no_data")
    return f"{residents} {partners} {data}"
