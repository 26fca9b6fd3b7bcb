"""What deploy/cluster.yaml says is what there is: commands, settings, secrets, services."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from commands.archive_settings import ArchiveServer
from commands.broker_settings import QUEUES
from commands.settings import load_config
from ingest.archive import Archive
from ingest.archive import Server as Place
from tests.command_lines import check

if TYPE_CHECKING:
    from tests.postgres.server import Server as Postgres

_ROOT = Path(__file__).parents[1]
_DEPLOY = _ROOT / "deploy"
_COMPOSE: dict[str, Any] = yaml.safe_load((_DEPLOY / "cluster.yaml").read_text("utf-8"))
_NEO4J: dict[str, Any] = yaml.safe_load((_DEPLOY / "neo4j.yaml").read_text("utf-8"))
_OWN: dict[str, dict[str, Any]] = _COMPOSE["services"]
_SERVICES = _OWN | {"neo4j": _NEO4J["services"]["neo4j"] | _OWN["neo4j"]}
_PROGRAM = {name: service for name, service in _SERVICES.items() if service.get("image") == "claimgraph"}
_WORKERS = {name: service for name, service in _PROGRAM.items() if "workers" in service["command"]}
_DOCS = (_ROOT / "docs" / "scale-out.md").read_text("utf-8")
_MOUNTED = "/run/secrets/"


def _list_secrets(service: dict[str, Any]) -> dict[str, str]:
    """Where a service finds its secrets: the path in the container, the secret's name."""
    found = [{"source": one} if isinstance(one, str) else one for one in service.get("secrets", ())]
    return {one.get("target", _MOUNTED + one["source"]): one["source"] for one in found}


def test_every_command_is_one_of_the_command_line() -> None:
    assert set(_PROGRAM) == {"plan", "fetch", "read", "derive", "pages"}
    for service in _PROGRAM.values():
        check(service["command"])
    check(_OWN["plan"]["healthcheck"]["test"][1:])


def test_every_queue_has_its_workers_and_one_alone_sends_plans() -> None:
    taken = {name: _option(service, "--queues") for name, service in _WORKERS.items()}
    assert taken == {name: name for name in QUEUES if name != "ask"}  # for a language model, which is nobody's default
    assert [name for name, service in _WORKERS.items() if "--beat" in service["command"]] == ["plan"]
    assert "deploy" not in _OWN["plan"]
    assert _OWN["read"]["deploy"]["replicas"] == "${READERS:-2}"
    assert all(_OWN[name]["deploy"]["replicas"] == 2 for name in ("fetch", "derive", "pages"))


def _option(service: dict[str, Any], name: str) -> str:
    words = service["command"]
    return str(words[words.index(name) + 1])


@pytest.mark.parametrize("name", _PROGRAM)
def test_its_settings_name_the_servers_that_it_starts(name: str) -> None:
    environment: dict[str, str] = _PROGRAM[name]["environment"]
    known = (_ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert all(f"`{setting}`" in known for setting in environment)
    config = load_config({}, environment)
    assert isinstance(config.archive, ArchiveServer)
    for address in (config.store, config.archive.address, config.broker.address):
        parts = urlsplit(address)
        assert parts.hostname in _PROGRAM[name]["depends_on"]
        assert (parts.username, parts.password) == (None, None)
    assert all(_PROGRAM[name]["depends_on"][server] == {"condition": "service_healthy"} for server in _servers())


def _servers() -> set[str]:
    return set(_SERVICES) - set(_PROGRAM) - {"nginx"}


def test_workers_find_in_them_all_that_they_share(tmp_path: Path) -> None:
    pytest.importorskip("celery")
    from commands.workers import open_cluster

    (tmp_path / "broker").write_text("secret\n")
    for service in _WORKERS.values():
        given = {key: value.replace("/run/secrets", str(tmp_path)) for key, value in service["environment"].items()}
        url = open_cluster(load_config({}, given)).app.conf.broker_url
        assert url == "amqp://claimgraph:secret@rabbitmq/claimgraph"


@pytest.mark.parametrize("name", _SERVICES)
def test_secrets_are_files_and_are_there_where_they_are_looked_for(name: str) -> None:
    service = _SERVICES[name]
    mounted = _list_secrets(service)
    assert set(mounted.values()) <= set(_COMPOSE["secrets"])
    assert {value for value in service.get("environment", {}).values() if _MOUNTED in str(value)} <= set(mounted)
    for setting in service.get("environment", {}):
        assert setting.endswith("_FILE") or not re.search(r"TOKEN|PASSWORD|SECRET|PASS\b|KEY|AUTH", setting), setting


def test_each_secret_is_out_of_reach_of_git_and_made_by_the_docs() -> None:
    made = set(re.findall(r"deploy/secrets/(\w+)", _DOCS))
    [names] = re.findall(r"for name in ([\w ]+); do", _DOCS)
    for name, secret in _COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert name in made | set(names.split())
    assert "/deploy/secrets/" in (_ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_the_broker_is_made_with_the_account_and_virtual_host_that_are_asked_for() -> None:
    made = dict(re.findall(r"^(\w+) = (\w+)$", (_DEPLOY / "rabbitmq.conf").read_text("utf-8"), re.MULTILINE))
    broker = load_config({}, _OWN["plan"]["environment"]).broker
    assert (made["default_user"], f"/{made['default_vhost']}") == (broker.user, urlsplit(broker.address).path)
    assert "default_pass" not in made


def test_what_waits_for_another_waits_for_one_that_tells_how_it_does() -> None:
    for service in _SERVICES.values():
        for name, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "test" in _SERVICES[name].get("healthcheck", {}) or name == "pages"  # by the image
    assert "healthcheck" not in _OWN["pages"]
    assert all(_OWN[name]["healthcheck"] == {"disable": True} for name in _WORKERS if name != "plan")


def test_workers_have_the_time_that_the_docs_name() -> None:
    assert "150 seconds" in _DOCS
    assert {service["stop_grace_period"] for service in _WORKERS.values()} == {"150s"}


@pytest.mark.parametrize("name", _SERVICES)
def test_nothing_has_more_rights_than_it_needs(name: str) -> None:
    service = _SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    if name in _PROGRAM:
        assert service["read_only"]
        assert not {"user", "cap_add", "volumes", "ports"} & set(service)


@pytest.mark.parametrize("name", [name for name in _SERVICES if name not in _PROGRAM])
def test_volumes_are_declared_files_are_there_and_images_have_a_version(name: str) -> None:
    for volume in _SERVICES[name].get("volumes", ()):
        source, *_, rights = volume.split(":")
        if source.startswith("./"):
            assert (_DEPLOY / source).is_file()
            assert rights == "ro"
        else:
            assert source in _COMPOSE["volumes"]
    assert re.fullmatch(r"\w+:\d+(\.\d+)?(-\w+)?", _SERVICES[name]["image"])


def test_neo4j_is_the_one_of_its_own_file() -> None:
    assert _OWN["neo4j"]["extends"] == {"file": "neo4j.yaml", "service": "neo4j"}
    assert set(_NEO4J["secrets"]) <= set(_COMPOSE["secrets"])
    assert set(_NEO4J["volumes"]) <= set(_COMPOSE["volumes"])


def test_nginx_leads_to_the_pages_and_agrees_with_the_proxy_of_the_machine() -> None:
    balancer, proxy = ((_DEPLOY / name).read_text("utf-8") for name in ("balancer.conf", "nginx.conf"))
    [(host, port)] = re.findall(r"^    server (\w+):(\d+) resolve;$", balancer, re.MULTILINE)
    assert "--port" not in _OWN[host]["command"]  # 8000 unless given
    assert port == "8000"
    [published] = _OWN["nginx"]["ports"]
    address, _, inside = published.rpartition(":")
    assert f"listen {inside};" in balancer
    assert f"server {address};" in proxy
    kept = r"^ +((?:keepalive|large_client|client_max|proxy_http|proxy_read|proxy_set_header (?:Host|Conn)).*)$"
    assert len(re.findall(kept, balancer, re.MULTILINE)) == 8
    assert set(re.findall(kept, balancer, re.MULTILINE)) <= set(re.findall(kept, proxy, re.MULTILINE))
    assert "limit_req" not in balancer
    assert "X-Forwarded" not in re.sub(r"#.*", "", balancer)  # what is not set goes on as it came


def test_every_command_of_the_docs_is_one() -> None:
    lines = re.findall(r"^ +docker compose -f deploy/cluster\.yaml exec (\w+) ([^#\n]+)", _DOCS, re.MULTILINE)
    assert len(lines) >= 2
    for service, command in lines:
        assert service in _PROGRAM
        check(shlex.split(command))


@pytest.mark.skipif(not shutil.which("psql"), reason="psql is not installed")
def test_its_statements_make_an_archive_for_an_account_that_may_do_no_more(
    postgres_server: "Postgres", tmp_path: Path
) -> None:
    import psycopg

    (tmp_path / "archive").write_text("it's a secret\n")
    names = {"/run/secrets": str(tmp_path), "ROLE claimgraph": "ROLE reporter", "OWNER claimgraph": "OWNER reporter"}
    text = (_DEPLOY / "postgres.sql").read_text("utf-8").replace("DATABASE claimgraph", "DATABASE newsroom")
    for old, new in names.items():
        text = text.replace(old, new)
    (tmp_path / "made.sql").write_text(text)
    first = postgres_server.place("postgres")
    done = subprocess.run(
        ["psql", "-X", "-q", "-f", str(tmp_path / "made.sql"), first.address],
        env={"PGUSER": first.user, "PGPASSWORD": first.password, "PATH": "/usr/bin:/bin"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    place = Place(postgres_server.place("newsroom").address, "reporter", "it's a secret")
    try:
        with Archive(place) as archive:
            assert not archive.list_feeds()
        with psycopg.connect(place.address, user=place.user, password=place.password) as db:
            rights = db.execute("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'reporter'")
            assert rights.fetchone() == (False, False, False)
    finally:
        postgres_server.remove(place)
        postgres_server.execute("DROP ROLE reporter")
