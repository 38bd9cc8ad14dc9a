"""From the sheets of an XLSForm to a `Form`.

Whether the form is *right* is not asked here: a group that nobody closed ends with the form, an end without a beginning
is passed over, a type nobody knows is kept as written. `etl.forms` finds such faults in the sheets.
"""

from collections.abc import Iterator, Mapping, Sequence

from surveys.model import Form, FormChoice, FormGroup, FormRow
from surveys.questionnaires.columns import Column, language_key, name_languages, read_headers
from surveys.questionnaires.form_sheets import FormSheets
from surveys.questionnaires.form_types import FormType, parse_type

# What a group has a place for; the rest of its columns is kept beside.
_OF_GROUPS = frozenset({"type", "name", "relevant", "appearance", "repeat_count"})
_OTHERS = frozenset({"survey", "choices", "settings"})
_GROUP_WORDS = frozenset({"begin_group", "begin group", "begin_repeat", "begin repeat", "begin lgroup", "begin_lgroup"})


def read_form(sheets: FormSheets) -> Form:
    """Return the form that sheets describe, whatever is wrong with it."""
    columns = {name: read_headers(sheets[name].headers, name) for name in ("survey", "choices", "settings")}
    written = next(iter(_cells(sheets, "settings", columns["settings"])), (0, {}, {}))[1]
    languages = name_languages(columns.values(), written.get("default_language", ""))
    settings, titles, further = _read_settings(sheets, columns["settings"], languages)
    default = settings.pop("default_language", "")
    return Form(
        form_id=settings.pop("form_id", ""),
        version=settings.pop("version", ""),
        titles=titles,
        default_language=languages.get(default, language_key(default)),
        items=_Nesting(languages, columns["survey"]).read(list(_cells(sheets, "survey", columns["survey"]))),
        lists=_read_lists(sheets, columns["choices"], languages),
        settings={**settings, **further},
        other_sheets={
            section: tuple(dict(row) for _, row in sheet.rows)
            for section, sheet in sheets.sheets.items()
            if section not in _OTHERS
        },
    )


Cells = tuple[int, dict[str, str], dict[str, str]]


def _cells(sheets: FormSheets, section: str, columns: Mapping[str, Column]) -> Iterator[Cells]:
    """Rows as: number, cells by canonical column (a translated one with its language behind it), further cells."""
    for number, row in sheets[section].rows:
        known: dict[str, str] = {}
        further: dict[str, str] = {}
        for header, text in row.items():
            column = columns[header]
            if not column.known:
                further[column.name] = text
            elif column.name not in {"label", "hint", "required_message", "constraint_message", "diagnoza::title"}:
                known[column.name] = text
            else:
                known[f"{column.name}\n{column.language}"] = text
        yield number, known, further


def _take(known: Mapping[str, str], name: str, languages: Mapping[str, str]) -> dict[str, str]:
    """The texts of a translated column by language."""
    found = {}
    for key, text in known.items():
        column, apart, language = key.partition("\n")
        if apart and column == name:
            found[languages.get(language, language)] = text
    return found


def _read_settings(
    sheets: FormSheets, columns: Mapping[str, Column], languages: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    for _, known, further in _cells(sheets, "settings", columns):
        titles = _take(known, "diagnoza::title", languages)
        plain = {key: text for key, text in known.items() if "\n" not in key}
        if "form_title" in plain:
            default = plain.get("default_language", "")
            titles = {languages.get(default, language_key(default)): plain.pop("form_title"), **titles}
        return plain, titles, further
    return {}, {}, {}


def _read_lists(
    sheets: FormSheets, columns: Mapping[str, Column], languages: Mapping[str, str]
) -> dict[str, tuple[FormChoice, ...]]:
    lists: dict[str, list[FormChoice]] = {}
    for _, known, further in _cells(sheets, "choices", columns):
        if not known.get("list_name") or "name" not in known:
            continue
        lists.setdefault(known["list_name"], []).append(
            FormChoice(
                name=known["name"],
                labels=_take(known, "label", languages),
                missing=known.get("diagnoza::missing"),
                is_other=known.get("diagnoza::other", "").lower() in {"yes", "tak", "true"},
                extra=further,
            )
        )
    return {name: tuple(choices) for name, choices in lists.items()}


class _Nesting:
    """Rows while their groups are open."""

    def __init__(self, languages: Mapping[str, str], columns: Mapping[str, Column]) -> None:
        self._languages = languages
        self._columns = columns
        self._open: list[tuple[Cells, FormType | None, list[FormRow | FormGroup]]] = [((0, {}, {}), None, [])]

    def read(self, rows: Sequence[Cells]) -> tuple[FormRow | FormGroup, ...]:
        for cells in rows:
            written = cells[1].get("type", "")
            kind = parse_type(written)
            if kind is not None and kind.name in {"group", "repeat"}:
                self._open.append((cells, kind, []))
            elif kind is not None and kind.name == "end_group":
                if len(self._open) > 1:
                    self._close()
            elif written:
                self._open[-1][2].append(self._row(cells, kind))
        while len(self._open) > 1:
            self._close()
        return tuple(self._open[0][2])

    def _close(self) -> None:
        (place, known, further), kind, items = self._open.pop()
        extra = {
            **{name: text for name, text in known.items() if name not in _OF_GROUPS and "\n" not in name},
            **further,
        }
        written = " ".join(known["type"].split()).lower()
        if written not in _GROUP_WORDS:  # a matrix of Kobo, a loop over a list
            extra["type"] = " ".join(known["type"].split())
        self._open[-1][2].append(
            FormGroup(
                name=known.get("name", ""),
                labels=_take(known, "label", self._languages),
                hints=_take(known, "hint", self._languages),
                items=tuple(items),
                relevant=known.get("relevant", ""),
                appearance=known.get("appearance", ""),
                is_repeat=kind is not None and kind.name == "repeat",
                repeat_count=known.get("repeat_count", ""),
                extra=extra,
                place=place,
            )
        )

    def _row(self, cells: Cells, kind: FormType | None) -> FormRow:
        place, known, further = cells
        own_type, cap = known.get("diagnoza::type", ""), known.get("diagnoza::max_choices", "")
        extra = dict(further)
        if own_type and own_type != "scale":
            extra["diagnoza::type"] = own_type
        if cap and not (cap.isascii() and cap.isdigit()):
            extra["diagnoza::max_choices"] = cap
        if known.get("repeat_count"):
            extra["repeat_count"] = known["repeat_count"]
        return FormRow(
            name=known.get("name", ""),
            type=kind.word if kind is not None else " ".join(known["type"].split()),
            list_name=kind.list_name if kind is not None else "",
            or_other=kind.or_other if kind is not None else False,
            labels=_take(known, "label", self._languages),
            hints=_take(known, "hint", self._languages),
            required=known.get("required", ""),
            required_messages=_take(known, "required_message", self._languages),
            relevant=known.get("relevant", ""),
            constraint=known.get("constraint", ""),
            constraint_messages=_take(known, "constraint_message", self._languages),
            appearance=known.get("appearance", ""),
            calculation=known.get("calculation", ""),
            default=known.get("default", ""),
            choice_filter=known.get("choice_filter", ""),
            parameters=known.get("parameters", ""),
            vocabulary=known.get("diagnoza::vocabulary") or None,
            profile=known.get("diagnoza::profile") or None,
            scale=own_type == "scale",
            max_choices=int(cap) if cap.isascii() and cap.isdigit() else None,
            extra=extra,
            place=place,
        )
