"""Which letters the bytes of a text file stand for. Nothing is repaired: what is doubtful becomes a finding."""

import codecs
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TextIO

from etl.readers.child_table import ChildFault

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# One-byte encodings met in Poland, the likeliest first.
_ONE_BYTE = ("cp1250", "iso-8859-2", "cp852", "cp1252")
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_TYPOGRAPHY = frozenset("–—„”“’‘…•§°€«»×·é\u00a0½")
# Beside Polish letters those of Western neighbours are likelier than those that only Czechs, Slovaks or Romanians use.
_EASTERN = frozenset("ŕŔďĎľĽĺĹřŘěĚůŮťŤňŇčČšŠžŽţŢŞşăĂőŐűŰđĐ")
_SAMPLE_CHARACTERS = 400_000
_BLOCK = 1 << 20
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Bytes and the encoding they are read in.

    Attributes:
        content: the file, in an encoding whose line ends and delimiters are single bytes.
        encoding: name of that encoding, for Python.
        found: name of the encoding of the file as it came.
        guessed: nothing in the file proves it.
    """

    content: bytes
    encoding: str
    found: str
    guessed: bool

    def open(self) -> TextIO:
        """Return the text from its beginning, with its line breaks as they are.

        A half of a character at the end or a stray byte costs that character, not the file.
        """
        return io.TextIOWrapper(io.BytesIO(self.content), self.encoding, errors="replace", newline="")

    def sample(self) -> str:
        """Return the beginning of the text."""
        return self.open().read(_SAMPLE_CHARACTERS)


def decode(content: bytes) -> DecodedText:
    """Find the encoding of a text.

    Raises:
        ChildFault: these bytes are no text.
    """
    text = _find_encoding(content)
    sample = text.sample()
    if len(_CONTROL.findall(sample)) > max(8, len(sample) // 50):
        raise ChildFault("FILE-NOT-A-TABLE")
    return text


def _find_encoding(content: bytes) -> DecodedText:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            if encoding == "utf-8-sig":
                return DecodedText(content, encoding, "utf-8", guessed=False)
            return _rewrite(content, encoding, encoding)
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return _rewrite(content, unmarked, unmarked)
    if _is_utf8(content):
        return DecodedText(content, "utf-8", "utf-8", guessed=False)
    best = _guess_one_byte(content)
    return DecodedText(content, best, best, guessed=True)


def _rewrite(content: bytes, encoding: str, found: str) -> DecodedText:
    text = content.decode(encoding, errors="replace")
    return DecodedText(text.encode("utf-8", errors="replace"), "utf-8", found, guessed=False)


def _is_utf8(content: bytes) -> bool:
    """Whether all of it is strict UTF-8, looked at in blocks: the text itself is not kept."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _BLOCK):
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(content: bytes) -> str | None:
    """Mostly Latin text in UTF-16 has a NUL in every second byte."""
    sample = content[:4_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.5 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.5 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _guess_one_byte(content: bytes) -> str:
    """Choose by Polish letters gained against signs that no Polish text holds (cp1250 and 8859-2 differ in six)."""
    # A survey's first hundred thousand signs may be headers and numbers: every byte has its say.
    bytes_counted = Counter(content)

    def score(encoding: str) -> int:
        signs: Counter[str] = Counter()
        for byte, count in bytes_counted.items():
            signs[bytes((byte,)).decode(encoding, errors="replace")] += count
        # DOS is rare today: one lucky letter (a dash of Windows is its "ś") doesn't prove it.
        points = -10 if encoding == "cp852" and len(_POLISH & signs.keys()) < 3 else 0
        for sign, count in signs.items():
            if sign in _POLISH:
                points += count
            elif sign == "\ufffd" or "\x7f" <= sign < "\xa0":
                points -= 5 * count
            elif not sign.isascii() and sign not in _TYPOGRAPHY:
                points -= count * (2 if sign in _EASTERN else 1)
        return points

    return max(_ONE_BYTE, key=score)
