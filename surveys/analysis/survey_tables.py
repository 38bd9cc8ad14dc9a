"""Tables of survey questions from kept counts: one question of one wave, or one option across waves.

Answers of several partnerships are set side by side, never merged into one figure: the samples are separate,
mostly of convenience, and of different size. An opinion about the place ("alcohol is a problem here") says nothing
of the person who gave it, so options named after sensitive problems keep the standard base.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.sampling import describe_fieldwork
from surveys.language.texts import LANGUAGES, Language
from surveys.model import Fieldwork, PopulationKind, SampleKind
from surveys.privacy.disclosure import STANDARD_RULES, DisclosureRules, ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

_EXCLUSIVE_TYPES = frozenset({"single", "scale"})


def tabulate_question(
    question: Row, choices: pd.DataFrame, *, source: Source, rules: DisclosureRules = STANDARD_RULES
) -> PublishedTable:
    """Publish the shares of one question of one wave.

    Args:
        question: a row of ``SurveyCounts.questions``.
        choices: the rows of ``SurveyCounts.choices`` of this question and wave, in the order shown.
        source: where the figures come from.
        rules: thresholds of what may be shown.

    Returns:
        Shares of those who gave a valid answer, largest first for a multiple choice, in the order of the scale
        otherwise. Kinds of missing are not options and are left out.
    """
    return tabulate_options(question, rows_of(choices), source=source, rules=rules)


def tabulate_options(
    question: Row, options: Iterable[Row], *, source: Source, rules: DisclosureRules = STANDARD_RULES
) -> PublishedTable:
    """Do as `tabulate_question` does, from rows: for whoever tabulates hundreds of questions."""
    valid = [row for row in options if not is_known(row["missing_kind"])]
    exclusive = question["type"] in _EXCLUSIVE_TYPES
    ordered = valid if exclusive else sorted(valid, key=lambda row: (-row["people"], row["position"]))
    rows = [
        ShareRow(
            (str(row["code"]),),
            choice_labels(row, question["vocabulary"]),
            int(row["people"]),
            int(question["base"]),
        )
        for row in ordered
    ]
    return publish_shares(rows, dimensions=("choice",), source=source, exclusive=exclusive, rules=rules)


def compare_option(rows: pd.DataFrame, *, dimension: str, labels: dict[str, str], source: Source) -> PublishedTable:
    """Publish one option's share across waves or partnerships, in the order given (never ranked).

    Args:
        rows: columns key (wave or partnership), people, base.
        dimension: name of what the keys are.
        labels: label by key, the same in both languages.
        source: where the figures come from.
    """
    share_rows = [
        ShareRow(
            (str(row["key"]),),
            {language: (labels[str(row["key"])],) for language in LANGUAGES},
            int(row["people"]),
            int(row["base"]),
        )
        for row in rows_of(rows)
    ]
    return publish_shares(share_rows, dimensions=(dimension,), source=source, exclusive=False)


def read_fieldwork(wave: Row) -> Fieldwork:
    """Return whom a measurement asked, from a row of ``SurveyCounts.waves``."""
    counts = [int(wave[name]) if is_known(wave[name]) else None for name in ("population_count", "invited_count")]
    return Fieldwork(
        PopulationKind(wave["population"]) if is_known(wave["population"]) else None,
        str(wave["population_words"]),
        SampleKind(wave["sampling"]) if is_known(wave["sampling"]) else None,
        *counts,
    )


def describe_asked(source: Source, wave: Row, rules: DisclosureRules = STANDARD_RULES) -> Source:
    """Return a source of figures that says whom its measurement asked; its intervals follow from that.

    Args:
        source: where figures of one measurement come from.
        wave: row of ``SurveyCounts.waves``.
        rules: fewer people than their base are not counted aloud.
    """
    fieldwork = read_fieldwork(wave)
    people = int(wave["people"])
    told = people if people >= rules.min_base else None
    return replace(
        source,
        asked={language: describe_fieldwork(fieldwork, told, language) for language in LANGUAGES},
        sampling=fieldwork.sampling,
        population_count=fieldwork.population_count,
    )


def choice_labels(choice: Row, vocabulary: object) -> dict[Language, tuple[str, ...]]:
    """Return an option's labels; an option bound to a code list speaks both languages through it."""
    code = str(choice["code"])
    lists = load()
    bound = {"problems": lists.problems, "target_groups": lists.target_groups}.get(str(vocabulary))
    if bound is not None and code in bound:
        return {language: (bound.label(code, language),) for language in LANGUAGES}
    polish = str(choice["label_pl"])
    return {"pl": (polish,), "en": (str(choice["label_en"] or polish),)}
