"""What holds for every text and every number, not only for the examples."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.language.collation import sort_key
from surveys.language.folding import fold, tidy
from surveys.language.numerals import count, format_number, plural_form
from surveys.language.stemming import stem
from surveys.language.suggestion import KINDS, suggest

POLISH_TEXT = st.text(alphabet="aąbcćdeęfghijklłmnńoóprsśtuwyzźżAĄĆŁŚŻ -–,„”/0123456789", max_size=30)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tidying_first_does_not_change_the_fold(text):
    assert fold(tidy(text)) == fold(text)


@given(POLISH_TEXT)
def test_polish_folds_to_ascii_and_case_does_not_matter(text):
    assert fold(text).isascii()
    assert fold(text.upper()) == fold(text) == fold(text.lower())


@given(st.text(max_size=12), st.text(max_size=12))
def test_only_the_same_text_has_the_same_key(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.lists(POLISH_TEXT))
def test_sorting_is_the_same_whatever_the_order_before(texts):
    backwards = texts[::-1]
    assert sorted(texts, key=sort_key) == sorted(backwards, key=sort_key)


@given(st.text(alphabet="abcdefghijklmnoprstuwyz", min_size=1, max_size=20))
def test_a_stem_is_never_empty(word):
    assert stem(word)


def test_polish_plural_forms():
    def expected(n):
        if n == 1:
            return "one"
        return "few" if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else "many"

    assert [n for n in range(1001) if plural_form(n, "pl") != expected(n)] == []


def test_english_plural_forms():
    assert [n for n in range(1001) if plural_form(n, "en") == "one"] == [1]
    assert {plural_form(n, "en") for n in range(1001) if n != 1} == {"other"}


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_written_whole_number_reads_back(n):
    for language, group in (("pl", "\u00a0"), ("en", ",")):
        assert int(format_number(n, language).replace(group, "").replace("−", "-")) == n


@given(st.integers(min_value=0, max_value=10**6))
def test_a_count_begins_with_its_number(n):
    forms = {"one": "osoba", "few": "osoby", "many": "osób", "other": "osoby"}
    assert count(n, forms).rpartition(" ")[0] == format_number(n, "pl")


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60) | POLISH_TEXT)
def test_suggestions_are_ordered_and_at_most_the_first_is_certain(kind, text):
    found = suggest(kind, text)
    assert len(found) <= 5
    assert all(0 < suggestion.score <= 1 for suggestion in found)
    assert not any(suggestion.certain for suggestion in found[1:])
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert len({suggestion.code for suggestion in found}) == len(found)
