"""`today`: what a day brought, as the first page has it."""

from datetime import datetime

import click

from commands.desk import make_desk
from commands.opening import open_existing
from commands.options import Day, json_option, read_clock
from commands.printing import print_view, tell
from commands.settings import Config
from graph.editions.editing import find_running_day, get_day
from graph.editions.windows import find_day


@click.command()
@click.option("--day", metavar="DAY", type=Day(), help="Another day than the one that runs, such as 2025-01-30.")
@json_option
@click.pass_obj
def today(config: Config, day: datetime | None, as_json: bool) -> None:
    """What a day brought: stories ranked by what is new in them, each with its reasons.

    Where nothing was reported today, the last day on which something was.
    """
    from web.language.wording import get_words
    from web.text.bulletins import write_page
    from web.text.days import format_edition

    desk = make_desk(config)
    running = find_day(read_clock(), desk.zone)
    with open_existing(config) as store:
        shown = day.date() if day else find_running_day(store, running, desk.zone)[0]
        if shown is None:
            tell(config, "nothing has been read yet; `claimgraph ingest` reads what is followed")
            return
        view = get_day(store, shown, desk, running)
    print_view(view, format_edition(view, write_page(view, get_words())), as_json)


COMMANDS = (today,)
