"""What the store holds of a wave, in the words of the known survey, and how it differs from the truth."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from etl.importing import ImportResult
from etl.store import schema as s
from etl.store.engine import Store
from surveys.model import QuestionType
from tests.importing_surveys import LIW, codes, load
from tests.made.layouts.tables import Laid, Style
from tests.made.truth import Asked, KnownSurvey, Said

Normal = tuple[Any, ...]
# Type, labels of the options in their order, answers by person.
Stored = tuple[str, tuple[str, ...], list[Normal]]
Columns = dict[tuple[str, str], list[Stored]]


def import_laid(
    store: Store,
    laid: Laid,
    style: Style | None = None,
    *,
    file: tuple[str, bytes] | None = None,
    wave: str = LIW.wave or "",
) -> ImportResult:
    """Import a laid-out survey and say that nothing of it is lost: every row, every answer, every reason.

    Args:
        store: with the partnership in it.
        laid: the survey as a source lays it out.
        style: of the file, ``None`` for the source's own.
        file: name and content, where the layout alone does not make them.
        wave: name of the measurement it goes to.
    """
    name, content = file or laid.write(style)
    result = load(store, content, replace(LIW, wave=wave), name=name)
    people = len(laid.tells.answers)
    assert not result.report.stops, codes(result)
    assert result.source == laid.source, result.source
    counts = (result.rows_read, result.rows_stored, result.rows_rejected, result.rows_known)
    assert counts == (people + laid.rejected, people, laid.rejected, 0), counts
    assert laid.says <= set(codes(result)), codes(result)
    differences = describe_differences(laid.tells, read_columns(store, wave))
    assert not differences, "\n".join(differences)
    return result


def read_columns(store: Store, wave_name: str = LIW.wave or "") -> Columns:
    """Return what the store holds of a wave: by stem and wording, every such question."""
    with store.read() as connection:
        wave = connection.execute(select(s.wave).where(s.wave.c.name == wave_name)).one()
        people = connection.execute(
            select(s.response.c.response_no).where(s.response.c.wave_id == wave.id).order_by(s.response.c.response_no)
        ).scalars()
        places = {number: place for place, number in enumerate(people)}
        questions = connection.execute(
            select(s.question)
            .where(s.question.c.questionnaire_id == wave.questionnaire_id)
            .order_by(s.question.c.position)
        ).all()
        choices = {row.id: row for row in connection.execute(select(s.choice).order_by(s.choice.c.position)).all()}
        answers = connection.execute(select(s.answer).where(s.answer.c.wave_id == wave.id)).all()
        texts = connection.execute(select(s.open_answer).where(s.open_answer.c.wave_id == wave.id)).all()
    given: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in answers:
        given[row.question_id, places[row.response_no]].append(row)
    words = {(row.question_id, places[row.response_no]): row.text for row in texts}
    columns: Columns = {}
    for question in questions:
        cells = [
            _normal_of_rows(question.type, given[question.id, place], words.get((question.id, place), ""), choices)
            for place in range(len(places))
        ]
        labels = tuple(
            choice.label_pl
            for choice in choices.values()
            if choice.question_id == question.id and choice.missing_kind is None
        )
        columns.setdefault((question.battery, question.text_pl), []).append((question.type, labels, cells))
    return columns


def read_counts(store: Store) -> dict[str, dict[str, int]]:
    """Return how many people chose each option, by header and label; options that nobody chose are left out."""
    asked = select(
        s.question.c.text_pl, s.question.c.battery, s.choice.c.label_pl, s.choice_count.c.people_count
    ).join_from(s.choice_count, s.question, s.question.c.id == s.choice_count.c.question_id)
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with store.read() as connection:
        for text, stem, label, count in connection.execute(
            asked.join(s.choice, s.choice.c.id == s.choice_count.c.choice_id).where(
                s.choice_count.c.profile_choice_id == 0, s.choice_count.c.people_count > 0
            )
        ):
            counts[f"{stem} [{text}]" if stem else text][label] = count
    return dict(counts)


def normalise(one: Asked, said: Said) -> Normal:
    """Return all that was said; whether words were kept beside "inne" or as an option of their own is the same."""
    if said.missing:
        return ("missing", said.missing)
    if said.number is not None:
        return ("number", round(said.number, 9))
    labels = [label for label in said.labels if not (said.words and label == one.other)]
    return _normal(one.type, labels, said.words)


def describe_differences(truth: KnownSurvey, columns: Columns) -> list[str]:
    """Return every way in which what is stored is not what was said, a few examples a question."""
    found: list[str] = []
    left = {key: list(stored) for key, stored in columns.items()}
    for place, one in enumerate(truth.asked):
        if not left.get(one.key):
            found.append(f"{one.key} is not there; there are {[key for key, stored in left.items() if stored]}")
            continue
        kind, labels, stored = left[one.key].pop(0)
        wanted = [normalise(one, said) for said in truth.column(place)]
        # Where nobody ticked two, one tick a person is all that can be seen.
        seen = {one.type.value, *(("single",) if all(len(said) < 2 for said in wanted) else ())}
        if kind not in seen and any(said != () for said in wanted):
            found.append(f"{one.key} is read as {kind}, not {one.type.value}")
        if kind == QuestionType.SCALE and [label for label in labels if label in one.options] != [
            option for option in one.options if option in labels
        ]:
            found.append(f"{one.key} has its points in the order {labels}")
        found += [
            f"{one.key}, person {person}: said {said}, stored {kept}"
            for person, (said, kept) in enumerate(zip(wanted, stored, strict=True))
            if said != kept
        ][:3]
    return found + [f"{key} was never asked" for key, stored in left.items() if stored]


def _normal_of_rows(kind: str, rows: Sequence[Any], words: str, choices: dict[int, Any]) -> Normal:
    chosen = [(row.number or 0, choices[row.choice_id]) for row in rows if row.choice_id]
    missing = {choice.missing_kind for _, choice in chosen if choice.missing_kind}
    if missing and len(chosen) == 1 and not words:
        return ("missing", missing.pop())
    if rows and not chosen:
        return ("number", round(rows[0].number, 9))
    ordered = sorted(chosen, key=lambda pair: pair[0]) if kind == "ranking" else chosen
    labels = [choice.label_pl for _, choice in ordered if not (choice.is_other and words)]
    return _normal(QuestionType(kind), labels, words)


def _normal(kind: QuestionType, labels: Sequence[str], words: str) -> Normal:
    if kind is QuestionType.RANKING:
        return tuple(labels)
    return tuple(sorted({*labels, *([" ".join(words.split())] if words else [])}))
