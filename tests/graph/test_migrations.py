"""Stores of older formats: opened, copied, brought to the present one, whole or not at all."""

import gzip
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.deriving import derive
from graph.errors import StoreUnavailable
from graph.judging.making import make_judgement
from graph.records import JudgementKind
from graph.store import ClaimQuery
from graph.stores import migrations
from graph.stores.migrations import SCHEMA_VERSION
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, Said, make_extraction
from tests.graph.conftest import ROOT, STORY, script

Run = Callable[[str], "subprocess.CompletedProcess[str]"]

# Made by the code of that format, with two articles, four claims and a tie.
OLD_STORES = sorted((ROOT / "tests" / "graph" / "old_stores").glob("format-*.db.gz"))


@pytest.fixture(params=OLD_STORES, ids=lambda file: file.name.split(".")[0])
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_there_is_a_store_of_every_older_format() -> None:
    assert [file.name for file in OLD_STORES] == [f"format-{version}.db.gz" for version in range(1, SCHEMA_VERSION)]


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_an_older_store_opens_with_all_it_held(old: Path, read_only: bool) -> None:
    with SqliteStore(old, read_only=read_only) as store:
        counts = store.count()
        assert (counts.sources, counts.articles, counts.entities, counts.claims) == (2, 2, 5, 4)
        [claim] = store.find_claims(ClaimQuery(words=("蒸留",))).claims
        assert claim.quantity is not None
        assert claim.quantity.text == "560万ドル"
        assert [claimant.party.name for claimant in claim.claimants] == ["Microsoft", "people familiar with the matter"]
        assert len(store.list_ties(MICROSOFT.id)) == 1
        assert store.find_entities("深度求索") == (DEEPSEEK,)
        assert store.list_judgements() == ()
        assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((4,),)


@pytest.mark.parametrize("old", OLD_STORES[:3], ids=["format-1", "format-2", "format-3"], indirect=True)
def test_claims_found_by_rules_are_told_by_their_readers(old: Path) -> None:
    rules = {str(id): str(rule) for id, rule in _execute(old, "SELECT id, rule FROM claim")}
    columns = "id, text, lang, type, predicate, modality, polarity, date, reported_at, measure, value, unit, cues"
    before = _execute(old, f"SELECT {columns} FROM claim ORDER BY cid")
    with SqliteStore(old) as store:
        claims = store.find_claims(ClaimQuery()).claims
    assert _execute(old, f"SELECT {columns} FROM claim ORDER BY cid") == before
    readers = {"table": "tables 1", "leaderboard": "leaderboards 1"}
    assert {claim.id: claim.reader for claim in claims} == {
        id: readers.get(rule, "rules 1") for id, rule in rules.items()
    }
    assert {(claim.score, claim.refuted, claim.misread) for claim in claims} == {(None, "", "")}


def test_an_older_store_goes_on(old: Path) -> None:
    with SqliteStore(old) as store:
        assert store.add([STORY]).articles == 0
        assert store.add([make_extraction(Said("More."), url="https://news.example/9", at=NOON)]).claims == 1
        assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((5,),)
        assert derive(store).claims == 5
        assert store.cypher("MATCH (:Claim)-[s:SAYS]->(:Proposition) RETURN count(s) AS n").rows == ((5,),)
        assert store.judge(make_judgement(JudgementKind.APART, (MICROSOFT.id, DEEPSEEK.id), "ana", NOON, "two firms"))


def test_an_older_store_becomes_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    SqliteStore(old).close()
    SqliteStore(tmp_path / "new.db").close()
    assert _schema(old) == _schema(tmp_path / "new.db")
    assert _execute(old, "PRAGMA integrity_check") == [("ok",)]
    assert _execute(old, "PRAGMA foreign_key_check") == []


def test_what_it_was_is_kept_beside_it(old: Path) -> None:
    before = _dump(old)
    version = _execute(old, "PRAGMA user_version")
    SqliteStore(old).close()
    [copy] = old.parent.glob("store.db.format-*")
    assert _dump(copy) == before
    assert _execute(copy, "PRAGMA user_version") == version


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _dump(old)
    steps = {**migrations.STEPS, SCHEMA_VERSION: migrations.STEPS[SCHEMA_VERSION] + "INSERT INTO nowhere VALUES (1);"}
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", steps)
        with pytest.raises(Exception, match="nowhere"):
            SqliteStore(old)
    assert _dump(old) == before
    with SqliteStore(old) as store:
        assert store.count().claims == 4


def test_without_room_for_a_copy_nothing_is_changed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = _dump(old)
    monkeypatch.setattr(migrations, "copy_database", refuse)
    with pytest.raises(StoreUnavailable, match="make room"):
        SqliteStore(old)
    assert _dump(old) == before


def test_several_processes_may_open_it_at_once(old: Path) -> None:
    text = "with SqliteStore(path) as store: print(store.count().claims)"
    readers = [subprocess.Popen(script(text, old), cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [reader.communicate(timeout=60)[0] for reader in readers] == ["4\n"] * 3


def _schema(path: Path) -> list[tuple[str, str]]:
    """The texts that made each table and index, but for IF NOT EXISTS and spaces."""
    rows = _execute(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [(str(name), _squeeze(str(sql).replace("IF NOT EXISTS ", ""))) for name, sql in rows]


def _squeeze(text: str) -> str:
    """One space where there were several, none before commas and brackets, where SQLite puts what is added later."""
    return re.sub(r" (?=[,)])", "", re.sub(r"\s+", " ", text))


def _dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = [
        str(name)
        for (name,) in _execute(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'claim_words'")
    ]
    return {name: _execute(path, f"SELECT * FROM {name}") for name in tables}


def _execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(statement).fetchall()
    connection.close()
    return rows
