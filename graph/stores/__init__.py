"""The stores behind the port of `graph/store.py`; `open_store` opens the one at an address."""

from collections.abc import Callable
from pathlib import Path

from graph.errors import ConfigError
from graph.store import GraphStore


def open_store(address: str, *, read_only: bool = False) -> GraphStore:
    """The store at an address. StoreUnavailable when it cannot be opened, ConfigError for an address of none.

    A path or `sqlite:PATH` is a file; `bolt://`, `bolt+s://`, `neo4j://` and `neo4j+s://` are a Neo4j server, which is
    asked with the account of CLAIMGRAPH_NEO4J_USER and CLAIMGRAPH_NEO4J_PASSWORD or CLAIMGRAPH_NEO4J_PASSWORD_FILE.
    """
    kind, place = _split(address)
    return KINDS[kind](place, read_only)


def find_file(address: str) -> Path | None:
    """The file of the store at an address; None where a server has it. ConfigError for an address of none."""
    kind, place = _split(address)
    return None if kind.endswith(_SERVER) else Path(place)


def _split(address: str) -> tuple[str, str]:
    """What tells the kind of a store, and where it is: the path of a file, or the whole address of a server."""
    scheme, sign, _ = address.partition(_SERVER)
    if sign and scheme + sign not in KINDS:
        raise ConfigError(f"--store {scheme}://…: a store is a file, or a bolt:// or neo4j:// address", subject=scheme)
    if sign:
        return scheme + sign, address
    kind, colon, path = address.partition(":")
    return (kind + colon, path) if kind + colon in KINDS else (_SQLITE, address)


def _open_sqlite(path: str, read_only: bool) -> GraphStore:
    from graph.stores.sqlite import SqliteStore

    return SqliteStore(Path(path), read_only=read_only)


def _open_neo4j(address: str, read_only: bool) -> GraphStore:
    from graph.stores.neo4j import Neo4jStore

    return Neo4jStore(address, read_only=read_only)


_SQLITE = "sqlite:"
_SERVER = "://"
KINDS: dict[str, Callable[[str, bool], GraphStore]] = {
    _SQLITE: _open_sqlite,
    "bolt://": _open_neo4j,
    "bolt+s://": _open_neo4j,
    "bolt+ssc://": _open_neo4j,
    "neo4j://": _open_neo4j,
    "neo4j+s://": _open_neo4j,
    "neo4j+ssc://": _open_neo4j,
}
"""What opens a store, by what its address begins with: `KIND:` before the path of a file, `KIND://` for a server, which
gets the whole address; a path alone is SQLite's. Each is told whether only to read."""
