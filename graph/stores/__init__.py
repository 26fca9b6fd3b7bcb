"""The stores behind the port of `graph/store.py`; `open_store` opens the one at an address."""

from pathlib import Path

from graph.errors import ConfigError
from graph.store import GraphStore

SERVERS = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""What addresses of stores on a server begin with, before their `://`."""
FILES = ("sqlite",)
"""What addresses of stores in a file may begin with, before a `:`; a path alone is one too."""


def open_store(address: str, *, read_only: bool = False) -> GraphStore:
    """The store at an address. StoreUnavailable when it cannot be opened, ConfigError for an address of none.

    A path or `sqlite:PATH` is a file; `bolt://`, `bolt+s://`, `neo4j://` and `neo4j+s://` are a Neo4j server, which is
    asked with the account of CLAIMGRAPH_NEO4J_USER and CLAIMGRAPH_NEO4J_PASSWORD or CLAIMGRAPH_NEO4J_PASSWORD_FILE.
    """
    file = find_file(address)
    if file is None:
        from graph.stores.neo4j import Neo4jStore

        return Neo4jStore(address, read_only=read_only)
    from graph.stores.sqlite import SqliteStore

    return SqliteStore(file, read_only=read_only)


def find_file(address: str) -> Path | None:
    """The file of the store at an address; None where a server has it. ConfigError for an address of none."""
    scheme, sign, _ = address.partition("://")
    if sign and scheme not in SERVERS:
        raise ConfigError(f"--store {scheme}://…: a store is a file, or a bolt:// address", subject=scheme)
    if sign:
        return None
    kind, colon, path = address.partition(":")
    return Path(path if colon and kind in FILES else address)
