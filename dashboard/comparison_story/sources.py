"""Where the figures of this page come from."""

from dashboard.comparison_story.choosing import Compared
from dashboard.stories.opening import texts_of
from surveys.analysis.rows import is_known
from surveys.privacy.published import Source


def survey_source(compared: Compared, texts_key: str, *, only: list[str] | None = None) -> Source:
    """Return the source of figures of the partnerships compared.

    Args:
        compared: what is looked at.
        texts_key: of the text that says what was counted.
        only: slugs of the partnerships that the figures come from, all by default.
    """
    series, rows = compared.sides.series, compared.sides.questions
    named = compared.waves()
    slugs = compared.places if only is None else only
    days = [day for name in ("opened_on", "closed_on") for day in rows[name] if is_known(day)]
    return Source(
        texts_of(texts_key),
        question={} if series is None else {"pl": series.text_pl, "en": series.text_en or series.text_pl},
        waves=tuple(named[slug] for slug in slugs),
        as_of=str(max(days))[:10] if days else "",
    )
