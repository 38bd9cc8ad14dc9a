"""ODK's XForm as the sheets of an XLSForm, in the child process.

The instance gives the order and the paths of the questions, binds their types, the body their labels and options
(getodk.github.io/xforms-spec).
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element  # a type only; parsed by defusedxml

from etl.readers.child_form import FormRow, text_of

_XF = "{http://www.w3.org/2002/xforms}"
_JR = "{http://openrosa.org/javarosa}"
_ITEXT = re.compile(r"jr:itext\(\s*(?:'(?P<id>[^']+)'|(?P<path>[^'()]+))\s*\)")
_INSTANCE = re.compile(r"instance\(\s*['\"](?P<name>[^'\"]+)['\"]\s*\)")
_TYPES = {
    "int": "integer", "integer": "integer", "decimal": "decimal", "string": "text", "date": "date",
    "datetime": "datetime", "time": "time", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "barcode": "barcode", "binary": "file", "boolean": "text",
}  # fmt: skip
# What pyxform adds to a form for its own ends.
_TABLE_LABEL, _TABLE_HEAD = "generated_table_list_label_", "reserved_name_for_field_list_labels_"
_MADE = re.compile(rf"^({_TABLE_LABEL}|{_TABLE_HEAD})\d*")
_OTHER_WORDS = "Specify other."
_PRELOADED = {"start": "start", "end": "end", "today": "today", "date": "today"}


def read_xform(root: Element) -> dict[str, list[FormRow]]:
    """Return the rows of the sheets ``survey``, ``choices`` and ``settings``."""
    return _XForm(root).read()


class _XForm:
    def __init__(self, root: Element) -> None:
        model = next(root.iter(f"{_XF}model"))
        self.instances = {instance.get("id", ""): instance for instance in model.findall(f"{_XF}instance")}
        main = next(iter(model.findall(f"{_XF}instance")), None)
        self.data = next(iter(main), None) if main is not None else None
        self.binds = {_path(bind.get("nodeset", "")): bind for bind in model.findall(f"{_XF}bind")}
        self.texts: dict[str, dict[str, str]] = {}
        self.language = ""
        for translation in model.iter(f"{_XF}translation"):
            language = translation.get("lang", "")
            if translation.get("default") is not None or not self.language:
                self.language = language
            for text in translation.findall(f"{_XF}text"):
                value = next((value for value in text.findall(f"{_XF}value") if not value.get("form")), None)
                if value is not None:
                    self.texts.setdefault(text.get("id", ""), {})[language] = text_of(value)
        title = next((element for element in root.iter() if _bare(element.tag) == "title"), None)
        self.title = text_of(title)
        self.controls: dict[str, Element] = {}
        self.groups: dict[str, Element] = {}
        self.repeats: set[str] = set()
        for element in root.iter():
            at = _path(element.get("ref") or element.get("nodeset") or "")
            kind = _bare(element.tag)
            if kind == "repeat":
                self.repeats.add(at)
            elif kind == "group" and at:
                self.groups[at] = element
            elif kind in {"input", "select", "select1", "rank", "upload", "trigger", "range"} and at:
                self.controls.setdefault(at, element)
        self.lists: dict[str, str] = {}
        self.choices: list[FormRow] = []

    def read(self) -> dict[str, list[FormRow]]:
        survey = list(self._rows(self.data, f"/{_bare(self.data.tag)}")) if self.data is not None else []
        settings = {"form_title": self.title, "default_language": self.language}
        return {"survey": survey, "choices": self.choices, "settings": [settings]}

    def _rows(self, parent: Element, path: str) -> Iterator[FormRow]:
        done: set[str] = set()
        for element in parent:
            name = _bare(element.tag)
            at = f"{path}/{name}"
            if name == "meta" or at in done:
                continue
            done.add(at)  # the template of a repeat stands beside its first one
            if len(element):
                kind = "repeat" if at in self.repeats else "group"
                yield {"type": f"begin {kind}", "name": name, **self._group(at)}
                yield from self._rows(element, at)
                yield {"type": f"end {kind}"}
            elif not _MADE.match(name) and not self._holds_other_words(at):
                control = self.controls.get(at)
                kind = self._type(at, control)
                if f"{at}_other" in self.controls and self._holds_other_words(f"{at}_other"):
                    kind += " or_other"
                yield {"type": kind, "name": name, **self._labels(control, "label")}

    def _group(self, at: str) -> dict[str, str]:
        """Return the label of a group; of one shown as a table pyxform puts it into a note inside the group."""
        group = self.groups.get(at)
        inside = [path for path in self.controls if path.rpartition("/")[0] == at]
        if any(_TABLE_HEAD in path for path in inside):
            noted = next((self.controls[path] for path in inside if _TABLE_LABEL in path), group)
            return {"appearance": "table-list", **self._labels(noted, "label")}
        return {"appearance": group.get("appearance", "") if group is not None else "", **self._labels(group, "label")}

    def _holds_other_words(self, at: str) -> bool:
        """Whether a text is what pyxform adds for ``or_other``."""
        control, asked = self.controls.get(at), self.controls.get(at.removesuffix("_other"))
        if control is None or asked is None or not at.endswith("_other"):
            return False
        return _bare(asked.tag) in {"select", "select1"} and text_of(control.find(f"{_XF}label")) == _OTHER_WORDS

    def _type(self, at: str, control: Element | None) -> str:
        bind = self.binds.get(at)
        written = (bind.get("type", "") if bind is not None else "").rpartition(":")[2].lower()
        if control is None:
            preload = bind.get(f"{_JR}preload", bind.get("preload", "")) if bind is not None else ""
            told = bind.get(f"{_JR}preloadParams", bind.get("preloadParams", "")) if bind is not None else ""
            if preload in {"timestamp", "date"}:
                return _PRELOADED.get(told, "today")
            return told if preload == "property" and told else "calculate"
        kind = _bare(control.tag)
        if kind in {"select", "select1", "rank"}:
            word = {"select": "select_multiple", "select1": "select_one", "rank": "rank"}[kind]
            return f"{word} {self._list_of(at, control)}"
        if kind == "input" and bind is not None and bind.get("readonly", "").startswith("true") and written == "string":
            return "note"
        if kind == "trigger":
            return "acknowledge"
        if kind == "upload":
            return {"image": "image", "audio": "audio", "video": "video"}.get(
                control.get("mediatype", "").split("/")[0], "file"
            )
        return _TYPES.get(written, "text")

    def _list_of(self, at: str, control: Element) -> str:
        """Return the name of a question's list of options; the options are noted on the way."""
        items = control.find(f"{_XF}itemset")
        if items is None:
            name = at.strip("/").replace("/", "_")
            for item in control.findall(f"{_XF}item"):
                self._add_choice(name, text_of(item.find(f"{_XF}value")), self._labels(item, "label"))
            return name
        found = _INSTANCE.search(items.get("nodeset", ""))
        name = found["name"] if found is not None else at.strip("/").replace("/", "_")
        if name in self.lists:
            return name
        self.lists[name] = name
        value, label = items.find(f"{_XF}value"), items.find(f"{_XF}label")
        code_at = value.get("ref", "name") if value is not None else "name"
        label_at = label.get("ref", "label") if label is not None else "label"
        instance = self.instances.get(name)
        for item in instance.iter() if instance is not None else ():
            parts = {_bare(part.tag): text_of(part) for part in item}
            if code_at not in parts:
                continue
            translated = _ITEXT.match(label_at)
            key = parts.get(translated["path"] or "", "") if translated is not None else ""
            labels = self._spoken(self.texts.get(key, {})) if key else _label("", parts.get(label_at, ""))
            self._add_choice(name, parts[code_at], labels)
        return name

    def _add_choice(self, name: str, code: str, labels: Mapping[str, str]) -> None:
        if code:
            self.choices.append({"list_name": name, "name": code, **labels})

    def _labels(self, element: Element | None, tag: str) -> dict[str, str]:
        label = element.find(f"{_XF}{tag}") if element is not None else None
        if label is None:
            return {}
        found = _ITEXT.match(label.get("ref", ""))
        if found is None:
            return _label("", text_of(label))
        return self._spoken(self.texts.get(found["id"] or "", {}))

    def _spoken(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {header: text for language, said in texts.items() for header, text in _label(language, said).items()}


def _label(language: str, text: str) -> dict[str, str]:
    if not text or text == "-":  # what pyxform writes where a translation is missing
        return {}
    return {f"label::{language}" if language and language != "default" else "label": text}


def _bare(tag: object) -> str:
    """An element's name without its namespace; comments have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _path(written: str) -> str:
    """A path without the prefixes of namespaces."""
    return re.sub(r"(?<=/)[\w.-]+:", "", written.strip())
