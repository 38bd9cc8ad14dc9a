"""Questions of the respondent profile (metryczka), by their wording: sex, age, place, occupation."""

import re

from etl.clean.labels import question_key

# Folded wording without its number; short headers only, so that "Czy w Pana wieku…" is not taken for age.
_POLITE = r"^(pana/pani |pani/pana |pan/pani |twoj |twoja |twoje |prosze podac |podaj )?"
_PROFILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "gender",
        (_POLITE + r"(plec|gender|sex)\b", r"^(jestem|jest pan/?i|jest pan/pani)( kobieta| mezczyzna|$)", r"\bplec\b"),
    ),
    (
        "age",
        (
            _POLITE + r"(wiek|age)\b",
            r"\bile (ma pan|masz)\S* .*\blat\b",
            r"^(grupa|przedzial) wiekow\w+",
            r"^rok ur(odzenia\b|\b)",
            r"\bw ktorym roku (sie )?(pan\S* )?(sie )?urodzil\w*",
            r"\bwiek respondenta\b",
            r"how old are you",
        ),
    ),
    (
        "place",
        (
            _POLITE + r"(miejsc(e|owosc)( zamieszkania)?|solectwo|gmina|dzielnica|osiedle)\b",
            r"\bgdzie (pan/pani |pan/i )?mieszka(sz)?\b",
            r"\bmiejsce zamieszkania\b",
            r"\bw jakiej miejscowosci\b",
            r"^place of residence\b",
        ),
    ),
    (
        "status",
        (
            _POLITE + r"(zatrudnienie|aktywnosc zawodowa|employment|occupation)\b",
            r"\b(status|sytuacja) zawodow\w+",
        ),
    ),
)
_PATTERNS = tuple((name, re.compile("|".join(patterns))) for name, patterns in _PROFILES)
_WORD_LIMIT = 9


def find_profile(header: str) -> str | None:
    """Return ``gender``, ``age``, ``place`` or ``status`` for a question of the profile, ``None`` for others."""
    key = question_key(header)
    if len(key.split()) > _WORD_LIMIT:
        return None
    return next((name for name, pattern in _PATTERNS if pattern.search(key)), None)
