"""What can be told of queues, workers and dead letters; how messages travel is not known here (cluster.py)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from graph.errors import NotFound


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many messages wait in a queue, and how many workers take from it."""

    name: str
    waiting: int
    consumers: int


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker: what it takes messages from, and on how many it works now."""

    name: str
    queues: tuple[str, ...]
    busy: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that nobody tries any more.

    why   `delivery_limit`: three processes died on it; `rejected`: it failed, and the worker's log says how
    died  when, as the broker tells it
    """

    id: str
    task: str
    queue: str
    ids: tuple[str, ...]
    why: str
    died: datetime | None


class Letter(Protocol):
    """A message as the broker gave it."""

    body: Any
    headers: Mapping[str, Any]
    properties: Mapping[str, Any]
    delivery_tag: Any


L = TypeVar("L", bound=Letter)


def read_letter(letter: Letter) -> DeadLetter:
    """What can be told of it: anybody may have sent it."""
    try:
        fields = json.loads(letter.body)[1]
    except (ValueError, LookupError, TypeError):
        fields = {}
    ids = fields.get("ids", ()) if isinstance(fields, dict) else ()
    [death, *_] = letter.headers.get("x-death") or [{}]
    return DeadLetter(
        str(letter.headers.get("id") or letter.properties.get("message_id") or letter.delivery_tag),
        str(letter.headers.get("task", "")).removeprefix("claimgraph."),
        str(letter.headers.get("x-first-death-queue") or death.get("queue", "")),
        tuple(map(str, ids)) if isinstance(ids, list) else (),
        str(letter.headers.get("x-first-death-reason") or death.get("reason", "")),
        death.get("time"),
    )


def pick_letters(letters: Sequence[L], ids: Collection[str] | None) -> list[L]:
    """Those of these ids, all without; NotFound names an id that none has."""
    if ids is None:
        return list(letters)
    by_id = {read_letter(letter).id: letter for letter in letters}
    if missing := sorted(set(ids) - by_id.keys()):
        raise NotFound(f"dead letter {missing[0]}: there is none", subject=missing[0], reason="no_letter")
    return [by_id[id] for id in dict.fromkeys(ids)]
