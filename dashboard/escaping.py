"""The one door for somebody's words into Markdown: names, problems, file names, questions.

Streamlit renders Markdown in most of its elements, and an image in somebody's answer would make every reader's
browser fetch it. Everything that is not our own prose passes here first.
"""

import re

# Everything Markdown, its GitHub and LaTeX dialects and Streamlit's own directives (:material/…:, :red[…]) react to.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=@&])")
# A non-breaking space holds a number together (1 234 zł) and stays.
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")

# Icons and links from bare addresses are made after Markdown has been read, escapes or not: a word joiner, which nobody
# sees, keeps them words. It stands where browsers overlook it in an address that somebody copies.
_MADE_LATER = re.compile(r":(?=material/|streamlit:)|(?<=:)//|www(?=\.)|@", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text that Markdown shows as it was written, on one line, without links.

    Streamlit may draw ``->`` as an arrow.
    """
    return _SPECIAL.sub(r"\\\1", _MADE_LATER.sub("\\g<0>\u2060", _BREAKS.sub(" ", text).strip()))
