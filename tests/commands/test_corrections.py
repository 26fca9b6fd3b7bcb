"""What people said of readings, exported: lines that the evaluation reads, documents that the reader learns from."""

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimgraph import main
from graph.deriving import derive
from graph.judging.corrected import is_held_out
from graph.judging.making import make_judgement
from graph.records import ArticleId, ClaimId, Field, Fix, JudgementKind, Misreading, Modality, Predicate
from graph.store import ClaimQuery
from graph.stores.sqlite import SqliteStore
from ingest.accuracy.evaluation import evaluate
from ingest.accuracy.gold import make_line, read_claims
from ingest.learning.annotated import iter_documents
from tests.contract.builders import NOON
from tests.hand import make_extractor
from tests.web.corrected_client import read_over_the_api
from tests.web.matters import ACCUSATION, COST, DENIED, FELL, FIRMER, FIRST, SOFTER, fill

DENIAL, SOFT, FIRM, FALL = (one.claims[0].id for one in (DENIED, SOFTER, FIRMER, FELL))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "graph.db") as store:
        fill(store)
        yield store


def judge(
    store: SqliteStore,
    claim: ClaimId,
    reason: Misreading | None = None,
    *fixes: Fix,
    kind: JudgementKind = JudgementKind.MISREAD,
) -> None:
    when = NOON + timedelta(days=9, seconds=len(store.list_judgements()))
    store.judge(make_judgement(kind, (), "ann", when, "read again", claims=[claim], reason=reason, should=fixes))
    derive(store)


def judge_five(store: SqliteStore) -> None:
    judge(store, SOFT, Misreading.TOO_WEAK, Fix(Field.MODALITY, "alleged"))
    judge(store, FIRM, Misreading.NO_CLAIM)
    judge(store, FALL, Misreading.NUMBER, Fix(Field.VALUE, "17"), Fix(Field.PREDICATE, "lost_value"))
    judge(store, DENIAL, Misreading.SPEAKER)
    judge(store, COST, Misreading.SUBJECT, Fix(Field.SUBJECT, "Open AI"), Fix(Field.VALUE, ""))


def run(tmp_path: Path, *words: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), "corrections", "export", *words])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_judged_claim_is_a_line_with_what_was_read_and_what_should_be(store: SqliteStore, tmp_path: Path) -> None:
    judge_five(store)
    soft, firm, fall, denial, cost = run(tmp_path)
    assert (soft["read"]["modality"], soft["should"]["modality"], soft["modality"]) == (
        "speculated",
        "alleged",
        "alleged",
    )
    assert (soft["reason"], soft["why"], soft["who"], soft["reader"]) == ("too_weak", "read again", "ann", "test 1")
    assert (firm["should"], firm["reason"]) == (None, "no_claim")
    assert (fall["type"], fall["quantity"]["value"], fall["read"]["quantity"]["value"]) == ("market", 17, -17)
    assert "should" not in denial
    assert (denial["core"], soft["core"]) == (False, True)
    assert (cost["subject"], cost["quantity"], cost["read"]["subject"]) == ("OpenAI", None, "DeepSeek-R1")
    text = FIRST.article.text
    assert cost["before"] + cost["sentence"] + cost["after"] == text
    assert read_over_the_api(store) == [soft, firm, fall, denial, cost]


def test_the_evaluation_reads_the_lines_beside_the_texts(store: SqliteStore, tmp_path: Path) -> None:
    judge_five(store)
    lines = run(tmp_path, "--texts", str(tmp_path / "texts"))
    assert [make_line(line).doc for line in lines] == [line["doc"] for line in lines]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert [one.modality for one in read_claims(gold)][:1] == [Modality.ALLEGED]
    assert len(read_claims(gold)) == 4
    done = evaluate(make_extractor(tmp_path), gold, tmp_path / "texts", [], None)
    assert done.texts == len({line["doc"] for line in lines}) == 5


def test_a_fifth_of_the_articles_is_held_out_by_its_id_alone(store: SqliteStore, tmp_path: Path) -> None:
    judge_five(store)
    for line in run(tmp_path):
        first = sha256(line["doc"].removesuffix(".txt").encode()).digest()[0]
        assert line["held_out"] == (first < 51) or first == 51
    many = [is_held_out(ArticleId(f"a{number}")) for number in range(5000)]
    assert sum(many) / len(many) == pytest.approx(0.2, abs=0.02)


def test_the_reader_can_learn_from_what_was_put_right(store: SqliteStore, tmp_path: Path) -> None:
    judge_five(store)
    judge(store, ACCUSATION, kind=JudgementKind.RIGHT)
    run(tmp_path, "--documents", str(tmp_path / "documents"))
    documents = {one.name: one for one in iter_documents(tmp_path / "documents")}
    assert DENIED.article.id not in documents
    assert documents[FIRMER.article.id].statements == ()
    [soft] = documents[SOFTER.article.id].statements
    assert (soft.modality, soft.core) == (Modality.ALLEGED, True)
    right, cost = documents[FIRST.article.id].statements
    assert (right.core, cost.predicate, cost.amount) == (True, Predicate.COSTS, None)
    assert not any(one.core for one in documents[FELL.article.id].statements if one.predicate is Predicate.STOCK_MOVED)


def test_a_misread_claim_says_so_and_why_and_what_stands_in_its_place(store: SqliteStore, tmp_path: Path) -> None:
    judge(store, SOFT, Misreading.TOO_WEAK, Fix(Field.MODALITY, "alleged"))
    shown = CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), "show", SOFT]).output
    assert ", misread]" in shown.splitlines()[0]
    assert "\njudged misread: read again\n" in shown
    [by_hand] = [one.id for one in store.find_claims(ClaimQuery()).claims if one.reader == "hand 1"]
    assert by_hand in shown.partition("read by hand, in its place:")[2]
    shown = CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), "show", by_hand]).output
    assert SOFT in shown.partition("read by hand, in place of:")[2]


def test_the_last_judgement_that_counts_is_told(store: SqliteStore, tmp_path: Path) -> None:
    judge(store, SOFT, Misreading.NO_CLAIM)
    judge(store, SOFT, kind=JudgementKind.RIGHT)
    [line] = run(tmp_path)
    assert (line["verdict"], line["should"], line["core"]) == ("right", line["read"], True)
    last = store.list_judgements()[-1]
    store.judge(make_judgement(JudgementKind.UNDO, (), "ann", NOON, "no", undoes=last.id))
    [line] = run(tmp_path)
    assert (line["verdict"], line["should"]) == ("misread", None)


def test_nothing_judged_is_no_line(store: SqliteStore, tmp_path: Path) -> None:
    assert run(tmp_path) == []
