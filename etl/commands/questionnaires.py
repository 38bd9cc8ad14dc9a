"""``diagnoza questionnaire list`` and ``show``: the questionnaires of the program, and a partnership's own."""

from argparse import Namespace

from etl.commands.console import Console
from etl.commands.finding_forms import find_form, list_own_forms
from surveys.language.texts import LANGUAGES, Language
from surveys.model import Form, Question
from surveys.model.form import say
from surveys.questionnaires import list_forms, questionnaire_of
from surveys.questionnaires.minutes import estimate_minutes


def run_list(console: Console, options: Namespace) -> int:
    """List the shipped questionnaires, every version, and a partnership's own ones."""
    own = () if options.partnership is None else list_own_forms(console, options.partnership)
    listed = [(form, "shipped") for form in list_forms()] + [(stored.form, stored.state.value) for stored in own]
    if console.as_json:
        rows = [{**_to_json(form), "state": state} for form, state in listed]
        console.print_json({"questionnaires": rows})
        return 0
    columns = ("slug", "version", "title", "questions", "minutes", "state")
    console.print_table(
        [console.text(f"questionnaire.column.{name}") for name in columns],
        [
            [
                form.form_id, form.version, _title(form, console.language), str(len(questionnaire_of(form).questions)),
                str(estimate_minutes(form)), console.text(f"questionnaire.state.{state}"),
            ]
            for form, state in listed
        ],
        frozenset({3, 4}),
    )  # fmt: skip
    return 0


def run_show(console: Console, options: Namespace) -> int:
    """List a questionnaire's questions with their options."""
    form = find_form(console, options.questionnaire, options.version, options.partnership)
    shown = questionnaire_of(form)
    if console.as_json:
        console.print_json({**_to_json(form), "questions": [_question_to_json(each) for each in shown.questions]})
        return 0
    console.print(f"{_title(form, console.language)} ({form.form_id}, {form.version})")
    for number, question in enumerate(shown.questions, 1):
        _say(console, number, question)
    return 0


def _say(console: Console, number: int, question: Question) -> None:
    kind = console.text(f"question.type.{question.type.value}")
    if question.max_choices is not None:
        kind = f"{kind}, {console.text('question.cap', n=question.max_choices)}"
    stem = f"{_choose(console.language, question.battery, question.battery_en)} – " if question.battery else ""
    console.print()
    console.print(f"{number}. {stem}{_choose(console.language, question.text_pl, question.text_en)}  [{kind}]")
    for choice in question.choices:
        console.print(f"    {_choose(console.language, choice.label_pl, choice.label_en)}")


def _title(form: Form, language: Language) -> str:
    return say(form.titles, language)


def _choose(language: Language, polish: str, english: str) -> str:
    """A questionnaire that was met in Polish only is shown in Polish."""
    return english or polish if language == "en" else polish


def _to_json(form: Form) -> dict[str, object]:
    return {
        "id": form.form_id,
        "version": form.version,
        "title": {language: form.titles.get(language, "") for language in LANGUAGES},
        "question_count": len(questionnaire_of(form).questions),
        "minutes": estimate_minutes(form),
    }


def _question_to_json(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "type": question.type.value,
        "text": {"pl": question.text_pl, "en": question.text_en},
        "battery": question.battery,
        "vocabulary": question.vocabulary,
        "profile": question.profile,
        "max_choices": question.max_choices,
        "choices": [
            {
                "code": choice.code,
                "label": {"pl": choice.label_pl, "en": choice.label_en},
                "missing": choice.missing,
                "other": choice.is_other,
            }
            for choice in question.choices
        ],
    }
