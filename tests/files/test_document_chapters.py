"""Chapters on what stands side by side and on what was decided: the gate first, nobody's name, figures of the store."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.documents.content import Bullets, Document, Grid, Section, Text, Tone
from dashboard.documents.kinds import PARTS, Kind
from dashboard.documents.making import FORMATS
from dashboard.meetings.result_words import say_result
from dashboard.texts import say
from etl.published_votes import read_votes
from etl.store import schema as s
from etl.store.engine import Store, open_store
from etl.store.meeting_outcomes import keep_attendance, keep_decision, keep_task
from etl.store.meetings import close_meeting
from etl.store.vote_rounds import close_round
from surveys.analysis.three_mirrors import Mirror
from surveys.language.typesetting import typeset
from surveys.model.meeting import Attendee, Decision, MeetingTask
from tests.files.test_documents import PROBLEMS, answer, make, texts_of
from tests.made.meetings import MACHINE, NOW, TITLES, cast, make_meeting, open_vote, places, read
from tests.made.registers import make_register
from tests.page_visits import load_registers


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Store]:
    """The sample data; only looked at."""
    opened = open_store(f"sqlite:///{sample_file}")
    yield opened
    opened.close()


@pytest.fixture
def liw(sqlite_store: Store) -> Store:
    """A real partnership with a register and no survey."""
    load_registers(make_register())(sqlite_store)
    return sqlite_store


def chapter(document: Document, key: str) -> Section:
    return next(section for section in document.sections if section.key == key)


def words(section: Section) -> str:
    return "\n".join(texts_of(replace_sections(section))).replace("\u00a0", " ")


def replace_sections(section: Section) -> Document:
    return Document("full", "", "", "", "pl", date(2026, 11, 28), invented=False, sections=(section,))


class TestSuccessiveMeasurements:
    def test_the_verdict_and_its_reasons_stand_before_the_table(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=150, slug="p24")
        answer(liw, (20, 40, 30, 60), people=150, slug="p26", again=True)
        blocks = chapter(make(liw), "time").blocks
        kinds = [type(block) for block in blocks]
        assert kinds == [Text, Text, Bullets, Text, Bullets, Grid]
        said = words(chapter(make(liw), "time"))
        assert "porównywalne z zastrzeżeniem" in said
        assert "Nie zapisano, jak dobrano osoby" in said
        grid = next(block for block in blocks if isinstance(block, Grid))
        alone = next(row for row in grid.rows if row[0].startswith("Samotność"))
        assert "mniej" in alone[3]
        assert "nie widać" in next(row for row in grid.rows if row[0].startswith("Dostęp"))[3]

    @pytest.mark.parametrize(
        "changed",
        [replace(PROBLEMS, text_pl="Co jest tu najważniejsze?"), replace(PROBLEMS, max_choices=None)],
        ids=["wording", "cap"],
    )
    def test_what_the_gate_forbids_is_not_set_side_by_side_in_any_file(self, liw: Store, changed):
        answer(liw, (97, 40, 30, 20), people=150, slug="p24")
        answer(liw, (20, 40, 30, 60), people=150, slug="p26", question=changed, form="inna")
        for kind in Kind:
            document = make(liw, kind)
            told = [section for section in document.sections if section.key in {"time", "forecast"}]
            for section in told:
                assert "nieporównywalne" in words(section)
                assert not any(isinstance(block, Grid) for block in section.blocks)
            # The share of the earlier measurement, 65 %, stands nowhere.
            page = FORMATS["html"].write(document).decode()
            assert "65\u00a0%" not in page

    def test_measurements_that_asked_other_things_say_so(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=150, slug="p24", question=replace(PROBLEMS, name="other"), form="inna")
        answer(liw, (20, 40, 30, 60), people=150, slug="p26")
        assert "nie ma czego porównać" in words(chapter(make(liw), "time"))


class TestMirrors:
    def test_every_named_gap_stands_with_the_evidence_of_both_mirrors(self, sample: Store):
        document = make(sample, slug="warszawa-mokotow", sample=True)
        said = words(chapter(document, "mirrors"))
        assert "Trzy lustra" in said
        assert "\\" not in said
        named = [block for block in chapter(document, "mirrors").blocks if isinstance(block, Bullets)]
        lines = [line.replace("\u00a0", " ") for block in named for line in block.items]
        assert lines
        starts = ("mieszkańcy", "w rejestrze", "dane", "partnerzy")
        assert all(sum(start in line for start in starts) >= len(Mirror) - 1 for line in lines)
        assert "Benjamini" in said

    def test_each_shape_of_a_strategy_has_them_and_nothing_is_said_where_nothing_can_be_compared(
        self, sample: Store, liw: Store
    ):
        for kind in (Kind.SRPS, Kind.CUS, Kind.LSR, Kind.GPR):
            assert {"mirrors", "decisions"} <= {part.key for part in PARTS[kind]}
        assert chapter(make(sample, Kind.GPR, "en", sample=True), "mirrors").title.startswith("Three mirrors")
        assert "mirrors" not in {section.key for section in make(liw, slug="liw").sections}


def hold_meeting(store: Store) -> str:
    """Hold a meeting of seven voters that decides one thing, and close it."""
    uid, codes = make_meeting(store)
    vote = open_vote(store, uid)
    cast(store, uid, vote, [(code, places("k0", "k1", "k2")) for code in codes[:6]])
    cast(store, uid, vote, [(codes[6], places("k1", "k0", "k2"))])
    partner = make_register().partners[0]
    people = [Attendee("Zofia Wiśniewska", "OPS", "S1"), Attendee("Jan Kowalski", "KGW", "S3")]
    with store.write() as connection:
        close_round(connection, MACHINE, uid, vote, NOW)
        keep_attendance(connection, MACHINE, uid, people, NOW)
        decision = Decision(
            "", "k0", "Sąsiedzi z wizytą", lead=partner.uid, groups=("G10",), indicator="liczba odwiedzin",
            measured_on=date(2027, 6, 1),
        )  # fmt: skip
        keep_decision(connection, MACHINE, uid, decision, NOW)
        task = MeetingTask("", "Zadzwonić do pani Anny Nowak w sprawie sali", "Jan Kowalski", date(2026, 12, 15))
        keep_task(connection, MACHINE, uid, task, NOW)
        close_meeting(connection, MACHINE, uid, NOW)
    return uid


class TestDecisions:
    def test_they_are_told_with_figures_of_the_store_and_nobodys_name(self, liw: Store):
        uid = hold_meeting(liw)
        document = make(liw)
        said = words(chapter(document, "decisions"))
        with liw.read() as connection:
            votes = read_votes(connection, read(liw, uid))
        titles = {f"k{place}": title for place, title in enumerate(TITLES)}
        one = votes.rounds[0]
        for sentence in say_result(one, votes.results[one.uid], titles, "pl"):
            assert typeset(sentence).replace("\u00a0", " ") in said
        assert "Były na nim 2 osoby; sektory: 2" in said
        for wanted in ("Sąsiedzi z wizytą", "liczba odwiedzin", "01.06.2027", "15.12.2026", "1 czerwca 2027"):
            assert wanted in said
        every = "\n".join(texts_of(document))
        assert not any(name in every for name in ("Wiśniewska", "Kowalski", "Nowak"))
        note = chapter(document, "decisions").blocks[-1]
        assert isinstance(note, Text)
        assert note.tone is Tone.NOTE

    def test_slides_show_them_with_their_table(self, liw: Store):
        hold_meeting(liw)
        show = Presentation(io.BytesIO(FORMATS["pptx"].write(make(liw))))
        tables = [shape.table for slide in show.slides for shape in slide.shapes if shape.has_table]
        projects, tasks = tables
        assert projects.cell(1, 0).text.replace("\u00a0", " ") == "Samotność seniorów"
        assert "Zadzwonić" in tasks.cell(1, 0).text
        assert "Nowak" not in tasks.cell(1, 0).text

    def test_the_two_pages_tell_residents_what_comes_next(self, liw: Store):
        assert [block.tone for block in chapter(make(liw, Kind.BRIEF), "brief_next").blocks] == [Tone.HINT]
        hold_meeting(liw)
        blocks = chapter(make(liw, Kind.BRIEF), "brief_next").blocks
        assert [type(block) for block in blocks] == [Text, Bullets, Text]
        assert "Sąsiedzi z wizytą" in blocks[1].items[0].replace("\u00a0", " ")

    def test_a_meeting_that_still_goes_on_is_not_told(self, liw: Store):
        make_meeting(liw)
        assert "decisions" not in {section.key for section in make(liw).sections}

    def test_too_few_votes_are_no_result(self, liw: Store):
        uid, codes = make_meeting(liw)
        vote = open_vote(liw, uid)
        cast(liw, uid, vote, [(code, places("k3", "k1", "k2")) for code in codes[:4]])
        with liw.write() as connection:
            close_round(connection, MACHINE, uid, vote, NOW)
            close_meeting(connection, MACHINE, uid, NOW)
            connection.execute(s.partnership.update().values(name="Liw"))
        said = words(chapter(make(liw), "decisions"))
        assert typeset(say("meetings.result.few", "pl", least=5)).replace("\u00a0", " ") in said
        assert "Mało autobusów" not in said


def test_a_strategy_says_what_the_social_economy_can_do_as_the_act_wants(liw: Store):
    asked = {part.key for part in PARTS[Kind.SRPS] if part.asks}
    assert {"social_economy", "forecast", "goals", "ways", "indicators"} <= asked
    with liw.write() as connection:
        connection.execute(s.partner.update().where(s.partner.c.name != "").values(kind_code="K211"))
    said = words(chapter(make(liw, Kind.SRPS), "social_economy"))
    assert make_register().partners[0].name in said
    assert "art. 16b ust. 2 pkt 1" in said
    assert "services" in {part.key for part in PARTS[Kind.SRPS]}
