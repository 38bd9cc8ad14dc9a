"""Invented answers: what a wave of a partnership says, question by question.

Opinions lean on the same needs as the invented problems, differ between partnerships and people, and move a little
from wave to wave, so that comparisons have something to show. Blanks, "trudno powiedzieć" and "nie korzystam" are
there as in real surveys.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.sample.chance import Chance
from etl.sample.respondents import Respondent, invent_duration, invent_respondent
from etl.sample.templates import Profile, WavePlan, load_leanings, load_templates
from surveys.analysis.sampling import usual_fieldwork
from surveys.model import Problem, Question, Questionnaire, Wave, WaveMode
from surveys.questionnaires import load_questionnaire

QUESTIONNAIRE = "residents"
# The latest survey of a place asks what matters too; earlier ones were made with the first version.
_FIRST_VERSION = "2026-1"
# Problems that a generation (young, middle, old) names more often.
_GENERATION_PROBLEMS: tuple[Mapping[str, float], ...] = (
    {"P601": 1.8, "P606": 1.7, "P110": 2.0, "P104": 1.7, "P404": 1.4, "PA06": 1.3},
    {"P206": 1.3, "P704": 1.3, "P404": 1.3, "P207": 1.2},
    {"P501": 1.9, "P405": 1.6, "P503": 1.8, "P504": 1.6, "P406": 1.6, "P801": 1.3, "P101": 1.3},
)
_PARENT_PROBLEMS: Mapping[str, float] = {"P601": 2.0, "P206": 2.2, "P704": 1.5, "P404": 1.4}
_GENERATION_GROUPS: tuple[Mapping[str, float], ...] = (
    {"G03": 1.8, "G04": 2.5, "G12": 1.3},
    {"G02": 1.3, "G13": 1.3, "G15": 1.2},
    {"G05": 1.8, "G06": 1.8},
)
_SIZES = ("none", "small", "medium", "large")
_CHANGES = ("decreased", "same", "increased")
_AVAILABILITY = ("very_poor", "poor", "average", "good", "very_good")
_IMPORTANCE = ("none", "little", "medium", "important", "very")
_AGREEMENT = ("definitely_no", "rather_no", "rather_yes", "definitely_yes")
_INFLUENCE = ("none", "little", "some", "large")


@dataclass(slots=True)
class SampleWave:
    """One invented survey.

    Attributes:
        answers: question name → (number of the response from 1, code of the option), in order of responses.
        texts: question name → (number of the response, text).
        submitted_on: day of each response, the first response first.
        durations: seconds that each took, ``None`` on paper; empty when nobody took the time.
    """

    wave: Wave
    questionnaire: Questionnaire
    submitted_on: list[date] = field(default_factory=list)
    durations: list[int | None] = field(default_factory=list)
    answers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def survey(self) -> SurveyAnswers:
        """Return the answers in the shape in which imports write them."""
        return SurveyAnswers(
            questionnaire=self.questionnaire,
            joined=self.questionnaire,
            answers=tuple(self._answers_to(question) for question in self.questionnaire.questions),
            source_rows=range(2, len(self.submitted_on) + 2),
            submitted_on=self.submitted_on,
            durations=self.durations or None,
        )

    def _answers_to(self, question: Question) -> QuestionAnswers:
        places = {choice.code: place for place, choice in enumerate(question.choices)}
        said = self.answers.get(question.name, [])
        written = self.texts.get(question.name, [])
        return QuestionAnswers(
            question=question,
            column=-1,
            people=np.array([number - 1 for number, _ in said], dtype=np.int32),
            choices=np.array([places[code] for _, code in said], dtype=np.int32),
            numbers=np.full(len(said), np.nan),
            text_people=[number - 1 for number, _ in written],
            texts=[text for _, text in written],
        )


def invent_waves(profile: Profile, problems: tuple[Problem, ...], seed: str) -> tuple[SampleWave, ...]:
    """Return the surveys of a partnership, the first one first."""
    opinions = _Opinions(profile, problems, Chance(seed, profile.slug, "opinions"))
    return tuple(
        _WaveMaker(profile, plan, number, opinions, Chance(seed, profile.slug, f"wave-{plan.year}")).make()
        for number, plan in enumerate(profile.waves)
    )


class _Opinions:
    """What people of a partnership think on average, wave by wave; problems worked on shrink a little."""

    def __init__(self, profile: Profile, problems: tuple[Problem, ...], chance: Chance) -> None:
        self.setting = profile.setting
        self._needs = {one.code: one.need[profile.setting] for one in load_templates().problems}
        self._own = {code: chance.around(0, 1.0) for code in self._needs}
        worked_on = {problem.code for problem in problems if problem.status in {"in_progress", "solved"}}
        self._drift = {code: chance.around(-0.9 if code in worked_on else 0.25, 0.6) for code in self._needs}
        leanings = load_leanings()
        self._leanings: dict[str, float] = {
            name: by_setting[profile.setting] + chance.around(0, 0.9)
            for part in ("availability", "trust")
            for name, by_setting in leanings[part].items()
        }
        self._leaning_drift = {name: chance.around(0.35, 0.5) for name in self._leanings}

    def need(self, code: str, wave: int) -> float:
        """How pressing a problem is felt, 0–10."""
        need = self._needs.get(code, 1.0) + self._own.get(code, 0.0) + wave * self._drift.get(code, 0.0)
        return min(10.0, max(0.2, need))

    def drift(self, code: str) -> float:
        """Change of a problem from one wave to the next."""
        return self._drift.get(code, 0.0)

    def leaning(self, name: str, wave: int) -> float:
        """Average opinion of a question of availability or trust, 0–10."""
        return self._leanings[name] + wave * self._leaning_drift[name]


class _WaveMaker:
    """Makes the answers of one survey, respondent after respondent."""

    def __init__(self, profile: Profile, plan: WavePlan, number: int, opinions: _Opinions, chance: Chance) -> None:
        self._plan, self._number, self._opinions, self._chance = plan, number, opinions, chance
        self._setting = profile.setting
        latest = number == len(profile.waves) - 1
        questionnaire = load_questionnaire(QUESTIONNAIRE, None if latest else _FIRST_VERSION)
        opened = chance.day(date(plan.year, 3, 1), date(plan.year, 3, 31))
        self._made = SampleWave(
            Wave(
                partnership=profile.slug,
                slug=f"pomiar-{plan.year}",
                name=f"Ankieta mieszkańców {plan.year}",
                questionnaire=questionnaire.slug,
                version=questionnaire.version,
                mode=WaveMode(plan.mode),
                opened_on=opened,
                closed_on=opened + timedelta(days=chance.between(28, 60)),
                diagnosis=f"diagnosis-{plan.year}",
                responses=plan.people,
                fieldwork=usual_fieldwork(QUESTIONNAIRE),
            ),
            questionnaire,
        )
        codes = {question.name: [choice.code for choice in question.choices] for question in questionnaire.questions}
        self._problems = [code for code in codes["main_problems"] if code.startswith("P")]
        self._groups = [code for code in codes["groups_in_need"] if code.startswith("G")]
        self._problem_needs = [opinions.need(code, number) ** 1.9 for code in self._problems]
        self._group_needs = self._weigh_groups()
        self._batteries = {
            stem: [name for name in codes if name.startswith(f"{stem}_")]
            for stem in ("size", "change", "availability", "importance", "trust")
        }
        # A source of its own: what else people say does not depend on whether they were asked what matters.
        self._priorities = Chance(*chance.seed, "importance")
        self._pace = Chance(*chance.seed, "pace")
        self._response = 0

    def make(self) -> SampleWave:
        """Return the survey."""
        wave = self._made.wave
        for number in range(1, self._plan.people + 1):
            self._response = number
            if wave.opened_on is not None and wave.closed_on is not None:
                self._made.submitted_on.append(self._chance.day(wave.opened_on, wave.closed_on))
            person = invent_respondent(self._setting, self._plan.mode, self._chance)
            self._made.durations.append(invent_duration(person, self._plan.mode, self._pace))
            self._answer_all(person)
        return self._made

    def _weigh_groups(self) -> list[float]:
        """A group lacks support as much as the problems that hit it are felt."""
        needs = dict.fromkeys(self._groups, 1.0)
        for template in load_templates().problems:
            for group in template.groups:
                if group in needs:
                    needs[group] += self._opinions.need(template.code, self._number) / 4
        return [need**1.5 for need in needs.values()]

    def _answer_all(self, person: Respondent) -> None:
        self._answer_problems(person)
        for name in self._batteries["size"]:
            code = name.removeprefix("size_")
            own = _GENERATION_PROBLEMS[person.generation].get(code, 1.0)
            felt = 2.2 + 0.6 * self._opinions.need(code, self._number) + 1.5 * (own - 1)
            self._scale(name, felt, 4.2, _SIZES, person, unsure=0.07)
        for name in self._batteries["change"]:
            drift = self._opinions.drift(name.removeprefix("change_"))
            self._scale(name, 5.4 + 1.3 * drift, 4.2, _CHANGES, person, unsure=0.14)
        self._answer_groups(person)
        unused = load_leanings()["not_used"]
        for name in self._batteries["availability"]:
            if self._chance.happens(unused[name][person.generation]):
                self._say(name, ["not_used"], person)
            else:
                leaning = self._opinions.leaning(name, self._number) + 0.4 * person.trust
                self._scale(name, leaning, 4.0, _AVAILABILITY, person, unsure=0.05)
        if self._chance.happens(0.28):
            texts = load_leanings()["works_well"][self._setting]
            self._made.texts.setdefault("works_well", []).append((self._response, self._chance.one(texts)))
        self._several("would_join", person, none="nothing", none_share=0.26 - 0.05 * person.trust, most=3)
        self._several("barriers", person, none="nothing", none_share=0.06, most=3)
        self._several("know_from", person, none="unknown", none_share=0.22 - 0.05 * self._number, most=3)
        for name in self._batteries["trust"]:
            leaning = self._opinions.leaning(name, self._number) + person.trust
            self._scale(name, leaning, 3.2, _AGREEMENT, person, unsure=0.06)
        influence = 3.9 + 0.5 * self._number + 0.8 * person.trust
        self._scale("influence", influence, 3.4, _INFLUENCE, person, unsure=0.08)
        self._answer_importance(person)
        profile = {"gender": person.gender, "age": person.age, "status": person.status}
        for name, said in profile.items():
            if said is not None:
                self._made.answers.setdefault(name, []).append((self._response, said))

    def _answer_problems(self, person: Respondent) -> None:
        if self._chance.happens(0.03):
            self._say("main_problems", ["dont_know"], person)
            return
        own = _GENERATION_PROBLEMS[person.generation]
        parent = _PARENT_PROBLEMS if person.parent else {}
        weights = [
            need * own.get(code, 1.0) * parent.get(code, 1.0)
            for code, need in zip(self._problems, self._problem_needs, strict=True)
        ]
        count = self._chance.weighted((1, 2, 3), (0.07, 0.13, 0.8))
        self._say("main_problems", self._chance.some(self._problems, count, weights), person)

    def _answer_importance(self, person: Respondent) -> None:
        """What somebody would use matters more to them."""
        unused = load_leanings()["not_used"]
        leanings = load_leanings()["importance"]
        for name in self._batteries["importance"]:
            used = 1 - unused[name.replace("importance", "availability")][person.generation]
            leaning = leanings[name][self._setting] + 1.5 * used
            self._scale(name, leaning, 3.6, _IMPORTANCE, person, unsure=0.04, chance=self._priorities)

    def _answer_groups(self, person: Respondent) -> None:
        if self._chance.happens(0.06):
            self._say("groups_in_need", ["dont_know"], person)
            return
        own = _GENERATION_GROUPS[person.generation]
        weights = [need * own.get(code, 1.0) for code, need in zip(self._groups, self._group_needs, strict=True)]
        count = self._chance.weighted((1, 2, 3), (0.12, 0.22, 0.66))
        self._say("groups_in_need", self._chance.some(self._groups, count, weights), person)

    def _scale(  # an opinion and what becomes of it, by name
        self,
        name: str,
        leaning: float,
        spread: float,
        points: tuple[str, ...],
        person: Respondent,
        *,
        unsure: float,
        chance: Chance | None = None,
    ) -> None:
        """Say the point of a scale that an opinion of 0–10 falls on."""
        drawn = chance or self._chance
        if drawn.happens(unsure):
            self._say(name, ["dont_know"], person, drawn)
            return
        opinion = drawn.around(leaning, spread)
        place = math.floor(opinion / 10 * len(points))
        self._say(name, [points[min(len(points) - 1, max(0, place))]], person, drawn)

    def _several(self, name: str, person: Respondent, *, none: str, none_share: float, most: int) -> None:
        if self._chance.happens(none_share):
            self._say(name, [none], person)
            return
        leanings = load_leanings()[name]
        weights = [by_setting[self._setting] ** 1.3 for by_setting in leanings.values()]
        self._say(name, self._chance.some(list(leanings), self._chance.between(1, most), weights), person)

    def _say(self, name: str, codes: list[str], person: Respondent, chance: Chance | None = None) -> None:
        """Keep an answer, unless the person leaves the question blank."""
        if not (chance or self._chance).happens(0.015 + 0.05 * (1 - person.patience)):
            self._made.answers.setdefault(name, []).extend((self._response, code) for code in codes)
