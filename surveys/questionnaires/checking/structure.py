"""Columns, types, names and groups of the sheet survey."""

import re
from collections.abc import Iterator

from surveys.findings import Finding
from surveys.language.folding import slugify
from surveys.questionnaires.checking.lines import Facts, Line, Lines, find_like
from surveys.questionnaires.columns import read_header
from surveys.questionnaires.form_types import KNOWN_TYPES, FormType

# As pyxform: a name becomes an element of XML.
_NAME = re.compile(r"^[^\W\d][\w.\-]*$")
_NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name")}
_OTHER_COLUMNS = ("media", "image", "big-image", "audio", "video", "label")
_SELECTS = frozenset({"select_one", "select_multiple", "rank", "select one", "select multiple"})
# Old forms set their title and id in the sheet survey; rare types that a form may have and we have no use for.
_PASSED_OVER = re.compile(r"^(set[ _])?form[ _](title|id)$|^osm\b|^percentage$|^prefix$", re.IGNORECASE)
# What people are asked for by a phone that shows places, takes pictures, records.
_ASKED_BY_DEVICES = frozenset({"geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode"})
_NAMELESS = frozenset({"note", "audit"})
# What people write who take the sheet for a Polish one.
_POLISH = {
    "liczba": "integer", "liczba całkowita": "integer", "tekst": "text", "data": "date", "notatka": "note",
    "uwaga": "note", "grupa": "begin_group", "ułamek": "decimal", "kolejność": "rank",
    "typ": "type", "nazwa": "name", "lista": "list_name", "nazwa listy": "list_name",
}  # fmt: skip
_END_WORD = re.compile(r"^end[_ ](?P<word>\w+)", re.IGNORECASE)


def check_columns(lines: Lines) -> Iterator[Finding]:
    """Yield what is wrong with the headers of the sheets."""
    for section, needed in _NEEDED.items():
        sheet = lines.sheets[section]
        if not sheet.rows and section == "choices":
            continue
        for column in needed:
            if not lines.has(section, column):
                yield _say_column(lines, section, column)
        if sheet.has_title:
            yield lines.find("FORM-HEADERS-LOW", section, sheet.header_row)
        for header, meant in lines.columns[section].items():
            real = read_header(header, section)
            if real.known and not meant.known:
                yield lines.find("FORM-COLUMN-TWICE", section, sheet.header_row, header, meaning=real.name)
            elif section == "choices" and not real.known and ":" in header and not header.startswith(_OTHER_COLUMNS):
                yield lines.find("FORM-CHOICES-COLUMN", section, sheet.header_row, header)


def _is_asked(kind: FormType) -> bool:
    return kind.answers is not None or kind.name in _ASKED_BY_DEVICES


def _say_column(lines: Lines, section: str, column: str) -> Finding:
    sheet = lines.sheets[section]
    free = {header for header in sheet.headers if not lines.columns[section][header].known}
    like = next((header for header in free if _POLISH.get(header.lower()) == column), "") or find_like(column, free)
    if like:
        return lines.find("FORM-COLUMN-LIKE", section, sheet.header_row, like, wanted=column, like=like)
    return lines.find("FORM-COLUMN-MISSING", section, sheet.header_row, wanted=column)


def check_types(lines: Lines) -> Iterator[Finding]:
    """Yield rows whose type is missing or not known, and a form that asks nothing."""
    if not lines.has("survey", "type"):
        return
    for line in lines.survey:
        written = line["type"]
        if not written:
            if line["name"] or line.texts.get("label"):
                yield lines.find("FORM-TYPE-MISSING", "survey", line, "type")
        elif line.kind is not None and line.kind.name in _SELECTS and not line.kind.list_name:
            yield lines.find("FORM-LIST-NOT-NAMED", "survey", line, "type", type=written)
        elif line.kind is None and not _PASSED_OVER.match(written):
            yield _say_type(lines, line, written)
        elif line.is_choice and line.kind is not None and " " in line.kind.list_name:
            yield lines.find("FORM-LIST-SPACE", "survey", line, "type", list=line.kind.list_name)
    if not any(line.kind is not None and _is_asked(line.kind) for line in lines.survey):
        yield lines.find("FORM-NO-QUESTIONS", "survey")


def _say_type(lines: Lines, line: Line, written: str) -> Finding:
    if " ".join(written.lower().split()) in _SELECTS:
        return lines.find("FORM-LIST-NOT-NAMED", "survey", line, "type", type=written)
    word, _, rest = written.partition(" ")
    # "slect_one towns": the list stands behind a misspelt word.
    found = find_like(word, (name for name in _SELECTS if "_" in name or name == "rank")) if rest else ""
    like = f"{found} {rest}" if found else _POLISH.get(written.lower()) or find_like(written, KNOWN_TYPES)
    if like:
        return lines.find("FORM-TYPE-LIKE", "survey", line, "type", type=written, like=like)
    return lines.find("FORM-TYPE-UNKNOWN", "survey", line, "type", type=written)


def check_names(lines: Lines) -> Iterator[Finding]:
    """Yield names that are missing, wrong or taken."""
    if not lines.has("survey", "name"):
        return
    for line, around in lines.nested:
        name = line["name"]
        if name and not _NAME.match(name):
            yield lines.find("FORM-NAME-BAD", "survey", line, "name", name=name, like=suggest_name(name))
        elif name == "meta" and not around:
            yield lines.find("FORM-NAME-RESERVED", "survey", line, "name", name=name)
        elif not name and _needs_name(line["type"].lower(), around):
            yield lines.find("FORM-NAME-MISSING", "survey", line, "name")
    yield from _check_taken_names(lines)


def _needs_name(written: str, around: tuple[Line, ...]) -> bool:
    # A bare "end" in a group is an end_group that somebody didn't finish.
    bare_end = written == "end" and bool(around)
    return bool(written) and written not in _NAMELESS and not bare_end and not _PASSED_OVER.match(written)


def _check_taken_names(lines: Lines) -> Iterator[Finding]:
    here: dict[tuple[tuple[int, ...], str], Line] = {}
    anywhere: dict[str, Line] = {}
    others = {
        (_key(around), f"{line['name']}_other"): line
        for line, around in lines.nested
        if line.kind is not None and line.kind.or_other
    }
    for line, around in lines.nested:
        name, group = line["name"], _key(around)
        if not name:
            continue
        beside, elsewhere = here.setdefault((group, name.lower()), line), anywhere.setdefault(name, line)
        if beside is not line:
            code = "FORM-NAME-TWICE" if beside["name"] == name else "FORM-NAME-CASE"
            yield lines.find(code, "survey", line, "name", name=name, first_row=beside.number)
        elif elsewhere is not line:
            yield lines.find("FORM-NAME-REPEATED", "survey", line, "name", name=name, first_row=elsewhere.number)
        if (group, name) in others:
            asked = others[group, name]["name"]
            yield lines.find("FORM-NAME-OTHER", "survey", line, "name", name=name, question=asked)


def check_groups(lines: Lines) -> Iterator[Finding]:
    """Yield groups that nobody closes, ends without a beginning, and groups with nothing in them."""
    around: list[tuple[Line, int]] = []  # a group, and how much is in it
    for line in lines.survey:
        bare_end = line["type"].lower() == "end" and not line["name"] and bool(around)
        if line.is_group:
            _count_in(around)
            around.append((line, 0))
        elif line.is_end or bare_end:
            if not around:
                yield lines.find("FORM-END-ALONE", "survey", line, "type", type=line["type"])
                continue
            begun, count = around.pop()
            wanted = f"end_{_word_of(begun)}"
            if bare_end:
                yield lines.find("FORM-TYPE-LIKE", "survey", line, "type", type=line["type"], like=wanted)
            elif (found := _END_WORD.match(line["type"])) and found["word"].lower() != _word_of(begun):
                facts: Facts = {
                    "type": line["type"],
                    "wanted": wanted,
                    "name": begun["name"],
                    "first_row": begun.number,
                }
                yield lines.find("FORM-END-MISMATCH", "survey", line, "type", facts=facts)
            if not count:
                yield lines.find("FORM-GROUP-EMPTY", "survey", begun, "name", name=begun["name"])
        else:
            _count_in(around)
    for begun, _ in around:
        wanted = f"end_{_word_of(begun)}"
        yield lines.find("FORM-GROUP-OPEN", "survey", begun, "type", name=begun["name"], wanted=wanted)


def suggest_name(name: str) -> str:
    """Return a name that is allowed and looks like one that is not: ``Ile osób?`` becomes ``ile_osob``."""
    try:
        slug = slugify(name).replace("-", "_")
    except ValueError:
        return "pytanie_1"
    return slug if not slug[0].isdigit() else f"p_{slug}"


def _key(around: tuple[Line, ...]) -> tuple[int, ...]:
    return tuple(group.number for group in around)


def _count_in(around: list[tuple[Line, int]]) -> None:
    if around:
        line, count = around[-1]
        around[-1] = (line, count + 1)


def _word_of(begun: Line) -> str:
    """``group`` for ``begin group``; Kobo's matrix ends as ``end_kobomatrix``."""
    words = re.split(r"[_ ]", begun["type"].lower().strip())
    return words[1] if len(words) > 1 else "group"
