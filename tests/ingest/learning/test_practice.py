"""Practice sentences: what a block says, and what is said of a bad one."""

from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.records import EntityType, Modality, Predicate
from ingest.learning.annotated import Document, Reference
from ingest.learning.practice import read_practice

_ROOT = Path(__file__).parents[3]
_TEXT = """\
Orrery says Vantor may have paid 40 million euros for Sablefish.
= company Orrery; company Vantor; company Sablefish
acquired | Vantor | Sablefish | ~4e7 EUR | Orrery | speculated


Quillon-2 does not beat GPT-4o on MMLU, two testers told Harbor Ledger.
= model Quillon-2; model GPT-4o; benchmark MMLU; publication Harbor Ledger
outperforms | Quillon-2 | GPT-4o | - | Harbor Ledger > two testers | asserted denied | on MMLU

Nothing is claimed here.
=
"""


@pytest.fixture
def examples(tmp_path: Path) -> list[Document]:
    path = tmp_path / "a.txt"
    path.write_text(_TEXT, "utf-8")
    return list(read_practice(path))


def test_blocks_are_parted_by_empty_lines(examples: list[Document]) -> None:
    assert [example.text.split()[0] for example in examples] == ["Orrery", "Quillon-2", "Nothing"]


def test_names_keep_their_type_and_order(examples: list[Document]) -> None:
    assert list(examples[1].names.items())[:3] == [
        ("Quillon-2", (EntityType.MODEL, ("Quillon-2",))),
        ("GPT-4o", (EntityType.MODEL, ("GPT-4o",))),
        ("MMLU", (EntityType.BENCHMARK, ("MMLU",))),
    ]


def test_sentence_may_hold_nothing(examples: list[Document]) -> None:
    assert (examples[2].names, examples[2].statements) == ({}, ())


def test_claim_with_a_quantity(examples: list[Document]) -> None:
    (told,) = examples[0].statements
    assert told.amount
    assert (told.predicate, told.amount.value, told.amount.unit) == (Predicate.ACQUIRED, 4e7, "EUR")
    assert (told.claimants, told.modality, told.denied) == ((Reference("Orrery"),), Modality.SPECULATED, False)


def test_claim_with_a_chain_a_denial_and_a_benchmark(examples: list[Document]) -> None:
    (told,) = examples[1].statements
    assert [who.canonical for who in told.claimants] == ["Harbor Ledger", "two testers"]
    assert (told.denied, told.benchmark, told.amount) == (True, "MMLU", None)


@pytest.mark.parametrize(
    ("quantity", "value", "unit"),
    [
        ("17 %", 17, "%"), ("-17 %", -17, "%"), (">=1e9 parameters", 1e9, "parameters"), ("3..5 x", 3, "x"),
        ("0.14 USD/1M tokens", 0.14, "USD/1M tokens"),
    ],
)  # fmt: skip
def test_quantity_is_read(quantity: str, value: float, unit: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Vantor.\n= company Vantor\ncosts | Vantor | - | {quantity} | - | asserted\n", "utf-8")
    ((told,),) = [example.statements for example in read_practice(path)]
    assert told.amount
    assert (told.amount.value, told.amount.unit) == (value, unit)


def test_a_subject_left_unsaid_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It costs 3 euros.\n=\ncosts | ~ | - | 3 EUR | - | asserted\n", "utf-8")
    ((told,),) = [example.statements for example in read_practice(path)]
    assert told.subject is None


@pytest.mark.parametrize(
    "block",
    [
        "A sentence alone.",
        "A sentence.\ncosts | a | - | - | - | asserted",
        "A sentence.\n= gadget Vantor",
        "A sentence.\n=\nadores | a | b | - | - | asserted",
        "A sentence.\n=\ncosts | a | b | - | asserted",
        "A sentence.\n=\ncosts | a | - | much | - | asserted",
        "A sentence.\n=\ncosts | a | - | - | - | firmly",
    ],
    ids=["no names line", "names line missing", "type", "predicate", "too few fields", "quantity", "modality"],
)
def test_bad_block_is_named(block: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(block, "utf-8")
    with pytest.raises(ParseError, match=r"bad\.txt.*A sentence"):
        list(read_practice(path))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_practice_file_is_well_formed(lang: str) -> None:
    for path in sorted((_ROOT / "data" / "practice" / lang).glob("*.txt")):
        assert list(read_practice(path)), path.name
