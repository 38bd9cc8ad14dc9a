"""What pip's words and the system's errors mean to a person."""

import errno
import sys
from pathlib import Path

import pytest

from starter.installing import (
    count_entries,
    explain_pip_failure,
    explain_system_error,
    install_lock,
    prepare_variables,
)
from starter.package import describe_package
from starter.texts import StarterError

ROOT = Path(__file__).resolve().parents[3]

# Words that pip 23 to 26 wrote, shortened.
NO_NETWORK = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(\"Failed to establish a new "
    "connection: [Errno -3] Temporary failure in name resolution\")': /simple/alembic/"
)
NOTHING_FOUND = "ERROR: No matching distribution found for alembic==1.20.1"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ([NO_NETWORK, NOTHING_FOUND], "no_network"),
        ([NOTHING_FOUND], "no_wheel"),
        (["ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"], "disk_full"),
        (["ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'"], "folder_closed"),
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."], "hash_mismatch"),
        (["SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]"], "certificate"),
        (["ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407"], "proxy"),
        (["HINT: This system does not have Windows Long Path support enabled."], "path_too_long"),
        (["pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out."], "no_network"),
        (["something nobody has seen before"], "installation_failed"),
        ([], "installation_failed"),
    ],
)
def test_pips_words(words, key):
    assert explain_pip_failure(words, Path("/x/.venv")).key == key


def test_words_we_do_not_know_are_shown():
    failure = explain_pip_failure([*(f"line {n}" for n in range(100)), "the last word"], Path("/x/.venv"))
    assert "the last word" in failure.explain()
    assert "line 3\n" not in failure.explain()


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "folder_closed"),
        (errno.EACCES, "folder_closed"),
        (errno.EIO, "system_error"),
    ],
)
def test_errors_of_the_system(number, key):
    assert explain_system_error(OSError(number, "words", "/x/file"), Path("/x")).key == key


def test_packages_of_a_lock_are_counted():
    lock = ["# remark", "alembic==1.20.1 \\", "    --hash=sha256:00", "colorama==0.4.6 ; sys_platform == 'win32' \\"]
    assert count_entries(lock) == 2


def test_foreign_python_settings_do_not_reach_our_python():
    astray = {"PYTHONPATH": "/x", "PYTHONHOME": "/y", "PIP_USER": "1", "PATH": "/bin"}
    assert prepare_variables(astray) == {"PATH": "/bin", "PYTHONUTF8": "1"}


def test_a_package_that_is_not_the_reviewed_one_is_refused_by_pip_itself(tmp_path):
    wheel = describe_package(ROOT, tmp_path / ".venv").write(tmp_path)
    lock = tmp_path / "lock.txt"
    lock.write_text(f"diagnoza-lokalna @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(StarterError) as failure:
        install_lock(Path(sys.executable), lock)
    assert failure.value.key == "hash_mismatch"
