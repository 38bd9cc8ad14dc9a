"""The README names every command, and no command that is not there."""

import re

from etl.commands.arguments import list_commands
from tests.architecture.sources import ROOT


def read_commands():
    """Return the words of the commands in README.md; ``user add\\|list`` are two."""
    found = set()
    for mention in re.findall(r"`diagnoza ([^`]+)`", (ROOT / "README.md").read_text(encoding="utf-8")):
        words = [word for word in mention.replace("\\|", "|").split() if re.fullmatch(r"[a-z|]+", word)][:2]
        known = {command[0] for command in list_commands() if len(command) == 2}
        group, names = words[0], words[1].split("|") if len(words) > 1 else []
        found |= {(group, name) for name in names} if group in known else {(group,)}
    return found


def test_every_command_is_in_the_readme_and_the_other_way_round():
    assert read_commands() == set(list_commands())
