"""Where start.py finds a browser for the tests, on three systems, and how it gets one."""

import sys

import pytest

from starter import browsers
from starter.browsers import choose_ways, download_with_playwright, find_browser, install_with_apt, read_os_release
from starter.environment import Environment
from starter.texts import StarterError

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="made of programs that Windows can't run")


def lay_program(path, content="#!/bin/sh\necho Chromium 1\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    path.chmod(0o755)
    return path


@posix_only
def test_the_browser_that_is_named_comes_first(tmp_path):
    lay_program(tmp_path / "bin" / "chromium")
    mine = lay_program(tmp_path / "mine")
    assert find_browser({"DIAGNOZA_BROWSER": str(mine), "PATH": str(tmp_path / "bin")}, "linux", tmp_path) == mine


def test_a_named_browser_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(StarterError) as failure:
        find_browser({"DIAGNOZA_BROWSER": str(tmp_path / "nothing"), "PATH": ""}, "linux", tmp_path)
    assert failure.value.key == "browser_named_missing"


@posix_only
@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge-stable"])
def test_a_browser_on_the_path(tmp_path, name):
    found = lay_program(tmp_path / "bin" / name)
    assert find_browser({"PATH": str(tmp_path / "bin")}, "linux", tmp_path) == found


@posix_only
def test_chromium_is_preferred_to_chrome(tmp_path):
    lay_program(tmp_path / "google-chrome")
    chromium = lay_program(tmp_path / "chromium")
    assert find_browser({"PATH": str(tmp_path)}, "linux", tmp_path) == chromium


@posix_only
def test_a_stub_that_does_not_answer_is_passed_over(tmp_path):
    lay_program(tmp_path / "chromium-browser", "#!/bin/sh\necho install the snap\nexit 1\n")
    chrome = lay_program(tmp_path / "google-chrome")
    assert find_browser({"PATH": str(tmp_path)}, "linux", tmp_path) == chrome


@posix_only
@pytest.mark.parametrize("folder", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_edge_on_windows(tmp_path, folder):
    edge = lay_program(tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe")
    assert find_browser({"PATH": "", folder: str(tmp_path)}, "win32", tmp_path / "home") == edge


@posix_only
def test_chrome_on_a_mac_in_the_persons_own_applications(tmp_path, monkeypatch):
    # A browser in the machine's own /Applications would win; hide it, should the tests run on a Mac.
    chrome = lay_program(tmp_path / "Applications" / "Google Chrome.app" / "Contents" / "MacOS" / "Google Chrome")
    real = browsers.is_program
    monkeypatch.setattr(browsers, "is_program", lambda path: tmp_path in path.parents and real(path))
    assert find_browser({"PATH": ""}, "darwin", tmp_path) == chrome


@posix_only
@pytest.mark.parametrize(
    ("system", "cache", "program"),
    [
        ("linux", ".cache/ms-playwright", "chrome-linux64/chrome"),
        ("win32", "ms-playwright", "chrome-win/chrome.exe"),
        ("darwin", "Library/Caches/ms-playwright", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"),
    ],
)
def test_playwrights_newest_chromium_is_the_last_resort(tmp_path, monkeypatch, system, cache, program):
    lay_program(tmp_path / cache / "chromium-1100" / program)
    newest = lay_program(tmp_path / cache / "chromium-1200" / program)
    real = browsers.is_program
    monkeypatch.setattr(browsers, "is_program", lambda path: tmp_path in path.parents and real(path))
    assert find_browser({"PATH": ""}, system, tmp_path) == newest


@pytest.mark.parametrize(
    ("os_release", "is_root", "has_apt", "ways"),
    [
        ({"ID": "debian"}, True, True, (install_with_apt, download_with_playwright)),
        ({"ID": "ubuntu"}, True, True, (download_with_playwright, install_with_apt)),
        ({"ID": "debian"}, False, True, (download_with_playwright,)),
        ({}, False, False, (download_with_playwright,)),
        ({"ID": "fedora"}, True, False, (download_with_playwright,)),
    ],
    ids=["Debian as root", "Ubuntu as root", "Debian as somebody", "Windows or a Mac", "Fedora"],
)
def test_ways_to_a_browser(os_release, is_root, has_apt, ways):
    assert choose_ways(os_release=os_release, is_root=is_root, has_apt=has_apt) == ways


def test_what_a_linux_says_it_is(tmp_path):
    file = tmp_path / "os-release"
    file.write_text('ID=debian\nNAME="Debian GNU/Linux"\n\n# remark\n', encoding="utf-8")
    assert read_os_release(file) == {"ID": "debian", "NAME": "Debian GNU/Linux"}
    assert read_os_release(tmp_path / "nothing") == {}


def test_the_second_way_is_tried_when_the_first_fails_and_all_reasons_are_told(tmp_path, monkeypatch):
    tried = []

    def fail(name):
        def way(environment):
            tried.append(name)
            return f"{name} refused"

        return way

    monkeypatch.setattr(browsers, "find_browser", lambda: None)
    monkeypatch.setattr(browsers, "find_driver_fault", lambda _: None)
    monkeypatch.setattr(browsers, "choose_ways", lambda **_: (fail("apt"), fail("download")))
    with pytest.raises(StarterError) as failure:
        browsers.obtain_browser(Environment(tmp_path))
    assert tried == ["apt", "download"]
    assert "apt refused; download refused" in failure.value.explain()


def test_a_browser_that_cannot_be_driven_is_mended(tmp_path, monkeypatch):
    faults = ["libatomic is missing", None]
    monkeypatch.setattr(browsers, "find_browser", lambda: tmp_path / "chromium")
    monkeypatch.setattr(browsers, "find_driver_fault", lambda _: faults.pop(0))
    monkeypatch.setattr(browsers, "choose_ways", lambda **_: (lambda environment: None,))
    assert browsers.obtain_browser(Environment(tmp_path)) == tmp_path / "chromium"


def test_a_browser_that_cannot_be_driven_at_all_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setattr(browsers, "find_browser", lambda: tmp_path / "chromium")
    monkeypatch.setattr(browsers, "find_driver_fault", lambda _: "libatomic is missing")
    monkeypatch.setattr(browsers, "choose_ways", lambda **_: (lambda environment: None,))
    with pytest.raises(StarterError) as failure:
        browsers.obtain_browser(Environment(tmp_path))
    assert failure.value.key == "no_driver"
    assert "libatomic is missing" in failure.value.explain()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            ["Downloading", "  Error: getaddrinfo ENOTFOUND", "    at handle (node:internal)"],
            "Error: getaddrinfo ENOTFOUND",
        ),
        (["one", "two", ""], "two"),
        ([], ""),
    ],
)
def test_the_line_that_tells_most(lines, reason):
    assert browsers.pick_reason(lines) == reason


def test_a_python_that_is_not_there_has_no_driver(tmp_path):
    assert browsers.find_driver_fault(tmp_path / "python")


def test_nothing_is_installed_where_a_browser_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(browsers, "find_browser", lambda: tmp_path / "chromium")
    monkeypatch.setattr(browsers, "find_driver_fault", lambda _: None)
    monkeypatch.setattr(browsers, "choose_ways", lambda **_: (lambda environment: pytest.fail("installed something"),))
    assert browsers.obtain_browser(Environment(tmp_path)) == tmp_path / "chromium"
