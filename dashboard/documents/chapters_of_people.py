"""Chapters on what people say: problems they point at, whom they see in need, what they would join, their own words."""

from itertools import groupby

from dashboard.documents.content import Block, Text, Tone
from dashboard.documents.figures import battery_grid, survey_figure, wording
from dashboard.documents.material import Material
from surveys.analysis.rows import Row, rows_of

_COUNTED = frozenset({"single", "scale", "multiple"})
_MOST_QUOTES = 6
_POTENTIAL = ("would_join", "barriers", "know_from")
_TRUST = ("trust_", "influence")


def tell_residents(material: Material) -> list[Block]:
    """Show the questions of the newest measurement on problems, and earlier ones as sentences beside them."""
    wave = material.newest_wave
    if wave is None:
        return [Text(material.say("residents.none"))]
    blocks: list[Block] = [Text(material.say("residents.intro", name=str(wave["name"])))]
    asked = questions_of(material, str(wave["wave"]))
    about = [row for row in asked if row["vocabulary"] == "problems"]
    blocks += [survey_figure(material, row, caption=material.say("residents.problems")) for row in about]
    blocks += _batteries(material, [row for row in asked if row["battery"]], without=_TRUST)
    if len(blocks) == 1:
        blocks.append(Text(material.say("residents.no_questions")))
    return blocks


def tell_groups_in_need(material: Material) -> list[Block]:
    """Show whom residents see in need."""
    wave = material.newest_wave
    asked = [] if wave is None else questions_of(material, str(wave["wave"]))
    about = [row for row in asked if row["vocabulary"] == "target_groups"]
    return [survey_figure(material, row, caption=material.say("residents.groups")) for row in about]


def tell_potential(material: Material) -> list[Block]:
    """Show what people would join, what keeps them from it, whom they trust, and what works well in their words."""
    wave = material.newest_wave
    if wave is None:
        return []
    asked = questions_of(material, str(wave["wave"]))
    blocks: list[Block] = [survey_figure(material, row) for row in asked if row["question"] in _POTENTIAL]
    blocks += _batteries(material, [row for row in asked if str(row["question"]).startswith(_TRUST)], without=())
    for (slug, name), quotes in material.quotes.items():
        question = next((row for row in asked if row["question"] == name), None)
        if slug == wave["wave"] and question is not None:
            blocks.append(Text(material.say("residents.quotes", question=wording(question, material.language))))
            blocks += [Text(material.set(quote), Tone.QUOTE) for quote in quotes[:_MOST_QUOTES]]
    return blocks


def tell_profile(material: Material) -> list[Block]:
    """Show who answered."""
    wave = material.newest_wave
    if wave is None:
        return []
    asked = [row for row in questions_of(material, str(wave["wave"])) if row["profile"] in {"gender", "age"}]
    return [survey_figure(material, row) for row in asked]


def questions_of(material: Material, wave: str) -> list[Row]:
    """Return the questions with options of a measurement, in the order asked."""
    questions = material.surveys.questions
    asked = rows_of(questions[questions["wave"] == wave])
    return [row for row in asked if row["type"] in _COUNTED or row["type"] == "text"]


def leading_figures(material: Material) -> list[Text]:
    """Return the main answers of the newest measurement as sentences."""
    wave = material.newest_wave
    if wave is None:
        return []
    found = []
    for question in questions_of(material, str(wave["wave"])):
        if question["vocabulary"] in {"problems", "target_groups"}:
            figure = survey_figure(material, question)
            found.append(Text(material.say("summary.asked", question=figure.question, sentence=figure.sentence)))
    return found


def _batteries(material: Material, asked: list[Row], without: tuple[str, ...]) -> list[Block]:
    """Tables of the batteries whose items were asked; an item alone is a figure."""
    wanted = [row for row in asked if not (without and str(row["question"]).startswith(without))]
    blocks: list[Block] = []
    for _, group in groupby(wanted, key=lambda row: str(row["battery"] or row["question"])):
        rows = [row for row in group if row["type"] == "scale"]
        grid = battery_grid(material, rows) if len(rows) > 1 else None
        if grid is not None:
            blocks.append(grid)
        else:
            blocks += [survey_figure(material, row) for row in rows]
    return blocks
