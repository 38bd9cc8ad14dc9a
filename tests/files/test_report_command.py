"""``diagnoza report``: every shape and every kind of file by a command."""

from pathlib import Path

from dashboard.documents.kinds import PARTS, Kind
from dashboard.documents.making import FORMATS
from dashboard.texts import texts
from etl.commands.arguments import REPORT_FORMATS, REPORT_KINDS
from etl.store.engine import open_store
from tests.command_line import Diagnoza
from tests.made.registers import make_register
from tests.page_visits import load_registers


def test_the_command_line_knows_every_shape_and_format():
    assert set(REPORT_KINDS) == {kind.value for kind in Kind}
    assert set(REPORT_FORMATS) == set(FORMATS)
    for kind in Kind:
        for part in PARTS[kind]:
            assert f"documents.chapter.{part.key}" in texts()
            assert not part.asks or any(f"documents.hint.{key}" in texts() for key in (part.key, f"basis_{kind.value}"))


def test_the_command_line_makes_a_document(diagnoza: Diagnoza, tmp_path: Path):
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'diagnoza.sqlite3'}")
    load_registers(make_register())(store)
    store.close()
    out = tmp_path / "diagnoza.html"
    ran = diagnoza("report", "--partnership", "liw", "--format", "html", "--kind", "brief", out, "--json")
    assert (ran.code, ran.json["kind"]) == (0, "brief")
    assert "Diagnoza w\u00a0pigułce – Liw" in out.read_text(encoding="utf-8")
    assert diagnoza("report", "--partnership", "liw", "--format", "html", out).code == 1
    assert diagnoza("report", "--partnership", "nigdzie", "--format", "html", tmp_path / "x.html").code == 1
    assert diagnoza("report", "--partnership", "liw", "--format", "pdf", tmp_path / "x.pdf").code == 2
