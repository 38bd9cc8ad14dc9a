"""``diagnoza serve``: the dashboard answers, ends quietly, and says plainly why it cannot start."""

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest

from etl.commands import serving
from etl.commands.serving import can_show_browser, describe_address, server_environment
from etl.jobs.supervisor import worker_environment
from surveys.findings import FaultError
from tests.importing_surveys import codes
from tests.postgres import find_free_port
from tests.waiting import wait_until

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class Served:
    """A running ``diagnoza serve``."""

    def __init__(self, folder, *words, **variables):
        self.port = find_free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import sys; from etl.cli import main; sys.exit(main())", "serve",
             "--port", str(self.port), *words],
            env={**worker_environment(os.environ), "DIAGNOZA_DATA_DIR": str(folder), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a group of its own, as a terminal gives each command
        )  # fmt: skip
        self.said = ""

    def wait_for(self, text):
        for line in self.process.stderr:
            self.said += line
            if text in line:
                return
        pytest.fail(f"the server ended without saying {text!r}: {self.said}")

    def end(self):
        """Return the exit code once it and everything it started has ended."""
        output, errors = self.process.communicate()
        assert output == ""
        self.said += errors
        return self.process.returncode

    def ask(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def serve(tmp_path):
    started = []

    def start(*words, **variables):
        started.append(Served(tmp_path / "dane", *words, **variables))
        return started[-1]

    yield start
    for served in started:
        served.process.kill()
        served.process.communicate()


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_dashboard_answers_and_ends_quietly(serve, number):
    served = serve("--no-browser")
    served.wait_for(f"http://127.0.0.1:{served.port}/")
    assert served.ask("/zdrowie") == 200
    served.process.send_signal(number)
    assert served.end() == 0
    assert "Pulpit zakończył pracę." in served.said
    assert "Traceback" not in served.said
    wait_until(lambda: is_free(served.port))


@posix
def test_ctrl_c_in_a_terminal_ends_it_quietly_too(serve):
    served = serve("--no-browser")
    served.wait_for(f"http://127.0.0.1:{served.port}/")
    # A terminal tells everything that the command started, and people press it twice.
    os.killpg(served.process.pid, signal.SIGINT)
    os.killpg(served.process.pid, signal.SIGINT)
    assert served.end() == 0
    assert served.said.strip().splitlines()[-1] == "Pulpit zakończył pracę."
    assert "Aborted" not in served.said
    assert "Traceback" not in served.said
    wait_until(lambda: is_free(served.port))


@posix
def test_the_browser_is_opened_once_the_dashboard_answers(serve, tmp_path):
    opened = tmp_path / "opened"
    os.mkfifo(opened)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    served = serve("--lang", "en", BROWSER=str(browser))
    assert opened.read_text() == f"http://127.0.0.1:{served.port}/\n"
    assert served.ask("/zdrowie") == 200
    served.process.send_signal(signal.SIGTERM)
    assert served.end() == 0
    assert "The dashboard is running" in served.said


@posix
def test_a_server_that_ends_by_itself_is_a_fault(serve):
    # Open to the network, but under no name: the server itself refuses.
    served = serve("--no-browser", "--host", "0.0.0.0", DIAGNOZA_ALLOWED_HOSTS="localhost")  # noqa: S104 # it refuses
    assert served.end() == 1
    assert "SERVER-ENDED" in served.said
    assert "Traceback" not in served.said


def test_a_taken_port_is_said_before_anything_starts(diagnoza):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = diagnoza("serve", "--port", port, "--no-browser")
    assert ran.code == 1
    assert f"Port {port} jest zajęty" in ran.errors
    assert "diagnoza serve --port" in ran.errors


def test_an_address_of_another_machine_is_refused(diagnoza):
    ran = diagnoza("serve", "--host", "192.0.2.1", "--no-browser", "--lang", "en")
    assert ran.code == 1
    assert "HOST-UNUSABLE" in ran.errors


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8501/"), ("::", "http://[::1]:8501/"), ("::1", "http://[::1]:8501/")],
)
def test_the_address_is_one_to_type(host, address):
    assert describe_address(host, 8501) == address


def test_the_server_gets_our_places_and_nobodys_streamlit_settings(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", "dane")
    monkeypatch.setenv("DIAGNOZA_DATABASE_URL", "sqlite:///dane/x.sqlite3")
    environment = server_environment({"STREAMLIT_SERVER_PORT": "1", "PATH": "p"})
    assert environment["DIAGNOZA_DATA_DIR"] == str(tmp_path / "dane")
    assert environment["DIAGNOZA_DATABASE_URL"] == f"sqlite:///{tmp_path}/dane/x.sqlite3"
    assert environment["PATH"] == "p"
    assert not [name for name in environment if name.startswith("STREAMLIT_")]


def test_a_server_for_the_room_answers_to_the_machines_addresses(monkeypatch):
    monkeypatch.setattr(serving, "find_addresses", lambda: ("192.168.1.7", "10.0.0.5"))
    assert server_environment({}, "0.0.0.0")["DIAGNOZA_ALLOWED_HOSTS"] == "192.168.1.7,10.0.0.5"  # noqa: S104 # not bound to
    named = server_environment({"DIAGNOZA_PUBLIC_URL": "https://diagnoza.example.org"}, "0.0.0.0")  # noqa: S104 # not bound to
    assert "DIAGNOZA_ALLOWED_HOSTS" not in named
    assert "DIAGNOZA_ALLOWED_HOSTS" not in server_environment({}, "127.0.0.1")


def test_without_a_network_nobody_waits_for_phones(monkeypatch):
    monkeypatch.setattr(serving, "find_addresses", lambda: ())
    with pytest.raises(FaultError) as refused:
        serving.check_network("0.0.0.0", {})  # noqa: S104 # not bound to
    assert codes(refused.value) == ["HOST-NO-NETWORK"]
    serving.check_network("127.0.0.1", {})
    serving.check_network("0.0.0.0", {"DIAGNOZA_ALLOWED_HOSTS": "diagnoza.local"})  # noqa: S104 # not bound to


def test_a_browser_needs_a_screen():
    assert can_show_browser({}, "darwin")
    assert can_show_browser({"DISPLAY": ":0"}, "linux")
    assert not can_show_browser({"TERM": "xterm"}, "linux")
