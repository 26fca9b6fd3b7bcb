"""The stores behind the port of `graph/store.py`; `open_store` opens the one at an address."""

import re
from pathlib import Path

from graph.store import GraphStore


def open_store(address: str, *, read_only: bool = False) -> GraphStore:
    """The store at an address. StoreUnavailable when it cannot be opened.

    A path or `sqlite:PATH` is a file; `bolt://`, `bolt+s://`, `neo4j://` and `neo4j+s://` are a Neo4j server, which is
    asked with the account of CLAIMGRAPH_NEO4J_USER and CLAIMGRAPH_NEO4J_PASSWORD or CLAIMGRAPH_NEO4J_PASSWORD_FILE.
    """
    if re.match(r"(bolt|neo4j)(\+s|\+ssc)?://", address):
        from graph.stores.neo4j import Neo4jStore

        return Neo4jStore(address, read_only=read_only)
    from graph.stores.sqlite import SqliteStore

    return SqliteStore(Path(address.removeprefix("sqlite:")), read_only=read_only)
