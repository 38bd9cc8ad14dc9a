"""Files between upload and import."""

from datetime import UTC, datetime, timedelta

import pytest

from etl.importing import Incoming
from etl.store import job_files, uploads
from surveys.findings import FaultError

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
ANNA, JAN = "account:anna", "visitor:jan"
FILE = Incoming("ankieta ąę.csv", b"\x00a;b\n\xff")


def test_a_kept_file_comes_back_byte_for_byte(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    assert uploads.read_upload(store, ANNA, uid) == FILE
    assert uploads.drop_upload(store, ANNA, uid)
    assert uploads.read_upload(store, ANNA, uid) is None
    assert not uploads.drop_upload(store, ANNA, uid)


def test_nobody_else_reads_or_drops_it(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    assert uploads.read_upload(store, JAN, uid) is None
    assert not uploads.drop_upload(store, JAN, uid)
    assert uploads.keep_upload(store, JAN, FILE, now=NOW) != uid
    assert uploads.read_upload(store, ANNA, uid) == FILE


def test_the_list_of_waiting_files_is_ones_own_newest_first(store):
    first = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    second = uploads.keep_upload(store, ANNA, Incoming("druga.csv", b"a"), now=NOW + timedelta(seconds=5))
    uploads.keep_upload(store, JAN, FILE, now=NOW)
    assert [(kept.uid, kept.file_name) for kept in uploads.list_uploads(store, ANNA)] == [
        (second, "druga.csv"),
        (first, "ankieta ąę.csv"),
    ]


def test_the_same_file_twice_is_kept_once(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    assert uploads.keep_upload(store, ANNA, FILE, now=NOW) == uid
    assert uploads.keep_upload(store, ANNA, Incoming("inna nazwa.csv", FILE.content), now=NOW) != uid


def test_a_file_is_kept_for_a_day(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    assert uploads.purge_uploads(store, now=NOW + timedelta(hours=24)) == 0
    assert uploads.purge_uploads(store, now=NOW + timedelta(hours=24, seconds=1)) == 1
    assert uploads.read_upload(store, ANNA, uid) is None


def test_what_was_made_of_a_file_is_its_owners_and_goes_with_it(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW)
    assert job_files.keep_job_file(store, ANNA, "job-1", upload=uid, content=b"\x00copy", now=NOW)
    assert job_files.read_job_file(store, ANNA, "job-1") == b"\x00copy"
    assert job_files.read_job_file(store, JAN, "job-1") is None
    assert not job_files.has_job_file(store, JAN, "job-1")
    # A second one takes its place.
    assert job_files.keep_job_file(store, ANNA, "job-2", upload=uid, content=b"again", now=NOW)
    assert not job_files.has_job_file(store, ANNA, "job-1")
    uploads.drop_upload(store, JAN, uid)
    assert job_files.has_job_file(store, ANNA, "job-2")
    uploads.drop_upload(store, ANNA, uid)
    assert not job_files.has_job_file(store, ANNA, "job-2")
    assert not job_files.keep_job_file(store, ANNA, "job-3", upload=uid, content=b"late", now=NOW)
    assert not job_files.has_job_file(store, ANNA, "job-3")


def test_what_was_made_of_a_file_is_kept_for_a_day(store):
    uid = uploads.keep_upload(store, ANNA, FILE, now=NOW + timedelta(hours=2))
    job_files.keep_job_file(store, ANNA, "job-1", upload=uid, content=b"copy", now=NOW)
    uploads.purge_uploads(store, now=NOW + timedelta(hours=24))
    assert job_files.has_job_file(store, ANNA, "job-1")
    uploads.purge_uploads(store, now=NOW + timedelta(hours=24, seconds=1))
    assert not job_files.has_job_file(store, ANNA, "job-1")
    assert uploads.read_upload(store, ANNA, uid) == FILE


def test_one_person_cannot_fill_the_store(store, monkeypatch):
    for number in range(uploads.MOST_FILES):
        uploads.keep_upload(store, ANNA, Incoming(f"{number}.csv", b"a"), now=NOW)
    with pytest.raises(FaultError) as refused:
        uploads.keep_upload(store, ANNA, Incoming("jeszcze jeden.csv", b"a"), now=NOW)
    assert [finding.code for finding in refused.value.report] == ["UPLOADS-TOO-MANY"]
    uploads.keep_upload(store, JAN, FILE, now=NOW)
    # A day later there is room again.
    uploads.keep_upload(store, ANNA, FILE, now=NOW + timedelta(hours=25))


def test_many_bytes_are_refused_like_many_files(sqlite_store, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    uploads.keep_upload(sqlite_store, ANNA, Incoming("a.csv", b"123456"), now=NOW)
    with pytest.raises(FaultError):
        uploads.keep_upload(sqlite_store, ANNA, Incoming("b.csv", b"12345"), now=NOW)
    uploads.keep_upload(sqlite_store, ANNA, Incoming("c.csv", b"1234"), now=NOW)


def test_neither_repr_nor_a_refusal_shows_the_content():
    assert "xff" not in repr(FILE)
