"""A small writer of OpenDocument spreadsheets for tests, from their tables' own XML."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_NAMES}:office:1.0" xmlns:table="{_NAMES}:table:1.0" '
    f'xmlns:text="{_NAMES}:text:1.0" xmlns:style="{_NAMES}:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_CLOSE = "</office:spreadsheet></office:body></office:document-content>"


def write_open_document(tables: Mapping[str, str]) -> bytes:
    """Return an .ods of these tables: name → XML of the rows."""
    body = "".join(f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in tables.items())
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # The first part stands bare: programs know the file by the bytes at its place.
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f"{_OPEN}{body}{_CLOSE}")
        archive.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()
