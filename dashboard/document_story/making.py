"""Making the chosen document: three steps that are told as they are done, then a button to take it away.

The file stays in the person's own session until they choose another one; nothing of it is kept elsewhere.
"""

from dataclasses import dataclass

import streamlit as st

from dashboard import services
from dashboard.data import current_store
from dashboard.document_story.choosing import Chosen
from dashboard.documents.content import Document
from dashboard.documents.making import FORMATS, make_document
from dashboard.documents.versions import explain_difference
from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.stories.opening import today
from dashboard.visit import Visit
from etl.store.report_rows import ReportVersion, list_versions
from surveys.language.folding import slugify
from surveys.language.numerals import format_date

_KEPT = "document-made"
_LONGEST_NAME = 60
_ORDER = ("docx", "pptx", "xlsx", "html")


@dataclass(frozen=True, slots=True)
class Made:
    """A file that waits to be taken away.

    Attributes:
        subject: partnership, shape, kind of file, language and revision of the data it was made of.
        differences: what is new since the version before, ``None`` when there was none.
    """

    subject: tuple[str, str, str, str, int]
    content: bytes
    file_name: str
    differences: tuple[str, ...] | None


def show_making(visit: Visit, chosen: Chosen) -> None:
    """Ask for the kind of file, make it, and offer it."""
    name = st.segmented_control(
        visit.say("documents.page.format"),
        _ORDER,
        format_func=lambda one: visit.say(f"documents.page.formats.{one}"),
        key="document-format",
        default=_ORDER[0],
        required=True,
    )
    subject = (chosen.slug, chosen.kind.value, str(name), visit.language, current_store().data_revision())
    if st.button(visit.say("documents.page.make"), type="primary", icon=":material/description:", key="document-make"):
        _make(visit, chosen, subject)
    made: Made | None = st.session_state.get(_KEPT)
    if made is None or made.subject[:4] != subject[:4]:
        return
    if made.subject != subject:
        st.caption(visit.say("documents.page.older"))
    st.download_button(
        visit.say("documents.page.take", name=made.file_name),
        made.content,
        file_name=made.file_name,
        mime=FORMATS[str(name)].mime,
        icon=":material/download:",
        key="document-take",
        on_click="ignore",
    )
    if made.differences is not None:
        st.subheader(visit.say("documents.page.differences"), anchor=False)
        st.markdown("\n".join(f"- {plain(line)}" for line in made.differences))


def show_versions(visit: Visit, chosen: Chosen) -> None:
    """List the versions that were made, the newest first."""
    versions = _read_versions(visit, chosen)
    if not versions:
        return
    with st.expander(visit.say("documents.page.versions", n=len(versions))):
        lines = [visit.say("documents.page.version", day=_day(visit, one), who=plain(one.made_by)) for one in versions]
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption(visit.say("documents.page.versions_note"))


def _make(visit: Visit, chosen: Chosen, subject: tuple[str, str, str, str, int]) -> None:
    with st.status(visit.say("documents.page.steps.read"), expanded=False) as status:
        before = _read_versions(visit, chosen)
        document = make_document(
            current_store(), visit.scope, chosen.slug, chosen.kind, language=visit.language, today=today()
        )
        status.update(label=visit.say("documents.page.steps.write"))
        content = FORMATS[subject[2]].write(document)
        status.update(label=visit.say("documents.page.steps.done"), state="complete")
    differences = None
    if before:
        differences = tuple(explain_difference(before[0].facts, document.facts, visit.language))
    if not visit.actor.is_anonymous:
        report = services.keep_report(
            visit.actor, visit.scope, chosen.slug, kind=chosen.kind.value, language=visit.language, facts=document.facts
        )
        show_findings(report, visit.language)
    st.session_state[_KEPT] = Made(subject, content, _file_name(document, subject[2]), differences)


def _file_name(document: Document, format_name: str) -> str:
    return f"{slugify(document.title[:_LONGEST_NAME])}-{document.made_on.isoformat()}.{format_name}"


def _read_versions(visit: Visit, chosen: Chosen) -> list[ReportVersion]:
    with current_store().read() as connection:
        return list_versions(connection, visit.scope, chosen.slug, chosen.kind.value, visit.language)


def _day(visit: Visit, version: ReportVersion) -> str:
    from datetime import date  # noqa: PLC0415 # beside its only use

    return format_date(date.fromisoformat(version.made_at[:10]), visit.language)
