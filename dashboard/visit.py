"""One run of one page for one person: who they are, their language, what they may see and what they chose.

Made anew by the entry script at every rerun and handed to the page through a context variable; nothing about rights
lives in the session state.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from dashboard.data import register_frames, survey_counts
from dashboard.filtering import FilterChoices
from dashboard.texts import say
from etl.store.reading import RegisterFrames, Scope, SurveyCounts
from etl.store.scope import Actor
from surveys.analysis.filters import Filters
from surveys.language.texts import Language


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page needs to tell its story.

    Attributes:
        scope: partnerships the person may see, invented or real ones.
        choices: what the filters offer.
        filters: what is chosen.
    """

    language: Language
    actor: Actor
    scope: Scope
    choices: FilterChoices
    filters: Filters

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of the dashboard in the visitor's language."""
        return say(key, self.language, **facts)

    @property
    def register(self) -> RegisterFrames:
        """The register of everything in scope."""
        return register_frames(self.scope)

    @property
    def surveys(self) -> SurveyCounts:
        """Survey counts of everything in scope."""
        return survey_counts(self.scope)

    def name_of(self, slug: str) -> str:
        """Return a partnership's name by its slug."""
        return self.choices.partnerships[slug]


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
