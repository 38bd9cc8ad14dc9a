"""Roles in words, and which of them somebody may give."""

from collections.abc import Iterable

from dashboard.data import find_scope
from dashboard.escaping import plain
from dashboard.visit import Visit
from etl.store.scope import Grant
from surveys.language.collation import sort_key


def name_partnerships(visit: Visit) -> dict[str, str]:
    """Return names by slug of the real partnerships that the visitor may see."""
    return {ref.slug: ref.name for ref in find_scope(visit.actor, sample=False).partnerships}


def say_grant(visit: Visit, grant: Grant, names: dict[str, str]) -> str:
    """Return a role in words: "koordynator – Partnerstwo Liw"; not escaped."""
    role = visit.say(f"accounts.role.{grant.role.value}")
    if grant.partnership is None:
        return role
    return f"{role} – {names.get(grant.partnership, grant.partnership)}"


def order_grants(visit: Visit, grants: Iterable[Grant], names: dict[str, str]) -> list[Grant]:
    """Return roles in alphabetical order of their words, those that hold everywhere last: they are seldom meant."""
    return sorted(grants, key=lambda grant: (grant.partnership is None, sort_key(say_grant(visit, grant, names))))


def say_grants(visit: Visit, grants: Iterable[Grant], names: dict[str, str]) -> str:
    """Return all roles of an account in a line, escaped for a page."""
    said = [plain(say_grant(visit, grant, names)) for grant in order_grants(visit, grants, names)]
    return " · ".join(said) or visit.say("accounts.no_role")
