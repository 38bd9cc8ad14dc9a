"""Names as nobody should write them, and registers in which everything bears one."""

from datetime import date
from decimal import Decimal

from surveys.model import (
    Activity,
    Funding,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Register,
    Rules,
    Territory,
)

PAYLOADS = {
    "picture": "![x](http://picture.example/a.png)",
    "link": "[wygraj](http://link.example)",
    "address": "www.address.example, https://address.example/a?b, ala@address.example",
    "html": "<img src=http://html.example/a.png onerror=alert(1)>",
    "anchor": '<a href="http://anchor.example">x</a> & <b>y</b>',
    "latex": r"$\href{http://latex.example}{x}$",
    "icon": ":material/home: :red[x] :smile:",
    "heading": "# nagłówek",
    "list": "1. raz\n- dwa",
    "table": "a | b\n--|--\nc | d",
    "code": "`kod` ~~nie~~ *tak* _tak_ **tak**",
    "formula": '=HYPERLINK("http://formula.example")',
    "braces": "{n} {0} {names} %s",
    "backslash": "\\n \\* C:\\temp",
    "bidi": "abc\u202edef",
}
LONG = "Bardzo długa nazwa, której nikt nie skróci, " * 7
NAMES = {**PAYLOADS, "long": LONG[:300].strip(), "unbroken": "Ż" * 300}


def a_partner(uid: str = "p", name: str = "Partner", **more: object) -> Partner:
    return Partner(uid, name, "K101", "public", Membership("active"), **more)  # type: ignore[arg-type] # the parts a test names


def name_everything(name: str, slug: str = "dziwne") -> Register:
    """A register in which everything has one name."""
    return Register(
        Partnership(
            slug,
            name,
            (Territory("1433042", name),),
            date(2020, 2, 29),
            aims=name,
            website=name,
            rules=Rules(name, None, name),
            sample=True,
        ),
        (a_partner("p", name), a_partner("q", name)),
        problems=(
            Problem("x", name, "P501", "T04", "reported", name, ("G05",), identified_on=date(2025, 1, 1)),
            Problem("y", name, "P501", "T04", "reported", name, ("G20",)),
        ),
        projects=(
            Project(
                "x", name, "in_progress", name, date(2025, 1, 1), None, "p", ("p",), ("x",),
                (Funding("FS01", Decimal("10.50"), 2025),), None, name,
            ),
        ),
        activities=(
            Activity("x", name, "T03", "F01", date(2025, 6, 1), None, name, name, ("G05",), 12, ("p",), "x", ("x",)),
        ),
    )  # fmt: skip
