"""Partners of one partnership as the rules of applying judge them."""

import pandas as pd

from dashboard.stories.partner_names import name_partners
from dashboard.visit import View
from surveys.analysis.applicants import covers_theme
from surveys.analysis.rows import is_known, rows_of
from surveys.model import Membership, Partner
from surveys.vocabulary import PartnerKind, load


def read_partners(view: View, slug: str) -> list[Partner]:
    """Return the partners of a partnership who stayed, in the register's order; residents without a name."""
    frames = view.register
    mine = frames.partners[frames.partners["partnership"] == slug]
    names = name_partners(view, mine)
    themes = frames.partner_themes[frames.partner_themes["partnership"] == slug]
    by_uid = {str(uid): tuple(rows["theme"]) for uid, rows in themes.groupby("uid", sort=False)}
    return [
        Partner(
            uid=str(row["uid"]),
            name=names[slug, row["uid"]],
            kind=str(row["kind"]),
            sector=str(row["sector"] or "").strip(),
            membership=Membership(str(row["status"])),
            has_legal_personality=_yes_or_no(row["has_legal_personality"]),
            can_contribute=_yes_or_no(row["can_contribute"]),
            statutory_themes=by_uid.get(str(row["uid"]), ()),
            founded_by_partnership=bool(row["founded_by_partnership"]),
        )
        for row in rows_of(mine[mine["status"] != "withdrawn"])
    ]


def kind_of(partner: Partner) -> PartnerKind | None:
    """Return the kind of a partner, ``None`` when its code is not on the list."""
    return load().partner_kinds.get(partner.kind)


def count_covering(partners: list[Partner]) -> pd.DataFrame:
    """Return by theme how many partners could carry a project in it, and of how many that is not known.

    Returns:
        Frame theme, able, unknown; every theme of the list, in its order.
    """
    rows = []
    for theme in load().themes.codes:
        answers = [covers_theme(partner, kind_of(partner), theme) for partner in partners]
        rows.append({"theme": theme, "able": answers.count(True), "unknown": answers.count(None)})
    return pd.DataFrame(rows)


def _yes_or_no(value: object) -> bool | None:
    return bool(value) if is_known(value) else None
