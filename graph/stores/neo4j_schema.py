"""Constraints and indexes of a Neo4j store, made once; and whose data a server holds."""

import neo4j

from graph.errors import NoStore, StoreUnavailable
from graph.readers import FORMER, RULES
from graph.stores.neo4j_queue import QUEUE_ALL
from graph.stores.neo4j_server import Server

# Raised when stored properties change their meaning. It stands in the name of a constraint, the last to be made: a node
# of its own would be in everybody's answers.
FORMAT = 4
# What an older server holds was derived by nobody.
_QUEUED_SINCE = 2
# Before, the name of a rule stood in `extractor`.
_READ_SINCE = 3
_MARK = "claimgraph_format_"

# Cut short, it goes on where it was: the mark of the format comes last.
_NAME_READERS = """
MATCH (c:Claim) WHERE c.extractor IS NOT NULL
CALL { WITH c SET c.reader = coalesce($former[c.extractor], $rules) REMOVE c.extractor } IN TRANSACTIONS OF 10000 ROWS
"""

INDEX_SECONDS = 600

ENGLISH, JAPANESE, SPELLINGS = "claimgraph_claim_en", "claimgraph_claim_ja", "claimgraph_entity_spellings"
FORMER_IDS = "claimgraph_claim_was"

_UNIQUE = (
    ("Source", "id"),
    ("Article", "id"),
    ("Article", "key"),
    ("Entity", "id"),
    ("Entity", "number"),
    ("Claim", "id"),
    ("Claim", "key"),
    ("Proposition", "id"),
    ("Event", "id"),
)
_INDEXED = (
    ("article_url", "Article", "n.url"),
    ("article_judged", "Article", "n.judged"),
    ("article_fetched", "Article", "n.fetched_at"),
    ("entity_claims", "Entity", "n.claims"),
    ("entity_judged", "Entity", "n.judged"),
    ("entity_maker", "Entity", "n.maker"),
    ("claim_predicate", "Claim", "n.predicate"),
    ("claim_value", "Claim", "n.predicate, n.value"),
    ("claim_source", "Claim", "n.source_id, n.key"),
    ("claim_queued", "Claim", "n.queued"),
    ("claim_matter", "Claim", "n.matter"),
    ("claim_open", "Claim", "n.open"),
    ("claim_rests", "Claim", "n.rests"),
    ("claim_judged", "Claim", "n.judged"),
    ("proposition_matter", "Proposition", "n.matter"),
    ("proposition_newest", "Proposition", "n.last"),
    ("proposition_weight", "Proposition", "n.articles"),
)
_FULL_TEXT = (
    (ENGLISH, "Claim", "text_en", "english"),
    (JAPANESE, "Claim", "text_ja", "cjk"),
    (SPELLINGS, "Entity", "spellings", "whitespace"),
    (FORMER_IDS, "Claim", "was", "whitespace"),
)


def _statements() -> dict[str, str]:
    """Statements by the name of what they make; the mark comes last."""
    made: dict[str, str] = {}
    for label, key in _UNIQUE:
        name = f"claimgraph_{label.lower()}_{key}"
        made[name] = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
    for name, label, keys in _INDEXED:
        made[f"claimgraph_{name}"] = f"CREATE INDEX claimgraph_{name} IF NOT EXISTS FOR (n:{label}) ON ({keys})"
    for name, label, key, analyzer in _FULL_TEXT:
        made[name] = (
            f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{key}] "
            f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
        )
    mark = f"{_MARK}{FORMAT}"
    # On a property that no node has: of two equal constraints the server makes but one.
    made[mark] = f"CREATE CONSTRAINT {mark} IF NOT EXISTS FOR (n:Source) REQUIRE n.format_{FORMAT} IS UNIQUE"
    return made


def prepare(server: Server, *, read_only: bool) -> None:
    """Makes what is missing, and brings an older format along, whoever opens it.

    StoreUnavailable when the data is not ours, is newer, or there is none to read.
    """
    names, has_nodes = server.read(_look)
    formats = [int(name.removeprefix(_MARK)) for name in names if name.startswith(_MARK)]
    latest = max(formats, default=0)
    if latest > FORMAT:
        raise StoreUnavailable(
            f"store {server.address} has format {latest} and this version reads up to {FORMAT}; "
            "install a newer claimgraph",
            subject=server.address,
        )
    missing = [statement for name, statement in _statements().items() if name not in names]
    if not missing:
        return
    if read_only and latest == FORMAT:  # what is missing makes it quicker, not otherwise
        return
    if read_only and not formats:
        raise NoStore(f"no store at {server.address} yet; add an article to make one", subject=server.address)
    if has_nodes and not formats:
        raise StoreUnavailable(
            f"{server.address} holds the data of another program; name an empty server", subject=server.address
        )
    if formats and latest < _QUEUED_SINCE:
        server.run(QUEUE_ALL)
    if formats and latest < _READ_SINCE:
        server.run(_NAME_READERS, former=FORMER, rules=RULES)
    for statement in missing:
        server.run(statement)
    for older in formats:
        if older < FORMAT:
            server.run(f"DROP CONSTRAINT {_MARK}{older} IF EXISTS")
            server.run(_statements()["claimgraph_source_id"])  # which the first format's mark was
    server.run("CALL db.awaitIndexes($seconds)", seconds=INDEX_SECONDS)


def _look(transaction: neo4j.ManagedTransaction) -> tuple[set[str], bool]:
    """Names of constraints and indexes, and whether there is any node."""
    names = {
        record["name"]
        for text in ("SHOW CONSTRAINTS YIELD name", "SHOW INDEXES YIELD name")
        for record in transaction.run(text)
    }
    found = transaction.run("MATCH (n) RETURN true AS found LIMIT 1").single()
    return names, found is not None
