"""Who may load what: asked of the store at every run, about all data, whichever are being looked at."""

from dataclasses import dataclass

from dashboard.data import find_scope
from etl.store.scope import Action, Actor
from surveys.language.collation import sort_key


@dataclass(frozen=True, slots=True)
class Target:
    """A partnership that a person sees.

    Attributes:
        sample: it belongs to the invented data.
    """

    slug: str
    name: str
    sample: bool


@dataclass(frozen=True, slots=True)
class LoadingRights:
    """What a person may load.

    Attributes:
        seen: partnerships they see, real and invented ones.
        targets: those they may load into, in alphabetical order, the invented ones last.
        may_create: they may make a partnership, by its workbook.
        may_load_official: they may load official figures, which belong to no partnership.
    """

    seen: tuple[Target, ...]
    targets: tuple[Target, ...]
    may_create: bool
    may_load_official: bool = False

    @property
    def any(self) -> bool:
        """Whether they may load anything of a partnership."""
        return bool(self.targets) or self.may_create

    def find(self, slug: str | None) -> Target | None:
        """Return a partnership they see, ``None`` for any other."""
        return next((target for target in self.seen if target.slug == slug), None)


def find_rights(actor: Actor) -> LoadingRights:
    """Return what somebody may load."""
    seen = tuple(
        Target(ref.slug, ref.name, sample)
        for sample in (False, True)
        for ref in find_scope(actor, sample=sample).partnerships
    )
    targets = sorted(
        (target for target in seen if actor.may(Action.IMPORT, target.slug)),
        key=lambda target: (target.sample, sort_key(target.name)),
    )
    return LoadingRights(seen, tuple(targets), actor.may(Action.CREATE_PARTNERSHIP), actor.may(Action.IMPORT_OFFICIAL))
