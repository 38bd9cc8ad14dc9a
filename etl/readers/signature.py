"""What a file is by its first bytes: the name a person gave it is never trusted."""

import re
from dataclasses import dataclass

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(
    rb"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|style)\b", re.IGNORECASE | re.DOTALL
)
# A questionnaire in XML: ODK's XForm, LimeSurvey's structure and responses.
_FORM = re.compile(rb"^(\xef\xbb\xbf)?\s*<(?=.*(<LimeSurveyDocType>|http://www\.w3\.org/2002/xforms))", re.DOTALL)
_JSON = re.compile(rb'^(\xef\xbb\xbf)?\s*(\{\s*"[^"\n]{1,200}"\s*:|\[\s*\{\s*"[^"\n]{1,200}"\s*:)')
_XML = re.compile(rb"^\s*<\?xml\b|^\s*<(\w+:)?workbook\b", re.IGNORECASE)

# First bytes of things that people upload by mistake; the name is a key of a text (``file_kind.…``).
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"SQLite format 3\x00", "database"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)

# Text begins with these, whatever the picture formats say of two letters.
_PRINTABLE_START = re.compile(rb"^[\x09\x0a\x0d\x20-\x7e\x80-\xff]{64}")


@dataclass(frozen=True, slots=True)
class Signature:
    """What the first bytes say.

    Attributes:
        kind: ``text``, ``packed`` (a zip of any sort: what is inside decides), ``xls``, ``spss``, ``form`` (a
            questionnaire in XML), or one that cannot be read: ``empty``, ``encrypted``, ``html``, ``xml``, ``pdf``,
            ``json``, ``document``, ``picture``, ``archive`` …
    """

    kind: str

    @property
    def readable(self) -> bool:
        """Whether there is a reader to try."""
        return self.kind in {"text", "packed", "xls", "spss", "form"}


def read_signature(content: bytes) -> Signature:
    """Return what a file is by its bytes."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Signature("empty")
    if content.startswith(_ZIP):
        return Signature("packed")
    if content.startswith(_OLE):
        return Signature(_ole_kind(content))
    head = content[:4096]
    for pattern, kind in ((_JSON, "json"), (_FORM, "form"), (_HTML, "html"), (_XML, "xml")):
        if pattern.match(head):
            return Signature(kind)
    for start, kind in _OTHERS:
        if head.startswith(start) and not (len(start) == 2 and _PRINTABLE_START.match(head)):
            return Signature(kind)
    return Signature("text")


def _ole_kind(content: bytes) -> str:
    """An OLE container names its streams in UTF-16: the streams say which program wrote it."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        return "encrypted"
    if has("Workbook") or has("Book"):
        return "xls"
    return "document"
