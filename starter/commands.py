"""The command line of ``start.py``: which story to tell, and how failures are said."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from starter.checking import run_benchmarks, run_checks, run_tests
from starter.environment import Environment
from starter.installing import explain_system_error
from starter.ports import HIGHEST_PORT
from starter.serving import USUAL_HOST, ServeOptions, start_dashboard
from starter.texts import StarterError, phrase, say, speak_any_letter

ROOT = Path(__file__).resolve().parent.parent

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run ``start.py`` with its arguments and return the exit code."""
    speak_any_letter()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return tell(Environment(ROOT), list(arguments))
    except StarterError as error:
        print(error.explain(), file=sys.stderr, flush=True)
        return EXIT_USAGE if error.key == "usage" else EXIT_FAILED
    except OSError as error:
        print(explain_system_error(error, ROOT).explain(), file=sys.stderr, flush=True)
        return EXIT_FAILED
    except KeyboardInterrupt:
        say("interrupted")
        return EXIT_INTERRUPTED


def tell(environment: Environment, arguments: list[str]) -> int:
    """Choose the story by the first word; without one the dashboard is started."""
    match arguments:
        case ["-h" | "--help" | "help", *_]:
            print(phrase("help"))
            return 0
        case ["test", *rest]:
            with_coverage = "--coverage" in rest
            return run_tests(environment, [word for word in rest if word != "--coverage"], with_coverage=with_coverage)
        case ["bench", *rest]:
            return run_benchmarks(environment, rest)
        case ["check"]:
            return run_checks(environment)
        case _:
            return start_dashboard(environment, parse_serve_options(arguments))


def parse_serve_options(arguments: Sequence[str]) -> ServeOptions:
    """Return what the options of the start say.

    Raises:
        StarterError: an option is unknown or has no sense.
    """
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--host", default=USUAL_HOST)
    parser.add_argument("--port", type=parse_port)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    return ServeOptions(
        host=options.host, port=options.port, opens_browser=not options.no_browser, is_fresh=options.fresh
    )


def parse_port(text: str) -> int:
    """Return a port number.

    Raises:
        StarterError: it is no number from 1 to 65535.
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT):
        raise StarterError("usage", words=f"--port {text}")
    return int(text)


class _Parser(argparse.ArgumentParser):
    """argparse that fails in our words."""

    def error(self, message: str) -> NoReturn:
        raise StarterError("usage", words=message)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
