"""What the partnership rests on: who carries the projects, and whose money goes through whom."""

from collections import Counter

import pandas as pd

from dashboard.capital_story.network import both_languages
from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.stories.opening import texts_of
from dashboard.stories.partner_names import name_partners
from dashboard.visit import View
from surveys.analysis.partner_ties import JOINING_PROJECTS
from surveys.analysis.rows import is_known, rows_of
from surveys.language.numerals import format_percent
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.money import MoneyRow, publish_sums
from surveys.privacy.published import Source

_HALF = 0.5
_FEWEST = 3  # projects: of fewer nobody can say that they rest on one partner


def build_dependence_panels(view: View, slug: str) -> list[Panel]:
    """Build projects by finance lead, and money by finance lead as the rule of money lets it out."""
    frames = view.register
    projects = frames.projects[
        (frames.projects["partnership"] == slug) & frames.projects["status"].isin(JOINING_PROJECTS)
    ]
    if view.filters.years is not None:
        projects = projects[projects["starts_on"].dt.year.between(*view.filters.years)]
    partners = frames.partners[frames.partners["partnership"] == slug]
    names = {uid: name for (_, uid), name in name_partners(view, partners).items()}
    funding = frames.funding[frames.funding["partnership"] == slug]
    return [_build_projects(view, projects, names), _build_money(view, projects, funding, names)]


def _build_projects(view: View, projects: pd.DataFrame, names: dict[str, str]) -> Panel:
    key, title = "capital-leads", view.say("capital.leads.title")
    if projects.empty:
        return Panel(key, title, view.say("capital.leads.none"))
    leads = Counter(str(uid) for uid in projects["finance_lead"] if is_known(uid))
    unknown = len(projects) - leads.total()
    rows = [CountRow((uid,), both_languages(names[uid]), float(number)) for uid, number in leads.most_common()]
    sentence = _say_projects(view, leads, len(projects), names)
    if unknown:
        sentence = f"{sentence} {view.say('capital.leads.unknown', n=unknown)}".strip()
    if not rows:
        return Panel(key, title, sentence)
    source = Source(texts_of("capital.leads.what"))
    table = publish_counts(rows, dimensions=("lead",), unit="count", source=source)
    return Panel(key, title, sentence, draw_bars(table, title=title, language=view.language), (table,))


def _say_projects(view: View, leads: Counter[str], number: int, names: dict[str, str]) -> str:
    if not leads:
        return ""
    (first, most), *others = leads.most_common()
    tied = any(count == most for _, count in others)
    if number < _FEWEST or tied or most / number <= _HALF:
        return view.say("capital.leads.spread", n=number, leads=len(leads))
    share = format_percent(most / number, view.language)
    key = "one" if most == number else "most"
    return view.say(f"capital.leads.{key}", name=plain(names[first]), count=most, n=number, share=share)


def _build_money(view: View, projects: pd.DataFrame, funding: pd.DataFrame, names: dict[str, str]) -> Panel:
    key, title = "capital-money", view.say("capital.money.title")
    amounts = funding.dropna(subset=["amount_pln"]).groupby("uid")["amount_pln"].sum()
    given: dict[str, list[float]] = {}
    for row in rows_of(projects):
        if is_known(row["finance_lead"]) and row["uid"] in amounts.index:
            given.setdefault(str(row["finance_lead"]), []).append(float(amounts[row["uid"]]))
    if not given:
        return Panel(key, title, view.say("capital.money.none"))
    order = sorted(given, key=lambda uid: (-sum(given[uid]), uid))
    rows = [MoneyRow((uid,), both_languages(names[uid]), tuple(given[uid])) for uid in order]
    table = publish_sums(rows, dimensions=("lead",), source=Source(texts_of("capital.money.what")))
    shown = [row for row in table.rows if row.value]
    total = sum(row.value or 0.0 for row in shown)
    if table.suppressed_count or not total:
        sentence = view.say("capital.money.hidden" if table.suppressed_count else "capital.money.none")
    else:
        first = shown[0]
        share = format_percent((first.value or 0.0) / total, view.language)
        sentence = view.say("capital.money.sentence", name=plain(first.labels["pl"][0]), share=share)
    if not shown:
        return Panel(key, title, f"{sentence} {view.say('capital.money.note')}")
    chart = draw_bars(table, title=title, language=view.language)
    return Panel(key, title, sentence, chart, (table,), note=view.say("capital.money.note"))
