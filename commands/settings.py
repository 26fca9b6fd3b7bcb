"""Every setting, resolved once: defaults < settings file < environment < flags."""

import ipaddress
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs

from commands.archive_settings import NO_ACCOUNT, ArchiveAccount, ArchiveServer, parse_server, read_account
from commands.broker_settings import NO_BROKER, Broker, read_broker
from commands.mail_settings import NO_MAIL, MailSettings, read_mail
from graph.errors import ConfigError
from graph.stores import find_file

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# What a settings file may hold.
_KINDS = {
    "store": "text",
    "archive": "text",
    "archive_user": "text",
    "archive_password_file": "text",
    "broker": "text",
    "broker_user": "text",
    "broker_password_file": "text",
    "allow_addresses": "a list of texts",
    "contact": "text",
    "reader": "text",
    "zone": "text",
    "pages": "text",
    "take_reports": "true or false",
    "judgements_wait": "true or false",
    "graph_articles": "text",
    "mail_from": "text",
    "mail_server": "text",
    "mail_user": "text",
    "mail_password_file": "text",
    "llm_endpoint": "text",
    "llm_model": "text",
    "llm_key_file": "text",
    "llm_tokens_a_day": "a whole number",
    "llm_context": "a whole number",
    "llm_parallel": "a whole number",
    "llm_timeout": "a whole number",
}
WITH_CLAIMS = "with-claims"
GRAPH_ARTICLES = ("all", WITH_CLAIMS)
READERS = ("learned", "llm", "both")
UTC_NAME = "UTC"
PAGES = "http://127.0.0.1:8000"
_SWITCHES = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model that a user has named (docs/language-model.md); without an endpoint nothing is sent anywhere.

    key_file  holds the key; None where the endpoint asks for none
    context   tokens that the model takes and gives at once
    parallel  requests at a time; timeout: seconds for one answer
    """

    endpoint: str = ""
    model: str = ""
    key_file: Path | None = None
    tokens_a_day: int = 200_000
    context: int = 16_384
    parallel: int = 4
    timeout: int = 300


@dataclass(frozen=True, slots=True)
class Config:
    """What the program was told.

    store    where the graph lives: a file or a Bolt address
    archive  what was fetched: a file beside the store's file, else in the user's data folder; or a server
    data     the curated tables, ready queries and demo story that come with the program
    scrapers the user's folder of rules for index pages, beside the settings file; None where nobody has a home
    reader   where `learn` keeps a reader of the user's own, which then reads; None where nobody has a home
    allowed  private networks that may be called all the same
    contact  how to reach the operator; sent in the User-Agent
    quiet    only failures are told
    zone     whose days Today tells of, by the name that tzdata has for it
    reads_with  what reads articles, one of READERS
    model    the language model that reads where reads_with is not "learned"
    pages    where the pages are, for links in what is sent; without a slash at its end
    take_reports  whether readers who may not judge may report a misreading
    judgements_wait  whether what follows from a judgement on the pages waits, where the graph is on a server
    graph_articles  which articles go to the graph, one of GRAPH_ARTICLES; the others stay in the archive
    archive_account  who asks a server that holds an archive
    broker   through which workers are told what to do; without an address `ingest` does it all by itself
    """

    store: str
    archive: Path | ArchiveServer
    data: Path
    scrapers: Path | None = None
    reader: Path | None = None
    allowed: tuple[Network, ...] = ()
    contact: str = ""
    quiet: bool = False
    zone: str = UTC_NAME
    reads_with: str = READERS[0]
    model: ModelSettings = ModelSettings()
    mail: MailSettings = NO_MAIL
    pages: str = PAGES
    take_reports: bool = False
    judgements_wait: bool = False
    graph_articles: str = GRAPH_ARTICLES[0]
    archive_account: ArchiveAccount = NO_ACCOUNT
    broker: Broker = NO_BROKER

    @property
    def reading_task(self) -> str:
        """What workers are told when news are to be read, one of QUEUES: a model is asked an article at a time."""
        return "read" if self.reads_with == READERS[0] else "ask"

    @property
    def ledger(self) -> Path:
        """The file of what language models were asked, beside the archive, or where that would be if it were a file."""
        archive = self.archive if isinstance(self.archive, Path) else place_archive(self.store)
        return archive.with_name(f"{archive.name.removesuffix('.archive.db')}.llm.db")


def load_config(flags: Mapping[str, Any], environment: Mapping[str, str]) -> Config:
    """What flags, environment and settings file make together. ConfigError names the setting that is wrong."""
    file = _read_settings(flags.get("config") or environment.get("CLAIMGRAPH_CONFIG"))
    store = flags.get("store") or environment.get("CLAIMGRAPH_STORE") or file.get("store") or find_usual_store()
    usual_archive = place_archive(store)  # ConfigError for what is no store
    contact = environment.get("CLAIMGRAPH_CONTACT") or file.get("contact", "")
    if not contact.isprintable():
        raise ConfigError("contact: one line of text, such as an e-mail address", subject="contact")
    account = read_account(environment, file)
    archive = environment.get("CLAIMGRAPH_ARCHIVE") or file.get("archive")
    allowed = (
        *flags.get("allow_address", ()),
        *environment.get("CLAIMGRAPH_ALLOW_ADDRESSES", "").split(","),
        *file.get("allow_addresses", ()),
    )
    return Config(
        store=store,
        archive=parse_server(archive, account) if archive else usual_archive,
        data=Path(__file__).resolve().parents[1] / "data",
        scrapers=_find_scrapers(flags.get("config") or environment.get("CLAIMGRAPH_CONFIG")),
        reader=_find_reader(),
        allowed=tuple(_parse_network(text.strip()) for text in allowed if text.strip()),
        contact=contact,
        quiet=bool(flags.get("quiet")),
        zone=check_zone(environment.get("CLAIMGRAPH_ZONE") or file.get("zone", "")),
        reads_with=check_reader(flags.get("reader") or environment.get("CLAIMGRAPH_READER") or file.get("reader", "")),
        model=_read_model(environment, file),
        mail=read_mail(environment, file),
        pages=_read_pages(environment.get("CLAIMGRAPH_PAGES") or file.get("pages", "")),
        take_reports=_read_switch("take_reports", environment, file),
        judgements_wait=_read_switch("judgements_wait", environment, file),
        graph_articles=_check_articles(environment.get("CLAIMGRAPH_GRAPH_ARTICLES") or file.get("graph_articles", "")),
        archive_account=account,
        broker=read_broker(environment, file),
    )


def list_variables(config: Config) -> tuple[tuple[str, str], ...]:
    """The settings without a flag that are not as usual, as environment variables: archive, broker, contact, reader and
    its model, mail.

    The file of a key or password is named in full; what is in it is nowhere.
    """
    usual = Config(store=config.store, archive=config.archive, data=config.data)
    account, usual_account = config.archive_account, usual.archive_account
    given: dict[str, tuple[object, object]] = {
        "ARCHIVE": (config.archive.address if isinstance(config.archive, ArchiveServer) else "", ""),
        "ARCHIVE_USER": (account.user, usual_account.user),
        "ARCHIVE_PASSWORD_FILE": (account.password_file, usual_account.password_file),
        "BROKER": (config.broker.address, usual.broker.address),
        "BROKER_USER": (config.broker.user, usual.broker.user),
        "BROKER_PASSWORD_FILE": (config.broker.password_file, usual.broker.password_file),
        "CONTACT": (config.contact, usual.contact),
        "READER": (config.reads_with, usual.reads_with),
        "ZONE": (config.zone, usual.zone),
        "PAGES": (config.pages, usual.pages),
        "JUDGEMENTS_WAIT": (str(config.judgements_wait).lower(), str(usual.judgements_wait).lower()),
        "GRAPH_ARTICLES": (config.graph_articles, usual.graph_articles),
        "TAKE_REPORTS": (str(config.take_reports).lower(), str(usual.take_reports).lower()),
        "MAIL_FROM": (config.mail.sender, usual.mail.sender),
        "MAIL_SERVER": (config.mail.server, usual.mail.server),
        "MAIL_USER": (config.mail.user, usual.mail.user),
        "MAIL_PASSWORD_FILE": (config.mail.password_file, usual.mail.password_file),
    }
    for field in fields(ModelSettings):
        given[f"LLM_{field.name.upper()}"] = (getattr(config.model, field.name), getattr(usual.model, field.name))
    return tuple(
        (f"CLAIMGRAPH_{name}", str(value.absolute() if isinstance(value, Path) else value))
        for name, (value, default) in given.items()
        if value != default
    )


def check_reader(name: str) -> str:
    """One of READERS, the first when none is named. ConfigError for any other."""
    if name and name not in READERS:
        raise ConfigError(f"reader {name}: there are {', '.join(READERS)}", subject="reader")
    return name or READERS[0]


def _check_articles(name: str) -> str:
    if name and name not in GRAPH_ARTICLES:
        raise ConfigError(f"graph_articles {name[:60]}: all, or {WITH_CLAIMS}", subject="graph_articles")
    return name or GRAPH_ARTICLES[0]


def check_zone(name: str) -> str:
    """The name of a zone that this system knows, UTC when none is named. ConfigError for any other."""
    find_zone(name or UTC_NAME)
    return name or UTC_NAME


def find_zone(name: str) -> tzinfo:
    """The zone of that name. ConfigError when this system knows none."""
    if name == UTC_NAME:
        return UTC  # also where there is no tzdata
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"zone {name[:60]}: no time zone that is known here; write one such as Asia/Tokyo"
        raise ConfigError(message, subject="zone") from error


def _read_model(environment: Mapping[str, str], file: Mapping[str, Any]) -> ModelSettings:
    """The settings that begin with `llm_`, those of the environment first."""

    def find(name: str) -> Any:
        return environment.get(f"CLAIMGRAPH_LLM_{name.upper()}") or file.get(f"llm_{name}")

    def count(name: str, usual: int, least: int) -> int:
        value = find(name)
        try:
            number = usual if value is None else int(value)
        except ValueError:
            number = -1
        if number < least:
            raise ConfigError(f"llm_{name}: a whole number from {least:,} up, not {value}", subject=f"llm_{name}")
        return number

    endpoint = find("endpoint") or ""
    if endpoint and not re.match(r"https?://[^/\s]", endpoint):
        message = f"llm_endpoint {endpoint}: an address such as http://127.0.0.1:11434/v1"
        raise ConfigError(message, subject="llm_endpoint")
    usual = ModelSettings()
    return ModelSettings(
        endpoint=endpoint,
        model=find("model") or "",
        key_file=Path(find("key_file")) if find("key_file") else None,
        tokens_a_day=count("tokens_a_day", usual.tokens_a_day, 0),
        context=count("context", usual.context, 4_096),
        parallel=count("parallel", usual.parallel, 1),
        timeout=count("timeout", usual.timeout, 1),
    )


def _read_pages(text: str) -> str:
    if text and not re.match(r"https?://[^/\s]", text):
        raise ConfigError(f"pages {text[:80]!a}: an address such as https://claims.example.org", subject="pages")
    return text.rstrip("/") or PAGES


def _read_switch(name: str, environment: Mapping[str, str], file: Mapping[str, Any]) -> bool:
    text = environment.get(f"CLAIMGRAPH_{name.upper()}", "")
    if text and text not in _SWITCHES:
        raise ConfigError(f"{name}: {' or '.join(_SWITCHES)}, not {text[:20]!a}", subject=name)
    return _SWITCHES[text] if text else bool(file.get(name, False))


def place_archive(store: str) -> Path:
    """Where the archive of a store lies. ConfigError when the store is neither a file nor a graph server."""
    path = find_file(store)
    if path is None:
        return find_folder(platformdirs.user_data_path) / "claimgraph.archive.db"
    if not path.name:
        raise ConfigError(f"--store {store}: name a file", subject=store)
    return path.with_name(f"{path.stem}.archive.db")


def find_folder(kind: Callable[[str], Path]) -> Path:
    """The program's folder of a kind, such as platformdirs.user_data_path. ConfigError where nobody has a home."""
    try:
        return kind("claimgraph")
    except RuntimeError as error:
        raise ConfigError("no home folder is known; set HOME, or name a file with --store") from error


def find_usual_store() -> str:
    """The store where none is named. ConfigError where nobody has a home."""
    return str(find_folder(platformdirs.user_data_path) / "claimgraph.db")


def _read_settings(path: str | None) -> dict[str, Any]:
    """The settings file named, which must exist, or the user's own, which need not."""
    chosen = Path(path) if path else _find_own_settings()
    if not chosen:
        return {}
    try:
        settings = tomllib.loads(chosen.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"settings file {chosen}: {error.strerror}", subject=str(chosen)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings file {chosen}: not TOML: {error}", subject=str(chosen)) from error
    for name, value in settings.items():
        if name not in _KINDS:
            message = f"settings file {chosen}: there is no setting {name}; there are {', '.join(_KINDS)}"
            raise ConfigError(message, subject=name)
        if not _is_right(name, value):
            raise ConfigError(f"settings file {chosen}: {name} must be {_KINDS[name]}", subject=name)
    return settings


def _find_scrapers(settings: str | None) -> Path | None:
    """The folder `scrapers` beside the settings file named, else in the user's configuration folder."""
    try:
        folder = Path(settings).parent if settings else find_folder(platformdirs.user_config_path)
    except ConfigError:
        return None
    return folder / "scrapers"


def _find_reader() -> Path | None:
    """The folder `reader` in the user's data folder."""
    try:
        return find_folder(platformdirs.user_data_path) / "reader"
    except ConfigError:
        return None


def _find_own_settings() -> Path | None:
    try:
        path = find_folder(platformdirs.user_config_path) / "claimgraph.toml"
        return path if path.exists() else None
    except (ConfigError, OSError):
        return None  # an account without a home, or with a locked one, has no settings of its own


def _is_right(name: str, value: object) -> bool:
    if name == "allow_addresses":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if _KINDS[name] == "true or false":
        return isinstance(value, bool)
    if _KINDS[name] == "a whole number":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def _parse_network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        message = f"{text}: no address that could be allowed; write one, or a network such as 127.0.0.0/8"
        raise ConfigError(message, subject=text) from error
