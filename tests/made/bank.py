"""The Local Data Bank as far as `etl.connectors.bdl` needs it: the same paths, words and quirks, on 127.0.0.1."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from surveys.vocabulary import load
from tests.made.survey_servers import Answer, Asked, say

UNEMPLOYED, RATE = 10514, 60270
VARIABLES: dict[int, dict[str, Any]] = {
    UNEMPLOYED: {
        "id": UNEMPLOYED, "subjectId": "P1944", "n1": "ogółem", "level": 6, "measureUnitId": 67,
        "measureUnitName": "osoba", "years": [2022, 2023],
    },
    RATE: {
        "id": RATE, "subjectId": "P2392", "n1": "ogółem", "level": 5, "measureUnitId": 1, "measureUnitName": "%",
        "years": [2023],
    },
}  # fmt: skip
SUBJECTS = {"P1944": "Bezrobotni zarejestrowani wg płci", "P2392": "Stopa bezrobocia rejestrowanego"}
ATTRIBUTES = [
    {"id": 0, "name": "0", "symbol": "0", "description": ""},
    {"id": 1, "name": "wartość", "symbol": "1", "description": ""},
    {"id": 2, "name": "n", "symbol": "n", "description": "Brak informacji, tajemnica statystyczna"},
    {"id": 3, "name": "x", "symbol": "x", "description": "Wypełnienie pozycji jest niemożliwe lub niecelowe"},
    {"id": 4, "name": "-", "symbol": "-", "description": "Zjawisko nie wystąpiło"},
    {"id": 5, "name": "e", "symbol": "e", "description": "dane szacunkowe"},
]  # fmt: skip


@dataclass
class Bank:
    """What the bank holds and how it behaves; ``figures`` are (JSON number, attribute) by TERYT code.

    Attributes:
        asked: every request that came.
        fault: answers instead of the bank, where it returns something.
    """

    figures: dict[int, dict[str, tuple[str, int]]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    fault: Callable[[Asked], Answer | None] | None = None
    url: str = ""

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        self.asked.append(asked)
        instead = self.fault(asked) if self.fault is not None else None
        if instead is not None:
            return instead
        parts = asked.path.removeprefix("/api/v1/").split("/")
        if parts[0] == "variables" and int(parts[1]) in VARIABLES:
            return say(VARIABLES[int(parts[1])])
        if parts[0] == "subjects" and parts[1] in SUBJECTS:
            return say({"id": parts[1], "name": SUBJECTS[parts[1]], "dimensions": ["Płeć"]})
        if parts[0] == "attributes":
            return say({"totalRecords": len(ATTRIBUTES), "results": ATTRIBUTES})
        if parts[:2] == ["data", "by-variable"] and int(parts[2]) in VARIABLES:
            return self._give_units(int(parts[2]), asked.query)
        return say({"errors": [{"errorResult": 404}]}, 404)

    def _give_units(self, variable: int, query: dict[str, str]) -> Answer:
        page, size = int(query.get("page", 0)), min(int(query.get("page-size", 10)), 100)
        level = 5 if query["unit-level"] == "5" else 6
        areas = load().areas
        units = areas.powiats if level == 5 else areas.gminas
        own = self.figures.get(variable, {})
        written = []
        for area in units[page * size : (page + 1) * size]:
            number, attribute = own.get(area.teryt, ("0", 0))
            values = f'[{{"year":"{query["year"]}","val":{number},"attrId":{attribute}}}]'
            name = area.name if level == 6 else f"Powiat {area.name}"
            written.append(f'{{"id":"{long_code(area.teryt)}","name":{json.dumps(name)},"values":{values}}}')
        head = f'"totalRecords":{len(units)},"page":{page},"pageSize":{size},"links":{{"self":"…"}}'
        text = f'{{{head},"results":[{",".join(written)}]}}'
        return Answer(200, text.encode(), {"Content-Type": "application/json"})


def long_code(teryt: str) -> str:
    """BDL's number of a unit; its macroregion, region and subregion are made up."""
    filled = teryt.ljust(7, "0")
    return f"07{filled[:2]}{'000' if len(teryt) == 2 else '123'}{filled[2:]}"
