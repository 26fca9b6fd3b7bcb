"""What is new, sent over real servers on loopback: signed, attributed, each once; and what becomes of it else."""

import hmac
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commands.delivering
from claimgraph import main
from commands.mail_settings import read_mail
from graph.deriving import derive
from graph.errors import ConfigError, DeliveryError
from graph.records import ClaimId, Extraction
from graph.stores import open_store
from graph.version import find_version
from ingest.archive import Archive
from ingest.sending.mailing import MailServer, make_mail, send
from ingest.sending.webhooks import Limits, post, sign
from tests.contract.builders import ACCUSED, DEEPSEEK, DENIED, NOON, OPENAI, Said, make_extraction
from tests.server.receivers import Hook, Post, taking_mails, taking_posts

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def hook() -> Iterator[Hook]:
    with taking_posts() as server:
        yield server


@pytest.fixture
def mails() -> Iterator[Post]:
    with taking_mails() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Desk":
    """A store with an accusation, fetched yesterday."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("CLAIMGRAPH_PAGES", "https://claims.example/")
    made = Desk(tmp_path / "graph.db")
    made.read(ACCUSED, outlet="meridian", ago=timedelta(days=1))
    return made


class Desk:
    """A store that articles are put into, and the command line over it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, *said: Said, outlet: str, ago: timedelta = timedelta()) -> Extraction:
        """An article of an outlet, fetched so long ago."""
        now = datetime.now(UTC) - ago
        made = make_extraction(*said, url=f"https://{outlet}.example/1", domain=f"{outlet}.example", at=now)
        with open_store(str(self.path)) as store:
            store.add_entities([DEEPSEEK, OPENAI])
            store.add([made])
            derive(store)
        return made

    def find_matter(self) -> str:
        with open_store(str(self.path)) as store:
            return next(iter(store.iter_propositions())).id

    def type(self, *words: str, code: int = 0) -> Result:
        given = ["--store", str(self.path), "--allow-address", "127.0.0.0/8", "watch", *words]
        result = CliRunner().invoke(main, given)
        assert result.exit_code == code, result.output
        return result


def test_a_matter_is_watched_then_its_denial_arrives(
    desk: Desk, hook: Hook, mails: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMGRAPH_MAIL_FROM", "news@claims.example")
    monkeypatch.setenv("CLAIMGRAPH_MAIL_SERVER", mails.address)
    matter = desk.find_matter()
    told = desk.type("add", matter, "--kind", "matter", "--webhook", hook.url()).output
    secret = re.search(r"shown this once: (\S+)", told)
    desk.type("add", matter, "--kind", "matter", "--mail", "ana@paper.example")
    desk.type("run")
    assert (hook.taken, mails.mails) == ([], [])

    denial = desk.read(DENIED, outlet="signal")
    desk.type("run")
    desk.type("run")

    [(headers, body)] = hook.taken
    assert secret
    signed = hmac.new(secret[1].encode(), body, sha256).hexdigest()
    assert headers["x-claimgraph-signature"] == f"sha256={signed}"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == f"claimgraph/{find_version()} (webhook)"
    event = json.loads(body)
    [notice] = event["notices"]
    assert notice["news"] == ["origin", "status", "denial"]
    assert notice["status"] == "denied"
    assert notice["matter"]["headline_en"].endswith("DeepSeek denies it")
    assert notice["matter"]["url"] == f"https://claims.example/matters/{matter}"
    assert notice["claim"] | {"url": "", "reported_at": ""} == {
        "id": denial.claims[0].id,
        "text": DENIED.text,
        "lang": "en",
        "act": "denies",
        "modality": "asserted",
        "polarity": "denied",
        "speakers": ["DeepSeek"],
        "source": "Signal",
        "article": "https://signal.example/1",
        "grade": "unscored",
        "reported_at": "",
        "url": "",
    }

    [mail] = mails.mails
    assert mails.envelopes == [("news@claims.example", "ana@paper.example")]
    assert mail["Subject"] == f"claimgraph: {notice['matter']['headline_en']}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert f"“{DENIED.text}”" in text
    assert "DeepSeek ◂ Signal · denies · said as fact" in text
    assert f"https://claims.example/claims/{denial.claims[0].id}" in text
    assert text.count("https://claims.example/claims/") == 1


def test_what_was_fetched_before_it_was_watched_is_not_sent(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url(), "--news", "claim")
    desk.type("run")
    assert hook.asked == []


def test_a_server_that_fails_gets_it_at_the_next_run(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url("/fails"))
    desk.read(DENIED, outlet="signal")
    assert "HTTP 503" in desk.type("run", code=1).output
    desk.type("run", code=1)
    assert "failed 2 times in a row" in desk.type("list").output
    status = CliRunner().invoke(main, ["--store", str(desk.path), "status"]).output
    assert "1 cannot be sent now" in status
    hook.statuses["/fails"] = 200
    desk.type("run")
    assert [len(json.loads(body)["notices"]) for _, body in hook.taken] == [1]
    assert "failed" not in desk.type("list").output
    assert "1 sent" in desk.type("list").output


def test_one_that_fails_keeps_no_other_from_its_news(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url("/fails"))
    desk.type("add", "about:deepseek", "--webhook", hook.url("/ok"))
    desk.read(DENIED, outlet="signal")
    desk.type("run", code=1)
    assert len(hook.taken) == 1


def test_ingest_ends_with_sending(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url("/fails"))
    desk.read(DENIED, outlet="signal")
    words = ["--store", str(desk.path), "--allow-address", "127.0.0.0/8", "ingest"]
    assert CliRunner().invoke(main, [*words, "--dry-run"]).exit_code == 0
    assert hook.asked == []
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 1
    assert "HTTP 503" in told.output
    hook.statuses["/fails"] = 200
    assert CliRunner().invoke(main, words).exit_code == 0
    assert len(hook.taken) == 1


def test_a_claim_that_took_the_place_of_one_that_was_sent_is_no_news(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url())
    first = desk.read(DENIED, outlet="signal")
    desk.type("run")
    with open_store(str(desk.path)) as store:
        shorter = replace(first.claims[0], id=ClaimId("c00000000000000000001"), span=(0, 30), text=DENIED.text[:30])
        store.replace(replace(first, claims=(shorter,)))
        derive(store)
        assert store.list_heirs() == {first.claims[0].id: shorter.id}
    desk.type("run")
    assert len(hook.taken) == 1


def test_who_is_killed_between_sending_and_noting_sends_it_once_more(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url())
    desk.read(DENIED, outlet="signal")
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(Archive, "note_sent", _die)
        desk.type("run", code=130)
    desk.type("run")
    desk.type("run")
    first, second = (json.loads(body) for _, body in hook.taken)
    assert first == second
    assert first["delivery"] == second["delivery"]


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_many_are_sent_in_parts(desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands.delivering, "_MOST", 2)
    desk.type("add", "about:deepseek", "--news", "claim", "--webhook", hook.url())
    for outlet in ("a", "b", "c"):
        desk.read(ACCUSED, outlet=outlet)
    desk.type("run")
    desk.type("run")
    assert [len(json.loads(body)["notices"]) for _, body in hook.taken] == [2, 1]


def test_a_daily_watch_waits_for_the_next_day(desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("add", "about:deepseek", "--daily", "--webhook", hook.url())
    desk.read(DENIED, outlet="signal")
    desk.type("run")
    assert hook.taken == []
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr("commands.watching.read_clock", lambda: tomorrow)
    desk.type("run")
    assert len(hook.taken) == 1


def test_what_is_removed_is_sent_no_more(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url())
    desk.read(DENIED, outlet="signal")
    desk.type("remove", "1")
    desk.type("run")
    assert hook.asked == []
    assert "nothing is watched" in desk.type("list").output
    desk.type("remove", "1", code=2)


def test_what_is_sent_there_already_is_not_sent_twice(desk: Desk, hook: Hook) -> None:
    desk.type("add", "about:deepseek", "--webhook", hook.url())
    told = desk.type("add", "about:deepseek", "--daily", "--webhook", hook.url(), code=2).output
    assert "watch 1 sends this to" in told
    desk.type("add", "about:deepseek", "--news", "denial", "--webhook", hook.url())
    desk.type("add", "about:openai", "--webhook", hook.url())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(["about:deepseek"], "say where to", id="nowhere"),
        pytest.param(["about:deepseek", "--mail", "ana@a.example"], "mail_from", id="nobody sends"),
        pytest.param(["about:deepseek", "--mail", "ana@a.example\nBcc: all@a.example"], "one address", id="two lines"),
        pytest.param(["about:deepseek", "--webhook", "ftp://a.example/"], "an address such as", id="no web server"),
        pytest.param(["about:deepseek", "--webhook", "http://ana:pw@a.example/"], "password", id="a password"),
        pytest.param(["about:deepseek", "--webhook", "http://10.1.2.3/"], "not a public address", id="private"),
        pytest.param(["about:nobody", "--webhook", "http://a.example/"], "not understood", id="no such name"),
        pytest.param(["pnone", "--kind", "matter", "--webhook", "http://a.example/"], "there is none", id="no matter"),
        pytest.param(["x", "--news", "gossip", "--webhook", "http://a.example/"], "gossip", id="no such news"),
    ],
)
def test_what_cannot_be_watched_or_sent_is_refused(desk: Desk, words: list[str], why: str) -> None:
    assert why in desk.type("add", *words, code=2).output
    assert "nothing is watched" in desk.type("list").output


def test_an_address_that_is_not_public_is_not_called(hook: Hook) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(DeliveryError) as caught:
            post(f"http://{host}:{hook.port}/ok", b"{}", "s", Limits())
        assert caught.value.reason == "forbidden_address"
    assert hook.asked == []


@pytest.mark.parametrize(
    ("path", "reason"), [("/redirects", "http_307"), ("/fails", "http_503"), ("/drips", "timeout")]
)
def test_what_is_not_taken_is_told_in_time(hook: Hook, path: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(DeliveryError) as caught:
        post(hook.url(path), b"{}", "s", Limits(LOOPBACK, deadline=1.0))
    assert caught.value.reason == reason
    assert time.monotonic() - started < 3
    assert hook.asked == [path]


def test_the_signature_is_that_of_body_and_secret() -> None:
    # RFC 4231, test case 2.
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign(b"what do ya want for nothing?", "Jefe") == f"sha256={expected}"


def test_mail_is_taken_though_the_server_says_no_goodbye(mails: Post) -> None:
    mails.farewell = "421 too busy"
    mail = make_mail("news@a.example", "ana@a.example", "News", "text", "d1", NOON)
    send(mail, MailServer("127.0.0.1", mails.port))
    assert len(mails.mails) == 1


def test_a_port_that_is_none_is_told_of_before_anything_is_sent() -> None:
    with pytest.raises(ConfigError, match="mail_server"):
        read_mail({}, {"mail_server": "smtp://127.0.0.1:99999"})


def test_mail_that_is_not_taken_says_why(mails: Post) -> None:
    mail = make_mail("news@a.example", "ana@a.example", "Two\nlines", "text", "d1", NOON)
    assert (mail["Subject"], mail["Date"].datetime) == ("Two lines", NOON)
    server = MailServer("127.0.0.1", mails.port, deadline=1.0)
    send(mail, server)
    assert [one.get_content().strip() for one in mails.mails] == ["text"]
    for change, reason in (
        ({"refuses": True}, "refused"),
        ({"refuses": False, "drips": True}, "timeout"),
        ({"drips": False, "rambles": True}, "timeout"),
    ):
        for name, value in change.items():
            setattr(mails, name, value)
        with pytest.raises(DeliveryError) as caught:
            send(mail, server)
        assert caught.value.reason == reason
    with pytest.raises(DeliveryError) as caught:
        send(mail, replace(server, user="ana", password="secret"))
    assert caught.value.reason in ("tls", "timeout")
    with pytest.raises(DeliveryError) as caught:
        send(mail, replace(server, port=1))
    assert caught.value.reason == "connect"
