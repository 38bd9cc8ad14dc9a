"""The start's last step: this very process becomes the server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from starter.environment import Environment

ROOT = Path(__file__).resolve().parents[3]
BECOME = """
import sys
from pathlib import Path
from starter.environment import Environment
from starter.serving import become
become(Environment(Path(sys.argv[1])), ["serve", "--port", "8501"])
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows can't turn one process into another: there the start waits")
def test_stopping_the_start_stops_the_server_because_they_are_one_process(tmp_path):
    environment = Environment(tmp_path / "folder ze spacją")
    environment.programs.mkdir(parents=True)
    server = environment.program("diagnoza")
    server.write_text('#!/bin/sh\necho "$$ $* $PWD"\nexit 7\n', encoding="utf-8")
    server.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-c", BECOME, str(environment.root)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    ) as start:
        said = start.stdout.read().strip()
    assert said == f"{start.pid} serve --port 8501 {environment.root}"
    assert start.returncode == 7
