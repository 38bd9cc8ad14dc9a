"""Invented answers of partners: what they see in their work, and what they say of working with each other.

Partners meet other problems than residents name, so that the two mirrors differ; whom an organisation names follows
from what it did with others, so that what is said and what is written down agree for the most part. Several people of
one organisation answer in larger partnerships.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date, timedelta

from etl.sample.answers import SampleWave
from etl.sample.chance import Chance
from etl.sample.templates import Profile, WavePlan, load_leanings, load_templates
from surveys.analysis.sampling import usual_fieldwork
from surveys.model import Form, Partner, Questionnaire, Register, Wave, WaveMode
from surveys.questionnaires import load_form, questionnaire_of
from surveys.questionnaires.filling_lists import fill_list, partner_names

# The answers come before those of residents of the same year, so that residents' are the newest.
_FIRST_DAY, _DAYS_OPEN = (2, 1), 14
_OWN_LIST, _PARTNERS_LIST = "own_partner", "partners"
_KINDS = ("network_information", "network_event", "network_project", "network_money")
_STATEMENTS = ("strongly_disagree", "rather_disagree", "neither", "rather_agree", "strongly_agree")
_CHANGES = ("decreased", "same", "increased")
_BLANK, _UNSURE = 0.03, 0.06
_UNSIGNED = 0.1  # of those asked about co-operation, who don't say for whom they speak


def invent_partner_surveys(profile: Profile, register: Register, seed: str) -> tuple[SampleWave, ...]:
    """Return the surveys of partners, in order of time: their diagnosis, and how they work together."""
    asked: list[tuple[WavePlan, type[_Maker]]] = [(plan, _Diagnosis) for plan in profile.partner_surveys]
    asked += [(plan, _Cooperation) for plan in profile.cooperation_surveys]
    asked.sort(key=lambda pair: pair[0].year)
    return tuple(
        maker(profile, register, plan, number, Chance(seed, profile.slug, maker.__name__, str(plan.year))).make()
        for number, (plan, maker) in enumerate(asked)
    )


class _Maker(ABC):
    """Makes the answers of one survey of partners, person after person."""

    form_name, wave_slug, wave_name = "", "", ""

    def __init__(self, profile: Profile, register: Register, plan: WavePlan, number: int, chance: Chance) -> None:
        self._profile, self._register, self._plan, self._chance = profile, register, plan, chance
        self._number = number
        self._members = tuple(
            one for one in register.partners if one.membership.status != "withdrawn" and one.kind != "K401"
        )
        questionnaire = self._questionnaire()
        diagnosis = next(one for one in register.diagnoses if one.uid == f"diagnosis-{plan.year}")
        opened = max(diagnosis.started_on or date.min, date(plan.year, *_FIRST_DAY))
        self.made = SampleWave(
            Wave(
                partnership=profile.slug,
                slug=f"{self.wave_slug}-{plan.year}",
                name=f"{self.wave_name} {plan.year}",
                questionnaire=questionnaire.slug,
                version=questionnaire.version,
                mode=WaveMode(plan.mode),
                opened_on=opened,
                closed_on=opened + timedelta(days=_DAYS_OPEN),
                diagnosis=diagnosis.uid,
                responses=plan.people,
                fieldwork=usual_fieldwork(self.form_name),
            ),
            questionnaire,
        )
        self._options = {
            question.name: [choice.code for choice in question.choices if choice.missing is None]
            for question in questionnaire.questions
        }

    def make(self) -> SampleWave:
        """Return the survey; the first people speak for different organisations, as far as there are any."""
        order = self._chance.some(self._members, len(self._members))
        for person in range(1, self._plan.people + 1):
            opened = self.made.wave.opened_on or date.min
            self.made.submitted_on.append(opened + timedelta(days=self._chance.between(0, _DAYS_OPEN)))
            self.answer(person, order[(person - 1) % len(order)])
        return self.made

    @abstractmethod
    def answer(self, person: int, speaker: Partner) -> None:
        """Answer everything for one person."""

    def _questionnaire(self) -> Questionnaire:
        return questionnaire_of(load_form(self.form_name))

    def _scale(self, person: int, name: str, leaning: float, points: tuple[str, ...]) -> None:
        """Say the point of a scale that an opinion of 0–10 falls on."""
        if self._chance.happens(_UNSURE):
            self._say(person, name, ["dont_know"])
            return
        place = math.floor(self._chance.around(leaning, 3.4) / 10 * len(points))
        self._say(person, name, [points[min(len(points) - 1, max(0, place))]])

    def _several(self, person: int, name: str, most: int, leanings: dict[str, float]) -> None:
        weights = [leanings.get(code, 0.0) for code in self._options[name]]
        count = self._chance.weighted(range(1, most + 1), [*[0.1] * (most - 1), 0.8])
        self._say(person, name, self._chance.some(self._options[name], count, weights))

    def _say(self, person: int, name: str, codes: list[str]) -> None:
        if not self._chance.happens(_BLANK):
            self.made.answers.setdefault(name, []).extend((person, code) for code in codes)

    def _write(self, person: int, name: str, likely: float) -> None:
        if self._chance.happens(likely):
            self.made.texts.setdefault(name, []).append((person, self._chance.one(load_leanings()["partners"][name])))


class _Diagnosis(_Maker):
    """The partners' diagnosis."""

    form_name, wave_slug, wave_name = "partners", "partnerzy", "Ankieta partnerów"

    def __init__(self, profile: Profile, register: Register, plan: WavePlan, number: int, chance: Chance) -> None:
        super().__init__(profile, register, plan, number, chance)
        setting, leanings = profile.setting, load_leanings()["partners"]
        meets = leanings["meets"]
        registered = {problem.code for problem in register.problems}
        needs = {
            one.code: (one.need[setting] * meets.get(one.code, 1.0) * (1.3 if one.code in registered else 1.0)) ** 2.4
            for one in load_templates().problems
        }
        self._needs = {code: needs.get(code, 0.5) for code in self._options["seen_problems"] if code.startswith("P")}
        self._groups = dict.fromkeys(self._options["groups_in_need"], 1.0)
        for template in load_templates().problems:
            for group in template.groups:
                if group in self._groups:
                    self._groups[group] += template.need[setting] * meets.get(template.code, 1.0)
        done = [activity.theme for activity in register.activities]
        self._themes = {theme: 1.0 + done.count(theme) for theme in self._options["joint_themes"]}

    def answer(self, person: int, speaker: Partner) -> None:
        """Answer for an organisation: each meets some problems more than others do."""
        leanings = load_leanings()["partners"]
        own = {code: need * (0.5 + 2 * self._chance.share()) for code, need in self._needs.items()}
        self._several(person, "seen_problems", 3, own)
        for name in [name for name in self._options if name.startswith("change_")]:
            self._scale(person, name, 6.0, _CHANGES)
        self._several(person, "groups_in_need", 3, self._groups)
        self._write(person, "works_well", 0.3)
        brings = leanings[f"brings_{speaker.sector}"] if f"brings_{speaker.sector}" in leanings else leanings["brings"]
        self._several(person, "we_bring", 4, brings)
        self._several(person, "we_could_bring", 2, brings)
        self._several(person, "we_need", 3, leanings["needs"])
        self._several(person, "obstacles", 3, leanings["obstacles"])
        self._several(person, "joint_themes", 3, self._themes)
        self._write(person, "first_project", 0.35)
        self._say(person, "sector", [speaker.sector])


class _Cooperation(_Maker):
    """Co-operation and trust, with the network question."""

    form_name, wave_slug, wave_name = "cooperation", "wspolpraca", "Współpraca w partnerstwie"

    def __init__(self, profile: Profile, register: Register, plan: WavePlan, number: int, chance: Chance) -> None:
        super().__init__(profile, register, plan, number, chance)
        labels = {
            question.name: {choice.label_pl: choice.code for choice in question.choices}
            for question in self.made.questionnaire.questions
        }
        self._codes = {
            name: {one.uid: listed[one.name] for one in self._members if one.name in listed}
            for name, listed in labels.items()
        }
        self._works_with = _list_works(register, plan.year)

    def answer(self, person: int, speaker: Partner) -> None:
        """Answer for an organisation: it names those whom it did something with, and a few more."""
        mood = self._chance.around(0.6 * self._number, 1.4)
        for name, leaning in load_leanings()["partners"]["statements"].items():
            self._scale(person, name, leaning + mood, _STATEMENTS)
        self._write(person, "partnership_better", 0.35)
        if speaker.uid not in self._codes["own_organisation"] or self._chance.happens(_UNSIGNED):
            self._say(person, "own_organisation", ["refused"])
            return
        self.made.answers.setdefault("own_organisation", []).append(
            (person, self._codes["own_organisation"][speaker.uid])
        )
        for kind in _KINDS:
            self._name(person, speaker, kind)

    def _name(self, person: int, speaker: Partner, kind: str) -> None:
        likely, otherwise = load_leanings()["partners"]["names"][kind]
        together = self._works_with.get((kind, speaker.uid), frozenset())
        named = [
            code
            for uid, code in self._codes[kind].items()
            if uid != speaker.uid and self._chance.happens(likely if uid in together else otherwise)
        ]
        self._say(person, kind, named or ["none"])

    def _questionnaire(self) -> Questionnaire:
        return questionnaire_of(_fill(load_form(self.form_name), self._register), self._profile.slug)


def _fill(form: Form, register: Register) -> Form:
    """Put the partners on the form's lists, as a coordinator does before asking; it is the partnership's own then."""
    names = partner_names(register)
    for listed in (_OWN_LIST, _PARTNERS_LIST):
        form = fill_list(form, listed, names)
    return replace(form, version="1")


def _list_works(register: Register, year: int) -> dict[tuple[str, str], frozenset[str]]:
    """Return whom each partner did things with in a year and the one before, by kind of co-operation."""
    years = (year - 1, year)
    events = [set(one.partners) for one in register.activities if one.starts_on.year in years]
    projects = [
        one
        for one in register.projects
        if one.starts_on and one.ends_on and one.starts_on.year <= year <= one.ends_on.year
    ]
    joint = [set(one.partners) for one in projects]
    money = [{one.finance_lead, uid} for one in projects if one.finance_lead for uid in one.partners]
    groups = dict(zip(_KINDS, ([*events, *joint], events, joint, money), strict=True))
    return {
        (kind, uid): frozenset(other for group in of_kind if uid in group for other in group if other != uid)
        for kind, of_kind in groups.items()
        for uid in (one.uid for one in register.partners)
    }
