"""The one chart beside a problem: what residents named in the newest measurement, with the problem marked."""

from functools import lru_cache

from dashboard.charts.static_image import draw_image
from dashboard.data import current_store, find_scope
from dashboard.filtering import FilterChoices
from dashboard.stories.meeting_evidence import choose_bars, newest_table
from dashboard.texts import say
from dashboard.visit import View
from etl.store.meeting_rows import StoredMeeting
from etl.store.reading import Scope
from etl.store.scope import Actor
from surveys.analysis.filters import Filters
from surveys.language.texts import Language
from surveys.model.meeting import MeetingItem

_WIDTH_INCHES = 4.8  # half of a projected screen, so that its letters can be read from the last row


def make_view(scope: Scope, slug: str, language: Language) -> View:
    """Return the view of one partnership, as its pages would have it."""
    choices = FilterChoices({ref.slug: ref.name for ref in scope.partnerships}, None)
    return View(language, scope, choices, Filters(partnership=slug))


def has_chart(actor: Actor, found: StoredMeeting) -> bool:
    """Whether there is a measurement to draw."""
    scope = find_scope(actor, sample=found.sample)
    table = newest_table(make_view(scope, found.meeting.partnership, "pl"), found.meeting.partnership)
    return table is not None and not table.too_few_asked


def draw_problem_chart(actor: Actor, found: StoredMeeting, item: MeetingItem, language: Language) -> bytes | None:
    """Return the chart as SVG, ``None`` when nobody was asked or too few answered.

    Args:
        actor: whoever looks; only what they may see is drawn.
        found: the meeting.
        item: the problem.
        language: of the labels.
    """
    store = current_store()
    scope = find_scope(actor, sample=found.sample)
    return _draw(
        str(store.url),
        store.data_revision(),
        scope.ids,
        _Drawing(scope, found.meeting.partnership, item.code, language),
    )


class _Drawing:
    """What is drawn; two are the same when they show the same."""

    def __init__(self, scope: Scope, slug: str, code: str | None, language: Language) -> None:
        self.scope, self.slug, self.code, self.language = scope, slug, code, language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[bool, str, str | None, str]:
        return self.scope.sample, self.slug, self.code, self.language


@lru_cache(maxsize=256)
def _draw(url: str, revision: int, ids: tuple[int, ...], drawing: _Drawing) -> bytes | None:
    del url, revision, ids  # parts of the key
    view = make_view(drawing.scope, drawing.slug, drawing.language)
    table = newest_table(view, drawing.slug)
    if table is None or table.too_few_asked:
        return None
    title = say("meeting_evidence.chart", drawing.language)
    return draw_image(
        choose_bars(table, drawing.code), title=title, language=drawing.language, kind="svg", width_inches=_WIDTH_INCHES
    )
