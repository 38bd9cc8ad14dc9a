"""Where the dashboard's pages are: the one list that the navigation, the gate and the tests go by.

A page that is not in it is nowhere: not in the navigation, and not let through the gate.
"""

# Section of the navigation → page file → address, in the order shown. Pages of the section "" stand in the first row
# themselves, the others one step below: a row that is too long hides its last pages behind "more".
SECTIONS: dict[str, dict[str, str]] = {
    "": {
        "start": "",
        "problems": "problemy",
        "activities": "dzialania",
        "groups": "grupy",
        "partnerships": "partnerstwa",
    },
    "surveys": {
        "results": "wyniki",
        "collections": "ankiety",
        "questionnaires": "kwestionariusze",
    },
    "compare": {
        "map": "mapa",
        "comparison": "porownanie",
        "mirrors": "lustra",
        "gaps": "luki",
        "solved": "kto-juz",
    },
    "cooperation": {
        "thread": "nic",
        "capital": "kapital",
        "applicants": "wnioskodawcy",
        "health": "zdrowie-partnerstwa",  # the server's own health has the shorter address
    },
    "meetings": {
        "meetings": "spotkania",
        "documents": "dokumenty",
    },
    "data": {
        "upload": "wgraj",
        "imports": "importy",
        "accounts": "konta",
    },
}

# Page file → address.
PAGES: dict[str, str] = {name: address for pages in SECTIONS.values() for name, address in pages.items()}
