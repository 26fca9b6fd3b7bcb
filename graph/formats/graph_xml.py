"""GraphML and GEXF, for Gephi, yEd, networkx and others. Lists are written as JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from graph.formats.columns import EDGE_PROPERTIES, NODE_PROPERTIES, say_kind, write_number
from graph.formats.nodes import GraphReader, Node, Value

# What XML 1.0 cannot hold, however it is written.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF_KINDS = {"int": "integer"}
# In an attribute a reader makes spaces of them, unless they are written so; in text it makes \n of \r.
_BLANKS = {ord("\n"): "&#10;", ord("\t"): "&#9;", ord("\r"): "&#13;"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def iter_graphml(graph: GraphReader) -> Iterator[str]:
    """A directed GraphML document; a node's `label` is its label, `type` the label of its entity type."""
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for side, names in (("node", ("label", "type", *NODE_PROPERTIES)), ("edge", ("type", *EDGE_PROPERTIES))):
        for name in names:
            yield f'<key id="{side}_{name}" for="{side}" attr.name="{name}" attr.type="{say_kind(name)}"/>\n'
    yield '<graph id="claimgraph" edgedefault="directed">\n'
    for node in graph.iter_nodes():
        data = "".join(_iter_data("node", _describe(node)))
        yield f"<node id={_attribute(node.key)}>{data}</node>\n"
    for number, edge in enumerate(graph.iter_edges()):
        ends = f"source={_end(edge.start)} target={_end(edge.end)}"
        data = "".join(_iter_data("edge", {"type": edge.type, **edge.properties}))
        yield f'<edge id="{number}" {ends}>{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def iter_gexf(graph: GraphReader) -> Iterator[str]:
    """A directed GEXF 1.2 document; what is shown of a node is its name, title or text, of an edge its type."""
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for side, names in (("node", ("label", "type", *NODE_PROPERTIES)), ("edge", ("type", *EDGE_PROPERTIES))):
        columns = "".join(
            f'<attribute id="{name}" title="{name}" type="{_GEXF_KINDS.get(say_kind(name), say_kind(name))}"/>'
            for name in names
        )
        yield f'<attributes class="{side}">{columns}</attributes>\n'
    yield "<nodes>\n"
    for node in graph.iter_nodes():
        values = "".join(_iter_values(_describe(node)))
        yield f"<node id={_attribute(node.key)} label={_attribute(_caption(node))}>{values}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(graph.iter_edges()):
        ends = f"source={_end(edge.start)} target={_end(edge.end)}"
        values = "".join(_iter_values({"type": edge.type, **edge.properties}))
        yield f'<edge id="{number}" {ends} label={_attribute(edge.type)}>{values}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _describe(node: Node) -> dict[str, Value]:
    kind: dict[str, Value] = {"type": node.type_label} if node.type_label else {}
    return {"label": node.label, **kind, **node.properties}


def _caption(node: Node) -> str:
    return next(str(node.properties[name]) for name in ("name", "title", "text", "id") if node.properties.get(name))


def _iter_data(side: str, properties: dict[str, Value]) -> Iterable[str]:
    return (f'<data key="{side}_{name}">{_text(_write(value))}</data>' for name, value in properties.items())


def _iter_values(properties: dict[str, Value]) -> Iterable[str]:
    values = (f'<attvalue for="{name}" value={_attribute(_write(value))}/>' for name, value in properties.items())
    return ("<attvalues>", *values, "</attvalues>")


def _write(value: Value) -> str:
    if isinstance(value, tuple):
        return clean_xml(json.dumps(value, ensure_ascii=False))
    return clean_xml(value) if isinstance(value, str) else write_number(value)


def _end(end: tuple[str, str]) -> str:
    return _attribute(":".join(end))


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return f'"{escape(clean_xml(text)).translate(_BLANKS)}"'


def clean_xml(text: str) -> str:
    """The text with a mark in the place of what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
