"""A script for SQLite, statement by statement."""

import sqlite3
from collections.abc import Iterator


def iter_statements(script: str) -> Iterator[str]:
    """The statements of a script, for `executescript` would commit before the first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
