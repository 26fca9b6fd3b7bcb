"""`audit`: claims looked at a second time by a language model."""

from collections import Counter

import click

from commands.deriving import derive_new
from commands.opening import locking, make_endpoint, open_existing, open_graph
from commands.options import json_option, read_clock
from commands.printing import print_json, say, tell
from commands.settings import Config
from graph.judging.by_hand import replace_read


@click.command()
@click.option("--sample", metavar="N", type=click.IntRange(1), default=100, show_default=True, help="How many claims.")
@json_option
@click.pass_obj
def audit(config: Config, sample: int, as_json: bool) -> None:
    """Shows a language model single claims beside their sentences and asks it to refute them.

    What it refutes becomes weak and says why; nothing is deleted. Claims are drawn from those not looked at before.
    """
    from ingest.llm.load import open_auditor

    endpoint = make_endpoint(config, "audit")
    asked, refuted, failed = 0, 0, Counter[str]()
    open_existing(config).close()  # a mistyped name makes no store
    with open_graph(config) as store, locking(config) as free:
        if not free:
            tell(config, "an ingest is running; look again when it is done")
            return
        with open_auditor(config.data, endpoint, config.ledger, read_clock) as auditor:
            chosen = auditor.choose(store.iter_extractions(), sample)
            touched = {claim.article_id for claim in store.get_claims(sorted(chosen))}
            for stored in store.iter_extractions():
                if stored.article.id not in touched:
                    continue
                found, done = auditor.audit(stored, chosen)
                if done.refuted:
                    replace_read(store, found)
                auditor.note(stored, done)
                asked, refuted = asked + done.asked, refuted + done.refuted
                failed.update(done.failed)
        if refuted:
            derive_new(config, store)
    if as_json:
        print_json({"asked": asked, "refuted": refuted, "failed": dict(failed)})
    else:
        tell(config, f"looked at {asked} claims again: {asked - refuted} stand, {refuted} are weak from now on")
    for reason, number in failed.items():
        say(f"{number} claims got no answer ({reason}); the next audit takes them up")
    if failed:
        raise click.exceptions.Exit(1)


COMMANDS = (audit,)
