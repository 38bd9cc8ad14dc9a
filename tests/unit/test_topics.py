"""Topics asked about twice: found by their words and their scales, in a shipped questionnaire and in any other."""

import pandas as pd
import pytest

from surveys.analysis.topics import find_topics
from surveys.questionnaires import load_questionnaire

IMPORTANCE = ("zupełnie nieważne", "mało ważne", "średnio ważne", "ważne", "bardzo ważne", "trudno powiedzieć")
RATING = ("bardzo dobry", "dobry", "średni", "słaby", "bardzo słaby")


def question(name: str, text: str, labels: tuple[str, ...], kind: str = "scale") -> tuple[dict, pd.DataFrame]:
    rows = [
        {"code": f"o{place}", "label_pl": label, "missing_kind": "dont_know" if label.startswith("trudno") else None}
        for place, label in enumerate(labels)
    ]
    return {"question": name, "text_pl": text, "type": kind}, pd.DataFrame(rows)


def find(*asked: tuple[dict, pd.DataFrame]):
    return find_topics({row["question"]: row for row, _ in asked}, {row["question"]: options for row, options in asked})


def test_the_shipped_questionnaire_asks_of_eight_topics() -> None:
    asked = load_questionnaire("residents", "2026-2")
    found = find(
        *(
            (
                {"question": one.name, "text_pl": one.text_pl, "type": one.type.value},
                pd.DataFrame(
                    [(choice.code, choice.label_pl, choice.missing) for choice in one.choices],
                    columns=["code", "label_pl", "missing_kind"],
                ),
            )
            for one in asked.questions
        )
    )
    assert len(found) == 8
    for topic in found:
        assert topic.rating == topic.importance.replace("importance", "availability")
        assert topic.important == ("very", "important")
        assert topic.good == ("very_good", "good")


def test_the_scale_may_stand_the_other_way_round() -> None:
    (topic,) = find(question("a", "Lekarz", IMPORTANCE), question("b", "LEKARZ ", RATING, "single"))
    assert (topic.importance, topic.rating) == ("a", "b")
    assert topic.important == ("o4", "o3")
    assert topic.good == ("o0", "o1")


@pytest.mark.parametrize(
    "other",
    [
        question("b", "Szkoła", RATING),
        question("b", "Lekarz", ("tak", "nie")),
        question("b", "Lekarz", RATING, "multiple"),
        question("b", "Lekarz", IMPORTANCE),
    ],
    ids=["another thing", "another scale", "several answers", "importance twice"],
)
def test_what_does_not_ask_of_the_same_thing_on_a_scale_is_no_topic(other) -> None:
    assert find(question("a", "Lekarz", IMPORTANCE), other) == ()
