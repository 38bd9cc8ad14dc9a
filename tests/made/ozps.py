"""A made form of the assessment of social assistance resources, as the application writes it and as people copy it."""

from collections.abc import Sequence

from tests.made.workbook import Cell, write_workbook

TITLE = "OCENA ZASOBÓW POMOCY SPOŁECZNEJ ZA ROK 2023 DLA GMINY LIW"
SECTION = "DANE O SYTUACJI DEMOGRAFICZNEJ I SPOŁECZNEJ"
YEARS: list[Cell] = ["2021", "2022", "2023", "2024", "2025"]
ROWS: tuple[Sequence[Cell], ...] = (
    ("MIESZKAŃCY (w osobach)", "Ogółem", 1.0, 9173.0, 9159.0, 9187.0, 9187.0, 9187.0),
    ("KOBIETY", "Ogółem", 2.0, 4576.0, 4560.0, 4592.0, 4592.0, 4592.0),
    (None, "Wiek 0-17", 3.0, 786.0, 779.0, 799.0, 799.0, 799.0),
    ("RYNEK PRACY", "Bezrobotni ogółem", 10.0, 494.0, ".", 378.0, 378.0, 350.0),
    (None, "Bezrobotni z prawem do zasiłku", 12.0, "x", 0.0, None, "x", "x"),
    ("UBÓSTWO", "Liczba rodzin", 20.0, 12.5, "-", 14.0, 14.0, 14.0),
)


def ozps_xlsx(*, title: str = TITLE, years: Sequence[Cell] | None = None, code: str | None = "1433042") -> bytes:
    """The form: a title, headers of two rows, groups whose name a merged cell says once."""
    rows: list[Sequence[Cell]] = [
        [title],
        [f"Kod TERYT: {code}"] if code else [],
        [None, None, None, None, None, None, "PROGNOZA"],
        [SECTION, None, "Lp.", *(years or YEARS)],
        *ROWS,
        ["* prognoza oznacza przewidywaną całkowitą wartość zjawiska"],
    ]
    return write_workbook({"Tabela 1": rows})


def plain_ozps_xlsx() -> bytes:
    """A sheet that somebody copied: one column of words, headings in rows of their own, years in the headers."""
    rows: list[Sequence[Cell]] = [
        ["Pomoc społeczna w gminie Liw"],
        ["Wyszczególnienie", "Lp.", 2022.0, 2023.0],
        ["Osoby korzystające z pomocy społecznej"],
        ["Liczba osób, którym przyznano świadczenie", 1.0, 120.0, 118.0],
        ["Liczba rodzin", 2.0, ".", 57.0],
        ["Powody: ubóstwo"],
        ["Liczba rodzin", 3.0, 31.0, "x"],
    ]
    return write_workbook({"OPS": rows})
