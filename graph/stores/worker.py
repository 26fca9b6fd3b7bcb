"""The confined process that runs one Cypher query after another on a saved graph. Started by projection.py.

Frames on standard input and output: eight bytes of length, then JSON. The first frame out says which layers hold. A
frame in is a query, or a part of the graph that has changed since it was saved. The process trusts nobody: it has given
up files, network and other processes before it reads the first of them; the graph can be written by no query.
"""

import json
import math
import os
import signal
import struct
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from datetime import time as day_time
from pathlib import Path
from typing import Any, BinaryIO

from graph.schema import LABELS
from graph.stores import confine
from graph.stores.parts import Part, write_part

# A frame larger than this is not sent: the reader holds it in memory too.
MAX_FRAME = 32 * confine.MEGABYTE

# For what is written into the graph after it was loaded: 50,000 records take 100 MB (bench/stores.py).
SPARE_MB = 1024

# The engine's short cuts that answer wrongly: this one counts no rows where a pattern of two steps has a relationship
# without a direction (0.21.2).
_WRONG_PASSES = ["fuse_match_return_aggregate"]

# Beyond the time that the engine watches itself, until the kernel ends the process.
ALARM_GRACE = 2.0

_LENGTH = struct.Struct(">Q")
_TITLED = {label.name for label in LABELS if "title" in label.properties}


def main() -> None:
    """Loads, confines, answers until standard input ends. Arguments: graph file, megabytes, the parent's process id."""
    graph_file, megabytes, parent = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    confine.end_with_parent(parent)
    frames_in, frames_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _silence()
    graph, layers = _load(graph_file, megabytes)
    write_frame(frames_out, encode({"landlock": layers.landlock, "seccomp": layers.seccomp, "memory": layers.memory}))
    while (request := read_frame(frames_in)) is not None:
        if "part" in request:
            graph.write(Part(*request["part"]))
            write_frame(frames_out, encode({}))
            continue
        graph.close_to_writing(megabytes)
        _set_alarm(request["seconds"] + ALARM_GRACE)
        body = _answer(graph, request)
        _set_alarm(0)
        write_frame(frames_out, body)


class _Graph:
    """The engine's graph, which takes parts and, between them, only questions."""

    def __init__(self, graph: Any, sizes: int | None, trim: Callable[[], object]) -> None:
        self._graph = graph
        self._trim = trim
        self._sizes = sizes

    def write(self, part: Part) -> None:
        self._graph.read_only(False)
        confine.allow_memory(None, self._sizes)
        write_part(self._graph, part)

    def close_to_writing(self, megabytes: int) -> None:
        """Has every query refused that writes, and lets it take this much memory more."""
        if not self._graph.read_only():
            self._graph.read_only(True)
            self._trim()
        confine.allow_memory(megabytes, self._sizes)

    def ask(self, query: str, parameters: Mapping[str, object], milliseconds: int, rows: int | None) -> Any:
        """The engine's answer. Keys and maps of nodes hold what was stored, not what the engine adds."""
        return self._graph.cypher(
            query,
            params=parameters,
            timeout_ms=milliseconds,
            row_limit=rows,
            disabled_passes=_WRONG_PASSES,
            hide_structural_keys=True,
        )


def read_frame(stream: BinaryIO) -> Any:
    """The next frame's content, or None at the end of the stream. ValueError when it is no frame of ours."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    [length] = _LENGTH.unpack(head)
    if length > MAX_FRAME:
        raise ValueError(f"a frame of {length} bytes")
    body = stream.read(length)
    return json.loads(body) if len(body) == length else None


def encode(content: object) -> bytes:
    """A frame's content as JSON."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass")


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Writes one frame."""
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def _silence() -> None:
    """What the engine prints goes nowhere; frames have a descriptor of their own."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _load(graph_file: Path, megabytes: int) -> tuple[_Graph, confine.Confinement]:
    """The graph and the layers that hold from now on.

    Loading spills some columns into TMPDIR, and writing would have to open them again: they go to the heap first. The
    engine's threads must run before the calls are restricted.
    """
    import kglite

    sizes = confine.open_sizes()
    may_confine = confine.give_up_privileges()
    landlock = confine.restrict_files([graph_file], [Path(os.environ["TMPDIR"])]) if may_confine else 0
    kglite.set_query_warning_policy("silent")
    loaded = kglite.load(str(graph_file))
    loaded.unspill()
    graph = _Graph(loaded, sizes, kglite.trim_memory)
    memory = confine.restrict_memory(megabytes, sizes, SPARE_MB)
    graph.close_to_writing(megabytes)
    graph.ask("MATCH (n) RETURN count(n) AS nodes", {}, 0, None)
    seccomp = confine.restrict_calls() if may_confine else False
    return graph, confine.Confinement(landlock, seccomp, memory)


def _answer(graph: _Graph, request: Mapping[str, Any]) -> bytes:
    """The frame with columns and rows, or with a reason and a message."""
    try:
        body = encode(_run(graph, request))
    except MemoryError:
        return encode({"reason": "memory", "message": "the query needs more memory than it may use"})
    # The engine's errors have no root of their own; whatever it is, it costs this query only.
    except Exception as error:
        return encode({"reason": "timeout" if "Timeout" in type(error).__name__ else "failed", "message": str(error)})
    if len(body) > MAX_FRAME:
        return encode({"reason": "memory", "message": f"the answer has {len(body) // confine.MEGABYTE} MB"})
    return body


def _run(graph: _Graph, request: Mapping[str, Any]) -> dict[str, object]:
    started = time.perf_counter()
    view = graph.ask(request["query"], request["parameters"], int(request["seconds"] * 1000), request["rows"])
    columns = list(view.columns)
    rows = [[_plain(row[column]) for column in columns] for row in view]
    total = (view.diagnostics or {}).get("total_rows") or 0
    milliseconds = (time.perf_counter() - started) * 1000
    return {"columns": columns, "rows": rows, "truncated": total > len(rows), "ms": milliseconds}


def _plain(value: object) -> object:
    """A value as JSON has it: nodes and relationships as maps of their properties, times as ISO text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None  # JSON has no such number
    if isinstance(value, Mapping):
        return _plain_map(value)
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | day_time):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def _plain_map(value: Mapping[str, Any]) -> dict[str, object]:
    if value.keys() == {"id", "labels", "properties"}:
        return {"_labels": list(value["labels"]), **_properties(value)}
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        return {"_type": value["type"], **_properties(value)}
    return {str(key): _plain(item) for key, item in value.items()}


def _properties(value: Mapping[str, Any]) -> dict[str, object]:
    """What was stored: the engine adds `type` everywhere and `title` where there is none."""
    hidden = {"type"} if _TITLED & set(value.get("labels", ())) else {"type", "title"}
    return {key: _plain(item) for key, item in value["properties"].items() if key not in hidden}


def _set_alarm(seconds: float) -> None:
    """The kernel ends the process after this long, though its threads hang and its parent is gone; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
