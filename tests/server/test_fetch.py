"""The network and its faults, over a real server."""

import asyncio
import ipaddress
import socket
import time
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import FetchError
from graph.version import find_version
from ingest.network.fetch import FetchConfig, Fetcher, Request, Response, StatusError
from tests.server.faults import REASONS, FaultServer


def fetch(config: FetchConfig, *requests: Request) -> list[Response | FetchError]:
    async def run() -> list[Response | FetchError]:
        async with Fetcher(config) as fetcher:
            answers: list[Response | FetchError] = []
            for request in requests:
                try:
                    answers.append(await fetcher(request))
                except FetchError as error:
                    answers.append(error)
            return answers

    return asyncio.run(run())


def fetch_one(config: FetchConfig, url: str, **options: Any) -> Response:
    (answer,) = fetch(config, Request(url, **options))
    if isinstance(answer, FetchError):
        raise answer
    return answer


@pytest.mark.parametrize(("path", "reason"), REASONS.items())
def test_each_fault_has_its_reason_and_ends_by_the_deadline(
    server: FaultServer, local: FetchConfig, impatient: FetchConfig, path: str, reason: str
) -> None:
    # On a busy machine half a second may pass before a server says anything: only who is slow on purpose is hurried.
    config = impatient if reason == "timeout" else local
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetch_one(config, server.url(path))
    assert caught.value.reason == reason
    assert server.url(path) in str(caught.value)
    assert time.monotonic() - started < config.deadline + 3.5


def test_answer_carries_validators_byte_for_byte_and_they_bring_a_304(server: FaultServer, local: FetchConfig) -> None:
    first = fetch_one(local, server.url("/feed.xml"))
    second = fetch_one(local, server.url("/feed.xml"), etag=first.etag, modified=first.modified)
    assert (first.status, first.content_type, first.charset) == (200, "application/rss+xml", "utf-8")
    assert not first.not_modified
    assert second.not_modified
    assert second.body == b""
    assert (second.etag, second.modified) == (first.etag, first.modified)


def test_a_tag_that_cannot_be_sent_back_is_not_kept(server: FaultServer, local: FetchConfig) -> None:
    assert fetch_one(local, server.url("/latin-etag")).etag is None


def test_gzip_is_unpacked(server: FaultServer, local: FetchConfig) -> None:
    assert fetch_one(local, server.url("/packed")).body.startswith(b"<rss")


def test_only_what_can_be_unpacked_is_asked_for(server: FaultServer, local: FetchConfig) -> None:
    fetch_one(replace(local, contact="https://a.example/bot"), server.url("/feed.xml"))
    headers = server.calls[0][1]
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["user-agent"] == f"claimgraph/{find_version()} (+feed reader; https://a.example/bot)"


def test_one_reset_is_tried_again(server: FaultServer, local: FetchConfig) -> None:
    assert fetch_one(local, server.url("/reset-once")).status == 200


def test_a_body_may_be_cut_instead_of_refused(server: FaultServer, local: FetchConfig) -> None:
    assert len(fetch_one(local, server.url("/endless"), limit=1000, cut=True).body) == 1000


def test_only_a_permanent_move_is_reported(server: FaultServer, local: FetchConfig) -> None:
    moved = fetch_one(local, server.url("/moved"))
    found = fetch_one(local, server.url("/found"))
    assert moved.moved_to == moved.url == server.url("/feed.xml")
    assert found.url == server.url("/feed.xml")
    assert found.moved_to is None


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("/429", 3600.0),
        ("/503", 86_400.0),
        ("/503-date", 86_400.0),
        ("/503-past", None),
        ("/503-rubbish", None),
        ("/410", None),
    ],
)
def test_retry_after_is_kept_to_a_day(
    server: FaultServer, local: FetchConfig, path: str, seconds: float | None
) -> None:
    with pytest.raises(StatusError) as caught:
        fetch_one(local, server.url(path))
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "[::1]",
        "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0.0.0.0", "10.1.2.3",
        "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00:ec2::254]", "255.255.255.255",
        "127.0.0.1.",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_never_called(server: FaultServer, local: FetchConfig, host: str) -> None:
    config = replace(local, allowed=())
    with pytest.raises(FetchError) as caught:
        fetch_one(config, server.url("/feed.xml", host))
    # Some spellings are no addresses to begin with.
    assert caught.value.reason in {"forbidden_address", "bad_url", "dns"}
    assert server.calls == []


def test_a_name_that_resolves_to_a_private_address_is_refused(
    server: FaultServer, local: FetchConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError) as caught:
        fetch_one(replace(local, allowed=()), server.url("/feed.xml", "news.example"))
    assert caught.value.reason == "forbidden_address"
    assert server.calls == []


def test_a_name_that_is_public_first_and_private_the_second_time_is_not_called(
    server: FaultServer, local: FetchConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    url = server.url("/feed.xml", "news.example")
    assert fetch_one(local, url).status == 200
    with pytest.raises(FetchError) as caught:
        fetch_one(local, url)
    assert caught.value.reason == "forbidden_address"
    assert (len(asked), len(server.calls)) == (2, 1)


def test_a_server_that_lets_three_requests_go_unanswered_is_left_alone(
    server: FaultServer, impatient: FetchConfig
) -> None:
    paths = ["/silence", "/410", "/silence", "/silence", "/silence", "/silence", "/feed.xml"]
    answers = fetch(impatient, *(Request(server.url(path)) for path in paths))
    assert [getattr(answer, "reason", "") for answer in answers] == [
        "timeout", "http_410", "timeout", "timeout", "timeout", "host_down", "host_down"
    ]  # fmt: skip
    assert server.count("/feed.xml") == 0


def test_a_reset_is_tried_again_in_what_time_is_left(server: FaultServer, impatient: FetchConfig) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetch_one(replace(impatient, silence=9.0), server.url("/slow-reset"))
    assert caught.value.reason == "timeout"
    assert time.monotonic() - started < impatient.deadline + 3.5  # and not 9 s of silence


def test_what_a_server_says_of_freshness_comes_along(server: FaultServer, local: FetchConfig) -> None:
    server.pages["/fresh"] = ("200 OK", b"<rss/>", ("Cache-Control: max-age=600",))
    server.pages["/fresh-304"] = ("304 Not Modified", b"", ("Cache-Control: max-age=60",))
    answers = fetch(local, Request(server.url("/fresh")), Request(server.url("/fresh-304"), etag='"1"'))
    assert [one.fresh_for for one in answers if isinstance(one, Response)] == [600, 60]


def test_an_allowed_network_opens_nothing_else(server: FaultServer, local: FetchConfig) -> None:
    config = replace(local, allowed=(ipaddress.ip_network("10.0.0.0/8"),))
    with pytest.raises(FetchError) as caught:
        fetch_one(config, server.url("/feed.xml"))
    assert caught.value.reason == "forbidden_address"


def test_nobody_listening_is_no_connection(local: FetchConfig) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
    with pytest.raises(FetchError) as caught:
        fetch_one(local, f"http://127.0.0.1:{port}/")
    assert caught.value.reason == "connect"


def test_a_secure_connection_to_a_plain_server_is_a_tls_failure(server: FaultServer, local: FetchConfig) -> None:
    with pytest.raises(FetchError) as caught:
        fetch_one(local, server.url("/feed.xml").replace("http:", "https:"))
    assert caught.value.reason == "tls"


def test_a_name_that_does_not_exist(local: FetchConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError) as caught:
        fetch_one(local, "http://no-such-host.invalid/")
    assert caught.value.reason == "dns"


@pytest.mark.parametrize(
    "url",
    [
        "", "feed.xml", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1",
        "//a/", "http://" + "あいうえおかきくけこ." * 20 + "example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(local: FetchConfig, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch_one(local, url)
    assert caught.value.reason == "bad_url"


def test_a_password_is_in_no_message(server: FaultServer, local: FetchConfig) -> None:
    with pytest.raises(FetchError) as caught:
        fetch_one(local, server.url("/410").replace("127", "me:secret@127"))
    assert "secret" not in str(caught.value) + caught.value.subject


def test_a_silent_host_does_not_hold_up_another(server: FaultServer, local: FetchConfig) -> None:
    async def run() -> float:
        async with Fetcher(local) as fetcher:
            slow = [asyncio.create_task(fetcher(Request(server.url("/silence")))) for _ in range(8)]
            started = time.monotonic()
            await fetcher(Request(server.url("/feed.xml", "localhost")))
            taken = time.monotonic() - started
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)
            return taken

    assert asyncio.run(run()) < 5
