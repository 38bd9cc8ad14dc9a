"""argparse that speaks Polish and English: its own words are English only, so they are said from our catalogue."""

import argparse
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from surveys.language.texts import Catalogue, Language, load_catalogue

# What argparse says, in order of trial, and the key of our sentence with the same groups. The wording changed between
# versions of Python; what no pattern knows is said by a general sentence.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"the following arguments are required: (?P<words>.+)", "usage.required"),
        (r"one of the arguments (?P<words>.+) is required", "usage.required"),
        (r"unrecognized arguments: (?P<words>.+)", "usage.unknown"),
        (r"ambiguous option: (?P<words>.+) could match .+", "usage.unknown"),
        (r"argument (?P<name>.+?): invalid choice: '(?P<words>[^']*)'.*", "usage.choice"),
        (r"argument (?P<name>.+?): invalid .+ value: '(?P<words>.*)'", "usage.value"),
        (r"argument (?P<name>.+?): expected .+", "usage.expected"),
        (r"argument (?P<name>.+?): not allowed with argument (?P<words>.+)", "usage.together"),
    )
)  # fmt: skip


class UsageError(Exception):
    """The command line makes no sense. Its text is said to the person as it is."""


class Parser(argparse.ArgumentParser):
    """A parser that says everything in one language and raises `UsageError` instead of ending the process.

    Args:
        language: of help and complaints.
        path: words of the command after ``diagnoza``, for example ``("user", "add")``; keys of its texts.
    """

    def __init__(self, *, language: Language, path: tuple[str, ...] = (), **settings: Any) -> None:
        self.language: Language = language
        self.path = path
        self._texts = command_texts()
        key = ".".join(("command", *path, "help")) if path else "program.help"
        settings["prog"] = " ".join(("diagnoza", *path))  # instead of what argparse would make of it
        super().__init__(
            description=self._texts.say(key, language),
            add_help=False,
            allow_abbrev=False,
            formatter_class=_localised_formatter(self._texts.say("usage.prefix", language)),
            **settings,
        )
        if path:
            self._arguments = self.add_argument_group(self.say("usage.arguments"))
        self._options = self.add_argument_group(self.say("usage.options"))
        self._options.add_argument("-h", "--help", action="help", help=self.say("option.help"))
        self._options.add_argument("--lang", metavar="pl|en", help=self.say("option.lang"))

    def say(self, key: str, **facts: object) -> str:
        """Return a text of the command line."""
        return self._texts.say(key, self.language, **facts)

    def takes(self, name: str, **settings: Any) -> None:
        """Add a positional argument or an option; its help is the text of its name for this command, or in general."""
        plain = name.lstrip("-").replace("-", "_")
        own = ".".join(("command", *self.path, plain))
        help_text = self.say(own if own in self._texts else f"option.{plain}")
        group = self._options if name.startswith("-") else self._arguments
        group.add_argument(name, help=help_text, **settings)

    def add_commands(self, names: Iterable[str]) -> Callable[[str], "Parser"]:
        """Give this command a choice of words and return a function that makes the parser of each."""
        key = "_".join((*self.path, "command"))
        choices = self.add_subparsers(
            title=self.say("usage.commands"), dest=key, metavar=self.say("usage.command"), required=True
        )
        known = tuple(names)

        def add(name: str) -> Parser:
            path = (*self.path, name)
            if name not in known:
                raise ValueError(f"{name} was not announced")
            help_text = command_texts().say(".".join(("command", *path, "help")), self.language)
            return choices.add_parser(name, language=self.language, path=path, help=help_text)

        return add

    def error(self, message: str) -> NoReturn:
        """Say in the person's language what is wrong, how the command is used, and where help is."""
        raise UsageError(f"{self._complain(message)}\n{self.format_usage().rstrip()}\n{self._point_at_help()}")

    def _complain(self, message: str) -> str:
        for pattern, key in _COMPLAINTS:
            found = pattern.fullmatch(message)
            if found is not None:
                facts = {"name": "", "words": "", **found.groupdict()}
                facts["name"] = self.say("usage.command") if facts["name"].endswith("command") else facts["name"]
                return self.say(key, **facts) + self._guess(facts["words"])
        return self.say("usage.unclear")

    def _guess(self, word: str) -> str:
        near = difflib.get_close_matches(word, _list_words(self), n=1)
        return " " + self.say("usage.guess", word=near[0]) if near else ""

    def _point_at_help(self) -> str:
        return self.say("usage.see_help", command=f"{self.prog} --help")


def command_texts() -> Catalogue:
    """Return the texts of the command line."""
    return load_catalogue("etl.texts")


def _list_words(parser: argparse.ArgumentParser) -> list[str]:
    words: list[str] = []
    for action in parser._actions:  # noqa: SLF001 # argparse has no public way to ask for what it knows
        words.extend(action.option_strings)
        words.extend(str(choice) for choice in action.choices or ())
    return words


def _localised_formatter(usage_prefix: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, usage_prefix if prefix is None else prefix)

    return Formatter
