"""The picture of who works with whom, and what its shape says."""

from dashboard.capital_story.measures import list_measures
from dashboard.capital_story.network import Known, PartnerNetwork, Tie, read_network, say_sector
from dashboard.charts.bars import draw_bars
from dashboard.charts.network_map import NetworkPartner, draw_network
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from surveys.analysis.network import ReportedTies
from surveys.language.numerals import format_percent
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import PublishedTable, Source


def build_network_panels(view: View, slug: str, known: Known) -> list[Panel]:
    """Build the picture, its measures and what partners said themselves."""
    network = read_network(view, slug)
    ties = network.ties(known)
    panels = [_build_picture(view, network, ties, known), _build_measures(view, network, ties)]
    if network.reported is not None:
        panels.append(_build_reported(view, network))
    return panels


def _build_picture(view: View, network: PartnerNetwork, ties: tuple[Tie, ...], known: Known) -> Panel:
    key, title = "capital-network", view.say(f"capital.network.title.{known.name.lower()}")
    number = len(network.names)
    if number < 2:
        return Panel(key, title, view.say("capital.network.few"))
    sentence = _say_picture(view, network, ties)
    partners = {
        uid: NetworkPartner(place, name, network.sectors[uid], say_sector(network.sectors[uid], view.language))
        for place, (uid, name) in enumerate(network.names.items(), 1)
    }
    weights = {tie: network.things.get(tie, 1) if known is Known.WORK else 1 for tie in ties}
    chart = draw_network(partners, weights, title=title, summary=view.say("capital.network.alt", what=_words(sentence)))
    listed = " · ".join(f"**{one.number}** {plain(one.name)}" for one in partners.values())
    note = f"{listed}  \n{view.say('capital.network.lines')}"
    tables = [_count_neighbours(partners, ties, known)]
    headings = [view.say("capital.network.partners")]
    if ties:
        tables.append(_list_ties(network, ties, known))
        headings.append(view.say("capital.network.ties"))
    return Panel(key, title, sentence, chart, tuple(tables), tuple(headings), note)


def _words(sentence: str) -> str:
    return sentence.replace("*", "").replace("\\", "")


def _say_picture(view: View, network: PartnerNetwork, ties: tuple[Tie, ...]) -> str:
    if not ties:
        return view.say("capital.network.none")
    joined = {uid for tie in ties for uid in tie}
    alone = [name for uid, name in network.names.items() if uid not in joined]
    number = len(network.names)
    possible = number * (number - 1) // 2
    said = view.say("capital.network.sentence", n=len(ties), possible=possible)
    if alone:
        names = list_names([plain(name) for name in alone[:6]])
        more = view.say("capital.more", n=len(alone) - 6) if len(alone) > 6 else ""
        said = f"{said} {view.say('capital.network.alone', names=f'{names} {more}'.strip())}"
    return said


def _count_neighbours(partners: dict[str, NetworkPartner], ties: tuple[Tie, ...], known: Known) -> PublishedTable:
    degrees = {uid: sum(uid in tie for tie in ties) for uid in partners}
    rows = [
        CountRow(
            (str(one.number), uid, one.sector),
            {language: (str(one.number), one.name, say_sector(one.sector, language)) for language in LANGUAGES},
            float(degrees[uid]),
        )
        for uid, one in partners.items()
    ]
    what = texts_of(f"capital.network.what.{known.name.lower()}")
    return publish_counts(rows, dimensions=("number", "partner", "sector"), unit="count", source=Source(what))


def _list_ties(network: PartnerNetwork, ties: tuple[Tie, ...], known: Known) -> PublishedTable:
    rows = [
        CountRow(
            tie,
            dict.fromkeys(LANGUAGES, (network.names[tie[0]], network.names[tie[1]])),
            float(network.things.get(tie, 0)),
        )
        for tie in sorted(ties, key=lambda tie: -network.things.get(tie, 0))
    ]
    what = texts_of("capital.network.ties_what" if known is Known.WORK else "capital.network.ties_said_what")
    return publish_counts(rows, dimensions=("partner", "other_partner"), unit="count", source=Source(what))


def _build_measures(view: View, network: PartnerNetwork, ties: tuple[Tie, ...]) -> Panel:
    return Panel(
        "capital-measures",
        view.say("capital.measures.title"),
        "\n".join(f"- {line}" for line in list_measures(view, network, ties)),
    )


def _build_reported(view: View, network: PartnerNetwork) -> Panel:
    """Ties that either and that both told of, kind by kind, with the response rate."""
    said = network.reported
    key, title = "capital-reported", view.say("capital.reported.title")
    if said is None:
        raise ValueError("nobody was asked")
    rate = format_percent(said.answered / said.partners, view.language) if said.partners else "–"
    lines = [view.say("capital.reported.rate", wave=plain(said.wave), n=said.answered, of=said.partners, rate=rate)]
    if said.strangers:
        lines.append(view.say("capital.reported.strangers", n=said.strangers))
    if not said.enough:
        return Panel(key, title, " ".join([*lines, view.say("capital.reported.few")]))
    rows = [row for kind, ties in said.by_kind.items() for row in _rows_of(kind, ties)]
    lines.append(view.say("capital.reported.meaning"))
    source = Source(texts_of("capital.reported.what"), waves=(said.wave,))
    table = publish_counts(rows, dimensions=("cooperation", "told"), unit="count", source=source)
    return Panel(key, title, " ".join(lines), draw_bars(table, title=title, language=view.language), (table,))


def _rows_of(kind: str, ties: ReportedTies) -> list[CountRow]:
    words = {told: texts_of(f"capital.reported.{told}") for told in ("either", "both")}
    kinds = texts_of(f"capital.reported.kind.{kind}")
    return [
        CountRow((kind, told), {language: (kinds[language], words[told][language]) for language in LANGUAGES}, value)
        for told, value in (("either", float(len(ties.either))), ("both", float(len(ties.both))))
    ]
