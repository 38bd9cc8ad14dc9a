"""From a partnership to a file: the one way that the page and the command line go.

`etl` never imports this package; ``diagnoza report`` finds `make_report` by its name when it runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.documents.building import build_document
from dashboard.documents.content import Document
from dashboard.documents.docx_report import write_docx
from dashboard.documents.html_report import write_html
from dashboard.documents.kinds import Kind
from dashboard.documents.material import gather
from dashboard.documents.pptx_report import write_pptx
from dashboard.documents.xlsx_report import write_xlsx
from etl.store.engine import Store
from etl.store.reading import resolve_scope
from etl.store.reading.scope import Scope
from etl.store.report_rows import read_own_texts
from etl.store.scope import Actor
from surveys.language.texts import Language

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        mime: its type.
        write: makes it of a document.
    """

    mime: str
    write: Callable[[Document], bytes]


FORMATS: Mapping[str, Format] = {
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", write_docx),
    "pptx": Format(f"{_OFFICE}.presentationml.presentation", write_pptx),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
    "html": Format("text/html", write_html),
}


def make_document(store: Store, scope: Scope, slug: str, kind: Kind, *, language: Language, today: date) -> Document:
    """Return a partnership's document as data, with its own paragraphs.

    Args:
        store: open store.
        scope: of whoever asks.
        slug: of a partnership in it.
        kind: the shape.
        language: of the document.
        today: its day.

    Raises:
        LookupError: the partnership is not in scope.
    """
    with store.read() as connection:
        own = read_own_texts(connection, scope, slug, kind.value, language)
        material = gather(connection, scope, slug, language=language, today=today, own=own)
    return build_document(material, kind)


def make_report(
    store: Store, actor: Actor, slug: str, *, kind: str, format_name: str, language: Language, today: date
) -> bytes:
    """Return a partnership's document as a file, for the command line.

    Args:
        store: open store.
        actor: whoever asks.
        slug: of the partnership, real or invented.
        kind: one of `Kind`.
        format_name: one of `FORMATS`.
        language: of the document.
        today: its day.

    Raises:
        LookupError: the actor may not see such a partnership.
    """
    with store.read() as connection:
        scopes = [resolve_scope(connection, actor, sample=sample) for sample in (False, True)]
    scope = next((scope for scope in scopes if slug in scope.slugs), scopes[0])
    document = make_document(store, scope, slug, Kind(kind), language=language, today=today)
    return FORMATS[format_name].write(document)
