"""Commands that list what several claims are about: `matters`, and the queue of `contradictions`."""

from collections.abc import Sequence
from datetime import datetime

import click

from commands.opening import open_existing
from commands.options import Day, find_end, json_option
from commands.printing import print_view, tell
from commands.settings import Config
from graph.answers import queries
from graph.answers.proposition_views import list_matters
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType, Status


class _StatusChoice(click.Choice[str]):
    """A status; what has a space may be written with `_`, as in a search."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(value.replace("_", " "), param, ctx)


@click.command()
@click.argument("entities", metavar="[ENTITY...]", nargs=-1)
@click.option("--type", "types", multiple=True, type=click.Choice([kind.value for kind in ClaimType]))
@click.option("--status", "statuses", multiple=True, type=_StatusChoice([status.value for status in Status]))
@click.option("--since", metavar="DAY", type=Day(), help="Reported on that day or later.")
@click.option("--as-of", "as_of", metavar="DAY", type=Day(), help="As it was known at the end of that day.")
@click.option("--valid-at", "valid_at", metavar="DAY", type=Day(), help="As it was so at the end of that day.")
@click.option("--order", type=click.Choice([order.value for order in Order]), default=Order.WEIGHT.value)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Matters at the most.")
@click.option("--after", metavar="CURSOR", help="The next page, as the last line of this one names it.")
@json_option
@click.pass_obj
def matters(
    config: Config,
    entities: Sequence[str],
    types: Sequence[str],
    statuses: Sequence[str],
    since: datetime | None,
    as_of: datetime | None,
    valid_at: datetime | None,
    order: str,
    limit: int,
    after: str | None,
    as_json: bool,
) -> None:
    """What several claims are about, those in most articles first, and what became of it."""
    from web.text.terminal import format_matter

    with open_existing(config) as store:
        query = PropositionQuery(
            about=tuple(queries.find_entity(store, text).id for text in entities),
            types=tuple(map(ClaimType, types)),
            statuses=tuple(map(Status, statuses)),
            since=since,
            known_by=find_end(as_of),
            valid_at=find_end(valid_at),
            order=Order(order),
        )
        page = list_matters(store, query, limit, after)
        if query.known_by:
            from graph.answers.matter import recount

            page = recount(store, page, query.known_by)
    told_by = min(filter(None, (query.known_by, query.valid_at)), default=None)
    for view in page.matters:
        print_view(view, format_matter(view, told_by), as_json)
    if not page.matters:
        tell(config, "nothing; `claimgraph derive` groups what was not grouped yet")
    if page.next:
        tell(config, f"more with --after {page.next}")


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Pairs at the most.")
@json_option
@click.pass_obj
def contradictions(config: Config, limit: int, as_json: bool) -> None:
    """Matters that cannot both hold: those that nobody has judged first, then those in most articles."""
    from graph.answers.proposition_views import list_contradictions
    from web.text.terminal import format_contradiction

    with open_existing(config) as store:
        found = list_contradictions(store, limit)
    for view in found:
        print_view(view, format_contradiction(view), as_json)
    if not found:
        tell(config, "no contradictions are known")


COMMANDS = (matters, contradictions)
