"""The sample data: thirteen invented partnerships, the same for everybody, rich enough for every page."""

import hashlib
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from etl.indicator_figures import IndicatorFigures
from etl.sample.generating import generate_sample
from etl.sample.loading import SampleRefusedError, load_sample, remove_sample
from etl.sample.projects import REFERENCE_DAY
from etl.store import schema as s
from etl.store.batches import list_batches
from etl.store.indicator_writing import write_indicator_batch
from etl.store.reading import read_survey_counts, resolve_scope
from etl.store.reading.indicators import list_variables, match_catalogue, read_figures
from etl.store.register_reading import read_register
from etl.store.register_writing import rehearse_register, write_register
from etl.store.schema_indicators import indicator, indicator_value
from etl.store.scope import Actor, ForbiddenError
from surveys.findings import Finding, Report, Severity, finding_severities
from surveys.indicators import FigureState, name_variable
from surveys.language.folding import slugify
from surveys.model.entity_codec import encode_entity, entities_of
from surveys.vocabulary import load
from surveys.vocabulary.indicators import Direction
from tests.made.importing import MACHINE, boris, import_register, make_account
from tests.made.registers import make_register

SLUGS = {
    "warszawa-mokotow",
    "warszawa-powisle",
    "warszawa-ochota",
    "zyrardow",
    "sochaczew",
    "rozan",
    "pionki",
    "slupno",
    "liw",
    "myszyniec",
    "baranowo",
    "krasnosielc",
    "dolina-jeziorki",
}


@pytest.fixture(scope="module")
def sample():
    return list(generate_sample())


@pytest.fixture(scope="module")
def registers(sample):
    return [one.register for one in sample]


def fingerprint(sample):
    made = hashlib.sha256()
    for one in sample:
        made.update(encode_entity(one.register).encode())
        for wave in one.surveys:
            made.update(repr((wave.wave, wave.submitted_on, wave.answers, wave.texts)).encode())
    return made.hexdigest()


def test_the_same_seed_makes_the_same_and_another_seed_something_else(sample):
    assert fingerprint(generate_sample()) == fingerprint(sample)
    assert fingerprint(generate_sample("inne")) != fingerprint(sample)


def test_the_thirteen_partnerships_are_there_and_marked_as_invented(registers):
    assert {one.partnership.slug for one in registers} == SLUGS
    for register in registers:
        assert register.partnership.sample
        assert "zmyślone" in register.partnership.aims
        assert slugify(register.partnership.name) == register.partnership.slug


def test_every_territory_is_where_the_partnership_says(registers):
    expected = {"warszawa-powisle": "Śródmieście", "dolina-jeziorki": "Piaseczno"}
    for register in registers:
        (territory,) = register.partnership.territory
        name = register.partnership.name.removeprefix("Warszawa ")
        area = load().areas[territory.teryt]
        assert area.name == expected.get(register.partnership.slug, name)
        assert territory.name == (name if register.partnership.slug in expected else "")


def test_every_code_is_in_its_list(registers):
    lists = load()
    for register in registers:
        for partner in register.partners:
            assert partner.kind in lists.partner_kinds
            assert partner.sector in lists.sectors
            assert partner.membership.status in lists.membership_statuses
            assert set(partner.membership.roles) <= set(lists.membership_roles)
            assert set(partner.statutory_themes) <= set(lists.themes)
        for problem in register.problems:
            assert problem.theme == lists.problems[problem.code].theme
            assert problem.status in lists.problem_statuses
            assert problem.source in lists.problem_sources
            assert set(problem.target_groups) <= set(lists.target_groups)
        for project in register.projects:
            assert project.status in lists.project_statuses
            for funding in project.funding:
                assert lists.funding_sources[funding.source].open_in(funding.year)
        for activity in register.activities:
            assert activity.theme in lists.themes
            assert activity.form in lists.activity_forms
            assert set(activity.target_groups) <= set(lists.target_groups)
        for diagnosis in register.diagnoses:
            assert set(diagnosis.methods) <= set(lists.problem_sources)


def test_together_they_show_every_theme_form_status_and_sector(registers):
    lists = load()
    activities = [activity for register in registers for activity in register.activities]
    projects = [project for register in registers for project in register.projects]
    partners = [partner for register in registers for partner in register.partners]
    problems = [problem for register in registers for problem in register.problems]
    assert {activity.theme for activity in activities} == set(lists.themes)
    assert {activity.form for activity in activities} == set(lists.activity_forms)
    assert {activity.starts_on.year for activity in activities} == set(range(2019, 2027))
    assert {project.status for project in projects} == set(lists.project_statuses)
    assert {partner.sector for partner in partners} == set(lists.sectors)
    assert {partner.membership.status for partner in partners} == set(lists.membership_statuses)
    assert {problem.status for problem in problems} == set(lists.problem_statuses)
    assert any(partner.founded_by_partnership for partner in partners)
    assert any(activity.participants_count is None for activity in activities)
    assert any(funding.amount_pln is None for project in projects for funding in project.funding)


def test_sizes_differ_between_partnerships(registers):
    assert {len(one.partners) for one in registers} >= {8, 25}
    assert {len(one.activities) for one in registers} >= {27, 120}
    for register in registers:
        assert 8 <= len(register.partners) <= 25
        assert 8 <= len(register.problems) <= 20
        assert 3 <= len(register.projects) <= 10
        assert 25 <= len(register.activities) <= 120


def test_nothing_happens_twice_under_one_name(registers):
    for register in registers:
        for kind, listed in entities_of(register).items():
            names = Counter(entity.name for entity in listed)
            assert [name for name, count in names.items() if count > 1] == [], kind


def test_every_partnership_has_a_coordination_team_and_three_sectors(registers):
    for register in registers:
        roles = Counter(role for partner in register.partners for role in partner.membership.roles)
        assert roles["coordinator"] == 1
        assert 3 <= roles["coordination"] <= 5
        assert {"public", "civic", "business"} <= {partner.sector for partner in register.partners}


def test_finances_are_carried_by_a_partner_who_is_not_always_the_coordinator(registers):
    others = 0
    for register in registers:
        partners = {partner.uid: partner for partner in register.partners}
        for project in register.projects:
            lead = partners[project.finance_lead]
            assert lead.uid in project.partners
            others += "coordinator" not in lead.membership.roles
    assert others > 20


def test_time_runs_forwards(registers):
    for register in registers:
        partners = {partner.uid: partner for partner in register.partners}
        projects = {project.uid: project for project in register.projects}
        identified = {problem.uid: problem.identified_on for problem in register.problems}
        for linked in (*register.projects, *register.activities):
            assert all(identified[uid] <= linked.starts_on for uid in linked.problems)
        for project in register.projects:
            assert project.starts_on < project.ends_on
        for activity in register.activities:
            if activity.starts_on > REFERENCE_DAY:
                assert activity.participants_count is None
            for uid in activity.partners:
                declared = partners[uid].membership.declared_on
                assert register.partnership.founded_on <= declared <= activity.starts_on
            if activity.project:
                project = projects[activity.project]
                assert project.starts_on <= activity.starts_on <= project.ends_on
                assert set(activity.problems) <= set(project.problems)


def test_the_thread_from_problem_to_project_to_activity_is_there_in_every_partnership(registers):
    for register in registers:
        linked = {uid for project in register.projects for uid in project.problems}
        worked_on = {uid for activity in register.activities for uid in activity.problems}
        assert linked & worked_on


def test_there_is_need_without_action_too(registers):
    for register in registers:
        worked_on = {uid for activity in register.activities for uid in activity.problems}
        assert {problem.uid for problem in register.problems} - worked_on
    in_need = {group for register in registers for problem in register.problems for group in problem.target_groups}
    served = [{group for activity in register.activities for group in activity.target_groups} for register in registers]
    assert all(in_need - groups for groups in served)


def test_waves_are_honest_and_varied(sample):
    people = {one.register.partnership.slug: [wave.wave.responses for wave in one.waves] for one in sample}
    assert people["baranowo"] == [33]
    assert people["dolina-jeziorki"][0] == 9
    assert people["krasnosielc"] == [33, 47]
    assert max(max(counts) for counts in people.values()) == 374
    assert [slug for slug, counts in people.items() if len(counts) != 2] == ["baranowo"]


def test_answers_are_options_of_the_questionnaire_within_its_limits(sample):
    for one in sample:
        for wave in one.surveys:
            options = {question.name: question for question in wave.questionnaire.questions}
            for name, said in wave.answers.items():
                question = options[name]
                missing = {choice.code for choice in question.choices if choice.missing}
                assert {code for _, code in said} <= {choice.code for choice in question.choices}
                by_person = Counter(number for number, _ in said)
                assert max(by_person.values()) <= (question.max_choices or len(question.choices))
                assert max(by_person) <= wave.wave.responses
                alone = {number for number, code in said if code in missing}
                assert all(by_person[number] == 1 for number in alone)
                if question.type != "multiple":
                    assert set(by_person.values()) == {1}


def test_some_partnerships_asked_their_partners_and_two_surveys_of_each_can_be_compared(sample):
    asked = {one.register.partnership.slug: Counter(wave.wave.slug[:-5] for wave in one.of_partners) for one in sample}
    assert sum(bool(kinds) for kinds in asked.values()) < len(asked), "some have not asked, so that this shows too"
    assert sum(kinds["partnerzy"] for kinds in asked.values()) >= 5
    assert sum(kinds["wspolpraca"] == 2 for kinds in asked.values()) >= 2
    for one in sample:
        assert one.surveys[-1] is one.waves[-1], "residents' answers are the newest"
        listed = {partner.name for partner in one.register.partners} | {"wolę nie podawać", "Z nikim z tej listy"}
        for wave in one.of_partners:
            for question in wave.questionnaire.questions:
                if question.name in {"own_organisation", "network_event"}:
                    named = {code for _, code in wave.answers[question.name]}
                    assert {choice.label_pl for choice in question.choices if choice.code in named} <= listed


def test_blanks_and_every_kind_of_missing_of_the_questionnaire_occur(sample):
    biggest = next(one for one in sample if one.register.partnership.slug == "warszawa-mokotow").waves[1]
    said = {code for listed in biggest.answers.values() for _, code in listed}
    assert {"dont_know", "not_used", "refused"} <= said
    people = {number for number, _ in biggest.answers["influence"]}
    assert 0 < biggest.wave.responses - len(people) < 60


def test_surveys_belong_to_a_diagnosis_and_ended_before_the_reference_day(sample):
    for one in sample:
        diagnoses = {diagnosis.uid: diagnosis for diagnosis in one.register.diagnoses}
        for wave in one.surveys:
            diagnosis = diagnoses[wave.wave.diagnosis]
            assert "survey" in diagnosis.methods
            assert wave.wave.closed_on + timedelta(days=2) < REFERENCE_DAY
            assert all(wave.wave.opened_on <= day <= wave.wave.closed_on for day in wave.submitted_on)


def test_loading_keeps_everything(store, sample):
    shares = []
    load_sample(store, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with store.read() as connection:
        for one in sample:
            assert read_register(connection, one.register.partnership.slug) == one.register
        counts = read_survey_counts(connection, resolve_scope(connection, Actor.anonymous(), sample=True))
        batches = list_batches(connection, Actor.anonymous())
        answers = connection.execute(select(func.count()).select_from(s.answer)).scalar_one()
        linked = connection.execute(select(s.diagnosis.c.uid).join_from(s.wave, s.diagnosis)).scalars().all()
    waves = [wave for one in sample for wave in one.surveys]
    assert dict(
        zip(zip(counts.waves.partnership, counts.waves.wave, strict=True), counts.waves.people, strict=True)
    ) == {(wave.wave.partnership, wave.wave.slug): wave.wave.responses for wave in waves}
    assert answers == sum(len(said) for wave in waves for said in wave.answers.values())
    assert sorted(linked) == sorted(wave.wave.diagnosis for wave in waves)
    kinds = Counter(batch.kind for batch in batches)
    assert kinds == {"survey": len(waves), "indicators": 1}
    assert all(batch.sample for batch in batches)


def test_kept_counts_equal_the_answers(store, sample):
    load_sample(store)
    wave = next(one for one in sample if one.register.partnership.slug == "liw").waves[0]
    with store.read() as connection:
        counts = read_survey_counts(connection, resolve_scope(connection, Actor.anonymous(), sample=True))
    mine = counts.choices[(counts.choices.partnership == "liw") & (counts.choices.wave == wave.wave.slug)]
    for name, said in wave.answers.items():
        expected = Counter(code for _, code in said)
        found = mine[(mine.question == name) & (mine.people > 0)]
        assert dict(zip(found.code, found.people, strict=True)) == expected


def test_loading_refuses_a_store_that_is_not_empty(store):
    with store.write() as connection:
        write_register(connection, make_register(), None)
    with pytest.raises(SampleRefusedError):
        load_sample(store)
    with store.read() as connection:
        assert connection.execute(select(s.partnership.c.slug)).scalars().all() == ["liw"]


def test_removing_the_sample_leaves_the_real_data(store):
    load_sample(store)
    import_register(store, make_register("prawdziwe"))
    with pytest.raises(ForbiddenError):
        remove_sample(store, boris())
    assert remove_sample(store, MACHINE) == len(SLUGS)
    with store.read() as connection:
        assert connection.execute(select(s.partnership.c.slug)).scalars().all() == ["prawdziwe"]
        assert [batch.partnership for batch in list_batches(connection, MACHINE)] == ["prawdziwe"]
        for table in (s.wave, s.answer, s.choice_count, s.response, s.open_answer, indicator, indicator_value):
            assert connection.execute(select(table)).first() is None


def test_invented_official_figures_never_stand_among_real_ones(store):
    load_sample(store)
    catalogue = load().indicators
    with store.read() as connection:
        assert list_variables(connection) == ()
        invented = match_catalogue(list_variables(connection, sample=True), catalogue)
    problems = {code for entry in catalogue if entry.code in invented for code in entry.problems}
    assert problems == {
        code for entry in catalogue if entry.direction is not Direction.NEITHER for code in entry.problems
    }
    real = indicator_rows(name_variable("bdl", ["ogółem"], unit="%", subject="Stopa bezrobocia rejestrowanego"))
    with store.write() as connection:
        write_indicator_batch(
            connection, actor=MACHINE, figures=real, source="bdl", file_name="BDL.csv", content_hash="1",
            report=Report(), figures_rejected=0,
        )  # fmt: skip
    with store.read() as connection:
        [loaded] = list_variables(connection)
        assert [figure.value for figure in read_figures(connection, loaded)] == ["5.0"]
        before = list_variables(connection, sample=True)
        assert loaded.variable not in [one.variable for one in before]
    remove_sample(store, MACHINE)
    with store.read() as connection:
        assert list_variables(connection, sample=True) == ()
        assert [figure.value for figure in read_figures(connection, loaded)] == ["5.0"]


def indicator_rows(variable):
    return IndicatorFigures((variable,), [(0, 2024, "1433", "5.0", FigureState.VALUE, "")])


def test_a_real_partnership_takes_the_name_of_its_invented_namesake(store):
    load_sample(store)
    user = boris(make_account(store, "barbara"))
    result = import_register(store, make_register("liw"), actor=user)
    assert [finding.code for finding in result.report] == ["SAMPLE-GAVE-WAY"]
    assert result.changes["partnership"] == (1, 0, 0)
    with store.read() as connection:
        kept = read_register(connection, "liw")
        others = connection.execute(select(func.count()).where(s.partnership.c.sample)).scalar()
        told = rehearse_register(connection, make_register("krasnosielc"), user)
    assert kept == make_register("liw")
    assert others == len(SLUGS) - 1
    assert all(changed == unchanged == 0 for _, changed, unchanged in told.values())


def test_the_command_line_adds_to_an_invented_partnership(store):
    load_sample(store)
    with store.read() as connection:
        before = read_register(connection, "liw")
    import_register(store, make_register("liw"))
    with store.read() as connection:
        after = read_register(connection, "liw")
    assert after.partnership.sample
    assert set(before.partners) < set(after.partners)


def test_faults_leave_the_invented_partnership_where_it_is(store):
    load_sample(store)
    error = next(code for code, severity in finding_severities().items() if severity is Severity.ERROR)
    stopping = Report((Finding(error),))
    import_register(store, make_register("liw"), actor=boris(make_account(store, "barbara")), report=stopping)
    with store.read() as connection:
        assert read_register(connection, "liw").partnership.sample
