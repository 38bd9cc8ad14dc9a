"""pyxform's sentences → our findings: which of its faults is which of our codes, and what of its words are facts.

Sentences are told by their words, not by pyxform's own codes: half of them have none, and several come in one text.
What is not here is passed on as it is said, in quotes, by `FORM-PYXFORM`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Pattern and code; the first that is found counts. Named groups are facts of the finding's texts.
_SENTENCES = (
    # What has to do with a parameter of a question.
    (r"Parameters must be in the form of", "FORM-PARAMETERS-SHAPE"),
    (r"accepted parameter keys .*? are '(?P<accepted>[^']*)'.*?key\(s\): '(?P<name>[^']*)'", "FORM-PARAMETER-UNKNOWN"),
    (r"the parameter 'tick_labelset'|parameters 'tick_interval', 'placeholder'|choice values must all be numbers",
     "FORM-PARAMETER-TICKS"),
    (r"the parameter '(?P<name>[^']+)' must be a number", "FORM-PARAMETER-NUMBER"),
    (r"The '(?P<name>[\w-]+)' parameter must have a numeric value", "FORM-PARAMETER-NUMBER"),
    (r"Parameter (?P<name>[\w-]+) must (?:have an integer value|be greater +than or equal)", "FORM-PARAMETER-NUMBER"),
    (r"For the 'range' question type, the parameter '(?P<name>[^']+)'", "FORM-PARAMETER-RANGE"),
    (r"'(?P<name>incremental)' parameter may either|parameter '(?P<other_name>incremental)'", "FORM-PARAMETER-TRUE"),
    (r"The '(?P<name>allow-mock-accuracy)' parameter", "FORM-PARAMETER-TRUE"),
    (r"(?P<name>track-changes|identify-user|randomize) must be set to true or false", "FORM-PARAMETER-TRUE"),
    (r"The '(?P<name>reference-geometry)' parameter", "FORM-PARAMETER-VALUE"),
    (r"(?P<name>track-changes-reasons) must be set to", "FORM-PARAMETER-VALUE"),
    (r"Invalid value for (?P<name>quality|location-priority)", "FORM-PARAMETER-VALUE"),
    (r"Parameter '(?P<name>app)' has an invalid", "FORM-PARAMETER-VALUE"),
    (r"(?P<name>seed) value must be a number|to use a (?P<other_name>seed)", "FORM-PARAMETER-VALUE"),
    (r"include location information in the audit", "FORM-AUDIT-LOCATION"),
    (r"Audits must always be named", "FORM-AUDIT-NAME"),
    # Lists of cases ("entities").
    (r"'save_to'|'entities' sheet|Names used here must not", "FORM-CASES"),
    # Headers and sheets.
    (r"different names for the same column were found: '(?P<other>[^']*)', '(?P<name>[^']*)'", "FORM-HEADERS-SAME"),
    (r"column headers were not found: (?P<missing>[^.]*)", "FORM-HEADERS-MISSING"),
    (r"may be due a missing header row", "FORM-HEADERS-ABSENT"),
    (r"Column headers must not be empty", "FORM-HEADER-SPACE"),
    (r"sheet named '(?P<sheet_name>[^']*)', the following sheets .* were found: (?P<like>[^.]*)", "FORM-SHEET-LIKE"),
    # Names.
    (r"must be unique within their nearest parent|match to another name|same as the survey root|must unique anywhere",
     "FORM-NAME-CLASH"),
    (r"name '(?P<name>meta)' is reserved", "FORM-NAME-CLASH"),
    (r"Names must begin with a letter", "FORM-NAME-SIGNS"),
    (r"Choices should have a label|Choices must have a name", "FORM-OPTION-INCOMPLETE"),
    (r"Choice names must be unique", "FORM-OPTION-REPEATED"),
    (r"Choice names with spaces .*? See \[(?P<name>[^\]]*)\]", "FORM-OPTION-SPACES"),
    (r"Could not find the name '(?P<name>[^']*)'", "FORM-NAME-UNKNOWN"),
    (r"no survey element named '(?P<name>[^']*)'", "FORM-NAME-UNKNOWN"),
    (r"(?:The name|elements named) '(?P<name>[^']*)'(?: appears more|\.)", "FORM-NAME-AMBIGUOUS"),
    (r"Reference variable|reference - parsing", "FORM-REFERENCE-BROKEN"),
    # Rows, groups, lists.
    (r"Unmatched '(?P<name>begin_\w+|end_\w+)'", "FORM-NESTING"),
    (r"with no type|with no name|Missing calculation", "FORM-ROW-INCOMPLETE"),
    (r"Unknown question type '(?P<name>[^']*)'", "FORM-TYPE-STRANGE"),
    (r"should end with one of the supported file extensions: (?P<extensions>.*)", "FORM-LIST-FILE"),
    (r"not in external choices sheet|should be an external_choices sheet", "FORM-LIST-EXTERNAL"),
    (r"[Ll]ist name not in (?:choices|columns) sheet: (?P<list>\S+)", "FORM-LIST-MISSING"),
    (r"should be (?:a )?choices|specify choices for this|loop without list name", "FORM-LIST-ABSENT"),
    (r"filter not supported with or_other", "FORM-OTHER-FILTER"),
    (r"Instance names must be unique within a form. The name '(?P<name>[^']*)'", "FORM-FILE-TWICE"),
    (r"same instance id will be generated.*?Instance name: '(?P<name>[^']*)'", "FORM-FILE-TWICE"),
    (r"Question '(?P<question>[^']*)' uses 'search\(\)'.*?list name '(?P<list>[^']*)'", "FORM-LIST-SEARCHED"),
    (r"specify an image for the survey element named (?P<name>[^.]*)", "FORM-IMAGE-SMALL"),
    (r"background-geopoint", "FORM-PLACE-TRIGGER"),
    (r"Cannot omit instanceID", "FORM-ENCRYPTED"),
    # Remarks.
    (r"(?P<name>\S+) is no longer supported on most devices", "FORM-TYPE-OLD"),
    (r"only meant for filtered selects", "FORM-EXTERNAL-UNFILTERED"),
    (r"The 'disabled' column", "FORM-ROW-DISABLED"),
    (r"form_id and id_string", "FORM-ID-TWICE"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.DOTALL), code) for pattern, code in _SENTENCES)
_VALUE = re.compile(r"the '\w+' value '(?P<name>[^']*)'")

# Where a sentence without a row is about: sheet, header, a word of the cell or the fact that it is.
_SOUGHT = {
    "FORM-AUDIT-LOCATION": ("survey", "type", "audit"),
    "FORM-LIST-EXTERNAL": ("survey", "type", "select_one_external"),
    "FORM-FILE-TWICE": ("survey", "type", "{name}"),
    "FORM-LIST-SEARCHED": ("survey", "name", "{question}"),
    "FORM-IMAGE-SMALL": ("survey", "name", "{name}"),
    "FORM-OPTION-SPACES": ("choices", "name", "{name}"),
    "FORM-ENCRYPTED": ("settings", "omit_instanceID", ""),
    "FORM-ID-TWICE": ("settings", "id_string", ""),
}

UNKNOWN, UNKNOWN_REMARK = "FORM-PYXFORM", "FORM-PYXFORM-REMARK"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence of pyxform means.

    Attributes:
        code: of our finding.
        facts: for its texts; ``text`` holds pyxform's own words.
    """

    code: str
    facts: Mapping[str, str]

    @property
    def sought(self) -> tuple[str, str, str]:
        """Sheet, header and a word in the cell of what it is about, for sentences that name no row; ``""`` for any."""
        section, header, word = _SOUGHT.get(self.code, ("", "", ""))
        if self.code.startswith("FORM-PARAMETER-"):
            section, header, word = "survey", "parameters", "{name}"
        return section, header, self.facts.get(word[1:-1], "") if word.startswith("{") else word


def understand(words: str, otherwise: str = UNKNOWN) -> Meant:
    """Return what a sentence means.

    Args:
        words: of pyxform, in English.
        otherwise: the code for a sentence that is not known.
    """
    for pattern, code in _COMPILED:
        found = pattern.search(words)
        if found is None:
            continue
        facts = {("name" if group == "other_name" else group): " ".join(text.split())
                 for group, text in found.groupdict().items() if text is not None}  # fmt: skip
        value = _VALUE.search(words)
        if code == "FORM-NAME-CLASH" and value is not None:
            facts["name"] = value["name"]
        return Meant(code, {"text": words, **facts})
    return Meant(otherwise, {"text": words})
