"""What the page Luki shows, each built from a view and nothing else."""

from collections import Counter
from collections.abc import Mapping

from dashboard.charts.bars import draw_bars
from dashboard.charts.pairs import draw_pairs
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.gaps_story.gathering import (
    GROUP,
    KINDS,
    Gathered,
    Need,
    Supply,
    choose_period,
    gather,
    theme_of_problems,
)
from dashboard.gaps_story.saying import label_of, say_gap, say_judged
from dashboard.stories.opening import texts_of, today
from dashboard.visit import View
from surveys.analysis.rows import is_known
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

OF_PARTNERSHIP = "gaps-of-"  # and its slug: key of the line of one partnership


def build_place_panels(view: View) -> list[Panel]:
    """Build the gaps of the chosen partnership, and need beside supply for groups and themes.

    Raises:
        ValueError: no partnership is chosen.
    """
    slug = view.filters.partnership
    if slug is None:
        raise ValueError("the gaps of one partnership need a chosen one")
    gathered = gather(view, (slug,), choose_period(view, today()), today())
    return [_build_named(view, gathered, slug), *(_build_pair(view, gathered, slug, kind) for kind in KINDS)]


def build_all_panels(view: View) -> list[Panel]:
    """Build what the gaps of all partnerships have in common, and a line for each partnership."""
    slugs = tuple(ref.slug for ref in view.scope.partnerships)
    gathered = gather(view, slugs, choose_period(view, today()), today())
    return [*(_build_counts(view, gathered, kind) for kind in KINDS), *_list_partnerships(view, gathered)]


def _build_named(view: View, gathered: Gathered, slug: str) -> Panel:
    title = view.say("gaps.named.title")
    lines: list[str] = []
    count = sum(len(gathered.gaps_of(slug, kind)) for kind in KINDS)
    if not any((slug, kind) in gathered.needs for kind in KINDS):
        lines.append(view.say("gaps.named.no_survey"))
    elif not any(gathered.needs[slug, kind].values for kind in KINDS if (slug, kind) in gathered.needs):
        lines.append(view.say("gaps.named.few_answers"))
    elif not gathered.screen.comparisons:
        lines.append(view.say("gaps.named.little_entered"))
    else:
        lines.append(view.say("gaps.named.count", n=count) if count else view.say("gaps.named.none"))
    for kind in KINDS:
        codes = gathered.gaps_of(slug, kind)
        if codes:
            lines.append(f"\n**{view.say(f'gaps.{kind}.heading')}**\n")
            lines += [say_gap(view, gathered, slug, kind, code) for code in codes]
    if gathered.screen.comparisons:
        lines.append(f"\n:small[{say_judged(view, gathered)}]")
    return Panel("gaps-named", title, "\n".join(lines))


def _build_pair(view: View, gathered: Gathered, slug: str, kind: str) -> Panel:
    title = view.say(f"gaps.{kind}.title")
    need, supply = gathered.needs.get((slug, kind)), gathered.supplies[slug, kind]
    if need is None:
        return Panel(f"gaps-{kind}", title, view.say(f"gaps.{kind}.none"))
    wanted = need.table if kind == GROUP else _tabulate_themes(need)
    done, people, money = _tabulate_supply(gathered, kind, wanted, supply)
    headings = tuple(view.say(f"gaps.column.{name}") for name in ("need", "activities", "participants", "money"))
    chart = draw_pairs(wanted, done, titles=(headings[0], headings[1]), title=title, language=view.language)
    sentence = view.say(
        f"gaps.{kind}.sentence", first=gathered.period.first, last=gathered.period.last, n=supply.entered
    )
    told = [
        (table, heading) for table, heading in zip((wanted, done, people, money), headings, strict=True) if table.rows
    ]
    return Panel(
        f"gaps-{kind}",
        title,
        sentence,
        chart,
        tuple(table for table, _ in told),
        tuple(heading for _, heading in told),
    )


def _tabulate_themes(need: Need) -> PublishedTable:
    """Publish for each theme the share of its most chosen problem."""
    themes, lists = theme_of_problems(), load()
    top: dict[str, tuple[int, str]] = {}
    for row in need.options:
        if is_known(row["missing_kind"]):
            continue
        code, people = str(row["code"]), int(row["people"])
        if code in themes and people >= top.get(themes[code], (-1, ""))[0]:
            top[themes[code]] = (people, code)
    rows = [
        ShareRow(
            (code, theme),
            {
                language: (lists.problems.label(code, language), lists.themes.label(theme, language))
                for language in LANGUAGES
            },
            people,
            int(need.measurement["base"]),
        )
        for theme, (people, code) in sorted(top.items(), key=lambda item: (-item[1][0], item[0]))
    ]
    return publish_shares(rows, dimensions=("problem", "theme"), source=need.table.source, exclusive=False)


def _tabulate_supply(
    gathered: Gathered, kind: str, wanted: PublishedTable, supply: Supply
) -> tuple[PublishedTable, PublishedTable, PublishedTable]:
    """Publish what was done for the rows of a table of needs, row by row."""
    groups = load().target_groups
    sensitive = {code for code, group in groups.items() if group.sensitivity is not None} if kind == GROUP else set()
    years = (f"{gathered.period.first}–{gathered.period.last}",)

    def publish(name: str, unit: str, values: Mapping[str, float]) -> PublishedTable:
        rows = [
            CountRow(row.keys, row.labels, values.get(row.keys[-1]), sensitive=row.keys[-1] in sensitive)
            for row in wanted.rows
        ]
        source = Source(texts_of(f"gaps.{name}_what"), waves=years)
        return publish_counts(rows, dimensions=wanted.dimensions, unit=unit, source=source)

    return (
        publish("activities", "count", {row.keys[-1]: supply.activities.get(row.keys[-1], 0) for row in wanted.rows}),
        publish("participants", "people", supply.participants),
        publish("money", "pln", supply.money),
    )


def _build_counts(view: View, gathered: Gathered, kind: str) -> Panel:
    """Build how many partnerships have each gap; only those whose survey can tell are counted among."""
    key = f"gaps-all-{kind}"
    title = view.say(f"gaps.all.{kind}_title")
    asked = sum(1 for (_, of_kind), need in gathered.needs.items() if of_kind == kind and need.values)
    found = Counter(code for _, of_kind, code in gathered.screen.gaps if of_kind == kind)
    if not found:
        return Panel(key, title, view.say("gaps.all.none", n=asked))
    lists = load().target_groups if kind == GROUP else load().themes
    rows = [
        CountRow((code,), {language: (lists.label(code, language),) for language in LANGUAGES}, float(number))
        for code, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    table = publish_counts(rows, dimensions=(kind,), unit="count", source=Source(texts_of("gaps.all.what")))
    chart = draw_bars(table, title=title, language=view.language)
    sentence = view.say("gaps.all.sentence", n=asked)
    return Panel(key, title, sentence, chart, (table,), note=say_judged(view, gathered))


def _list_partnerships(view: View, gathered: Gathered) -> list[Panel]:
    panels = []
    for ref in sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name)):
        named = [label_of(kind, code, view.language) for kind in KINDS for code in gathered.gaps_of(ref.slug, kind)]
        if named:
            panels.append(Panel(f"{OF_PARTNERSHIP}{ref.slug}", ref.name, list_names([plain(one) for one in named])))
    return panels
