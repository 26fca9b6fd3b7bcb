"""Who may ask a host now, in one process, and with a session that others see."""

import ipaddress

import pytest

from ingest.gates import LocalGate

ALLOWED = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("10.1.2.3", True),
        ("::ffff:a01:203", True),
        ("fd00::1", True),
        ("localhost", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("news.example", False),
    ],
)
def test_only_addresses_of_the_networks_that_are_allowed_are_the_operators_own(host: str, own: bool) -> None:
    assert LocalGate(ALLOWED).is_own(host) is own
    assert LocalGate().is_own(host) is False
