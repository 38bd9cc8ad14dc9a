"""Questions of the respondent profile (metryczka), by their wording: sex, age, place, occupation."""

import re

from etl.clean.labels import question_key

# Folded wording without its number; short headers only, so that "Czy w Pana wieku…" is not taken for age.
_PROFILES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("gender", re.compile(r"^(pana/pani |twoja |prosze podac |podaj )?(plec|gender|sex)\b|^(jestem|jest pan/?i|jest pan/pani)( kobieta| mezczyzna|$)|\bplec\b")),
    ("age", re.compile(r"^(pana/pani |twoj |prosze podac |podaj )?(wiek|age)\b|\bile (ma pan|masz)\S* .*\blat\b|^(grupa|przedzial) wiekow\w+|^rok urodzenia|how old are you|\bwiek respondenta\b")),
    ("place", re.compile(r"^(pana/pani |twoje )?(miejsc(e|owosc)( zamieszkania)?|solectwo|gmina|dzielnica|osiedle|place of residence)\b|\bgdzie (pan/pani |pan/i )?mieszka(sz)?\b|\bmiejsce zamieszkania\b|\bw jakiej miejscowosci\b")),
    ("status", re.compile(r"^(pana/pani |twoj |twoja )?(status zawodow\w+|sytuacja zawodow\w+|zatrudnienie|aktywnosc zawodowa|employment|occupation)\b|\bstatus zawodow\w+|\bsytuacja zawodow\w+")),
)  # fmt: skip
_WORD_LIMIT = 9


def find_profile(header: str) -> str | None:
    """Return ``gender``, ``age``, ``place`` or ``status`` for a question of the profile, ``None`` for others."""
    key = question_key(header)
    if len(key.split()) > _WORD_LIMIT:
        return None
    return next((name for name, pattern in _PROFILES if pattern.search(key)), None)
