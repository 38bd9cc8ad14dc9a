"""The try-out files of the sample data, loaded by somebody who has just made the first account."""

from pathlib import Path

from etl.importing import Decisions, Incoming
from etl.pipeline import import_file, preview_file
from etl.sample.files import write_sample_files
from etl.sample.loading import load_sample
from etl.store.engine import Store
from etl.store.reading import resolve_scope
from surveys.findings import Severity
from tests.made.importing import boris, coordinator, make_account


def test_a_new_account_tries_the_card_and_then_the_survey(sqlite_store: Store, tmp_path: Path) -> None:
    card, survey = sorted(write_sample_files(tmp_path), key=lambda path: path.suffix, reverse=True)
    load_sample(sqlite_store)
    user_id = make_account(sqlite_store, "barbara")
    incoming = Incoming(card.name, card.read_bytes())

    told = preview_file(incoming, store=sqlite_store, actor=boris(user_id), decisions=Decisions())
    assert "SAMPLE-CARD" in [finding.code for finding in told.report]
    assert [finding.code for finding in told.report if finding.severity is not Severity.INFO] == ["SAMPLE-CARD"]
    assert told.changes["partnership"] == (1, 0, 0)

    import_file(incoming, store=sqlite_store, actor=boris(user_id), decisions=Decisions())
    owner = coordinator("krasnosielc", user_id)
    with sqlite_store.read() as connection:
        assert resolve_scope(connection, owner, sample=False).slugs == ("krasnosielc",)
        assert "krasnosielc" not in resolve_scope(connection, owner, sample=True).slugs

    answers = import_file(
        Incoming(survey.name, survey.read_bytes()),
        store=sqlite_store,
        actor=owner,
        decisions=Decisions(partnership="krasnosielc", wave="Ankieta 2026"),
    )
    assert answers.batch is not None
    assert answers.rows_stored == answers.rows_read > 0
