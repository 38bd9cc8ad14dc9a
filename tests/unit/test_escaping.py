"""Somebody's words stay words in Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.escaping import plain


@pytest.mark.parametrize(
    "text",
    ["![x](http://example.test/a.png)", "[a](javascript:alert(1))", "<b>x</b>", "$\\href{x}{y}$", ":material/home:"],
)
def test_payloads_lose_their_power(text: str) -> None:
    shown = plain(text)
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == text
    assert not re.search(r"(?<!\\)[\[\]()<>!$:]", shown)


@given(st.text())
def test_nothing_is_lost_but_line_breaks_and_outer_space(text: str) -> None:
    shown = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~$:^=@&])", r"\1", plain(text)).replace("\u2060", "")
    assert shown == " ".join(re.split(r"[^\S\u00a0\u202f]+", text.replace("\u2060", ""))).strip()


def test_a_number_stays_in_one_piece() -> None:
    assert plain("1\u00a0234\u00a0zł") == "1\u00a0234\u00a0zł"


def test_an_icons_name_stays_words() -> None:
    # Streamlit draws icons from the text it has read, when escapes are gone.
    for name in (":material/home:", ":streamlit:"):
        assert name not in re.sub(r"\\(.)", r"\1", plain(f"Klub {name}"))


@pytest.mark.parametrize(
    "text",
    [
        "http://zly.example",
        "Patrz https://zly.example/?a=b",
        "HTTPS://ZLY.EXAMPLE",
        "(http://www.zly.example)",
        "www.zly.example",
        "Www.zly.example",
        "ala@zly.example",
        "mailto:ala+b@poczta.zly.example",
    ],
)
def test_a_bare_address_is_no_link(text: str) -> None:
    # GitHub's Markdown looks for addresses in the text it has read, when escapes are gone.
    shown = re.sub(r"\\(.)", r"\1", plain(text))
    assert shown.replace("\u2060", "") == text
    assert not re.search(r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+(\.[-\w]+)+", shown, re.IGNORECASE)
