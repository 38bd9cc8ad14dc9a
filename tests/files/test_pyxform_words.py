"""What pyxform refuses arrives as a finding of ours: where, what, what to do, in both languages, never bare English."""

import re
import tomllib
from importlib import resources

import pytest
from pyxform.errors import ErrorCode

from etl.forms.checking import check_form_file
from etl.forms.pyxform_words import UNKNOWN, UNKNOWN_REMARK, understand
from etl.forms.reading import read_form_file
from etl.importing import Incoming
from surveys.findings import Finding, Place

SETTINGS = "settings\n,form_id,version\n,f,1\n"
YES_NO = "choices\n,list_name,name,label\n,tn,1,tak\n,tn,0,nie\n"
# Nobody meets these: they are faults of pyxform itself.
INTERNAL = {"INTERNAL_001", "INTERNAL_002"}


class Facts(dict[str, str]):
    """Something for every fact that a sentence of pyxform may ask for."""

    def __missing__(self, name: str) -> str:
        return "7" if name == "row" else f"x_{name}"


def make_form(header: str, *rows: str, sheets: str = YES_NO, settings: str = SETTINGS) -> str:
    return "".join(f"{line}\n" for line in ("survey", f",{header}", *(f",{row}" for row in rows))) + sheets + settings


PARAMETERS, TRIGGERS = "type,name,label,parameters", "type,name,label,trigger,calculation"
QUESTION, TICK = "text,q,Q", "select_one tn,t,T"
# A malformed form, and the code, sheet and row under which it is told.
FORMS = {
    "a slider of words": (make_form(PARAMETERS, "range,a,A,start=1 end=x", TICK), "PARAMETER-NUMBER survey 3"),
    "a slider without steps": (make_form(PARAMETERS, "range,a,A,start=1 end=9 step=0", TICK),
                               "PARAMETER-RANGE survey 3"),
    "labels of a slider": (make_form(PARAMETERS, "range,a,A,start=1 end=5 tick_labelset=z", TICK),
                           "PARAMETER-TICKS survey 3"),
    "parameters without values": (make_form(PARAMETERS, "range,a,A,start 1", TICK), "PARAMETERS-SHAPE survey 3"),
    "a parameter nobody knows": (make_form(PARAMETERS, "range,a,A,from=1", TICK), "PARAMETER-UNKNOWN survey 3"),
    "a chance that is no number": (make_form(PARAMETERS, QUESTION, "select_one tn,a,A,randomize=true seed=abc"),
                                   "PARAMETER-VALUE survey 4"),
    "a chance of maybe": (make_form(PARAMETERS, "select_one tn,a,A,randomize=maybe"), "PARAMETER-TRUE survey 3"),
    "loud sound": (make_form(PARAMETERS, TICK, "audio,a,A,quality=loud"), "PARAMETER-VALUE survey 4"),
    "an app of no name": (make_form(PARAMETERS, "image,a,A,app=camera", TICK), "PARAMETER-VALUE survey 3"),
    "positions by halves": (make_form(PARAMETERS, TICK, "audit,audit,,location-priority=balanced"),
                            "AUDIT-LOCATION survey 4"),
    "an audit of another name": (make_form("type,name,label", TICK, "audit,przebieg,"), "AUDIT-NAME survey 4"),
    "a place without a trigger": (make_form(TRIGGERS, TICK, "background-geopoint,b,,,"), "PLACE-TRIGGER survey 4"),
    "a trigger by name only": (make_form(TRIGGERS, TICK, "calculate,c,,t,1+1"), "REFERENCE-BROKEN survey 4"),
    "a default of nobody": (make_form("type,name,label,default", TICK, "text,a,A,${zz}"), "NAME-UNKNOWN survey 4"),
    "an option about nobody": (make_form("type,name,label", TICK, sheets=YES_NO.replace("tak", "tak ${zz}")),
                               "NAME-UNKNOWN choices 6"),
    "cases without a sheet": (make_form("type,name,label,save_to", TICK, "text,a,A,wiek"), "CASES survey 4"),
    "cases of no name": (make_form("type,name,label", TICK, sheets=YES_NO + "entities\n,list_name,label\n,osoby,\n"),
                         "CASES entities 10"),
    "a file of another kind": (make_form("type,name,label", TICK, "select_one_from_file wsie.txt,a,A"),
                               "LIST-FILE survey 4"),
    "options in a sheet that is not there": (make_form("type,name,label,choice_filter", TICK + ",",
                                                       "select_one_external w,a,A,x=1"), "LIST-EXTERNAL survey 4"),
    "a file called as a list": (make_form("type,name,label", "select_one_from_file tn.csv,a,A", TICK),
                                "FILE-TWICE survey 3"),
    "a list that is looked up": (make_form("type,name,label,appearance", TICK + ",", "select_one tn,a,A,search('x')"),
                                 "LIST-SEARCHED survey 4"),
    "a big picture": (make_form("type,name,label,media::big-image", TICK + ",", "text,a,A,d.png"),
                      "IMAGE-SMALL survey 4"),
    "a repeat called as the form": (make_form("type,name,label", TICK, "begin_repeat,data,R", QUESTION, "end_repeat,,"),
                                    "NAME-CLASH survey 4"),
    "a form of two words": (make_form("type,name,label", TICK,
                                      settings="settings\n,form_id,version,name\n,f,1,moja nazwa\n"),
                            "NAME-SIGNS settings 9"),
    "sealed without a number": (make_form("type,name,label", TICK,
                                          settings="settings\n,form_id,version,omit_instanceID,public_key\n,f,1,yes,x\n"),
                                "ENCRYPTED settings 10"),
}  # fmt: skip


def check(form: str) -> list[Finding]:
    return list(check_form_file(read_form_file(Incoming("f.csv", form.encode()))))


@pytest.mark.parametrize("name", FORMS)
def test_a_malformed_form_is_told_where_and_what(name: str) -> None:
    form, expected = FORMS[name]
    said = [finding for finding in check(form) if finding.severity == "error"]
    assert [f"{each.code} {each.place.sheet} {each.place.row}" for each in said] == [f"FORM-{expected}"]
    assert_is_in_both_languages(said[0])


@pytest.mark.parametrize("code", [code for code in ErrorCode if code.name not in INTERNAL])
def test_every_fault_that_pyxform_numbers_is_one_of_ours(code: ErrorCode) -> None:
    for words in {code.value.msg.format_map(Facts()), code.value.format()}:
        meant = understand(" ".join(words.split()))
        assert meant.code not in {UNKNOWN, UNKNOWN_REMARK}
        assert_is_in_both_languages(Finding(meant.code, Place(), dict(meant.facts)))


def test_what_nobody_foresaw_is_quoted_with_something_to_do() -> None:
    for code in (UNKNOWN, UNKNOWN_REMARK):
        meant = understand("Something entirely new is wrong.", code)
        finding = Finding(meant.code, Place("f.xlsx", "survey", 4), dict(meant.facts))
        assert "„Something entirely new is wrong.”" in finding.message("pl")
        assert "“Something entirely new is wrong.”" in finding.message("en")
        assert_is_in_both_languages(finding)


def test_every_code_of_this_list_is_reached() -> None:
    catalogue = resources.files("surveys.language.catalogues") / "findings_pyxform.toml"
    told = {f"FORM-{expected.split()[0]}" for _, expected in FORMS.values()}
    told |= {understand(" ".join(code.value.msg.format_map(Facts()).split())).code for code in ErrorCode}
    told |= {understand(words).code for words in REMARKS}
    assert set(tomllib.loads(catalogue.read_text(encoding="utf-8"))) <= told


REMARKS = {
    "simserial is no longer supported on most devices. Only old versions support it.": "simserial",
    "select one external is only meant for filtered selects.": "",
    "The 'disabled' column header is not part of the current spec. We recommend using relevant instead.": "",
    "The form_id and id_string column headers are both specified in the settings sheet provided.": "",
    "Choice names with spaces cannot be added to multiple choice selects. See [a b] in [x]": "a b",
    "Question with no type. {'name': 'a'}": "",
    "Unknown question type 'zdjęcie'.": "zdjęcie",
    "There should be a choices sheet in this xlsform. Please ensure that it has the mandatory columns.": "",
}


@pytest.mark.parametrize("words", REMARKS)
def test_sentences_without_a_number_are_known_too(words: str) -> None:
    meant = understand(words)
    assert meant.code not in {UNKNOWN, UNKNOWN_REMARK}
    assert meant.facts.get("name", "") == REMARKS[words]


def assert_is_in_both_languages(finding: Finding) -> None:
    """Outside quotes, nothing in a Polish sentence is an English one."""
    for sentence in (finding.message("pl"), finding.remedy("pl"), finding.message("en"), finding.remedy("en")):
        assert sentence
        assert not re.search(r"(?<!\$)\{", sentence)
    polish = re.sub(r"„[^”]*”", "", f"{finding.message('pl')} {finding.remedy('pl')}")
    assert not re.search(r"\b(the|must|value|invalid|sheet|please)\b", polish, re.IGNORECASE)
