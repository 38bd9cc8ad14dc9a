"""What start.py decides about ``.venv``: keep it, add to it, or make it anew."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from starter import environment as environments
from starter.environment import Action, Environment, Need, Stamp, choose_action, describe_wanted, prepare_environment
from starter.texts import StarterError

WANTED = Stamp(python="cpython-311 linux-x86_64", folder="/a/.venv", package="p", locks={"runtime": "1"})

PROJECT = """
[project]
name = "diagnoza-lokalna"
version = "0.1.0"
description = "Opis"
requires-python = ">=3.11"
dependencies = []
[project.scripts]
diagnoza = "etl.cli:main"
"""


@pytest.mark.parametrize(
    ("found", "exists", "works", "action"),
    [
        (None, False, False, Action.BUILD),
        (WANTED, True, True, Action.KEEP),
        (replace(WANTED, locks={"runtime": "1", "development": "2"}), True, True, Action.KEEP),
        (replace(WANTED, locks={"runtime": "0"}), True, True, Action.UPDATE),
        (replace(WANTED, package="older"), True, True, Action.UPDATE),
        (None, True, True, Action.REBUILD),
        (WANTED, True, False, Action.REBUILD),
        (replace(WANTED, python="cpython-312 linux-x86_64"), True, True, Action.REBUILD),
        (replace(WANTED, folder="/elsewhere/.venv"), True, True, Action.REBUILD),
    ],
    ids=[
        "nothing there",
        "whole and current",
        "a developer's serves at run time",
        "lock changed",
        "project's commands changed",
        "interrupted",
        "its Python was removed",
        "made with another Python",
        "moved",
    ],
)
def test_action(found, exists, works, action):
    assert choose_action(found, WANTED, exists=exists, works=works) is action


class FakeInstallation:
    """Stands for venv and pip; writes down what was asked of it."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.stamp_while_installing: list[bool] = []
        self.breaks_at: str | None = None

    def make_environment(self, environment: Environment) -> None:
        environment.programs.mkdir(parents=True)
        self._step("made")

    def install_lock(self, python: Path, lock: Path) -> None:
        self.stamp_while_installing.append((python.parent.parent / environments.STAMP_FILE).exists())
        self._step(lock.stem)

    def install_wheel(self, python: Path, wheel: Path) -> None:
        assert wheel.is_file()
        self._step("link")

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if name == self.breaks_at:
            raise KeyboardInterrupt


@pytest.fixture
def installation(monkeypatch) -> FakeInstallation:
    fake = FakeInstallation()
    for name in ("make_environment", "install_lock", "install_wheel"):
        monkeypatch.setattr(environments, name, getattr(fake, name))
    monkeypatch.setattr(Environment, "works", lambda environment: environment.programs.is_dir())
    return fake


@pytest.fixture
def project(tmp_path) -> Environment:
    root = tmp_path / "folder ze spacją"
    (root / "locks").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    for need in Need:
        (root / "locks" / f"{need}.txt").write_text(f"{need}==1.0\n", encoding="utf-8")
    return Environment(root)


def test_the_second_start_does_nothing(project, installation):
    assert prepare_environment(project, Need.RUNTIME) is Action.BUILD
    assert prepare_environment(project, Need.RUNTIME) is Action.KEEP
    assert installation.steps == ["made", "runtime", "link"]


def test_testing_adds_to_what_running_installed_and_running_then_needs_nothing(project, installation):
    prepare_environment(project, Need.RUNTIME)
    assert prepare_environment(project, Need.DEVELOPMENT) is Action.UPDATE
    assert prepare_environment(project, Need.RUNTIME) is Action.KEEP
    assert installation.steps == ["made", "runtime", "link", "development", "link"]


@pytest.mark.parametrize("moment", ["made", "runtime", "link"])
def test_an_interrupted_installation_is_made_anew(project, installation, moment):
    installation.breaks_at = moment
    with pytest.raises(KeyboardInterrupt):
        prepare_environment(project, Need.RUNTIME)
    assert project.read_stamp() is None
    installation.breaks_at = None
    leftover = project.folder / "half-unpacked"
    leftover.touch()
    assert prepare_environment(project, Need.RUNTIME) is Action.REBUILD
    assert not leftover.exists()
    assert prepare_environment(project, Need.RUNTIME) is Action.KEEP


def test_an_interrupted_update_is_noticed(project, installation):
    prepare_environment(project, Need.RUNTIME)
    project.lock(Need.RUNTIME).write_text("runtime==2.0\n", encoding="utf-8")
    installation.breaks_at = "runtime"
    with pytest.raises(KeyboardInterrupt):
        prepare_environment(project, Need.RUNTIME)
    assert installation.stamp_while_installing == [False, False]
    installation.breaks_at = None
    assert prepare_environment(project, Need.RUNTIME) is Action.REBUILD


def test_fresh_makes_a_whole_environment_anew(project, installation):
    prepare_environment(project, Need.RUNTIME)
    assert prepare_environment(project, Need.RUNTIME, fresh=True) is Action.REBUILD


@pytest.mark.parametrize("content", ["", "{", "[]", '{"python": 1}', "null"])
def test_a_stamp_that_makes_no_sense_is_no_stamp(project, installation, content):
    prepare_environment(project, Need.RUNTIME)
    (project.folder / environments.STAMP_FILE).write_text(content, encoding="utf-8")
    assert project.read_stamp() is None


def test_the_stamp_says_what_was_installed(project, installation):
    prepare_environment(project, Need.DEVELOPMENT)
    written = json.loads((project.folder / environments.STAMP_FILE).read_text(encoding="utf-8"))
    assert sorted(written["locks"]) == ["development", "runtime"]
    assert project.read_stamp() == describe_wanted(project, Need.DEVELOPMENT)


def test_a_python_without_ensurepip_names_the_package_to_install(project, installation, monkeypatch):
    monkeypatch.setattr(environments.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StarterError) as failure:
        prepare_environment(project, Need.RUNTIME)
    assert failure.value.key == "no_venv_module"
    assert "sudo apt install python3." in failure.value.explain()
    assert installation.steps == []


def test_a_full_disk_is_said_before_anything_is_written(project, installation, monkeypatch):
    monkeypatch.setattr(environments.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 5_000_000}))
    with pytest.raises(StarterError) as failure:
        prepare_environment(project, Need.RUNTIME)
    assert failure.value.key == "disk_small"
    assert "5 MB" in failure.value.explain()
    assert installation.steps == []


def test_a_folder_that_is_closed_is_said_so(project, installation, monkeypatch):
    def refuse(environment: Environment) -> None:
        raise PermissionError(13, "Permission denied", str(environment.folder))

    monkeypatch.setattr(environments, "make_environment", refuse)
    with pytest.raises(StarterError) as failure:
        prepare_environment(project, Need.RUNTIME)
    assert failure.value.key == "folder_closed"
    assert str(project.folder) in failure.value.explain()


def test_an_environment_in_use_is_said_so(project, installation, monkeypatch):
    prepare_environment(project, Need.RUNTIME)

    def refuse(path: Path) -> None:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(environments.shutil, "rmtree", refuse)
    with pytest.raises(StarterError) as failure:
        prepare_environment(project, Need.RUNTIME, fresh=True)
    assert failure.value.key == "environment_in_use"
    assert project.read_stamp() is None


def test_an_environment_that_is_a_link_elsewhere_is_unlinked_not_emptied(project, installation, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    try:
        project.folder.symlink_to(elsewhere, target_is_directory=True)
    except OSError as error:
        pytest.skip(f"this system doesn't let us make a link: {error}")
    assert prepare_environment(project, Need.RUNTIME) is Action.REBUILD
    assert (elsewhere / "precious").exists()
    assert not project.folder.is_symlink()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Error: [Errno 28] No space left on device", "disk_full"),
        ("Error: [Errno 30] Read-only file system: '/x/.venv'", "folder_closed"),
        ("Error: something else", "environment_failed"),
    ],
)
def test_a_venv_that_cannot_be_made_is_explained(project, monkeypatch, words, key):
    failed = subprocess.CompletedProcess([], 1, stdout=words)
    monkeypatch.setattr(environments.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(StarterError) as failure:
        environments.make_environment(project)
    assert failure.value.key == key


def test_a_python_that_is_gone_is_noticed(project):
    assert not project.works()
