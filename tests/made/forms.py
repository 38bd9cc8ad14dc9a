"""Forms as XLSForm can hold them: every kind of row, groups in groups, several languages, columns nobody knows."""

import unicodedata

from hypothesis import strategies as st

from surveys.model import Form, FormChoice, FormGroup, FormRow
from tests.made.texts import SIGNS, STARTS


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


TEXTS = st.builds(lambda start, text: _tidy(start + text), STARTS, st.text(SIGNS, max_size=20)).filter(
    lambda text: text and not text.startswith("#") and text.lower() not in {"survey", "choices", "settings", "osm"}
)
_OPTIONAL = st.just("") | TEXTS
_LABELS = st.dictionaries(st.sampled_from(["pl", "en", "Deutsch (de)", "українська (uk)"]), TEXTS, max_size=3)
_EXTRA = st.dictionaries(
    st.sampled_from(["guidance_hint", "media::image", "Uwagi (nasze)", "autoplay"]), TEXTS, max_size=2
)
_LISTS = ("yes_no", "towns", "tak nie")
_PLAIN = st.sampled_from(
    ["text", "integer", "decimal", "date", "note", "calculate", "start", "geopoint", "range", "odd type"]
)


def _names(prefix: str) -> st.SearchStrategy[str]:
    return st.integers(0, 10**6).map(lambda number: f"{prefix}{number}")


def _rows() -> st.SearchStrategy[FormRow]:
    shared = {
        "name": _names("q"), "labels": _LABELS, "hints": _LABELS, "required": _OPTIONAL,
        "required_messages": _LABELS, "relevant": _OPTIONAL, "constraint": _OPTIONAL, "constraint_messages": _LABELS,
        "appearance": _OPTIONAL, "calculation": _OPTIONAL, "default": _OPTIONAL, "parameters": _OPTIONAL,
        "extra": _EXTRA,
    }  # fmt: skip
    plain = st.builds(FormRow, type=_PLAIN, **shared)
    chosen = st.builds(
        FormRow,
        type=st.sampled_from(["select_one", "select_multiple", "rank"]),
        list_name=st.sampled_from(_LISTS),
        choice_filter=_OPTIONAL,
        vocabulary=st.none() | st.just("themes"),
        profile=st.none() | st.just("age"),
        max_choices=st.none() | st.integers(1, 9),
        scale=st.booleans(),
        or_other=st.just(False),
        **shared,
    )
    other = st.builds(FormRow, type=st.just("select_one"), list_name=st.just("towns"), or_other=st.just(True), **shared)
    return plain | chosen | other


def _groups(inside: st.SearchStrategy[FormRow | FormGroup]) -> st.SearchStrategy[FormGroup]:
    items = st.lists(inside, max_size=3).map(tuple)
    shared = {"name": _names("g"), "labels": _LABELS, "hints": _LABELS, "items": items, "relevant": _OPTIONAL}
    group = st.builds(FormGroup, appearance=st.sampled_from(["", "table-list", "field-list"]), extra=_EXTRA, **shared)
    repeat = st.builds(FormGroup, is_repeat=st.just(True), repeat_count=_OPTIONAL, **shared)
    return group | repeat


_CHOICES = st.builds(
    FormChoice,
    name=_names("c"),
    labels=_LABELS,
    missing=st.none() | st.just("refused"),
    is_other=st.booleans(),
    extra=st.dictionaries(st.sampled_from(["region", "media::audio"]), TEXTS, max_size=1),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form whose rows have names and types."""
    items = st.lists(st.recursive(_rows(), _groups, max_leaves=5), min_size=1, max_size=4).map(tuple)
    lists = {name: tuple(draw(st.lists(_CHOICES, min_size=1, max_size=3))) for name in _LISTS if draw(st.booleans())}
    titles = {"pl": draw(TEXTS)} | draw(st.dictionaries(st.just("en"), TEXTS))
    return Form(
        form_id=draw(_names("f")),
        version=draw(_OPTIONAL),
        titles=titles,
        default_language="pl",
        items=draw(items),
        lists=lists,
        settings=draw(st.dictionaries(st.sampled_from(["style", "instance_name", "public_key"]), TEXTS, max_size=2)),
        other_sheets=draw(
            st.dictionaries(
                st.just("entities"),
                st.lists(st.dictionaries(st.just("list_name"), TEXTS, min_size=1), min_size=1).map(tuple),
            )
        ),
    )
