"""An example in words: what was done, what came of it, what it cost, whom to ring. The page and the note share them."""

from dashboard.solved_story.finding import Example
from dashboard.visit import View
from surveys.analysis.rows import is_known
from surveys.language.numerals import format_date, format_money_pln, format_number, format_period
from surveys.vocabulary import load

_MOST_CODES = 6


def say_result(view: View, example: Example) -> str:
    """Say what was measured: before, after and what had been wanted, as far as each is known."""
    row = example.row
    facts = {
        "indicator": row["result_indicator"],
        "unit": f" ({row['result_unit']})" if row["result_unit"] else "",
        **{
            name: _number(view, row[f"result_{name}"]) if is_known(row[f"result_{name}"]) else ""
            for name in ("before", "target", "after")
        },
    }
    said = view.say("solved.result.change" if facts["before"] else "solved.result.after", **facts)
    if facts["target"]:
        said = f"{said} {view.say('solved.result.target', target=facts['target'])}"
    if is_known(row["result_measured_on"]):
        day = format_date(row["result_measured_on"].date(), view.language)
        said = f"{said} {view.say('solved.result.measured', day=day)}"
    return said


def say_cost(view: View, example: Example) -> str:
    """Say what it cost and who paid; what nobody wrote down is said to be so."""
    amount = example.row["amount_pln"]
    cost = format_money_pln(float(amount), view.language) if is_known(amount) else view.say("solved.unknown")
    sources = load().funding_sources
    paid = "; ".join(sources.label(code, view.language) for code in example.sources) or view.say("solved.unknown")
    return view.say("solved.cost", cost=cost, paid=paid)


def say_about(view: View, example: Example) -> list[str]:
    """Return the problems, the target groups and the days of a project, as far as each is known."""
    problems, groups = load().problems, load().target_groups
    days = [example.row[name].date() if is_known(example.row[name]) else None for name in ("starts_on", "ends_on")]
    told = (
        ", ".join(problems.label(code, view.language) for code in example.problems[:_MOST_CODES]),
        ", ".join(groups.label(code, view.language) for code in example.groups[:_MOST_CODES]),
        format_period(days[0], days[1], view.language),
    )
    return [words for words in told if words]


def say_contact(view: View, example: Example) -> str:
    """Say which organisation to ring; without one, that the partnership has to be asked."""
    name = example.row["contact"]
    partnership = example.row["partnership_name"]
    if not name:
        return view.say("solved.contact_none", partnership=partnership)
    return view.say("solved.contact", name=name, partnership=partnership)


def say_likeness(view: View, example: Example) -> str:
    """Say how alike the two partnerships are, and in what."""
    if example.likeness is None:
        return example.kind.label(view.language)
    said = view.say(f"solved.closeness.{example.likeness.closeness.value}")
    alike = [view.say(f"solved.aspect.{aspect.value}") for aspect in example.likeness.alike_in]
    kind = example.kind.label(view.language)
    if alike:
        return view.say("solved.alike", said=said, aspects=", ".join(alike), kind=kind)
    return view.say("solved.not_alike", said=said, kind=kind)


def questions_to_ask(view: View) -> tuple[str, ...]:
    """Return what to ask on a visit."""
    return tuple(view.say(f"solved.ask.{name}") for name in ("first", "obstacle", "again", "people", "lasting"))


def _number(view: View, value: object) -> str:
    number = float(value)  # type: ignore[arg-type] # a known cell of a column of numbers
    whole = number == round(number)
    return format_number(number, view.language, decimals=0 if whole else 1)
