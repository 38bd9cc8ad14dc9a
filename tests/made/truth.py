"""A survey whose every answer is known, for layouts to write down and imports to read back; one seed, one survey.

Its questions hold what makes exports hard: commas, semicolons and brackets inside options, scales in words and in
digits, a grid, a ranking, Polish decimals, days, sentences, words beside "inne", and each kind of missing.
"""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from surveys.language.folding import slugify
from surveys.model import QuestionType

# What people write beside "inne"; no two of them alike, so that nobody takes them for an option.
OWN_WORDS = (
    "ławki w parku", "bus w niedzielę", "ścieżka do szkoły", "żłobek we wsi", "targ w soboty", "piec w świetlicy",
    "bankomat", "ośrodek dla psów", "lampa przy moście", "książki na wsi", "śpiew w chórze", "warsztat rowerowy",
)  # fmt: skip
SENTENCES = (
    "Ludzie sobie pomagają, a sołtys słucha", "Czyste powietrze; cisza i spokój", "Koło gospodyń działa prężnie",
    "Dobra szkoła oraz świetlica po remoncie", "Nic szczególnego, może biblioteka", "Straż pożarna i orkiestra dęta",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question of the known survey.

    Attributes:
        name: as a form calls it (``p1``), for sources that export names.
        text: wording; of a grid the row.
        type: what it is.
        options: in the order of the form, kinds of missing left out.
        stem: of the grid it stands in.
        other: the last option, "inne", that takes words of one's own; ``""`` when there is none.
        missing: kinds of missing that can be chosen, by label.
        required: nobody gets past it without an answer.
    """

    name: str
    text: str
    type: QuestionType
    options: tuple[str, ...] = ()
    stem: str = ""
    other: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    required: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Stem and wording, by which a stored question is found."""
        return self.stem, self.text

    @property
    def offered(self) -> tuple[str, ...]:
        """Everything that can be ticked."""
        return (*self.options, *([self.other] if self.other else []), *self.missing)


@dataclass(frozen=True)
class Said:
    """One person's answer to one question; all empty where there is none.

    Attributes:
        labels: chosen options in the order of the form, of a ranking from the first place on.
        number: of a number; a day as days since 1970.
        words: open text, or what stands beside "inne".
        missing: kind of missing that was said.
    """

    labels: tuple[str, ...] = ()
    number: float | None = None
    words: str = ""
    missing: str = ""

    @property
    def day(self) -> date:
        """The day of an answer to a question for one."""
        return date(1970, 1, 1) + timedelta(days=int(self.number or 0))


NOTHING = Said()


@dataclass(frozen=True)
class KnownSurvey:
    """Questions, and the answers of so many people: ``answers[person][question]``."""

    asked: tuple[Asked, ...]
    stamps: tuple[datetime, ...]
    answers: tuple[tuple[Said, ...], ...]

    @property
    def truth(self) -> dict[tuple[str, str], list[Said]]:
        """Answers of all people by the key of a question."""
        return {one.key: [row[place] for row in self.answers] for place, one in enumerate(self.asked)}

    def column(self, place: int) -> list[Said]:
        """Answers of all people to one question."""
        return [row[place] for row in self.answers]

    def only(self, keep: Callable[[Asked], bool]) -> "KnownSurvey":
        """The survey with some of its questions."""
        return self.in_order([place for place, one in enumerate(self.asked) if keep(one)])

    def without(self, *types: QuestionType) -> "KnownSurvey":
        """The survey without questions that a source does not know."""
        return self.only(lambda one: one.type not in types)

    def in_order(self, places: Sequence[int]) -> "KnownSurvey":
        """The survey with its questions in another order."""
        return replace(
            self,
            asked=tuple(self.asked[place] for place in places),
            answers=tuple(tuple(row[place] for place in places) for row in self.answers),
        )

    def reworded(self, word: Callable[[Asked], Asked]) -> "KnownSurvey":
        """The survey as a source puts it: other wordings, the same number of options in the same order."""
        asked = tuple(word(one) for one in self.asked)
        named = [
            {**dict(zip(old.offered, new.offered, strict=True))} for old, new in zip(self.asked, asked, strict=True)
        ]
        answers = tuple(
            tuple(
                replace(
                    cell,
                    labels=(labels := tuple(names[label] for label in cell.labels)),
                    missing=one.missing.get(labels[0], "") if cell.missing else "",
                )
                for cell, names, one in zip(row, named, asked, strict=True)
            )
            for row in self.answers
        )
        return replace(self, asked=asked, answers=answers)

    def in_codes(self) -> "KnownSurvey":
        """The survey as names and codes: what sources hold that keep the labels to themselves."""
        return self.reworded(_code)

    def without_own_words(self) -> "KnownSurvey":
        """The survey without "inne", for layouts that have no place for it; whoever chose only that said nothing."""
        kept = [
            tuple(
                replace(cell, labels=tuple(label for label in cell.labels if label != one.other), words="")
                if one.other
                else cell
                for one, cell in zip(self.asked, row, strict=True)
            )
            for row in self.answers
        ]
        return replace(self, asked=tuple(replace(one, other="") for one in self.asked), answers=tuple(kept))

    def blanked(self, emptied: Collection[tuple[int, int]]) -> "KnownSurvey":
        """The survey where some answers, by person and question, were never given."""
        return replace(
            self,
            answers=tuple(
                tuple(NOTHING if (person, place) in emptied else cell for place, cell in enumerate(row))
                for person, row in enumerate(self.answers)
            ),
        )


def code_of(label: str) -> str:
    """A label as a form's author names it: small letters without marks, joined by underscores."""
    return slugify(label).replace("-", "_")[:40].strip("_")


def _code(one: Asked) -> Asked:
    return replace(
        one,
        text=one.name,
        stem="",
        options=tuple(code_of(option) for option in one.options),
        other="other" if one.other else "",
        missing={code_of(label): kind for label, kind in one.missing.items()},
    )


AGREEMENT = ("Zdecydowanie tak", "Raczej tak", "Ani tak, ani nie", "Raczej nie", "Zdecydowanie nie")
_GRID = "Czy zgadza się Pan/Pani ze zdaniem"

MAIN_PROBLEMS = Asked(
    "problemy",
    "Które problemy są najbardziej dotkliwe?",
    QuestionType.MULTIPLE,
    ("Drogi, chodniki i oświetlenie", "Bezrobocie", "Śmieci (dzikie wysypiska, palenie)", "Samotność seniorów",
     "Dostęp do lekarza", "Transport publiczny"),
)  # fmt: skip
OBSTACLES = Asked(
    "przeszkody",
    "Co utrudnia Pani/Panu włączenie się?",
    QuestionType.MULTIPLE,
    ("Brak czasu", "Brak informacji; nikt nie zaprosił", "Zdrowie", "Opieka nad bliskimi, dziećmi"),
    other="Inne",
)
STANDARD: tuple[Asked, ...] = (
    MAIN_PROBLEMS,
    OBSTACLES,
    Asked(
        "zna",
        "Czy zna Pan/Pani nasze partnerstwo?",
        QuestionType.SINGLE,
        ("Tak", "Nie"),
        missing={"Nie wiem": "dont_know"},
    ),
    Asked(
        "skad",
        "Skąd wie Pan/Pani o naszych działaniach?",
        QuestionType.SINGLE,
        ("Od znajomych", "Facebook", "Plakaty, ulotki"),
        other="Inne",
    ),
    *(
        Asked(
            f"zdanie{number}",
            row,
            QuestionType.SCALE,
            AGREEMENT,
            stem=_GRID,
            missing={"Trudno powiedzieć": "dont_know", "Nie dotyczy": "not_applicable"},
        )
        for number, row in enumerate(("Ludziom można ufać", "Urząd słucha", "Jest bezpiecznie"), 1)
    ),
    Asked("waga", "Jak ważna jest dla Pani/Pana okolica?", QuestionType.SCALE, ("1", "2", "3", "4", "5")),
    Asked(
        "kolejnosc",
        "Proszę uporządkować cele od najważniejszego",
        QuestionType.RANKING,
        ("Bezpieczeństwo", "Czystość", "Kultura, sport", "Zdrowie"),
    ),
    Asked("droga", "Jak daleko jest do przystanku (km)?", QuestionType.NUMBER),
    Asked("zebranie", "Kiedy ostatnio był/a Pan/Pani na zebraniu?", QuestionType.DATE),
    Asked("dobre", "Co działa u nas dobrze?", QuestionType.TEXT),
    Asked("plec", "Płeć", QuestionType.SINGLE, ("Kobieta", "Mężczyzna"), missing={"Wolę nie odpowiadać": "refused"}),
    Asked("miejscowosc", "Miejscowość", QuestionType.SINGLE, ("Liw", "Węgrów", "Jarnice", "Zając"), required=True),
)


def make_known_survey(
    people: int, *, seed: int = 1, asked: Sequence[Asked] = STANDARD, blank: float = 0.08
) -> KnownSurvey:
    """Make a survey of so many people; every option of each question is chosen by somebody where there are enough."""
    chance = random.Random(seed)  # noqa: S311 # made answers, not secrets
    start = datetime(2026, 3, 2, 8, 0, 0)  # noqa: DTZ001 # a sheet's dates have no zone
    stamps = tuple(start + timedelta(hours=11 * person, seconds=chance.randrange(60)) for person in range(people))
    columns = [_answer_all(one, people, chance, blank) for one in asked]
    answers = tuple(tuple(column[person] for column in columns) for person in range(people))
    return KnownSurvey(tuple(asked), stamps, answers)


def _answer_all(one: Asked, people: int, chance: random.Random, blank: float) -> list[Said]:
    words = list(SENTENCES if one.type is QuestionType.TEXT else OWN_WORDS)
    chance.shuffle(words)
    return [
        NOTHING
        if chance.random() < (0 if one.required else blank)
        else _answer(one, chance, turn=person, words=f"{words[person % len(words)]} nr {person + 1}")
        for person in range(people)
    ]


def _answer(one: Asked, chance: random.Random, *, turn: int, words: str) -> Said:
    if one.type is QuestionType.NUMBER:
        return Said(number=chance.randrange(5, 400) / 10)
    if one.type is QuestionType.DATE:
        return Said(number=float((date(2024, 1, 1) - date(1970, 1, 1)).days + chance.randrange(700)))
    if one.type is QuestionType.TEXT:
        return Said(words=words)
    if one.type is QuestionType.RANKING:
        return Said(labels=tuple(chance.sample(one.options, len(one.options))))
    if one.type is QuestionType.MULTIPLE:
        chosen = {turn % len(one.options), *chance.sample(range(len(one.options)), chance.randint(0, 2))}
        labels = [one.options[place] for place in sorted(chosen)]
        own = bool(one.other) and chance.random() < 0.15
        return Said(tuple(labels + [one.other] * own), words=words if own else "")
    if one.missing and chance.random() < 0.12:
        label = chance.choice(list(one.missing))
        return Said((label,), missing=one.missing[label])
    if one.other and chance.random() < 0.15:
        return Said((one.other,), words=words)
    return Said((one.options[turn % len(one.options)] if turn < 2 * len(one.options) else chance.choice(one.options),))
