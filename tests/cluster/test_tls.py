"""Workers and a broker that speak over TLS: only with one that proves by its certificate to have the name asked for."""

import os
from typing import TYPE_CHECKING

import pytest

from bench.kills_fetching import COPIES, PAGES, serve_feed
from bench.site import serving
from tests.cluster.conftest import Open

if not os.environ.get("REQUIRE_CLUSTER"):
    pytest.importorskip("celery")

if TYPE_CHECKING:
    from tests.rabbitmq.server import Server as RabbitMQ


def test_a_newsroom_works_over_tls(
    open_newsroom: Open, rabbitmq_server: "RabbitMQ", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(rabbitmq_server.certificate))
    monkeypatch.setenv("TEST_READER", "yes")
    with open_newsroom(CLAIMGRAPH_BROKER=rabbitmq_server.make_address(tls=True)) as newsroom, serving() as site:
        newsroom.add_feeds(serve_feed(site, 1))
        newsroom.start()
        newsroom.drain(120)
        assert sum(line.startswith("('article'") for line in newsroom.dump()) == PAGES + COPIES


@pytest.mark.parametrize(
    ("host", "trusted", "why"),
    [("localhost", False, "self-signed certificate"), ("127.0.0.1", True, "IP address mismatch")],
)
def test_a_broker_that_does_not_prove_its_name_gets_no_password(
    open_newsroom: Open, rabbitmq_server: "RabbitMQ", host: str, trusted: bool, why: str
) -> None:
    extra = {"CLAIMGRAPH_BROKER": rabbitmq_server.make_address(host, tls=True)}
    if trusted:
        extra["SSL_CERT_FILE"] = str(rabbitmq_server.certificate)
    with open_newsroom(**extra) as newsroom:
        told = newsroom.run("workers", "status")
        assert told.returncode != 0
        assert why in told.stderr
        assert "SSL_CERT_FILE" in told.stderr
