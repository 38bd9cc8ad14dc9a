"""What a question's rules were and are, in sentences: who sees it, which answers are taken, whether it is required."""

from functools import reduce

from dashboard.escaping import plain
from dashboard.questionnaire_story.condition_boxes import say_shown
from dashboard.visit import Visit
from surveys.language.numerals import format_number
from surveys.model import Form
from surveys.questionnaires.asking_rules import rules_of_form
from surveys.questionnaires.conditions import join_expressions, read_limits
from surveys.questionnaires.editing.rules import is_required
from surveys.questionnaires.numbering import Asked


def say_rule_changes(visit: Visit, before: tuple[Form, Asked], after: tuple[Form, Asked]) -> list[str]:
    """Return a line for each rule that differs.

    Args:
        visit: whose page.
        before: a form, and the question as it puts it.
        after: the same of the other form.
    """
    rules = [rules_of_form(form)[asked.question.name] for form, asked in (before, after)]
    changed = {
        "shown": rules[0].base != rules[1].base,
        "taken": rules[0].limits != rules[1].limits,
        "required": rules[0].required is not rules[1].required,
    }
    saying = {"shown": _say_base, "taken": _say_limits, "required": _say_required}
    return [
        visit.say(
            f"questionnaires.change.{name}", before=saying[name](visit, *before), after=saying[name](visit, *after)
        )
        for name, differs in changed.items()
        if differs
    ]


def _say_base(visit: Visit, form: Form, asked: Asked) -> str:
    conditions = [*(group.relevant for group in asked.groups), asked.row.relevant]
    return say_shown(visit, form, reduce(join_expressions, conditions, "")) or visit.say(
        "questionnaires.change.shown_always"
    )


def _say_limits(visit: Visit, form: Form, asked: Asked) -> str:
    del form
    row = asked.row
    written = " ".join(filter(None, (row.constraint, row.choice_filter, row.parameters if row.type == "range" else "")))
    limits = read_limits(written)
    if limits is None:
        return visit.say("questionnaires.change.taken_formula", formula=plain(written))
    least, most = (None if limit is None else _number(limit, visit) for limit in limits)
    kind = {(True, True): "all", (False, True): "from", (True, False): "to"}.get(
        (least is None, most is None), "between"
    )
    return visit.say(f"questionnaires.change.taken_{kind}", least=least, most=most)


def _number(limit: float, visit: Visit) -> str:
    written = f"{limit:.12g}"
    return format_number(limit, visit.language, decimals=len(written.partition(".")[2]))


def _say_required(visit: Visit, form: Form, asked: Asked) -> str:
    del form
    return visit.say(f"questionnaires.change.required_{'yes' if is_required(asked.row) else 'no'}")
