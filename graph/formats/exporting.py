"""A whole store in the formats that other programs read."""

from collections.abc import Callable, Iterator

from graph.formats.cypher_script import iter_cypher
from graph.formats.graph_xml import iter_gexf, iter_graphml
from graph.formats.json_ld import iter_json_ld
from graph.formats.lines import iter_lines
from graph.formats.nodes import GraphReader
from graph.formats.tables import iter_edge_table, iter_node_table
from graph.store import GraphStore

Write = Callable[[GraphStore], Iterator[str]]

FORMATS: dict[str, tuple[tuple[str, Write], ...]] = {
    "jsonl": (("", iter_lines),),
    "jsonld": (("", iter_json_ld),),
    "graphml": (("", lambda store: iter_graphml(GraphReader(store))),),
    "gexf": (("", lambda store: iter_gexf(GraphReader(store))),),
    "cypher": (("", lambda store: iter_cypher(GraphReader(store))),),
    "csv": (
        ("-nodes", lambda store: iter_node_table(GraphReader(store))),
        ("-edges", lambda store: iter_edge_table(GraphReader(store))),
    ),
}
"""What each format writes of a store, and what is put behind the file's name where it makes several files."""
