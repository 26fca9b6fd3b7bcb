"""`reread`: texts that are stored, read again by the reader of today."""

from dataclasses import asdict
from datetime import datetime
from itertools import takewhile

import click

from commands.deriving import derive_new
from commands.opening import locking, open_archive, open_graph, working
from commands.options import Day, json_option
from commands.printing import print_json, report_failures, tell
from commands.settings import Config
from graph.records import Failure


@click.command()
@click.option("--since", metavar="DAY", type=Day(), help="Leave articles published earlier as they are.")
@click.option("--dry-run", is_flag=True, help="Only say what would come and go.")
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
    with open_graph(config) as store, open_archive(config) as archive, locking(config) as free:
        if not free:
            tell(config, "an ingest is running; read again when it is done")
            return
        with working(config, store, archive) as session:
            put = None if dry_run else store.replace
            stored = takewhile(lambda _: not session.stopped, store.iter_extractions())
            for done in run(stored, session.reader, session.extract, put, since=since):
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


COMMANDS = (reread,)
