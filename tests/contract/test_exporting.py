"""What every store gives to other programs, and what it takes back."""

import csv
import io
import json
import re
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.deriving import derive
from graph.formats.exporting import FORMATS
from graph.formats.importing import import_lines
from graph.formats.nodes import GraphReader
from graph.judging.making import make_judgement
from graph.records import ClaimId, Copy, CopyKind, Extraction, JudgementKind, Quantity, Relation, Tie
from graph.store import ClaimQuery, GraphStore
from graph.stores import open_store
from tests.contract.builders import AIME, DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction
from tests.contract.test_round_trip import extractions

# What XML 1.0 has no way to write.
_SPOILT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

STORY = make_extraction(
    Said("Microsoft says, Ann says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft", "Microsoft")),
    Said(
        "=R1 is 'good' on AIME 2024, a \\u0027 \\ and ]]> too.",
        subject="DeepSeek-R1",
        benchmark="AIME 2024",
        quantity=Quantity("score", -7.5, "%"),
        reader="learned 1",
        score=0.3,
        refuted="=it says 'good' & no more",
        misread="the score is another model's",
    ),
)
OTHER = make_extraction(Said("エヌビディアは強い", subject="people"), url="https://news.example/2", lang="ja")


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add_entities(
        [replace(MICROSOFT, curated=True), OPENAI], [Tie(MICROSOFT.id, Relation.INVESTED_IN, OPENAI.id, "x=1")]
    )
    store.add([STORY, OTHER])
    store.add_copies([Copy(OTHER.article.id, STORY.article.id, CopyKind.TRANSLATED, 0.5)])
    store.judge(make_judgement(JudgementKind.MERGE, (DEEPSEEK.id, R1.id), "ann", NOON, "one & the same"))
    store.add_heirs({ClaimId("cgone"): STORY.claims[0].id})
    derive(store)
    return store


def export(store: GraphStore, format: str) -> tuple[str, ...]:
    return tuple("".join(write(store)) for _, write in FORMATS[format])


def export_lines(store: GraphStore) -> list[bytes]:
    return export(store, "jsonl")[0].encode().splitlines(keepends=True)


def test_json_lines_make_the_same_store_again(full: GraphStore, tmp_path: Path) -> None:
    lines = export_lines(full)
    with open_store(str(tmp_path / "copy.db")) as copy:
        done = import_lines(copy, lines)
        assert done.failures == []
        assert (done.articles, done.claims, done.judgements) == (2, 3, 1)
        assert export_lines(copy) == lines
        assert copy.find_claims(ClaimQuery()) == full.find_claims(ClaimQuery())
        every = ClaimQuery(misread=None)
        assert copy.find_claims(every) == full.find_claims(every)
        assert copy.get_articles([STORY.article.id]) == (STORY.article,)
        assert copy.get_entities([R1.id]) == full.get_entities([R1.id])
        again = import_lines(copy, lines)
        assert (again.articles, again.claims, again.judgements, again.failures) == (0, 0, 0, [])
        assert export_lines(copy) == lines


def test_aliases_of_tables_and_of_texts_stay_apart(store: GraphStore, tmp_path: Path) -> None:
    table = replace(DEEPSEEK, curated=True)
    store.add_entities([table])
    store.add([replace(STORY, entities=(*STORY.entities, replace(DEEPSEEK, aliases=("Whale",))))])
    with open_store(str(tmp_path / "copy.db")) as copy:
        assert import_lines(copy, export_lines(store)).failures == []
        assert export_lines(copy) == export_lines(store)
        for place in (store, copy):  # the next run reads the tables again
            place.add_entities([replace(table, aliases=())])
            assert place.get_entities([DEEPSEEK.id])[0].aliases == ("Whale",)


@given(st.lists(extractions(), min_size=1, max_size=3, unique_by=lambda extraction: extraction.article.id))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_store_holds_can_be_written_and_read(given_extractions: list[Extraction]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/store.db") as store:
        store.add(given_extractions)
        lines = export_lines(store)
        with open_store(f"{folder}/copy.db") as copy:
            assert import_lines(copy, lines).failures == []
            assert export_lines(copy) == lines
        nodes, edges = count(store)
        for read in (read_graphml, read_gexf):
            graph = read(store)
            assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes.total(), edges.total())
            for extraction in given_extractions:
                written = graph.nodes[f"Article:{extraction.article.id}"].get("title") or ""
                assert written == _SPOILT.sub("\ufffd", extraction.article.title)
        assert [len(rows) for rows in read_csv(store)] == [nodes.total(), edges.total()]
        json.loads(export(store, "jsonld")[0])
        [script] = export(store, "cypher")
        assert not re.search("[\x00-\x09\x0b-\x1f]", script)
        assert all(re.match("CREATE CONSTRAINT |UNWIND |$", statement) for statement in script.split(";\n"))


def count(store: GraphStore) -> tuple[Counter[str], Counter[str]]:
    reader = GraphReader(store)
    return Counter(node.label for node in reader.iter_nodes()), Counter(edge.type for edge in reader.iter_edges())


def read_graphml(store: GraphStore) -> Any:
    return nx.read_graphml(io.BytesIO(export(store, "graphml")[0].encode()))


def read_gexf(store: GraphStore) -> Any:
    return nx.read_gexf(io.BytesIO(export(store, "gexf")[0].encode()))


def read_csv(store: GraphStore) -> list[list[dict[str, str]]]:
    return [list(csv.DictReader(io.StringIO(text, newline=""))) for text in export(store, "csv")]


def test_nodes_and_relationships_are_those_that_cypher_sees(full: GraphStore) -> None:
    nodes, edges = count(full)
    rows = full.cypher("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n").rows
    assert nodes == Counter({str(label): number for label, number in rows})
    rows = full.cypher("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n").rows
    assert edges == Counter({str(type): number for type, number in rows})


def test_properties_are_those_that_cypher_sees(full: GraphStore) -> None:
    for node in GraphReader(full).iter_nodes():
        [[seen]] = full.cypher(f"MATCH (n:{node.label} {{id: $id}}) RETURN n AS n", {"id": node.id}).rows
        assert isinstance(seen, dict)
        labels = [node.label, node.type_label] if node.type_label else [node.label]
        properties = {name: list(v) if isinstance(v, tuple) else v for name, v in node.properties.items()}
        assert seen == {"_labels": labels, **properties}


@pytest.mark.parametrize("read", [read_graphml, read_gexf], ids=["graphml", "gexf"])
def test_networkx_reads_the_graph_with_its_properties(full: GraphStore, read: Any) -> None:
    graph = read(full)
    nodes, edges = count(full)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes.total(), edges.total())
    claim = graph.nodes[f"Claim:{STORY.claims[1].id}"]
    assert (claim["value"], claim["text"]) == (-7.5, STORY.claims[1].text)
    assert json.loads(graph.nodes["Entity:deepseek"]["aliases"]) == ["深度求索", "DeepSeek-R1", "R1"]
    depths = [data["depth"] for _, _, data in graph.edges(data=True) if data["type"] == "CLAIMED_BY"]
    assert depths == [0, 1]


def test_csv_runs_nothing_in_a_spreadsheet(full: GraphStore) -> None:
    nodes, edges = read_csv(full)
    claim = next(row for row in nodes if row["id"] == STORY.claims[1].id)
    assert claim["text"] == f"'{STORY.claims[1].text}"
    assert claim["value"] == "-7.5"
    keys = {row["node"] for row in nodes}
    assert {row[end] for row in edges for end in ("start", "end")} <= keys
    assert "Entity:deepseek-r1" not in keys


def test_json_ld_has_claims_that_appear_in_articles(full: GraphStore) -> None:
    document = json.loads(export(full, "jsonld")[0])
    assert document["@context"] == "https://schema.org"
    items = {item["@id"]: item for item in document["@graph"]}
    claim = items[f"urn:claimgraph:claim:{STORY.claims[0].id}"]
    assert claim["@type"] == "Claim"
    assert claim["text"] == STORY.claims[0].text
    assert items[claim["appearance"]["@id"]]["url"] == STORY.article.url
    assert items[claim["author"]["@id"]]["name"] == "Microsoft"
    assert [items[about["@id"]]["name"] for about in claim["about"]] == ["DeepSeek", "OpenAI"]
    unnamed = items[f"urn:claimgraph:claim:{OTHER.claims[0].id}"]
    assert unnamed["about"] == [{"@type": "Thing", "name": "people"}]


def test_the_cypher_script_writes_data_as_literals(full: GraphStore) -> None:
    script = export(full, "cypher")[0]
    statements = script.split(";\n")
    assert len(statements) > 10
    assert "text: '=R1 is \\'good\\' on AIME 2024, a \\\\u0027 \\\\ and ]]> too.'" in script
    assert "MERGE (n:Entity {id: row.id}) SET n += row, n:Benchmark" in script
    assert "MERGE (a)-[r:CLAIMED_BY {depth: row.p.depth}]->(b)" in script


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_store_can_be_exported(store: GraphStore, format: str) -> None:
    assert all(export(store, format))


def test_bad_lines_are_named_and_the_rest_goes_on(full: GraphStore, tmp_path: Path) -> None:
    lines = export_lines(full)
    kinds = [json.loads(line)["record"] for line in lines]
    claim, tie = kinds.index("claim"), kinds.index("tie")
    lines[claim] = lines[claim].replace(b'"alleged"', b'"sworn"')
    lines[tie] = lines[tie].replace(MICROSOFT.id.encode(), b"nobody")
    lines[2:2] = [b"{]\n", b"\xff\n", b"[" * 100_000 + b"\n", b'{"record": "entity", "id": 5}\n', b'"text"\n']
    with open_store(str(tmp_path / "copy.db")) as copy:
        done = import_lines(copy, lines)
        assert (done.articles, done.claims, done.judgements) == (2, 2, 1)
        told = [failure.message for failure in done.failures]
    assert [failure.subject for failure in done.failures] == [
        *(f"line {number}" for number in (3, 4, 5, 6, 7)),
        f"line {tie + 6}",
        f"line {claim + 6}",
    ]
    assert "entity lacks name" in told[3]
    assert "no entity nobody" in told[5]
    assert "claim.modality cannot be 'sworn'" in told[6]


def test_a_file_cut_short_is_told(full: GraphStore, tmp_path: Path) -> None:
    lines = export_lines(full)
    with open_store(str(tmp_path / "copy.db")) as copy:
        [failure] = import_lines(copy, lines[:-1]).failures
        assert "ends early" in failure.message
    with open_store(str(tmp_path / "other.db")) as copy:
        lost = next(place for place, line in enumerate(lines) if b'"mention"' in line)
        [failure] = import_lines(copy, lines[:lost] + lines[lost + 1 :]).failures
        assert "lines of kind" in failure.message


@pytest.mark.parametrize(
    "line",
    [
        b'{"record": ["entity"]}',
        b'{"record": {}}',
        *(b'{"record": "end", "counts": %s}' % counts for counts in (b"5", b"[1]", b'{"claim": "7"}')),
    ],
)
def test_a_line_of_wrong_kinds_is_named_and_the_rest_goes_on(full: GraphStore, tmp_path: Path, line: bytes) -> None:
    lines = export_lines(full)
    lines[1:1] = [line]
    with open_store(str(tmp_path / "copy.db")) as copy:
        done = import_lines(copy, lines)
        assert [failure.subject for failure in done.failures] == ["line 2"]
        assert done.articles == 2


def test_a_file_that_names_rules_is_read_with_their_readers(full: GraphStore, tmp_path: Path) -> None:
    head, *lines = map(json.loads, export_lines(full))
    claims = [line for line in lines if line["record"] == "claim"]
    for claim, rule in zip(claims, ["table", "leaderboard", *[""] * len(claims)], strict=False):
        for name in ("reader", "score", "refuted", "misread"):
            del claim[name]
        claim["rule"] = rule
    older = [json.dumps(line).encode() for line in (head | {"version": 1}, *lines)]
    with open_store(str(tmp_path / "copy.db")) as copy:
        assert import_lines(copy, older).failures == []
        found = copy.get_claims([claim["id"] for claim in claims])
    assert [claim.reader for claim in found] == ["tables 1", "leaderboards 1", *["rules 1"] * (len(claims) - 2)]
    assert {claim.score for claim in found} == {None}


def test_a_file_of_another_kind_is_told(store: GraphStore) -> None:
    first, last = import_lines(store, [b'{"doc": "a.txt"}\n']).failures
    assert "no export of claimgraph" in first.message
    assert "ends early" in last.message


def test_an_article_whose_entity_is_missing_is_refused_and_no_other(full: GraphStore, tmp_path: Path) -> None:
    lines = [line for line in export_lines(full) if f'"id": "{AIME.id}"'.encode() not in line]
    with open_store(str(tmp_path / "copy.db")) as copy:
        done = import_lines(copy, lines)
        assert done.articles == 1
        assert any(AIME.id in failure.message for failure in done.failures)


def test_times_keep_their_microseconds(store: GraphStore, tmp_path: Path) -> None:
    at = NOON + timedelta(microseconds=7)
    store.add([make_extraction(Said("DeepSeek."), at=at)])
    with open_store(str(tmp_path / "copy.db")) as copy:
        import_lines(copy, export_lines(store))
        assert copy.list_articles()[0].published_at == at
