"""The command line under bad input: what it says, its exit codes, and what it keeps."""

import json
import os
import pkgutil
import re
import resource
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from commands.settings import load_config
from graph.errors import ConfigError
from graph.records import Predicate
from ingest.nlp import load
from tests.hand import Told, make_extractor
from tests.processes import find_free_port

_ROOT = Path(__file__).parents[1]
_ENGLISH = (
    "OpenAI said on Monday that DeepSeek copied its models. "
    "Sam Altman told reporters that GPT-5 scores 80% on SWE-bench.\n"
)
_JAPANESE = (
    "OpenAIのサム・アルトマンCEOは13日、DeepSeekが自社のモデルを不正に利用したと述べた。"
    "ソフトバンクの孫正義氏は、OpenAIに5000億ドルを投資すると明らかにした。\n"
)
_KANA = re.compile("[ぁ-ん]{2}")
_ANOTHER = "Anthropic said on Tuesday that Claude Opus 4 scores 72.5% on SWE-bench.\n"
_FEED = (
    "<rss version='2.0'><channel><title>The Feed</title><item><title>News</title><guid>1</guid>"
    "<link>https://outlet.example/1</link><description>{}</description></item></channel></rss>"
)
_PAGE = "<html><head><title>News</title></head><body><article><h1>News</h1><p>{0}</p><p>{0}</p></article></body>"

Files = Callable[..., Path]


@pytest.fixture(scope="module", autouse=True)
def _one_extractor() -> Iterator[None]:
    """The commands run in this process share an extractor: loading one takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        extractor = load.load_extractor(_ROOT / "data")
        patch.setattr(load, "load_extractor", lambda tables, reader=None: extractor)
        yield


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one English and one Japanese text; not to be written to."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "english.txt").write_text(_ENGLISH, "utf-8")
    (folder / "japanese.txt").write_text(_JAPANESE, "utf-8")
    texts = [str(folder / "english.txt"), str(folder / "japanese.txt")]
    done = _run(folder / "graph.db", "add", *texts, "--date", "2025-01-13")
    assert done.exit_code == 0, done.output
    return folder / "graph.db"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that tests may add to."""
    return tmp_path_factory.mktemp("used") / "graph.db"


@pytest.fixture
def make_file(tmp_path: Path) -> Files:
    def make(name: str, content: str | bytes = b"") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def _run(store: Path | str, *arguments: str, **environment: str) -> Result:
    """One command in this process."""
    return CliRunner().invoke(main, ["--store", str(store), *arguments], env={"CLAIMGRAPH_CONFIG": None, **environment})


def _start(store: Path | str, *arguments: str, **options: object) -> "subprocess.Popen[str]":
    """One command as a process of its own."""
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8", "cwd": _ROOT}
    command = [sys.executable, "-m", "claimgraph", "--store", str(store), *arguments]
    return subprocess.Popen(command, **(given | options))  # type: ignore[call-overload, no-any-return]


def _finish(process: "subprocess.Popen[str]", seconds: float = 60) -> tuple[int, str, str]:
    with process:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out or "", err or ""


def _lines(text: str) -> list[dict[str, object]]:
    """JSON Lines and nothing else."""
    return [json.loads(line) for line in text.splitlines()]


# Settings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("store = [", "not TOML", id="not-toml"),
        pytest.param(b"\xff\xfe", "not TOML", id="binary"),
        pytest.param("allow_addresses = 5", "allow_addresses must be a list of texts", id="number-for-list"),
        pytest.param('allow_addresses = "127.0.0.0/8"', "allow_addresses must be a list of texts", id="text-for-list"),
        pytest.param('allow_addresses = ["127.0.0.0/8", 3]', "must be a list of texts", id="number-in-list"),
        pytest.param("allow_addresses = ['nowhere']", "nowhere: no address", id="no-network"),
        pytest.param("store = 5", "store must be text", id="number-for-store"),
        pytest.param("contact = ['a']", "contact must be text", id="list-for-contact"),
        pytest.param('contact = "a\\r\\nX-Header: b"', "contact: one line", id="header-in-contact"),
        pytest.param("stor = 'x.db'", "there is no setting stor; there are store", id="unknown"),
    ],
)
def test_wrong_settings_file_is_named(text: str | bytes, message: str, store: Path, make_file: Files) -> None:
    done = _run(store, "--config", str(make_file("settings.toml", text)), "status")
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


def test_missing_settings_file_is_named(store: Path, tmp_path: Path) -> None:
    done = _run(store, "status", CLAIMGRAPH_CONFIG=str(tmp_path / "none.toml"))
    assert done.exit_code == 2
    assert f"settings file {tmp_path}/none.toml: No such file" in done.stderr


@pytest.mark.parametrize("text", ["rubbish", "10.0.0.0/99", "127.0.0.1,rubbish"])
def test_wrong_network_in_environment_is_named(store: Path, text: str) -> None:
    done = _run(store, "status", CLAIMGRAPH_ALLOW_ADDRESSES=text)
    assert done.exit_code == 2
    assert f"{text.rpartition(',')[2]}: no address that could be allowed" in done.stderr


def test_flags_win_over_environment_over_file(make_file: Files) -> None:
    file = str(make_file("settings.toml", 'store = "file.db"\nallow_addresses = ["10.0.0.0/8"]\ncontact = "file"'))
    environment = {"CLAIMGRAPH_STORE": "environment.db", "CLAIMGRAPH_CONFIG": file, "CLAIMGRAPH_CONTACT": "me"}
    assert load_config({"store": "flag.db"}, environment).store == "flag.db"
    assert load_config({}, environment).store == "environment.db"
    config = load_config({}, {"CLAIMGRAPH_CONFIG": file, "CLAIMGRAPH_ALLOW_ADDRESSES": "127.0.0.1, ::1"})
    assert (config.store, config.archive, config.contact) == ("file.db", Path("file.archive.db"), "file")
    assert [str(network) for network in config.allowed] == ["127.0.0.1/32", "::1/128", "10.0.0.0/8"]


@pytest.mark.parametrize("address", ["http://user:secret@x", "file:///x.db", "sqlite:", "/"])
def test_address_that_is_no_store_is_refused_before_anything_is_made(address: str, tmp_path: Path) -> None:
    code, _, err = _finish(_start(address, "status", cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(_ROOT)}))
    assert code == 2
    assert "--store" in err
    assert "secret" not in err
    assert not list(tmp_path.iterdir())


def test_no_home_needs_a_store_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_data_path", fail)
    monkeypatch.setattr("platformdirs.user_config_path", fail)
    with pytest.raises(ConfigError, match="set HOME, or name a file with --store"):
        load_config({}, {})
    assert load_config({"store": "x.db"}, {}).store == "x.db"


# Stores that cannot be used


_MISSING = [
    pytest.param(lambda path: None, "add an article to make one", id="missing"),
    pytest.param(lambda path: path.touch(), "is empty; add an article first", id="empty"),
]
_NO_STORES = [
    pytest.param(lambda path: path.mkdir(), "is a folder; name a file", id="folder"),
    pytest.param(lambda path: path.write_text("hello\n" * 99), "is not a store", id="text"),
]
_READING = (["status"], ["search", "x", "--json"], ["cypher", "RETURN 1"])


@pytest.mark.parametrize(
    ("command", "make", "message"),
    [
        pytest.param(command, *case.values, id=f"{command[0]}-{case.id}")
        for commands, cases in ((_READING, _MISSING), ((*_READING, ["serve"]), _NO_STORES))
        for command in commands
        for case in cases
    ],
)
def test_store_that_cannot_be_read(
    make: Callable[[Path], None], message: str, command: list[str], tmp_path: Path
) -> None:
    """Where there is none yet, `serve` has a page that says what to type (tests/server/test_start.py)."""
    make(tmp_path / "graph.db")
    done = _run(tmp_path / "graph.db", *command)
    assert (done.exit_code, done.stdout) == (3, "")
    assert message in done.stderr
    assert str(tmp_path / "graph.db") in done.stderr


@pytest.mark.parametrize("size", [100, 40_000])
@pytest.mark.parametrize("command", [["status"], ["add", "x.txt"], ["ingest"]])
def test_truncated_store_is_told_from_an_empty_one(size: int, command: list[str], store: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.db").write_bytes(store.read_bytes()[:size])
    done = _run(tmp_path / "graph.db", *command)
    assert done.exit_code == 3
    assert "damaged; restore a backup" in done.stderr
    assert not (tmp_path / "graph.archive.db").exists()


def test_a_backup_without_room_blames_the_copy(store: Path, tmp_path: Path) -> None:
    done = _finish(
        _start(
            store,
            "backup",
            str(tmp_path / "copy.db"),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        )
    )
    assert done[:2] == (3, "")
    assert f"store {tmp_path}/copy" in done[2]
    assert "is full" in done[2]
    assert not list(tmp_path.iterdir())


def test_a_file_of_claims_without_room_is_named(store: Path, make_file: Files) -> None:
    done = _run(store, "extract", str(make_file("t.txt", _ENGLISH)), "--date", "2025-01-13", "--claims", "/dev/full")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "/dev/full: No space left" in done.stderr


@pytest.mark.parametrize("command", [["status"], ["add", "x.txt"], ["feeds", "list"]])
def test_broken_archive_is_named(command: list[str], store: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.db").write_bytes(store.read_bytes())
    (tmp_path / "graph.archive.db").write_text("no database" * 99)
    done = _run(tmp_path / "graph.db", *command)
    assert done.exit_code == 3
    assert "graph.archive.db: file is not a database" in done.stderr


@pytest.mark.parametrize("size", [100, 20_000])
@pytest.mark.parametrize("command", [["status"], ["add", "x.txt"], ["ingest"], ["feeds", "list"]])
def test_truncated_archive_is_told_to_be_damaged(size: int, command: list[str], store: Path, tmp_path: Path) -> None:
    for name in ("graph.db", "graph.archive.db"):
        (tmp_path / name).write_bytes(store.with_name(name).read_bytes())
    os.truncate(tmp_path / "graph.archive.db", size)
    done = _run(tmp_path / "graph.db", *command)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "graph.archive.db: " in done.stderr
    assert "restore a backup, or move the file away to start anew" in done.stderr


@pytest.mark.parametrize("command", [["status"], ["add", "x.txt"], ["ingest"], ["feeds", "list"]])
def test_path_that_the_system_refuses(command: list[str], tmp_path: Path) -> None:
    done = _run(tmp_path / ("long" * 99) / "graph.db", *command)
    assert done.exit_code == 3
    assert "File name too long; choose another place with --store" in done.stderr


def test_status_does_without_an_archive(store: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.db").write_bytes(store.read_bytes())
    (status,) = _lines(_run(tmp_path / "graph.db", "status", "--json").stdout)
    assert status["last_run"] is None
    assert not (tmp_path / "graph.archive.db").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["reread", "--dry-run"],
        ["reread"],
        ["tidy", "--dry-run"],
        ["tidy"],
        ["feeds", "list"],
        ["feeds", "export"],
        ["feeds", "remove", "https://a.example/feed"],
        ["watch", "remove", "1"],
        ["proposals", "drop", "x"],
        ["backup", "x.db"],
    ],
    ids=" ".join,
)
def test_a_mistyped_store_is_told_and_not_made(command: list[str], tmp_path: Path) -> None:
    done = _run(tmp_path / "typo.db", *command)
    assert (done.exit_code, done.stdout) == (3, "")
    assert f"no store at {tmp_path}/typo.db" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [["search", ""], ["today"], ["status"], ["cypher", "RETURN 1 AS n"], ["export", "cypher"], ["feeds", "list"]],
    ids=" ".join,
)
def test_a_store_that_may_not_be_written_is_read(command: list[str], store: Path, tmp_path: Path) -> None:
    locked = _lock(store, tmp_path / "locked")
    done = _run_bound("--store", str(locked / "graph.db"), *command)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "no feeds yet" in done.stderr
    assert {file.name for file in locked.iterdir()} == {"graph.db", "graph.archive.db"}


def test_where_nothing_may_be_written_lies_what_can_be_backed_up_and_restored(store: Path, tmp_path: Path) -> None:
    locked = _lock(store, tmp_path / "locked")
    for command in (
        ["--store", str(locked / "graph.db"), "backup", str(tmp_path / "backup.db")],
        ["--store", str(tmp_path / "back.db"), "restore", str(locked / "graph.db")],
    ):
        done = _run_bound(*command)
        assert done.returncode == 0, done.stderr
    assert {file.name for file in locked.iterdir()} == {"graph.db", "graph.archive.db"}
    for name in ("backup.db", "backup.archive.db", "back.db", "back.archive.db"):
        assert (tmp_path / name).is_file()


def _lock(store: Path, folder: Path) -> Path:
    """A folder with store and archive in which nothing may be written."""
    folder.mkdir()
    for name in ("graph.db", "graph.archive.db"):
        with sqlite3.connect(store.with_name(name)) as origin, sqlite3.connect(folder / name) as copy:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        origin.close()
        copy.close()
        (folder / name).chmod(0o444)
    folder.chmod(0o555)
    return folder


def _run_bound(*words: str) -> "subprocess.CompletedProcess[str]":
    """What a command does that may write only where permissions let it."""
    arguments = [*_keep_to_permissions(), sys.executable, "-m", "claimgraph", *words]
    return subprocess.run(arguments, cwd=_ROOT, capture_output=True, encoding="utf-8", check=False)


def _keep_to_permissions() -> list[str]:
    """What a command line begins with so that a folder without permission to write is one; root writes anywhere."""
    if os.geteuid():
        return []
    setpriv = shutil.which("setpriv") or pytest.skip("needs setpriv to be no more than others")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search"]


# Documents


def test_texts_that_fail_leave_the_others_stored(used: Path, tmp_path: Path, make_file: Files) -> None:
    bad = {
        str(tmp_path / "missing.txt"): "no such file",
        str(tmp_path): "Is a directory",
        str(make_file("image.png", b"\x89PNG\r\n\x1a\n" + bytes(99))): "not a text file",
        str(make_file("empty.txt")): "empty",
        str(make_file("empty.html", "<html><body></body></html>")): "no article text",
        str(make_file("empty.xml", _FEED.format(""))): "no entry of this feed",
        str(make_file("large.txt", b"word " * 4_000_001)): "larger than 20 MB",
        "ftp://outlet.example/news": "only http and https",
        "file:///etc/passwd": "only http and https",
        "http://[broken/": "not an address",
        "http://": "not an address",
        "http://exa mple/": "not an address",
        "outlet.example/news": "an address starts with https://",
    }
    good = str(make_file("good.txt", _ENGLISH))
    done = _run(used, "add", *bad, good, "--json")
    assert done.exit_code == 1
    claims = _lines(done.stdout)
    assert claims
    assert all(str(claim["text"]) in _ENGLISH for claim in claims)
    failed = [line for line in done.stderr.splitlines() if " failed: " in line]
    for line, (name, reason) in zip(failed, bad.items(), strict=True):
        assert name in line
        assert reason in line


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("utf-16.txt", _JAPANESE.encode("utf-16"), id="utf-16"),
        pytest.param("shift-jis.txt", _JAPANESE.encode("cp932"), id="shift-jis"),
        pytest.param("mark.txt", b"\xef\xbb\xbf" + _JAPANESE.encode(), id="byte-order-mark"),
        pytest.param("日本語 %41.txt", _JAPANESE.encode(), id="name"),
        pytest.param("feed.xml", _FEED.format(_JAPANESE).encode(), id="feed"),
        pytest.param("page.html", _PAGE.format(_JAPANESE * 2).encode(), id="page"),
    ],
)
def test_japanese_is_read_in_any_wrapping(name: str, content: bytes, used: Path, make_file: Files) -> None:
    done = _run(used, "add", str(make_file(name, content)), "--json")
    assert done.exit_code == 0, done.stderr
    claims = _lines(done.stdout)
    assert claims
    assert all(str(claim["text"]) in _JAPANESE for claim in claims)
    assert {claim["lang"] for claim in claims} == {"ja"}


@pytest.mark.parametrize(
    "options",
    [["--date", "rubbish"], ["--date", "2025-02-30"], ["--date", "0001-01-01"], ["--lang", "fr"]],
    ids=" ".join,
)
def test_options_of_add_and_extract_are_checked_before_work(options: list[str], tmp_path: Path, used: Path) -> None:
    for command in (["add", __file__], ["extract", __file__, "--date", "2025-01-01", "--claims", f"{tmp_path}/c"]):
        done = _run(used, *command, *options)
        assert done.exit_code == 2
        assert f"'{options[0]}'" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_document_that_fails_counts_no_claims_and_its_password_is_not_printed(tmp_path: Path) -> None:
    done = _run(tmp_path / "graph.db", "add", f"http://me:secret@127.0.0.1:{find_free_port()}/x")
    assert done.exit_code == 1
    assert "secret" not in done.output
    assert "0 claims" not in done.output


def test_addresses_tell_what_to_do(tmp_path: Path) -> None:
    port = find_free_port()
    private = _run(tmp_path / "graph.db", "add", f"http://127.0.0.1:{port}/")
    assert private.exit_code == 1
    assert "allow its network with --allow-address" in private.stderr
    silent = _run(tmp_path / "graph.db", "--allow-address", "127.0.0.0/8", "add", f"http://127.0.0.1:{port}/")
    assert silent.exit_code == 1
    assert "no connection (connect)" in silent.stderr


def test_quiet_tells_failures_only(used: Path, tmp_path: Path, make_file: Files) -> None:
    done = _run(used, "-q", "add", str(tmp_path / "missing.txt"), str(make_file("none.txt", "Nothing is claimed.")))
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"fetch failed: {tmp_path}/missing.txt: no such file; an address starts with https:// or http:// (no_file)"
    ]
    assert _run(used, "-q", "ingest").output == ""
    assert _run(used, "-q", "search", "nowhere").output == ""


# Feeds


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["add", "rubbish"], 1, "only http and https", id="add-rubbish"),
        pytest.param(["remove", "https://x.example/"], 2, "not in the list", id="remove-unknown"),
        pytest.param(["remove", "https://\udcff.example/"], 2, "try UTF-8", id="remove-no-text"),
        pytest.param(["import", __file__], 1, "the XML is broken", id="import-no-xml"),
        pytest.param(["import", "/nowhere"], 2, "No such file", id="import-missing"),
        pytest.param(["export", "/nowhere/feeds.opml"], 2, "/nowhere/feeds.opml", id="export-nowhere"),
        pytest.param(["export", "/dev/full"], 1, "No space left", id="export-full"),
    ],
)
def test_feeds_say_what_is_wrong(arguments: list[str], code: int, message: str, used: Path) -> None:
    done = _run(used, "feeds", *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr


def test_list_that_is_html_is_refused(used: Path, make_file: Files) -> None:
    done = _run(used, "feeds", "import", str(make_file("page.html", "<html></html>")))
    assert done.exit_code == 1
    assert "not an OPML document" in done.stderr


def test_feeds_go_out_as_they_came_in(tmp_path: Path, make_file: Files) -> None:
    outlines = "".join(f"<outline xmlUrl='https://{name}.example/feed'/>" for name in "abc")
    file = make_file("in.opml", f"<opml version='2.0'><body>{outlines}</body></opml>")
    store = tmp_path / "graph.db"
    assert "3 feeds added" in _run(store, "feeds", "import", str(file)).stderr
    removed = _run(store, "feeds", "remove", "https://a.example/feed", "https://x.example/", "https://c.example/feed")
    assert (removed.exit_code, removed.stderr.count("not in the list")) == (2, 1)
    assert [line["feed"]["url"] for line in _lines(_run(store, "feeds", "list", "--json").stdout)] == [  # type: ignore[index]
        "https://b.example/feed"
    ]
    assert _run(store, "feeds", "export", str(tmp_path / "out.opml")).exit_code == 0
    assert (tmp_path / "out.opml").read_text("utf-8") == _run(store, "feeds", "export").stdout


def test_a_feed_that_is_refused_holds_up_no_other_of_its_list(tmp_path: Path, make_file: Files) -> None:
    outlines = "".join(
        f"<outline xmlUrl='{address}'/>"
        for address in (
            "https://a.example/",
            "https://b.example/" + "x" * 3_000,
            "feed://d.example/",
            "https://c.example/",
        )
    )
    file = make_file("in.opml", f"<opml version='2.0'><body>{outlines}</body></opml>")
    done = _run(tmp_path / "graph.db", "feeds", "import", str(file))
    assert done.exit_code == 1
    assert "2 feeds added, 0 known already" in done.stderr
    assert done.stderr.count("longer than 2,000 bytes") == 1
    assert "feed failed: feed://d.example/: only http and https addresses are read (bad_url)" in done.stderr


def test_a_run_without_any_feed_says_how_to_add_one(tmp_path: Path, make_file: Files) -> None:
    store = tmp_path / "new.db"
    assert "no feeds yet; `claimgraph feeds add URL`" in _run(store, "ingest").stderr
    assert _run(store, "--quiet", "ingest").stderr == ""
    file = make_file("one.opml", "<opml version='2.0'><outline xmlUrl='http://127.0.0.1:1/'/></opml>")
    assert _run(store, "feeds", "import", str(file)).exit_code == 0
    assert "no feeds yet" not in _run(store, "ingest").stderr + _run(store, "ingest").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "https://x.example/"], "feed https://x.example/: not in the list"),
        (["--since", "yesterday"], "'yesterday' does not match"),
        (["--limit", "0"], "0 is not in the range"),
    ],
    ids=["only", "since", "limit"],
)
def test_ingest_refuses_wrong_options(arguments: list[str], message: str, used: Path) -> None:
    done = _run(used, "ingest", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


# Questions


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["search", "type:nothing"], "type:nothing: choose one of allegation", id="type"),
        pytest.param(["search", "since:rubbish"], "write a day such as", id="since"),
        pytest.param(["search", "since:99999999d"], "write a day such as", id="since-before-time"),
        pytest.param(["search", "--", "-about:x"], "only words and source: can be excluded", id="excluded-key"),
        pytest.param(["search", "x", "--limit", "0"], "not in the range", id="limit"),
        pytest.param(["show", "nothing"], "`claimgraph search` finds ids", id="show"),
        pytest.param(["show", "c" + "0" * 20], "no claim c0", id="show-claim"),
        pytest.param(["show", "p" + "0" * 20], "shows it at /matters/p0000", id="show-matter"),
        pytest.param(["show", "\udcff"], "try UTF-8", id="show-no-text"),
        pytest.param(["cypher"], "give a query, or --file FILE", id="no-query"),
        pytest.param(["cypher", " "], "the query is empty", id="empty-query"),
        pytest.param(["cypher", "CREATE (n) RETURN n"], "CREATE: a query only reads", id="write"),
        pytest.param(["cypher", "LOAD CSV FROM 'file:///x' AS r RETURN r"], "LOAD", id="file"),
        pytest.param(["cypher", "MATCH (n RETURN n"], "'(' is never closed", id="syntax"),
        pytest.param(["cypher", "RETURN 1", "--param", "rubbish"], "--param rubbish: write KEY=VALUE", id="param"),
        pytest.param(["cypher", "RETURN $x AS x"], "$x", id="missing-param"),
        pytest.param(["cypher", "--file", "/nowhere"], "/nowhere", id="missing-file"),
        pytest.param(["cypher", "RETURN 1 AS a, 2 AS a"], "same name", id="same-column"),
    ],
)
def test_wrong_question_is_refused(arguments: list[str], message: str, store: Path) -> None:
    done = _run(store, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(bytes(range(256)), "not part of a read-only query"), ("MATCH " * 9_999, "at most 20000")],
    ids=["binary", "huge"],
)
def test_wrong_query_file_is_refused(content: str | bytes, message: str, store: Path, make_file: Files) -> None:
    done = _run(store, "cypher", "--file", str(make_file("query.cypher", content)))
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize("text", ["", "nothing: here", '"never closed', "\udcff", "https://x.example/?a:b"])
def test_any_words_may_be_searched(text: str, store: Path) -> None:
    done = _run(store, "search", text, "--json")
    assert done.exit_code == 0
    assert {claim["lang"] for claim in _lines(done.stdout)} == (set() if text else {"en", "ja"})


@pytest.mark.parametrize(
    "command",
    [
        ["search", ""],
        ["show", "openai"],
        ["show", "local"],
        ["status"],
        ["cypher", "MATCH (c:Claim)-[r:ABOUT]->(e) RETURN c, r, e"],
        ["cypher", "MATCH (c:Clam) RETURN c"],
        ["feeds", "list"],
        ["ingest"],
    ],
    ids=" ".join,
)
def test_json_output_is_json_lines_alone(command: list[str], store: Path) -> None:
    done = _run(store, *command, "--json")
    assert done.exit_code == 0, done.stderr
    assert all(isinstance(line, dict) for line in _lines(done.stdout))


# Texts without a store


def test_extract_names_bad_texts_and_reads_the_others(tmp_path: Path, make_file: Files) -> None:
    texts = [
        make_file("1.txt", _ENGLISH),
        make_file("2.txt"),
        make_file("3.txt", bytes(99)),
        make_file("4.txt", b"word " * 1_000_001),
        make_file("5.txt", _JAPANESE),
    ]
    claims = tmp_path / "claims.jsonl"
    done = _run("none.db", "extract", *map(str, texts), "--date", "2025-01-13", "--claims", str(claims))
    assert done.exit_code == 1
    assert {line["doc"] for line in _lines(claims.read_text("utf-8"))} == {"1.txt", "5.txt"}
    assert re.findall(r"(\d\.txt): .* \((\w+)\)", done.stderr) == [
        ("2.txt", "empty"),
        ("3.txt", "no_text"),
        ("4.txt", "too_large"),
    ]


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gold in a folder of its own with its texts: a claim that is read, a text that holds none, days for both."""
    copied = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "DeepSeek", object="OpenAI", speakers=("OpenAI",))
    scored = Told(Predicate.SCORES, "scores", "GPT-5", amount="80%", benchmark="SWE-bench")
    extractor = make_extractor(tmp_path, copied, scored)
    monkeypatch.setattr(load, "load_extractor", lambda *_, **__: extractor)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.txt").write_text(_ENGLISH, "utf-8")
    (folder / "b.txt").write_text("It rained for most of the day.\n", "utf-8")
    sentence = _ENGLISH[: _ENGLISH.index(" Sam")]
    claim = {
        "doc": "a.txt", "start": 0, "end": len(sentence), "sentence": sentence, "type": "allegation",
        "predicate": "took_technology_from", "subject": "DeepSeek", "object": "OpenAI", "claimants": ["OpenAI"],
        "modality": "alleged", "also": {"predicate": ["infringed", "distilled_from"]},
    }  # fmt: skip
    (folder / "claims.jsonl").write_text(json.dumps(claim) + "\n", "utf-8")
    (folder / "entities.jsonl").write_text('{"canonical": "OpenAI", "type": "company", "docs": ["a.txt"]}\n', "utf-8")
    (folder / "MANIFEST.tsv").write_text("text\tday\na.txt\t2025-01-13\nb.txt\t2025-01-13\n", "utf-8")
    return folder


def test_evaluate_prints_figures_and_touches_no_store(gold: Path, tmp_path: Path) -> None:
    done = _run(tmp_path / "none.db", "evaluate", str(gold / "claims.jsonl"), str(gold))
    assert done.exit_code == 0
    assert re.search(r"^found .* 1 of 1", done.stdout, re.MULTILINE)
    assert re.search(r"^entities .* 1 of 1", done.stdout, re.MULTILINE)
    assert "claims from texts that hold none: 0" in done.stdout
    assert not (tmp_path / "none.db").exists()


def test_evaluate_as_json_is_one_object(gold: Path) -> None:
    done = _run("none.db", "evaluate", str(gold / "claims.jsonl"), str(gold), "--json")
    (figures,) = _lines(done.stdout)
    assert figures["texts"] == 2
    assert figures["dangers"] == {"fact_made_of_less": 0, "denial_lost": 0, "accusation_invented": 0}
    assert figures["found"] == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}


def test_evaluate_lists_sentences_only_when_asked(gold: Path) -> None:
    arguments = ("evaluate", str(gold / "claims.jsonl"), str(gold))
    assert "false:" not in _run("none.db", *arguments).stdout
    assert "SWE-bench" in _run("none.db", *arguments, "--show", "false").stdout


def test_evaluate_with_curve_and_threshold(gold: Path) -> None:
    arguments = ("evaluate", str(gold / "claims.jsonl"), str(gold), "--curve", "--totals")
    assert "calibration error:" in _run("none.db", *arguments, "--threshold", "0.5").stdout
    refused = _run("none.db", *arguments, "--threshold", "50")
    assert (refused.exit_code, "0<=x<=1" in refused.stderr) == (2, True)


def test_evaluate_of_totals_shows_no_sentence(gold: Path) -> None:
    arguments = ("evaluate", str(gold / "claims.jsonl"), str(gold), "--totals")
    assert "accusation invented: 0" in _run("none.db", *arguments).stdout
    refused = _run("none.db", *arguments, "--show", "false")
    assert (refused.exit_code, "leave out --show" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("file", "text", "message", "code"),
    [
        ("claims.jsonl", "{", "claims.jsonl:1: not JSON", 1),
        ("claims.jsonl", '{"doc": "a.txt"}', "claims.jsonl:1: not a claim", 1),
        ("MANIFEST.tsv", "a.txt 2025-01-13", "no columns text and day", 1),
        ("MANIFEST.tsv", "text\tday\na.txt\t2025-01-13", "b.txt: no day", 2),
    ],
    ids=["broken gold", "no gold", "no manifest", "a day is missing"],
)
def test_evaluate_says_what_is_wrong_with_the_gold(file: str, text: str, message: str, code: int, gold: Path) -> None:
    (gold / file).write_text(text, "utf-8")
    done = _run("none.db", "evaluate", str(gold / "claims.jsonl"), str(gold))
    assert done.exit_code == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_evaluate_names_a_text_that_cannot_be_read(gold: Path) -> None:
    (gold / "b.txt").write_bytes(b"")
    done = _run("none.db", "evaluate", str(gold / "claims.jsonl"), str(gold))
    assert (done.exit_code, "b.txt" in done.stderr) == (1, True)
    assert "found" in done.stdout


def test_extract_leaves_a_file_where_nothing_is_found(tmp_path: Path, make_file: Files) -> None:
    text, claims, entities = make_file("text.txt", "It rained."), tmp_path / "claims", tmp_path / "entities"
    outputs = ["--claims", str(claims), "--entities", str(entities)]
    assert _run("none.db", "extract", str(text), "--date", "2025-01-13", *outputs).exit_code == 0
    assert (claims.read_bytes(), entities.read_bytes()) == (b"", b"")


@pytest.mark.parametrize(
    ("output", "code"), [("/nowhere/claims", 2), ("/", 2), ("/dev/full", 1)], ids=["nowhere", "folder", "full"]
)
def test_extract_says_which_output_cannot_be_written(output: str, code: int, make_file: Files) -> None:
    text = str(make_file("text.txt", _ENGLISH))
    done = _run("none.db", "extract", text, "--date", "2025-01-13", "--claims", output)
    assert done.exit_code == code
    assert ("No space left" if code == 1 else f"{output}: ") in done.stderr


# Processes


def test_taken_port_is_named(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _run(store, "serve", "--port", str(port))
    assert done.exit_code == 2
    assert f"cannot listen on http://127.0.0.1:{port}" in done.stderr
    assert "choose another --port" in done.stderr


def test_odd_outputs_end_without_a_traceback(store: Path, make_file: Files) -> None:
    """Processes side by side, as each pays for its start: closed, full and narrow outputs."""
    text = str(make_file("more.txt", _ENGLISH))
    search = f"{sys.executable} -m claimgraph --store {store} search ''"
    extract = f"{sys.executable} -m claimgraph extract {text} {text} --date 2025-01-01 --claims -"
    plain = "env -u LANG -u PYTHONUTF8 LC_ALL=C"
    cases = {
        f"{search} | head -n 1; exit ${{PIPESTATUS[0]}}": 0,
        f"{search} --json | true; exit ${{PIPESTATUS[0]}}": 0,
        f"{extract} | true; exit ${{PIPESTATUS[0]}}": 0,
        f"{search} >&-": 0,
        f"{search} --json >&- 2>&-": 0,
        f"{extract} >&-": 0,
        f"{search} >/dev/full": 1,
        f"{extract} >/dev/full": 1,
        f"{search} --json >/dev/full": 1,
        f"{plain} {search}": 0,
        f"PYTHONIOENCODING=latin-1 {search}": 0,
        f"PYTHONIOENCODING=latin-1 {search} --json": 0,
    }

    def call(line: str) -> "subprocess.CompletedProcess[str]":
        # Buffered, as at a user's: then the end of the process writes once more.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        command = ["bash", "-c", line]
        return subprocess.run(
            command, cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )

    with ThreadPoolExecutor(4) as pool:
        ended = dict(zip(cases, pool.map(call, cases), strict=True))
    for line, done in ended.items():
        assert done.returncode == cases[line], (line, done.stderr)
        assert "Traceback" not in done.stderr, line
        assert "Exception ignored" not in done.stderr, line
    assert _KANA.search(ended[f"{plain} {search}"].stdout)
    assert _KANA.search(ended[f"PYTHONIOENCODING=latin-1 {search} --json"].stdout)


def test_reader_that_goes_away_costs_no_document(tmp_path: Path, make_file: Files) -> None:
    texts = [str(make_file("1.txt", _ENGLISH)), str(tmp_path / "missing"), str(make_file("2.txt", _ANOTHER))]
    with _start(tmp_path / "graph.db", "add", *texts) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait(60) == 1
    (status,) = _lines(_run(tmp_path / "graph.db", "status", "--json").stdout)
    assert status["counts"]["articles"] == 2  # type: ignore[index]


@dataclass
class Outlet:
    """A server that gives its feed at once and holds back every page until told."""

    address: str
    asked: threading.Event = field(default_factory=threading.Event)
    told: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(name="outlet")
def serve_outlet() -> Iterator[Outlet]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _FEED.format("").replace("https://outlet.example", outlet.address).encode()
            if self.path != "/feed.xml":
                outlet.asked.set()
                outlet.told.wait(60)
                body = b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a killed client is meant
        outlet = Outlet(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield outlet
        finally:
            outlet.told.set()
            server.shutdown()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_ingest_runs_once_and_stops_in_order(number: signal.Signals, outlet: Outlet, tmp_path: Path) -> None:
    store, allow = tmp_path / "graph.db", ("--allow-address", "127.0.0.0/8")
    assert _run(store, *allow, "feeds", "add", f"{outlet.address}/feed.xml").exit_code == 0
    first = _start(store, *allow, "ingest", "--json")
    assert outlet.asked.wait(60)
    second = _run(store, *allow, "ingest")
    assert (second.exit_code, second.output) == (0, "another ingest is running; nothing to do\n")
    first.send_signal(number)
    code, out, err = _finish(first, 10)  # the page alone would hold it for longer
    assert code == 130
    assert _lines(out)[0]["feeds"] == {"due": 1, "read": 1, "unchanged": 0, "failed": 0}
    assert "the rest waits for the next run" in err
    outlet.told.set()
    again = _run(store, *allow, "ingest", "--json")  # the lock is free, and the page still wanted
    assert [failure["reason"] for failure in _lines(again.stdout)[0]["failures"]] == ["http_404"]  # type: ignore[attr-defined]


def test_add_stops_after_the_document_at_hand(outlet: Outlet, tmp_path: Path, make_file: Files) -> None:
    texts = [str(make_file("1.txt", _ENGLISH)), f"{outlet.address}/page", str(make_file("2.txt", _ANOTHER))]
    process = _start(tmp_path / "graph.db", "--allow-address", "127.0.0.0/8", "add", *texts, "--json")
    assert outlet.asked.wait(60)
    process.send_signal(signal.SIGINT)
    outlet.told.set()
    code, out, err = _finish(process)
    assert code == 130
    claims = _lines(out)
    assert claims
    assert all(str(claim["text"]) in _ENGLISH for claim in claims)
    assert f"{texts[2]}: not read" in err


def test_second_interrupt_ends_at_once(outlet: Outlet, tmp_path: Path) -> None:
    process = _start(tmp_path / "graph.db", "--allow-address", "127.0.0.0/8", "add", f"{outlet.address}/page")
    assert outlet.asked.wait(60)
    process.send_signal(signal.SIGINT)
    assert process.stderr
    assert process.stderr.readline().startswith("stopping: ")
    process.send_signal(signal.SIGINT)
    code, _, err = _finish(process)
    assert code == 130
    assert err.startswith("interrupted; ")
    assert "Traceback" not in err


@pytest.fixture
def heeding() -> Iterator[None]:
    """Behind a shell's `&` Ctrl-C is ignored, and what is started from there ignores it too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding")
def test_interrupt_while_the_program_loads_ends_it_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "claimgraph", "--store", str(tmp_path / "g.db"), "status"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", cwd=_ROOT)
    assert process.stderr
    assert any(line.endswith("click.types\n") for line in iter(process.stderr.readline, ""))
    process.send_signal(signal.SIGINT)
    code, _, err = _finish(process)
    assert (code, "Traceback" in err) == (130, False)


@pytest.mark.usefixtures("heeding")
def test_an_interrupted_question_promises_no_next_run(store: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "query")
    process = _start(store, "cypher", "--file", str(tmp_path / "query"))
    with (tmp_path / "query").open("w"):  # opens when the command reads
        process.send_signal(signal.SIGINT)
        assert _finish(process) == (130, "", "interrupted\n")


def test_interrupted_demo_does_not_serve(tmp_path: Path) -> None:
    process = _start("none.db", "demo", "--port", "0", env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)})
    assert process.stderr
    assert process.stderr.readline() == "feeds: 1 of 1\n"
    process.send_signal(signal.SIGINT)
    code, _, err = _finish(process)
    assert code == 130
    assert "claimgraph is at" not in err


def test_demo_that_is_stopped_says_nothing_more(tmp_path: Path) -> None:
    process = _start("none.db", "demo", "--port", "0", env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)})
    assert process.stderr
    told = next(line for line in process.stderr if line.startswith("claimgraph is at "))
    tour, asked = process.stderr.readline(), process.stderr.readline()
    assert "/tour/1" in tour
    *_, option, store, command, word = shlex.split(asked)
    assert (option, command, word) == ("--store", "search", "deepseek")
    assert Path(store) == tmp_path / "claimgraph" / "demo" / "demo.db"
    urllib.request.urlopen(re.findall(r"http://\S+", told)[0], timeout=60).close()
    process.send_signal(signal.SIGINT)
    assert _finish(process)[2] == ""


# Modules


def test_help_loads_no_reader_and_no_server() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "claimgraph", "--help"]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, encoding="utf-8", check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & {"ingest", "web", "spacy", "onnxruntime", "flask", "aiohttp", "numpy", "networkx", "neo4j"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--help"], "Where the graph lives: a file, or bolt:// or neo4j:// of a server.", id="store"),
        pytest.param(["serve", "--help"], "Who asks from this machine may judge on the pages", id="serve"),
    ],
)
def test_help_says_what_is_so(arguments: list[str], said: str) -> None:
    assert said in " ".join(CliRunner().invoke(main, arguments).stdout.split())


def test_every_module_of_commands_is_listed() -> None:
    for found in pkgutil.iter_modules([str(_ROOT / "commands")]):
        module = import_module(f"commands.{found.name}")
        for command in getattr(module, "COMMANDS", ()):
            assert main.commands.get(command.name) is command
