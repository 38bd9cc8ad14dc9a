"""A form → a Google Apps Script that builds the same form in Google Forms, in one language.

A person pastes it at script.google.com and runs it; nothing of ours asks Google for anything. Every word of the form
goes through `quote`, so that no label can become a piece of program. Google Forms knows neither conditions on a
question nor hidden values: what is left out is said in the report. Titles and grids come back as our importer of Google
Forms expects them.
"""

import json
from collections.abc import Iterator, Sequence

from surveys.findings import Finding, Place, Report
from surveys.language.texts import Language, load_catalogue
from surveys.model import Form, FormChoice, FormGroup, FormRow, QuestionType
from surveys.model.form import Labels
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.numbering import Asked, is_grid, number_questions

_MOST_BUTTONS = 20  # a longer list of which one is chosen drops down
_REQUIRED = frozenset({"yes", "true", "true()"})
_SILENT = frozenset({"calculate", "hidden", "start", "end", "today", "deviceid", "audit"})


def write_google_script(form: Form, language: Language) -> tuple[str, Report]:
    """Return the text of the script, and what could not be carried over.

    Args:
        form: shipped, own or uploaded.
        language: of the questions, and of the remarks at the beginning of the script.
    """
    writer = _Writer(fill_labels(form), language)
    body = "\n".join(f"  {line}" for line in writer.lines())
    texts = load_catalogue("surveys.language.catalogues")
    remarks = "\n".join(f"// {line}" for line in texts.say("form.google_remarks", language).splitlines())
    return f"{remarks}\nfunction makeForm() {{\n{body}\n}}\n", Report(tuple(writer.findings))


def quote(text: str) -> str:
    """Return a text as JavaScript: ASCII only, in quotation marks, nothing that could end a script element."""
    return json.dumps(text, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e")


class _Writer:
    def __init__(self, form: Form, language: Language) -> None:
        self._form, self._language = form, language
        self._asked = {id(asked.row): asked for asked in number_questions(form)}
        self.findings: list[Finding] = []

    def lines(self) -> Iterator[str]:
        """Yield the lines of the function."""
        title = self._say_text(self._form.titles) or self._form.form_id
        yield f"var form = FormApp.create({quote(title)});"
        # No e-mail addresses, no sign-in: as a survey of a small place has to be.
        yield "form.setCollectEmail(false).setLimitOneResponsePerUser(false).setAllowResponseEdits(false);"
        yield "form.setPublishingSummary(false).setShowLinkToRespondAgain(false).setProgressBar(true);"
        yield from self._items(self._form.items, first=True)
        yield "Logger.log(form.getEditUrl());"

    def _items(self, items: Sequence[FormRow | FormGroup], *, first: bool) -> Iterator[str]:
        for item in items:
            if item.relevant:
                self._note("FORM-EXPORT-CONDITION", item.name, item.relevant)
            if isinstance(item, FormRow):
                yield from self._row(item)
            elif item.is_repeat:
                self._note("FORM-EXPORT-LEFT-OUT", item.name)
            elif is_grid(self._form, item):
                yield from self._grid(item)
            else:
                if not first:
                    yield f"form.addPageBreakItem(){self._titles(item.labels, item.hints)};"
                elif self._say_text(item.labels):
                    yield f"form.addSectionHeaderItem(){self._titles(item.labels, item.hints)};"
                yield from self._items(item.items, first=True)
            first = False

    def _row(self, row: FormRow) -> Iterator[str]:
        if row.type == "note":
            yield f"form.addSectionHeaderItem(){self._titles(row.labels, row.hints)};"
        elif id(row) in self._asked:
            yield from self._question(self._asked[id(row)])
        elif row.type not in _SILENT:
            self._note("FORM-EXPORT-LEFT-OUT", row.name)

    def _question(self, asked: Asked) -> Iterator[str]:
        row, kind = asked.row, asked.question.type
        end = f"{self._titles(row.labels, row.hints)}.setRequired({self._required(row)})"
        options = options_of(row, self._form.lists)
        if kind in {QuestionType.SINGLE, QuestionType.SCALE}:
            yield f"{self._single(options)}{end};"
        elif kind is QuestionType.MULTIPLE:
            yield f"form.addCheckboxItem(){self._choices(options)}{end}{self._cap(row)};"
        elif kind is QuestionType.RANKING:
            places = [str(place) for place in range(1, len(options) + 1)]
            once = "FormApp.createGridValidation().requireLimitOneResponsePerColumn().build()"
            rows = _quote_all(self._labels_of(options))
            yield f"form.addGridItem().setRows({rows}).setColumns({_quote_all(places)}){end}.setValidation({once});"
        elif kind is QuestionType.NUMBER:
            number = "FormApp.createTextValidation().requireNumber().build()"
            yield f"form.addTextItem(){end}.setValidation({number});"
        elif kind is QuestionType.DATE:
            yield f"form.addDateItem(){end};"
        else:
            item = "addParagraphTextItem" if "multiline" in row.appearance else "addTextItem"
            yield f"form.{item}(){end};"
        if row.constraint and row.max_choices is None:
            self._note("FORM-EXPORT-RULE", row.name, row.constraint)

    def _single(self, options: Sequence[FormChoice]) -> str:
        if len(options) <= _MOST_BUTTONS:
            return f"form.addMultipleChoiceItem(){self._choices(options)}"
        return f"form.addListItem().setChoiceValues({_quote_all(self._labels_of(options))})"

    def _choices(self, options: Sequence[FormChoice]) -> str:
        """Google's own field "other" stands in for the option "other": it takes people's words."""
        others = [option for option in options if option.is_other]
        shown = [option for option in options if option is not (others[-1] if others else None)]
        return f".setChoiceValues({_quote_all(self._labels_of(shown))}).showOtherOption({_truth(bool(others))})"

    def _grid(self, table: FormGroup) -> Iterator[str]:
        rows = [row for row in table.items if isinstance(row, FormRow)]
        texts = _apart([self._say_text(row.labels) or row.name for row in rows])
        points = self._labels_of(options_of(rows[0], self._form.lists))
        required = _truth(any(row.required.lower() in _REQUIRED for row in rows))
        yield (
            f"form.addGridItem().setRows({_quote_all(texts)}).setColumns({_quote_all(points)})"
            f"{self._titles(table.labels, table.hints)}.setRequired({required});"
        )

    def _cap(self, row: FormRow) -> str:
        if row.max_choices is None:
            return ""
        return f".setValidation(FormApp.createCheckboxValidation().requireSelectAtMost({row.max_choices}).build())"

    def _titles(self, labels: Labels, hints: Labels) -> str:
        hint = self._say_text(hints)
        title = f".setTitle({quote(self._say_text(labels))})"
        return f"{title}.setHelpText({quote(hint)})" if hint else title

    def _labels_of(self, options: Sequence[FormChoice]) -> list[str]:
        return _apart([self._say_text(option.labels) or option.name for option in options])

    def _required(self, row: FormRow) -> str:
        return _truth(row.required.lower() in _REQUIRED)

    def _say_text(self, labels: Labels) -> str:
        chosen = (labels.get(self._language), labels.get(self._form.default_language), *labels.values())
        return " ".join(next((text for text in chosen if text), "").split())

    def _note(self, code: str, name: str, formula: str = "") -> None:
        self.findings.append(
            Finding(code, Place(), {"name": name, "formula": formula[:200]} if formula else {"name": name})
        )


def _apart(texts: list[str]) -> list[str]:
    """Google refuses two options of one wording."""
    found: list[str] = []
    for text in texts:
        number, own = 2, text
        while own in found:
            own = f"{text} ({number})"
            number += 1
        found.append(own)
    return found


def _quote_all(texts: Sequence[str]) -> str:
    return f"[{', '.join(quote(text) for text in texts)}]"


def _truth(value: bool) -> str:  # noqa: FBT001 # the value itself is what is written
    return "true" if value else "false"
