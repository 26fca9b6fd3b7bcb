"""The guard lets honest questions through and nothing that writes, calls out or breaks the engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.guard import find_unknown_names, guard

HONEST = [
    "MATCH (c:Claim) RETURN c.text AS text LIMIT 5",
    "match (c:Claim) where c.lang = 'ja' return c.text as text order by c.reported_at desc skip 5 limit 5;",
    "MATCH (a:Article)-[:STATES]->(c:Claim)-[:SUBJECT]->(e:Company {name: 'DeepSeek'}) RETURN a.url AS url",
    "MATCH (c:Claim)-[r:CLAIMED_BY]->(e:Entity) WHERE r.depth >= 1 RETURN e.name AS who, count(*) AS n ORDER BY n DESC",
    "MATCH (e:Entity)<-[:SUBJECT|OBJECT|ON]-(c) RETURN c.id AS id",
    "OPTIONAL MATCH (c:Claim {polarity: 'denied'}) RETURN c.id AS id",
    "MATCH (c:Claim) WHERE c.text CONTAINS 'CREATE INDEX' RETURN c.id AS id",
    "MATCH (c:Claim) WHERE c.text STARTS WITH \"SET\" OR c.text ENDS WITH 'DELETE' RETURN c.id AS id",
    "MATCH (c:Claim) WHERE c.text =~ '(?i).*load csv.*' RETURN count(*) AS n",
    "// LOAD CSV is not allowed here\nMATCH (s:Source) RETURN s.name AS name",
    "MATCH (s:Source) // CREATE\r\nRETURN s.name AS name",
    "MATCH (c:Claim) RETURN c.end_char AS `call`, c.`set` AS x LIMIT 1",
    "MATCH (c:Claim) RETURN c.set AS a, c.delete AS b",
    "MATCH (`merge`:Entity) RETURN `merge`.name AS `create`",
    "MATCH (e:Entity)-[r:MAKES|OWNS]->(x) RETURN type(r) AS t, count(*) AS n",
    "WITH {a: 1, b: 'x'} AS m RETURN m.a AS a, m['b'] AS b",
    "RETURN 'a\\'b; DROP INDEX x' AS a",
    'RETURN "a\\"b // c" AS a',
    "RETURN 'LOAD CSV' AS a, '/* */' AS b",
    "MATCH (a:Article) CALL { WITH a MATCH (a)-[:STATES]->(c) RETURN count(c) AS n } RETURN a.id AS id, n AS n",
    "MATCH (a:Article) CALL (a) { MATCH (a)-[:STATES]->(c) RETURN count(c) AS n } RETURN a.id AS id, n AS n",
    "MATCH (a:Article) WHERE EXISTS { (a)-[:STATES]->(:Claim {lang: 'ja'}) } RETURN count(a) AS n",
    "MATCH (a:Article) WHERE NOT EXISTS { MATCH (a)-[:STATES]->(c) WHERE c.value > 1 } RETURN count(a) AS n",
    "MATCH (a:Article) RETURN a.id AS id, COUNT { (a)-[:STATES]->() } AS n",
    "MATCH (a:Article) RETURN COLLECT { MATCH (a)-[:STATES]->(c) RETURN c.id } AS ids",
    "UNWIND [1, 2, 3] AS x WITH x WHERE x > 1 RETURN collect(x) AS xs",
    "UNWIND $names AS name MATCH (e:Entity {name: name}) RETURN e.id AS id",
    "MATCH (c:Claim) RETURN CASE WHEN c.value IS NULL THEN 'none' ELSE 'some' END AS k, count(*) AS n",
    "MATCH (c:Claim) RETURN CASE c.lang WHEN 'ja' THEN true ELSE false END AS ja",
    "MATCH p = (a:Entity)-[:OWNS*1..3]->(b:Entity) RETURN [x IN nodes(p) | x.name] AS names LIMIT 3",
    "MATCH p = shortestPath((a:Entity {id: 'openai'})-[*..6]-(b:Entity {id: 'deepseek'})) RETURN length(p) AS n",
    "MATCH (a)--(b) RETURN a.id AS a, b.id AS b LIMIT 1",
    "MATCH (a)-->(b)<--(c) RETURN count(*) AS n",
    "MATCH (a)<-[:PUBLISHED]-(s) RETURN s.id AS id",
    "MATCH (c:Claim) RETURN c {.id, .text, extra: 1} AS c LIMIT 1",
    "MATCH (c:Claim) RETURN c {.*} AS c LIMIT 1",
    "MATCH (c:Claim) WHERE c.lang = 'ja' RETURN c.text AS 文 LIMIT 1",
    "MATCH (c:Claim) WITH c.measure AS m, max(c.value) AS hi, min(c.value) AS lo WHERE hi > lo * 2 RETURN m, hi, lo",
    "MATCH (c:Claim) WITH DISTINCT c.predicate AS p RETURN p ORDER BY p ASC",
    "MATCH (c:Claim) WHERE c.type IN ['a', 'b'] AND NOT c.lang = 'en' XOR c.value <> 3 RETURN count(*) AS n",
    "MATCH (c:Claim) WHERE c:Claim AND c.date IS NOT NULL RETURN c.date AS d",
    "MATCH (e:Entity) WHERE any(a IN e.aliases WHERE a CONTAINS 'Seek') RETURN e.id AS id",
    "MATCH (e:Entity) WHERE all(a IN e.aliases WHERE size(a) > 1) AND none(a IN [] WHERE a = '') RETURN 1 AS i",
    "RETURN reduce(sum = 0, x IN [1, 2, 3] | sum + x) AS total",
    "RETURN [x IN range(0, 9) WHERE x % 2 = 0 | x ^ 2][1..3] AS xs",
    "RETURN -1.5e-3 + .5 - 0x1F AS n",
    "RETURN date('2025-01-27').year AS y, duration.between(date('2025-01-01'), date('2025-02-01')) AS d",
    "RETURN datetime('2025-01-27T00:00:00Z').epochSeconds AS s, date.truncate('month', date('2025-01-27')) AS m",
    "RETURN coalesce($value, 'none') AS v, toLower('A') AS a, substring('abc', 1) AS b",
    "MATCH (c:Claim) RETURN c.id AS id UNION MATCH (a:Article) RETURN a.id AS id",
    "MATCH (c:Claim) RETURN c.id AS id UNION ALL MATCH (a:Article) RETURN a.id AS id",
    "CALL db.labels() YIELD label RETURN label AS label ORDER BY label",
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
    "MATCH (c:Claim) WHERE c.reported_at >= '2025-01-27' AND c.reported_at < '2025-02' RETURN count(*) AS n",
    "MATCH (s:Source)-[:PUBLISHED]->(a)-[:STATES]->(c) RETURN s.name AS s, collect(DISTINCT c.modality)[..3] AS m",
    "MATCH (c:Claim) RETURN c.id AS id ORDER BY c.value DESC NULLS LAST LIMIT 3",
    "MATCH (n) WHERE n:Company OR n:Model RETURN count(n) AS n",
    "MATCH (n:Company|Model) RETURN count(n) AS n",
    "MATCH (n:!Company&Entity) RETURN count(n) AS n",
    "MATCH (offset:Claim) RETURN 1 AS n",
    "MATCH (a), (b) WHERE a.id = b.id RETURN a.id AS id LIMIT 1",
    "MATCH (e:Entity) RETURN e.name AS name, e.name_ja AS name_ja, size(e.aliases) AS n",
    "RETURN true AND NOT false OR null IS NULL AS b",
]

DISGUISED = [
    "CREATE (:X)",
    "CrEaTe (n:X) RETURN n.x AS x",
    "create\t(:X)",
    "MATCH (n) CREATE (n)-[:X]->(:Y)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n)\nWHERE n.id = '1'\nSET n:Admin",
    "MATCH (n) DETACH\tDELETE n",
    "MATCH (n) DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) REMOVE n.id",
    "MERGE (n:X {id: 1}) RETURN n.id AS i",
    "MERGE (n:X) ON CREATE SET n.x = 1",
    "INSERT (:X {id: 1})",
    "MATCH (n) WITH n INSERT (:X)",
    "FOREACH (x IN [1] | CREATE (:X))",
    "MATCH (n) FOREACH (x IN [1] | SET n.x = x)",
    "LOAD CSV FROM 'file:///etc/passwd' AS r RETURN r",
    "LOAD/**/CSV FROM 'file:///etc/passwd' AS r RETURN r",
    "load\u00a0csv FROM '/etc/passwd' AS r RETURN r",
    "LOAD\nCSV\nWITH\nHEADERS FROM '/etc/passwd' AS r RETURN r",
    "LOAD // \nCSV FROM '/etc/passwd' AS r RETURN r",
    "MATCH (n) WITH n LOAD CSV FROM '/etc/passwd' AS r RETURN r",
    "UNWIND [1] AS x LOAD CSV FROM '/etc/' + 'passwd' AS r RETURN r",
    "RETURN 1 AS x // \nUNION LOAD CSV FROM '/etc/passwd' AS r RETURN r AS x",
    "RETURN 1 AS x //\rUNION LOAD CSV FROM '/etc/passwd' AS r RETURN r AS x",
    "RETURN 'a\\\\' AS x UNION LOAD CSV FROM '/etc/passwd' AS x RETURN x //'",
    "RETURN \"'\" AS x UNION LOAD CSV FROM '/etc/passwd' AS x RETURN x //'",
    "RETURN `a``b` AS x UNION LOAD CSV FROM '/etc/passwd' AS x RETURN x",
    "/* // */ LOAD CSV FROM '/etc/passwd' AS r RETURN r",
    "// /*\nLOAD CSV FROM '/etc/passwd' AS r RETURN r // */",
    "CALL { LOAD CSV FROM '/etc/passwd' AS r RETURN r } RETURN r",
    "MATCH (n) WHERE EXISTS { LOAD CSV FROM '/etc/passwd' AS r RETURN r } RETURN n",
    "RETURN COUNT { LOAD CSV FROM '/etc/passwd' AS r RETURN r } AS n",
    "ｌｏａｄ csv FROM '/etc/passwd' AS r RETURN r",
    "RETURN 1 AS x UNION ｌｏａｄ csv FROM '/etc/passwd' AS x RETURN x",
    "MATCH (n) ſet n.x = 1",
    "\\u004cOAD CSV FROM '/etc/passwd' AS r RETURN r",
    "\ufeffLOAD CSV FROM '/etc/passwd' AS r RETURN r",
    "\u200bCREATE (:X)",
    "CALL { CREATE (n:X) RETURN n } RETURN n.id AS i",
    "MATCH (n) CALL { WITH n SET n.x = 1 } RETURN n.id AS i",
    "MATCH (n) CALL { WITH n RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "MATCH (n) CALL (n) { DELETE n } RETURN 1 AS x",
    "CALL db.cdc.enable()",
    "CALL `db`.`cdc`.`enable`()",
    "CALL db . cdc . enable ( )",
    "CALL db.labels.x() YIELD label RETURN label",
    "CALL table.upsert({label: 'X'})",
    "CALL apoc.load.json({url: 'file:///etc/passwd'})",
    "CALL apoc.export.csv.all({file: 'x'})",
    "CALL apoc.cypher.runWrite('CREATE (:X)', {})",
    "CALL dbms.security.listUsers()",
    "CALL dbms.killQuery('1')",
    "CALL",
    "MATCH (n) RETURN apoc.util.sleep(1) AS x",
    "RETURN apoc.util . sha1(['x']) AS x",
    "RETURN `apoc`.`text`.`join`(['x'], '') AS x",
    "RETURN gds.util.asNode(1) AS x",
    "CREATE INDEX FOR (n:Claim) ON (n.x)",
    "DROP INDEX foo",
    "CREATE CONSTRAINT c FOR (n:Claim) REQUIRE n.id IS UNIQUE",
    "ALTER DATABASE x SET ACCESS READ ONLY",
    "GRANT ROLE admin TO me",
    "SHOW USERS",
    "SHOW SETTINGS",
    "TERMINATE TRANSACTION 'x'",
    "START DATABASE x",
    "USE system SHOW USERS",
    "USE system MATCH (n) RETURN n",
    "MATCH (n) RETURN n.id AS i; CREATE (:X)",
    "MATCH (n) RETURN n.id AS i; MATCH (m) RETURN m",
    "; MATCH (n) RETURN n",
    "MATCH (n) RETURN n;;",
    "EXPLAIN CREATE (:X)",
    "PROFILE MATCH (n) SET n.x = 1",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "MATCH (n) RETURN n.id AS i FORMAT CSV",
    "MATCH (n) USING INDEX n:Claim(id) RETURN n",
    "FOR VALID_TIME AS OF date('2025-01-01') MATCH (n) RETURN n",
    "MATCH (n) PERIODIC COMMIT RETURN n",
    "MATCH (n) BACKUP TO 'x'",
    "MATCH (n) RETURN n INTO OUTFILE 'x'",
    "WITH 1 AS a WITH 1.SET AS x RETURN x",
    "MATCH (n) WHERE n.x = 1.SET n.y = 2",
    "MATCH (set) RETURN 1 AS x",
    "MATCH (n) RETURN n.x AS delete",
    "MATCH (n) /* hidden */ RETURN n",
    "MATCH (n) RETURN 'never closed",
    "MATCH (n) RETURN `never closed",
    "MATCH (n RETURN n",
    "MATCH (n)) RETURN n",
    "MATCH (n] RETURN n",
    "MATCH (n) RETURN n.x @ 3",
    "MATCH (n) RETURN n.x AS a\x0bUNION CREATE (:X)",
    "MATCH (n)\u2028SET n.x = 1",
    "MATCH (n) WHERE n.a = {{param}} RETURN n\x00",
    "RETURN é(1) AS x",
    "RETURN `数える`(*) AS x",
    "DELETE",
    "",
    "   \n // only a comment",
    "hello",
    "(:X)",
    "'MATCH (n) RETURN n'",
]

BOMBS = {
    "long": "RETURN '" + "x" * 20_000 + "' AS x",
    "nested brackets": "RETURN " + "(" * 41 + "1" + ")" * 41 + " AS x",
    "nested lists": "RETURN " + "[" * 3000 + "]" * 3000 + " AS x",
    "nested subqueries": "CALL { " * 500 + "RETURN 1 AS x" + " } RETURN x" * 500,
    "many clauses": " UNION ".join(["RETURN 1 AS x"] * 40),
    "many matches": "MATCH (a) " * 61 + "RETURN a",
    "many words": "RETURN " + "+".join(["1"] * 3000) + " AS x",
    "open brackets": "(" * 19_000,
}


@pytest.mark.parametrize("query", HONEST)
def test_honest_questions_pass(query: str) -> None:
    assert guard(query)


@pytest.mark.parametrize("query", DISGUISED)
def test_everything_else_is_refused(query: str) -> None:
    with pytest.raises(QueryError) as error:
        guard(query)
    assert error.value.reason == "refused"
    assert str(error.value)


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS)
def test_texts_that_break_engines_are_refused(query: str) -> None:
    with pytest.raises(QueryError) as error:
        guard(query)
    assert error.value.reason == "refused"


def test_there_are_as_many_as_promised() -> None:
    assert len(set(HONEST)) >= 60
    assert len(set(DISGUISED)) >= 60


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("MATCH (n)\n  SET n.x = 1", "line 2, column 3: SET"),
        ("CALL apoc.help('x')", "apoc.help"),
        ("MATCH (n) /* x */ RETURN n", "block comments"),
        ("MATCH (n) RETURN 'x", "never closed"),
        ("MATCH (n) FETCH n", "FETCH"),
        ("MATCH (n) RETURN n; RETURN 1", "one statement"),
    ],
)
def test_a_refusal_says_what_and_where(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        guard(query)


@pytest.mark.parametrize(
    ("query", "rebuilt"),
    [
        ("MATCH (n) // all\nRETURN n.id  AS id ;", "MATCH (n) RETURN n.id AS id"),
        ("RETURN n.id,count(*)", "RETURN n.id,count(*)"),
        ("RETURN 1 AS 文", "RETURN 1 AS `文`"),
        ("RETURN 'a  // b' AS x", "RETURN 'a  // b' AS x"),
        ("\r\nMATCH (n)\r\nRETURN n", "MATCH (n) RETURN n"),
    ],
)
def test_what_runs_is_rebuilt_from_tokens(query: str, rebuilt: str) -> None:
    assert guard(query) == rebuilt


@pytest.mark.parametrize("query", HONEST)
def test_a_rebuilt_query_passes_again_unchanged(query: str) -> None:
    assert guard(guard(query)) == guard(query)


@given(st.text(st.sampled_from("MATCHRETURNSEDL lead(){}[]'\"`/*\n\\.:;|n1"), max_size=60))
def test_any_text_is_answered(text: str) -> None:
    try:
        rebuilt = guard(text)
    except QueryError:
        return
    assert guard(rebuilt) == rebuilt


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("MATCH (c:Claim)-[:SUBJECT]->(e:Company {name: 'x'}) RETURN c.text AS t, e.name_ja AS n", ()),
        ("MATCH (c:Claims) RETURN c.id AS id", (":Claims",)),
        ("MATCH (c:Claim:Foo) WHERE c:Bar RETURN c.type AS t", (":Foo", ":Bar", ".type")),
        ("MATCH (a)-[r:SAID|SUBJECT|TOLD*1..2]->(b) RETURN r", ("[:SAID]", "[:TOLD]")),
        ("MATCH (c:Claim {langs: 'ja', lang: x}) RETURN c.txt AS a, c.txt AS b", (".langs", ".txt")),
        ("WITH {mine: 1} AS m RETURN m.mine AS a, m.yours AS b", (".yours",)),
        ("RETURN date('2025-01-01').year AS y, duration.between(a, b) AS d", ()),
        ("CALL db.labels() YIELD label RETURN label", ()),
        ("MATCH (c:Claim) RETURN c {.id, .nope} AS c", (".nope",)),
        ("MATCH (a) CALL { WITH a MATCH (a:Nope) RETURN 1 AS x } RETURN x", (":Nope",)),
        ("MATCH (n:`Odd Label`) RETURN n", (":Odd Label",)),
        ("RETURN [x IN [1] | x] AS xs, {a: b} AS m", ()),
        ("MATCH (n:Company|Firm) RETURN n", (":Firm",)),
    ],
)
def test_names_outside_the_schema_are_found(query: str, names: tuple[str, ...]) -> None:
    assert find_unknown_names(query) == names
