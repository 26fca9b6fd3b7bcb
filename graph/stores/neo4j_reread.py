"""What an article's text is read as now, in the place of what was stored of it; inside one transaction.

Where a claim has taken another one's place, `was` of its node holds the ids of those that it stands for, each between
two spaces.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import neo4j

from graph.background import MAKING
from graph.errors import NotFound
from graph.formats.encoding import decode, encode
from graph.records import CLAIM_KINDS, Article, ArticleId, ClaimId, Extraction, PropositionId, Rereading
from graph.rulings.heirs import find_heirs, follow_heirs, mark_misread
from graph.rulings.resolve import derive_extraction, derive_identity, find_about
from graph.stores.extractions import list_claims
from graph.stores.neo4j_all import ARTICLES, make_extraction, page_of
from graph.stores.neo4j_identity import count_claims
from graph.stores.neo4j_judged import Judged, keep_lost, keep_ruling, read_judged, write_nodes
from graph.stores.neo4j_keys import FreeKeys
from graph.stores.neo4j_makers import queue_release
from graph.stores.neo4j_matters import find_matters, keep_names, open_left, remove_propositions
from graph.stores.neo4j_queue import STAMP, queue_claims
from graph.stores.neo4j_rows import article_record, mention_rows
from graph.stores.neo4j_schema import FORMER_IDS
from graph.stores.neo4j_server import Read
from graph.stores.neo4j_write import Batch, end_turn, meet_entities, run_rows, take_turn, write_parts


def replace_extraction(
    transaction: neo4j.ManagedTransaction, extraction: Extraction, rereading: Rereading | None
) -> None:
    """Claims that are the same stay untouched; judgements follow heirs. NotFound when the article is not there."""
    take_turn(transaction)
    found = transaction.run(_ARTICLE, id=extraction.article.id, limit=1).data()
    if not found:
        raise NotFound(f"no article {extraction.article.id} in the store; add it first", subject=extraction.article.id)
    if rereading:
        put_rereadings(transaction, [rereading])
    before = make_extraction(found[0])
    nodes = {node["id"]: node for node in found[0]["claims"]}
    stored = {claim.id: claim for claim in before.claims}
    extraction = mark_misread(extraction, read_judged(transaction).judgements)
    wanted = {claim.id: claim for claim in list_claims(extraction)}
    put = [claim for claim in wanted.values() if claim != stored.get(claim.id)]
    gone = [id for id in stored if id not in wanted]
    if put or gone or before.mentions != extraction.mentions:
        heirs = find_heirs(before.claims, extraction.claims)
        changed = [claim.id for claim in put if claim.id in stored]
        judged = _follow(transaction, heirs)  # before the nodes are gone that keep some of it
        moments = [claim.reported_at for claim in put if claim.id not in stored]
        free = iter(FreeKeys(transaction, "Claim", moments).take_all(moments))  # while those that stay have theirs
        keys = {claim.id: nodes[claim.id]["key"] if claim.id in nodes else next(free) for claim in put}
        names = _leave_propositions(transaction, [*gone, *changed])
        left = find_matters(transaction, [*gone, *changed])
        touched = [record["id"] for record in transaction.run(_TAKE_OUT, ids=[*gone, *changed])]
        open_left(transaction, left.values())
        _write(transaction, replace(extraction, claims=tuple(put)), judged, keys)
        led = {id: f"{node['was'] or ''}{f' {names[id]} ' if id in names else ''}" for id, node in nodes.items()}
        _keep(transaction, before.article, judged, led, heirs)
        count_claims(transaction, touched)
        if any(stored[id].predicate in MAKING for id in gone):
            queue_release(transaction)
    end_turn(transaction)


def find_heirs_of(read: Read, claims: Sequence[ClaimId] | None) -> dict[ClaimId, ClaimId]:
    """Which claim took the place of each of these, or of all claims that are gone."""
    rows = read(_ALL_HEIRS) if claims is None else read(_HEIRS, index=FORMER_IDS, ids=list(claims))
    led = sorted((former, row["id"]) for row in rows for former in row["was"].split())
    return {former: id for former, id in led if (not former.startswith("p") if claims is None else former in claims)}


def add_heirs(transaction: neo4j.ManagedTransaction, heirs: Mapping[ClaimId, ClaimId]) -> None:
    """Notes which claims took the place of which."""
    run_rows(transaction, _WAS, [{"id": heir, "was": f" {id} "} for id, heir in heirs.items()])


def put_rereadings(transaction: neo4j.ManagedTransaction, rereadings: Iterable[Rereading]) -> None:
    """Keeps them in the place of those kept; of articles that are not there none."""
    rows = [{"id": one.article_id, "kept": json.dumps(encode(one), ensure_ascii=False)} for one in rereadings]
    run_rows(transaction, _REREAD, rows)


def list_rereadings(read: Read, articles: Sequence[ArticleId]) -> tuple[Rereading, ...]:
    """Those of these articles."""
    return tuple(map(_make_rereading, read(_REREADINGS, ids=list(articles))))


def iter_rereadings(read: Read) -> Iterator[Rereading]:
    """Every one, in the order of the articles."""
    last = -1
    while rows := read(_ALL_REREADINGS, last=last, limit=ARTICLES):
        last = rows[-1]["key"]
        yield from map(_make_rereading, rows)


def _make_rereading(row: Mapping[str, Any]) -> Rereading:
    return decode(Rereading, json.loads(row["kept"]))


def _leave_propositions(
    transaction: neo4j.ManagedTransaction, claims: Sequence[ClaimId]
) -> dict[ClaimId, PropositionId]:
    """Takes away what rests on these claims; what else it rested on is queued. It is derived again without them.

    Which of the claims the ids of propositions were made of.
    """
    held = [record["id"] for record in transaction.run(_HELD, ids=claims)]
    queue_claims(transaction, [r["id"] for r in transaction.run(_BESIDE, ids=held) if r["id"] not in claims])
    names = keep_names(transaction, held, claims)
    remove_propositions(transaction, held)
    return names


def _follow(transaction: neo4j.ManagedTransaction, heirs: Mapping[ClaimId, ClaimId]) -> Judged:
    """What is judged, naming heirs. The nodes of entities keep it so from now on."""
    judged = read_judged(transaction)
    judgements = tuple(follow_heirs(one, heirs) for one in judged.judgements)
    if judgements == judged.judgements:
        return judged
    now = replace(judged, judgements=judgements, identity=derive_identity(judgements))
    renamed = {id for one, old in zip(judgements, judged.judgements, strict=True) if one != old for id in one.entities}
    write_nodes(transaction, judged, now, renamed)
    return now


def _write(
    transaction: neo4j.ManagedTransaction, part: Extraction, judged: Judged, keys: Mapping[ClaimId, int]
) -> None:
    """Writes all mentions, and the claims given, by their keys."""
    _, refused, _ = meet_entities(transaction, [part], judged)
    if refused:
        raise refused[0]
    derived = derive_extraction(judged.identity, part)
    record = article_record(part.article, derived.mentions, part.mentions)
    transaction.run(_MENTIONS_GO, id=part.article.id, record=record).consume()
    batch = Batch(mentions=mention_rows(part.article, derived.mentions))
    now = {claim.id: claim for claim in derived.claims}
    for claim in part.claims:
        batch.add_claim(now[claim.id], claim, part.article, keys[claim.id])
    write_parts(transaction, batch)
    run_rows(transaction, _QUEUE, [claim.id for claim in part.claims])


def _keep(
    transaction: neo4j.ManagedTransaction,
    article: Article,
    judged: Judged,
    led: Mapping[ClaimId, str],
    heirs: Mapping[ClaimId, ClaimId],
) -> None:
    """Old addresses lead to heirs; decisions on claims stand on those that are there, others on the article.

    led  the ids that led to each claim of the article
    """
    there = {record["id"] for record in transaction.run(_THERE, id=article.id)}
    rows = [{"id": id, "was": was} for id, was in led.items() if was and id in there]
    rows += [{"id": heir, "was": f"{led[id]} {id} "} for id, heir in heirs.items()]
    run_rows(transaction, _WAS, rows)
    firsts = {
        about.claims[0]: about
        for one in judged.judgements
        for about in (find_about(one, judged.judgements),)
        if about.kind in CLAIM_KINDS and {*about.claims} & {*led, *heirs.values()}
    }
    lost = [id for id in firsts if id in led and id not in there]
    for id, about in firsts.items():
        if id not in lost:
            keep_ruling(transaction, judged.judgements, about)
    if lost:
        keep_lost(transaction, article.id, judged.judgements, lost)


_ARTICLE = page_of("a.id = $id", "body")
_HELD = "UNWIND $ids AS id MATCH (:Claim {id: id})-[:SAYS]->(p:Proposition) RETURN DISTINCT p.id AS id"
_BESIDE = "UNWIND $ids AS id MATCH (:Proposition {id: id})<-[:SAYS]-(c:Claim) RETURN DISTINCT c.id AS id"
_TAKE_OUT = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
WITH c, COLLECT { MATCH (c)-[:SUBJECT|OBJECT|ON]->(e:Entity) RETURN DISTINCT e.id } AS about
DETACH DELETE c
WITH about UNWIND about AS id
RETURN DISTINCT id AS id
"""
_MENTIONS_GO = "MATCH (a:Article {id: $id}) SET a.record = $record WITH a MATCH (a)-[m:MENTIONS]->() DELETE m"
_QUEUE = f"UNWIND $rows AS id MATCH (c:Claim {{id: id}}) SET c.queued = {STAMP}"
_THERE = "MATCH (:Article {id: $id})-[:STATES]->(c:Claim) RETURN c.id AS id"
_WAS = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) SET c.was = coalesce(c.was, '') + r.was"
_HEIRS = (
    "UNWIND $ids AS id CALL { WITH id CALL db.index.fulltext.queryNodes($index, id) YIELD node "
    "RETURN node.id AS heir, node.was AS was } RETURN DISTINCT heir AS id, was AS was"
)
_REREAD = "UNWIND $rows AS r MATCH (a:Article {id: r.id}) SET a.reread = r.kept"
_REREADINGS = (
    "UNWIND $ids AS id MATCH (a:Article {id: id}) WHERE a.reread IS NOT NULL RETURN a.reread AS kept ORDER BY a.key"
)
_ALL_REREADINGS = (
    "MATCH (a:Article) WHERE a.key > $last AND a.reread IS NOT NULL "
    "RETURN a.key AS key, a.reread AS kept ORDER BY key LIMIT $limit"
)
_ALL_HEIRS = "MATCH (c:Claim) WHERE c.was IS NOT NULL RETURN c.id AS id, c.was AS was"
