"""The lock files pin every package with hashes, name no index, and agree with pyproject.toml and each other."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = {
    "runtime": PROJECT["project"]["dependencies"],
    "development": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def read_lock(name: str) -> list[tuple[Requirement, list[str]]]:
    """Return each pinned requirement with its hashes; a requirement's lines are joined by backslashes."""
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = []
    for line in filter(None, map(str.strip, text.splitlines())):
        requirement, *hashes = line.split(" --hash=")
        entries.append((Requirement(requirement.strip()), [hash_.strip() for hash_ in hashes]))
    return entries


LOCKS = {name: read_lock(name) for name in DEPENDENCIES}


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_pinned_within_its_bounds(name):
    pinned = {}
    for requirement, _ in LOCKS[name]:
        pinned.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    for wanted in map(Requirement, DEPENDENCIES[name]):
        assert canonicalize_name(wanted.name) in pinned, f"{wanted.name} is not in locks/{name}.txt"
        for requirement in pinned[canonicalize_name(wanted.name)]:
            (version,) = (pin.version for pin in requirement.specifier)
            assert wanted.specifier.contains(version), f"locks/{name}.txt has {requirement}, pyproject.toml {wanted}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_entry_is_one_exact_version_with_hashes(name):
    for requirement, hashes in LOCKS[name]:
        assert [pin.operator for pin in requirement.specifier] == ["=="], requirement
        assert hashes, f"{requirement} has no hash"
        assert all(HASH.fullmatch(word) for word in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_index_and_no_address_is_named(name):
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|index|find-links|trusted-host|@", text)


def test_development_holds_all_of_runtime_in_the_same_versions():
    # Therefore one .venv serves both; see starter.environment.
    development = {(str(requirement), tuple(hashes)) for requirement, hashes in LOCKS["development"]}
    assert {(str(requirement), tuple(hashes)) for requirement, hashes in LOCKS["runtime"]} <= development
