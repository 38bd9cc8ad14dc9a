"""Partnerships as the command line names them: slugs, checked against what the store holds."""

import difflib

from etl.store.engine import Store
from etl.store.reading.scope import resolve_scope
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report
from surveys.language.folding import slugify


def list_slugs(store: Store, actor: Actor) -> list[str]:
    """Return the slugs of all partnerships that the actor may see, invented ones last."""
    with store.read() as connection:
        real = resolve_scope(connection, actor, sample=False)
        invented = resolve_scope(connection, actor, sample=True)
    return [*real.slugs, *invented.slugs]


def require_partnership(store: Store, actor: Actor, named: str) -> str:
    """Return the slug of a partnership that a person named; its full name will do too.

    Raises:
        FaultError: there is none; slugs that look like it are in the finding.
    """
    known = list_slugs(store, actor)
    try:
        slug = slugify(named)
    except ValueError:
        slug = ""
    if slug in known:
        return slug
    near = difflib.get_close_matches(slug, known, n=3)
    facts: dict[str, str | int] = {"slug": named}
    if near:
        raise FaultError(Report((Finding("PARTNERSHIP-UNKNOWN-NEAR", facts={**facts, "near": ", ".join(near)}),)))
    raise FaultError(Report((Finding("PARTNERSHIP-UNKNOWN", facts=facts),)))
