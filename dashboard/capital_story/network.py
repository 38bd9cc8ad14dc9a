"""The network of one partnership as the page's parts read it: partners, sectors, ties by where they are known from."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from dashboard.capital_story.reported import Reported, read_reported
from dashboard.stories.opening import partners_who_stayed, today
from dashboard.stories.partner_names import RESIDENT_KIND, name_partners
from dashboard.texts import say
from dashboard.visit import View
from surveys.analysis.partner_ties import count_joint_things, keep_partners, list_taking_part, pair_up
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES, Language
from surveys.vocabulary import load

Tie = tuple[str, str]


class Known(StrEnum):
    """Where ties are known from; the words are those of the address."""

    WORK = "wspolna-praca"  # projects and activities of the register
    EITHER = "ankieta-jedna-strona"  # at least one of the two named the other
    BOTH = "ankieta-obie-strony"  # both named each other


@dataclass(frozen=True, slots=True, eq=False)
class PartnerNetwork:
    """Partners who stayed, and what they did together.

    Attributes:
        slug: of the partnership.
        names: by uid, in alphabetical order; residents without a name.
        residents: uids of partners who are people, not organisations.
        sectors: by uid; ``""`` when nobody wrote it down.
        taking_part: who took part in what, partners who left included (`list_taking_part`).
        things: number of things done together by pair of partners who stayed.
        reported: what the newest survey with the network question says, ``None`` without one.
    """

    slug: str
    names: dict[str, str]
    residents: frozenset[str]
    sectors: dict[Hashable, str]
    taking_part: pd.DataFrame
    things: dict[Tie, int]
    reported: Reported | None

    def ties(self, known: Known) -> tuple[Tie, ...]:
        """Return the ties of one kind of knowledge, in order."""
        if known is Known.WORK:
            return tuple(self.things)
        if self.reported is None:
            return ()
        found = self.reported.ties.either if known is Known.EITHER else self.reported.ties.both
        return order_ties(found)

    def with_sector(self) -> dict[Hashable, str]:
        """Return the partners whose sector is known."""
        return {uid: sector for uid, sector in self.sectors.items() if sector}


def order_ties(ties: Iterable[Iterable[object]]) -> tuple[Tie, ...]:
    """Return ties as ordered pairs, in order."""
    pairs = [sorted(str(partner) for partner in tie) for tie in ties]
    return tuple(sorted((one, two) for one, two in pairs))


def say_sector(code: str, language: Language) -> str:
    """Return a sector in words; of a partner without one, that it has not been entered."""
    return load().sectors.label(code, language) if code else say("capital.no_sector", language)


def both_languages(words: str) -> dict[Language, tuple[str, ...]]:
    """Return a name as the label of a row: the same in every language."""
    return dict.fromkeys(LANGUAGES, (words,))


def read_network(view: View, slug: str) -> PartnerNetwork:
    """Return the network of a partnership in sight of a view; the chosen years narrow what was done together."""
    frames = view.register
    mine = frames.partners[frames.partners["partnership"] == slug]
    stayed = partners_who_stayed(mine)
    named = {uid: name for (_, uid), name in name_partners(view, mine).items()}
    order = sorted(stayed["uid"], key=lambda uid: (sort_key(named[uid]), uid))
    sectors = dict(zip(stayed["uid"], stayed["sector"].fillna("").str.strip(), strict=True))
    taking_part = list_taking_part(frames, today(), view.filters.years)
    taking_part = taking_part[taking_part["partnership"] == slug]
    counted = count_joint_things(keep_partners(pair_up(taking_part), stayed))
    things = {
        (str(one), str(two)): int(number)
        for one, two, number in zip(counted["one"], counted["two"], counted["things"], strict=True)
    }
    return PartnerNetwork(
        slug,
        {uid: named[uid] for uid in order},
        frozenset(stayed[stayed["kind"] == RESIDENT_KIND]["uid"]),
        {uid: sectors[uid] for uid in order},
        taking_part,
        things,
        read_reported(view, slug, {uid: named[uid] for uid in order}),
    )
