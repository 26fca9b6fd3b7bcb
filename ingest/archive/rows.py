"""How values are written into the archive's columns, and read back."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from graph.ids import format_time
from graph.records import Failure, Stage

# Made once: json.dumps makes one at each call, which takes longer than writing a short value.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: object) -> str:
    """JSON without blanks."""
    return _ENCODER.encode(value)


def dump_texts(texts: Iterable[str]) -> str:
    """A list of texts as `Dialect.texts` takes it; no database holds a NUL that it could look for."""
    return dump([text.replace("\0", "\ufffd") for text in texts])


def from_time(moment: datetime | None) -> str | None:
    """The moment as text that sorts in order of time."""
    return format_time(moment.astimezone(UTC)) if moment else None


def to_time(text: str) -> datetime:
    """The moment that `from_time` wrote."""
    return datetime.fromisoformat(text)


def read_failure(values: dict[str, str]) -> Failure:
    """A failure from its fields."""
    return Failure(Stage(values["stage"]), values["subject"], values["reason"], values["message"])
