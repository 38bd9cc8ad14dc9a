"""The link between ``.venv`` and the project's folder, in a folder with a space and Polish letters."""

import subprocess
import venv
import zipfile

from starter.environment import Environment
from starter.installing import install_wheel
from starter.package import describe_package

PROJECT = """
[project]
name = "diagnoza-lokalna"
version = "0.1.0"
description = "Opis po polsku: żółć"
requires-python = ">=3.11"
dependencies = ["pandas>=3"]
[project.scripts]
diagnoza = "etl.cli:main"
"""
COMMAND = "import sys\n\ndef main():\n    print('etl mówi', *sys.argv[1:])\n    return 3\n"


def make_project(folder):
    root = folder / "zażółć gęślą"
    (root / "etl").mkdir(parents=True)
    (root / "etl" / "cli.py").write_text(COMMAND, encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return Environment(root)


def test_the_command_runs_from_the_projects_folder(tmp_path):
    environment = make_project(tmp_path)
    venv.create(environment.folder, with_pip=True)
    wheel = describe_package(environment.root, environment.folder).write(tmp_path)
    install_wheel(environment.python, wheel)
    told = subprocess.run(
        [environment.program("diagnoza"), "żółw"],
        capture_output=True,
        check=False,
        env=environment.variables(),
        cwd=tmp_path,
    )
    assert told.stdout.decode().strip() == "etl mówi żółw"
    assert told.returncode == 3


def test_the_path_to_the_project_is_plain_ascii(tmp_path):
    environment = make_project(tmp_path)
    package = describe_package(environment.root, environment.folder)
    assert package.files["diagnoza_lokalna.pth"].isascii()


def test_the_wheel_says_what_pyproject_says(tmp_path):
    environment = make_project(tmp_path)
    with zipfile.ZipFile(describe_package(environment.root, environment.folder).write(tmp_path)) as wheel:
        information = "diagnoza_lokalna-0.1.0.dist-info"
        metadata = wheel.read(f"{information}/METADATA").decode()
        record = wheel.read(f"{information}/RECORD").decode()
        assert "Name: diagnoza-lokalna\nVersion: 0.1.0\n" in metadata
        assert "Requires-Dist: pandas>=3\n" in metadata
        assert {line.split(",")[0] for line in record.splitlines()} == set(wheel.namelist())


def test_a_new_version_or_command_is_another_link(tmp_path):
    environment = make_project(tmp_path)
    before = describe_package(environment.root, environment.folder).fingerprint
    assert describe_package(environment.root, environment.folder).fingerprint == before
    (environment.root / "pyproject.toml").write_text(PROJECT.replace("0.1.0", "0.2.0"), encoding="utf-8")
    assert describe_package(environment.root, environment.folder).fingerprint != before
