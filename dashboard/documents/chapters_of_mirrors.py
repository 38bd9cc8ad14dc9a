"""The chapter on three mirrors: each problem as residents, partners and official figures see it, never merged."""

from dashboard.documents.content import Block, Bullets, Grid, Text, Tone
from dashboard.documents.figures import unmark
from dashboard.documents.material import Material
from dashboard.mirrors_story.gathering import Gathered, PlaceMirrors, is_judged
from dashboard.mirrors_story.saying import say_answer, say_evidence, say_gap, say_rank, say_worst
from dashboard.texts import say
from surveys.analysis.three_mirrors import Mirror
from surveys.vocabulary import load

_MOST_ROWS = 12


def tell_mirrors(material: Material) -> list[Block]:
    """Name the gaps between the mirrors and set them side by side; nothing where no two speak of one problem."""
    gathered = material.mirrors
    if gathered.compares_nothing:
        return []
    place = gathered.places[material.slug]
    return [
        Text(material.say("mirrors.intro")),
        *_name_gaps(material, gathered, place),
        _set_beside(material, gathered, place),
        Text(material.say("mirrors.method"), Tone.NOTE),
        Text(_say_judged(material, gathered), Tone.NOTE),
    ]


def _name_gaps(material: Material, gathered: Gathered, place: PlaceMirrors) -> list[Block]:
    gaps, language = gathered.gaps_of(material.slug), material.language
    if not gaps:
        return [Text(say("mirrors.named.none", language))]
    blocks: list[Block] = [Text(say("mirrors.named.count", language, n=len(gaps)))]
    for sees in Mirror:
        for sees_not in Mirror:
            alike = [gap for gap in gaps if (gap.sees, gap.sees_not) == (sees, sees_not)]
            if not alike:
                continue
            speaker = material.speaker
            kind, hint = say_gap(speaker, alike[0]), say(f"mirrors.hint.{sees.value}_{sees_not.value}", language)
            lines = []
            for gap in alike:
                code = gap.key[1]
                evidence = "; ".join(say_evidence(speaker, place, code, mirror) for mirror in (sees, sees_not))
                lines.append(unmark(f"{load().problems.label(code, language)}: {evidence}."))
            heading = material.say("mirrors.kind_of_gap", kind=f"{kind[:1].upper()}{kind[1:]}", hint=hint)
            blocks += [Text(heading), Bullets(tuple(lines))]
    return blocks


def _set_beside(material: Material, gathered: Gathered, place: PlaceMirrors) -> Grid:
    """A row a problem, a column a mirror; those that differ are there in any case, then what most residents chose."""
    ordered = place.order_problems()
    differing = {gap.key[1] for gap in gathered.gaps_of(material.slug)}
    kept = set(sorted(ordered, key=lambda code: code not in differing)[:_MOST_ROWS])
    rows = tuple(_make_row(material, place, code) for code in ordered if code in kept)
    headers = tuple(material.say(f"column.{name}") for name in ("problem", "residents", "partners_see", "figures"))
    facts = {"shown": len(rows), "n": len(ordered)}
    note = material.say("mirrors.note", **facts) if len(rows) < len(ordered) else material.say("mirrors.note_all")
    return Grid(material.say("mirrors.table"), headers, rows, (2.6, 1.7, 1.5, 1.6), frozenset(), note)


def _make_row(material: Material, place: PlaceMirrors, code: str) -> tuple[str, ...]:
    speaker = material.speaker
    residents = None if place.residents is None else place.residents.rows.get(code)
    asked = place.partners if is_judged(place.partners) else None
    partners = None if asked is None else asked.rows.get(code)
    second = (
        say_rank(speaker, place.register.get(code), place.register)
        if partners is None
        else say_answer(speaker, partners)
    )
    figures = say_worst(speaker, place.official.get(code, ()))
    return load().problems.label(code, material.language), say_answer(speaker, residents), second, figures


def _say_judged(material: Material, gathered: Gathered) -> str:
    rate = round(gathered.screen.rate * 100)
    return material.set(say("mirrors.judged", material.language, n=gathered.screen.comparisons, rate=rate))
