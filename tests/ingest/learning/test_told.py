"""What a language model read of stored articles, written as annotated documents and read back as such."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.grades import TOLD_WEAK
from graph.records import Claim, Extraction, Modality, Predicate
from ingest.learning.annotated import Amount, Document, Reference, Statement, iter_documents
from ingest.learning.rows import Tally, make_rows
from ingest.learning.told import format_told, write_told
from ingest.nlp.network import PIECES
from ingest.nlp.pieces import Pieces
from tests.hand import Told, make_article, make_extractor

DATA = Path(__file__).parents[3] / "data"
TEXT = (
    "OpenAI released GPT-5 on Monday. It beats Claude 4 on MMLU, Sam Altman told CNBC. Nvidia may have spent "
    "$5.6 billion on chips. Meta denied that it copied OpenAI.\n\nA group of investors sued Meta.\n"
)
RELEASED = Told(Predicate.RELEASED, "released", "OpenAI", "GPT-5", day="on Monday")
BEATS = Told(Predicate.OUTPERFORMS, "beats", "GPT-5", "Claude 4", benchmark="MMLU", speakers=("CNBC", "Sam Altman"))
SPENT = Told(
    Predicate.COSTS, "spent", "Nvidia", amount="$5.6 billion", measure="spending", modality=Modality.SPECULATED
)
COPIED = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "Meta", "OpenAI", speakers=("Meta",), denied=True)
SUED = Told(Predicate.SUED, "sued", "A group of investors", "Meta")


def read(folder: Path, *told: Told, text: str = TEXT, reader: str = "llm tiny/1") -> Extraction:
    found = make_extractor(folder, *told).read(make_article(text))
    return replace(found, claims=tuple(replace(claim, reader=reader, score=0.2) for claim in found.claims))


def change(stored: Extraction, place: int, **fields: object) -> Extraction:
    """The extraction with one claim otherwise."""
    claims: list[Claim] = list(stored.claims)
    claims[place] = replace(claims[place], **fields)  # type: ignore[arg-type]
    return replace(stored, claims=tuple(claims))


def write(folder: Path, *stored: Extraction, most: int = 10) -> list[Document]:
    write_told(stored, folder / "told", most)
    return list(iter_documents(folder / "told"))


def test_claims_come_back_as_annotated(tmp_path: Path) -> None:
    [document] = write(tmp_path, read(tmp_path, RELEASED, BEATS, SPENT, COPIED, SUED))
    released, beats, spent, copied, sued = document.statements
    assert (document.text, document.day.isoformat(), document.lang) == (TEXT, "2025-03-14", "en")
    assert {"OpenAI", "Meta", "MMLU"} <= document.names.keys()
    assert (released.sentence, released.subject, released.object) == (0, Reference("OpenAI"), Reference("GPT-5"))
    assert (released.day, released.trigger, released.core) == ("2025-03-10", "released", True)
    assert (beats.sentence, beats.subject, beats.benchmark) == (1, Reference("GPT-5", "~"), "MMLU")
    assert [party.canonical for party in beats.claimants][-1] == "Sam Altman"
    assert (spent.amount, spent.modality) == (Amount(5.6e9, None, "USD", "spending"), Modality.SPECULATED)
    assert (copied.denied, copied.claimants[-1].canonical) == (True, "Meta")
    assert (sued.sentence, sued.predicate) == (4, Predicate.SUED)
    assert sued.subject
    assert "investors" in sued.subject.canonical


def test_what_comes_back_can_be_learned_from(tmp_path: Path) -> None:
    documents = write(tmp_path, read(tmp_path, RELEASED, BEATS, SPENT, COPIED, SUED))
    tally = Tally()
    rows = list(make_rows(documents, Pieces(DATA / "models" / "reader" / PIECES), tally))
    assert (tally.claims, tally.lost) == (5, {})
    assert sum(len(np.asarray(row["claims"], object)) for row in rows) == 5


def test_the_annotation_says_who_made_it(tmp_path: Path) -> None:
    lines = format_told(read(tmp_path, RELEASED)).splitlines()
    assert lines[:2] == ["# 2025-03-14 told", "# read by llm tiny/1: no person has looked at it"]


@pytest.mark.parametrize("field", [{"refuted": "no"}, {"misread": "no"}, {"reader": "learned 5"}], ids=str)
def test_what_was_refuted_or_misread_or_read_by_another_is_left_out(tmp_path: Path, field: dict[str, object]) -> None:
    [document] = write(tmp_path, change(read(tmp_path, RELEASED, COPIED), 0, **field))
    assert [said.predicate for said in document.statements] == [Predicate.TOOK_TECHNOLOGY_FROM]


def test_what_both_found_is_told_and_what_the_model_called_weak_is_weak(tmp_path: Path) -> None:
    stored = change(read(tmp_path, RELEASED, COPIED, reader="both learned 5 + llm tiny/1"), 1, score=TOLD_WEAK)
    [document] = write(tmp_path, stored)
    assert [said.core for said in document.statements] == [True, False]


def test_only_articles_that_a_language_model_has_read_and_no_more_than_wanted(tmp_path: Path) -> None:
    told = [read(tmp_path, RELEASED, text=TEXT + f"\nAnd {number}.\n") for number in range(4)]
    small = read(tmp_path, RELEASED, text=TEXT + "\nSmall.\n", reader="learned 5")
    assert len(write(tmp_path / "all", *told, small)) == 4
    few = write(tmp_path / "few", *told, small, most=2)
    assert [one.name for one in few] == [one.name for one in write(tmp_path / "again", *reversed(told), most=2)]
    assert len(few) == 2


@pytest.mark.parametrize("name", ["A | B", "A = B", "A > B", "A;B", "A\nB", "A\u2028B"])
def test_what_the_form_cannot_hold_is_left_out(tmp_path: Path, name: str) -> None:
    stored = read(tmp_path, SUED, COPIED)
    sued = next(n for n, claim in enumerate(stored.claims) if claim.predicate is Predicate.SUED)
    party = replace(stored.claims[sued].subject, name=name, entity=None)
    [document] = write(tmp_path, change(stored, sued, subject=party))
    assert [said.predicate for said in document.statements] == [Predicate.TOOK_TECHNOLOGY_FROM]


def test_japanese_is_numbered_as_its_sentences_are(tmp_path: Path) -> None:
    text = "米OpenAIは27日、GPT-5を発表した。同社はMetaを提訴した。\n"
    told = Told(Predicate.SUED, "提訴した", "OpenAI", "Meta")
    found = make_extractor(tmp_path, told).read(make_article(text, "ja"))
    stored = replace(found, claims=tuple(replace(claim, reader="llm tiny/1") for claim in found.claims))
    [document] = write(tmp_path, stored)
    [said] = document.statements
    assert isinstance(said, Statement)
    assert (said.sentence, said.subject, said.object) == (1, Reference("OpenAI", "~"), Reference("Meta"))
