"""Own paragraphs of documents stay from version to version, and two versions give an explained difference."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from dashboard.documents.content import Tone
from dashboard.documents.making import FORMATS
from dashboard.documents.versions import explain_difference
from dashboard.texts import say
from etl.store import schema as s
from etl.store.engine import Store
from etl.store.reading import resolve_scope
from etl.store.report_rows import (
    LONGEST_TEXT,
    ReportPlace,
    keep_version,
    list_versions,
    read_own_texts,
    write_own_text,
)
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.language.typesetting import typeset
from tests.files.test_document_chapters import hold_meeting
from tests.files.test_documents import MACHINE, answer, make, texts_of
from tests.made.registers import make_register
from tests.page_visits import load_registers

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw")}))
PARTICIPANT = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))


@pytest.fixture
def liw(sqlite_store: Store) -> Store:
    """A real partnership with a register and no survey."""
    load_registers(make_register())(sqlite_store)
    return sqlite_store


class TestOwnTextsAndVersions:
    def scope(self, store: Store):
        with store.read() as connection:
            return resolve_scope(connection, MACHINE, sample=False)

    def write(self, store: Store, text: str, *, section: str = "conclusions", actor: Actor = COORDINATOR) -> None:
        with store.write() as connection:
            write_own_text(
                connection, actor, self.scope(store), ReportPlace("liw", "full", section, "pl"), text, now=NOW
            )

    def test_own_paragraphs_stay_from_version_to_version(self, liw: Store):
        hint = say("documents.hint.conclusions", "pl")
        assert hint in "\n".join(texts_of(make(liw))).replace("\u00a0", " ")
        self.write(liw, "Zaczynamy od dojazdów.\n\nW marcu 2027 r. sprawdzimy, co się udało.")
        last = next(section for section in make(liw).sections if section.key == "conclusions")
        assert [(block.tone, block.text) for block in last.blocks] == [
            (Tone.OWN, "Zaczynamy od dojazdów."),
            (Tone.OWN, "W\u00a0marcu 2027\u00a0r. sprawdzimy, co się udało."),
        ]
        self.write(liw, " ")
        with liw.read() as connection:
            assert read_own_texts(connection, self.scope(liw), "liw", "full", "pl") == {}

    def test_signs_that_no_document_can_hold_do_not_spoil_it(self, liw: Store):
        pasted = "Z Worda:\x0bdruga linia\x1f \U0001f600\u2028trzecia \ufffe\u202ekoniec"
        self.write(liw, pasted)
        with liw.read() as connection:
            kept = read_own_texts(connection, self.scope(liw), "liw", "full", "pl")["conclusions"]
        assert kept.split("\n") == ["Z Worda:", "druga linia \U0001f600", "trzecia koniec"]
        for one in FORMATS.values():
            assert one.write(make(liw))
        with liw.write() as connection:
            for table in (s.problem, s.partner):
                connection.execute(table.update().values(name="Zły\x02 znak\x0bi koniec"))
        answer(liw, (60, 40, 30, 20), people=100)
        with liw.write() as connection:
            connection.execute(
                s.question.update().values(name="would_join", text_pl="Co\x1f nas łączy?", vocabulary=None)
            )
            connection.execute(s.choice.update().values(label_pl="Odpo\x03wiedź\x0b"))
        assert any("would_join" in figure.key for figure in make(liw).figures())
        for one in FORMATS.values():
            assert one.write(make(liw))
        # Whoever saved them saves again: what was typed and what was kept are one text.
        with liw.write() as connection:
            place = ReportPlace("liw", "full", "conclusions", "pl")
            write_own_text(connection, COORDINATOR, self.scope(liw), place, "Nowe", now=NOW, before=pasted)

    def test_only_who_may_import_writes_them_and_not_endlessly(self, liw: Store):
        with pytest.raises(ForbiddenError):
            self.write(liw, "x", actor=PARTICIPANT)
        with pytest.raises(ValueError, match="too long"):
            self.write(liw, "x" * (LONGEST_TEXT + 1))

    def test_two_versions_give_an_explained_difference(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=100)
        first = make(liw).facts
        assert explain_difference(first, make(liw).facts, "pl") == [typeset(say("documents.difference.same", "pl"))]
        with liw.write() as connection:
            connection.execute(delete(s.wave))
            connection.execute(s.problem.update().values(problem_code="P505", status_code="solved"))
        answer(liw, (60, 70, 30, 20), people=140, slug="p26", again=True)
        self.write(liw, "Wnioski")
        said = "\n".join(explain_difference(first, make(liw).facts, "pl")).replace("\u00a0", " ")
        assert "100 → 140" in said
        assert "Samotność seniorów → Samotność w innych grupach" in said
        assert "Potwierdzony → Rozwiązany" in said
        assert "Wnioski partnerstwa" in said
        assert "Dostęp do lekarza: 67 % → 100 %" in said

    def test_own_words_money_and_what_is_gone_are_told_too(self, liw: Store):
        self.write(liw, "Wnioski")
        first = json.loads(json.dumps(make(liw).facts))
        self.write(liw, "Inne wnioski")
        later = make(liw).facts
        assert explain_difference(first, later, "pl") == [
            typeset(say("documents.difference.own_changed", "pl", names="Wnioski partnerstwa"))
        ]
        rows = {"F1": ["Budżet gminy", "shown", 1000.0], "F2": ["Sponsoring", "shown", 500.0]}
        first["figures"]["money"] = {"caption": "Pieniądze", "unit": "pln", "rows": rows}
        facts = json.loads(json.dumps(later))
        facts["figures"]["money"] = first["figures"]["money"] | {"rows": {"F1": ["Budżet gminy", "shown", 25000.0]}}
        said = "\n".join(explain_difference(first, facts, "pl")).replace("\u00a0", " ")
        assert "Budżet gminy: 1 000 zł → 25 000 zł" in said
        assert "Sponsoring: nie ma już" in said

    def test_answers_read_anew_meetings_and_official_figures_are_named_as_causes(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=100)
        first = json.loads(json.dumps(make(liw).facts))
        first["figures"]["p26/problems"]["rows"]["P405"][2] = 0.9
        hold_meeting(liw)
        facts = make(liw).facts
        facts["official"] = {"I01": ["Bezrobocie", 2025, "4.8"]}
        said = explain_difference(first, facts, "pl")
        assert "osób jest tyle samo" in said[0]
        assert "1\u00a0wskaźnik urzędowy: Bezrobocie" in said[1]
        assert "Przegląd diagnozy" in said[2]
        older = {key: value for key, value in facts.items() if key not in {"official", "meetings", "own_marks"}}
        assert explain_difference(older, facts, "pl") == [typeset(say("documents.difference.same", "pl"))]

    def test_a_few_new_answers_are_not_told_by_their_difference(self, liw: Store):
        answer(liw, (60, 40, 30, 20), people=100)
        first = make(liw).facts
        with liw.write() as connection:
            connection.execute(delete(s.wave))
        answer(liw, (63, 40, 30, 20), people=103, again=True)
        said = explain_difference(first, make(liw).facts, "pl")
        assert len(said) == 1
        assert "mniej niż 10" in said[0]

    def test_changed_rules_are_told(self, liw: Store):
        facts = make(liw).facts
        older = json.loads(json.dumps(facts))
        older["rules"]["min_base"] = 5
        assert "reguła" in explain_difference(older, facts, "pl")[0]

    def test_versions_are_kept_the_newest_first(self, liw: Store):
        scope = self.scope(liw)
        for number in range(22):
            with liw.write() as connection:
                keep_version(
                    connection, COORDINATOR, scope, "liw",
                    kind="full", language="pl", facts={"number": number}, now=NOW,
                )  # fmt: skip
        with liw.read() as connection:
            kept = list_versions(connection, scope, "liw", "full", "pl")
        assert [version.facts["number"] for version in kept] == list(range(21, 1, -1))
