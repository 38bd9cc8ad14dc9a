"""What the mirrors of all partnerships have in common: which gaps and agreements are named in how many of them."""

from collections import Counter
from collections.abc import Mapping

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.mirrors_story.gathering import Gathered
from dashboard.mirrors_story.panels import gather_view, is_kept, say_accord, say_judged
from dashboard.mirrors_story.saying import name_agreement, say_agreement, say_gap
from dashboard.stories.opening import texts_of
from dashboard.texts import say
from dashboard.visit import View
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import Source
from surveys.vocabulary import load

OF_PARTNERSHIP = "mirrors-of-"  # and its slug: key of the line of one partnership


def build_all_panels(view: View) -> list[Panel]:
    """Build what the mirrors of all partnerships have in common: which gap and agreement is named where."""
    gathered = gather_view(view, tuple(ref.slug for ref in view.scope.partnerships))
    if gathered.compares_nothing:
        return [Panel("mirrors-gaps", view.say("mirrors.gaps.title"), view.say("mirrors.named.nothing"))]
    return [_build_gaps(view, gathered), _build_agreements(view, gathered), *_list_partnerships(view, gathered)]


def _build_gaps(view: View, gathered: Gathered) -> Panel:
    counts = Counter(
        (f"{gap.sees.value}_{gap.sees_not.value}", gap.key[1])
        for gap in gathered.screen.gaps
        if is_kept(view, gap.key[1])
    )
    title = view.say("mirrors.gaps.title")
    judged = say_judged(view, gathered)
    if not counts:
        return Panel("mirrors-gaps", title, f"{view.say('mirrors.gaps.none')} {judged}")
    return _draw(view, "gaps", "gap", counts, judged)


def _build_agreements(view: View, gathered: Gathered) -> Panel:
    counts = Counter(
        (name_agreement(one), one.key[1]) for one in gathered.accord.agreements if is_kept(view, one.key[1])
    )
    title = view.say("mirrors.agreements.title")
    judged = say_accord(view, gathered)
    if not counts:
        return Panel("mirrors-agreements", title, f"{view.say('mirrors.agreements.none')} {judged}")
    return _draw(view, "agreements", "agreement", counts, judged)


def _draw(view: View, part: str, what: str, counts: Mapping[tuple[str, str], int], sentence: str) -> Panel:
    labels = load().problems
    ordered = sorted(counts.items(), key=lambda item: (-item[1], sort_key(labels.label(item[0][1], "pl")), item[0][0]))
    rows = [
        CountRow(
            (code, kind),
            {
                language: (labels.label(code, language), say(f"mirrors.{what}.{kind}", language))
                for language in LANGUAGES
            },
            float(number),
        )
        for (kind, code), number in ordered
    ]
    source = Source(texts_of(f"mirrors.{part}.what"))
    table = publish_counts(rows, dimensions=("problem", what), unit="count", source=source)
    title = view.say(f"mirrors.{part}.title")
    chart = draw_bars(table, title=title, language=view.language)
    return Panel(f"mirrors-{part}", title, sentence, chart, (table,))


def _list_partnerships(view: View, gathered: Gathered) -> list[Panel]:
    """Return a line for each partnership of which a gap or an agreement is named, in alphabetical order."""
    lines = []
    labels = load().problems
    for slug in sorted(gathered.places, key=lambda slug: sort_key(view.name_of(slug))):
        named = [(say_gap(view, gap), gap.key[1]) for gap in gathered.gaps_of(slug)]
        named += [(say_agreement(view, one), one.key[1]) for one in gathered.agreements_of(slug)]
        kinds: dict[str, list[str]] = {}
        for kind, code in named:
            if is_kept(view, code):
                kinds.setdefault(kind, []).append(plain(labels.label(code, view.language)))
        if kinds:
            said = "; ".join(f"*{kind}*: {list_names(names)}" for kind, names in kinds.items())
            lines.append(Panel(f"{OF_PARTNERSHIP}{slug}", view.name_of(slug), said))
    return lines
