"""`reread`: texts that are stored, read again by the reader of today."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from commands.deriving import derive_new
from commands.opening import list_waiting, locking, open_archive, open_existing, open_graph, reader_option, working
from commands.options import Day, json_option, read_clock
from commands.printing import print_json, report_failures, tell
from commands.settings import READERS, Config
from graph.judging.by_hand import replace_read
from graph.records import ArticleId, Extraction, Failure, Rereading, Stage
from graph.store import GraphStore

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.session import Session


@click.command()
@click.option("--since", metavar="DAY", type=Day(), help="Leave articles published earlier as they are.")
@click.option("--dry-run", is_flag=True, help="Only say what would come and go.")
@reader_option
@json_option
@click.pass_obj
def reread(config: Config, since: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Reads stored articles again that another reader read: new claims come, wrong ones go.

    One article after the other; cut short, the next run goes on. What people judged passes to the claim that takes
    the place of the old one, and the address of the old one leads there.
    """
    from ingest.rereading import Reread
    from ingest.rereading import reread as run

    total, failures = Reread(), list[Failure]()
    open_existing(config).close()  # a mistyped name makes no store
    with open_graph(config) as store, open_archive(config) as archive, locking(config) as free:
        if not free:
            tell(config, "an ingest is running; read again when it is done")
            return
        if config.reads_with == READERS[0] and config.ledger.exists() and not dry_run:
            from ingest.llm.ledger import Ledger

            with Ledger(config.ledger) as ledger:
                ledger.forget_readings()
        with working(config, store, archive) as session:
            put = None if dry_run else partial(_put, store, archive)
            stored = takewhile(lambda _: not session.stopped, store.iter_extractions())
            now = read_clock()
            for done in run(stored, session.readers, session.extract, put, now, since=since, lacks=session.lacks):
                if isinstance(done, Failure):
                    failures.append(done)
                else:
                    total += done
            if as_json:
                print_json(asdict(total))
            else:
                would = "would be read again: " if dry_run else "read again: "
                tell(
                    config,
                    f"{would}{total.articles} articles; claims came {total.came}, went {total.went}, "
                    f"stayed {total.stayed}",
                )
        if not dry_run:
            derive_new(config, store)
    report_failures(failures)


def take_up(config: Config, store: GraphStore, archive: "Archive", session: "Session") -> None:
    """Reads the articles again that a language model could not read when they came; what still fails waits on."""
    from ingest.rereading import Reread
    from ingest.rereading import reread as run

    # News first: where the budget ends for these, it has for the others.
    waiting = archive.list_latest(list_waiting(config))
    stored = takewhile(lambda _: not session.stopped, _iter_stored(store, waiting))
    total = Reread()
    for done in run(stored, (), session.retry, partial(_put, store, archive), read_clock()) if waiting else ():
        if isinstance(done, Reread):
            total += done
        elif done.stage is Stage.EXTRACT:
            # The day's budget, a wrong key or a server that is down: the others would meet it too.
            tell(config, done.message)
            break
    if total.articles:
        tell(config, f"taken up again: {total.articles} articles; claims came {total.came}, went {total.went}")


def _put(store: GraphStore, archive: "Archive", found: Extraction, rereading: Rereading) -> None:
    """Stores what an article holds now; the page of one that had been without claims is asked again."""
    from ingest.pages import plan_check

    replace_read(store, found, rereading)
    if found.claims:
        archive.note_claims(found.article, plan_check(found.article, 0, rereading.at))


def _iter_stored(store: GraphStore, ids: Sequence[ArticleId]) -> Iterator[Extraction]:
    """As they were added: what people decided about names is no part of what is stored anew."""
    for id in ids:
        yield from store.get_extractions([id])


COMMANDS = (reread,)
