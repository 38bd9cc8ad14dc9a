"""Which themes somebody in the partnership can carry, and which nobody can: the case for founding an organisation."""

import pandas as pd

from dashboard.applicant_story.partners import count_covering, read_partners
from dashboard.capital_story.dependence import build_dependence_panels
from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from surveys.language.texts import LANGUAGES
from surveys.model import Partner
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import Source
from surveys.vocabulary import load


def build_theme_panels(view: View, slug: str) -> list[Panel]:
    """Build the themes with how many partners can carry them, and who carries projects now."""
    partners = read_partners(view, slug)
    return [_build_themes(view, partners), build_dependence_panels(view, slug)[0]]


def _build_themes(view: View, partners: list[Partner]) -> Panel:
    key, title = "applicants-themes", view.say("applicants.themes.title")
    if not partners:
        return Panel(key, title, view.say("applicants.themes.no_partners"))
    counted = count_covering(partners)
    themes = load().themes
    rows = [
        CountRow((theme,), {language: (themes.label(theme, language),) for language in LANGUAGES}, float(able))
        for theme, able in zip(counted["theme"], counted["able"], strict=True)
    ]
    rows.sort(key=lambda row: -(row.value or 0.0))
    source = Source(texts_of("applicants.themes.what"))
    table = publish_counts(rows, dimensions=("theme",), unit="count", source=source)
    chart = draw_bars(table, title=title, language=view.language, most_rows=None)
    return Panel(key, title, say_themes(view, counted), chart, (table,), note=view.say("applicants.themes.note"))


def say_themes(view: View, counted: pd.DataFrame) -> str:
    """Say which themes nobody can carry, and of which it is not known."""
    nobody = counted[counted["able"] == 0]
    missing = _names(view, nobody[nobody["unknown"] == 0])
    unknown = _names(view, nobody[nobody["unknown"] > 0])
    if not missing and not unknown:
        return view.say("applicants.themes.all_covered")
    said = []
    if missing:
        said.append(view.say("applicants.themes.nobody", n=len(missing), names=list_names(missing)))
        said.append(view.say("applicants.themes.found_one"))
    if unknown:
        said.append(view.say("applicants.themes.unknown", n=len(unknown), names=list_names(unknown)))
    return "\n\n".join(said)


def _names(view: View, counted: pd.DataFrame) -> list[str]:
    return [plain(load().themes.label(theme, view.language)) for theme in counted["theme"]]
