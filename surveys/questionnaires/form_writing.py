"""From a `Form` to the sheets of an XLSForm; what `read_form` reads back unchanged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from surveys.model import Form, FormChoice, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.columns import language_header
from surveys.questionnaires.form_sheets import FormSheet, FormSheets

_SURVEY_FIRST = ("type", "name", "label", "hint")
_SURVEY_NEXT = (
    "required", "required_message", "relevant", "constraint", "constraint_message", "appearance", "calculation",
    "default", "choice_filter", "parameters", "repeat_count", "diagnoza::type", "diagnoza::vocabulary",
    "diagnoza::profile", "diagnoza::max_choices",
)  # fmt: skip
_CHOICES_FIRST = ("list_name", "name", "label")
_CHOICES_NEXT = ("diagnoza_missing", "diagnoza_other")
# A form without any label still has the column, or other programs take the sheet for something else.
_ALWAYS = frozenset({"type", "name", "list_name"})


def write_sheets(form: Form) -> FormSheets:
    """Return the sheets survey, choices, settings and those kept beside them; a sheet without rows is left out."""
    survey = list(_write_items(form.items))
    choices = [_write_choice(name, choice) for name, chosen in form.lists.items() for choice in chosen]
    sheets = {
        "survey": _sheet("survey", survey, (*_SURVEY_FIRST, *_SURVEY_NEXT)),
        "choices": _sheet("choices", choices, (*_CHOICES_FIRST, *_CHOICES_NEXT)),
        "settings": _sheet("settings", [_write_settings(form)], ("form_title", "form_id", "version")),
    }
    for section, rows in form.other_sheets.items():
        sheets[section] = _sheet(section, rows, ())
    return FormSheets({section: sheet for section, sheet in sheets.items() if sheet.rows or section == "survey"})


def _sheet(section: str, rows: Sequence[Mapping[str, str]], order: Sequence[str]) -> FormSheet:
    """Columns in the usual order, each with its languages in the order they appear, the others behind."""
    filled = [{header: text for header, text in row.items() if text} for row in rows]
    used = list(dict.fromkeys(header for row in filled for header in row))
    headers: list[str] = []
    for column in order:
        found = [header for header in used if header == column or header.startswith(f"{column}::")]
        headers += found or ([column] if column in _ALWAYS else [])
    headers += [header for header in used if header not in headers]
    return FormSheet(tuple(headers), tuple(enumerate(filled, 2)), section, 1)


def _write_items(items: Iterable[FormRow | FormGroup]) -> Iterator[dict[str, str]]:
    for item in items:
        if isinstance(item, FormRow):
            yield _write_row(item)
            continue
        word = "repeat" if item.is_repeat else "group"
        extra = dict(item.extra)
        begin = extra.pop("type", f"begin_{word}")
        yield {
            "type": begin,
            "name": item.name,
            **_translate("label", item.labels),
            **_translate("hint", item.hints),
            "relevant": item.relevant,
            "appearance": item.appearance,
            "repeat_count": item.repeat_count,
            **extra,
        }
        yield from _write_items(item.items)
        yield {"type": _end_of(begin)}


def _end_of(begin: str) -> str:
    """``end_group`` for ``begin_group``, ``end loop`` for ``begin loop over towns``."""
    words = begin.replace("begin", "end", 1).split(" ")
    return " ".join(words[:2]) if words[0] == "end" else words[0]


def _write_row(row: FormRow) -> dict[str, str]:
    kind = f"{row.type} {row.list_name}" if row.list_name else row.type
    return {
        "type": f"{kind} or_other" if row.or_other else kind,
        "name": row.name,
        **_translate("label", row.labels),
        **_translate("hint", row.hints),
        "required": row.required,
        **_translate("required_message", row.required_messages),
        "relevant": row.relevant,
        "constraint": row.constraint,
        **_translate("constraint_message", row.constraint_messages),
        "appearance": row.appearance,
        "calculation": row.calculation,
        "default": row.default,
        "choice_filter": row.choice_filter,
        "parameters": row.parameters,
        "diagnoza::type": "scale" if row.scale else "",
        "diagnoza::vocabulary": row.vocabulary or "",
        "diagnoza::profile": row.profile or "",
        "diagnoza::max_choices": "" if row.max_choices is None else str(row.max_choices),
        **row.extra,
    }


def _write_choice(list_name: str, choice: FormChoice) -> dict[str, str]:
    return {
        "list_name": list_name,
        "name": choice.name,
        **_translate("label", choice.labels),
        "diagnoza_missing": choice.missing or "",
        "diagnoza_other": "yes" if choice.is_other else "",
        **choice.extra,
    }


def _write_settings(form: Form) -> dict[str, str]:
    first = form.titles.get(form.default_language, "")
    others = {language: title for language, title in form.titles.items() if language != form.default_language}
    return {
        "form_title": first,
        "form_id": form.form_id,
        "version": form.version,
        "default_language": language_header(form.default_language),
        **_translate("diagnoza::title", others),
        **form.settings,
    }


def _translate(column: str, labels: Labels) -> dict[str, str]:
    return {f"{column}::{language_header(key)}" if key else column: text for key, text in labels.items()}
