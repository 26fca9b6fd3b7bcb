"""The rows of a store into an empty one of the same schema, by bare `executemany`: the most that SQLite could do."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.stores.fulltext import index_words
from graph.stores.sqlite import BATCH
from graph.stores.sqlite_file import WRITER_CACHE_KIB, StoreFile

_FIRST = ("source", "entity", "alias", "spelling")


def load_raw(store: Path, target: Path) -> float:
    """Claims a CPU second of loading: BATCH articles a transaction, in the order in which the store got them."""
    StoreFile(target).close()
    reader = sqlite3.connect(store)
    writer = sqlite3.connect(target, isolation_level=None)
    writer.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
    writer.execute("PRAGMA synchronous=FULL")
    writer.execute("PRAGMA foreign_keys=ON")
    for table in _FIRST:
        _insert(writer, table, reader.execute(f"SELECT * FROM {table}").fetchall())
    cpu, claims = 0.0, 0
    for aids in _batches(reader):
        tables = _read(reader, aids)
        claims += len(tables["claim"])
        started = time.process_time()
        writer.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            _insert(writer, table, rows)
        writer.execute("COMMIT")
        cpu += time.process_time() - started
    reader.close()
    writer.close()
    return claims / cpu


def _batches(reader: sqlite3.Connection) -> Iterator[list[int]]:
    """Keys of articles; claims of an article were stored in its transaction, so this is their order too."""
    aids = [aid for (aid,) in reader.execute("SELECT aid FROM article ORDER BY aid")]
    for start in range(0, len(aids), BATCH):
        yield aids[start : start + BATCH]


def _read(reader: sqlite3.Connection, aids: Sequence[int]) -> dict[str, list[tuple[object, ...]]]:
    listed = f"({','.join(map(str, aids))})"
    tables = {
        table: reader.execute(f"SELECT * FROM {table} WHERE aid IN {listed} ORDER BY 1").fetchall()
        for table in ("article", "article_text", "mention", "claim")
    }
    cids = f"({','.join(str(row[0]) for row in tables['claim'])})"
    tables["party"] = reader.execute(f"SELECT * FROM party WHERE cid IN {cids} ORDER BY cid").fetchall()
    tables["claim_words (rowid, words)"] = [(row[0], index_words(row[6])) for row in tables["claim"]]
    tables["change (kind, key, id, op)"] = [
        *(("article", row[0], row[1], "put") for row in tables["article"]),
        *(("claim", row[0], row[1], "put") for row in tables["claim"]),
    ]
    return tables


def _insert(writer: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        writer.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
