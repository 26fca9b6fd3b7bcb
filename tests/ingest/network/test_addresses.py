from ipaddress import ip_network

import pytest

from ingest.network.addresses import find_host, hide_password, is_allowed, is_web_address, name_host

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::a9fe:a9fe", "2002:a00:1::", "2001:0:7f00:1::",
    "fd00:ec2::254", "localhost", "", "127.1", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_may_be_called(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize(
    ("address", "network"),
    [("127.0.0.1", "127.0.0.0/8"), ("::ffff:127.0.0.1", "127.0.0.0/8"), ("::1", "::1/128"), ("10.2.3.4", "10.0.0.0/8")],
)
def test_an_allowed_network_is_allowed_in_each_spelling(address: str, network: str) -> None:
    assert is_allowed(address, (ip_network(network),))
    assert not is_allowed("192.168.0.1", (ip_network(network),))


def test_user_and_password_are_hidden() -> None:
    assert hide_password("https://me:pass@a.example:8080/x?y=@") == "https://a.example:8080/x?y=@"
    assert hide_password("https://a.example/@me") == "https://a.example/@me"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///x", "ftp://a.example", "http://", "/a", "", "http://[x"]
)
def test_only_http_and_https_are_web_addresses(url: str) -> None:
    assert not is_web_address(url)


def test_host_is_lower_case_and_has_no_port() -> None:
    assert find_host("HTTPS://WWW.A.Example.:443/x") == "www.a.example"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://MÜNCHEN.example./a", "xn--mnchen-3ya.example"),
        ("http://xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("http://例え。jp/", "xn--r8jz45g.jp"),
        ("http://[2001:DB8:0:0::1]:8080/", "2001:db8::1"),
        ("HTTPS://user@WWW.A.Example.:443/x", "www.a.example"),
        ("", ""),
        ("news.txt", ""),
        ("http://[half", ""),
        ("http://" + "あ" * 300 + ".example", ""),
        ("http://" + "x" * 300, ""),
    ],
)
def test_a_host_has_one_name(url: str, host: str) -> None:
    assert name_host(url) == host
