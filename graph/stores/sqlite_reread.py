"""What an article's text is read as now, in the place of what was stored of it; inside the caller's transaction."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.background import MAKING
from graph.errors import NotFound
from graph.formats.encoding import decode, encode
from graph.records import VERDICTS, ArticleId, ClaimId, EntityId, Extraction, PropositionId, Rereading
from graph.rulings.heirs import find_heirs, mark_misread
from graph.stores.changes import log_changes
from graph.stores.extractions import list_claims
from graph.stores.fulltext import index_words
from graph.stores.sqlite_all import ARTICLES, iter_pages, read_extractions
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_identity import count_claims
from graph.stores.sqlite_judgements import IdentityReader, read_judgements
from graph.stores.sqlite_makers import queue_release
from graph.stores.sqlite_matters import keep_names, remove_propositions
from graph.stores.sqlite_queue import open_left, queue_keys
from graph.stores.sqlite_rows import LISTED
from graph.stores.sqlite_write import add_parts, look_up, number_claims


def replace_extraction(
    connection: sqlite3.Connection, extraction: Extraction, identity: IdentityReader, rereading: Rereading | None
) -> None:
    """Claims that are the same stay untouched; judgements follow heirs. NotFound when the article is not there."""
    article = extraction.article
    row = connection.execute("SELECT aid, sid FROM article WHERE id = ?", (article.id,)).fetchone()
    if row is None:
        raise NotFound(f"no article {article.id} in the store; add it first", subject=article.id)
    aid, sid = row
    if rereading:
        put_rereadings(connection, [rereading])
    [before] = read_extractions(connection, [aid], with_texts=False)
    keys = {id: cid for cid, id in connection.execute("SELECT cid, id FROM claim WHERE aid = ?", (aid,))}
    stored = {claim.id: claim for claim in before.claims}
    extraction = mark_misread(extraction, read_judgements(connection))
    wanted = {claim.id: claim for claim in list_claims(extraction)}
    changed = {id for id in wanted if id in stored and wanted[id] != stored[id]}
    gone = {id: keys[id] for id in stored if id not in wanted}
    if before.mentions == extraction.mentions and not changed and stored.keys() == wanted.keys():
        return
    heirs = find_heirs(before.claims, extraction.claims)
    put = [claim for id, claim in wanted.items() if id in changed or id not in stored]
    # Before the keys of those that stay are free for a moment.
    new = number_claims(connection, [replace(extraction, claims=tuple(c for c in put if c.id not in stored))])
    _leave_propositions(connection, [*gone.values(), *(keys[id] for id in changed)])
    touched = _take_out(connection, {**gone, **{id: keys[id] for id in changed}})
    _take_out_mentions(connection, aid, article.id)
    log_changes(connection, "claim", [(cid, id) for id, cid in gone.items()], "del")
    _follow(connection, heirs, gone)
    part = replace(extraction, claims=tuple(put))
    _, found = look_up(connection, [part], identity.read(connection))
    numbered = new | {keys[claim.id]: claim for claim in put if claim.id in stored}
    add_parts(connection, found, dict(sorted(numbered.items())), {article.id: aid}, {article.id: sid})
    if any(stored[id].predicate in MAKING for id in gone):
        queue_release(connection)
    count_claims(connection, touched)


def find_heirs_of(connection: sqlite3.Connection, claims: Sequence[ClaimId] | None) -> dict[ClaimId, ClaimId]:
    """Which claim took the place of each of these, or of all claims that are gone."""
    chosen = "id NOT GLOB 'p*'" if claims is None else f"id IN {LISTED}"
    listed = () if claims is None else (json.dumps(claims),)
    return dict(connection.execute(f"SELECT id, heir FROM heir WHERE {chosen} ORDER BY id", listed).fetchall())


def add_heirs(connection: sqlite3.Connection, heirs: Mapping[ClaimId, ClaimId]) -> None:
    """Notes which claims took the place of which."""
    connection.executemany("INSERT OR REPLACE INTO heir (id, heir) VALUES (?, ?)", heirs.items())


def put_rereadings(connection: sqlite3.Connection, rereadings: Iterable[Rereading]) -> None:
    """Keeps them in the place of those kept; of articles that are not there none."""
    connection.executemany(
        "INSERT OR REPLACE INTO rereading (aid, record) SELECT aid, ? FROM article WHERE id = ?",
        [(json.dumps(encode(one), ensure_ascii=False), one.article_id) for one in rereadings],
    )


def read_rereadings(connection: sqlite3.Connection, articles: Sequence[ArticleId]) -> tuple[Rereading, ...]:
    """Those of these articles."""
    query = f"SELECT record FROM article JOIN rereading USING (aid) WHERE id IN {LISTED} ORDER BY aid"
    return _make_rereadings(connection.execute(query, (json.dumps(articles),)))


def iter_rereadings(file: StoreFile) -> Iterator[Rereading]:
    """Every one, in the order of the articles."""
    return iter_pages(file, "SELECT aid FROM rereading WHERE aid > ? ORDER BY aid LIMIT ?", ARTICLES, _read_page)


def _read_page(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Rereading, ...]:
    query = f"SELECT record FROM rereading WHERE aid IN {LISTED} ORDER BY aid"
    return _make_rereadings(connection.execute(query, (json.dumps(keys),)))


def _make_rereadings(rows: Iterable[Sequence[str]]) -> tuple[Rereading, ...]:
    return tuple(decode(Rereading, json.loads(record)) for (record,) in rows)


def _leave_propositions(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Takes away what rests on these claims; what else it rested on is queued. It is derived again without them."""
    listed = json.dumps(keys)
    held: dict[PropositionId, int] = dict(
        connection.execute(
            f"SELECT id, pid FROM proposition WHERE pid IN (SELECT pid FROM link WHERE cid IN {LISTED})", (listed,)
        ).fetchall()
    )
    pids = json.dumps(list(held.values()))
    beside = connection.execute(f"SELECT cid FROM link WHERE pid IN {LISTED} AND cid NOT IN {LISTED}", (pids, listed))
    queue_keys(connection, [cid for (cid,) in beside.fetchall()])
    first = f"SELECT pid FROM link WHERE place = 0 AND cid IN {LISTED}"
    named = {pid for (pid,) in connection.execute(first, (listed,))}
    keep_names(connection, {id: pid for id, pid in held.items() if pid in named})
    remove_propositions(connection, held)


def _take_out(connection: sqlite3.Connection, claims: Mapping[ClaimId, int]) -> list[EntityId]:
    """Takes claims out with all that hangs on them; the ids of the entities that they were about."""
    listed = (json.dumps(list(claims.values())),)
    about = f"SELECT DISTINCT e.id FROM party JOIN entity e USING (eid) WHERE role < 4 AND cid IN {LISTED}"
    touched = [id for (id,) in connection.execute(about, listed)]
    mids = [
        mid for (mid,) in connection.execute(f"SELECT DISTINCT mid FROM claim_matter WHERE cid IN {LISTED}", listed)
    ]
    connection.execute(
        "INSERT INTO change (kind, key, id) SELECT DISTINCT 'claim', c.cid, c.id FROM response r "
        f"JOIN claim c USING (cid) WHERE r.answers IN {LISTED}",
        listed,
    )
    texts = connection.execute(f"SELECT cid, text FROM claim WHERE cid IN {LISTED}", listed).fetchall()
    connection.executemany(
        "INSERT INTO claim_words (claim_words, rowid, words) VALUES ('delete', ?, ?)",
        [(cid, index_words(text)) for cid, text in texts],
    )
    for table in ("party_added", "party", "claim"):
        connection.execute(f"DELETE FROM {table} WHERE cid IN {LISTED}", listed)
    open_left(connection, mids)
    connection.execute(
        f"DELETE FROM matter WHERE mid IN {LISTED} AND mid NOT IN (SELECT mid FROM claim_matter WHERE mid = matter.mid)"
        " AND mid NOT IN (SELECT mid FROM proposition WHERE mid = matter.mid)",
        (json.dumps(mids),),
    )
    return touched


def _take_out_mentions(connection: sqlite3.Connection, aid: int, id: ArticleId) -> None:
    for table in ("mention_added", "mention"):
        connection.execute(f"DELETE FROM {table} WHERE aid = ?", (aid,))
    log_changes(connection, "article", [(aid, id)])


def _follow(connection: sqlite3.Connection, heirs: Mapping[ClaimId, ClaimId], gone: Iterable[ClaimId]) -> None:
    """Old addresses lead to the heirs, also those that led to one that is gone now; judgements name them."""
    listed = json.dumps(list(gone))
    led = connection.execute(f"SELECT id, heir FROM heir WHERE heir IN {LISTED}", (listed,)).fetchall()
    connection.execute(f"DELETE FROM heir WHERE heir IN {LISTED}", (listed,))
    add_heirs(connection, {id: heirs[heir] for id, heir in led if heir in heirs} | dict(heirs))
    rows = connection.execute(
        "SELECT DISTINCT seq, about FROM judgement, json_each(about, '$.claims') c "
        f"WHERE kind NOT IN {LISTED} AND c.value IN {LISTED}",
        (json.dumps(sorted(VERDICTS)), json.dumps(list(heirs))),
    ).fetchall()
    for seq, text in rows:
        about = json.loads(text)
        about["claims"] = [heirs.get(id, id) for id in about["claims"]]
        connection.execute("UPDATE judgement SET about = ? WHERE seq = ?", (json.dumps(about), seq))
