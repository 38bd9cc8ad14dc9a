"""Problem trees as rows of a table: there and back unchanged, and every slip told by the name of its row."""

import pandas as pd
import pytest

from dashboard.thread_story.tree_rows import read_rows, write_rows
from surveys.language.texts import LANGUAGES
from surveys.model import TreeNode
from tests.made.registers import make_register

PROBLEMS = {"p1": "Samotność", "p2": "Smog"}
NODES = (
    TreeNode("bus", "Brak autobusu", "cause", ("p1", "p2"), ("cars",)),
    TreeNode("cars", "Wszyscy mają auta", "cause"),
    TreeNode("gloom", "Apatia", "effect", ("p1",)),
)


def rows_of(nodes=NODES, language="pl"):
    return write_rows(nodes, PROBLEMS, language).to_dict("records")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read(language):
    edited = read_rows(rows_of(language=language), PROBLEMS, language)
    assert edited.nodes == NODES
    assert not len(edited.report)


def test_a_new_row_gets_an_identity_and_may_be_named_before_its_row_comes():
    new = {"uid": None, "name": "  Mało   pasażerów ", "kind": "Przyczyna", "problems": None, "results_from": None}
    rows = rows_of()
    rows[0]["results_from"] = ["mało pasażerów"]
    edited = read_rows([*rows, new], PROBLEMS, "pl")
    assert edited.nodes[3].name == "Mało pasażerów"
    assert edited.nodes[0].results_from == (edited.nodes[3].uid,)
    assert len(edited.nodes[3].uid) == 12


def test_a_renamed_row_is_still_found_under_its_former_name():
    rows = rows_of()
    rows[1]["name"] = "Prawie każdy ma auto"  # the bus still says it results from "Wszyscy mają auta"
    edited = read_rows(rows, PROBLEMS, "pl", NODES)
    assert not len(edited.report)
    assert edited.nodes[0].results_from == ("cars",)
    assert not read_rows([rows[0], rows[2]], PROBLEMS, "pl", NODES).nodes[0].results_from  # its row is gone
    assert "TREE-NAME-UNKNOWN" in {one.code for one in read_rows([rows[0], rows[2]], PROBLEMS, "pl", NODES).report}


def test_an_empty_row_is_no_row():
    empty = {"uid": None, "name": None, "kind": None, "problems": [], "results_from": float("nan")}
    assert read_rows([*rows_of(), empty], PROBLEMS, "pl").nodes == NODES


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "TREE-ROW-WITHOUT-NAME"),
        ({"name": "apatia"}, "TREE-NAME-TWICE"),
        ({"results_from": ["Nic takiego"]}, "TREE-NAME-UNKNOWN"),
        ({"problems": ["Nic takiego"]}, "TREE-PROBLEM-UNKNOWN"),
        ({"results_from": ["Apatia"]}, "TREE-SIDES-MIXED"),
    ],
)
def test_a_slip_is_told_and_nothing_of_it_may_be_saved(change, code):
    rows = rows_of()
    rows[1] |= change
    if code == "TREE-ROW-WITHOUT-NAME":
        rows[0]["results_from"] = []
    report = read_rows(rows, PROBLEMS, "pl").report
    assert code in {finding.code for finding in report}
    assert report.stops
    for finding in report:
        assert finding.message("pl")
        assert finding.remedy("en")


def test_a_table_without_rows_is_an_empty_tree():
    empty = write_rows((), PROBLEMS, "pl")
    assert isinstance(empty, pd.DataFrame)
    assert read_rows(empty.to_dict("records"), PROBLEMS, "pl").nodes == ()


def test_the_register_of_the_tests_comes_back_too():
    register = make_register()
    problems = {one.uid: one.name for one in register.problems}
    assert read_rows(write_rows(register.tree_nodes, problems, "pl").to_dict("records"), problems, "pl").nodes == (
        register.tree_nodes
    )
