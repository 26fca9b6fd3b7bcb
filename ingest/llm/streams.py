"""A completion that comes as a stream of events, though nobody asked for one, put together as if it had come whole."""

import json
from typing import Any

_EVENT, _END = b"data:", b"[DONE]"


def is_stream(kind: str) -> bool:
    """Whether a body of such a type is a stream."""
    return kind.partition(";")[0].strip().lower() == "text/event-stream"


def join_stream(body: bytes) -> dict[str, Any]:
    """The whole completion. Raises ValueError, KeyError, IndexError, TypeError or AttributeError where it is none."""
    events = [line[len(_EVENT) :].strip() for line in body.splitlines() if line.startswith(_EVENT)]
    if _END not in events:
        raise ValueError("the stream has no end")
    text, finish, usage = "", None, None
    for event in map(json.loads, events[: events.index(_END)]):
        usage = event.get("usage") or usage
        for choice in event.get("choices", [])[:1]:
            text += choice.get("delta", {}).get("content") or ""
            finish = choice.get("finish_reason") or finish
    return {"choices": [{"message": {"content": text}, "finish_reason": finish}], "usage": usage}
