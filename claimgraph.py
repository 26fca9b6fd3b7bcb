"""The command line; the one module that knows ingest, graph and web.

Records go to stdout (`--json`: one object a line), messages and progress to stderr. Exit codes: 0 all well,
1 some items failed, 2 wrong use or a refused query, 3 the store cannot be used, 130 interrupted.
"""

import getpass
import io
import ipaddress
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import platformdirs

from claimgraph_settings import Config, find_folder, load_config, place_archive
from graph import queries
from graph.errors import (
    ClaimGraphError,
    ConfigError,
    FetchError,
    JudgementRefused,
    NotFound,
    ParseError,
    QueryError,
    StoreError,
)
from graph.export import iter_entity_lines, make_claim_line
from graph.exporting import FORMATS
from graph.files import replacing
from graph.guard import find_unknown_names
from graph.ids import make_entity_id
from graph.judging import make_judgement
from graph.query_files import QueryFile, parse_query_file
from graph.records import (
    ArticleId,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Failure,
    Feed,
    Judgement,
    JudgementId,
    JudgementKind,
    SourceId,
    Stage,
)
from graph.store import GraphStore, QueryLimits, open_store
from graph.views import ArticleDetail, ClaimDetail, ClaimView, EntityDetail, SourceDetail, StatusView, to_json

if TYPE_CHECKING:
    from flask import Flask

    from ingest.archive import Archive
    from ingest.nlp.extract import Extractor
    from ingest.pipeline import Fetch
    from ingest.session import Session

EXIT_FAILED, EXIT_USAGE, EXIT_STORE, EXIT_INTERRUPTED = 1, 2, 3, 130
# A run with hundreds of failures names the first of them; `claimgraph status` and --json have all.
_SHOWN_FAILURES = 20

# The first that fits counts.
_EXIT_CODES = (
    (ConfigError, EXIT_USAGE),
    (QueryError, EXIT_USAGE),
    (NotFound, EXIT_USAGE),
    (JudgementRefused, EXIT_USAGE),
    (StoreError, EXIT_STORE),
    (ClaimGraphError, EXIT_FAILED),
)


class _Commands(click.Group):
    """Turns errors into messages and exit codes, once, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClaimGraphError as error:
            _complain(str(error))
            ctx.exit(next(code for kind, code in _EXIT_CODES if isinstance(error, kind)))
        except click.FileError as error:
            _complain(f"{error.ui_filename}: {error.message}")
            ctx.exit(EXIT_USAGE)
        except UnicodeEncodeError as error:
            # What the command line gives outside the locale's encoding; no database, address or query can hold it.
            _complain(f"{error.object!a}: not text in the encoding of this terminal; try UTF-8")
            ctx.exit(EXIT_USAGE)
        except KeyboardInterrupt:
            _say("interrupted; what was stored stays, the rest is taken up by the next run")
            ctx.exit(EXIT_INTERRUPTED)
        except BrokenPipeError:
            _drop_output()  # `claimgraph search … | head`: no error
            ctx.exit(0)
        except OSError as error:
            _drop_output()
            _complain(f"{error.filename or 'input or output'}: {error.strerror}")
            ctx.exit(EXIT_FAILED)


def _drop_output() -> None:
    """Standard output takes nothing more: Python's own flush at the end is not to fail on it again."""
    with suppress(io.UnsupportedOperation):  # a stream without a descriptor, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Day(click.DateTime):
    """A day as its first moment in UTC. Further off, no text is dated and counting back would leave the calendar."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        day: datetime = super().convert(value, param, ctx).replace(tzinfo=UTC)
        if not 1900 <= day.year <= 2100:
            self.fail("the year must be 1900 to 2100", param, ctx)
        return day


def _complain(message: str) -> None:
    click.secho("claimgraph: ", fg="red", err=True, nl=False)
    click.echo(message, err=True)


def _tell(config: Config, text: str) -> None:
    """Says what is no failure."""
    if not config.quiet:
        _say(text)


def _tell_amid(config: Config, text: str) -> None:
    """Tells from a signal handler: it may come amid another message, where Python's streams take no second one."""
    with suppress(OSError):
        if sys.stderr and not config.quiet:
            os.write(sys.stderr.fileno(), f"{text}\n".encode())


def _say(text: str) -> None:
    click.echo(text, err=True)


_LANGUAGES = click.Choice(["en", "ja"])
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
    if not sys.stdout:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed (`>&-`), and stays so to the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Japanese gets the rest of the line
    ctx.obj = load_config(flags, os.environ)


@main.command()
@click.argument("documents", metavar="URL-or-FILE...", nargs=-1, required=True)
@click.option("--lang", type=_LANGUAGES, help="The language; without it, what the text looks like.")
@click.option("--date", "day", type=_Day(), help="The day of publication, over what the document says.")
@click.option("--title", default="", help="The title, over what the document says.")
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

    given = Given(title, lang, source, day)
    failures: list[Failure] = []
    with _open_graph(config) as store, _open_archive(config) as archive, _working(config, store, archive) as session:
        for document in _until_stopped(session, documents):
            before = len(session.found)
            failures += session.add(document, _now(), given)
            claims = session.found[before:]
            with _outliving_reader():
                _print_claims(queries.view_claims(store, claims), as_json)
            _tell(config, f"{document}: {len(claims)} claims")
    _report_failures(failures)


@main.command()
@click.option("--only", metavar="FEED", help="Read this feed alone, due or not.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), help="Pages and articles at the most; the rest stays for later."
)
@click.option("--since", metavar="DAY", type=_Day(), help="Leave older entries for later.")
@click.option("--dry-run", is_flag=True, help="Ask the feeds, keep nothing.")
@_json_option
@click.pass_obj
def ingest(
    config: Config, only: str | None, limit: int | None, since: datetime | None, dry_run: bool, as_json: bool
) -> None:
    """One run over the feeds that are due: their new articles, read and stored."""
    from web.terminal import format_run, summarize_run

    with _open_graph(config) as store, _open_archive(config) as archive, _lock(config) as free:
        if not free:
            _tell(config, "another ingest is running; nothing to do")
            return
        with _working(config, store, archive) as session:
            summary = session.ingest(_now(), only=only, limit=limit, since=since, dry_run=dry_run)
            if as_json:
                _print_json(summarize_run(summary))
            else:
                _tell(config, format_run(summary))
    _report_failures(summary.failures)


@main.group()
def feeds() -> None:
    """The feeds that `ingest` reads."""


@feeds.command("add")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@_json_option
@click.pass_obj
def add_feeds(config: Config, urls: Sequence[str], as_json: bool) -> None:
    """Adds feeds by address; of a page, the feeds that it names."""
    from ingest.pipeline import make_failure
    from ingest.read import find_feeds

    failures: list[Failure] = []
    with _open_graph(config) as store, _open_archive(config) as archive, _working(config, store, archive) as session:
        for url in _until_stopped(session, urls):
            try:
                found = session.run(partial(find_feeds, url=url, now=_now()))
            except (FetchError, ParseError) as error:
                failures.append(make_failure(error, Stage.FEED, url))
                continue
            states = [(feed, "added" if archive.add_feed(feed) else "known already") for feed in found]
            with _outliving_reader():
                for feed, state in states:
                    _print_view({"feed": feed, "state": state}, f"{feed.url}  {feed.title}  {state}", as_json)
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
        _tell(config, "no feeds yet; `claimgraph feeds add URL` adds one, `claimgraph feeds import FILE` a list")


@feeds.command("remove")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def remove_feeds(config: Config, urls: Sequence[str]) -> None:
    """Takes feeds off the list; what was read from them stays."""
    unknown: list[str] = []
    with _open_archive(config) as archive:
        for url in urls:
            try:
                archive.remove_feed(url)
            except NotFound as error:
                unknown.append(str(error))
    for message in unknown:
        _complain(message)
    if unknown:
        sys.exit(EXIT_USAGE)


@feeds.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def import_feeds(config: Config, file: Any) -> None:
    """Adds the feeds of an OPML file."""
    from ingest.opml import parse_opml

    found = parse_opml(file.read(), file.name)
    with _open_archive(config) as archive:
        new = sum(archive.add_feed(feed) for feed in found)
    _tell(config, f"{new} feeds added, {len(found) - new} known already")


@feeds.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@click.pass_obj
def export_feeds(config: Config, file: Any) -> None:
    """Writes the feeds as OPML 2.0."""
    from ingest.opml import format_opml

    with _open_archive(config) as archive:
        file.write(format_opml(state.feed for state in archive.list_feeds()))


@main.group()
def entities() -> None:
    """The names that the graph knows."""


@entities.command("suggest")
@click.option("--min", "at_least", default=2, show_default=True, type=click.IntRange(1), help="Articles at the least.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Names at the most.")
@_json_option
@click.pass_obj
def suggest_entities(config: Config, at_least: int, limit: int, as_json: bool) -> None:
    """Names that the articles use often and no table in data/entities has, with sentences that use them."""
    from web.terminal import format_suggestion

    with _open_existing(config) as store:
        found = queries.suggest_entities(store, at_least, limit)
    if not found and not as_json:
        _tell(config, f"no name outside the tables stands in {at_least} articles or more; --min 1 lists the rarest")
    for view in found:
        _print_view(view, format_suggestion(view), as_json)


_why_option = click.option("--why", required=True, help="The reason; it is kept.")
_by_option = click.option("--by", "who", metavar="NAME", help="Who decides; your account's name when not given.")


@entities.command("merge")
@click.argument("kept", metavar="ENTITY")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@_why_option
@_by_option
@_json_option
@click.pass_obj
def merge_entities(config: Config, kept: str, others: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """From now on each OTHER is ENTITY: their claims, names and ties are its own."""
    with _open_for_judging(config) as store:
        ids = [queries.find_entity(store, text).id for text in (kept, *others)]
        _judge(store, make_judgement(JudgementKind.MERGE, ids, _name_judge(who), _now(), why), as_json)


@entities.command("split")
@click.argument("entity")
@click.argument("other")
@click.option("--claim", "claims", metavar="ID", multiple=True, help="A claim that is about OTHER.")
@click.option("--article", "articles", metavar="ID", multiple=True, help="An article that means OTHER throughout.")
@click.option("--alias", "aliases", metavar="SPELLING", multiple=True, help="A spelling that means OTHER.")
@click.option(
    "--new",
    "kind",
    metavar="TYPE",
    type=click.Choice([type.value for type in EntityType]),
    help="OTHER is new, of this type.",
)
@_why_option
@_by_option
@_json_option
@click.pass_obj
def split_entity(
    config: Config,
    entity: str,
    other: str,
    claims: Sequence[str],
    articles: Sequence[str],
    aliases: Sequence[str],
    kind: str | None,
    why: str,
    who: str | None,
    as_json: bool,
) -> None:
    """Some claims, articles or spellings of ENTITY are about OTHER."""
    with _open_for_judging(config) as store:
        left = queries.find_entity(store, entity).id
        target = _add_new_entity(store, other, EntityType(kind)) if kind else queries.find_entity(store, other).id
        judgement = make_judgement(
            JudgementKind.SPLIT,
            [left, target],
            _name_judge(who),
            _now(),
            why,
            aliases=aliases,
            claims=[ClaimId(id) for id in claims],
            articles=[ArticleId(id) for id in articles],
        )
        _judge(store, judgement, as_json)


@entities.command("judge")
@click.argument("kind", type=click.Choice(["apart", "alias-added", "alias-withdrawn"]))
@click.argument("entity")
@click.argument("other", metavar="OTHER|SPELLING")
@_why_option
@_by_option
@_json_option
@click.pass_obj
def judge_entities(
    config: Config, kind: str, entity: str, other: str, why: str, who: str | None, as_json: bool
) -> None:
    """ENTITY is not OTHER (apart); it is, or is not, called SPELLING (alias-added, alias-withdrawn)."""
    with _open_for_judging(config) as store:
        texts = (entity, other) if kind == "apart" else (entity,)
        ids = [queries.find_entity(store, text).id for text in texts]
        aliases = () if kind == "apart" else (other,)
        chosen = JudgementKind(kind.replace("-", "_"))
        _judge(store, make_judgement(chosen, ids, _name_judge(who), _now(), why, aliases=aliases), as_json)


@entities.command("undo")
@click.argument("judgement")
@_why_option
@_by_option
@_json_option
@click.pass_obj
def undo_judgement(config: Config, judgement: str, why: str, who: str | None, as_json: bool) -> None:
    """Takes a judgement back; an undo too, which lets the judgement count again."""
    with _open_for_judging(config) as store:
        undone = JudgementId(judgement)
        _judge(store, make_judgement(JudgementKind.UNDO, (), _name_judge(who), _now(), why, undoes=undone), as_json)


@entities.command("history")
@click.argument("entity", required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="Judgements at the most.")
@_json_option
@click.pass_obj
def show_history(config: Config, entity: str | None, limit: int, as_json: bool) -> None:
    """What was judged, of ENTITY or of all, newest first."""
    from web.terminal import format_judgement

    with _open_existing(config) as store:
        about = queries.find_entity(store, entity).id if entity else None
        views = queries.view_judgements(store, store.list_judgements(about))
    for view in views[:limit]:
        _print_view(view, format_judgement(view), as_json)
    if not views:
        _tell(config, "nothing was judged; `claimgraph entities merge ENTITY OTHER --why REASON` makes one of two")


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.pass_obj
def demo(config: Config, port: int) -> None:
    """Loads the demo story of January 2025 into a store of its own and shows its pages."""
    store = str(find_folder(platformdirs.user_cache_path) / "demo" / "demo.db")
    config = replace(config, store=store, archive=place_archive(store))
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
        _tell(config, "no claim matches; fewer words find more")
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
@click.option("--file", "file", type=click.File(encoding="utf-8", errors="replace"), help="Read the query from a file.")
@click.option("--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter; numbers and JSON are read.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 100_000), help="Rows at the most.")
@_json_option
@click.pass_obj
def cypher(config: Config, query: str | None, file: Any, params: Sequence[str], limit: int, as_json: bool) -> None:
    """Asks the graph in Cypher, read-only: MATCH (c:Claim)-[:SUBJECT]->(e) RETURN e.name AS name, count(*) AS n."""
    from web.terminal import format_table

    asked = parse_query_file(file.read()) if file else QueryFile("", query or "", {})
    text, parameters = asked.query, asked.parameters | dict(map(_read_parameter, params))
    if not text:
        raise click.UsageError("give a query, or --file FILE")
    for name in find_unknown_names(text):
        _tell(config, f"note: the graph has no {name}; such a pattern matches nothing")
    with _open_existing(config) as store:
        table = store.cypher(text, parameters, QueryLimits(rows=limit))
    if as_json:
        for row in table.rows:
            _print_json(dict(zip(table.columns, row, strict=True)))
    else:
        click.echo(format_table(table))
    more = "; there are more, --limit gives them" if table.truncated else ""
    _tell(config, f"{len(table.rows)} rows in {table.ms:.0f} ms{more}")


@main.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def back_up(config: Config, file: Path) -> None:
    """Copies the store, in use or not, to FILE, and its archive beside it; checked before they take their names."""
    from graph.stores import backup

    store = _find_file(config, file)
    # The archive first: a restored graph that knows more than its archive is told nothing twice.
    if config.archive.exists():
        backup.back_up(config.archive, place_archive(str(file)))
    counts = backup.back_up(store, file)
    _tell(config, f"{file}: {counts['claim']} claims in {counts['article']} articles")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(config: Config, file: Path) -> None:
    """Puts a backup in the store's place, in use or not; what was there is kept as NAME.before-restore."""
    from graph.stores import backup
    from ingest.archive import Archive

    store = _find_file(config, file)
    with _reaching(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    archive = place_archive(str(file))
    if archive.exists():
        backup.restore(archive, config.archive, lambda copy: Archive(copy).close())
    counts = backup.restore(file, store, backup.prepare_store)
    _tell(config, f"{store}: {counts['claim']} claims in {counts['article']} articles, as in {file}")


@main.command()
@click.argument("start", metavar="ENTITY")
@click.argument("end", metavar="OTHER")
@click.option("--longest", default=4, show_default=True, type=click.IntRange(1, 6), help="Steps at the most.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="Paths at the most.")
@_json_option
@click.pass_obj
def paths(config: Config, start: str, end: str, longest: int, limit: int, as_json: bool) -> None:
    """How ENTITY is linked with OTHER: the claims and ties that make each step, shortest way first."""
    from graph.overviews import get_paths
    from web.terminal import format_path

    with _open_existing(config) as store:
        first, last = queries.find_entity(store, start), queries.find_entity(store, end)
        view = get_paths(store, first, last, longest, limit)
    for number, path in enumerate(view.paths, 1):
        _print_view({"steps": path}, f"{number}. {format_path(path)}", as_json)
    if not view.paths:
        _tell(config, f"no path of {longest} steps or fewer from {view.start.name} to {view.end.name}")
    _tell_bounds(config, view.complete)


@main.command()
@click.argument("query", default="")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Communities at the most.")
@click.option("--size", default=10, show_default=True, type=click.IntRange(1, 1000), help="Entities of each shown.")
@_json_option
@click.pass_obj
def communities(config: Config, query: str, limit: int, size: int, as_json: bool) -> None:
    """Who is named together more than with others, in the claims of a search or in all."""
    from graph.overviews import get_communities
    from web.terminal import format_community

    with _open_existing(config) as store:
        view = get_communities(store, query, _now(), limit, size)
    for community in view.communities:
        _print_view(community, format_community(community), as_json)
    _tell(config, f"{len(view.communities)} communities in {view.claims} claims")
    _tell_bounds(config, view.complete)


@main.command()
@click.argument("query", default="")
@click.option("--by", "period", default="month", show_default=True, type=click.Choice(["day", "month", "year"]))
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 1000), help="Names for each at the most.")
@_json_option
@click.pass_obj
def activity(config: Config, query: str, period: str, limit: int, as_json: bool) -> None:
    """Who is claimed about most and who claims most, by period, in the claims of a search or in all."""
    from graph.analysis import Period
    from graph.overviews import get_activity
    from web.terminal import format_period

    with _open_existing(config) as store:
        view = get_activity(store, query, _now(), Period(period), limit)
    for part in view.periods:
        _print_view(part, format_period(part), as_json)
    _tell(config, f"{view.claims} claims")
    _tell_bounds(config, view.complete)


@main.command()
@click.argument("format", type=click.Choice(list(FORMATS)))
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(config: Config, format: str, file: Path | None) -> None:
    """Writes the graph for other programs; jsonl is our own, complete, and read back by `import`.

    csv makes two files, FILE-nodes and FILE-edges. The others go to standard output without FILE.
    """
    parts = FORMATS[format]
    if len(parts) > 1 and file is None:
        raise ConfigError(f"{format} makes {len(parts)} files; name one: claimgraph export {format} graph.{format}")
    with _open_existing(config) as store:
        for ending, write in parts:
            path = file.with_name(f"{file.stem}{ending}{file.suffix}") if file else None
            with _replacing(path) as output:
                for piece in write(store):
                    output.write(piece.encode())
            if path:
                _tell(config, f"{path}: written")


@main.command("import")
@click.argument("file", type=click.File("rb"))
@_json_option
@click.pass_obj
def import_graph(config: Config, file: Any, as_json: bool) -> None:
    """Adds what an export in jsonl holds; what is there already stays as it is."""
    from graph.importing import import_lines

    with _open_graph(config) as store:
        done = import_lines(store, file)
    summary = {
        "articles": done.articles,
        "claims": done.claims,
        "entities": done.entities,
        "judgements": done.judgements,
        "failures": to_json(done.failures),
    }
    if as_json:
        _print_json(summary)
    else:
        counts = ", ".join(f"{summary[name]} {name}" for name in ("articles", "claims", "entities", "judgements"))
        _tell(config, f"new: {counts}; {len(done.failures)} lines not taken")
    _report_failures(done.failures)


@main.command()
@click.option("--from", "origin", required=True, metavar="ADDRESS", help="The store to read.")
@click.option("--to", "target", required=True, metavar="ADDRESS", help="The store to fill; what it has already stays.")
@_json_option
@click.pass_obj
def copy(config: Config, origin: str, target: str, as_json: bool) -> None:
    """Copies a graph into another store, file or server, and compares. Cut short, it goes on when run again."""
    from graph.copying import copy as copy_graph

    place_archive(origin), place_archive(target)  # ConfigError for what is no address of a store
    if origin == target:
        raise ConfigError(f"--from and --to are both {origin}", subject=origin)
    with _reaching(origin), open_store(origin, read_only=True) as source, _reaching(target), open_store(target) as sink:
        copied = copy_graph(source, sink, lambda articles: _tell(config, f"{articles} articles"))
    if as_json:
        _print_json(to_json(copied))
        return
    added, counts = copied.added, copied.counts
    click.echo(
        f"copied {added.articles} articles, {added.claims} claims, {added.entities} entities, "
        f"{copied.judgements} judgements; compared, equal"
    )
    click.echo(f"{counts.articles} articles, {counts.claims} claims, {counts.entities} entities are there now")
    click.echo(f"sha256 {copied.digest}")


@main.command()
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", "day", required=True, type=_Day(), help="The day they were published.")
@click.option("--lang", type=_LANGUAGES, help="Their language; found from the text when not given.")
@click.option("--claims", "claims_file", required=True, type=click.File("w", encoding="utf-8"), help="Claims go here.")
@click.option("--entities", "entities_file", type=click.File("w", encoding="utf-8"), help="Entities go here.")
@click.pass_obj
def extract(
    config: Config, texts: tuple[Path, ...], day: datetime, lang: str | None, claims_file: Any, entities_file: Any
) -> None:
    """What text files claim, as JSON Lines in the evaluation format. Touches no store."""
    from ingest.nlp.load import load_extractor

    extractor = load_extractor(config.data)
    failures: list[Failure] = []
    for path in texts:
        result = _extract_one(extractor, path, day, lang)
        if isinstance(result, Failure):
            failures.append(result)
            continue
        _write_lines(claims_file, (make_claim_line(claim, path.name) for claim in result.claims))
        if entities_file:
            _write_lines(entities_file, iter_entity_lines(result, path.name))
        _tell(config, f"{path.name}: {len(result.claims)} claims, {len(result.entities)} entities")
    _report_failures(failures)


@main.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("texts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--entities",
    "entities",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Entity gold; the *entities.jsonl and *aliases.jsonl beside GOLD when not given.",
)
@click.option("--date", "day", help="The day of texts that MANIFEST.tsv in TEXTS gives none (2025-01-31).")
@click.option("--show", multiple=True, type=click.Choice(["misses", "false", "wrong"]), help="Lists these too.")
@_json_option
@click.pass_obj
def evaluate(
    config: Config,
    gold: Path,
    texts: Path,
    entities: tuple[Path, ...],
    day: str | None,
    show: tuple[str, ...],
    as_json: bool,
) -> None:
    """How well the texts of a folder are read, beside a gold file. Touches no store."""
    from ingest.evaluation import evaluate as run_evaluation
    from ingest.evaluation import find_entity_files, format_evaluation, summarize_evaluation
    from ingest.nlp.load import load_extractor

    extractor = load_extractor(config.data)
    result = run_evaluation(extractor, gold, texts, entities or find_entity_files(gold), day)
    if as_json:
        _print_json(summarize_evaluation(result))
    else:
        click.echo("\n".join(format_evaluation(result, show)))
    _report_failures(result.failures)


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
def _working(
    config: Config, store: GraphStore, archive: "Archive", fetch: "Fetch | None" = None
) -> "Iterator[Session]":
    """A session over archive and store. SIGINT and SIGTERM end it in order, and the command with code 130."""
    from ingest.fetch import FetchConfig
    from ingest.session import Session

    session = Session(
        archive,
        FetchConfig(contact=config.contact, allowed=config.allowed),
        config.data,
        commit=lambda batch: store.add(batch).claims,
        seed=lambda tables: store.add_entities(tables.entities, tables.ties),
        fetch=fetch,
        quiet=config.quiet,
    )
    with session.stopping_on_signals(partial(_tell_amid, config)):
        yield session
    if session.stopped:
        sys.exit(EXIT_INTERRUPTED)


def _until_stopped(session: "Session", names: Iterable[str]) -> Iterator[str]:
    """The names, until the session is asked to end; those left over are told."""
    for name in names:
        if session.stopped:
            _say(f"{name}: not read")
        else:
            yield name


@contextmanager
def _outliving_reader() -> Iterator[None]:
    """A reader of the pipe that goes away (`| head`) ends the output and not the work."""
    try:
        yield
    except BrokenPipeError:
        _drop_output()


def _load_demo(config: Config) -> None:
    """Builds the demo's store anew: first the story's earlier version, then the story."""
    from ingest.folder import FolderFetcher

    folder = config.data / "demo"
    shutil.rmtree(Path(config.store).parent, ignore_errors=True)
    with _open_graph(config) as store, _open_archive(config) as archive:
        # Two days between the readings: by then every feed is due again.
        for fetch, now in (
            (FolderFetcher(folder / "earlier"), _now() - timedelta(days=2)),
            (FolderFetcher(folder), _now()),
        ):
            for url in fetch.list_feeds():
                archive.add_feed(Feed(url))
            with _working(config, store, archive, fetch) as session:
                session.ingest(now)
        counts = store.count()
    _tell(config, f"the demo story: {counts.claims} claims in {counts.articles} articles of {counts.sources} sources")


def _extract_one(extractor: "Extractor", path: Path, day: datetime, lang: str | None) -> Extraction | Failure:
    from ingest.pipeline import make_failure
    from ingest.read import read_text_file

    try:
        return next(extractor.extract([read_text_file(path, day, lang)]))
    except (FetchError, ParseError) as error:
        return make_failure(error, Stage.ARTICLE, str(path))


def _serve(config: Config, host: str, port: int, notice: str = "") -> None:
    from web.server import serve as run_server

    def make_app() -> "Flask":
        from web.app import create_app

        store = open_store(config.store, read_only=True)
        return create_app(store, lambda: _read_status(config, store), notice=notice, closed=closed)

    closed = _close_console(config, host)
    if closed:
        _say(closed)
    _open_existing(config).close()
    run_server(
        make_app, host, port, on_ready=lambda address: _tell(config, f"claimgraph is at {address} (Ctrl-C ends it)")
    )


def _close_console(config: Config, host: str) -> str:
    """Why Cypher is not answered at this address; empty when it is. A server's graph has limits of its own."""
    from graph.stores.workers import try_confinement

    if "://" in config.store or _is_loopback(host) or try_confinement().keeps_files:
        return ""
    return (
        "Cypher is not answered here: this system cannot keep queries from files and network (it has neither Landlock "
        "nor seccomp), and the pages are open to other machines. Serve them on 127.0.0.1, or on Linux 5.13 or newer."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_status(config: Config, store: GraphStore) -> StatusView:
    from ingest.archive import Archive

    if not config.archive.exists():
        return StatusView(store.count())
    with Archive(config.archive) as archive:
        return StatusView(store.count(), archive.list_feeds(), archive.latest_run(), archive.count_pending())


def _find_file(config: Config, other: Path) -> Path:
    """The store's file. ConfigError when it is a server, or the other file is the same."""
    if "://" in config.store:
        raise ConfigError(
            "only a store that is a file is backed up here; `claimgraph copy` copies a server's graph into a file",
            subject=config.store,
        )
    store = Path(config.store.removeprefix("sqlite:"))
    if other.absolute() == store.absolute():
        raise ConfigError(f"{other} is the store itself; name another file", subject=str(other))
    return store


@contextmanager
def _lock(config: Config) -> Iterator[bool]:
    """Whether this is the only ingest over the archive; the lock of a dead process is none."""
    from ingest.schedule import RunLock

    lock = RunLock(config.archive.with_name(f"{config.archive.name}.lock"))
    with _reaching(config.archive.parent):
        free = lock.acquire()
    try:
        yield free
    finally:
        if free:
            lock.release()


def _open_archive(config: Config) -> "Archive":
    from ingest.archive import Archive

    with _reaching(config.archive.parent):
        config.archive.parent.mkdir(parents=True, exist_ok=True)
        return Archive(config.archive)


def _open_graph(config: Config) -> GraphStore:
    """The store, made when there is none yet."""
    with _reaching(config.store):
        return open_store(config.store)


def _tell_bounds(config: Config, complete: bool) -> None:
    if not complete:
        _tell(config, "not all was looked at: the newest claims only, for a few seconds; a narrower question sees more")


def _open_for_judging(config: Config) -> GraphStore:
    """The store, for writing. StoreUnavailable when there is none yet: there is nobody to judge of."""
    _open_existing(config).close()
    return _open_graph(config)


def _judge(store: GraphStore, judgement: Judgement, as_json: bool) -> None:
    """Appends the judgement and prints it."""
    from web.terminal import format_judgement

    store.judge(judgement)
    [view] = queries.view_judgements(store, [judgement])
    _print_view(view, format_judgement(view), as_json)


def _name_judge(who: str | None) -> str:
    """Who decides: the one named, else the account's name."""
    if who:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise ConfigError("this account has no name; say who decides with --by NAME") from error


def _add_new_entity(store: GraphStore, name: str, type: EntityType) -> EntityId:
    """The id of an entity of that name, made now. ConfigError when the id is taken."""
    id = make_entity_id(name)
    if store.get_entities([id]):
        raise ConfigError(f"{name}: entity {id} is there already; leave --new out", subject=id)
    store.add_entities([Entity(id, name, type, curated=True)])
    return id


def _open_existing(config: Config) -> GraphStore:
    """The store, for reading. StoreUnavailable, saying how to fill one, when there is none yet."""
    with _reaching(config.store):
        return open_store(config.store, read_only=True)


@contextmanager
def _replacing(path: Path | None) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place at the end, unless something fails; without a path, standard output."""
    if path is None:
        yield sys.stdout.buffer
        return
    if path.exists() and not path.is_file():  # a pipe or a device has no place to take
        with path.open("wb") as output:
            yield output
        return
    with replacing(path) as unfinished, unfinished.open("wb") as output:
        yield output
        output.flush()
        os.fsync(output.fileno())


@contextmanager
def _reaching(place: str | Path) -> Iterator[None]:
    """What the system says against a file or folder of ours, as StoreError."""
    try:
        yield
    except OSError as error:
        message = f"{place}: {error.strerror}; choose another place with --store"
        raise StoreError(message, subject=str(place)) from error


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
    click.echo(json.dumps(value, ensure_ascii=False).encode())  # UTF-8 in every locale


def _write_lines(file: Any, lines: Iterable[Mapping[str, object]]) -> None:
    """Opens the file even for no lines: what found nothing leaves an empty file."""
    file.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


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
    main(prog_name="claimgraph")
