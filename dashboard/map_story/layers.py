"""What is known of each partnership for one choice of the map: its class, its words and the table behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dashboard.charts.place_map import Unclassed
from dashboard.data import side_by_side
from dashboard.map_story.places import Placed, Spot
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from surveys.analysis.filters import narrow
from surveys.analysis.map_classes import MapClass, find_class, split_classes
from surveys.analysis.register_tables import name_labels
from surveys.analysis.rows import is_known
from surveys.language.collation import sort_key
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.place_gate import PlaceShare, publish_places
from surveys.privacy.published import PublishedRow, PublishedTable, Source, State
from surveys.privacy.rules import PUBLIC_RULES
from surveys.privacy.wording import say_value
from surveys.vocabulary import load

# In the order of a class: what is least under way first. Of several entries of a problem the first found here counts.
STATUSES = ("reported", "confirmed", "postponed", "in_progress", "solved")
_COUNTING = ("in_progress", "confirmed", "reported", "postponed", "solved")


@dataclass(frozen=True, slots=True)
class Layer:
    """What the map shows.

    Attributes:
        title: of the map.
        sentence: the answer in words.
        classes: label of each class.
        unclassed: labels of what has no class.
        standing: class of each partnership, or of one of its places (slug and TERYT code); the rest has no data.
        words: what is said of each partnership.
        table: figures behind it, ``None`` for a map of points alone.
        note: what else is to be said.
    """

    title: str
    sentence: str
    classes: tuple[str, ...] = ()
    unclassed: Mapping[Unclassed, str] = field(default_factory=dict)
    standing: Mapping[str | tuple[str, str], int | Unclassed] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    table: PublishedTable | None = None
    note: str = ""


def in_order(view: View) -> list[str]:
    """Return the partnerships in sight, in order of their names."""
    return sorted((ref.slug for ref in view.scope.partnerships), key=lambda slug: (sort_key(view.name_of(slug)), slug))


def lay_points(view: View, placed: Placed) -> Layer:
    """Return the map of points alone, with the territory of each partnership as its table."""
    slugs = in_order(view)
    spots: dict[str, list[Spot]] = {slug: [] for slug in slugs}
    for spot in placed.spots:
        spots[spot.slug].append(spot)
    nowhere = texts_of("map.off.nowhere")
    rows = [
        CountRow(
            (slug, ""),
            {
                language: (view.name_of(slug), "; ".join(spot.label(language) for spot in mine) or nowhere[language])
                for language in LANGUAGES
            },
            float(len(mine)),
        )
        for slug, mine in spots.items()
    ]
    return Layer(
        view.say("map.points.title"),
        view.say("map.points.sentence"),
        classes=(view.say("map.points.class"),),
        standing=dict.fromkeys(slugs, 0),
        words=dict.fromkeys(slugs, ""),
        table=publish_counts(
            rows, dimensions=("partnership", "area"), unit="count", source=Source(texts_of("map.points.what"))
        ),
    )


def lay_problem(view: View, code: str) -> Layer:
    """Return which partnerships have a problem in their register, and how far they are with it."""
    frames, lists = view.register, load()
    filters = replace(view.filters, partnership=None, themes=())
    problems = narrow(frames.problems, filters, groups=frames.problem_groups, date_column="identified_on")
    mine = problems[problems["code"] == code]
    found: dict[str, set[str]] = {}
    for slug, status in zip(mine["partnership"], mine["status"], strict=True):
        found.setdefault(str(slug), set()).add(str(status))
    status_of = {slug: next((one for one in _COUNTING if one in has), "confirmed") for slug, has in found.items()}
    present = [status for status in STATUSES if status in status_of.values()]
    slugs, busy = in_order(view), sum(one == "in_progress" for one in status_of.values())
    names = {language: {one: lists.problem_statuses.label(one, language) for one in STATUSES} for language in LANGUAGES}
    missing = texts_of("map.problem.missing")
    counts = mine["partnership"].value_counts()
    rows = [
        CountRow(
            (slug, status_of.get(slug, "")),
            {
                language: (view.name_of(slug), names[language].get(status_of.get(slug, ""), missing[language]))
                for language in LANGUAGES
            },
            float(counts.get(slug, 0)),
        )
        for slug in slugs
    ]
    own = names[view.language]
    return Layer(
        view.say("map.problem.title", problem=lists.problems.label(code, view.language)),
        view.say("map.problem.sentence", n=len(found), all=len(slugs), busy=busy),
        classes=tuple(own[one] for one in present),
        unclassed={Unclassed.NO_DATA: view.say("map.problem.missing")},
        standing={slug: present.index(status) for slug, status in status_of.items()},
        words={slug: own.get(status_of.get(slug, ""), view.say("map.problem.missing")) for slug in slugs},
        table=publish_counts(
            rows, dimensions=("partnership", "status"), unit="count", source=Source(texts_of("map.problem.what"))
        ),
    )


def lay_theme(view: View, code: str) -> Layer:
    """Return how many activities of a theme each partnership has entered."""
    frames = view.register
    filters = replace(view.filters, partnership=None, themes=(code,))
    mine = narrow(frames.activities, filters, groups=frames.activity_groups, date_column="starts_on")
    counts = {str(slug): int(number) for slug, number in mine["partnership"].value_counts().items()}
    slugs, labels = in_order(view), name_labels(frames.partnerships)
    rows = [
        CountRow((slug,), {one: (labels[slug][one],) for one in LANGUAGES}, float(counts.get(slug, 0)))
        for slug in slugs
    ]
    classes = split_classes(Decimal(number) for number in counts.values())
    return Layer(
        view.say("map.theme.title", theme=load().themes.label(code, view.language)),
        view.say(
            "map.theme.sentence", n=len(counts), all=len(slugs), activities=view.say("counts.activities", n=len(mine))
        ),
        classes=tuple(say_span(one.low, one.high, view.language) for one in classes),
        unclassed={Unclassed.NO_DATA: view.say("map.theme.missing")},
        standing={slug: find_class(Decimal(number), classes) for slug, number in counts.items()},
        words={slug: view.say("counts.activities", n=counts.get(slug, 0)) for slug in slugs},
        table=publish_counts(
            rows, dimensions=("partnership",), unit="count", source=Source(texts_of("map.theme.what"))
        ),
    )


def lay_residents(view: View, code: str, placed: Placed) -> Layer:
    """Return the share of residents who chose a problem, where the gates let it be compared."""
    title = view.say("map.residents.title", problem=load().problems.label(code, view.language))
    sides = side_by_side(view.scope, "problems", years=view.filters.years)
    counts = sides.counts_of(code)
    slugs = [slug for slug in in_order(view) if slug in counts]
    waves = dict(zip(sides.questions["partnership"], sides.questions["wave_name"], strict=True))
    days = [day for name in ("opened_on", "closed_on") for day in sides.questions[name] if is_known(day)]
    series = sides.series
    source = Source(
        texts_of("map.residents.what"),
        question={} if series is None else {"pl": series.text_pl, "en": series.text_en or series.text_pl},
        waves=tuple(f"{view.name_of(slug)}: {waves[slug]}" for slug in slugs),
        as_of=str(max(days))[:10] if days else "",
    )
    places = [PlaceShare(_name(view, slug), *counts[slug]) for slug in slugs]
    table = publish_places(places, source=source) if len(places) >= PUBLIC_RULES.min_places else None
    if table is None or table.is_empty:
        return replace(lay_points(view, placed), title=title, sentence=view.say("map.residents.too_few"))
    shown = {row.keys[0]: Decimal(str(row.value)) for row in table.rows if row.value is not None}
    classes = split_classes(shown.values())
    doubts = sides.verdict.reservations
    note = [view.say("map.residents.note")]
    if doubts:
        words = "; ".join(doubt.doubt.describe(view.language).rstrip(".") for doubt in doubts)
        note.append(view.say("map.residents.reserved", reasons=words))
    return Layer(
        title,
        view.say("map.residents.sentence", n=len(shown), all=len(view.scope.partnerships)),
        classes=tuple(_say_shares(one.low, one.high, view.language) for one in classes),
        unclassed={one: view.say(f"map.residents.{one.value}") for one in Unclassed},
        standing={row.keys[0]: _stand(row, shown, classes) for row in table.rows},
        words={row.keys[0]: say_value(row, "share", view.language) for row in table.rows},
        table=table,
        note=" ".join(note),
    )


def _stand(row: PublishedRow, shown: Mapping[str, Decimal], classes: tuple[MapClass, ...]) -> int | Unclassed:
    if row.keys[0] in shown:
        return find_class(shown[row.keys[0]], classes)
    return Unclassed.HIDDEN if row.state is State.SUPPRESSED else Unclassed.FEW


def _name(view: View, slug: str) -> Heading:
    return Heading(slug, dict.fromkeys(LANGUAGES, view.name_of(slug)))


def say_span(low: Decimal, high: Decimal, language: Language, decimals: int = 0) -> str:
    """Return a class by its smallest and its largest figure."""
    first, last = (format_number(value, language, decimals=decimals) for value in (low, high))
    return first if first == last else f"{first} – {last}"


def _say_shares(low: Decimal, high: Decimal, language: Language) -> str:
    first, last = (format_percent(value, language) for value in (low, high))
    return first if first == last else f"{first} – {last}"
