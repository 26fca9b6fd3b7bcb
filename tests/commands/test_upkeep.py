"""What `schedule show` prints is read back as cron, sh and systemd read it; what `tidy`, `status` and `-q` tell."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from claimgraph import main
from commands.timetables import INTERVALS, Job, format_crontab, format_service, format_timer
from graph.errors import ConfigError
from graph.records import Article, ArticleId, Entry, Feed, Source, SourceId
from ingest.archive import Archive, Validators
from ingest.sources.schedule import Due, RunLock

_PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" '\"%\\$"), min_size=1)


def make_job(*command: str, every: int = 15, mail: str | None = None, contact: str = "") -> Job:
    environment = (("CLAIMGRAPH_CONTACT", contact),) if contact else ()
    return Job(command, environment, every, "daemon", mail)


def read_cron_line(line: str) -> str:
    """The command as cron hands it to the shell (do_command.c: a backslash before % or another one goes)."""
    command = line.split(" ", 5)[5]
    assert not re.search(r"(?<!\\)(\\\\)*%", command), "a bare % would end the command"
    return re.sub(r"\\([%\\])", r"\1", command)


@given(st.lists(_PRINTABLE, min_size=1))
def test_a_crontab_gives_the_shell_the_same_words(words: list[str]) -> None:
    line = format_crontab(make_job("/bin/echo", *words)).splitlines()[-1]
    assert shlex.split(read_cron_line(line)) == ["/bin/echo", *words]


def test_a_setting_without_a_flag_stands_before_the_command() -> None:
    line = format_crontab(make_job("/usr/bin/env", contact="ops 100% o'clock")).splitlines()[-1]
    done = subprocess.run(["/bin/sh", "-c", read_cron_line(line)], env={}, capture_output=True, text=True)
    assert "CLAIMGRAPH_CONTACT=ops 100% o'clock" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("mail", "line"),
    [
        pytest.param(None, None, id="the account's own"),
        pytest.param("", 'MAILTO=""', id="nobody"),
        pytest.param("ops@a.example", 'MAILTO="ops@a.example"', id="somebody"),
    ],
)
def test_mail_goes_where_it_is_told(mail: str | None, line: str | None) -> None:
    settings = format_crontab(make_job("/bin/true", mail=mail)).splitlines()[:-1]
    assert settings == ["SHELL=/bin/sh", *([line] if line else [])]


@pytest.mark.parametrize("mail", ['a"b', "a b", "a\nb", "%"])
def test_mail_that_would_break_the_table_is_refused(mail: str) -> None:
    with pytest.raises(ConfigError, match="--mail"):
        format_crontab(make_job("/bin/true", mail=mail))


@pytest.mark.parametrize("make", [format_crontab, format_service])
def test_line_breaks_are_refused(make: object) -> None:
    with pytest.raises(ConfigError, match="line breaks"):
        make(make_job("/bin/echo", "a\nb"))  # type: ignore[operator]


@pytest.mark.parametrize("every", INTERVALS)
def test_systemd_takes_the_units_as_they_are(tmp_path: Path, every: int) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze")
    job = make_job(sys.executable, "--store", '/srv/50% of o\'ne $HOME \\ "graph".db', every=every, contact="a %h b")
    (tmp_path / "claimgraph.service").write_text(format_service(job))
    (tmp_path / "claimgraph.timer").write_text(format_timer(job))
    units = [str(tmp_path / "claimgraph.service"), str(tmp_path / "claimgraph.timer")]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "claimgraph" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_systemd_takes_the_unit_of_workers_for_each_queue(tmp_path: Path) -> None:
    servers = {
        "CLAIMGRAPH_ARCHIVE": "postgresql://db.example/archive",
        "CLAIMGRAPH_BROKER": "amqps://mq.example/a%2Fb",
        "CLAIMGRAPH_BROKER_PASSWORD_FILE": "/run/secrets/broker",
    }
    words = ["--store", "neo4j://graph.example", "schedule", "show"]
    assert "workers@" not in CliRunner().invoke(main, words).stdout
    assert CliRunner().invoke(main, [*words, "workers"]).exit_code == 2
    shown = CliRunner().invoke(main, [*words, "workers"], env=servers).stdout
    assert shown in CliRunner().invoke(main, words, env=servers).stdout
    assert 'Environment="CLAIMGRAPH_BROKER=amqps://mq.example/a%%2Fb"\n' in shown
    assert shown.count('"neo4j://graph.example" "workers" "start" "--queues" "%i"\n') == 1
    if not shutil.which("systemd-analyze"):
        return
    (tmp_path / "claimgraph-workers@.service").write_text(shown)
    unit = str(tmp_path / "claimgraph-workers@read.service")
    (tmp_path / "claimgraph-workers@read.service").symlink_to(tmp_path / "claimgraph-workers@.service")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "claimgraph" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_the_timer_fires_as_often_as_the_crontab() -> None:
    minutes = {
        every: format_crontab(make_job("/bin/true", every=every)).splitlines()[-1].split()[0] for every in (1, 15, 60)
    }
    assert minutes == {1: "*", 15: "*/15", 60: "0"}
    assert "OnCalendar=*:0/15\n" in format_timer(make_job("/bin/true"))
    assert "OnCalendar=hourly\n" in format_timer(make_job("/bin/true", every=60))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_program_and_the_store_are_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = _run("--store", "my.db", "schedule", "show", "crontab").stdout
    assert f"{sys.executable} " in shown
    assert f"--store {tmp_path / 'my.db'}" in shown
    assert not (tmp_path / "my.db").exists()


def test_all_parts_are_shown_under_their_places() -> None:
    shown = _run("schedule", "show").stdout
    for part in ("crontab -e", "/etc/systemd/system/claimgraph.service", "/etc/systemd/system/claimgraph.timer"):
        assert part in shown
    assert _run("schedule", "show", "timer").stdout in shown


MODEL = {
    "CLAIMGRAPH_READER": "both",
    "CLAIMGRAPH_LLM_ENDPOINT": "http://127.0.0.1:11434/v1",
    "CLAIMGRAPH_LLM_MODEL": "qwen 3:32b",
    "CLAIMGRAPH_LLM_TOKENS_A_DAY": "90000",
    "CLAIMGRAPH_LLM_TIMEOUT": "900",
}


def test_the_settings_of_a_language_model_go_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "key").write_text("secret-key\n", "utf-8")
    settings = tmp_path / "own.toml"
    settings.write_text('llm_key_file = "key"\nllm_parallel = 4\ncontact = "me@a.example"\n', "utf-8")
    told = {**MODEL, "CLAIMGRAPH_LLM_KEY_FILE": str(tmp_path / "key"), "CLAIMGRAPH_CONTACT": "me@a.example"}
    words = ["--config", str(settings), "--store", str(tmp_path / "my.db"), "schedule", "show"]
    shown = CliRunner().invoke(main, [*words, "crontab"], env=MODEL).stdout
    assert "secret-key" not in shown
    named = dict(word.split("=", 1) for word in shlex.split(shown.splitlines()[-1])[5:] if word.startswith("CLAIM"))
    assert named == told
    service = CliRunner().invoke(main, [*words, "service"], env=MODEL).stdout
    assert all(f'Environment="{name}={value}"\n' in service for name, value in told.items())
    assert not re.search("CLAIMGRAPH_(LLM|READER)", _run("schedule", "show").stdout)


def test_a_server_wants_its_account_from_elsewhere() -> None:
    done = _run("--store", "bolt://127.0.0.1:1", "schedule", "show", "service")
    assert '"bolt://127.0.0.1:1"' in done.stdout
    assert "CLAIMGRAPH_NEO4J_PASSWORD_FILE" in done.stderr


_FEED = Feed("https://a.example/feed")


def _fill_archive(path: Path, *, days: int = 200, entries: int = 400) -> None:
    """An archive with entries of so long ago, as a run leaves them."""
    then = datetime.now(UTC) - timedelta(days=days)
    with Archive(path) as archive:
        archive.add_feed(_FEED)
        found = [Entry(_FEED.url, str(number), "", "", "<p>word</p>" * 300, None) for number in range(entries)]
        archive.record_read(_FEED, Validators(), then, found, lambda new: Due(then, timedelta(hours=1)))
        for number, wanted in enumerate(archive.list_wanted()):
            archive.save_article(_make_article(number, then), wanted)


def _make_article(number: int, then: datetime) -> Article:
    source = Source(SourceId("a.example"), "A", "a.example")
    return Article(ArticleId(""), f"https://a.example/{number}", source, "", f"Text {number}", "en", then, then)


def test_tidy_says_what_went_and_how_many_bytes_were_won(tmp_path: Path) -> None:
    store = str(tmp_path / "graph.db")
    _fill_archive(tmp_path / "graph.archive.db")
    told = _run("--store", store, "tidy", "--dry-run")
    assert "would go: bodies of 400 entries" in told.stdout
    done = json.loads(_run("--store", store, "tidy", "--json").stdout)
    assert done["entries"] == 400
    assert done["bytes"] > 500_000
    assert json.loads(_run("--store", store, "tidy", "--json").stdout)["bytes"] == 0


def test_tidy_leaves_a_running_ingest_alone(tmp_path: Path) -> None:
    _fill_archive(tmp_path / "graph.archive.db", entries=1)
    with RunLock(tmp_path / "graph.archive.db.lock") as lock:
        assert lock.acquire()
        done = _run("--store", str(tmp_path / "graph.db"), "tidy")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing was tidied" in done.stderr


@pytest.mark.parametrize("days", ["0", "29", "-1", "x"])
def test_tidy_keeps_a_month_at_the_least(tmp_path: Path, days: str) -> None:
    assert _run("--store", str(tmp_path / "graph.db"), "tidy", "--keep", days).exit_code == 2


def test_a_quiet_run_tells_failures_in_one_line(tmp_path: Path) -> None:
    with Archive(tmp_path / "graph.archive.db") as archive:
        for number in range(3):
            archive.add_feed(Feed(f"http://127.0.0.1:9/{number}"))  # private, and not allowed here
    done = _run("--store", str(tmp_path / "graph.db"), "--quiet", "ingest")
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert re.match(
        r"claimgraph: 3 failed \(\w+ 3\), first http://127\.0\.0\.1:9/\d; `claimgraph status` names them", line
    )


def test_status_tells_how_ingestion_does(tmp_path: Path) -> None:
    store = str(tmp_path / "graph.db")
    with Archive(tmp_path / "graph.archive.db") as archive:
        archive.add_feed(Feed("http://127.0.0.1:9/x"))
    _run("--store", store, "--quiet", "ingest")
    assert "in a week: 1 run" in _run("--store", store, "status").stdout
    health = json.loads(_run("--store", store, "status", "--json").stdout)["health"]
    assert (health["runs"], [number for _, number in health["failures"]]) == (1, [1])
