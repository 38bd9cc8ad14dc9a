"""Ticks as tools and people write them: which cells mean that an option was chosen, and which that it was not."""

from etl.clean.labels import option_key

_TICKED = frozenset(
    option_key(text)
    for text in ("1", "x", "v", "y", "t", "p", "tak", "yes", "true", "prawda", "wybrano", "zaznaczono", "checked",
                 "selected", "quoted", "ja", "si", "oui", "da", "✓", "✔", "☑", "☒", "■")
)  # fmt: skip
_UNTICKED = frozenset(
    option_key(text)
    for text in ("0", "n", "f", "nie", "no", "false", "fałsz", "nie wybrano", "nie zaznaczono", "unchecked",
                 "not selected", "not quoted", "n/a", "nd", "nie dotyczy", "-", ".", "☐", "□")
)  # fmt: skip
# Signs that folding would take away altogether.
_TICK_SIGNS = frozenset("✓✔☑☒■●")


def read_tick(text: str) -> bool | None:
    """Return whether a cell, as read aloud, is a tick; ``None`` when it is neither a tick nor its absence."""
    key = option_key(text)
    if text in _TICK_SIGNS or key in _TICKED:
        return True
    return False if not key or key in _UNTICKED else None
