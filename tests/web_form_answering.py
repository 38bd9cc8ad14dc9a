"""Steps of people who fill the web form of `tests.made.web_forms` in."""

from dashboard.texts import say
from etl.store.collection_rows import Collection
from etl.store.collections import read_collection
from tests.importing_surveys import MACHINE, count_rows
from tests.made.web_forms import make_open
from tests.phone import House, Phone

WAVE = "swietlica-2026"
VISITS, HOW_OFTEN, WHY_NOT = "Czy bywa Pan/Pani w świetlicy?", "Ile razy w miesiącu?", "Co przeszkadza?"
ROOM, HOURS, ORDER = "Salę", "Godziny", "Co najpierw?"


def text(key: str, **facts: object) -> str:
    """Return a Polish text of the web form."""
    return say(f"web_form.{key}", "pl", **facts)


def collect(house: House, **wanted: object) -> Collection:
    """Open a link in the partnership "liw"."""
    uid, _ = make_open(house.store, **wanted)  # type: ignore[arg-type] # fields by name
    with house.store.read() as connection:
        return read_collection(connection, MACHINE, uid)[0]


def begin(house: House, found: Collection, **wanted: object) -> Phone:
    """Open the form on somebody's phone and begin."""
    phone = house.phone(**wanted)
    phone.open(f"/a/{found.token}")
    phone.press("zacznij")
    return phone


def finish(house: House, phone: Phone) -> None:
    """From the first page to the end, as somebody who does not visit."""
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    phone.answer(WHY_NOT, "Za daleko")
    phone.press("dalej")
    phone.press("dalej")
    house.wait(seconds=60)
    phone.press("wyslij")


def stored(house: House) -> int:
    """Return how many forms are in the store."""
    return count_rows(house.store)["response"]
