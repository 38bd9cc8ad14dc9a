"""What the code lists and the suggestion of codes cost."""

from surveys.language.suggestion import Suggester
from surveys.vocabulary import load, read_vocabulary


def test_reading_every_code_list(benchmark):
    folder = load().folder
    assert len(benchmark(read_vocabulary, folder).problems) == 76


def test_reading_the_areas(benchmark):
    folder = load().folder
    areas = benchmark.pedantic(
        lambda vocabulary: vocabulary.areas, setup=lambda: ((read_vocabulary(folder),), {}), rounds=20
    )
    assert len(areas.gminas) == 2495


def test_suggesting_codes_for_ten_thousand_different_texts(benchmark):
    problems = load().problems.values()
    words = [word for entry in problems for phrase in entry.synonyms_pl for word in phrase.split()]
    # Every text is another mixture of residents' words, of one to seven of them.
    texts = [
        " ".join([*(words[(number * 37 + step * 911) % len(words)] for step in range(number % 7 + 1)), str(number)])
        for number in range(10_000)
    ]
    found = benchmark.pedantic(lambda: Suggester(problems, drops_remarks=True).suggest_many(texts), rounds=3)
    assert len(found) == 10_000
