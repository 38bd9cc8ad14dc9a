"""The sample data as files, for people who want to try the upload: a partnership workbook and an answers export.

Both belong to Krasnosielc and bring something new: the workbook a corrected name and one activity more, the export
a survey of 2026 that the sample data do not hold yet.
"""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from etl.exports.partnership_workbook import write_partnership_workbook
from etl.sample.answers import SampleWave, invent_waves
from etl.sample.generating import SEED, generate_sample
from etl.sample.templates import WavePlan, load_templates
from surveys.model import Activity, Question, Register

SLUG = "krasnosielc"
WORKBOOK_NAME = "krasnosielc-karta.xlsx"
ANSWERS_NAME = "krasnosielc-ankieta-2026.csv"

_NEW_WAVE = WavePlan(year=2026, people=52, mode="mixed")


def write_sample_files(folder: Path, seed: str = SEED) -> tuple[Path, ...]:
    """Write the files into a folder, which is made when absent, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    register = next(one.register for one in generate_sample(seed) if one.register.partnership.slug == SLUG)
    workbook, answers = folder / WORKBOOK_NAME, folder / ANSWERS_NAME
    with workbook.open("wb") as target:
        write_partnership_workbook(_with_news(register), target, "pl")
    answers.write_bytes(write_google_forms_csv(invent_new_wave(register, seed)))
    return workbook, answers


def invent_new_wave(register: Register, seed: str = SEED) -> SampleWave:
    """Return a survey of 2026 that nobody has loaded yet."""
    profile = next(one for one in load_templates().partnerships if one.slug == SLUG)
    plans = replace(profile, waves=(*profile.waves, _NEW_WAVE))
    return invent_waves(plans, register.problems, seed)[-1]


def write_google_forms_csv(sample: SampleWave) -> bytes:
    """Return a survey as the CSV that Google Forms itself exports: UTF-8, everything quoted, ticks joined by ``;``."""
    questions = sample.questionnaire.questions
    cells = [_cells(sample, question) for question in questions]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(["Sygnatura czasowa", *(_header(question) for question in questions)])
    for number, day in enumerate(sample.submitted_on, 1):
        stamp = f"{day:%Y/%m/%d} {1 + number % 11}:{number % 60:02}:{number * 7 % 60:02} PM GMT+1"
        writer.writerow([stamp, *(cell.get(number, "") for cell in cells)])
    return text.getvalue().encode()


def _header(question: Question) -> str:
    return f"{question.battery} [{question.text_pl}]" if question.battery else question.text_pl


def _cells(sample: SampleWave, question: Question) -> dict[int, str]:
    """Cells of a question by the number of the response."""
    labels = {choice.code: choice.label_pl for choice in question.choices}
    cells = dict(sample.texts.get(question.name, []))
    for number, code in sample.answers.get(question.name, []):
        cells[number] = f"{cells[number]};{labels[code]}" if number in cells else labels[code]
    return cells


def _with_news(register: Register) -> Register:
    """A name corrected and an activity added, so that an upload has something to say."""
    first, *others = register.partners
    news = Activity(
        uid="activity-nowe",
        name="Spotkanie przy ognisku: co dalej z naszymi świetlicami",
        theme="T12",
        form="F10",
        starts_on=date(2026, 9, 12),
        place="plac przy remizie",
        target_groups=("G30", "G28"),
        partners=(first.uid,),
    )
    corrected = replace(first, name=f"{first.name} (nazwa poprawiona)")
    return replace(register, partners=(corrected, *others), activities=(*register.activities, news))
