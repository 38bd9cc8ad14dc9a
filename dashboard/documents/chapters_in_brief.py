"""The same in a few sentences: the summary of a report, the justification of an application, the two pages."""

from dataclasses import replace

from dashboard.documents.chapters_of_people import leading_figures, questions_of
from dashboard.documents.chapters_of_place import active_partners, name_places
from dashboard.documents.content import Block, Bullets, Text, Tone
from dashboard.documents.figures import say_how_to_read, survey_figure
from dashboard.documents.material import Material
from surveys.analysis.rows import rows_of
from surveys.analysis.survey_tables import read_fieldwork
from surveys.language.numerals import format_period
from surveys.model import SampleKind
from surveys.privacy.rules import STANDARD_RULES
from surveys.vocabulary import load

_MOST_NAMED = 5
_OPEN = frozenset({"reported", "confirmed", "in_progress"})


def tell_summary(material: Material) -> list[Block]:
    """Say the main findings, each by a rule from figures that stand further on."""
    register = material.register
    problems = register.problems
    still = problems[problems["status"].isin(_OPEN)]
    items = [
        material.say("summary.problems", n=len(problems), open=len(still))
        if len(problems)
        else material.say("problems.none")
    ]
    if len(still):
        themes = still["theme"].value_counts()
        first = [code for code, count in themes.items() if count == themes.iloc[0]]
        names = ", ".join(load().themes.label(str(code), material.language) for code in first[:3])
        items.append(material.say("summary.theme" if len(first) == 1 else "summary.themes", names=names))
    items += [text.text for text in leading_figures(material)]
    if material.newest_wave is None:
        items.append(material.say("residents.none"))
    partners = active_partners(material)
    items.append(material.say("summary.partners", n=len(partners), sectors=partners["sector"].nunique()))
    items.append(material.say("summary.projects", n=len(register.projects)))
    return [Bullets(tuple(items))]


def tell_brief_problems(material: Material) -> list[Block]:
    """Show what residents pointed at, or without a survey what the partnership has entered."""
    wave = material.newest_wave
    asked = [] if wave is None else questions_of(material, str(wave["wave"]))
    about = [row for row in asked if row["vocabulary"] == "problems"][:1]
    if about:
        figure = survey_figure(material, about[0], caption=material.say("residents.problems"))
        if not figure.table.too_few_asked:
            return [Text(figure.sentence, Tone.LEAD), replace(figure, sentence="")]
    why = [] if about else [Text(material.say("brief.no_survey" if wave is None else "brief.no_problems_asked"))]
    if about and wave is not None:
        why = [Text(material.say("brief.few", name=str(wave["name"])))]
    problems = material.register.problems
    still = problems[problems["status"].isin(_OPEN)]
    if still.empty:
        return [*why, Text(material.say("problems.none"))]
    named = tuple(material.set(str(row["name"])) for row in rows_of(still)[:_MOST_NAMED])
    return [*why, Text(material.say("brief.entered", n=len(still))), Bullets(named)]


def tell_brief_actions(material: Material) -> list[Block]:
    """Name the projects that run, the newest first."""
    projects = material.register.projects
    running = projects[projects["status"].isin({"in_progress", "submitted", "preparation"})]
    if running.empty:
        return [Text(material.say("brief.no_projects"))]
    items = []
    for row in rows_of(running.sort_values("starts_on", ascending=False))[:_MOST_NAMED]:
        first, last = (None if row[name] != row[name] else row[name].date() for name in ("starts_on", "ends_on"))
        when = format_period(first, last, material.language)
        items.append(material.set(f"{row['name']}" + (f" ({when})" if when else "")))
    return [Text(material.say("brief.projects", n=len(running))), Bullets(tuple(items))]


def tell_brief_partnership(material: Material) -> list[Block]:
    """Say who the partnership is and where, in two sentences."""
    partners = active_partners(material)
    places = name_places(material)
    key = "brief.partnership" if places else "brief.partnership_nowhere"
    facts = {"name": material.name, **({"places": places} if places else {})}
    sentences = [material.say(key, **facts)]
    if len(partners):
        sentences.append(material.say("brief.partners", n=len(partners)))
    return [Text(sentence) for sentence in sentences]


def tell_brief_asked(material: Material) -> list[Block]:
    """Say how many people answered and what that means."""
    wave = material.newest_wave
    if wave is None:
        return [Text(material.say("brief.no_survey"))]
    people = int(wave["people"])
    if people < STANDARD_RULES.min_base:
        return [Text(material.say("brief.few", name=str(wave["name"])))]
    drawn = read_fieldwork(wave).sampling is SampleKind.RANDOM
    reading = [material.say("brief.method_random" if drawn else "brief.method"), *say_how_to_read(material)[2:]]
    return [Text(material.say("brief.asked", n=people, name=str(wave["name"]))), Text(" ".join(reading), Tone.NOTE)]
