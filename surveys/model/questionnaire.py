"""What is asked: a versioned questionnaire, its questions and their answer options."""

from dataclasses import dataclass
from enum import StrEnum


class QuestionType(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer option (kafeteria).

    Attributes:
        code: stable inside the question; for a question bound to a code list, a code of that list.
        label_pl, label_en: as shown; ``label_en`` may be empty for questionnaires met only in Polish.
        missing: kind of missing (list ``missing_kinds``) when choosing it means giving no answer, else ``None``.
        is_other: the option "inne, jakie".
    """

    code: str
    label_pl: str
    label_en: str = ""
    missing: str | None = None
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a questionnaire.

    Attributes:
        name: short ASCII name, unique in the questionnaire.
        type: how it is answered.
        text_pl, text_en: wording as the respondent saw it.
        choices: options in the order shown; empty for number, date and text.
        vocabulary: name of the code list its options come from (``problems``, ``target_groups``), else ``None``.
        max_choices: cap of a multiple choice ("do 3"), ``None`` when uncapped.
        profile: belongs to the respondent profile (metryczka): ``gender``, ``age``, ``place``, ``status``.
        battery, battery_en: the common stem of a grid question, empty outside grids; the Polish one tells grids apart.
    """

    name: str
    type: QuestionType
    text_pl: str
    text_en: str = ""
    choices: tuple[Choice, ...] = ()
    vocabulary: str | None = None
    max_choices: int | None = None
    profile: str | None = None
    battery: str = ""
    battery_en: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of a questionnaire.

    Attributes:
        slug: its name in addresses and commands; versions of one questionnaire share it.
        version: as written by its author, for example ``2026-1``.
        partnership: slug of the partnership it belongs to, ``None`` for shipped questionnaires.
    """

    slug: str
    version: str
    title_pl: str
    title_en: str = ""
    questions: tuple[Question, ...] = ()
    partnership: str | None = None
