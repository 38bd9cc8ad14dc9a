"""One kind of question across partnerships: kept counts, the newest measurement of each, like with like."""

import pandas as pd
import pytest
from sqlalchemy import event, func, select

from etl.sample.loading import load_sample
from etl.store import schema as s
from etl.store.reading import Scope, read_asked_vocabularies, read_place_shares, read_survey_counts, resolve_scope
from etl.store.schema_operations import import_batch
from etl.store.scope import Actor
from surveys.analysis.place_kinds import PlaceKind, find_place_kind
from surveys.analysis.place_series import add_series, build_matrix, list_series, pick_newest, pick_newest_two
from surveys.vocabulary import load


@pytest.fixture
def sample(sqlite_store):
    load_sample(sqlite_store)
    return sqlite_store


def read(store, only=None):
    with store.read() as connection:
        scope = resolve_scope(connection, Actor.anonymous(), sample=True)
        if only is not None:
            scope = Scope(tuple(ref for ref in scope.partnerships if ref.slug in only), sample=True)
        return read_place_shares(connection, scope, "problems"), read_survey_counts(connection, scope)


def test_the_counts_are_those_of_each_measurement_by_itself(sample):
    places, counts = read(sample)
    newest = pick_newest(add_series(places.questions))
    matrix = build_matrix(newest, places.options, places.counts)
    assert list(newest["partnership"]) == sorted(set(counts.waves["partnership"]))
    for row, question in enumerate(newest.itertuples()):
        mine = counts.choices[
            (counts.choices["partnership"] == question.partnership)
            & (counts.choices["wave"] == question.wave)
            & (counts.choices["question"] == question.question)
            & counts.choices["missing_kind"].isna()
        ]
        assert dict(zip(matrix.codes, matrix.people[row].tolist(), strict=True)) == dict(
            zip(mine["code"], mine["people"], strict=True)
        )
        assert matrix.offered[row].all()
        assert matrix.bases[row] == question.base <= question.people
    assert set(matrix.codes) - {"other"} <= set(load().problems)


def test_no_partnership_outside_the_scope_is_read(sample):
    places, _ = read(sample, only={"liw", "pionki"})
    assert set(places.questions["partnership"]) == set(places.territory["partnership"]) == {"liw", "pionki"}
    nothing, _ = read(sample, only=set())
    assert nothing.questions.empty
    assert nothing.counts.empty
    assert list_series(add_series(nothing.questions)) == ()
    with sample.read() as connection:
        everything = resolve_scope(connection, Actor.anonymous(), sample=True)
        assert read_asked_vocabularies(connection, everything) == {"problems", "target_groups", "themes", "sectors"}
        assert read_asked_vocabularies(connection, Scope((), sample=True)) == frozenset()


def test_people_are_kept_and_no_answer_is_read(sample):
    statements = []
    reader = sample._reader  # the store's own connections for reading
    event.listen(reader, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    places, counts = read(sample)
    asking = set(zip(places.questions["partnership"], places.questions["wave"], strict=True))
    assert len(statements) > 6
    for statement in statements:
        assert not {"response", "answer", "open_answer"} & set(statement.replace(",", " ").replace(".", " ").split())
    with sample.read() as connection:
        stored = dict(
            connection.execute(
                select(import_batch.c.uid, func.count())
                .join_from(s.response, import_batch, import_batch.c.id == s.response.c.batch_id)
                .group_by(import_batch.c.uid)
            ).all()
        )
    assert dict(zip(counts.origins["batch"], counts.origins["rows"], strict=True)) == stored
    origins = counts.origins
    asked = [pair in asking for pair in zip(origins["partnership"], origins["wave"], strict=True)]
    assert places.questions["people"].sum() == sum(stored[batch] for batch in origins[asked]["batch"])


def frame(*rows):
    columns = ("measured", "asked", "partnership", "wave", "opened_on", "closed_on", "battery", "text_pl", "text_en")
    nobody_said = {"base": 50, "question": "q", "population": None}
    made = pd.DataFrame([dict(zip(columns, row, strict=True)) | nobody_said for row in rows])
    for name in ("opened_on", "closed_on"):
        made[name] = pd.to_datetime(made[name])
    return made


SAME = ("", "Co najbardziej doskwiera?", "What hurts most?")
QUESTIONS = (
    (0, 7, "liw", "stary", "2021-03-01", "2021-04-01", *SAME),
    (1, 7, "liw", "nowy", "2024-03-01", None, *SAME),
    (2, 7, "liw", "bez-daty", None, None, *SAME),
    (3, 8, "pionki", "jedyny", None, "2023-05-01", "", "co najbardziej doskwiera", ""),
    (4, 9, "liw", "mlodzi", "2026-01-01", None, "", "Co przeszkadza młodym?", ""),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_the_newest_measurement_of_a_series_whatever_the_order_of_rows(order):
    questions = add_series(frame(*(QUESTIONS[place] for place in order)))
    first, second = list_series(questions)
    assert (first.text_pl, first.text_en, first.places_count) == ("Co najbardziej doskwiera?", "What hurts most?", 2)
    assert (second.text_pl, second.places_count) == ("Co przeszkadza młodym?", 1)
    mine = questions[questions["series"] == first.key]
    assert list(pick_newest(mine)["wave"]) == ["nowy", "jedyny"]
    assert [(one["wave"], two["wave"]) for one, two in pick_newest_two(mine)] == [("stary", "nowy")]


def test_an_option_that_was_not_offered_is_told_from_one_that_nobody_chose():
    options = pd.DataFrame(
        [
            (7, 0, "P101", None),
            (7, 1, "P102", None),
            (7, 2, "dont_know", "dont_know"),
            (8, 0, "P102", None),
        ],
        columns=["asked", "position", "code", "missing_kind"],
    )
    counts = pd.DataFrame([(1, "P101", 9), (1, "dont_know", 4), (3, "P102", 5)], columns=["measured", "code", "people"])
    newest = pick_newest(add_series(frame(*QUESTIONS[:4])))
    matrix = build_matrix(newest, options, counts)
    assert matrix.codes == ("P101", "P102")
    assert matrix.people.tolist() == [[9, 0], [0, 5]]
    assert matrix.offered.tolist() == [[True, True], [False, True]]


@pytest.mark.parametrize(
    ("territory", "kind"),
    [
        ([("1465058", "")], PlaceKind.DISTRICT),
        ([("1465108", "Powiśle")], PlaceKind.DISTRICT),
        ([("1438011", "")], PlaceKind.URBAN),
        ([("1438011", "Osada Fabryczna")], PlaceKind.DISTRICT),
        ([("1465", "")], PlaceKind.URBAN),
        ([("1415083", "")], PlaceKind.URBAN_RURAL),
        ([("1415084", "")], PlaceKind.URBAN_RURAL),
        ([("1418043", "Dolina Jeziorki")], PlaceKind.VILLAGE),
        ([("1433042", "")], PlaceKind.RURAL),
        ([("1433", "")], PlaceKind.POWIAT),
        ([("14", "")], PlaceKind.POWIAT),
        ([("1433042", ""), ("1411042", "")], PlaceKind.RURAL),
        ([("1433042", ""), ("1438011", "")], PlaceKind.MIXED),
        ([], PlaceKind.UNKNOWN),
        ([("nie wiem", "")], PlaceKind.UNKNOWN),
    ],
)
def test_kinds_of_places(territory, kind):
    assert find_place_kind(territory) is kind
    assert find_place_kind(reversed(territory)) is kind
    assert kind.label("pl") != kind.label("en")


def test_what_partners_were_asked_is_no_newer_measurement_of_residents():
    questions = frame(*QUESTIONS[:2], (5, 7, "liw", "partnerzy", "2026-01-01", None, *SAME))
    questions["population"] = ["residents", None, "partners"]
    series = list_series(add_series(questions))
    assert [(one.people.value, one.places_count) for one in series] == [("partners", 1), ("residents", 1)]
    mine = add_series(questions)
    mine = mine[mine["series"] == series[1].key]
    assert [(one["wave"], two["wave"]) for one, two in pick_newest_two(mine)] == [("stary", "nowy")]
