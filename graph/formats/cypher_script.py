"""A Cypher script that builds the graph in Neo4j 5; run twice it changes nothing.

Labels, types and property names come from graph/schema.py, everything else is written as a literal.
"""

import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from graph.formats.nodes import Edge, GraphReader, Node, Value
from graph.schema import LABELS, RELATIONSHIPS

_Item = TypeVar("_Item")
_Kind = TypeVar("_Kind", bound=Hashable)

# Claims of a statement: a few hundred kilobytes of text, which Neo4j parses at once.
_BATCH = 200
_LABELS = {label.name: set(label.properties) for label in LABELS}
_TYPES = {(kind.name, kind.start): set(kind.properties) for kind in RELATIONSHIPS}
# What tells two relationships of one type between the same nodes apart.
_KEYS = {("CLAIMED_BY", "Claim"): "depth", ("CONTRADICTS", "Proposition"): "kind"} | {
    (kind.name, kind.start): "source" for kind in RELATIONSHIPS if "source" in kind.properties
}

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile("[\\\\'\x00-\x1f\x7f\x85\u2028\u2029\ufeff]")


def iter_cypher(graph: GraphReader) -> Iterator[str]:
    """Statements, each ending in a semicolon at the end of a line."""
    for label in _LABELS:
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
    for (label, type_label), nodes in _batch(graph.iter_nodes(), lambda node: (node.label, node.type_label)):
        second = f", n:{type_label}" if type_label else ""
        rows = _list(map(_node_row, nodes))
        yield f"UNWIND {rows} AS row\nMERGE (n:{label} {{id: row.id}}) SET n += row{second};\n"
    for (type, start, end), edges in _batch(graph.iter_edges(), lambda edge: (edge.type, edge.start[0], edge.end[0])):
        name = _KEYS.get((type, start))
        key = f" {{{name}: row.p.{name}}}" if name else ""
        yield (
            f"UNWIND {_list(map(_edge_row, edges))} AS row\n"
            f"MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}})\n"
            f"MERGE (a)-[r:{type}{key}]->(b) SET r += row.p;\n"
        )


def write_literal(value: Value) -> str:
    """The value as Cypher reads it back."""
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, tuple):
        return _list(map(_write_text, value))
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def _node_row(node: Node) -> str:
    assert node.properties.keys() <= _LABELS[node.label], node
    return _map(node.properties)


def _edge_row(edge: Edge) -> str:
    assert edge.properties.keys() <= _TYPES[edge.type, edge.start[0]], edge
    return f"{{a: {_write_text(edge.start[1])}, b: {_write_text(edge.end[1])}, p: {_map(edge.properties)}}}"


def _map(properties: dict[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {write_literal(value)}" for name, value in properties.items()) + "}"


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _write_text(text: str) -> str:
    """Control characters and what ends a line go as `\\uXXXX`, which Neo4j reads everywhere in a script."""
    return "'" + _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text) + "'"


def _batch(items: Iterable[_Item], kind: Callable[[_Item], _Kind]) -> Iterator[tuple[_Kind, list[_Item]]]:
    """The items in lists of one kind, a list as soon as it is full, the rest at the end."""
    open_lists: dict[_Kind, list[_Item]] = {}
    for item in items:
        listed = open_lists.setdefault(kind(item), [])
        listed.append(item)
        if len(listed) == _BATCH:
            yield kind(item), open_lists.pop(kind(item))
    yield from open_lists.items()
