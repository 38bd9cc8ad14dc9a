"""Office files made twice are the same file: no moment of making is left in them."""

import io
import re
import zipfile

_NO_DAY = (2000, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def without_moments(content: bytes) -> bytes:
    """Return an office file (a zip of XML) with the first day of 2000 wherever it says when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, _NO_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            packed.writestr(info, part)
    return out.getvalue()
