"""Questionnaires as XML in the child process: ODK's XForm, LimeSurvey's structure and its archive of responses.

A form comes out as the sheets of an XLSForm (``survey``, ``choices``, ``settings``), whatever tool it is from, so that
everything after this reads one kind of form. Entities and document types are refused, not expanded.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # types only; parsed by defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, TableBuilder

# Expat's number for a prefix without a declaration.
_UNBOUND_PREFIX = 27
_PREFIX = re.compile(rb"</?([A-Za-z_][\w.-]*):")
_DECLARED = re.compile(rb"xmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT = re.compile(rb"<[A-Za-z_][\w.:-]*")
_XFORMS = "{http://www.w3.org/2002/xforms}"

# Nobody answers more; a form is looked at question by question.
_MOST_QUESTIONS = 5_000

FormRow = Mapping[str, str]


def read_form(content: bytes, limits: dict[str, int]) -> ChildBook:
    """Read a form.

    Returns:
        The sheets of an XLSForm; for LimeSurvey's ``.lsr`` one sheet of responses without a name.

    Raises:
        ChildFault: it is no form that is known here, or breaks a limit.
    """
    root = _parse(content)
    if root.tag == "document":
        from etl.readers import child_limesurvey  # noqa: PLC0415 # only what this file needs

        if child_limesurvey.holds_responses(root):
            return ChildBook("xml", [ChildSheet("", _build(child_limesurvey.read_responses(root), limits))])
        return _form_book(child_limesurvey.read_structure(root), limits)
    if any(True for _ in root.iter(f"{_XFORMS}bind")):
        from etl.readers import child_xform  # noqa: PLC0415 # only what this file needs

        return _form_book(child_xform.read_xform(root), limits)
    raise ChildFault("FILE-IS-XML")


def _parse(content: bytes) -> Element:
    for attempt in (content, None):
        try:
            root: Element = fromstring(_declare_prefixes(content) if attempt is None else attempt, forbid_dtd=True)
        except ParseError as error:
            if attempt is None or error.code != _UNBOUND_PREFIX:
                break
        except (DefusedXmlException, ValueError, LookupError):
            break
        else:
            return root
    raise ChildFault("FILE-BROKEN")


def _declare_prefixes(content: bytes) -> bytes:
    """Forms that were cut out of others use prefixes that nobody declares any more; Central takes them."""
    used = set(_PREFIX.findall(content)) - set(_DECLARED.findall(content)) - {b"xml", b"xmlns"}
    declared = b"".join(b' xmlns:%s="urn:undeclared:%s"' % (prefix, prefix) for prefix in sorted(used))
    return _ROOT.sub(lambda found: found.group() + declared, content, count=1)


def text_of(element: Element | None) -> str:
    """Return all text of an element on one line; ``""`` for none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _form_book(sections: Mapping[str, Sequence[FormRow]], limits: dict[str, int]) -> ChildBook:
    if not sections["survey"]:
        raise ChildFault("FILE-EMPTY")
    if len(sections["survey"]) > _MOST_QUESTIONS:
        raise ChildFault("FILE-TOO-MANY-ROWS", limit=_MOST_QUESTIONS)
    return ChildBook("xml", [ChildSheet(name, _build(rows, limits)) for name, rows in sections.items() if rows])


def _build(rows: Iterable[Mapping[str, Any]], limits: dict[str, int]) -> TableBuilder:
    listed = list(rows)
    headers = list(dict.fromkeys(header for row in listed for header in row))
    if len(headers) > limits["columns"]:
        raise ChildFault("FILE-TOO-MANY-COLUMNS", limit=limits["columns"])
    table = TableBuilder(len(headers))
    cells = ([row.get(header, "") for header in headers] for row in listed)
    table.add([headers], limits["rows"], limits["text_cells"])
    table.add(cells, limits["rows"], limits["text_cells"])
    return table
