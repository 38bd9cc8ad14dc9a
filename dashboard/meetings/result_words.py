"""The result of a vote in words and as rows of a table: the same on the projector, on the page and in the minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.figures.sentences import list_names
from dashboard.texts import say
from surveys.analysis.decision_stability import Change
from surveys.analysis.meeting_stability import MeetingStability
from surveys.analysis.priorities import Quadrant
from surveys.analysis.vote_results import ItemResult, VoteResult
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import Language
from surveys.model.meeting import VoteMethod, VoteRound
from surveys.privacy.rules import VOTE_RULES
from surveys.privacy.vote_gate import PublishedVote
from surveys.vocabulary import load

_WEAK, _STRONG = 0.3, 0.6
_MOST_FIRST = 3
_MOST_SPLIT = 3  # named in a sentence; the table marks every one


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One problem in a table of results, in words."""

    key: str
    place: str
    title: str
    score: str
    spread: str
    split: bool


def say_method(method: VoteMethod, language: Language) -> str:
    """Return the name of a method."""
    return say(f"meetings.method.{method}", language)


def say_result(one: VoteRound, vote: PublishedVote, titles: Mapping[str, str], language: Language) -> list[str]:
    """Return what a closed round says, in sentences.

    Args:
        one: the round.
        vote: as the gate let it out.
        titles: of problems, by key.
        language: of the sentences.
    """
    result = vote.result
    if result is None:
        return [say("meetings.result.few", language, least=VOTE_RULES.min_base)]
    named = {key: f"„{title}”" if language == "pl" else f"“{title}”" for key, title in titles.items()}
    said = [_say_first(result, named, language)]
    if result.tied_first:
        names = list_names([named[key] for key in result.tied_first])
        said = [say("meetings.result.tied", language, names=names, score=_score(result, result.items[0], language))]
    elif len(result.items) > _MOST_FIRST:
        following = [named[item.key] for item in result.items[1:_MOST_FIRST]]
        said.append(say("meetings.result.next", language, names=list_names(following)))
        third, fourth = result.items[_MOST_FIRST - 1], result.items[_MOST_FIRST]
        if third.place == fourth.place:
            said.append(say("meetings.result.tied_third", language))
    if result.beaten_by:
        names = list_names([named[key] for key in result.beaten_by])
        said.append(say("meetings.result.beaten", language, names=names))
    if result.agreement is not None:
        said.append(_say_agreement(result.agreement, language))
    said += _say_split([named[item.key] for item in result.items if item.split], language)
    dropped = [item for item in result.items if item.dropped]
    for item in dropped:
        why = list_names([say(f"meetings.pearl.{name}", language) for name in item.dropped])
        said.append(say("meetings.result.dropped", language, name=named[item.key], why=why))
    if one.method is VoteMethod.CONSENSUS:
        said.append(_say_groups(result, language))
    return said


def list_lines(vote: PublishedVote, titles: Mapping[str, str], language: Language) -> list[ResultLine]:
    """Return the rows of a result; none when too few have voted."""
    result = vote.result
    if result is None:
        return []
    return [
        ResultLine(
            item.key,
            str(item.place),
            titles.get(item.key, item.key),
            _score(result, item, language),
            _spread(result, item, language),
            item.split,
        )
        for item in result.items
    ]


def list_quarters(vote: PublishedVote, titles: Mapping[str, str]) -> list[tuple[Quadrant, list[str]]]:
    """Return impact beside feasibility as four fields with titles of problems; none for other methods.

    They come as they are drawn: by rows, what changes more above, what is easier to do on the right.
    """
    if vote.result is None or vote.result.method is not VoteMethod.MATRIX:
        return []
    order = (Quadrant.PREPARE, Quadrant.DO_FIRST, Quadrant.LEAVE, Quadrant.IF_TIME)
    return [
        (quadrant, [titles.get(item.key, item.key) for item in vote.result.items if item.quadrant is quadrant])
        for quadrant in order
    ]


def list_trials(stability: MeetingStability, titles: Mapping[str, str], language: Language) -> list[list[str]]:
    """Return a table of how often each problem is among the first, its headings first."""
    changes = [change for change in Change if any(change in item.by_change for item in stability.items)]
    rows = [
        [
            say("meetings.result.column.problem", language),
            say("meetings.stands.column.all", language, top=stability.top),
            *(say(f"meetings.stands.column.{change}", language) for change in changes),
        ]
    ]
    for item in stability.items:
        trials = [item.by_change.get(change, (0.0, 0)) for change in changes]
        counts = [
            say("meetings.stands.trials", language, n=_times(share, number, language), of=number)
            for share, number in trials
        ]
        rows.append([titles.get(item.key, ""), format_percent(item.share, language), *counts])
    return rows


def say_stability(stability: MeetingStability, titles: Mapping[str, str], language: Language) -> list[str]:
    """Return whether the first problems stay whatever is done, in sentences, one a problem after the first sentence."""
    sure = [item for item in stability.items[: stability.top] if item.is_sure]
    key = "all" if len(sure) == stability.top else "some" if sure else "none"
    said = [say(f"meetings.stands.{key}", language, n=len(sure), top=stability.top, scenarios=stability.scenarios)]
    for item in stability.items:
        parts = [
            say(f"meetings.stands.change.{change}", language, n=_times(share, number, language), of=number)
            for change in Change
            if change in item.by_change
            for share, number in [item.by_change[change]]
        ]
        share = format_percent(item.share, language)
        said.append(
            say(
                "meetings.stands.item",
                language,
                name=titles.get(item.key, ""),
                top=stability.top,
                share=share,
                parts="; ".join(parts),
            )
        )
    return said


def _times(share: float, number: int, language: Language) -> str:
    """How often of how many; a tie for the last place counts in part."""
    whole = round(share * number, 6)
    return format_number(whole, language, decimals=0 if whole == int(whole) else 1)


def _say_first(result: VoteResult, named: Mapping[str, str], language: Language) -> str:
    first = result.items[0]
    return say(
        "meetings.result.first",
        language,
        name=named[first.key],
        score=_score(result, first, language),
        people=say("meetings.result.people", language, n=result.voters),
    )


def _say_agreement(agreement: float, language: Language) -> str:
    level = "weak" if agreement < _WEAK else "middling" if agreement < _STRONG else "strong"
    return say(f"meetings.result.agreement.{level}", language, w=format_number(agreement, language, decimals=2))


def _say_split(names: Sequence[str], language: Language) -> list[str]:
    """Return what is to be discussed before a second round, nothing where people are not divided."""
    if not names:
        return []
    more = len(names) - _MOST_SPLIT
    key = "split_many" if more > 0 else "split"
    return [say(f"meetings.result.{key}", language, names=list_names(names[:_MOST_SPLIT]), n=more)]


def _say_groups(result: VoteResult, language: Language) -> str:
    if not result.groups:
        return say("meetings.result.no_groups", language, least=VOTE_RULES.min_base)
    sectors = load().sectors
    names = [
        f"{sectors.label(code, language) if code else say('meetings.result.rest', language)} ({size})"
        for code, size in sorted(result.groups.items(), key=lambda one: (not one[0], one[0]))
    ]
    return say("meetings.result.groups", language, names=list_names(names))


def _score(result: VoteResult, item: ItemResult, language: Language) -> str:
    if result.method is VoteMethod.CONSENSUS:
        return say("meetings.result.unit.consensus", language, number=format_percent(item.score, language))
    decimals = 0 if item.score == int(item.score) else 1
    number = format_number(item.score, language, decimals=decimals)
    unit = {VoteMethod.DOTS: "dots", VoteMethod.HANDS: "votes"}.get(result.method, "points")
    return say(f"meetings.result.unit.{unit}", language, n=round(item.score), number=number)


def _spread(result: VoteResult, item: ItemResult, language: Language) -> str:
    """How people differed about a problem."""
    parts: list[str] = []
    if result.method in {VoteMethod.NOMINAL, VoteMethod.DOTS}:
        if item.voters is None:
            return say("meetings.result.spread.few", language)
        if not item.voters:
            return say("meetings.result.spread.none", language)
        people = say("meetings.result.people", language, n=item.voters)
        low, high = _numbers((item.low, item.high), language)
        return say("meetings.result.spread.range", language, people=people, low=low, high=high)
    if result.method is VoteMethod.RANKING:
        low, high = _numbers((item.low, item.high), language)
        return say("meetings.result.spread.places", language, low=low, high=high)
    if not item.parts and result.method is VoteMethod.CONSENSUS:
        return say("meetings.result.spread.hidden", language)
    for name, value in item.parts.items():
        decimals = 0 if result.method is VoteMethod.CONSENSUS else 1
        parts.append(
            say(f"meetings.result.part.{name}", language, number=format_number(value, language, decimals=decimals))
        )
    if item.quadrant is not None:
        parts.append(say(f"meetings.result.quadrant.{item.quadrant}", language))
    return ", ".join(parts)


def _numbers(values: Sequence[float], language: Language) -> list[str]:
    return [format_number(value, language, decimals=0 if value == int(value) else 1) for value in values]
