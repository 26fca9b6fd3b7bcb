"""Ready queries: a file of Cypher whose first comment line says what it answers, with values to try it on."""

import json
import re
from dataclasses import dataclass

from graph.errors import QueryError

_PARAMETER = re.compile(r"//\s*param\s+([A-Za-z_]\w*)\s*=\s*(.*)")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """What a file asks.

    title       its first comment line; empty when it has none
    parameters  values of its `// param name = json` lines
    """

    title: str
    query: str
    parameters: dict[str, object]


def parse_query_file(text: str) -> QueryFile:
    """The query of a file, comment lines at its head taken off. QueryError when a value is no JSON."""
    lines = text.splitlines()
    head = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("//")), len(lines))
    comments = [line.strip() for line in lines[:head] if line.strip()]
    title = comments[0].lstrip("/ ") if comments and not _PARAMETER.fullmatch(comments[0]) else ""
    found = [match for match in map(_PARAMETER.fullmatch, comments) if match]
    query = "\n".join(lines[head:]).strip()
    return QueryFile(title, query, {match[1]: _read_value(match[1], match[2]) for match in found})


def read_parameter(text: str) -> object:
    """A value given by hand: `5` is a number, `["a"]` a list, and what is no JSON is text. QueryError."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    except RecursionError as error:
        raise QueryError(f"{text[:40]}…: nested too deep", subject=text[:40], reason="refused") from error
    return value


def _read_value(name: str, text: str) -> object:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise QueryError(f"// param {name} = {text}: not JSON ({error.msg})", subject=name, reason="refused") from error
    return value
