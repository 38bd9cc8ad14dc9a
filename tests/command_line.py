"""Runs ``diagnoza`` inside the test's process, with an installation of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    output: str
    errors: str

    @property
    def json(self) -> Any:
        """Standard output, which has to be one JSON value and nothing else."""
        return json.loads(self.output)

    @property
    def codes(self) -> list[str]:
        """Codes of the findings in the JSON object."""
        return [finding["code"] for finding in self.json["findings"]]


Diagnoza = Callable[..., Ran]


@pytest.fixture
def diagnoza(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Diagnoza:
    """Run a command: ``diagnoza("import", file, "--json")``. Data go into the test's own folder."""
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", str(tmp_path / "data"))

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
