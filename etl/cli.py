"""The command ``diagnoza``: reads the words, finds the command's code, says what went wrong.

Exit codes: 0 done, 1 the input has faults that stopped it, 2 wrong usage, 130 interrupted. With ``--json`` standard
output carries one JSON value and nothing else; progress and complaints go to standard error.
"""

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

from etl.commands.arguments import build_parser, find_code
from etl.commands.console import Console
from etl.commands.parsing import UsageError, command_texts
from surveys.findings import FaultError, Report
from surveys.language.texts import LANGUAGES, Language

DONE, FAULTS, USAGE, INTERRUPTED = 0, 1, 2, 130

_logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``diagnoza`` with its words (by default those of the process) and return the exit code."""
    _speak_any_letter()
    # What is foreseen is said in a finding; the log's places and types are for what is not.
    logging.basicConfig(level=logging.ERROR)
    try:
        language, words = _take_language(list(sys.argv[1:] if arguments is None else arguments))
        options = build_parser(language).parse_args(words)
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    except SystemExit as end:  # argparse ends this way after --help
        return cast("int", end.code or DONE)
    console = Console(language, as_json=getattr(options, "json", False))
    try:
        code = cast("int", find_code(options.run)(console, options))
        console.output.flush()  # here, where a reader who has left is no fault
    except BrokenPipeError:
        _forget_output()
        return DONE
    except KeyboardInterrupt:
        console.note("interrupted")
        return INTERRUPTED
    except UsageError as error:
        console.warn(str(error))
        return USAGE
    except Exception as error:  # noqa: BLE001 # the last door: a person gets sentences, never a traceback
        return _say_fault(console, error)
    return code


def _say_fault(console: Console, error: Exception) -> int:
    report = _explain(error)
    console.warn_of(report)
    if console.as_json:
        from etl.importing import findings_to_json  # noqa: PLC0415 # only when something is wrong

        console.print_json({"findings": findings_to_json(report, console.language)})
    return FAULTS


def _explain(error: Exception) -> Report:
    if isinstance(error, FaultError):
        return error.report
    from etl.faults import explain_fault  # noqa: PLC0415 # SQLAlchemy: only when something is wrong

    return explain_fault(error, _logger)


def _take_language(words: list[str]) -> tuple[Language, list[str]]:
    """``--lang`` may stand anywhere; it is read first, because help and complaints need it."""
    named = os.environ.get("DIAGNOZA_LANG") or "pl"
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            rest.extend((word, *remaining))
        elif word == "--lang":
            named = next(remaining, "")
        elif word.startswith("--lang="):
            named = word.removeprefix("--lang=")
        else:
            rest.append(word)
    for language in LANGUAGES:
        if named == language:
            return language, rest
    raise UsageError(command_texts().say("usage.language", "pl", words=named))


def _speak_any_letter() -> None:
    """A console in an old code page shows what it can of Polish letters, rather than ending the program."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream of a test, or of a program that embeds us
            stream.reconfigure(errors="replace")  # type: ignore[union-attr] # only text streams of files have it


def _forget_output() -> None:
    """Whoever read our output (``| head``) has left; Python would complain once more when it closes the stream."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 # open until the process ends
