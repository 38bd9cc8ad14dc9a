"""From a form to the questionnaire that analysis reads: what is asked of the respondent, and what answers mean."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from surveys.language.texts import load_catalogue
from surveys.model import Choice, Form, FormChoice, FormGroup, FormRow, Question, Questionnaire, QuestionType
from surveys.model.form import Labels, say
from surveys.questionnaires.form_types import parse_type
from surveys.vocabulary import load

OTHER = "other"  # XLSForm's name of the option that `or_other` adds


def questionnaire_of(form: Form, partnership: str | None = None) -> Questionnaire:
    """Return the questionnaire of a form.

    Notes, calculations, what the device fills in, places, pictures and whatever stands in a repeat are left out. Labels
    of options that are bound to a code list are filled in from it; a group shown as a table gives its questions their
    common stem. Two questions of one name (in different groups) get the name of their group in front.

    Args:
        form: with or without faults.
        partnership: slug of the partnership whose own form it is.
    """
    asked = [
        (row, around, kind)
        for row, around in fill_labels(form).rows()
        if (kind := answer_type(row)) is not None and not any(group.is_repeat for group in around)
    ]
    counts = Counter(row.name for row, _, _ in asked)
    filled = fill_labels(form).lists
    questions = []
    for row, around, kind in asked:
        name = row.name if counts[row.name] == 1 else "_".join([*(group.name for group in around), row.name])
        stem = around[-1] if around and is_table(around[-1]) else None
        questions.append(_make_question(row, name, kind, stem, options_of(row, filled)))
    return Questionnaire(
        slug=form.form_id,
        version=form.version,
        title_pl=say(form.titles, "pl"),
        title_en=form.titles.get("en", ""),
        questions=tuple(questions),
        partnership=partnership,
    )


def answer_type(row: FormRow) -> QuestionType | None:
    """Return how a row is answered; ``None`` for what no respondent answers."""
    if row.extra.get("diagnoza::type") == "ranking":
        return QuestionType.RANKING
    kind = parse_type(f"{row.type} {row.list_name}" if row.list_name else row.type)
    answers = None if kind is None else kind.answers
    return QuestionType.SCALE if row.scale and answers is QuestionType.SINGLE else answers


def is_table(group: FormGroup) -> bool:
    """Whether a group is shown as a table of questions that share a stem and their options."""
    return "table-list" in group.appearance.split()


def options_of(row: FormRow, lists: Mapping[str, tuple[FormChoice, ...]]) -> tuple[FormChoice, ...]:
    """Return the options that a row offers, the "other" of ``or_other`` last, "OK" for an acknowledgement."""
    if row.type == "acknowledge":
        return (FormChoice("OK", {"pl": "OK", "en": "OK"}),)
    found = lists.get(row.list_name, ()) if row.list_name else ()
    if row.or_other and all(choice.name != OTHER for choice in found):
        texts = load_catalogue("surveys.language.catalogues")
        labels = {"pl": texts.say("form.other", "pl"), "en": texts.say("form.other", "en")}
        return (*found, FormChoice(OTHER, labels, is_other=True))
    if not row.or_other:
        return found
    return tuple(replace(choice, is_other=True) if choice.name == OTHER else choice for choice in found)


def fill_labels(form: Form) -> Form:
    """Return a form whose options without labels have those of the code list that their question is bound to."""
    bound = {row.list_name: row.vocabulary for row, _ in form.rows() if row.vocabulary and row.list_name}
    if not any(name in form.lists for name in bound):
        return form
    lists = {
        name: tuple(_fill(choice, bound[name]) for choice in choices) if name in bound else choices
        for name, choices in form.lists.items()
    }
    return replace(form, lists=lists)


def _fill(choice: FormChoice, vocabulary: str) -> FormChoice:
    entries = load().lists.get(vocabulary)
    if choice.missing is not None or entries is None or choice.name not in entries:
        return choice
    entry = entries[choice.name]
    known: Labels = {"pl": entry.label_pl, "en": entry.label_en}
    spoken = {key: text for key, text in choice.labels.items() if text}
    # A form in a language nobody named has its own wording; one is enough.
    if "" in spoken:
        return choice
    return replace(choice, labels={**known, **spoken})


def _make_question(
    row: FormRow, name: str, kind: QuestionType, stem: FormGroup | None, choices: Iterable[FormChoice]
) -> Question:
    return Question(
        name=name,
        type=kind,
        text_pl=say(row.labels, "pl"),
        text_en=row.labels.get("en", ""),
        choices=tuple(
            Choice(
                choice.name,
                say(choice.labels, "pl"),
                choice.labels.get("en", ""),
                missing=choice.missing,
                is_other=choice.is_other,
            )
            for choice in choices
        ),
        vocabulary=row.vocabulary,
        max_choices=row.max_choices,
        profile=row.profile,
        battery="" if stem is None else say(stem.labels, "pl"),
        battery_en="" if stem is None else stem.labels.get("en", ""),
    )
