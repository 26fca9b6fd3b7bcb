"""Lists of articles and entities out of nodes."""

from graph.ids import format_time
from graph.list_store import (
    OTHER_LETTERS,
    ArticleCount,
    ArticleFacet,
    ArticlePage,
    ArticleQuery,
    EntityCount,
    EntityFacet,
    EntityPage,
    EntityQuery,
)
from graph.store import FACET_DEPTH
from graph.stores.derived import PageEnd, format_place, parse_place
from graph.stores.encoding import format_cursor, parse_cursor
from graph.stores.neo4j_rows import ENTITY, IS_COUNTED, label_of, make_article, make_entity, project
from graph.stores.neo4j_server import Read

_CLAIMS = "EXISTS { (a)-[:STATES]->(:Claim) }"
# As neo4j_rows packs it; a title could not hold it unescaped.
_PART = "a.record CONTAINS '\"excerpt\":true'"
_FACETS = {
    ArticleFacet.SOURCE: "s.id",
    ArticleFacet.LANG: "a.lang",
    ArticleFacet.DAY: "left(a.published_at, 10)",
    ArticleFacet.PART: f"CASE WHEN {_PART} THEN 'part' ELSE 'whole' END",
    ArticleFacet.CLAIMS: f"CASE WHEN {_CLAIMS} THEN 'some' ELSE 'none' END",
}
_LETTER = f"CASE WHEN left(e.name, 1) =~ '[A-Za-z]' THEN toUpper(left(e.name, 1)) ELSE '{OTHER_LETTERS}' END"
_NAMED = {EntityFacet.TYPE: "toLower([label IN labels(e) WHERE label <> 'Entity'][0])", EntityFacet.LETTER: _LETTER}
_BARE = f"{project('a', 'Article', 'body')} AS node, {project('s', 'Source')} AS source"


def find_articles(read: Read, query: ArticleQuery, limit: int, after: str | None) -> ArticlePage:
    lead, parameters = _lead_articles(query)
    if after is not None:
        lead, parameters = f"{lead} AND a.key < $key", {**parameters, "key": parse_cursor(after)}
    text = (
        f"{lead} WITH a, s ORDER BY a.key DESC LIMIT $limit "
        f"RETURN {_BARE}, a.key AS key, COUNT {{ (a)-[:STATES]->(c:Claim) WHERE {IS_COUNTED} }} AS claims, "
        "COUNT { (a)-[:STATES]->(:Claim) } AS found ORDER BY key DESC"
    )
    rows = read(text, limit=limit + 1, **parameters)
    page = rows[:limit]
    counted = tuple(
        ArticleCount(make_article(row["node"], row["source"]), row["claims"], row["found"] - row["claims"])
        for row in page
    )
    return ArticlePage(counted, format_cursor(page[-1]["key"]) if len(rows) > limit else None)


def count_articles(read: Read, query: ArticleQuery, facet: ArticleFacet, limit: int) -> dict[str, int]:
    lead, parameters = _lead_articles(query)
    order = "value DESC" if facet is ArticleFacet.DAY else "n DESC, value"
    text = (
        f"{lead} WITH a, s ORDER BY a.key DESC LIMIT $depth WITH {_FACETS[facet]} AS value "
        f"RETURN value, count(*) AS n ORDER BY {order} LIMIT $limit"
    )
    return {row["value"]: row["n"] for row in read(text, depth=FACET_DEPTH, limit=limit, **parameters)}


def find_named(read: Read, query: EntityQuery, limit: int, after: str | None) -> EntityPage:
    lead, parameters = _lead_entities(query)
    if after is not None:
        claims, number = parse_place(after)
        lead = f"{lead} AND (e.claims < $claims OR (e.claims = $claims AND e.number > $number))"
        parameters |= {"claims": claims, "number": parse_cursor(number)}
    text = (
        f"{lead} RETURN {ENTITY} AS entity, e.claims AS claims, e.number AS number "
        "ORDER BY claims DESC, number LIMIT $limit"
    )
    rows = read(text, limit=limit + 1, **parameters)
    page = rows[:limit]
    counted = tuple(EntityCount(make_entity(row["entity"]), row["claims"]) for row in page)
    last = format_place(PageEnd(page[-1]["claims"], format_cursor(page[-1]["number"]))) if len(rows) > limit else None
    return EntityPage(counted, last)


def count_named(read: Read, query: EntityQuery, facet: EntityFacet) -> dict[str, int]:
    lead, parameters = _lead_entities(query)
    order = "n DESC, value" if facet is EntityFacet.TYPE else "size(value), value"
    text = f"{lead} WITH {_NAMED[facet]} AS value RETURN value, count(*) AS n ORDER BY {order}"
    return {row["value"]: row["n"] for row in read(text, **parameters)}


def _lead_articles(query: ArticleQuery) -> tuple[str, dict[str, object]]:
    """What finds the articles `a` of sources `s`, and its parameters."""
    conditions = ["a.key IS NOT NULL"]
    parameters: dict[str, object] = {}

    def where(condition: str, **values: object) -> None:
        conditions.append(condition)
        parameters.update(values)

    if query.sources:
        where("s.id IN $sources", sources=list(query.sources))
    if query.langs:
        where("a.lang IN $langs", langs=list(query.langs))
    # Times as text compare in order; they are of whole seconds, as days begin.
    if query.since is not None:
        where("a.published_at >= $since", since=format_time(query.since))
    if query.until is not None:
        where("a.published_at < $until", until=format_time(query.until))
    if query.part is not None:
        where(_PART if query.part else f"NOT {_PART}")
    if query.claims is not None:
        where(_CLAIMS if query.claims else f"NOT {_CLAIMS}")
    return f"MATCH (s:Source)-[:PUBLISHED]->(a:Article) WHERE {' AND '.join(conditions)}", parameters


def _lead_entities(query: EntityQuery) -> tuple[str, dict[str, object]]:
    """What finds the entities `e`, and its parameters."""
    conditions = ["e.claims > 0"]
    parameters: dict[str, object] = {}
    if query.types:
        labels = "|".join(label_of(type) for type in query.types)
        conditions.append(f"e:{labels}")
    if query.letter:
        conditions.append(f"({_LETTER}) = $letter")
        parameters["letter"] = query.letter
    return f"MATCH (e:Entity) WHERE {' AND '.join(conditions)}", parameters
