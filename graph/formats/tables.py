"""CSV, one table of nodes and one of relationships, safe to open in a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from graph.formats.columns import EDGE_PROPERTIES, NODE_PROPERTIES
from graph.formats.nodes import GraphReader, Value

# What makes a spreadsheet run a cell; the wide ones are turned into the others by Japanese input.
_RUNNING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def iter_node_table(graph: GraphReader) -> Iterator[str]:
    """A line for each node: its key in the table of relationships, its label, the label of its type, its properties."""
    yield format_line(["node", "label", "type_label", *NODE_PROPERTIES])
    for node in graph.iter_nodes():
        yield format_line([node.key, node.label, node.type_label or "", *_cells(node.properties, NODE_PROPERTIES)])


def iter_edge_table(graph: GraphReader) -> Iterator[str]:
    """A line for each relationship: the keys of its ends, its type, its properties."""
    for _ in graph.iter_nodes():  # only what both tables have
        pass
    yield format_line(["start", "type", "end", *EDGE_PROPERTIES])
    for edge in graph.iter_edges():
        yield format_line(
            [":".join(edge.start), edge.type, ":".join(edge.end), *_cells(edge.properties, EDGE_PROPERTIES)]
        )


def _cells(properties: dict[str, Value], names: Iterable[str]) -> Iterator[str | int | float]:
    for name in names:
        value = properties.get(name, "")
        yield json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


def format_line(cells: Iterable[str | int | float]) -> str:
    """A line of CSV whose texts no spreadsheet runs."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_disarm(cell) for cell in cells])
    return line.getvalue()


def _disarm(cell: str | int | float) -> str | int | float:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNNING) else cell
