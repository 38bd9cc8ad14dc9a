"""Where the dashboard's pages are: the one list that the navigation, the gate and the tests go by.

A page that is not in it is nowhere: not in the navigation, and not let through the gate.
"""

# Page file → address. The order is the order in the navigation.
PAGES: dict[str, str] = {
    "start": "",
    "problems": "problemy",
    "activities": "dzialania",
    "groups": "grupy",
    "results": "wyniki",
    "collections": "ankiety",
    "partnerships": "partnerstwa",
    "questionnaires": "kwestionariusze",
    "upload": "wgraj",
    "imports": "importy",
}
