"""What the file is: its source and why it was taken for that, its sheets and their rows."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.texts import texts
from dashboard.visit import Visit
from etl.importing import Inspection
from etl.recognise.recognition import CERTAIN
from surveys.language.numerals import format_number
from surveys.language.texts import Language, load_catalogue

_CATALOGUE = "surveys.language.catalogues"
WORKBOOK = "partnership_workbook"
OFFICIAL = frozenset({"bdl", "ozps"})


def show_recognised(visit: Visit, inspection: Inspection) -> None:
    """Show what the file was taken for."""
    with st.container(border=True, key="upload-recognised"):
        st.header(visit.say("upload.recognised.title"), anchor=False)
        st.markdown(visit.say("upload.recognised.is", source=say_source(visit, inspection.source)))
        reasons = [said for key in inspection.reasons if (said := say_reason(key, visit.language))]
        if reasons:
            st.markdown(visit.say("upload.recognised.reasons", reasons=plain("; ".join(reasons))))
        lines = []
        for sheet in inspection.sheets:
            kind_key = f"upload.sheet.{sheet.kind}"
            rows = visit.say("counts.rows", n=sheet.rows, number=format_number(sheet.rows, visit.language))
            what = visit.say(kind_key if kind_key in texts() else "upload.sheet.other")
            lines.append(visit.say("upload.recognised.sheet", name=plain(sheet.name), what=what, rows=rows))
        st.markdown("\n".join(f"- {line}" for line in lines))


def is_certain(inspection: Inspection) -> bool:
    """Whether nobody has to be asked what the file is."""
    return inspection.score >= CERTAIN


def say_source(visit: Visit, source: str) -> str:
    """Return the name of a source in words."""
    key = f"upload.source.{source}"
    return visit.say(key if key in texts() else "upload.source.other")


def say_reason(key: str, language: Language, **facts: str | int) -> str:
    """Return why something was recognised so; an empty text for a reason nobody has put into words."""
    catalogue = load_catalogue(_CATALOGUE)
    return catalogue.say(key, language, **facts) if key in catalogue else ""
