"""The neighbourhood that an address asks for: what the console draws, and programs walk."""

from flask import request

from graph.answers.neighbourhood import Wanted
from graph.records import ClaimType
from web.requests.arguments import get_day, get_end_of_day, read_codes

# So many nodes can be asked for at once; the console sends those of an answer.
_STARTS = 60


def get_wanted() -> Wanted:
    """What the address asks for: `start`, `open` and `type` any number of times, `since` and `until` as days.

    A single start is opened unless the address says what is. QueryError.
    """
    starts = tuple(filter(None, dict.fromkeys(request.args.getlist("start"))))[:_STARTS]
    opened = tuple(filter(None, dict.fromkeys(request.args.getlist("open"))))
    if "open" not in request.args and len(starts) == 1:
        opened = starts
    return Wanted(starts, opened, read_codes("type", ClaimType), get_day("since"), get_end_of_day("until"))
