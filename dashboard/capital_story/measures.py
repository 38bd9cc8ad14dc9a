"""The measures of a network in words: each beside what chance gives, none said where it does not exist."""

from collections.abc import Hashable

from dashboard.capital_story.network import PartnerNetwork, Tie
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.visit import View
from surveys.analysis.network import NetworkSummary, summary
from surveys.analysis.network_chance import Chance, Leaning, compare_with_chance
from surveys.language.numerals import format_number, format_percent

SEED = 2_026
LEAST_PARTNERS = 3
_EVEN, _CENTRAL = 0.25, 0.6  # of Freeman's centralization: words for what is between a circle and a star


def list_measures(view: View, network: PartnerNetwork, ties: tuple[Tie, ...]) -> list[str]:
    """Return one line a measure."""
    if len(network.names) < LEAST_PARTNERS:
        return [view.say("capital.measures.few")]
    whole = summary(ties, network.sectors)
    lines = [_say_density(view, whole, network), *_say_sectors(view, network, ties)]
    if ties:
        lines += [_say_centralization(view, whole), _say_articulation(view, whole, network)]
        lines.append(_say_loss(view, whole, network))
    return lines


def _say_density(view: View, whole: NetworkSummary, network: PartnerNetwork) -> str:
    number = len(network.names)
    share = _percent(view, whole.density)
    return view.say("capital.measures.density", n=whole.ties, possible=number * (number - 1) // 2, share=share)


def _say_sectors(view: View, network: PartnerNetwork, ties: tuple[Tie, ...]) -> list[str]:
    """Bridging, bonding and E-I, of partners whose sector is known."""
    known = network.with_sector()
    unknown = len(network.names) - len(known)
    kept = [tie for tie in ties if tie[0] in known and tie[1] in known]
    lines = [view.say("capital.measures.unknown_sector", n=unknown)] if unknown else []
    if len(set(known.values())) < 2 or len(known) < LEAST_PARTNERS:
        return [*lines, view.say("capital.measures.one_sector")]
    figures = summary(kept, known)
    chance = compare_with_chance(kept, known, seed=SEED)
    if chance is None:
        return [*lines, view.say("capital.measures.no_ties")]
    between = _possible_between(known)
    within = len(known) * (len(known) - 1) // 2 - between
    low, high = (format_percent(count / between, view.language) for count in (chance.low, chance.high))
    facts = {"n": chance.external, "possible": between, "share": _percent(view, figures.bridging)}
    lines.append(view.say("capital.measures.bridging", **facts, low=low, high=high))
    inner = [(len(kept) - count) / within if within else 0.0 for count in (chance.high, chance.low)]
    if within:
        low, high = (format_percent(share, view.language) for share in inner)
        facts = {"n": chance.internal, "possible": within, "share": _percent(view, figures.bonding)}
        lines.append(view.say("capital.measures.bonding", **facts, low=low, high=high))
    return [*lines, _say_leaning(view, figures, chance)]


def _say_leaning(view: View, figures: NetworkSummary, chance: Chance) -> str:
    index, expected = (
        _signed(view, value) for value in (figures.external_internal, figures.external_internal_at_random)
    )
    said = view.say(f"capital.measures.leaning.{chance.leaning.value}")
    close = chance.leaning is Leaning.UNSEEN
    return view.say("capital.measures.external_internal", said=said, index=index, expected=expected) + (
        f" {view.say('capital.measures.unseen_why')}" if close else ""
    )


def _say_centralization(view: View, whole: NetworkSummary) -> str:
    value = whole.centralization or 0.0
    word = "even" if value < _EVEN else "central" if value >= _CENTRAL else "between"
    number = format_number(value, view.language, decimals=2)
    return view.say("capital.measures.centralization", said=view.say(f"capital.measures.shape.{word}"), value=number)


def _say_articulation(view: View, whole: NetworkSummary, network: PartnerNetwork) -> str:
    if not whole.articulation_points:
        return view.say("capital.measures.no_articulation")
    names = [plain(network.names[str(uid)]) for uid in whole.articulation_points]
    return view.say("capital.measures.articulation", names=list_names(names))


def _say_loss(view: View, whole: NetworkSummary, network: PartnerNetwork) -> str:
    if whole.largest_loss is None:
        return view.say("capital.none")
    uid, share = whole.largest_loss
    name = plain(network.names[str(uid)])
    return view.say("capital.measures.loss", name=name, share=format_percent(share, view.language))


def _possible_between(sectors: dict[Hashable, str]) -> int:
    kinds = list(sectors.values())
    number = len(kinds)
    within = sum(kinds.count(kind) * (kinds.count(kind) - 1) // 2 for kind in set(kinds))
    return number * (number - 1) // 2 - within


def _percent(view: View, share: float | None) -> str:
    return view.say("capital.none") if share is None else format_percent(share, view.language)


def _signed(view: View, value: float | None) -> str:
    if value is None:
        return view.say("capital.none")
    return ("+" if value > 0 else "") + format_number(value, view.language, decimals=2)
