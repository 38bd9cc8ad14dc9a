"""``diagnoza questionnaire``: the questionnaires that come with the program."""

from argparse import Namespace

from etl.commands.console import Console
from surveys.findings import FaultError, Finding, Report
from surveys.language.texts import Language
from surveys.model import Question, Questionnaire
from surveys.questionnaires import UnknownQuestionnaireError, list_questionnaires, load_questionnaire


def run_list(console: Console, _options: Namespace) -> int:
    """List the shipped questionnaires, every version."""
    shipped = list_questionnaires()
    if console.as_json:
        console.print_json({"questionnaires": [_to_json(each) for each in shipped]})
        return 0
    headers = [console.text(f"questionnaire.column.{name}") for name in ("slug", "version", "title", "questions")]
    rows = [[each.slug, each.version, _title(each, console.language), str(len(each.questions))] for each in shipped]
    console.print_table(headers, rows, frozenset({3}))
    return 0


def run_show(console: Console, options: Namespace) -> int:
    """List a questionnaire's questions with their options."""
    try:
        shown = load_questionnaire(options.questionnaire, options.version)
    except UnknownQuestionnaireError:
        facts: dict[str, str | int] = {"slug": options.questionnaire}
        raise FaultError(Report((Finding("QUESTIONNAIRE-UNKNOWN", facts=facts),))) from None
    if console.as_json:
        console.print_json({**_to_json(shown), "questions": [_question_to_json(each) for each in shown.questions]})
        return 0
    console.print(f"{_title(shown, console.language)} ({shown.slug}, {shown.version})")
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


def _title(questionnaire: Questionnaire, language: Language) -> str:
    return _choose(language, questionnaire.title_pl, questionnaire.title_en)


def _choose(language: Language, polish: str, english: str) -> str:
    """A questionnaire that was met in Polish only is shown in Polish."""
    return english or polish if language == "en" else polish


def _to_json(questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "id": questionnaire.slug,
        "version": questionnaire.version,
        "title": {"pl": questionnaire.title_pl, "en": questionnaire.title_en},
        "question_count": len(questionnaire.questions),
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
