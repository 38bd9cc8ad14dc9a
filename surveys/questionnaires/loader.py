"""The shipped forms and questionnaires, and strict reading of such files: a fault in one is a fault of the program."""

from functools import cache
from importlib import resources

from surveys.model import Form, Questionnaire
from surveys.questionnaires.form_reading import read_form
from surveys.questionnaires.form_sheets import split_csv
from surveys.questionnaires.making import answer_type, fill_labels, questionnaire_of
from surveys.vocabulary import load

BANK_FILE = "bank.csv"  # a form nobody fills in: what one's own are built of
_SHEETS = ("survey", "choices", "settings")
_SELECTS = frozenset({"select_one", "select_multiple", "rank"})


class QuestionnaireError(ValueError):
    """A questionnaire's file says something that cannot be: names the row and what is wrong there."""


class UnknownQuestionnaireError(LookupError):
    """There is no shipped questionnaire of that name or version."""


@cache
def list_forms() -> tuple[Form, ...]:
    """Return every shipped form, every version, by slug and version; labels of code lists are filled in."""
    found = [
        parse_form(file.read_text(encoding="utf-8-sig"))
        for file in resources.files("surveys.questionnaires").iterdir()
        if file.name.endswith(".csv") and file.name != BANK_FILE
    ]
    return tuple(sorted(found, key=lambda one: (one.form_id, one.version)))


def load_form(slug: str, version: str | None = None) -> Form:
    """Return a shipped form.

    Args:
        slug: its name, for example ``residents``.
        version: as its author wrote it; ``None`` takes the newest.

    Raises:
        UnknownQuestionnaireError: there is none.
    """
    found = [one for one in list_forms() if one.form_id == slug and version in {None, one.version}]
    if not found:
        raise UnknownQuestionnaireError(f"no questionnaire {slug!r} of version {version!r}")
    return found[-1]


@cache
def list_questionnaires() -> tuple[Questionnaire, ...]:
    """Return every shipped questionnaire, every version, by slug and version."""
    return tuple(questionnaire_of(form) for form in list_forms())


def load_questionnaire(slug: str, version: str | None = None) -> Questionnaire:
    """Return a shipped questionnaire; see `load_form`.

    Raises:
        UnknownQuestionnaireError: there is none.
    """
    form = load_form(slug, version)
    return next(one for one in list_questionnaires() if (one.slug, one.version) == (form.form_id, form.version))


def parse_questionnaire(text: str) -> Questionnaire:
    """Return the questionnaire that a file's text describes.

    Raises:
        QuestionnaireError: it describes none.
    """
    return questionnaire_of(parse_form(text))


def parse_form(text: str) -> Form:
    """Return the form that a text in XLSForm's CSV variant describes, with labels of code lists filled in.

    Raises:
        QuestionnaireError: a sheet is missing; a row has an unknown type or list; two rows have one name; an option is
            not in its code list or means an unknown kind of missing.
    """
    sheets = split_csv(text)
    missing = [name for name in _SHEETS if not sheets[name].rows]
    if missing:
        raise QuestionnaireError(f"no rows of the sheets {', '.join(missing)}")
    form = read_form(sheets)
    for row, _ in form.rows():
        if row.type != "note" and answer_type(row) is None:
            raise QuestionnaireError(f"row {row.place}: the type {row.type!r} is not known")
        if row.type in _SELECTS and row.list_name not in form.lists:
            raise QuestionnaireError(f"row {row.place}: there are no choices {row.list_name!r}")
        if row.vocabulary:
            _check_codes(form, row.list_name, row.vocabulary)
    names = [row.name for row, _ in form.rows()]
    if len(set(names)) < len(names):
        raise QuestionnaireError("two questions have the same name")
    unknown = {
        choice.name
        for choices in form.lists.values()
        for choice in choices
        if choice.missing is not None and choice.missing not in load().missing_kinds
    }
    if unknown:
        raise QuestionnaireError(f"the options {sorted(unknown)} mean an unknown kind of missing")
    return fill_labels(form)


def _check_codes(form: Form, list_name: str, vocabulary: str) -> None:
    for choice in form.lists[list_name]:
        if choice.missing is None and choice.name not in load().lists[vocabulary]:
            raise QuestionnaireError(f"the option {choice.name!r} is not in the list {vocabulary}")
