"""What the page of mirrors shows, each built from a view and nothing else."""

from collections import Counter

from dashboard.charts.bars import draw_bars
from dashboard.charts.mirrors import MirrorRow, draw_mirrors
from dashboard.data import official_standings, place_shares
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.mirrors_story.gathering import Gathered, PlaceMirrors, gather, is_judged
from dashboard.mirrors_story.official_list import build_official_panel
from dashboard.mirrors_story.saying import find_worst, say_answer, say_evidence, say_gap, say_rank, say_worst
from dashboard.mirrors_story.tables import tabulate_data, tabulate_register, tabulate_survey
from dashboard.stories.opening import texts_of
from dashboard.texts import say
from dashboard.visit import View
from etl.store.reading.official_places import OfficialStandings
from surveys.analysis.three_mirrors import Mirror
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import Source
from surveys.vocabulary import load

OF_PARTNERSHIP = "mirrors-of-"  # and its slug: key of the line of one partnership
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
        _build_mirrors(view, gathered, slug, official),
        build_official_panel(view, slug, official),
    ]


def build_all_panels(view: View) -> list[Panel]:
    """Build what the mirrors of all partnerships have in common: which gap is named where."""
    slugs = tuple(ref.slug for ref in view.scope.partnerships)
    gathered = gather_view(view, slugs)
    return [_build_gaps(view, gathered), *_list_partnerships(view, gathered)]


def _kept(view: View, code: str) -> bool:
    themes = view.filters.themes
    return not themes or load().problems[code].theme in themes


def _say_judged(view: View, gathered: Gathered) -> str:
    rate = round(gathered.screen.rate * 100)
    return view.say("mirrors.judged", n=gathered.screen.comparisons, rate=rate)


def _build_named(view: View, gathered: Gathered, slug: str) -> Panel:
    place = gathered.places[slug]
    if gathered.compares_nothing:
        return Panel("mirrors-named", view.say("mirrors.named.title"), view.say("mirrors.named.nothing"))
    gaps = [gap for gap in gathered.gaps_of(slug) if _kept(view, gap.key[1])]
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
    lines.append(f"\n:small[{_say_judged(view, gathered)}]")
    return Panel("mirrors-named", view.say("mirrors.named.title"), "\n".join(lines))


def _build_mirrors(view: View, gathered: Gathered, slug: str, official: OfficialStandings) -> Panel:
    place = gathered.places[slug]
    title = view.say("mirrors.all.title")
    codes = [code for code in place.order_problems() if _kept(view, code)]
    if not codes:
        return Panel("mirrors-all", title, view.say("mirrors.all.none"))
    rows = [_make_row(view, gathered, slug, code) for code in codes]
    average = None if place.residents is None else place.residents.average
    chart = draw_mirrors(
        rows,
        headings=(view.say("mirrors.lane.residents"), view.say("mirrors.lane.partners"), view.say("mirrors.lane.data")),
        average=average,
        alt=_describe(view, title, rows),
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
    weight = place.weight_of(code)
    second = say_answer(view, partners) if partners is not None else say_rank(view, ranked, place.register)
    return MirrorRow(
        name=load().problems.label(code, view.language),
        gaps="; ".join(say_gap(view, gap) for gap in gathered.gaps_of(slug) if gap.key[1] == code),
        residents=residents,
        partners=partners,
        weight=None if weight is None or (ranked is not None and ranked.solved) else weight / _MOST_WEIGHT,
        worse_than=None if worst is None else worst.standing.worse_than,
        reaches=worst is not None and worst.reaches,
        words=(say_answer(view, residents), second, say_worst(view, looks)),
    )


def _describe(view: View, title: str, rows: list[MirrorRow]) -> str:
    lanes = [view.say(f"mirrors.table.{name}") for name in ("residents", "register", "data")]
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
    partners = view.say("mirrors.source.partners_survey" if is_judged(place.partners) else "mirrors.source.register")
    data = view.say("mirrors.source.data" if place.official else "mirrors.source.no_data")
    return f"{residents} {partners} {data}"


def _build_gaps(view: View, gathered: Gathered) -> Panel:
    counts = Counter(
        (f"{gap.sees.value}_{gap.sees_not.value}", gap.key[1])
        for gap in gathered.screen.gaps
        if _kept(view, gap.key[1])
    )
    title = view.say("mirrors.gaps.title")
    judged = _say_judged(view, gathered)
    if gathered.compares_nothing:
        return Panel("mirrors-gaps", title, view.say("mirrors.named.nothing"))
    if not counts:
        return Panel("mirrors-gaps", title, f"{view.say('mirrors.gaps.none')} {judged}")
    labels = load().problems
    ordered = sorted(counts.items(), key=lambda item: (-item[1], sort_key(labels.label(item[0][1], "pl")), item[0][0]))
    rows = [
        CountRow(
            (code, gap),
            {language: (labels.label(code, language), say(f"mirrors.gap.{gap}", language)) for language in LANGUAGES},
            float(number),
        )
        for (gap, code), number in ordered
    ]
    source = Source(texts_of("mirrors.gaps.what"))
    table = publish_counts(rows, dimensions=("problem", "gap"), unit="count", source=source)
    chart = draw_bars(table, title=title, language=view.language)
    return Panel("mirrors-gaps", title, judged, chart, (table,))


def _list_partnerships(view: View, gathered: Gathered) -> list[Panel]:
    """Return a line for each partnership with a named gap, in alphabetical order."""
    lines = []
    labels = load().problems
    for slug in sorted(gathered.places, key=lambda slug: sort_key(view.name_of(slug))):
        kinds: dict[str, list[str]] = {}
        for gap in gathered.gaps_of(slug):
            if _kept(view, gap.key[1]):
                kinds.setdefault(say_gap(view, gap), []).append(plain(labels.label(gap.key[1], view.language)))
        if kinds:
            said = "; ".join(f"*{kind}*: {list_names(names)}" for kind, names in kinds.items())
            lines.append(Panel(f"{OF_PARTNERSHIP}{slug}", view.name_of(slug), said))
    return lines
