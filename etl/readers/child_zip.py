"""Packed files in the child process: their parts, really unpacked and counted. What a zip says of itself is doubted.

Nothing is ever written to a disk, so no name of a part can reach one; names that try are refused all the same,
because no honest program writes them.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from etl.readers.child_table import ChildFault

_BLOCK = 1 << 18
_HAS_PASSWORD = 0x1
_NAME_IS_UTF8 = 0x800
_MADE_ON_UNIX = 3
_ABSOLUTE = re.compile(r"^([/\\]|[A-Za-z]:)")


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip that can be opened.

    Attributes:
        content: its bytes.
        members: its parts, folders included.
    """

    content: bytes
    members: list[zipfile.ZipInfo]

    def start_of(self, name: str) -> bytes:
        """Return the first block of a part, empty when there is no such part."""
        member = next((member for member in self.members if member.filename == name), None)
        return b"" if member is None else next(unpack(member, self.content), b"")


def open_zip(content: bytes, limits: dict[str, int]) -> Packed:
    """Read the directory of a zip.

    Raises:
        ChildFault: broken, empty, or with too many parts.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ChildFault("FILE-BROKEN") from None
    if not members:
        raise ChildFault("FILE-EMPTY")
    if len(members) > limits["member_count"]:
        raise too_large(limits)
    return Packed(content, members)


def unpack(member: zipfile.ZipInfo, content: bytes) -> Iterator[bytes]:
    """Yield a part block by block, to the end of its packed data, whatever length its header claims.

    Raises:
        ChildFault: broken or encrypted.
    """
    if member.flag_bits & _HAS_PASSWORD:
        raise ChildFault("FILE-ENCRYPTED")
    head = content[member.header_offset : member.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise ChildFault("FILE-BROKEN")
    start = member.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(content)[start : start + member.compress_size]
    if len(packed) < member.compress_size:
        raise ChildFault("FILE-BROKEN")
    if member.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise ChildFault("FILE-BROKEN")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _BLOCK)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        raise ChildFault("FILE-BROKEN") from None


def require_safe_names(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose parts would leave its folder, point elsewhere, or stand in for one another.

    Raises:
        ChildFault: there is such a part.
    """
    seen: set[str] = set()
    for member in members:
        name = member_name(member)
        parts = name.replace("\\", "/").split("/")
        link = member.create_system == _MADE_ON_UNIX and stat.S_ISLNK(member.external_attr >> 16)
        # zipfile cuts a name at its NUL; the name in the file is compared whole.
        if _ABSOLUTE.match(name) or ".." in parts or link or "\x00" in member.orig_filename:
            raise ChildFault("FILE-ARCHIVE-UNSAFE", name=short_name(name))
        key = "/".join(parts).casefold()
        if key in seen:
            raise ChildFault("FILE-ARCHIVE-DUPLICATE", name=short_name(name))
        seen.add(key)


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a part's name as whoever packed it wrote it.

    Without the sign for UTF-8 a name is in the packer's own encoding: macOS writes UTF-8 all the same, Windows in
    Poland code page 852; `zipfile` takes both for code page 437.
    """
    if member.flag_bits & _NAME_IS_UTF8 or member.filename.isascii():
        return member.filename
    try:
        written = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp852", errors="replace")


def short_name(name: str) -> str:
    """Return the last part of a name, cut to a length a sentence can hold."""
    return (name.replace("\\", "/").rstrip("/").rpartition("/")[2] or name)[:120]


def too_large(limits: dict[str, int]) -> ChildFault:
    """Return the fault of a file that unpacks to more than is taken."""
    return ChildFault("FILE-TOO-LARGE-UNPACKED", limit=limits["inflated_bytes"] // 1024**2)
