"""Questions that a tool spreads over several columns: ticks, rankings, and the words beside "inne"."""

import pytest

from etl.answers import count_choices
from etl.importing import ColumnDecision, Decisions
from etl.mapping.survey import map_survey
from etl.recognise.layout import ColumnLayout, SetAside, Spread
from etl.recognise.recognition import Recognition
from surveys.findings import FaultError
from surveys.model import QuestionType
from tests.made.raw_sheets import make_book, make_sheet

SPORT, CHOIR, WITH_COMMA = "Zajęcia sportowe", "Chór", "Spacery, wycieczki; rowery"


def map_rows(rows, *layout, decisions=None, **recognised):
    sheet = make_sheet(*rows)
    recognition = Recognition("trial", 1.0, (), sheet=sheet.name, header_row=1, layout=tuple(layout), **recognised)
    return map_survey(make_book(sheet), recognition, decisions or Decisions(partnership="liw"))


def read_one(rows, *layout, **more):
    mapped = map_rows(rows, *layout, **more)
    (answers,) = mapped.survey.answers
    counts = {
        choice.label_pl: count
        for choice, count in zip(answers.question.choices, count_choices(answers).tolist(), strict=True)
    }
    return mapped, answers, counts


TICKS = ColumnLayout((0, 1, 2), "W czym chce Pan brać udział?", spread=Spread.FLAGS, options=(SPORT, CHOIR, WITH_COMMA))


@pytest.mark.parametrize(
    ("ticked", "unticked"),
    [
        (1, 0),
        ("1", "0"),
        (True, False),
        ("Tak", "Nie"),
        ("Y", None),
        ("x", ""),
        ("✓", None),
        ("Yes", "N/A"),
        (1.0, 0.0),
    ],
)
def test_ticks_in_columns_are_one_question(ticked, unticked):
    rows = [("a", "b", "c"), (ticked, unticked, ticked), (ticked, unticked, unticked), (unticked, unticked, ticked)]
    mapped, answers, counts = read_one(rows, TICKS)
    assert answers.question.type is QuestionType.MULTIPLE
    assert answers.question.text_pl == "W czym chce Pan brać udział?"
    assert counts == {SPORT: 2, CHOIR: 0, WITH_COMMA: 2}
    assert mapped.sheet.columns[0].columns == (0, 1, 2)


def test_no_under_an_option_called_no_is_no_tick():
    layout = ColumnLayout((0, 1), "Czy dostał Pan wsparcie?", spread=Spread.FLAGS, options=("Tak, teraz", "Nie"))
    _, _, counts = read_one([("a", "b"), ("Tak", "Nie"), ("Nie", "Tak"), ("Tak", "Nie")], layout)
    assert counts == {"Tak, teraz": 2, "Nie": 1}


def test_nobodys_tick_is_no_answer_and_the_base_leaves_them_out():
    rows = [("a", "b", "c"), (1, 0, 0), (0, 0, 0), (None, None, None), (0, 1, 0)]
    _, answers, counts = read_one(rows, TICKS)
    assert counts == {SPORT: 1, CHOIR: 1, WITH_COMMA: 0}
    assert len(answers.find_people_with_valid_answer()) == 2


def test_cells_with_the_options_own_text_tell_what_the_headers_do_not():
    layout = ColumnLayout((0, 1), "Co tu działa?", spread=Spread.LABELS)
    rows = [
        ("5. Co tu działa?", None),
        ("Biblioteka, świetlica", None),
        (None, "Szkoła"),
        ("Biblioteka, świetlica", "Szkoła"),
    ]
    _, _, counts = read_one(rows, layout)
    assert counts == {"Biblioteka, świetlica": 2, "Szkoła": 2}


def test_what_is_neither_a_tick_nor_its_absence_is_said():
    rows = [("a", "b", "c"), (1, "może", 0), (0, 1, 0)]
    mapped, _, counts = read_one(rows, TICKS)
    (finding,) = (one for one in mapped.report if one.code == "SURVEY-TICK-UNREAD")
    assert (finding.place.column, finding.facts["count"]) == ("B", 1)
    assert counts == {SPORT: 1, CHOIR: 1, WITH_COMMA: 0}
    assert "może" not in finding.message("pl")


def test_words_beside_other_are_kept_and_count_as_other():
    layout = ColumnLayout((0, 1), "Gdzie?", spread=Spread.FLAGS, options=("W szkole", "Inne"), other=2)
    rows = [("a", "b", "c"), (1, 0, None), (0, 1, "w remizie"), (1, 0, "na boisku"), (0, 1, None)]
    _, answers, counts = read_one(rows, layout)
    assert counts == {"W szkole": 2, "Inne": 3}
    assert answers.texts == ("w remizie", "na boisku")


def test_one_choice_with_the_words_beside_other_in_another_column():
    layout = ColumnLayout((0,), "Skąd?", kind=QuestionType.SINGLE, other=1, labels={"A1": "Ze wsi", "-oth-": "Inne"})
    rows = [("q", "q[other]"), ("A1", None), ("-oth-", "z osady"), ("A1", None)]
    _, answers, counts = read_one(rows, layout)
    assert answers.question.type is QuestionType.SINGLE
    assert counts == {"Ze wsi": 2, "Inne": 1}
    assert answers.texts == ("z osady",)


def test_branches_are_read_as_one_column():
    answered = [("Dobrze", None), (None, "Źle"), (None, "Dobrze"), ("Średnio", None), (None, None), (None, "Źle")]
    rows = [("a", "b"), *answered]
    layout = ColumnLayout((0, 1), "Jak się tu żyje?", spread=Spread.BRANCHES)
    mapped, answers, counts = read_one(rows, layout)
    assert counts == {"Bardzo dobrze": 0, "Dobrze": 2, "Średnio": 1, "Źle": 2, "Bardzo źle": 0}
    assert answers.question.type is QuestionType.SCALE
    assert [column.columns for column in mapped.sheet.columns] == [(0, 1)]


def test_places_of_a_ranking_are_kept():
    by_option = ColumnLayout((0, 1, 2), "Co najpierw?", spread=Spread.RANKS, options=("Droga", "Park", "Dom kultury"))
    by_place = ColumnLayout((0, 1, 2), "Co najpierw?", spread=Spread.PLACES)
    first = read_one([("a", "b", "c"), (2, 1, 3), (1, None, 2)], by_option)[1]
    second = read_one([("1", "2", "3"), ("Park", "Droga", "Dom kultury"), ("Droga", "Dom kultury", None)], by_place)[1]
    for answers in (first, second):
        assert answers.question.type is QuestionType.RANKING
        labels = [choice.label_pl for choice in answers.question.choices]
        placed = {
            (person, labels[choice], rank)
            for person, choice, rank in zip(
                answers.people.tolist(), answers.choices.tolist(), answers.numbers.tolist(), strict=True
            )
        }
        assert placed == {
            (0, "Park", 1.0), (0, "Droga", 2.0), (0, "Dom kultury", 3.0), (1, "Droga", 1.0), (1, "Dom kultury", 2.0),
        }  # fmt: skip


def test_codes_get_their_labels_and_missing_its_kind():
    layout = ColumnLayout(
        (0,),
        "Ocena",
        kind=QuestionType.SINGLE,
        labels={"1": "Dobra", "2": "Zła", "3": "Żadna"},
        missing={"97": "refused", "99": "blank"},
    )
    _, answers, counts = read_one([("o",), (1,), (1,), (2,), (97,), (99,)], layout)
    assert counts == {"Dobra": 2, "Zła": 1, "Żadna": 0, "Odmowa odpowiedzi": 1}
    assert len(answers.find_people_with_valid_answer()) == 3


def test_a_grids_stem_comes_from_the_source():
    layout = [
        ColumnLayout((position,), row, stem="Jak ocenia Pani dostępność:")
        for position, row in enumerate(("lekarza", "autobusu"))
    ]
    mapped = map_rows([("q1", "q2"), ("dobrze", "źle"), ("źle", "dobrze")], *layout)
    assert [(one.question.battery, one.question.text_pl) for one in mapped.survey.answers] == [
        ("Jak ocenia Pani dostępność:", "lekarza"), ("Jak ocenia Pani dostępność:", "autobusu"),
    ]  # fmt: skip


def test_metadata_and_weights_are_no_questions():
    mapped = map_rows(
        [("nr", "waga", "q"), ("a1", 0.5, "Tak"), ("a2", 1.5, "Nie")],
        ColumnLayout((0,), role="metadata"),
        ColumnLayout((1,), role="weight"),
    )
    assert [column.role for column in mapped.sheet.columns] == ["metadata", "weight", "question"]
    assert len(mapped.survey.answers) == 1


def test_unfinished_rows_are_set_aside_unless_a_person_keeps_them():
    rows = [("q",), ("Tak",), ("Nie",), ("Tak",)]
    aside = (SetAside("SURVEY-ROWS-INCOMPLETE", (3,)),)
    mapped = map_rows(rows, set_aside=aside)
    assert (mapped.rows_read, mapped.rows_rejected, mapped.survey.people_count) == (3, 1, 2)
    (finding,) = (one for one in mapped.report if one.code == "SURVEY-ROWS-INCOMPLETE")
    assert (finding.place.row, finding.facts["count"]) == (3, 1)
    kept = map_rows(rows, set_aside=aside, decisions=Decisions(partnership="liw", keep_unfinished=True))
    assert kept.survey.people_count == 3


def test_two_rows_of_headers_are_no_respondents():
    mapped = map_rows([("q", None), ("Response", "x"), ("Tak", None), ("Nie", None)], first_row=3)
    assert mapped.survey.source_rows == [3, 4]


def test_a_person_may_leave_a_spread_question_out():
    rows = [("a", "b", "c", "d"), (1, 0, 0, "Tak"), (0, 1, 0, "Nie")]
    mapped = map_rows(rows, TICKS, decisions=Decisions(partnership="liw", columns={0: ColumnDecision(ignore=True)}))
    assert [answers.question.text_pl for answers in mapped.survey.answers] == ["d"]


def test_a_table_without_anybody_stops():
    with pytest.raises(FaultError):
        map_rows([("a", "b", "c")], TICKS)
