"""A public address and what stands behind it, as one request sees it: the link, its form, language, size of type."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from urllib.parse import urlencode

from dashboard.access.premises import Premises
from etl.collecting.desk import Desk
from etl.store.collection_rows import Collection, read_form_text
from etl.store.engine import Store
from etl.store.moments import Clock
from surveys.filling import FillableForm, make_fillable
from surveys.filling.sheets import Layout
from surveys.language.texts import Language
from surveys.model.form_codec import decode_form


class Way(Enum):
    """By which way a form is filled in."""

    LINK = "link"  # somebody's own phone or computer: drafts are kept
    KIOSK = "kiosk"  # a tablet where one person after another answers: nothing is kept
    PREVIEW = "preview"  # a coordinator looks at it: nothing is stored

    @property
    def keeps_drafts(self) -> bool:
        """Whether a form that was begun can be gone on with later."""
        return self is Way.LINK


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody wants to see the form; it travels in the address, no cookie keeps it."""

    language: Language
    large: bool

    def query(self, **more: object) -> str:
        """Return the part of an address from its question mark on, ``""`` when there is nothing to say."""
        said = {"lang": "en"} if self.language == "en" else {}
        if self.large:
            said["litery"] = "duze"
        said |= {name: str(value) for name, value in more.items() if value is not None}
        return f"?{urlencode(said)}" if said else ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a request is about.

    Attributes:
        path: of the request, without its query.
        today: on this machine's calendar.
    """

    collection: Collection
    form: FillableForm
    way: Way
    look: Look
    path: str
    today: date

    def address(self, **more: object) -> str:
        """Return the form's address in the same language and size."""
        return self.path + self.look.query(**more)


def form_of(premises: Premises, found: Collection) -> FillableForm:
    """Return a collection's form laid out. A form never changes once a link to it was made, so it is kept."""
    return _form_of(premises.store, found.id, found.uid, found.layout, found.partnership if found.own_form else None)


def desk_of(premises: Premises) -> Desk:
    """Return the one desk of the open store."""
    return _desk_of(premises.store, premises.clock)


@lru_cache(maxsize=64)
def _form_of(store: Store, collection_id: int, uid: str, layout: Layout, partnership: str | None) -> FillableForm:
    del uid  # part of the key: row numbers are used again
    with store.read() as connection:
        text = read_form_text(connection, collection_id)
    return make_fillable(decode_form(text), layout, partnership)


@lru_cache(maxsize=4)
def _desk_of(store: Store, clock: Clock) -> Desk:
    return Desk(store, clock)
