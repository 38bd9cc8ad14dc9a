"""One measurement of one partnership as the results page reads it: its questions in order, options, base and files."""

from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from dashboard.measurement_data import read_weighted
from dashboard.stories.survey_story import question_source
from dashboard.visit import View
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import choice_labels, tabulate_question
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedRow, PublishedTable, Source

EXCLUSIVE = frozenset({"single", "scale"})
CHOICES = EXCLUSIVE | {"multiple", "ranking"}
WEIGHED = EXCLUSIVE | {"multiple"}


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """A measurement and everything that was asked in it.

    Attributes:
        view: what is looked at.
        wave: its row of ``SurveyCounts.waves``.
        questions: rows of ``SurveyCounts.questions``, in the order asked, by name.
        choices: rows of ``SurveyCounts.choices`` of each question, by its name.
        weighted: figures of questions with options are weighted.
    """

    view: View
    wave: Row
    questions: dict[str, Row]
    choices: dict[str, pd.DataFrame]
    weighted: bool = False

    @property
    def partnership(self) -> str:
        """Slug of the partnership."""
        return str(self.wave["partnership"])

    @property
    def slug(self) -> str:
        """Slug of the measurement."""
        return str(self.wave["wave"])

    @property
    def name(self) -> str:
        """Name of the measurement."""
        return str(self.wave["name"])

    @property
    def people(self) -> int:
        """Everybody who took part."""
        return int(self.wave["people"])

    def blocks(self) -> list[list[Row]]:
        """Return the questions in order, those of one battery together."""
        rows = self.questions.values()
        return [list(block) for _, block in groupby(rows, lambda row: row["battery"] or row["question"])]

    def wording(self, name: str) -> str:
        """Return a question as a box or a heading names it: with the stem of its battery."""
        return full_wording(self.questions[name], self.view.language)

    def waves(self) -> tuple[str, ...]:
        """Return what figures of the whole measurement come from."""
        return (f"{self.view.name_of(self.partnership)}: {self.name}",)

    def source(self, question: Row, texts_key: str = "survey.what") -> Source:
        """Return where the figures of a question come from."""
        source = question_source(self.view, question, texts_key=texts_key)
        return replace(source, question={language: full_wording(question, language) for language in LANGUAGES})

    def tabulate(self, question: Row) -> PublishedTable:
        """Publish the shares of one question."""
        if self.weighted and question["type"] in WEIGHED:
            return self._tabulate_weighted(question)
        return tabulate_question(question, self.choices[str(question["question"])], source=self.source(question))

    def tabulate_block(self, block: list[Row]) -> PublishedTable:
        """Publish the shares of every question of a battery: dimensions item and choice."""
        rows = []
        for question in block:
            name = str(question["question"])
            options = self.choices[name]
            for option in rows_of(options[options["missing_kind"].isna()]):
                labels = choice_labels(option, question["vocabulary"])
                item = {language: item_wording(question, language) for language in LANGUAGES}
                rows.append(
                    ShareRow(
                        (name, str(option["code"])),
                        {language: (item[language], *labels[language]) for language in LANGUAGES},
                        int(option["people"]),
                        int(question["base"]),
                    )
                )
        if self.weighted:
            return self._tabulate_weighted_block(block)
        exclusive = all(question["type"] in EXCLUSIVE for question in block)
        source = self.source(block[0])
        stem = {language: stem_wording(block[0], language) for language in LANGUAGES}
        source = replace(source, question=stem)
        return publish_shares(rows, dimensions=("item", "choice"), source=source, exclusive=exclusive)

    def _tabulate_weighted(self, question: Row) -> PublishedTable:
        table = read_weighted(self.view.scope, self.partnership, self.slug, str(question["question"]))
        source = replace(self.source(question, "results.weights.what"), rule=table.source.rule)
        return replace(table, source=source)

    def _tabulate_weighted_block(self, block: list[Row]) -> PublishedTable:
        """Put the questions under each other, each as it was published by itself."""
        rows: list[PublishedRow] = []
        for question in block:
            item = {language: item_wording(question, language) for language in LANGUAGES}
            rows += [
                replace(
                    row,
                    keys=(str(question["question"]), *row.keys),
                    labels={language: (item[language], *row.labels[language]) for language in LANGUAGES},
                )
                for row in self._tabulate_weighted(question).rows
            ]
        first = self._tabulate_weighted(block[0])
        stem = {language: stem_wording(block[0], language) for language in LANGUAGES}
        return replace(
            first, dimensions=("item", *first.dimensions), rows=tuple(rows), source=replace(first.source, question=stem)
        )


def read_measurement(view: View, partnership: str, wave: str) -> Measurement:
    """Return a measurement in sight of a view.

    Raises:
        LookupError: there is none of this name.
    """
    surveys = view.surveys
    found = rows_of(_only(surveys.waves, partnership, wave))
    if not found:
        raise LookupError("no such measurement here")
    options = {str(name): frame for name, frame in _only(surveys.choices, partnership, wave).groupby("question")}
    none = surveys.choices.iloc[:0]
    questions = {str(row["question"]): row for row in rows_of(_only(surveys.questions, partnership, wave))}
    return Measurement(view, found[0], questions, {name: options.get(name, none) for name in questions})


def list_measurements(view: View, partnership: str) -> list[Row]:
    """Return the measurements of a partnership in the chosen years, the newest first."""
    waves = view.surveys.waves
    mine = waves[waves["partnership"] == partnership]
    if view.filters.years is not None:
        mine = mine[mine["opened_on"].dt.year.between(*view.filters.years)]
    return rows_of(mine)[::-1]


def full_wording(question: Row, language: Language) -> str:
    """Return a question with the stem of its battery, as a questionnaire met only in Polish has it."""
    stem = stem_wording(question, language)
    item = item_wording(question, language)
    return f"{stem} – {item}" if stem and stem != item else item


def item_wording(question: Row, language: Language) -> str:
    """Return a question's own words, without the stem of its battery."""
    return str((question["text_en"] if language == "en" else "") or question["text_pl"])


def stem_wording(question: Row, language: Language) -> str:
    """Return the stem of a battery; of any other question its own words."""
    translated = question["battery_en"] if language == "en" else ""
    return str(translated or question["battery"] or "") or item_wording(question, language)


def _only(frame: pd.DataFrame, partnership: str, wave: str) -> pd.DataFrame:
    return frame[(frame["partnership"] == partnership) & (frame["wave"] == wave)]
