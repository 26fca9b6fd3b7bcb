"""A ClaimQuery → Cypher. Claims come newest first by their key; pages go on from a key, never from an offset.

One way leads (an article, a rare party, rare words, a source, else all claims by key) and the rest is looked at for
each claim it gives. The texts are constants of this module put together; what is asked for travels as parameters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import neo4j

from graph.grades import FAIR_FROM
from graph.records import ClaimId, EntityId
from graph.store import FACET_DEPTH, ClaimQuery, Facet
from graph.stores.encoding import DAY_SECONDS, KEY_BITS, KEY_SLACK, first_key, parse_cursor, to_moment
from graph.stores.neo4j_rows import project
from graph.stores.neo4j_schema import ENGLISH, JAPANESE
from graph.stores.neo4j_words import Words, look_up

# Up to so many claims are sorted; with more, walking all claims from the newest finds a page sooner.
_FEW_CLAIMS = 2_000

_EPOCH = date(1970, 1, 1)

_LAST_KEY = (1 << 63) - 1

_ABOUT, _SPEAKING = "SUBJECT|OBJECT|ON", "CLAIMED_BY"
_PARTIES = f"{_ABOUT}|{_SPEAKING}"

_FACETS = {
    Facet.TYPE: "c.claim_type",
    Facet.MODALITY: "c.modality",
    Facet.POLARITY: "c.polarity",
    Facet.LANG: "c.lang",
    Facet.SOURCE: "c.source_id",
}

CLAIM = project("c", "Claim", "text_en", "text_ja")


@dataclass(slots=True)
class _Search:
    """How claims `c` are reached, what must hold of them, and the parameters of both.

    repeats  the way may reach a claim twice; where it cannot, the server walks in key order and stops at the limit
    """

    lead: str = "MATCH (c:Claim)"
    repeats: bool = False
    conditions: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)

    def put(self, value: object) -> str:
        """The name of a parameter with this value, as it stands in the text."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def text(self, tail: str, order: str = "DESC") -> str:
        """The whole query: the newest `$limit` claims, or the oldest in ascending order, then the tail."""
        where = " AND ".join(self.conditions)
        distinct = "DISTINCT " if self.repeats else ""
        return f"{self.lead} WHERE {where} WITH {distinct}c ORDER BY c.key {order} LIMIT $limit {tail}"


def find_claims(
    transaction: neo4j.ManagedTransaction, query: ClaimQuery, limit: int, after: str | None, before: str | None = None
) -> list[Mapping[str, Any]]:
    """Matching claims as maps, newest first: the first ones below `after`, or the last ones above `before`."""
    search = _make_search(transaction, query, _LAST_KEY if after is None else parse_cursor(after))
    if search is None:
        return []
    if before is not None:
        search.conditions.append(f"c.key > {search.put(parse_cursor(before))}")
    text = search.text(f"RETURN {CLAIM} AS claim ORDER BY c.key DESC", "DESC" if before is None else "ASC")
    return [record["claim"] for record in transaction.run(text, search.parameters, limit=limit)]


def pick_claims(
    transaction: neo4j.ManagedTransaction, query: ClaimQuery, claims: Sequence[ClaimId]
) -> frozenset[ClaimId]:
    """Those of the claims that match: led by them, not by all that match."""
    terms = (*query.words, *query.phrases)
    wanted = look_up(terms)
    if terms and not wanted:
        return frozenset()
    search = _Search()
    search.lead = f"UNWIND {search.put(list(claims))} AS id MATCH (c:Claim {{id: id}})"
    _add_conditions(search, query, wanted, _LAST_KEY)
    if query.article is not None:
        search.conditions.append(f"EXISTS {{ (:Article {{id: {search.put(query.article)}}})-[:STATES]->(c) }}")
    text = f"{search.lead} WHERE {' AND '.join(search.conditions)} RETURN DISTINCT c.id AS id"
    return frozenset(record["id"] for record in transaction.run(text, search.parameters))


def count_facet(transaction: neo4j.ManagedTransaction, query: ClaimQuery, facet: Facet, limit: int) -> dict[str, int]:
    """Counts by value over the newest matches, most first."""
    search = _make_search(transaction, query, _LAST_KEY)
    if search is None:
        return {}
    text = search.text(f"RETURN {_FACETS[facet]} AS value, count(*) AS n ORDER BY n DESC, value LIMIT $values")
    records = transaction.run(text, search.parameters, limit=FACET_DEPTH, values=limit)
    return {record["value"]: record["n"] for record in records}


def count_days(transaction: neo4j.ManagedTransaction, query: ClaimQuery) -> dict[date, int]:
    """Newest matches by the day in their keys, oldest first."""
    search = _make_search(transaction, query, _LAST_KEY)
    if search is None:
        return {}
    text = search.text("RETURN c.key / $day AS day, count(*) AS n ORDER BY day")
    records = transaction.run(text, search.parameters, limit=FACET_DEPTH, day=DAY_SECONDS << KEY_BITS)
    return {_EPOCH + timedelta(days=record["day"]): record["n"] for record in records}


def make_ranking(query: ClaimQuery, limit: int) -> tuple[str, dict[str, Any]] | None:
    """A query text for keys, scores and ids of the newest claims that match words, and its parameters; None when the
    words can be found nowhere. Words that no index has fit alike."""
    wanted = look_up((*query.words, *query.phrases))
    if not wanted:
        return None
    search = _Search()
    score = "1.0"
    for index, lucene in _iter_lucene(wanted):
        arguments = f"{search.put(index)}, {search.put(lucene)}"
        search.lead = f"CALL db.index.fulltext.queryNodes({arguments}) YIELD node AS c, score WITH c, score"
        score = "score"
        break
    _add_conditions(search, query, wanted, _LAST_KEY)
    return (
        f"{search.lead} WHERE {' AND '.join(search.conditions)} "
        f"RETURN c.key AS key, {score} AS score, c.id AS id ORDER BY key DESC LIMIT {search.put(limit)}",
        search.parameters,
    )


def _make_search(transaction: neo4j.ManagedTransaction, query: ClaimQuery, before: int) -> _Search | None:
    """None when the words asked for can be found nowhere."""
    terms = (*query.words, *query.phrases)
    wanted = look_up(terms)
    if terms and not wanted:
        return None
    search = _Search()
    _lead(transaction, search, query, wanted)
    _add_conditions(search, query, wanted, before)
    return search


def _add_conditions(search: _Search, query: ClaimQuery, wanted: Sequence[Words], before: int) -> None:
    search.conditions.append(f"c.key < {search.put(before)}")
    search.conditions += [f"c.text_en CONTAINS {search.put(words.needle)}" for words in wanted]
    search.conditions += [f"NOT c.text_en CONTAINS {search.put(words.needle)}" for words in look_up(query.without)]
    search.conditions += _iter_conditions(search, query)


def _lead(transaction: neo4j.ManagedTransaction, search: _Search, query: ClaimQuery, wanted: Sequence[Words]) -> None:
    if query.article is not None:
        search.lead = f"MATCH (:Article {{id: {search.put(query.article)}}})-[:STATES]->(c:Claim)"
        return
    parties = [(entity, _ABOUT) for entity in query.about] + [(entity, _SPEAKING) for entity in query.speakers]
    rarest = min(((_count_claims(transaction, *party), *party) for party in parties), default=None)
    if rarest and rarest[0] <= _FEW_CLAIMS:
        search.lead = f"MATCH (:Entity {{id: {search.put(rarest[1])}}})<-[:{rarest[2]}]-(c:Claim)"
        search.repeats = True
        return
    groups = [(sum(_count_claims(transaction, id, _PARTIES) for id in group), group) for group in query.named]
    fewest = min(groups, default=None)
    if fewest and fewest[0] <= _FEW_CLAIMS:
        listed = search.put(list(fewest[1]))
        search.lead = f"MATCH (e:Entity)<-[:{_PARTIES}]-(c:Claim) WHERE e.id IN {listed} WITH c"
        search.repeats = True
        return
    for index, lucene in _iter_lucene(wanted):
        if _count_hits(transaction, index, lucene) <= _FEW_CLAIMS:
            arguments = f"{search.put(index)}, {search.put(lucene)}"
            search.lead = f"CALL db.index.fulltext.queryNodes({arguments}) YIELD node AS c WITH c"
            return


def _iter_lucene(wanted: Sequence[Words]) -> Iterator[tuple[str, str]]:
    """Indexes to ask and what; pairs of characters are rarer than words."""
    japanese = [part for words in wanted for part in words.japanese]
    english = [part for words in wanted for part in words.english]
    for index, parts in ((JAPANESE, japanese), (ENGLISH, english)):
        if parts:
            yield index, " ".join(dict.fromkeys(parts))


def _count_claims(transaction: neo4j.ManagedTransaction, entity: EntityId, types: str) -> int:
    """Relationships of these types at the entity, which the server has counted already."""
    degrees = " + ".join(f"COUNT {{ (e)<-[:{kind}]-() }}" for kind in types.split("|"))
    found = transaction.run(f"MATCH (e:Entity {{id: $id}}) RETURN {degrees} AS n", id=entity).single()
    return found["n"] if found else 0


def _count_hits(transaction: neo4j.ManagedTransaction, index: str, lucene: str) -> int:
    """Claims that the index has for it, counted a little over _FEW_CLAIMS."""
    text = "CALL db.index.fulltext.queryNodes($index, $lucene, {limit: $few}) YIELD node RETURN count(*) AS n"
    found = transaction.run(text, index=index, lucene=lucene, few=_FEW_CLAIMS + 1).single()
    assert found is not None
    return int(found["n"])


def _iter_conditions(search: _Search, query: ClaimQuery) -> Iterator[str]:
    for entities, types in ((query.about, _ABOUT), (query.speakers, _SPEAKING)):
        for entity in entities:
            yield f"EXISTS {{ (c)-[:{types}]->(:Entity {{id: {search.put(entity)}}}) }}"
    for number, group in enumerate(query.named):  # each its own name: two that share one are planned as one entity
        one = f"n{number}"
        yield f"EXISTS {{ (c)-[:{_PARTIES}]->({one}:Entity) WHERE {one}.id IN {search.put(list(group))} }}"
    if query.statuses:
        listed = search.put([status.value for status in query.statuses])
        yield f"EXISTS {{ (c)-[:SAYS]->(p:Proposition) WHERE p.status IN {listed} }}"
    for name, values in (
        ("c.claim_type", query.types),
        ("c.modality", query.modalities),
        ("c.polarity", query.polarities),
        ("c.lang", query.langs),
        ("split(c.reader, ' ')[0]", query.readers),
        ("c.measure", query.measures),
    ):
        if values:
            yield f"{name} IN {search.put([str(value) for value in values])}"
    if len(query.sources) == 1:  # an equality can use the index in key order
        yield f"c.source_id = {search.put(query.sources[0])}"
    elif query.sources:
        yield f"c.source_id IN {search.put(list(query.sources))}"
    if query.not_sources:
        yield f"NOT c.source_id IN {search.put(list(query.not_sources))}"
    if query.since is not None:
        yield f"c.key >= {search.put(first_key(query.since))} AND c.moment >= {search.put(to_moment(query.since))}"
    if query.until is not None:
        last = first_key(query.until + KEY_SLACK)
        yield f"c.key < {search.put(last)} AND c.moment < {search.put(to_moment(query.until))}"
    if query.misread is not None:
        yield f"c.misread IS {'NOT ' if query.misread else ''}NULL"
    if query.weak is not None:
        yield f"{'NOT ' if query.weak else ''}(coalesce(c.score, 1.0) >= {FAIR_FROM} AND c.refuted IS NULL)"
