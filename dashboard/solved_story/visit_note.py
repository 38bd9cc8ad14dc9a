"""A study visit on one page, to print or to send: what they did, what came of it, whom to ring, what to ask."""

from dashboard.documents.docx_styles import new_document, save
from dashboard.solved_story.finding import Example
from dashboard.solved_story.words import questions_to_ask, say_about, say_contact, say_cost, say_result
from dashboard.visit import View


def write_visit_note(view: View, example: Example) -> bytes:
    """Return the note as a DOCX file."""
    row = example.row
    title = view.say("solved.note.title", partnership=row["partnership_name"])
    paper = new_document(title, view.language)
    paper.add_paragraph(title, style="Title")
    paper.add_paragraph(str(row["name"]), style="Subtitle")
    if view.scope.sample:
        paper.add_paragraph(view.say("app.sample_banner"))
    chapters = {
        "what": say_about(view, example),
        "result": [line for line in (say_result(view, example), str(row["result"] or "")) if line],
        "cost": [say_cost(view, example)],
        "contact": [say_contact(view, example)],
    }
    for name, lines in chapters.items():
        paper.add_paragraph(view.say(f"solved.note.{name}"), style="Heading 1")
        for line in lines:
            paper.add_paragraph(line)
    paper.add_paragraph(view.say("solved.note.ask"), style="Heading 1")
    for question in questions_to_ask(view):
        paper.add_paragraph(question, style="List Bullet")
    paper.add_paragraph(view.say("solved.note.ours"), style="Heading 1")
    for _ in range(6):
        paper.add_paragraph("." * 90)
    paper.add_paragraph(view.say("solved.note.source"))
    return save(paper)
