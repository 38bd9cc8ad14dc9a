"""How fast and how large an import is: a Google Forms workbook of 20,000 people and 60 columns.

The floor is measured in the same run: python-calamine reads the same file, `sqlite3.executemany` writes the same
answers into a bare table, one row an answer. Beside it stands what people do today: `pandas.read_excel` with openpyxl,
then `DataFrame.to_sql` of the wide table as it is; and its twin that ends where the import ends: the same reading, the
reshaping to one row an answer with ticked options cut and numbered, and `to_sql` of the very answers that were stored.
When benchmarks are switched off the same path runs once with a few people.
"""

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
import python_calamine
from sqlalchemy import create_engine

from etl.store.engine import open_store
from tests.importing_surveys import LIW, add_partnership, load
from tests.made.google_forms import MadeSurvey, make_survey, widen

PEOPLE, FEW_PEOPLE, QUESTIONS = 20_000, 300, 59
MEASURE = Path(__file__).with_name("measuring_memory.py")


@pytest.fixture(scope="module")
def survey(request):
    """The made answers; few of them when benchmarks are switched off."""
    option = request.config.getoption
    people = PEOPLE if option("benchmark_enable") or not option("benchmark_disable") else FEW_PEOPLE
    return make_survey(people, questions=widen(QUESTIONS))


@pytest.fixture(scope="module")
def workbook(survey: MadeSurvey, tmp_path_factory):
    """The answers as Google's linked sheet, saved."""
    file = tmp_path_factory.mktemp("bench") / "Diagnoza (Odpowiedzi).xlsx"
    file.write_bytes(survey.xlsx())
    return file


def read_bare(file):
    """Read the workbook as anybody would, and say how long it took."""
    start = time.perf_counter()
    with file.open("rb") as opened:
        rows = python_calamine.CalamineWorkbook.from_filelike(opened).get_sheet_by_index(0).to_python()
    return rows, time.perf_counter() - start


def write_bare(cells, folder, columns):
    """Write tuples into a bare table with the standard library, and say how long it took."""
    connection = sqlite3.connect(folder / f"bare{columns}.sqlite3")
    connection.execute(f"CREATE TABLE bare ({', '.join(f'c{number}' for number in range(columns))})")
    start = time.perf_counter()
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO bare VALUES ({marks})", cells)  # noqa: S608 # nothing but question marks
    connection.commit()
    elapsed = time.perf_counter() - start
    connection.close()
    return elapsed


def read_answers(file):
    """Return the rows of answers that an import wrote into a store's file."""
    connection = sqlite3.connect(file)
    ticked = "SELECT wave_id, question_id, response_no, choice_id, number FROM answer"
    written = "SELECT wave_id, question_id, response_no, 0, text FROM open_answer"
    answers = connection.execute(f"{ticked} UNION ALL {written}").fetchall()
    connection.close()
    return answers


def load_with_pandas(file, folder):
    """Read with openpyxl into a frame and write the frame into SQLite, and say how long it took."""
    start = time.perf_counter()
    frame = pd.read_excel(file, engine="openpyxl")
    with create_engine(f"sqlite:///{folder / 'pandas.sqlite3'}").begin() as connection:
        frame.to_sql("answers", connection)
    return time.perf_counter() - start


def load_long_with_pandas(file, folder, answers):
    """Read with openpyxl, reshape to a row an answer, write the answers; say how long it took.

    Reshaping is the least that leads to answers one can count: ticked options apart, questions and options numbered.
    Written are the answers that the import stored, so that both write the same rows.
    """
    start = time.perf_counter()
    frame = pd.read_excel(file, engine="openpyxl")
    long = frame.reset_index(names="response_no").melt(id_vars="response_no", var_name="question").dropna()
    ticked = long["value"].map(type).eq(str)
    words = long[ticked].assign(value=long.loc[ticked, "value"].str.split(", ")).explode("value")
    long = pd.concat([words, long[~ticked]])
    long["question_id"] = pd.factorize(long["question"])[0]
    long["choice_id"] = pd.factorize(long["value"].astype(str))[0]
    reshaping = time.perf_counter() - start
    rows = pd.DataFrame(answers, columns=["wave_id", "question_id", "response_no", "choice_id", "number"])
    start = time.perf_counter()
    with create_engine(f"sqlite:///{folder / 'long.sqlite3'}").begin() as connection:
        rows.to_sql("answers", connection, index=False)
    return reshaping + time.perf_counter() - start


def test_import_of_a_google_forms_workbook(benchmark, workbook, survey, migrated_sqlite, tmp_path):
    numbers = iter(range(1_000))

    def prepare():
        file = tmp_path / f"store{next(numbers)}.sqlite3"
        file.write_bytes(migrated_sqlite.read_bytes())
        store = open_store(f"sqlite:///{file}")
        add_partnership(store)
        return (store, workbook), {}

    def run(store, file):
        result = load(store, file, LIW)
        store.close()
        return result

    result = benchmark.pedantic(run, setup=prepare, rounds=3, warmup_rounds=0 if benchmark.disabled else 1)
    assert result.rows_stored == len(survey.answers)
    assert result.answers_stored > 50 * result.rows_stored
    if benchmark.disabled:
        return
    _, reading = read_bare(workbook)
    answers = read_answers(tmp_path / "store1.sqlite3")
    assert len(answers) == result.answers_stored
    writing = write_bare(answers, tmp_path, 5)
    took = benchmark.stats.stats.median
    pandas = load_with_pandas(workbook, tmp_path)
    pandas_long = load_long_with_pandas(workbook, tmp_path, answers)
    figures = {
        "calamine_s": reading,
        "executemany_s": writing,
        "pandas_openpyxl_s": pandas,
        "times_floor": took / (reading + writing),
        "times_faster_than_pandas": pandas / took,
        "pandas_to_answers_s": pandas_long,
        "times_faster_than_pandas_to_answers": pandas_long / took,
    }
    benchmark.extra_info |= {name: round(figure, 3) for name, figure in figures.items()}
    sys.stdout.write(f"\nimport {took:.2f} s; " + "; ".join(f"{name} {value:.2f}" for name, value in figures.items()))


def test_peak_memory_of_that_import(benchmark, workbook, migrated_sqlite, tmp_path):
    file = tmp_path / "store.sqlite3"
    file.write_bytes(migrated_sqlite.read_bytes())

    def run():
        done = subprocess.run([sys.executable, MEASURE, workbook, file], capture_output=True, check=True, text=True)
        return json.loads(done.stdout)

    peaks = benchmark.pedantic(run, rounds=1)
    assert peaks["importing_mb"] > peaks["before_mb"] > 0
    benchmark.extra_info |= peaks
    if not benchmark.disabled:
        sys.stdout.write(f"\npeak memory: {peaks}")
