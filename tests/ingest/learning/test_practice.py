"""Practice sentences: what a block says, and what is said of a bad one."""

from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.records import EntityType, Modality, Predicate
from ingest.learning.practice import Example, read_examples

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
def examples(tmp_path: Path) -> list[Example]:
    path = tmp_path / "a.txt"
    path.write_text(_TEXT, "utf-8")
    return list(read_examples(path))


def test_blocks_are_parted_by_empty_lines(examples: list[Example]) -> None:
    assert [example.text.split()[0] for example in examples] == ["Orrery", "Quillon-2", "Nothing"]


def test_names_keep_their_type_and_order(examples: list[Example]) -> None:
    assert examples[1].names[:3] == (
        ("Quillon-2", EntityType.MODEL),
        ("GPT-4o", EntityType.MODEL),
        ("MMLU", EntityType.BENCHMARK),
    )


def test_sentence_may_hold_nothing(examples: list[Example]) -> None:
    assert (examples[2].names, examples[2].claims) == ((), ())


def test_claim_with_a_quantity(examples: list[Example]) -> None:
    (told,) = examples[0].claims
    assert (told.predicate, told.value, told.unit) == (Predicate.ACQUIRED, 4e7, "EUR")
    assert (told.claimants, told.modality, told.denied) == (("Orrery",), Modality.SPECULATED, False)


def test_claim_with_a_chain_a_denial_and_a_benchmark(examples: list[Example]) -> None:
    (told,) = examples[1].claims
    assert (told.claimants, told.denied, told.benchmark) == (("Harbor Ledger", "two testers"), True, "MMLU")
    assert told.value is None


@pytest.mark.parametrize(
    ("quantity", "value", "unit"),
    [
        ("17 %", 17, "%"), ("-17 %", -17, "%"), (">=1e9 parameters", 1e9, "parameters"), ("3..5 x", 3, "x"),
        ("0.14 USD/1M tokens", 0.14, "USD/1M tokens"), ("- ", None, ""),
    ],
)  # fmt: skip
def test_quantity_is_read(quantity: str, value: float | None, unit: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Vantor.\n= company Vantor\ncosts | Vantor | - | {quantity} | - | asserted\n", "utf-8")
    ((told,),) = [example.claims for example in read_examples(path)]
    assert (told.value, told.unit) == (value, unit)


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
        list(read_examples(path))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_practice_file_is_well_formed(lang: str) -> None:
    for path in sorted((_ROOT / "data" / "practice" / lang).glob("*.txt")):
        assert list(read_examples(path)), path.name
