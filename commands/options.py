"""What several commands are given: options, kinds of values, the moment of the call."""

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from graph.spelling import kana

LANGUAGES = click.Choice(kana.LANGUAGES)
"""What texts are read in."""
PAGE_LANGUAGES = click.Choice(["en", "ja"])
"""What pages and mails are written in: those of `web/language/wording.py`, which no command loads at its start."""
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


def _join(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str:
    return " ".join(words)


# A search text; a shell has taken its words apart, or not.
query_argument = click.argument("query", metavar="QUERY...", nargs=-1, required=True, callback=_join)
optional_query_argument = click.argument("query", metavar="[QUERY...]", nargs=-1, callback=_join)


class Day(click.DateTime):
    """A day as its first moment in UTC. Further off, no text is dated and counting back would leave the calendar."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        day: datetime = super().convert(value, param, ctx).replace(tzinfo=UTC)
        if not 1900 <= day.year <= 2100:
            self.fail("the year must be 1900 to 2100", param, ctx)
        return day


def find_end(day: datetime | None) -> datetime | None:
    """The end of the day, where one is given."""
    return day + timedelta(days=1) if day else None


def read_clock() -> datetime:
    """The moment of the call, in UTC; what is below the commands is told it and has no clock."""
    return datetime.now(UTC)
