"""Who asks, and what they may: rights as data, looked up at every question.

Roles are those of the access design: a *participant* sees their own partnership's pages, and all others only put
together; a *coordinator* also imports, undoes, collects answers and runs meetings there; *boris* sees aggregates of all
partnerships and makes new ones; an *administrator* keeps accounts and sees no data of partnerships. Official figures
and outlines of areas are nobody's: BORIS and administrators import them, everybody reads them. Nobody signed in, on a
machine without accounts, sees the sample data only.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A role that a grant gives."""

    PARTICIPANT = "participant"
    COORDINATOR = "coordinator"
    BORIS = "boris"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What somebody may be allowed to do."""

    SEE_PARTNERSHIP = "see_partnership"
    SEE_SAMPLE = "see_sample"
    SEE_TOGETHER = "see_together"  # what all partnerships say together, none of them named
    SEE_SHARED_RESULTS = "see_shared_results"  # of projects whose partnership agreed to show them to others
    IMPORT = "import"
    COLLECT = "collect"  # write questionnaires and collect answers to them
    MEET = "meet"  # prepare and run meetings, hold votes, keep what was decided
    CREATE_PARTNERSHIP = "create_partnership"
    IMPORT_OFFICIAL = "import_official"  # figures and outlines that belong to no partnership
    KEEP_ACCOUNTS = "keep_accounts"


# Actions a role allows inside the partnership of its grant, and anywhere.
_IN_OWN_PARTNERSHIP: dict[Role, frozenset[Action]] = {
    Role.PARTICIPANT: frozenset({Action.SEE_PARTNERSHIP}),
    Role.COORDINATOR: frozenset({Action.SEE_PARTNERSHIP, Action.IMPORT, Action.COLLECT, Action.MEET}),
    Role.BORIS: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}
_ANYWHERE: dict[Role, frozenset[Action]] = {
    Role.PARTICIPANT: frozenset({Action.SEE_SAMPLE, Action.SEE_TOGETHER, Action.SEE_SHARED_RESULTS}),
    Role.COORDINATOR: frozenset({Action.SEE_SAMPLE, Action.SEE_TOGETHER, Action.SEE_SHARED_RESULTS}),
    Role.BORIS: frozenset(
        {
            Action.SEE_SAMPLE,
            Action.SEE_TOGETHER,
            Action.SEE_SHARED_RESULTS,
            Action.SEE_PARTNERSHIP,
            Action.CREATE_PARTNERSHIP,
            Action.IMPORT_OFFICIAL,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Action.SEE_SAMPLE, Action.KEEP_ACCOUNTS, Action.IMPORT_OFFICIAL}),
}


class ForbiddenError(PermissionError):
    """The actor may not do this. Says the same whether the thing is forbidden or does not exist."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one person; ``partnership`` is a slug, ``None`` for roles that hold everywhere."""

    role: Role
    partnership: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks the store.

    Attributes:
        name: account name, ``""`` for a visitor, ``"machine"`` for the command line on this machine.
        user_id: account's id, ``None`` for a visitor and the machine.
        machine: the person at this machine's command line, who holds the files anyway.
        visitor: opaque key of an anonymous visitor's own session, so that uploads stay apart.
    """

    name: str = ""
    user_id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    machine: bool = False
    visitor: str = ""

    @classmethod
    def anonymous(cls, visitor: str = "") -> "Actor":
        """Return somebody who has not signed in."""
        return cls(visitor=visitor)

    @classmethod
    def at_machine(cls) -> "Actor":
        """Return the person at this machine's command line."""
        return cls(name="machine", machine=True)

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody has signed in."""
        return self.user_id is None and not self.machine

    @property
    def owner_key(self) -> str:
        """Key under which this actor's own uploads and jobs are kept."""
        return f"visitor:{self.visitor}" if self.is_anonymous else f"account:{self.name}"

    def may(self, action: Action, partnership: str | None = None) -> bool:
        """Return whether the actor may do something, in a partnership where the action needs one."""
        if self.machine:
            return True
        if self.is_anonymous:
            return action is Action.SEE_SAMPLE
        return any(
            action in _ANYWHERE[grant.role]
            or (
                partnership is not None
                and grant.partnership == partnership
                and action in _IN_OWN_PARTNERSHIP[grant.role]
            )
            for grant in self.grants
        )

    def require(self, action: Action, partnership: str | None = None) -> None:
        """Raise `ForbiddenError` unless the actor may do it."""
        if not self.may(action, partnership):
            raise ForbiddenError(f"{action} is not allowed here")

    @property
    def own_partnerships(self) -> frozenset[str]:
        """Slugs of the partnerships that the actor holds a role in."""
        return frozenset(grant.partnership for grant in self.grants if grant.partnership is not None)
