"""The command line and its configuration; the one module that knows ingest, graph and web.

Records go to stdout (`--json`: one object a line), messages and progress to stderr. Exit codes: 0 all well,
1 some items failed, 2 wrong use or a refused query, 3 the store cannot be used, 130 interrupted.
"""

import ipaddress
import json
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from graph import queries
from graph.errors import ClaimGraphError, ConfigError, FetchError, NotFound, ParseError, QueryError, StoreError
from graph.export import iter_entity_lines, make_claim_line
from graph.guard import find_unknown_names
from graph.records import Article, ArticleId, ClaimId, EntityId, Failure, Feed, RunSummary, SourceId, Stage
from graph.store import GraphStore, QueryLimits, open_store
from graph.views import ArticleDetail, ClaimDetail, ClaimView, EntityDetail, SourceDetail, StatusView, to_json

if TYPE_CHECKING:
    from flask import Flask

    from ingest.archive import Archive
    from ingest.pipeline import Fetch
    from ingest.read import Given
    from ingest.session import Session

EXIT_FAILED, EXIT_USAGE, EXIT_STORE, EXIT_INTERRUPTED = 1, 2, 3, 130
# A run with hundreds of failures names the first of them; `claimgraph status` and --json have all.
_SHOWN_FAILURES = 20

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, resolved once: defaults < settings file < environment < flags.

    store    where the graph lives: a file or a Bolt address
    archive  the file of what was fetched: beside the store's file, else in the user's data folder
    data     the curated tables, ready queries and demo story that come with the program
    allowed  private networks that may be called all the same
    contact  how to reach the operator; sent in the User-Agent
    """

    store: str
    archive: Path
    data: Path
    allowed: tuple[Network, ...] = ()
    contact: str = ""
    quiet: bool = False


def load_config(flags: Mapping[str, Any], environment: Mapping[str, str]) -> Config:
    """What flags, environment and settings file make together. ConfigError names the setting that is wrong."""
    file = _read_settings(flags.get("config") or environment.get("CLAIMGRAPH_CONFIG"))
    store = str(flags.get("store") or environment.get("CLAIMGRAPH_STORE") or file.get("store") or _default_store())
    allowed = (
        *flags.get("allow_address", ()),
        *environment.get("CLAIMGRAPH_ALLOW_ADDRESSES", "").split(","),
        *file.get("allow_addresses", ()),
    )
    return Config(
        store=store,
        archive=_place_archive(store),
        data=Path(__file__).resolve().parent / "data",
        allowed=tuple(_parse_network(text.strip()) for text in allowed if text.strip()),
        contact=str(environment.get("CLAIMGRAPH_CONTACT") or file.get("contact") or ""),
        quiet=bool(flags.get("quiet")),
    )


def _read_settings(path: str | None) -> dict[str, Any]:
    chosen = Path(path) if path else platformdirs.user_config_path("claimgraph") / "claimgraph.toml"
    if not path and not chosen.exists():
        return {}
    try:
        return tomllib.loads(chosen.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"settings file {chosen}: {error.strerror}", subject=str(chosen)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings file {chosen}: not TOML: {error}", subject=str(chosen)) from error


def _default_store() -> Path:
    return platformdirs.user_data_path("claimgraph") / "claimgraph.db"


def _place_archive(store: str) -> Path:
    if "://" in store:
        return platformdirs.user_data_path("claimgraph") / "claimgraph.archive.db"
    path = Path(store.removeprefix("sqlite:"))
    return path.with_name(f"{path.stem}.archive.db")


def _parse_network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        message = f"--allow-address {text}: write an address or a network such as 127.0.0.0/8"
        raise ConfigError(message, subject=text) from error


class _Commands(click.Group):
    """Turns the project's errors into messages and exit codes, once, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ConfigError, QueryError, NotFound) as error:
            _complain(error)
            ctx.exit(EXIT_USAGE)
        except StoreError as error:
            _complain(error)
            ctx.exit(EXIT_STORE)
        except ClaimGraphError as error:
            _complain(error)
            ctx.exit(EXIT_FAILED)
        except KeyboardInterrupt:
            _say("interrupted; what was stored stays, the rest is taken up by the next run")
            ctx.exit(EXIT_INTERRUPTED)
        except BrokenPipeError:
            # The reader of a pipe went away (`claimgraph search … | head`): no error, and nothing more to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _complain(error: ClaimGraphError) -> None:
    click.secho("claimgraph: ", fg="red", err=True, nl=False)
    click.echo(str(error), err=True)


def _say(text: str) -> None:
    click.echo(text, err=True)


_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--store", metavar="ADDRESS", help="Where the graph lives: a file.  [env: CLAIMGRAPH_STORE]")
@click.option("--config", metavar="FILE", help="Settings file in TOML.  [env: CLAIMGRAPH_CONFIG]")
@click.option(
    "--allow-address", metavar="CIDR", multiple=True, help="A private network that may be called all the same."
)
@click.option("-q", "--quiet", is_flag=True, help="Only say what failed.")
@click.version_option(package_name="claimgraph")
@click.pass_context
def main(ctx: click.Context, /, **flags: Any) -> None:
    """Who claims what about whom in AI, through whom, how firmly, in which sentence.

    A first look: `claimgraph demo`. Your own: `claimgraph feeds add URL`, `claimgraph ingest`, `claimgraph serve`.
    """
    ctx.obj = load_config(flags, os.environ)


@main.command()
@click.argument("documents", metavar="URL-or-FILE...", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["en", "ja"]), help="The language, where the text does not tell.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of publication, where it gives none.")
@click.option("--title", default="", help="The title, where it has none.")
@click.option("--source", default="", help="Who published it: a name or a domain.")
@_json_option
@click.pass_obj
def add(
    config: Config,
    documents: Sequence[str],
    lang: str | None,
    day: datetime | None,
    title: str,
    source: str,
    as_json: bool,
) -> None:
    """Reads feeds, pages, HTML or text files now and shows what claims they hold."""
    from ingest.read import Given

    given = Given(title, lang, source, day.replace(tzinfo=UTC) if day else None)
    failures: list[Failure] = []
    with _open_archive(config) as archive, _open_graph(config) as store, _working(config, store) as session:
        for document in documents:
            before = len(session.found)
            failures += _add_one(config, session, archive, document, given)
            claims = session.found[before:]
            _print_claims(queries.view_claims(store, claims), as_json)
            _say(f"{document}: {len(claims)} claims")
    _report_failures(failures)


@main.command()
@click.option("--only", metavar="FEED", help="Read this feed alone, due or not.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), help="Pages and articles at the most; the rest stays for later."
)
@click.option("--since", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="Leave older entries for later.")
@click.option("--dry-run", is_flag=True, help="Ask the feeds, keep nothing.")
@_json_option
@click.pass_obj
def ingest(
    config: Config, only: str | None, limit: int | None, since: datetime | None, dry_run: bool, as_json: bool
) -> None:
    """One run over the feeds that are due: their new articles, read and stored."""
    from web.terminal import format_run

    with _open_archive(config) as archive, _lock(config) as free:
        if not free:
            _say("another ingest is running; nothing to do")
            return
        with _open_graph(config) as store, _working(config, store) as session:
            start = since.replace(tzinfo=UTC) if since else None
            summary = _ingest(config, session, archive, only=only, limit=limit, since=start, dry_run=dry_run)
    if as_json:
        _print_json(_summarize(summary))
    else:
        _say(format_run(summary))
    if session.stopped:
        sys.exit(EXIT_INTERRUPTED)
    _report_failures(summary.failures)


@main.group()
def feeds() -> None:
    """The feeds that `ingest` reads."""


@feeds.command("add")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def add_feeds(config: Config, urls: Sequence[str]) -> None:
    """Adds feeds by address; of a page, the feeds that it names."""
    from ingest.pipeline import make_failure
    from ingest.read import find_feeds

    failures: list[Failure] = []
    with _open_archive(config) as archive, _open_graph(config) as store, _working(config, store) as session:
        for url in urls:
            try:
                found = session.run(partial(find_feeds, url=url, now=_now()))
            except (FetchError, ParseError) as error:
                failures.append(make_failure(error, Stage.FEED, url))
                continue
            for feed in found:
                new = archive.add_feed(feed)
                click.echo(f"{feed.url}  {feed.title}  {'added' if new else 'known already'}")
    _report_failures(failures)


@feeds.command("list")
@_json_option
@click.pass_obj
def list_feeds(config: Config, as_json: bool) -> None:
    """The feeds, when each was read and how it went."""
    from web.terminal import format_feed

    with _open_archive(config) as archive:
        states = archive.list_feeds()
    for state in states:
        _print_view(state, format_feed(state), as_json)
    if not states:
        _say("no feeds yet; `claimgraph feeds add URL` adds one, `claimgraph feeds import FILE` a list")


@feeds.command("remove")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def remove_feeds(config: Config, urls: Sequence[str]) -> None:
    """Takes feeds off the list; what was read from them stays."""
    with _open_archive(config) as archive:
        for url in urls:
            archive.remove_feed(url)


@feeds.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def import_feeds(config: Config, file: Any) -> None:
    """Adds the feeds of an OPML file."""
    from ingest.opml import parse_opml

    found = parse_opml(file.read(), file.name)
    with _open_archive(config) as archive:
        new = sum(archive.add_feed(feed) for feed in found)
    _say(f"{new} feeds added, {len(found) - new} known already")


@feeds.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@click.pass_obj
def export_feeds(config: Config, file: Any) -> None:
    """Writes the feeds as OPML 2.0."""
    from ingest.opml import format_opml

    with _open_archive(config) as archive:
        file.write(format_opml(state.feed for state in archive.list_feeds()))


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.pass_obj
def demo(config: Config, port: int) -> None:
    """Loads the demo story of January 2025 into a store of its own and shows its pages."""
    store = str(platformdirs.user_cache_path("claimgraph") / "demo" / "demo.db")
    config = replace(config, store=store, archive=_place_archive(store))
    _load_demo(config)
    _serve(config, "127.0.0.1", port, notice="A demo: invented outlets retell public facts of January 2025.")


@main.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Claims at the most.")
@_json_option
@click.pass_obj
def search(config: Config, query: str, limit: int, as_json: bool) -> None:
    """Claims, newest first: speaker:sacks about:deepseek type:allegation since:7d "exact words" -word."""
    with _open_existing(config) as store:
        view = queries.search(store, query, _now(), limit=limit)
    if not view.claims and not as_json:
        _say("no claim matches; fewer words find more")
    _print_claims(view.claims, as_json)


@main.command()
@click.argument("id")
@_json_option
@click.pass_obj
def show(config: Config, id: str, as_json: bool) -> None:
    """A claim, entity, article or source by its id."""
    from web.terminal import format_record

    with _open_existing(config) as store:
        view = _find_record(store, id)
    _print_view(view, format_record(view), as_json)


@main.command()
@click.argument("query", required=False)
@click.option("--file", "file", type=click.File(encoding="utf-8"), help="Read the query from a file.")
@click.option("--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter; numbers and JSON are read.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 100_000), help="Rows at the most.")
@_json_option
@click.pass_obj
def cypher(config: Config, query: str | None, file: Any, params: Sequence[str], limit: int, as_json: bool) -> None:
    """Asks the graph in Cypher, read-only: MATCH (c:Claim)-[:SUBJECT]->(e) RETURN e.name AS name, count(*) AS n."""
    from web.terminal import format_table

    text = file.read() if file else query
    if not text:
        raise click.UsageError("give a query, or --file FILE")
    for name in find_unknown_names(text):
        _say(f"note: the graph has no {name}; such a pattern matches nothing")
    with _open_existing(config) as store:
        table = store.cypher(text, dict(map(_read_parameter, params)), QueryLimits(rows=limit))
    if as_json:
        for row in table.rows:
            _print_json(dict(zip(table.columns, row, strict=True)))
    else:
        click.echo(format_table(table))
    more = "; there are more, --limit gives them" if table.truncated else ""
    _say(f"{len(table.rows)} rows in {table.ms:.0f} ms{more}")


@main.command()
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day they were published.")
@click.option("--lang", help="Their language; found from the text when not given.")
@click.option("--claims", "claims_file", required=True, type=click.File("w", encoding="utf-8"), help="Claims go here.")
@click.option("--entities", "entities_file", type=click.File("w", encoding="utf-8"), help="Entities go here.")
@click.pass_obj
def extract(
    config: Config, texts: tuple[Path, ...], day: datetime, lang: str | None, claims_file: Any, entities_file: Any
) -> None:
    """What text files claim, as JSON Lines in the evaluation format. Touches no store."""
    from ingest.nlp.load import load_extractor
    from ingest.nlp.tables import load_tables

    extractor = load_extractor(load_tables(config.data / "entities"))
    articles = (_make_text_article(path, day.replace(tzinfo=UTC), lang) for path in texts)
    failed = 0
    for path, result in zip(texts, extractor.extract(articles), strict=True):
        if isinstance(result, Failure):
            failed += 1
            _say(result.message)
            continue
        _write_lines(claims_file, (make_claim_line(claim, path.name) for claim in result.claims))
        if entities_file:
            _write_lines(entities_file, iter_entity_lines(result, path.name))
        _say(f"{path.name}: {len(result.claims)} claims, {len(result.entities)} entities")
    if failed:
        sys.exit(EXIT_FAILED)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.pass_obj
def serve(config: Config, host: str, port: int) -> None:
    """Shows the pages and answers the API until Ctrl-C."""
    _serve(config, host, port)


@main.command()
@_json_option
@click.pass_obj
def status(config: Config, as_json: bool) -> None:
    """What the store holds, how the feeds do, what the last run did."""
    from web.terminal import format_status

    with _open_existing(config) as store:
        view = _read_status(config, store)
    _print_view(view, format_status(view, config.store), as_json)


@contextmanager
def _working(config: Config, store: GraphStore, fetch: "Fetch | None" = None) -> "Iterator[Session]":
    """A session over the store that SIGINT and SIGTERM end in order."""
    from ingest.fetch import FetchConfig
    from ingest.session import Session

    session = Session(
        FetchConfig(contact=config.contact, allowed=config.allowed),
        config.data / "entities",
        commit=lambda batch: store.add(batch).claims,
        seed=lambda tables: store.add_entities(tables.entities, tables.ties),
        fetch=fetch,
    )
    with session.stopping_on_signals(_say):
        yield session


def _ingest(
    config: Config, session: "Session", archive: "Archive", now: datetime | None = None, **options: Any
) -> RunSummary:
    """One run of the pipeline, shown as it goes."""
    from ingest.pipeline import ingest_run
    from ingest.progress import show_progress

    with show_progress(config.quiet) as progress:
        return session.run(
            lambda fetch, sandbox: ingest_run(
                archive,
                fetch,
                session.extract,
                session.store,
                now or _now(),
                progress=progress,
                stop=lambda: session.stopped,
                sandbox=sandbox,
                **options,
            )
        )


def _load_demo(config: Config) -> None:
    """Builds the demo's store anew: first the story's earlier version, then the story."""
    from ingest.folder import FolderFetcher

    folder = config.data / "demo"
    shutil.rmtree(Path(config.store).parent, ignore_errors=True)
    with _open_archive(config) as archive, _open_graph(config) as store:
        # Two days between the readings: by then every feed is due again.
        for fetch, now in (
            (FolderFetcher(folder / "earlier"), _now() - timedelta(days=2)),
            (FolderFetcher(folder), _now()),
        ):
            for url in fetch.list_feeds():
                archive.add_feed(Feed(url))
            with _working(config, store, fetch) as session:
                _ingest(config, session, archive, now=now)
        counts = store.count()
    _say(f"the demo story: {counts.claims} claims in {counts.articles} articles of {counts.sources} sources")


def _add_one(
    config: Config, session: "Session", archive: "Archive", document: str, given: "Given"
) -> Sequence[Failure]:
    """Reads one document into archive and store; what failed."""
    from ingest.feeds import ParsedFeed
    from ingest.pipeline import make_failure
    from ingest.read import read_address, read_file
    from ingest.sandbox import Sandbox

    try:
        if not re.match(r"https?://", document, re.IGNORECASE):
            with Sandbox() as sandbox:
                return session.keep(archive, read_file(sandbox, Path(document), _now(), given))
        found = session.run(lambda fetch, sandbox: read_address(fetch, sandbox, document, _now(), given))
    except (FetchError, ParseError) as error:
        return [make_failure(error, Stage.FETCH, document)]
    if not isinstance(found, ParsedFeed):
        return session.keep(archive, [found])
    archive.add_feed(Feed(document, found.info.title, found.info.lang))
    return _ingest(config, session, archive, only=document).failures


def _serve(config: Config, host: str, port: int, notice: str = "") -> None:
    from web.server import serve as run_server

    def make_app() -> "Flask":
        from web.app import create_app

        store = open_store(config.store, read_only=True)
        return create_app(store, lambda: _read_status(config, store), notice=notice)

    _open_existing(config).close()
    run_server(make_app, host, port, on_ready=lambda address: _say(f"claimgraph is at {address} (Ctrl-C ends it)"))


def _read_status(config: Config, store: GraphStore) -> StatusView:
    from ingest.archive import Archive

    if not config.archive.exists():
        return StatusView(store.count())
    with Archive(config.archive) as archive:
        return StatusView(store.count(), archive.list_feeds(), archive.latest_run(), archive.count_pending())


@contextmanager
def _lock(config: Config) -> Iterator[bool]:
    """Whether this is the only ingest over the archive; the lock of a dead process is none."""
    from ingest.schedule import RunLock

    lock = RunLock(config.archive.with_name(f"{config.archive.name}.lock"))
    free = lock.acquire()
    try:
        yield free
    finally:
        if free:
            lock.release()


def _open_archive(config: Config) -> "Archive":
    from ingest.archive import Archive

    _make_folder(config.archive.parent)
    return Archive(config.archive)


def _open_graph(config: Config) -> GraphStore:
    if "://" not in config.store:
        _make_folder(Path(config.store.removeprefix("sqlite:")).parent)
    return open_store(config.store)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made ({error.strerror}); choose another place with --store"
        raise StoreError(message, subject=str(folder)) from error


def _open_existing(config: Config) -> GraphStore:
    """The store, for reading. StoreUnavailable, saying how to fill one, when there is none yet."""
    return open_store(config.store, read_only=True)


def _find_record(store: GraphStore, id: str) -> ClaimDetail | ArticleDetail | EntityDetail | SourceDetail:
    if re.fullmatch(r"c[0-9a-f]{20}", id):
        return queries.get_claim(store, ClaimId(id))
    if re.fullmatch(r"a[0-9a-f]{20}", id):
        return queries.get_article(store, ArticleId(id))
    if store.get_sources([SourceId(id)]):
        return queries.get_source(store, SourceId(id))
    found = store.get_entities([EntityId(id)]) or store.find_entities(id, limit=1)
    if not found:
        raise NotFound(f"no claim, article, source or entity {id}; `claimgraph search` finds ids", subject=id)
    return queries.get_entity(store, found[0].id)


def _make_text_article(path: Path, published_at: datetime, lang: str | None) -> Article:
    from ingest.article import read_text
    from ingest.pipeline import make_article
    from ingest.read import Given, apply_given

    try:
        page = read_text(path.read_bytes(), path.name)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", subject=str(path)) from error
    article = make_article(page, path.resolve().as_uri(), published_at)
    return apply_given(article, page, Given(lang=lang, published_at=published_at))


def _summarize(run: RunSummary) -> dict[str, object]:
    """The summary as programs read it."""
    return {
        "feeds": {
            "due": run.feeds_due,
            "read": run.feeds_read,
            "unchanged": run.feeds_unchanged,
            "failed": run.feeds_failed,
        },
        "articles": {"new": run.articles_new, "changed": run.articles_changed, "failed": run.articles_failed},
        "claims": {"new": run.claims_new},
        "failures": to_json(run.failures),
        "seconds": run.seconds,
    }


def _report_failures(failures: Sequence[Failure]) -> None:
    """Names what failed and ends with exit code 1; does nothing when nothing did."""
    from web.terminal import format_failure

    for failure in failures[:_SHOWN_FAILURES]:
        _say(format_failure(failure))
    if len(failures) > _SHOWN_FAILURES:
        _say(f"and {len(failures) - _SHOWN_FAILURES} more; --json lists all")
    if failures:
        sys.exit(EXIT_FAILED)


def _print_claims(claims: Iterable[ClaimView], as_json: bool) -> None:
    from web.terminal import format_claim

    for claim in claims:
        _print_view(claim, format_claim(claim), as_json)


def _print_view(view: object, text: str, as_json: bool) -> None:
    if as_json:
        _print_json(to_json(view))
    else:
        click.echo(text)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _write_lines(file: Any, lines: Iterable[Mapping[str, object]]) -> None:
    for line in lines:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _read_parameter(text: str) -> tuple[str, object]:
    """`limit=5` is a number, `names=["a"]` a list, `name=DeepSeek` text."""
    key, sign, value = text.partition("=")
    if not sign or not key.isidentifier():
        raise ConfigError(f"--param {text}: write KEY=VALUE", subject=text)
    try:
        return key, json.loads(value)
    except json.JSONDecodeError:
        return key, value


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
