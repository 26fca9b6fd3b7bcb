"""`watch`: what is new about something, sent by mail or webhook."""

import secrets
from collections.abc import Sequence
from ipaddress import ip_address

import click

from commands.delivering import deliver, name_watched
from commands.mail_settings import check_mail_address
from commands.opening import locking, open_archive, open_existing, require_store
from commands.options import PAGE_LANGUAGES, json_option, query_argument, read_clock
from commands.printing import print_view, report_failures, say, tell
from commands.settings import Config
from graph.answers import queries
from graph.errors import ConfigError, NotFound, QueryError
from graph.ids import make_source_id
from graph.records import USUAL_NEWS, Channel, News, Watch, Watched, WatchedKind
from graph.store import GraphStore
from graph.watching.since import understand_search

_SECRET_BYTES = 32


def _read_news(_context: click.Context, _parameter: click.Parameter, text: str) -> tuple[News, ...]:
    names = {name.strip() for name in text.split(",")}
    wrong = sorted(names - set(News))
    if wrong:
        raise click.BadParameter(f"{wrong[0]!a} is none; there are {', '.join(News)}")
    return tuple(news for news in News if news in names)


@click.group()
def watch() -> None:
    """What is new about something, sent by mail or webhook at the end of every `ingest`."""


@watch.command("add")
@query_argument
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in WatchedKind]),
    default=WatchedKind.SEARCH.value,
    show_default=True,
    help="What QUERY is: a search text, a name, the id of a matter, two of them as ONE.OTHER, or a domain.",
)
@click.option(
    "--news",
    metavar="KIND,…",
    default=",".join(USUAL_NEWS),
    show_default=True,
    callback=_read_news,
    help="What counts as new; also claim: any claim, repetitions among them.",
)
@click.option("--mail", metavar="ADDRESS", help="Sends a plain mail there.")
@click.option("--webhook", metavar="URL", help="Sends signed JSON there; the secret is shown once.")
@click.option("--daily", is_flag=True, help="At most once a day; else at the end of every run that brings something.")
@click.option("--lang", type=PAGE_LANGUAGES, default="en", show_default=True, help="The language of mails.")
@json_option
@click.pass_obj
def add_watch(
    config: Config,
    query: str,
    kind: str,
    news: tuple[News, ...],
    mail: str | None,
    webhook: str | None,
    daily: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Sends what is new about QUERY from now on: what is fetched after this moment, each once.

    Weak and misread claims bring no news.
    """
    from web.text.watches import format_watch

    if bool(mail) == bool(webhook):
        raise click.UsageError("say where to: either --mail ADDRESS or --webhook URL")
    if mail:
        check_mail_address(mail, "--mail")
        if not config.mail.sender:
            message = (
                "--mail: say first which address mails come from: mail_from in the settings, or CLAIMGRAPH_MAIL_FROM"
            )
            raise ConfigError(message, subject="mail_from")
    else:
        _check_webhook(config, webhook or "")
    secret = secrets.token_urlsafe(_SECRET_BYTES) if webhook else ""
    with open_existing(config) as store, open_archive(config) as archive:
        watched = _find_watched(store, WatchedKind(kind), query.strip(), news)
        what = name_watched(store, watched, lang)
        channel, to = Channel.WEBHOOK if webhook else Channel.MAIL, mail or webhook or ""
        for one in archive.list_watches():
            if (one.watched, one.channel, one.to) == (watched, channel, to):
                message = (
                    f"watch {one.number} sends this to {to} already; `claimgraph watch remove {one.number}` ends it"
                )
                raise ConfigError(message, subject=what)
        made = archive.add_watch(Watch(0, watched, channel, to, lang, daily, read_clock()), secret)
        print_view(made, format_watch(made, what), as_json)
    if secret:
        say(f"secret, shown this once: {secret}")


@watch.command("list")
@json_option
@click.pass_obj
def list_watches(config: Config, as_json: bool) -> None:
    """What is watched, where its news go, how many were sent, and why none can be."""
    from web.text.watches import format_watch

    with open_existing(config) as store, open_archive(config) as archive:
        watches = archive.list_watches()
        for one in watches:
            print_view(one, format_watch(one, _name_or_say(store, one)), as_json)
    if not watches:
        tell(config, "nothing is watched; `claimgraph watch add QUERY --mail ADDRESS` begins")


@watch.command("remove")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=int)
@click.pass_obj
def remove_watch(config: Config, numbers: Sequence[int]) -> None:
    """Sends nothing more of these."""
    require_store(config)
    with open_archive(config) as archive:
        for number in numbers:
            archive.remove_watch(number)
            tell(config, f"watch {number}: removed")


@watch.command("run")
@click.pass_obj
def run_watches(config: Config) -> None:
    """Sends what is new now; `ingest` ends with it."""
    with open_existing(config) as store, open_archive(config) as archive, locking(config) as free:
        if not free:
            tell(config, "an ingest is running; it sends what is new when it ends")
            return
        failures = deliver(config, store, archive, read_clock())
    report_failures(failures, brief=config.quiet)


def _find_watched(store: GraphStore, kind: WatchedKind, text: str, news: tuple[News, ...]) -> Watched:
    """What the text names. NotFound, or QueryError for a search of which something is not understood."""
    if kind is WatchedKind.ENTITY:
        return Watched(kind, queries.find_entity(store, text).id, news)
    if kind is WatchedKind.SOURCE:
        return Watched(kind, make_source_id(text), news)
    if kind is WatchedKind.CONTRADICTION:
        return Watched(kind, ".".join(sorted(text.split("."))), news)
    if kind is WatchedKind.SEARCH:
        from web.language.measures import spell_measures

        if understand_search(store, text, read_clock(), spell_measures()) is None:
            message = f"{text}: a part of it is not understood; `claimgraph search` says which"
            raise QueryError(message, subject=text, reason="refused")
    return Watched(kind, text, news)


def _name_or_say(store: GraphStore, one: Watch) -> str:
    try:
        return name_watched(store, one.watched, "en")
    except NotFound as error:
        return str(error)


def _check_webhook(config: Config, url: str) -> None:
    """ConfigError for what is no address of a web server, or one that may not be called."""
    from ingest.network.addresses import find_host, is_allowed, is_web_address

    if not is_web_address(url) or "@" in url.partition("://")[2].partition("/")[0]:
        raise ConfigError(
            f"--webhook {url[:80]!a}: an address such as https://hooks.example.org/news, without a password in it",
            subject="--webhook",
        )
    host = find_host(url)
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return  # a name is looked up whenever something is sent
    if not is_allowed(host, config.allowed):
        message = f"--webhook {host} is not a public address; allow its network with --allow-address"
        raise ConfigError(message, subject="--webhook")


COMMANDS = (watch,)
