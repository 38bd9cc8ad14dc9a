"""Start diagnoza-lokalna: ``python3 start.py``. Test it: ``python3 start.py test``. Help: ``python3 start.py --help``.

This file is written so that any Python can read it, even Python 2 (plain ASCII, no f-strings): one that is too old gets
a sentence instead of a syntax error. Everything else stands in the folder ``starter``.
"""

import sys

if sys.version_info < (3, 11):
    # The only sentences outside the catalogue starter/texts.toml: this Python could not read it.
    sys.stderr.write(
        "Ten Python jest za stary (%d.%d). Zainstaluj Pythona 3.11 lub nowszego ze strony python.org "
        "i uruchom ponownie, tak: python3.12 start.py\n"
        "This Python is too old (%d.%d). Install Python 3.11 or later from python.org "
        "and run again, like this: python3.12 start.py\n" % (sys.version_info[:2] * 2)
    )
    sys.exit(2)

from starter.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
