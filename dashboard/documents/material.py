"""What a document of one partnership is made of, asked of the store once, within the rights of whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from dashboard.mirrors_story.gathering import Gathered
from dashboard.mirrors_story.gathering import gather as gather_mirrors
from dashboard.texts import Speaker
from dashboard.texts import say as say_text
from etl.meetings_held import HeldMeeting, read_meetings_held
from etl.store.reading import (
    RegisterFrames,
    Scope,
    SurveyCounts,
    read_place_shares,
    read_register_frames,
    read_survey_counts,
)
from etl.store.reading.indicators import (
    PlaceAmong,
    StoredVariable,
    list_variables,
    match_catalogue,
    read_place,
)
from etl.store.reading.official_places import read_standings
from etl.store.reading.question_rules import read_put_by
from etl.store.reviewed_texts import TextRef, read_quotes
from surveys.analysis.asked_people import keep_locals
from surveys.analysis.measured_questions import PutBy
from surveys.analysis.rows import Row, rows_of
from surveys.language.texts import Language
from surveys.language.typesetting import typeset
from surveys.vocabulary import Areas, load
from surveys.vocabulary.indicators import Indicator


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """The newest figure of one official indicator here."""

    indicator: Indicator
    unit: str
    place: PlaceAmong


@dataclass(frozen=True, slots=True)
class _Speaking:
    """Texts of the pages in one language."""

    language: Language

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text with its facts put in."""
        return say_text(key, self.language, **facts)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of one partnership that documents speak of.

    Attributes:
        put_by: by which form each measurement put its questions, by its slug.
        own: the organisation's own paragraphs by section.
        quotes: words that may be quoted, by measurement and question.
        mirrors: what residents, partners and official figures see.
        meetings: those that are over, the latest first.
    """

    slug: str
    name: str
    language: Language
    today: date
    sample: bool
    register: RegisterFrames
    surveys: SurveyCounts
    put_by: Mapping[str, PutBy]
    official: tuple[OfficialFigure, ...]
    quotes: Mapping[tuple[str, str], tuple[str, ...]]
    own: Mapping[str, str]
    mirrors: Gathered
    meetings: tuple[HeldMeeting, ...]

    @property
    def speaker(self) -> Speaker:
        """Who says texts of the pages in the document's language."""
        return _Speaking(self.language)

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of documents in the document's language, set as print has it."""
        return typeset(say_text(f"documents.{key}", self.language, **facts), self.language)

    def set(self, text: str) -> str:
        """Return somebody's words as print has them."""
        return typeset(text, self.language)

    @property
    def facts(self) -> Row:
        """The partnership's own row."""
        return rows_of(self.register.partnerships)[0]

    @property
    def newest_wave(self) -> Row | None:
        """The measurement of residents whose answers came last, ``None`` without any."""
        waves = rows_of(keep_locals(self.surveys.waves))
        return waves[-1] if waves else None


def gather(
    connection: Connection, scope: Scope, slug: str, *, language: Language, today: date, own: Mapping[str, str]
) -> Material:
    """Ask the store for what documents of a partnership need.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        slug: of a partnership in it.
        language: of the document.
        today: day of the document.
        own: the organisation's own paragraphs by section.

    Raises:
        LookupError: the partnership is not in scope.
    """
    found = next((ref for ref in scope.partnerships if ref.slug == slug), None)
    if found is None:
        raise LookupError("no such partnership in scope")
    narrowed = replace(scope, partnerships=(found,))
    register = read_register_frames(connection, narrowed)
    surveys = read_survey_counts(connection, narrowed)
    return Material(
        slug=slug,
        name=found.name,
        language=language,
        today=today,
        sample=scope.sample,
        register=register,
        surveys=surveys,
        put_by={
            str(wave): read_put_by(connection, narrowed, slug, str(wave)) for wave in surveys.waves["wave"].unique()
        },
        official=_read_official(connection, register, sample=scope.sample),
        quotes=_read_quotes(connection, narrowed, surveys),
        own=own,
        mirrors=_read_mirrors(connection, narrowed, register),
        meetings=read_meetings_held(connection, narrowed),
    )


def _read_mirrors(connection: Connection, scope: Scope, register: RegisterFrames) -> Gathered:
    lists = load()
    teryts = [str(code) for code in register.territories["teryt"]]
    places = (*teryts, *(code[:4] for code in teryts if len(code) > 4))
    official = read_standings(connection, places, lists.areas, lists.indicators, sample=scope.sample)
    shares = read_place_shares(connection, scope, "problems")
    return gather_mirrors(scope.slugs, shares, register.problems, register.territories, official)


def _read_official(connection: Connection, register: RegisterFrames, *, sample: bool) -> tuple[OfficialFigure, ...]:
    """The newest year of each indicator of the catalogue, for the first place of the territory that has it."""
    areas, catalogue = load().areas, load().indicators
    places = [str(code) for code in register.territories["teryt"] if code in areas]
    if not places:
        return ()
    entries = {entry.code: entry for entry in catalogue}
    found = []
    for code, variables in match_catalogue(list_variables(connection, sample=sample), catalogue).items():
        for stored in variables[:1]:
            if not stored.years:
                continue
            newest = _newest(connection, stored, _candidates(places[0], areas), areas)
            if newest is not None:
                found.append(OfficialFigure(entries[code], stored.variable.unit, newest))
    return tuple(sorted(found, key=lambda one: one.indicator.code))


def _candidates(teryt: str, areas: Areas) -> list[str]:
    """A place itself, and the powiat it lies in: some figures exist for powiats only."""
    return [code for code in (teryt, teryt[:4]) if code in areas]


def _newest(connection: Connection, stored: StoredVariable, places: list[str], areas: Areas) -> PlaceAmong | None:
    for teryt in places:
        for among in read_place(connection, stored, teryt, areas, years=stored.years[-1:]):
            if among.figure is not None and among.figure.number is not None:
                return among
    return None


def _read_quotes(connection: Connection, scope: Scope, surveys: SurveyCounts) -> dict[tuple[str, str], tuple[str, ...]]:
    quotes = {}
    for question in rows_of(surveys.questions[surveys.questions["type"] == "text"]):
        where = TextRef(str(question["partnership"]), str(question["wave"]), str(question["question"]))
        texts = read_quotes(connection, scope, where)
        if texts:
            quotes[(where.wave, where.question)] = tuple(texts)
    return quotes
