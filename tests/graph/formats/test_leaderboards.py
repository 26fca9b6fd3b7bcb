"""A file of results as an article whose rows are claims."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.formats.leaderboards import Board, make_board_extraction, read_leaderboard
from graph.readers import TABLES, is_board_row
from graph.records import Entity, EntityId, EntityType, Extraction

_BOARD = Board(
    Entity(EntityId("chatbot-arena"), "Chatbot Arena", EntityType.BENCHMARK),
    Entity(EntityId("lmarena"), "LMArena", EntityType.INSTITUTION),
    "lmarena.ai",
    datetime(2025, 2, 3, tzinfo=UTC),
)
_QWEN = Entity(EntityId("qwen2.5-max"), "Qwen2.5-Max", EntityType.MODEL, curated=True)
_FILE = "rank,model,arena_score,votes\n1,Some-New-Model,1382,7505\n7,Qwen2.5-Max,1332,2000\n"


def _make(text: str) -> Extraction:
    kept, rows = read_leaderboard(text, "board.csv")
    return make_board_extraction(_BOARD, kept, rows, {"Qwen2.5-Max": _QWEN}.get)


@pytest.mark.parametrize("text", [_FILE, _FILE.replace(",", "\t"), "\ufeff" + _FILE.replace("\n", "\r\n")])
def test_each_row_is_a_rank_and_a_score_said_by_who_runs_the_board(text: str) -> None:
    claims = _make(text).claims
    assert [(c.subject.entity, c.predicate, c.quantity and c.quantity.value) for c in claims] == [
        ("some-new-model", "ranks", 1),
        ("some-new-model", "scores", 1382),
        ("qwen2.5-max", "ranks", 7),
        ("qwen2.5-max", "scores", 1332),
    ]
    assert {claim.origin.party.name if claim.origin else "" for claim in claims} == {"LMArena"}


def test_rows_are_told_by_the_name_of_their_reader_whatever_its_version() -> None:
    claim = _make(_FILE).claims[0]
    assert is_board_row(claim)
    assert is_board_row(replace(claim, reader="leaderboards 2"))
    assert not any(is_board_row(replace(claim, reader=reader)) for reader in (TABLES, "leaderboard", ""))


def test_the_span_of_a_claim_is_its_row() -> None:
    found = _make(_FILE)
    assert all(found.article.text[slice(*claim.span)] == claim.text for claim in found.claims)
    assert found.claims[2].text == "7,Qwen2.5-Max,1332,2000"
    assert all(found.article.text[slice(*mention.span)] == mention.text for mention in found.mentions)


def test_the_same_file_gives_the_same_claims() -> None:
    assert _make(_FILE) == _make(_FILE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("name,score\na,1\n", "no column `model`"),
        ("model,votes\na,1\n", "neither a column `rank` nor `score`"),
        ("model,score\na,much\n", "line 2: much is no number"),
    ],
)
def test_a_file_that_is_no_leaderboard_is_told_why(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read_leaderboard(text, "board.csv")


def test_a_cell_that_is_left_open_claims_nothing() -> None:
    assert [claim.predicate for claim in _make("model,rank,score\nQwen2.5-Max,,1332\n").claims] == ["scores"]


def test_a_real_leaderboard(pytestconfig: pytest.Config) -> None:
    path = Path(pytestconfig.rootpath).parent / "shared/data/ground_truth/lmarena_2025-02-03/lmsys.csv"
    if not path.exists():
        pytest.skip("../shared is not here")
    _, rows = read_leaderboard(path.read_text(), path.name)
    assert len(rows) > 150
    assert all(row.rank and row.score for row in rows)
