"""One run of one page for one person: what they look at (the view), and who they are (the visit).

Made anew by the entry script at every rerun and handed to the page through a context variable; nothing about rights
lives in the session state. A `View` alone decides what a figure looks like, so it is the key under which figures are
kept; the actor has no part in it.
"""

from contextvars import ContextVar
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.data import register_frames, survey_counts, survey_waves
from dashboard.filtering import FilterChoices
from dashboard.texts import say
from etl.store.reading import RegisterFrames, Scope, SurveyCounts
from etl.store.scope import Actor
from surveys.analysis.filters import Filters
from surveys.language.texts import Language


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at, and in which language.

    Attributes:
        scope: partnerships that may be seen, invented or real ones.
        choices: what the filters offer.
        filters: what is chosen.
    """

    language: Language
    scope: Scope
    choices: FilterChoices
    filters: Filters

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of the dashboard in the view's language."""
        return say(key, self.language, **facts)

    def speaking(self, language: Language) -> "View":
        """Return the same view in a language."""
        return replace(self, language=language)

    @property
    def register(self) -> RegisterFrames:
        """The register of everything in scope."""
        return register_frames(self.scope)

    @property
    def surveys(self) -> SurveyCounts:
        """Survey counts of everything in scope."""
        return survey_counts(self.scope)

    @property
    def waves(self) -> pd.DataFrame:
        """Measurements of everything in scope, without what people answered: nothing else costs so little."""
        return survey_waves(self.scope)

    def link_to(self, partnership: str | None) -> dict[str, str]:
        """Return the query of a link to a partnership's view of a page (``None``: of all), in the same language."""
        named = {} if partnership is None else {"partnerstwo": partnership}
        return named | ({"lang": "en"} if self.language == "en" else {})

    def name_of(self, slug: str) -> str:
        """Return a partnership's name by its slug."""
        return self.choices.partnerships[slug]


@dataclass(frozen=True, slots=True)
class Visit:
    """A view and the person who looks at it."""

    view: View
    actor: Actor

    @property
    def language(self) -> Language:
        """Language of the view."""
        return self.view.language

    @property
    def scope(self) -> Scope:
        """Scope of the view."""
        return self.view.scope

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of the dashboard in the visitor's language."""
        return self.view.say(key, **facts)


_CURRENT: ContextVar[Visit] = ContextVar("visit")


def begin_visit(visit: Visit) -> None:
    """Set the visit of this run."""
    _CURRENT.set(visit)


def current_visit() -> Visit:
    """Return the visit of this run. Pages call it first.

    Raises:
        LookupError: a page was run without the entry script.
    """
    return _CURRENT.get()


def current_view() -> View:
    """Return the view of this run, for pages that don't care who looks."""
    return _CURRENT.get().view
