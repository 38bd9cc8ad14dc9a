"""Who may load what: asked of the store at every run, about real data only, whatever data are being looked at."""

from dataclasses import dataclass

from dashboard.data import find_scope
from etl.store.reading import PartnershipRef, Scope
from etl.store.scope import Action, Actor
from surveys.language.collation import sort_key


@dataclass(frozen=True, slots=True)
class LoadingRights:
    """What a person may load.

    Attributes:
        scope: the real partnerships they see.
        targets: those they may load into, in alphabetical order.
        may_create: they may make a partnership, by its workbook.
    """

    scope: Scope
    targets: tuple[PartnershipRef, ...]
    may_create: bool

    @property
    def any(self) -> bool:
        """Whether they may load anything at all."""
        return bool(self.targets) or self.may_create

    def name_of(self, slug: str) -> str | None:
        """Return the name of a partnership they see, ``None`` for any other."""
        return next((ref.name for ref in self.scope.partnerships if ref.slug == slug), None)


def find_rights(actor: Actor) -> LoadingRights:
    """Return what somebody may load."""
    scope = find_scope(actor, sample=False)
    targets = sorted(
        (ref for ref in scope.partnerships if actor.may(Action.IMPORT, ref.slug)), key=lambda ref: sort_key(ref.name)
    )
    return LoadingRights(scope, tuple(targets), actor.may(Action.CREATE_PARTNERSHIP))
