"""Uploads and files for download belong to whoever they were made for; what one person may hold is limited."""

import re
from collections.abc import Callable

import pytest

from tests.live_server import LiveServer
from tests.security.client import Browser, Stream

MEGABYTE = 1024 * 1024


def file_address(data: bytes) -> str:
    """Address of the file that a page offered."""
    found = re.search(rb"/media/[0-9a-f]+(?:\.[a-z]+)?", data)
    assert found is not None
    return found.group().decode()


def test_ones_own_file_can_be_fetched(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("coordinator-a")
    with browser.stream() as stream:
        address = file_address(stream.run())
        reply = browser.get(address)
    assert (reply.status, reply.body) == (200, b"canary-of-account:coordinator-a")
    assert reply.header("cache-control") == "no-store"


def test_anothers_file_is_refused_like_one_that_does_not_exist(
    signed_in: Callable[[str], Browser], stranger: Browser
) -> None:
    other = signed_in("coordinator-b")
    with signed_in("coordinator-a").stream() as stream:
        address = file_address(stream.run())
        replies = [browser.get(path) for browser in (other, stranger) for path in (address, "/media/" + "0" * 32)]
    assert {reply.status for reply in replies} == {403}
    assert len({reply.body for reply in replies}) == 1
    assert b"canary" not in replies[0].body


def test_a_visitors_file_is_not_another_visitors(open_demo: LiveServer) -> None:
    one, other = Browser(open_demo), Browser(open_demo)
    one.get("/"), other.get("/")
    with one.stream() as stream:
        address = file_address(stream.run())
        assert one.get(address).status == 200
        assert other.get(address).status == 403


def test_an_upload_goes_into_ones_own_session(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("coordinator-a")
    with browser.stream() as stream:
        stream.run()
        assert browser.upload(stream.session, b"a,b\n1,2\n").status == 204


def test_an_upload_into_anothers_session_is_refused(signed_in: Callable[[str], Browser], stranger: Browser) -> None:
    other = signed_in("coordinator-b")
    with signed_in("coordinator-a").stream() as stream:
        stream.run()
        assert other.upload(stream.session, b"x").status == 403
        stranger.cookies["_streamlit_xsrf"] = other.cookies["_streamlit_xsrf"]
        assert stranger.upload(stream.session, b"x").status == 403


def test_an_upload_is_refused_from_another_sites_page(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("coordinator-a")
    with browser.stream() as stream:
        stream.run()
        assert browser.upload(stream.session, b"x", Origin="http://example.org").status == 403
        assert browser.upload(stream.session, b"x", **{"Sec-Fetch-Site": "cross-site"}).status == 403


@pytest.fixture
def uploader(open_demo: LiveServer) -> Browser:
    """A visitor of one's own: what others hold doesn't count for them."""
    browser = Browser(open_demo)
    browser.get("/")
    return browser


@pytest.mark.parametrize("chunk", [None, MEGABYTE])
def test_a_file_above_the_cap_is_refused_also_without_a_length(uploader: Browser, chunk: int | None) -> None:
    with uploader.stream() as stream:
        stream.run()
        assert uploader.upload(stream.session, bytes(50 * MEGABYTE + 100_000), chunk=chunk).status == 413
        assert uploader.upload(stream.session, b"small").status == 204


def test_a_lying_length_is_refused(uploader: Browser) -> None:
    with uploader.stream() as stream:
        stream.run()
        assert uploader.upload(stream.session, b"x", **{"Content-Length": "1e3"}).status in {400, 413}


def test_a_sixth_file_is_refused_until_one_goes(uploader: Browser) -> None:
    with uploader.stream() as stream:
        stream.run()
        assert [uploader.upload(stream.session, b"x").status for _ in range(6)] == [204] * 5 + [413]
        forget_uploads(uploader, stream)
        assert uploader.upload(stream.session, b"x").status == 204


def test_a_visitors_sessions_count_together(uploader: Browser) -> None:
    with uploader.stream() as one, uploader.stream() as other:
        one.run(), other.run()
        assert [uploader.upload(one.session, b"x").status for _ in range(3)] == [204] * 3
        assert [uploader.upload(other.session, b"x").status for _ in range(3)] == [204, 204, 413]


def test_more_than_a_hundred_megabytes_are_not_held(uploader: Browser) -> None:
    with uploader.stream() as stream:
        stream.run()
        assert [uploader.upload(stream.session, bytes(40 * MEGABYTE)).status for _ in range(3)] == [204, 204, 413]


def test_other_requests_may_carry_a_form_and_no_more(stranger: Browser) -> None:
    body = b"nazwa=" + b"x" * 100_000
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    announced = stranger.request("POST", "/zaloguj", headers=form, body=body)
    chunked = stranger.request("POST", "/zaloguj", headers=form, body=[body[:60_000], body[60_000:]])
    assert (announced.status, chunked.status) == (413, 413)


def forget_uploads(browser: Browser, stream: Stream) -> None:
    """Take the files away again, as the uploader's crosses do."""
    for address in browser.uploaded:
        assert browser.request("DELETE", address, headers=browser.xsrf_headers()).status == 204
    stream.run()
