"""Made Google Forms answers with a known truth, in each of the ways Google hands them out; one seed, one file."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from surveys.model import QuestionType
from tests.made.workbook import write_workbook

PROBLEMS = (
    "Ubóstwo, niskie dochody", "Bezrobocie", "Samotność seniorów", "Brak miejsc i zajęć dla dzieci i młodzieży",
    "Przemoc domowa", "Drogi i chodniki", "Transport publiczny", "Śmieci, dzikie wysypiska", "Jakość powietrza",
    "Dostęp do lekarza",
)  # fmt: skip
GROUPS = ("Dzieci szkolne", "Młodzież", "Seniorzy 60+", "Rodziny wielodzietne", "Osoby bezrobotne")
REASONS = (
    "Brak czasu", "Brak informacji, nikt nie zaprosił", "Nie wierzę w efekt",
    "Zdrowie (choroba, wiek, niepełnosprawność)", "Dojazd", "Opieka nad bliskimi, dziećmi, wnukami",
)  # fmt: skip
CHANNELS = ("Od znajomych", "Facebook", "Plakaty, ulotki", "Ogłoszenia w kościele", "Strona urzędu", "Sołtys / radny")
AGREEMENT = ("Zdecydowanie tak", "Raczej tak", "Ani tak, ani nie", "Raczej nie", "Zdecydowanie nie")
RATING = ("bardzo dobra", "dobra", "średnia", "zła", "bardzo zła")
AGES = ("18–24", "25–34", "35–44", "45–54", "55–64", "65–74", "75+")
STATUSES = ("Pracuję (etat, umowa, własna firma)", "Uczę się, studiuję", "Emerytura lub renta", "Nie pracuję")
PLACES = ("Liw", "Węgrów", "Jarnice", "Ruchna", "Krypy", "Zając")
SERVICES = ("lekarza", "sklepu", "autobusu", "kultury", "sportu")
SENTENCES = ("Ludziom można ufać", "Urząd słucha", "Mam wpływ", "Jest bezpiecznie")
FEES = ("Tak, regularnie", "Tak, czasami", "Nie, ulga (do 26 lat)", "Nie, brak dochodów")
WORDS = (
    "ławki",
    "park",
    "bus",
    "lekarz",
    "świetlica",
    "boisko",
    "chodnik",
    "seniorzy",
    "młodzież",
    "spotkania",
    "droga",
    "żłobek",
)

Cell = tuple[str, ...] | float | str | None


@dataclass(frozen=True)
class MadeQuestion:
    """A question and how people answer it.

    ``truth`` of a cell is a tuple of ticked labels, a number, an open text, or ``None`` for no answer.
    """

    header: str
    type: QuestionType
    answer: Callable[[random.Random], Cell]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeSurvey:
    """Headers, stamps and answers: ``answers[row][question]``."""

    questions: tuple[MadeQuestion, ...]
    stamps: tuple[datetime, ...]
    answers: tuple[tuple[Cell, ...], ...]

    def form_csv(self) -> bytes:
        """The form's own CSV: every cell quoted, ticks joined with ``;``, the hour in twelves with its zone."""
        rows = [
            [_form_stamp(stamp), *(_text(cell, ";") for cell in row)]
            for stamp, row in zip(self.stamps, self.answers, strict=True)
        ]
        return _csv([["Sygnatura czasowa", *(question.header for question in self.questions)], *rows], csv.QUOTE_ALL)

    def sheet_csv(self) -> bytes:
        """The linked sheet as CSV: quotes where needed, ticks joined with ``, ``, stamps of the Polish locale."""
        rows = [
            [f"{stamp:%d.%m.%Y %H:%M:%S}", *(_text(cell, ", ") for cell in row)]
            for stamp, row in zip(self.stamps, self.answers, strict=True)
        ]
        headers = ["Sygnatura czasowa", *(question.header for question in self.questions)]
        return _csv([headers, *rows], csv.QUOTE_MINIMAL)

    def xlsx(self, sheet: str = "Liczba odpowiedzi: 1") -> bytes:
        """The linked sheet as a workbook: real dates and numbers, ticks joined with ``, ``."""
        headers = ["Sygnatura czasowa", *(question.header for question in self.questions)]
        rows = [
            [stamp, *(cell if isinstance(cell, float) else _text(cell, ", ") for cell in row)]
            for stamp, row in zip(self.stamps, self.answers, strict=True)
        ]
        return write_workbook({sheet: [headers, *rows]})


def make_survey(people: int, *, seed: int = 1, questions: Sequence[MadeQuestion] | None = None) -> MadeSurvey:
    """Make answers of so many people to the given questions, by default to `STANDARD_QUESTIONS`."""
    chance = random.Random(seed)  # noqa: S311 # made answers, not secrets
    asked = tuple(questions if questions is not None else STANDARD_QUESTIONS)
    start = datetime(2026, 3, 2, 8, 0, 0)  # noqa: DTZ001 # a sheet's dates have no zone
    stamps = tuple(start + timedelta(minutes=7 * number, seconds=chance.randrange(60)) for number in range(people))
    answers = tuple(tuple(question.answer(chance) for question in asked) for _ in range(people))
    return MadeSurvey(asked, stamps, answers)


def pick_one(
    options: Sequence[str], *, blank: float = 0.05, missing: str | None = None
) -> Callable[[random.Random], Cell]:
    """Answer with one option; the first ones more often."""

    def answer(chance: random.Random) -> Cell:
        if chance.random() < blank:
            return None
        if missing is not None and chance.random() < 0.08:
            return (missing,)
        return (options[min(chance.randrange(len(options)), chance.randrange(len(options)))],)

    return answer


def pick_some(
    options: Sequence[str], most: int = 3, *, blank: float = 0.05, other: float = 0.0
) -> Callable[[random.Random], Cell]:
    """Answer with several options in the order of the form, sometimes with words of one's own behind them."""

    def answer(chance: random.Random) -> Cell:
        if chance.random() < blank:
            return None
        chosen = sorted(chance.sample(range(len(options)), chance.randint(1, most)))
        ticked = [options[place] for place in chosen]
        if chance.random() < other:
            ticked.append(f"{chance.choice(WORDS)} {chance.randrange(10**6)}")
        return tuple(ticked)

    return answer


def give_number(low: int, high: int, *, blank: float = 0.05) -> Callable[[random.Random], Cell]:
    """Answer with a whole number."""
    return lambda chance: None if chance.random() < blank else float(chance.randint(low, high))


def write_text(*, blank: float = 0.6) -> Callable[[random.Random], Cell]:
    """Answer with a sentence of one's own."""

    def answer(chance: random.Random) -> Cell:
        if chance.random() < blank:
            return None
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, 12))) + f", nr {chance.randrange(10**6)}"

    return answer


def _grid(stem: str, rows: Sequence[str], options: Sequence[str], missing: str | None = None) -> list[MadeQuestion]:
    return [
        MadeQuestion(f"{stem} [{row}]", QuestionType.SCALE, pick_one(options, missing=missing), tuple(options))
        for row in rows
    ]


def _digits(header: str, high: int) -> MadeQuestion:
    options = tuple(str(point) for point in range(1, high + 1))
    one = pick_one(options)

    def answer(chance: random.Random) -> Cell:
        cell = one(chance)
        return float(cell[0]) if isinstance(cell, tuple) else None

    return MadeQuestion(header, QuestionType.SCALE, answer, options)


def _single(header: str, options: Sequence[str], missing: str | None = None) -> MadeQuestion:
    return MadeQuestion(header, QuestionType.SINGLE, pick_one(options, missing=missing), tuple(options))


def _multiple(header: str, options: Sequence[str], most: int = 3) -> MadeQuestion:
    return MadeQuestion(header, QuestionType.MULTIPLE, pick_some(options, most), tuple(options))


STANDARD_QUESTIONS: tuple[MadeQuestion, ...] = (
    _multiple("Które problemy są najbardziej dotkliwe w naszej okolicy? (do 3)", PROBLEMS),
    _multiple("Komu najbardziej brakuje dziś wsparcia?", GROUPS),
    _multiple("Co utrudnia Pani/Panu włączenie się?", REASONS, 4),
    _multiple("Skąd wie Pan/Pani o działaniach?", CHANNELS, 4),
    *_grid("Jak ocenia Pan/Pani dostępność", SERVICES, RATING, "Trudno powiedzieć"),
    *_grid("Czy zgadza się Pan/Pani ze zdaniem", SENTENCES, AGREEMENT, "Nie mam zdania"),
    _digits("Jak ważna jest dla Pani/Pana okolica?", 5),
    _digits("Jak bardzo ufa Pan/Pani sąsiadom?", 7),
    _digits("Na ile poleci Pan/Pani naszą gminę?", 10),
    _single("Czy zna Pan/Pani nasze partnerstwo?", ("Tak", "Nie"), "Nie wiem"),
    _single("Czy płaci Pan/Pani składki?", FEES),
    MadeQuestion("Ile osób mieszka z Panią/Panem?", QuestionType.NUMBER, give_number(0, 9)),
    MadeQuestion("Od ilu lat mieszka tu Pan/Pani?", QuestionType.NUMBER, give_number(0, 70)),
    MadeQuestion("Co działa u nas dobrze?", QuestionType.TEXT, write_text()),
    MadeQuestion("Inne uwagi", QuestionType.TEXT, write_text(blank=0.8)),
    _single("Płeć", ("Kobieta", "Mężczyzna"), "Wolę nie odpowiadać"),
    _single("Wiek", AGES),
    _single("Miejscowość", PLACES),
    _single("Status zawodowy", STATUSES),
)


def widen(columns: int) -> tuple[MadeQuestion, ...]:
    """Return so many questions: the standard ones, then the same again under numbered headers."""
    questions = list(STANDARD_QUESTIONS)
    number = 2
    while len(questions) < columns:
        for question in STANDARD_QUESTIONS[:-4]:
            header = (
                question.header.replace(" [", f" {number} [")
                if "[" in question.header
                else f"{question.header} {number}"
            )
            questions.append(MadeQuestion(header, question.type, question.answer, question.options))
        number += 1
    return tuple(questions[:columns])


def _form_stamp(stamp: datetime) -> str:
    half = "AM" if stamp.hour < 12 else "PM"
    return f"{stamp:%Y/%m/%d} {stamp.hour % 12 or 12}:{stamp:%M:%S} {half} GMT+1"


def _text(cell: Cell, separator: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return separator.join(cell)
    return f"{cell:g}" if isinstance(cell, float) else cell


def _csv(rows: Sequence[Sequence[str]], quoting: int) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type] # the csv module's own constants
    return written.getvalue().encode("utf-8")
