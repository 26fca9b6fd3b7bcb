"""Propositions and contradictions out of nodes, and the questions about them."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import compress

from graph.formats.encoding import decode
from graph.proposition_store import CONTESTED, CONTESTED_FIRST, MatterFacet, Order, PropositionPage, PropositionQuery
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Contradiction,
    ContradictionKind,
    Predicate,
    Proposition,
    PropositionId,
)
from graph.store import FACET_DEPTH
from graph.stores.derived import PageEnd, format_place, parse_place
from graph.stores.encoding import NEARLY, to_moment
from graph.stores.neo4j_rows import make_article, make_claim, project
from graph.stores.neo4j_search import CLAIM
from graph.stores.neo4j_server import Read
from graph.stores.neo4j_texts import RECORDS

_PAGE = 500
_BARE: dict[str, list[object]] = {"links": [], "events": [], "part_of": []}
_IS_CONTESTED = f"p.status IN {[one.value for one in CONTESTED]}"
_VALUES = {
    Order.NEWEST: "p.last",
    Order.WEIGHT: "p.articles",
    Order.CONTESTED: f"(p.articles + CASE WHEN {_IS_CONTESTED} THEN {CONTESTED_FIRST} ELSE 0 END)",
}
_FACETS = {MatterFacet.STATUS: "p.status", MatterFacet.TYPE: "p.claim_type"}


def get_propositions(
    read: Read, ids: Sequence[PropositionId], *, bare: bool, most_links: int | None
) -> tuple[Proposition, ...]:
    found = {row["id"]: row["record"] for row in read(RECORDS, ids=list(ids))}
    return tuple(_make(found[id], bare=bare, most_links=most_links) for id in ids if id in found)


def find_propositions_of(read: Read, claims: Sequence[ClaimId]) -> dict[ClaimId, PropositionId]:
    return {row["claim"]: row["id"] for row in read(_OF_CLAIMS, ids=list(claims))}


def find_propositions(
    read: Read, query: PropositionQuery, limit: int, after: str | None, *, bare: bool
) -> PropositionPage:
    """`query` names entities that stand for themselves."""
    lead, value, parameters = _make_search(query, None if after is None else parse_place(after))
    text = f"{lead} RETURN p.id AS id, {value} AS value, p.record AS record ORDER BY value DESC, id DESC LIMIT $limit"
    rows = read(text, limit=limit + 1, **parameters)
    page = rows[:limit]
    more = format_place(PageEnd(page[-1]["value"], page[-1]["id"])) if page and len(rows) > limit else None
    return PropositionPage(tuple(_make(row["record"], bare=bare) for row in page), more)


def count_propositions(read: Read, query: PropositionQuery, facet: MatterFacet) -> dict[str, int]:
    """`query` names entities that stand for themselves."""
    lead, value, parameters = _make_search(query, None)
    found = _FACETS[facet]
    if facet is MatterFacet.STATUS and (query.known_by or query.valid_at):
        known, order, _ = _know_status(query)
        found = f"COLLECT {{ {known} RETURN v.status ORDER BY {order} LIMIT 1 }}[0]"
    text = (
        f"{lead} WITH p ORDER BY {value} DESC, p.id DESC LIMIT $limit WITH {found} AS found "
        "RETURN found, count(*) AS n ORDER BY n DESC, found"
    )
    return {row["found"]: row["n"] for row in read(text, limit=FACET_DEPTH, **parameters)}


def iter_propositions(read: Read) -> Iterator[Proposition]:
    last = ""
    while rows := read(_NEXT, last=last, limit=_PAGE):
        last = rows[-1]["id"]
        yield from (_make(row["record"]) for row in rows)


def list_contradictions(
    read: Read, propositions: Sequence[PropositionId] | None, limit: int
) -> tuple[Contradiction, ...]:
    text = _CONTRADICTIONS.format(chosen="" if propositions is None else "WHERE p.id IN $ids OR q.id IN $ids")
    return tuple(
        Contradiction(row["one"], row["other"], ContradictionKind(row["kind"]), row["score"], row["dismissed"])
        for row in read(text, ids=list(propositions or ()), limit=limit)
    )


def list_responses(read: Read, claims: Sequence[ClaimId]) -> tuple[tuple[ClaimId, ClaimId], ...]:
    return tuple((row["a"], row["b"]) for row in read(_RESPONSES, ids=list(claims)))


def list_claims_of(read: Read, articles: Sequence[ArticleId], predicates: Sequence[Predicate]) -> tuple[Claim, ...]:
    rows = read(_CLAIMS_OF, ids=list(articles), predicates=[predicate.value for predicate in predicates])
    return tuple(make_claim(row["claim"]) for row in rows)


def list_equal(read: Read, claims: Sequence[ClaimId], within: timedelta) -> tuple[Claim, ...]:
    rows = read(_EQUAL, ids=list(claims), nearly=NEARLY, within=within // timedelta(microseconds=1))
    return tuple(make_claim(row["claim"]) for row in rows)


def list_pages(read: Read, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
    return tuple(make_article(**row) for row in read(_VERSIONS, ids=list(articles)))


def _make(record: str, *, bare: bool = False, most_links: int | None = None) -> Proposition:
    """A bare one is made of the record, too, without the rest of it: times of the node are to the second."""
    found = json.loads(record)
    if bare:
        found |= _BARE
    elif most_links is not None:
        basis = {claim for event in found["events"] for claim in event["basis"]}
        kept = (n < most_links or link["claim"] in basis for n, link in enumerate(found["links"]))
        found["links"] = list(compress(found["links"], kept))
    return decode(Proposition, found)


def _make_search(query: PropositionQuery, after: PageEnd | None) -> tuple[str, str, dict[str, object]]:
    """What finds them as `p`, the value that they are ordered by, and parameters."""
    value = _VALUES[query.order]
    conditions = ["p.last IS NOT NULL" if query.order is Order.NEWEST else "p.articles IS NOT NULL"]
    parameters: dict[str, object] = {}

    def where(condition: str, **values: object) -> None:
        conditions.append(condition)
        parameters.update(values)

    for n, entity in enumerate(query.about):
        about = f"(p)<-[:SAYS]-(:Claim)-[:SUBJECT|OBJECT|ON]->(:Entity {{id: $about{n}}})"
        where(f"EXISTS {{ {about} }}", **{f"about{n}": entity})
    if after is not None:
        where(f"({value} < $value OR ({value} = $value AND p.id < $id))", value=after.value, id=after.id)
    if query.types:
        where("p.claim_type IN $types", types=[kind.value for kind in query.types])
    if query.since is not None:
        where("p.last >= $since", since=to_moment(query.since))
    _add_status(query, where)
    lead = "MATCH (p:Proposition)"
    if query.about:
        lead = "MATCH (:Entity {id: $about0})<-[:SUBJECT|OBJECT|ON]-(:Claim)-[:SAYS]->(p:Proposition) WITH DISTINCT p"
    return f"{lead} WHERE {' AND '.join(conditions)}", value, parameters


def _add_status(query: PropositionQuery, where: Callable[..., None]) -> None:
    statuses = [status.value for status in query.statuses]
    if query.known_by is None and query.valid_at is None:
        if statuses:
            where("p.status IN $statuses", statuses=statuses)
        return
    known, order, moments = _know_status(query)
    where(f"EXISTS {{ {known} }}", **moments)
    if statuses:
        where(f"COLLECT {{ {known} RETURN v.status ORDER BY {order} LIMIT 1 }}[0] IN $statuses", statuses=statuses)


def _know_status(query: PropositionQuery) -> tuple[str, str, dict[str, int]]:
    """What finds the steps `v` of `p` that were known by then, or so then, the order of which the first is the status,
    and parameters."""
    clocks = {"recorded": query.known_by, "valid": query.valid_at}
    moments = {name: to_moment(moment) for name, moment in clocks.items() if moment}
    known = f"MATCH (p)-[:HAD]->(v:Event) WHERE {' AND '.join(f'v.{name} < ${name}' for name in moments)}"
    return known, "v.valid DESC, v.step DESC" if query.valid_at else "v.step DESC", moments


_OF_CLAIMS = "UNWIND $ids AS id MATCH (:Claim {id: id})-[:SAYS]->(p:Proposition) RETURN id AS claim, p.id AS id"
_NEXT = (
    "MATCH (p:Proposition) WHERE p.id > $last WITH p ORDER BY p.id LIMIT $limit "
    "RETURN p.id AS id, p.record AS record ORDER BY id"
)
_CONTRADICTIONS = """
MATCH (p:Proposition)-[x:CONTRADICTS]->(q:Proposition) {chosen}
WITH p.id AS one, q.id AS other, x.kind AS kind, x.score AS score, x.state = 'dismissed' AS dismissed,
  p.articles + q.articles AS articles
RETURN one, other, kind, score, dismissed ORDER BY dismissed, articles DESC, one, other, kind LIMIT $limit
"""
_RESPONSES = """
UNWIND $ids AS id
MATCH (:Claim {id: id})-[r:RESPONDS_TO]-(:Claim)
WITH DISTINCT r
RETURN startNode(r).id AS a, endNode(r).id AS b ORDER BY a, b
"""
_EQUAL = f"""
UNWIND $ids AS id
MATCH (o:Claim {{id: id}}) WHERE o.value IS NOT NULL
WITH o, abs(o.value) * $nearly AS off
MATCH (c:Claim) WHERE c.predicate = o.predicate AND c.value >= o.value - off AND c.value <= o.value + off
AND c.moment >= o.moment - $within AND c.moment <= o.moment + $within
WITH DISTINCT c
RETURN {CLAIM} AS claim ORDER BY c.id
"""
_CLAIMS_OF = f"""
UNWIND $ids AS id
MATCH (:Article {{id: id}})-[:STATES]->(c:Claim)
WHERE c.predicate IN $predicates
RETURN {CLAIM} AS claim ORDER BY c.id
"""
_VERSIONS = f"""
UNWIND $ids AS id
MATCH (o:Article {{id: id}})
WITH DISTINCT o.url AS url
MATCH (a:Article {{url: url}})<-[:PUBLISHED]-(s:Source)
RETURN {project("a", "Article", "body")} AS node, {project("s", "Source")} AS source ORDER BY url, a.version, a.id
"""
