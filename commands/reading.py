"""Commands that read texts: into the store, or into files."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from commands.delivering import deliver
from commands.deriving import derive_new
from commands.opening import locking, open_archive, open_graph, reader_option, reading, until_stopped, working
from commands.options import LANGUAGES, Day, json_option, read_clock
from commands.printing import (
    NO_FEEDS,
    naming,
    outliving_reader,
    print_claims,
    print_json,
    report_failures,
    tell,
)
from commands.rereading import take_up
from commands.settings import Config
from graph.answers import queries
from graph.errors import FetchError, ParseError
from graph.formats.claim_lines import Spellings, iter_entity_lines, make_claim_line
from graph.grades import FAIR_FROM, STORED_FROM
from graph.records import Article, Extraction, Failure, Stage

if TYPE_CHECKING:
    from ingest.nlp.extract import Reader

_GIVEN = {"title": "--title", "lang": "--lang", "source": "--source", "published_at": "--date"}


@click.command()
@click.argument("documents", metavar="URL-or-FILE...", nargs=-1, required=True)
@click.option("--lang", type=LANGUAGES, help="The language; without it, what the text looks like.")
@click.option("--date", "day", type=Day(), help="The day of publication, over what the document says.")
@click.option("--title", default="", help="The title, over what the document says.")
@click.option("--source", default="", help="Who published it: a name or a domain.")
@reader_option
@json_option
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
    from ingest.network.addresses import hide_password
    from ingest.read import Given

    given = Given(title, lang, source, day)
    failures: list[Failure] = []
    with open_graph(config) as store, open_archive(config) as archive, working(config, store, archive) as session:
        for document in until_stopped(session, documents):
            before, overruled = len(session.found), len(session.overruled)
            failed = session.add(document, read_clock(), given)
            failures += failed
            claims = session.found[before:]
            with outliving_reader():
                print_claims(queries.view_claims(store, claims), as_json)
            if claims or not failed:
                tell(config, f"{hide_password(document)}: {len(claims)} claims")
            if names := dict.fromkeys(session.overruled[overruled:]):
                options = " and ".join(_GIVEN[name] for name in names)
                tell(config, f"{hide_password(document)}: known already; {options} changed nothing")
        derive_new(config, store, read_clock())
    report_failures(failures)


@click.command()
@click.option("--only", metavar="FEED", help="Read this feed alone, due or not.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), help="Pages and articles at the most; the rest stays for later."
)
@click.option("--since", metavar="DAY", type=Day(), help="Leave older entries for later.")
@click.option("--dry-run", is_flag=True, help="Ask the feeds, keep nothing.")
@click.option(
    "--all-subjects", is_flag=True, help="Store what is not about AI too, what was set aside before included."
)
@click.option("--again", is_flag=True, help="Read once more what is left alone because three runs ended on it.")
@reader_option
@json_option
@click.pass_obj
def ingest(
    config: Config,
    only: str | None,
    limit: int | None,
    since: datetime | None,
    dry_run: bool,
    all_subjects: bool,
    again: bool,
    as_json: bool,
) -> None:
    """One run over the feeds that are due: their new articles about AI, read and stored; what is new is sent.

    What is watched, and to whom its news go, `claimgraph watch list` tells. Where the settings name a broker, its
    workers are told to do it.
    """
    from web.text.terminal import format_run, summarize_run

    if config.broker.address:
        reader = click.get_current_context().get_parameter_source("reader") is ParameterSource.COMMANDLINE
        if only or limit or since or dry_run or all_subjects or as_json or reader:
            raise click.UsageError("with a broker the workers ingest: of these options they know --again alone")
        _tell_workers(config, again=again)
        return
    with open_graph(config) as store, open_archive(config) as archive, locking(config) as free:
        if not free:
            tell(config, "another ingest is running; nothing to do")
            return
        with working(config, store, archive) as session:
            if not dry_run:
                take_up(config, store, archive, session)
            options = {"only": only, "limit": limit, "since": since, "dry_run": dry_run, "again": again}
            summary = session.ingest(read_clock(), all_subjects=all_subjects, **options)
            if as_json:
                print_json(summarize_run(summary))
            else:
                tell(config, format_run(summary))
                if not summary.feeds_due and not archive.list_feeds():
                    tell(config, NO_FEEDS)
        derive_new(config, store, read_clock())
        unsent = () if dry_run else deliver(config, store, archive, read_clock())
    report_failures((*summary.failures, *unsent), brief=config.quiet)


def _tell_workers(config: Config, *, again: bool) -> None:
    """Sends a plan; with `again`, what was left alone waits first."""
    from commands.workers import open_cluster

    cluster = open_cluster(config)
    if again:
        with open_archive(config) as archive:
            archive.take_crashed()
    cluster.send("plan")
    tell(config, "the workers look for what is due; `claimgraph workers status` tells how far they are")


@click.command()
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", "day", required=True, type=Day(), help="The day they were published.")
@click.option("--lang", type=LANGUAGES, help="Their language; found from the text when not given.")
@click.option("--claims", "claims_file", required=True, type=click.File("w", encoding="utf-8"), help="Claims go here.")
@click.option("--entities", "entities_file", type=click.File("w", encoding="utf-8"), help="Entities go here.")
@click.option(
    "--threshold",
    metavar="SCORE",
    type=click.FloatRange(0, 1),
    default=FAIR_FROM,
    show_default=True,
    help=f"Leaves out claims with a lower score; {STORED_FROM} writes all that would be stored.",
)
@reader_option
@click.pass_obj
def extract(
    config: Config,
    texts: tuple[Path, ...],
    day: datetime,
    lang: str | None,
    claims_file: Any,
    entities_file: Any,
    threshold: float,
) -> None:
    """What text files claim, as JSON Lines in the evaluation format. Touches no store."""
    failures: list[Failure] = []
    with reading(config, waits=False) as load:
        for path, result in _extract(load(), texts, day, lang):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            spelled = Spellings(result)
            claims = [claim for claim in result.claims if claim.score is not None and claim.score >= threshold]
            _write_lines(claims_file, (make_claim_line(claim, path.name, spelled.find(claim)) for claim in claims))
            if entities_file:
                _write_lines(entities_file, iter_entity_lines(result, path.name))
            tell(config, f"{path.name}: {len(claims)} claims, {len(result.entities)} entities")
    report_failures(failures)


def _extract(
    reader: "Reader", paths: Iterable[Path], day: datetime, lang: str | None
) -> Iterator[tuple[Path, Extraction | Failure]]:
    """What each file holds, in order but for files that cannot be read at all."""
    from ingest.polling import make_failure
    from ingest.read import read_text_file

    handed: deque[Path] = deque()
    failures: deque[tuple[Path, Failure]] = deque()

    def iter_articles() -> Iterator[Article]:
        for path in paths:
            try:
                article = read_text_file(path, day, lang)
            except (FetchError, ParseError) as error:
                failures.append((path, make_failure(error, Stage.ARTICLE, str(path))))
            else:
                handed.append(path)
                yield article

    for result in reader.extract(iter_articles()):
        yield handed.popleft(), result
    yield from failures


def _write_lines(file: Any, lines: Iterable[Mapping[str, object]]) -> None:
    """Opens the file even for no lines: what found nothing leaves an empty file."""
    with naming(file.name):
        file.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        try:
            file.flush()
        except OSError:
            with suppress(OSError):
                file.close()  # else click's closing fails on it once more
            raise


COMMANDS = (add, ingest, extract)
