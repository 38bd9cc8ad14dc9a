"""Code lists as data: themes, problems, target groups, partner kinds, forms, funding, areas and small lists.

The lists are the CSV files in ``data/`` (UTF-8, semicolons, several words of one cell separated by ``|``), which
people edit in a spreadsheet; this room is their one reader. `load` gives everything, checked, frozen and cached;
`check` reports every fault of a folder of lists at once.

May import the standard library, `surveys.findings` and `surveys.language`.
"""

from surveys.vocabulary.areas import Area, AreaLevel, Areas
from surveys.vocabulary.code_list import CodeList, TargetGroupList, mark_unlisted
from surveys.vocabulary.entries import (
    AssistanceReason,
    Entry,
    FundingSource,
    OfficialData,
    PartnerKind,
    Problem,
    RollUp,
    Scale,
    Sensitivity,
    TargetGroup,
    Theme,
    YesNoDepends,
)
from surveys.vocabulary.indicators import Direction, Indicator
from surveys.vocabulary.loader import Vocabulary, VocabularyError, check, load, read_vocabulary
from surveys.vocabulary.outline import load_outline

__all__ = [
    "Area",
    "AreaLevel",
    "Areas",
    "AssistanceReason",
    "CodeList",
    "Direction",
    "Entry",
    "FundingSource",
    "Indicator",
    "OfficialData",
    "PartnerKind",
    "Problem",
    "RollUp",
    "Scale",
    "Sensitivity",
    "TargetGroup",
    "TargetGroupList",
    "Theme",
    "Vocabulary",
    "VocabularyError",
    "YesNoDepends",
    "check",
    "load",
    "load_outline",
    "mark_unlisted",
    "read_vocabulary",
]
