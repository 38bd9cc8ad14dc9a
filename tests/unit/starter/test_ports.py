"""Which port the dashboard gets."""

import socket

import pytest

from starter.ports import USUAL_PORT, PortChoice, choose_port, is_free
from starter.texts import StarterError

HOST = "127.0.0.1"


def all_free_but(*taken):
    return lambda host, port: port not in taken


def test_the_usual_port_when_it_is_free():
    assert choose_port(HOST, None, all_free_but()) == PortChoice(USUAL_PORT)


def test_the_next_free_port_when_the_usual_one_is_taken():
    assert choose_port(HOST, None, all_free_but(8501, 8502)) == PortChoice(8503, taken=8501)


def test_a_port_that_was_asked_for_is_used():
    assert choose_port(HOST, 9000, all_free_but(8501)) == PortChoice(9000)


def test_a_port_that_was_asked_for_and_is_taken_is_refused_and_another_offered():
    with pytest.raises(StarterError) as failure:
        choose_port(HOST, 9000, all_free_but(9000, 9001))
    assert failure.value.key == "port_taken"
    assert "--port 9002" in failure.value.explain()


def test_no_port_beyond_the_last_is_offered():
    with pytest.raises(StarterError) as failure:
        choose_port(HOST, 65535, all_free_but(65535))
    assert failure.value.key == "no_port_free"


def test_all_ports_taken():
    with pytest.raises(StarterError) as failure:
        choose_port(HOST, None, lambda host, port: False)
    assert failure.value.key == "no_port_free"


def test_a_port_somebody_listens_on_is_taken_and_free_again_afterwards():
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert not is_free(HOST, port)
    assert is_free(HOST, port)


@pytest.mark.parametrize("host", ["192.0.2.1", "nobody.invalid"])
def test_an_address_that_is_not_ours(host):
    with pytest.raises(StarterError) as failure:
        is_free(host, 8501)
    assert failure.value.key == "host_unknown"
    assert host in failure.value.explain()
