"""``diagnoza tabulate``: a question, by groups, weighted; few people are protected on the command line too."""

import shutil

import pytest


@pytest.fixture
def sample(diagnoza, sample_file, tmp_path):
    """A database with the sample data."""
    (tmp_path / "data").mkdir()
    shutil.copyfile(sample_file, tmp_path / "data" / "diagnoza.sqlite3")


@pytest.mark.usefixtures("sample")
class TestTables:
    MOKOTOW = ("--partnership", "warszawa-mokotow", "--wave", "Ankieta mieszkańców 2024")

    def test_one_question_of_one_wave(self, diagnoza, sample_truth):
        ran = diagnoza("tabulate", *self.MOKOTOW, "--question", "gender", "--json")
        assert (ran.code, ran.errors) == (0, "")
        keys = {"choice", "count", "base", "share", "low", "high", "state"}
        assert all(row.keys() >= keys for row in ran.json["rows"])
        woman = next(row for row in ran.json["rows"] if row["code"] == "woman")
        assert woman["state"] == "shown"
        assert woman["low"] < woman["share"] == woman["count"] / woman["base"] < woman["high"]

    def test_a_question_can_be_named_by_its_wording_and_a_wave_by_its_slug(self, diagnoza):
        by_name = diagnoza("tabulate", *self.MOKOTOW, "--question", "gender", "--json").json
        by_wording = diagnoza("tabulate", *self.MOKOTOW, "--question", by_name["text"]["pl"].upper(), "--json").json
        assert by_wording == by_name

    def test_few_people_are_protected_here_too(self, diagnoza):
        few = ("--partnership", "dolina-jeziorki", "--wave", "Ankieta mieszkańców 2023", "--question", "gender")
        for more in ((), ("--min-base", "1")):
            rows = diagnoza("tabulate", *few, *more, "--json").json["rows"]
            assert {row["state"] for row in rows} == {"suppressed"}
            assert {row[name] for row in rows for name in ("count", "base", "share", "low", "high")} == {None}

    def test_more_people_than_the_rules_ask_for(self, diagnoza):
        ran = diagnoza("tabulate", *self.MOKOTOW, "--question", "gender", "--min-base", "1000", "--json")
        assert {row["state"] for row in ran.json["rows"]} == {"suppressed"}

    def test_a_question_by_groups_of_another(self, diagnoza, sample_truth):
        asked = ("tabulate", *self.MOKOTOW, "--question", "trust_neighbours", "--by", "gender")
        ran = diagnoza(*asked, "--json")
        assert (ran.code, ran.errors) == (0, "")
        answers = next(
            wave.answers for wave in sample_truth["warszawa-mokotow"].waves if wave.wave.name == self.MOKOTOW[3]
        )
        gender = dict(answers["gender"])
        said = [(gender.get(person), code) for person, code in answers["trust_neighbours"] if code != "dont_know"]
        for code in ("rather_yes", "definitely_yes"):
            row = next(one for one in ran.json["rows"] if (one["group_code"], one["code"]) == ("woman", code))
            assert row["count"] == said.count(("woman", code))
            assert row["base"] == sum(group == "woman" for group, _ in said)
            assert row["low"] < row["share"] < row["high"]
        assert ran.json["outcome"] in {"whole", "merged"}
        assert all(row["base"] is None or row["base"] >= 10 for row in ran.json["rows"])
        everybody = diagnoza("tabulate", *self.MOKOTOW, "--question", "trust_neighbours", "--json").json["rows"]
        bases = {row["group_code"]: row["base"] for row in ran.json["rows"] if row["base"] is not None}
        assert sum(bases.values()) == everybody[0]["base"], "nobody is left who could be had by subtracting"
        assert "kobieta" in diagnoza(*asked).output

    def test_a_breakdown_of_few_people_is_dropped_whole(self, diagnoza):
        few = ("--partnership", "dolina-jeziorki", "--wave", "Ankieta mieszkańców 2023", "--question", "gender")
        ran = diagnoza("tabulate", *few, "--by", "age", "--json")
        assert (ran.code, ran.json["rows"], ran.json["outcome"]) == (0, [], "dropped_groups")
        assert "Za mało osób" in diagnoza("tabulate", *few, "--by", "age").output

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            (("--by", "works_well"), "QUESTION-WITHOUT-OPTIONS"),
            (("--by", "trust_neighbours"), "QUESTION-WITHOUT-OPTIONS"),
            (("--by", "nie-ma"), "QUESTION-UNKNOWN"),
            (("--weighted",), "WAVE-UNWEIGHTED"),
            (("--weighted", "--by", "gender"), "WAVE-UNWEIGHTED"),
        ],
    )
    def test_what_cannot_be_tabulated_is_said(self, diagnoza, more, code):
        ran = diagnoza("tabulate", *self.MOKOTOW, "--question", "trust_neighbours", *more, "--json")
        assert (ran.code, ran.codes) == (1, [code])

    def test_own_words_cannot_be_counted(self, diagnoza):
        ran = diagnoza("tabulate", *self.MOKOTOW, "--question", "works_well")
        assert (ran.code, "nie ma odpowiedzi do wyboru" in ran.output) == (0, True)

    @pytest.mark.parametrize(
        ("wave", "question", "code"),
        [("Nie ma", "gender", "WAVE-UNKNOWN"), ("Ankieta mieszkańców 2024", "gendr", "QUESTION-UNKNOWN")],
    )
    def test_what_is_not_there_is_said_with_what_is(self, diagnoza, wave, question, code):
        ran = diagnoza("tabulate", "--partnership", "liw", "--wave", wave, "--question", question, "--json")
        assert (ran.code, ran.codes) == (1, [code])
        assert "Ankieta mieszkańców 2024" in ran.errors or "gender" in ran.errors

    def test_for_people_in_both_languages(self, diagnoza):
        asked = ("tabulate", *self.MOKOTOW, "--question", "gender")
        assert "kobieta" in diagnoza(*asked).output
        assert "woman" in diagnoza(*asked, "--lang", "en").output
