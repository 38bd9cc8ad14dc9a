"""The sheet choices: lists that questions ask for, options and their names."""

from collections.abc import Iterator

from surveys.findings import Finding
from surveys.questionnaires.checking.lines import Facts, Line, Lines, find_like
from surveys.questionnaires.checking.structure import suggest_name
from surveys.vocabulary import load

_YES = frozenset({"yes", "true", "true()"})
_MANY = frozenset({"select_multiple", "rank"})
_PROFILES = ("gender", "age", "place", "status")
_OWN_TYPES = ("scale", "ranking")


def check_lists(lines: Lines) -> Iterator[Finding]:
    """Yield lists that are asked for and missing, and those that nothing asks for."""
    uses = [(line, line.kind.list_name) for line in lines.survey if line.kind is not None and line.is_choice]
    uses = [(line, name) for line, name in uses if "${" not in name and " " not in name]
    if uses and not lines.lists:
        like = find_like("choices", (name for name in lines.sheet_names if name.lower() != "survey"))
        if like and "choices" not in lines.sheets:
            yield lines.find("FORM-NO-CHOICES-LIKE", "survey", uses[0][0], "type", like=like)
        else:
            yield lines.find("FORM-NO-CHOICES", "survey", uses[0][0], "type")
        return
    asked = {name for _, name in uses}
    for line, name in uses:
        if name in lines.lists:
            continue
        like = find_like(name, lines.lists)
        if like:
            asked.add(like)
            yield lines.find("FORM-LIST-LIKE", "survey", line, "type", list=name, like=like)
        else:
            yield lines.find("FORM-LIST-MISSING", "survey", line, "type", list=name)
    if any(line["type"] and line.kind is None for line in lines.survey):
        return  # a type that nobody knows may have meant any list
    parameters = " ".join(line["parameters"] for line in lines.survey)
    for name, options in lines.lists.items():
        if name not in asked and name not in parameters:
            yield lines.find("FORM-LIST-UNUSED", "choices", options[0], "list_name", list=name)


def check_options(lines: Lines) -> Iterator[Finding]:
    """Yield options without list, name or label, and names and labels that stand twice in a list."""
    if not lines.has("choices", "name") or not lines.has("choices", "list_name"):
        return
    several = {line.kind.list_name for line in lines.survey if line.kind is not None and line.kind.name in _MANY}
    may_repeat = lines.settings["allow_choice_duplicates"].lower() in _YES
    names: dict[tuple[str, str], Line] = {}
    labels: dict[tuple[str, str, str], Line] = {}
    for line in lines.choices:
        name, list_name = line["name"], line["list_name"]
        if not list_name:
            if name:
                yield lines.find("FORM-CHOICE-NO-LIST", "choices", line, "list_name", name=name)
            continue
        if not name:
            yield lines.find("FORM-CHOICE-NO-NAME", "choices", line, "name", list=list_name)
            continue
        if (list_name, name) in names and not may_repeat:
            first = names[list_name, name].number
            yield lines.find("FORM-CHOICE-TWICE", "choices", line, "name", name=name, list=list_name, first_row=first)
        names.setdefault((list_name, name), line)
        if " " in name and list_name in several:
            yield lines.find("FORM-CHOICE-SPACE", "choices", line, "name", name=name, like=suggest_name(name))
        for language, label in line.texts.get("label", {}).items():
            key = (list_name, language, " ".join(label.split()).casefold())
            if key in labels and labels[key]["name"] != name:
                facts: Facts = {"label": label, "list": list_name, "first_row": labels[key].number}
                yield lines.find("FORM-CHOICE-LABEL-TWICE", "choices", line, "label", language=language, facts=facts)
            labels.setdefault(key, line)


def check_tables(lines: Lines) -> Iterator[Finding]:
    """Yield tables of questions whose options differ, and filtered lists with "other"."""
    first: dict[int, str] = {}
    for line, around in lines.nested:
        if line.kind is None or not line.is_choice:
            continue
        if line.kind.or_other and line["choice_filter"]:
            yield lines.find("FORM-OTHER-FILTER", "survey", line, "choice_filter")
        if around and "table-list" in around[-1]["appearance"].split():
            group, name = around[-1], line.kind.list_name
            if first.setdefault(group.number, name) != name:
                facts = {"list": name, "first": first[group.number], "group": group["name"]}
                yield lines.find("FORM-TABLE-LISTS", "survey", line, "type", facts=facts)


def check_own_columns(lines: Lines) -> Iterator[Finding]:
    """Yield values of our own columns that mean nothing."""
    vocabularies = load().lists
    for line in lines.survey:
        for column, allowed in (
            ("diagnoza::vocabulary", tuple(vocabularies)),
            ("diagnoza::profile", _PROFILES),
            ("diagnoza::type", _OWN_TYPES),
        ):
            if line[column] and line[column] not in allowed:
                facts = {"value": line[column], "allowed": ", ".join(sorted(allowed))}
                yield lines.find("FORM-OWN-VALUE", "survey", line, column, facts=facts)
        cap = line["diagnoza::max_choices"]
        if cap and not (cap.isascii() and cap.isdigit() and int(cap) > 0):
            yield lines.find("FORM-OWN-VALUE", "survey", line, "diagnoza::max_choices", value=cap, allowed="1, 2, 3 …")
    for line in lines.choices:
        kind = line["diagnoza::missing"]
        if kind and kind not in load().missing_kinds:
            facts = {"value": kind, "allowed": ", ".join(load().missing_kinds.codes)}
            yield lines.find("FORM-OWN-VALUE", "choices", line, "diagnoza::missing", facts=facts)
    bound = {
        line.kind.list_name: line["diagnoza::vocabulary"]
        for line in lines.survey
        if line.kind is not None and line["diagnoza::vocabulary"] in vocabularies
    }
    for list_name, vocabulary in bound.items():
        for line in lines.lists.get(list_name, ()):
            if line["name"] and not line["diagnoza::missing"] and line["name"] not in vocabularies[vocabulary]:
                facts = {"name": line["name"], "vocabulary": vocabulary}
                yield lines.find("FORM-CODE-UNLISTED", "choices", line, "name", facts=facts)
