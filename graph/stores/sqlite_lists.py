"""Lists of articles and entities out of rows."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3

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
from graph.stores.encoding import DAY_SECONDS, format_cursor, parse_cursor, to_moment
from graph.stores.sqlite_rows import IS_COUNTED, LISTED, make_bare_articles, read_entities_by_key

_CLAIMS = "EXISTS (SELECT 1 FROM claim c WHERE c.aid = a.aid)"
_DAY = f"date(a.published_at / {1_000_000 * DAY_SECONDS} * {DAY_SECONDS}, 'unixepoch')"
_FACETS = {
    ArticleFacet.SOURCE: "(SELECT s.id FROM source s WHERE s.sid = a.sid)",
    ArticleFacet.LANG: "a.lang",
    ArticleFacet.DAY: _DAY,
    ArticleFacet.PART: "iif(a.excerpt > 0, 'part', 'whole')",
    ArticleFacet.CLAIMS: f"iif({_CLAIMS}, 'some', 'none')",
}
_LETTER = f"iif(substr(e.name, 1, 1) GLOB '[A-Za-z]', upper(substr(e.name, 1, 1)), '{OTHER_LETTERS}')"
_NAMED = {EntityFacet.TYPE: "e.type", EntityFacet.LETTER: _LETTER}


def find_articles(connection: sqlite3.Connection, query: ArticleQuery, limit: int, after: str | None) -> ArticlePage:
    where, parameters = _narrow_articles(query)
    if after is not None:
        where, parameters = f"{where} AND a.aid < ?", [*parameters, parse_cursor(after)]
    text = (
        f"SELECT a.*, (SELECT count(*) FROM claim c WHERE c.aid = a.aid AND {IS_COUNTED}) AS claims, "
        "(SELECT count(*) FROM claim c WHERE c.aid = a.aid) AS found "
        f"FROM article a WHERE {where} ORDER BY a.aid DESC LIMIT ?"
    )
    rows = connection.execute(text, (*parameters, limit + 1)).fetchall()
    page = rows[:limit]
    articles = make_bare_articles(connection, page)
    counted = tuple(
        ArticleCount(one, row["claims"], row["found"] - row["claims"]) for one, row in zip(articles, page, strict=True)
    )
    return ArticlePage(counted, format_cursor(page[-1]["aid"]) if len(rows) > limit else None)


def count_articles(
    connection: sqlite3.Connection, query: ArticleQuery, facet: ArticleFacet, limit: int
) -> dict[str, int]:
    where, parameters = _narrow_articles(query)
    order = "value DESC" if facet is ArticleFacet.DAY else "n DESC, value"
    text = (
        f"SELECT {_FACETS[facet]} AS value, count(*) AS n "
        f"FROM (SELECT * FROM article a WHERE {where} ORDER BY a.aid DESC LIMIT ?) a "
        f"GROUP BY value ORDER BY {order} LIMIT ?"
    )
    return dict(connection.execute(text, (*parameters, FACET_DEPTH, limit)).fetchall())


def find_named(connection: sqlite3.Connection, query: EntityQuery, limit: int, after: str | None) -> EntityPage:
    where, parameters = _narrow_entities(query)
    if after is not None:
        claims, number = parse_place(after)
        where = f"{where} AND (e.claims < ? OR (e.claims = ? AND e.eid > ?))"
        parameters += [claims, claims, parse_cursor(number)]
    text = f"SELECT e.eid, e.claims FROM entity e WHERE {where} ORDER BY e.claims DESC, e.eid LIMIT ?"
    rows = connection.execute(text, (*parameters, limit + 1)).fetchall()
    page = rows[:limit]
    entities = read_entities_by_key(connection, [row["eid"] for row in page])
    counted = tuple(EntityCount(one, row["claims"]) for one, row in zip(entities, page, strict=True))
    return EntityPage(
        counted,
        format_place(PageEnd(page[-1]["claims"], format_cursor(page[-1]["eid"]))) if len(rows) > limit else None,
    )


def count_named(connection: sqlite3.Connection, query: EntityQuery, facet: EntityFacet) -> dict[str, int]:
    where, parameters = _narrow_entities(query)
    order = "n DESC, value" if facet is EntityFacet.TYPE else "length(value), value"
    text = f"SELECT {_NAMED[facet]} AS value, count(*) AS n FROM entity e WHERE {where} GROUP BY value ORDER BY {order}"
    return dict(connection.execute(text, parameters).fetchall())


def _narrow_articles(query: ArticleQuery) -> tuple[str, list[object]]:
    """The conditions on an article `a`, and their parameters."""
    conditions: list[str] = ["1"]
    parameters: list[object] = []

    def where(condition: str, *values: object) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if query.sources:
        where(f"a.sid IN (SELECT sid FROM source WHERE id IN {LISTED})", json.dumps(query.sources))
    if query.langs:
        where(f"a.lang IN {LISTED}", json.dumps(query.langs))
    if query.since is not None:
        where("a.published_at >= ?", to_moment(query.since))
    if query.until is not None:
        where("a.published_at < ?", to_moment(query.until))
    if query.part is not None:
        where("a.excerpt > 0" if query.part else "a.excerpt = 0")
    if query.claims is not None:
        where(_CLAIMS if query.claims else f"NOT {_CLAIMS}")
    return " AND ".join(conditions), parameters


def _narrow_entities(query: EntityQuery) -> tuple[str, list[object]]:
    """The conditions on an entity `e`, and their parameters. Those that stand for another have no claims."""
    conditions: list[str] = ["e.claims > 0"]
    parameters: list[object] = []
    if query.types:
        conditions.append(f"e.type IN {LISTED}")
        parameters.append(json.dumps(query.types))
    if query.letter:
        conditions.append(f"{_LETTER} = ?")
        parameters.append(query.letter)
    return " AND ".join(conditions), parameters
