"""``diagnoza suggest``: people's own words to codes."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from etl.commands.console import Console
from surveys.language.numerals import format_percent
from surveys.language.suggestion import KINDS, Suggestion, load_suggester
from surveys.vocabulary import load


def run_suggest(console: Console, options: Namespace) -> int:
    """Suggest codes for each text, best first."""
    texts = _read_texts(options.texts)
    suggested = load_suggester(options.kind).suggest_many(texts)
    if console.as_json:
        console.print_json(
            [
                {
                    "text": text,
                    "suggestions": [
                        {"code": each.code, "score": round(each.score, 3), "certain": each.certain} for each in found
                    ],
                }
                for text, found in zip(texts, suggested, strict=True)
            ]
        )
        return 0
    for text, found in zip(texts, suggested, strict=True):
        _say(console, options.kind, text, found)
    return 0


def _say(console: Console, kind: str, text: str, found: Sequence[Suggestion]) -> None:
    console.print(text)
    if not found:
        console.print(f"    {console.text('suggest.nothing')}")
    codes = load().lists[KINDS[kind]]
    for each in found:
        certain = console.text("suggest.certain") if each.certain else format_percent(each.score, console.language)
        label = codes.label(each.code, console.language)
        console.print(f"    {each.code}  {label}  ({certain}; {each.explain(console.language)})")


def _read_texts(words: Sequence[str]) -> list[str]:
    """``-`` stands for the lines of standard input, which are UTF-8 whatever the system thinks."""
    texts: list[str] = []
    for word in words:
        if word == "-":
            lines = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace").splitlines()
            texts.extend(line.strip() for line in lines if line.strip())
        else:
            texts.append(word)
    return texts
