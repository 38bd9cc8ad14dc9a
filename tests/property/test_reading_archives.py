"""Archives and SPSS files, whole or mutated: cells come back, or a finding does, and the program lives."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.importing import Incoming
from etl.readers.child import read_book
from etl.readers.child_table import ChildFault
from etl.readers.limits import STANDARD_LIMITS
from etl.readers.opening import open_book
from surveys.findings import FaultError
from tests.made.bad_archives import TABLE, zip_of
from tests.made.spss_files import write_survey

LIMITS = STANDARD_LIMITS.to_json()
SPSS = (write_survey(), write_survey(zlib=True))
NAMES = st.text("aAłŁ/\\.: ~$_1", min_size=1, max_size=12)
SUFFIXES = st.sampled_from([".csv", ".xlsx", ".sav", ".zip", ".lss", "", ".CSV"])
CONTENTS = st.sampled_from([TABLE.encode(), b"", b"a;b\n1;2\n", b"\x00" * 40, zip_of(("a.csv", TABLE))]) | st.binary(
    max_size=60
)


def spoil(content, spots):
    spoiled = bytearray(content)
    for at, byte in spots:
        spoiled[at % len(spoiled)] = byte
    return bytes(spoiled)


@given(
    st.lists(st.tuples(NAMES, SUFFIXES, CONTENTS), max_size=4),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=3),
)
def test_any_archive_gives_sheets_or_a_finding(members, spots):
    content = zip_of(*((name + suffix, content) for name, suffix, content in members))
    sheets, refused = [], ""
    try:
        sheets = read_book("packed", spoil(content, spots), LIMITS).sheets
    except ChildFault as fault:
        refused = fault.code
    names = [sheet.name for sheet in sheets]
    assert len(set(names)) == len(names)
    assert all(sheet.member is not None for sheet in sheets)
    assert bool(names) != refused.startswith("FILE-")


@given(st.lists(st.text("abcłż ", min_size=1, max_size=8), min_size=1, max_size=5, unique_by=str.casefold))
def test_every_table_of_an_archive_is_a_sheet(stems):
    members = [(f"{number}-{stem}.csv", f"a;b\n{number};{stem}\n") for number, stem in enumerate(stems)]
    book = read_book("packed", zip_of(*members), LIMITS)
    assert [sheet.member for sheet in book.sheets] == [name for name, _ in members]
    assert [next(sheet.table.columns())[0] for sheet in book.sheets] == [["a", str(at)] for at in range(len(stems))]


@settings(max_examples=30)
@given(
    st.sampled_from(SPSS),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 400),
)
@example(SPSS[0], [(80, 255), (81, 255), (82, 255), (83, 127)], 0)
@example(SPSS[0], [(68, 255), (69, 255), (70, 255), (71, 127)], 0)
def test_a_spoiled_statistics_file_is_read_or_refused_in_words(content, spots, cut):
    # In a child process: some of these files kill whoever reads them.
    spoiled = spoil(content, spots)[: len(content) - cut]
    try:
        found = list(open_book(Incoming("a.sav", spoiled)).report)
    except FaultError as fault:
        found = list(fault.report)
        assert found
    assert all(finding.message("pl") and finding.remedy("en") for finding in found)


@given(st.binary(max_size=300))
def test_any_bytes_with_the_start_of_a_zip_are_refused_in_words(content):
    with pytest.raises(ChildFault) as refused:
        read_book("packed", b"PK\x03\x04" + content, LIMITS)
    assert refused.value.code == "FILE-BROKEN"
