"""What kind of value each property of graph/schema.py holds, for formats that declare their columns."""

from graph.formats.nodes import Value
from graph.schema import LABELS, RELATIONSHIPS

NODE_PROPERTIES: tuple[str, ...] = tuple(dict.fromkeys(name for label in LABELS for name in label.properties))
EDGE_PROPERTIES: tuple[str, ...] = tuple(dict.fromkeys(name for kind in RELATIONSHIPS for name in kind.properties))

_WHOLE = {"version", "start_char", "end_char", "count", "depth"}
_NUMBERS = {"value", "high", "reliability", "score"}


def say_kind(name: str) -> str:
    """`int`, `double` or `string`, as GraphML and GEXF call them."""
    return "int" if name in _WHOLE else "double" if name in _NUMBERS else "string"


def write_number(value: Value) -> str:
    """A number in the words of XML Schema."""
    return {"inf": "INF", "-inf": "-INF"}.get(repr(value), repr(value))
