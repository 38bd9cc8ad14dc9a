"""A text file of 200,000 people and 60 questions: read below a gigabyte, both processes together.

When benchmarks are switched off the same path runs once with a few people.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PEOPLE, FEW_PEOPLE, QUESTIONS = 200_000, 300, 60
MEASURE = Path(__file__).with_name("measuring_reading.py")
ANSWERS = ("1", "2", "3", "tak", "nie", "", "99")


@pytest.fixture(scope="module")
def table(request, tmp_path_factory):
    """The answers as a tool's CSV, saved, and how many people they are of."""
    option = request.config.getoption
    people = PEOPLE if option("benchmark_enable") or not option("benchmark_disable") else FEW_PEOPLE
    file = tmp_path_factory.mktemp("bench") / "dane.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.write(",".join(f'"{number}. Pytanie, o coś"' for number in range(QUESTIONS)) + "\r\n")
        for person in range(people):
            answers = [ANSWERS[(person * number) % len(ANSWERS)] for number in range(2, QUESTIONS)]
            opened.write(f"{person},2026-05-{1 + person % 28:02} 10:{person % 60:02},{','.join(answers)}\r\n")
    return file, people


def test_a_large_text_file_is_read_in_little_memory(benchmark, table):
    file, people = table

    def run():
        done = subprocess.run([sys.executable, MEASURE, file], capture_output=True, check=True, text=True)
        return json.loads(done.stdout)

    figures = benchmark.pedantic(run, rounds=1)
    assert (figures["rows"], figures["columns"]) == (people + 1, QUESTIONS)
    assert figures["together_mb"] < 1_000
    benchmark.extra_info |= figures
    if not benchmark.disabled:
        sys.stdout.write(f"\nreading {file.stat().st_size / 1e6:.0f} MB of text: {figures}")
