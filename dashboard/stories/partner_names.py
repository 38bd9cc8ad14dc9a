"""What partners are called in pictures and lists that leave the page: organisations by name, residents without one."""

import pandas as pd

from dashboard.visit import View

RESIDENT_KIND = "K401"


def name_partners(view: View, partners: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the name of every partner by partnership and uid.

    A resident who is a partner is "mieszkaniec 1", whoever looks: lists and pictures are projected, printed and
    passed on, and nothing on them depends on who that person is.

    Args:
        view: what is looked at.
        partners: partnership, uid, name, kind; in the register's order.
    """
    named: dict[tuple[str, str], str] = {}
    residents: dict[str, int] = {}
    for slug, uid, name, kind in zip(
        *(partners[column] for column in ("partnership", "uid", "name", "kind")), strict=True
    ):
        if kind == RESIDENT_KIND:
            residents[slug] = residents.get(slug, 0) + 1
            named[slug, uid] = view.say("capital.resident", number=residents[slug])
        else:
            named[slug, uid] = str(name)
    return named
