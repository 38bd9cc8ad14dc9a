"""Which document of which partnership."""

from dataclasses import dataclass

import streamlit as st

from dashboard.documents.kinds import Kind
from dashboard.escaping import plain
from dashboard.visit import Visit
from surveys.language.collation import sort_key


@dataclass(frozen=True, slots=True)
class Chosen:
    """A partnership and a shape of document."""

    slug: str
    name: str
    kind: Kind


def choose_document(visit: Visit) -> Chosen | None:
    """Ask for the partnership, where there are several, and for the shape; ``None`` when there is no partnership."""
    names = {ref.slug: ref.name for ref in visit.scope.partnerships}
    if not names:
        st.markdown(visit.say("documents.page.none"))
        st.page_link("app_pages/upload.py", label=visit.say("nav.upload"), icon=":material/upload_file:")
        return None
    slugs = sorted(names, key=lambda slug: sort_key(names[slug]))
    kept = visit.view.filters.partnership
    slug = slugs[0]
    if len(slugs) > 1:
        slug = st.selectbox(
            visit.say("documents.page.partnership"),
            slugs,
            index=slugs.index(kept) if kept in slugs else 0,
            format_func=lambda one: names[one],
            key="document-partnership",
        )
    name = st.radio(
        visit.say("documents.page.kind"),
        [kind.value for kind in Kind],
        format_func=lambda one: visit.say(f"documents.kind.{one}.name"),
        captions=[plain(visit.say(f"documents.kind.{one.value}.what")) for one in Kind],
        key="document-kind",
    )
    return Chosen(slug, names[slug], Kind(str(name)))
