"""What a newsroom's settings must name, what is refused, and how its queues and messages are made."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from commands.settings import list_variables, load_config
from graph.errors import ConfigError

SERVERS = {
    "CLAIMGRAPH_STORE": "neo4j://graph.example",
    "CLAIMGRAPH_ARCHIVE": "postgresql://db.example/archive",
    "CLAIMGRAPH_BROKER": "amqp://127.0.0.1:1/claimgraph",
}


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def run(*words: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, words)


@pytest.mark.parametrize(
    "address",
    [
        "amqp://mq.example",
        "amqp://mq.example/",
        "amqp://user@mq.example/vhost",
        "amqp://user:secret@mq.example/vhost",
        "amqp://mq.example/vhost?password=secret",
        "amqp://mq.example/vhost#secret",
        "amqp://mq.example:port/vhost",
        "amqp:///vhost",
        "redis://mq.example/0",
        "http://mq.example/vhost",
    ],
)
def test_an_address_is_a_host_and_a_virtual_host_and_no_more(address: str) -> None:
    with pytest.raises(ConfigError, match="CLAIMGRAPH_BROKER_USER") as refused:
        load_config({}, {"CLAIMGRAPH_BROKER": address})
    assert "secret" not in str(refused.value)


def test_broker_and_account_go_along_to_whoever_is_started() -> None:
    given = {
        "CLAIMGRAPH_BROKER": "amqps://mq.example:5671/a%2Fb",
        "CLAIMGRAPH_BROKER_USER": "ana",
        "CLAIMGRAPH_BROKER_PASSWORD_FILE": "/run/secrets/broker",
    }
    assert dict(list_variables(load_config({}, given))) == given


@pytest.mark.parametrize(
    "command", [("workers", "status"), ("workers", "start"), ("workers", "dead", "list"), ("ingest",)]
)
@pytest.mark.parametrize("missing", ["CLAIMGRAPH_STORE", "CLAIMGRAPH_ARCHIVE"])
def test_what_workers_share_must_be_named(command: tuple[str, ...], missing: str) -> None:
    done = run(*command, **{name: value for name, value in SERVERS.items() if name != missing})
    assert done.exit_code == 2
    assert missing in done.stderr


def test_without_a_broker_there_are_no_workers() -> None:
    done = run("workers", "status")
    assert done.exit_code == 2
    assert all(name in done.stderr for name in SERVERS)


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "commands.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "celery", None)
    done = run("workers", "status", **SERVERS)
    assert done.exit_code == 2
    assert "pip install 'claimgraph[cluster]'" in done.stderr


@pytest.mark.parametrize(
    "words", [("--limit", "1"), ("--only", "https://a.example/feed"), ("--dry-run",), ("--json",), ("--all-subjects",)]
)
def test_options_of_one_process_are_refused_where_workers_ingest(words: tuple[str, ...]) -> None:
    done = run("ingest", *words, **SERVERS)
    assert done.exit_code == 2
    assert "--again alone" in done.stderr


def test_queues_are_named_by_what_they_are_for() -> None:
    done = run("workers", "start", "--queues", "read,bake", **SERVERS)
    assert done.exit_code == 2
    assert "plan, fetch, read, ask, derive" in done.stderr


def test_a_broker_that_is_not_there_is_told_and_its_account_is_not(tmp_path: Path) -> None:
    pytest.importorskip("celery")
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    account = {"CLAIMGRAPH_BROKER_USER": "ana", "CLAIMGRAPH_BROKER_PASSWORD_FILE": str(secret)}
    done = run("ingest", **SERVERS, **account)
    assert done.exit_code == 3
    assert "broker amqp://127.0.0.1:1/claimgraph: does not answer" in done.stderr
    assert "hunter2" not in done.output


def test_what_dies_is_kept_and_what_is_full_is_refused() -> None:
    pytest.importorskip("celery")
    from commands.workers import open_cluster

    conf = open_cluster(load_config({}, SERVERS)).app.conf
    wanted = {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_acks_on_failure": False,
        "task_acks_on_timeout": False,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_time_limit": 600,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_max_tasks_per_child": 200,
        "broker_transport_options": {"confirm_publish": True},
    }
    assert {name: conf[name] for name in wanted} == wanted
    for queue in conf.task_queues:
        assert (queue.exchange.name, queue.exchange.type, queue.durable) == ("claimgraph", "topic", True)
        arguments = dict(queue.queue_arguments)
        assert (arguments.pop("x-single-active-consumer", False)) == (queue.name == "derive")
        assert arguments.pop("x-max-length") >= 100
        assert arguments == {
            "x-queue-type": "quorum",
            "x-delivery-limit": 2,
            "x-dead-letter-exchange": "claimgraph.dead",
            "x-overflow": "reject-publish",
        }


def test_a_broker_with_tls_must_prove_its_name() -> None:
    pytest.importorskip("celery")
    import ssl

    from commands.workers import open_cluster

    conf = open_cluster(load_config({}, SERVERS | {"CLAIMGRAPH_BROKER": "amqps://mq.example/claimgraph"})).app.conf
    assert conf.broker_use_ssl == {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": "mq.example"}
