"""Who is spelled so: whole spellings, their beginnings, and all of a length.

`spellings` of an entity has each of its folded spellings between two spaces.
"""

from collections.abc import Sequence

from graph.ids import fold_name
from graph.records import Entity
from graph.stores.neo4j_rows import ENTITY, make_entity
from graph.stores.neo4j_schema import SPELLINGS
from graph.stores.neo4j_server import Read
from graph.stores.neo4j_words import escape

# Longer spellings are compared to the letter by what the index finds for their beginning.
INDEXED_CHARS = 100


def find_spelled(read: Read, spellings: Sequence[str]) -> dict[str, Entity]:
    asked = [
        {"folded": folded, "needle": f" {folded} ", "lucene": _begin(folded)} for folded in dict.fromkeys(spellings)
    ]
    rows = read(_SPELLED, index=SPELLINGS, asked=[one for one in asked if one["folded"]])
    return {row["folded"]: make_entity(row["entity"]) for row in rows}


def complete_names(read: Read, beginning: str, limit: int) -> tuple[Entity, ...]:
    folded = fold_name(beginning)
    if not folded:
        return ()
    rows = read(_BEGINNING, index=SPELLINGS, lucene=_begin(folded), needle=f" {folded}", limit=limit)
    return tuple(make_entity(row["entity"]) for row in rows)


def list_spellings(read: Read, shortest: int, longest: int) -> tuple[str, ...]:
    # The server compares strings as UTF-16 does; every store gives them in the order of code points.
    return tuple(sorted(row["folded"] for row in read(_OF_LENGTH, shortest=shortest, longest=longest)))


def _begin(folded: str) -> str:
    return f"{escape(folded[:INDEXED_CHARS])}*"


_SPELLED = f"""
UNWIND $asked AS one
CALL {{
  WITH one
  CALL db.index.fulltext.queryNodes($index, one.lucene) YIELD node AS e
  WITH e, one WHERE e.spellings CONTAINS one.needle
  RETURN e ORDER BY e.claims DESC, e.number LIMIT 1
}}
RETURN one.folded AS folded, {ENTITY} AS entity
"""
_BEGINNING = f"""
CALL db.index.fulltext.queryNodes($index, $lucene) YIELD node AS e
WITH e WHERE e.claims > 0 AND e.spellings CONTAINS $needle
RETURN {ENTITY} AS entity ORDER BY e.claims DESC, e.number LIMIT $limit
"""
_OF_LENGTH = """
MATCH (e:Entity) WHERE e.claims > 0
UNWIND split(trim(e.spellings), ' ') AS folded
WITH DISTINCT folded WHERE size(folded) >= $shortest AND size(folded) <= $longest
RETURN folded
"""
