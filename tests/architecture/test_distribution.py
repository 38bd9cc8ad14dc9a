"""What `pip install .` would install: every module and every data file of the three packages, and nothing else."""

import zipfile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.architecture.sources import ROOT, list_files

PACKAGES = ("surveys", "etl", "dashboard")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return zipfile.ZipFile(built)


def test_all_of_the_three_packages_is_inside(wheel):
    ours = {file.as_posix() for file in list_files() if file.parts[0] in PACKAGES}
    assert ours - set(wheel.namelist()) == set()


def test_only_the_three_packages_are_inside(wheel):
    assert {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" not in name} <= {*PACKAGES}


def test_the_command_is_announced(wheel):
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "diagnoza = etl.cli:main" in wheel.read(entry_points).decode()
