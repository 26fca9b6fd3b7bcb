"""What the archive's tables stand on: a database that answers with rows and takes whole transactions.

One set of queries serves every database: `?` for what is given, and nothing that one of them alone understands but the
fragments of its Dialect.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self


class Result(Protocol):
    """What a statement gave. `rowcount`: rows that it wrote."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...


class Transaction(Protocol):
    """All of it or nothing. The connection of `sqlite3` is one."""

    def execute(self, query: str, arguments: Sequence[object] = (), /) -> Result: ...

    def executemany(self, query: str, arguments: Iterable[Sequence[object]], /) -> object: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """What databases spell each in its own way.

    texts     a subquery of the texts in a list given as JSON
    seconds   whole seconds since 1970 of the column of time named in it by `{}`
    columns   query for the columns of the table given
    now       the moment by the database's own clock, as the archive writes times
    last_number  query for the highest number that a row of `{table}` has, or had and is not given again, in `{column}`
    number_on    statement after which that of the next row comes after the number given, where none is given again
    """

    texts: str
    seconds: str
    columns: str
    now: str
    last_number: str
    number_on: str


class Database(Protocol):
    """A file or a server. Whatever goes wrong is a StoreError; StoreUnavailable when it cannot be used at all.

    name  what people call it: the path, or the address without an account
    """

    name: str
    dialect: Dialect

    def rows(self, query: str, *arguments: object) -> list[Any]:
        """All rows that answer a query."""
        ...

    def reading(self) -> AbstractContextManager[Callable[[str], Iterator[Any]]]:
        """Gives rows one by one, of one state of the database for all questions, whoever writes meanwhile."""
        ...

    def writing(self) -> AbstractContextManager[Transaction]:
        """One transaction; what raises inside it undoes it."""
        ...

    def close(self) -> None: ...


class Tables:
    """A database with questions and changes of its own in the classes that build on this one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.rows
        self._writing = database.writing

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()
