"""Practice sentences, gold stories and a read corpus, as annotated documents."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.errors import ConfigError, ParseError
from graph.records import Comparator, EntityType, Modality, Predicate
from ingest.learning.annotated import Amount, Document, Reference
from ingest.learning.rows import split_text
from ingest.learning.sources import iter_corpus, iter_gold, iter_practice, read_corpus_outlets

_DATA = Path(__file__).parents[3] / "data"
_PRACTICE = """\
It rained. Orrery says Vantor may have paid 40 million euros for Sablefish.
= company Orrery; company Vantor; company Sablefish
acquired | Vantor | Sablefish | ~4e7 EUR | Orrery | speculated denied

Nothing is claimed here.
=
"""


@pytest.fixture
def practice(tmp_path: Path) -> list[Document]:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "deals.txt").write_text(_PRACTICE, "utf-8")
    return list(iter_practice(tmp_path))


def test_each_practice_sentence_is_a_document(practice: list[Document]) -> None:
    assert [(document.name, document.lang) for document in practice] == [("deals.0", "en"), ("deals.1", "en")]
    assert practice[1].statements == ()


def test_names_of_practice_are_their_own_spelling(practice: list[Document]) -> None:
    assert practice[0].names["Vantor"] == (EntityType.COMPANY, ("Vantor",))


def test_claim_of_practice_is_of_the_sentence_that_holds_it(practice: list[Document]) -> None:
    (told,) = practice[0].statements
    assert (told.sentence, told.predicate) == (1, Predicate.ACQUIRED)
    assert (told.subject, told.object) == (Reference("Vantor"), Reference("Sablefish"))
    assert told.amount == Amount(4e7, None, "EUR", "", Comparator.ABOUT)
    assert told.claimants == (Reference("Orrery"),)
    assert (told.modality, told.denied, told.core) == (Modality.SPECULATED, True, True)


def test_bad_practice_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("A sentence alone.", "utf-8")
    with pytest.raises(ParseError, match=r"bad\.txt"):
        list(iter_practice(tmp_path))


def test_folder_of_nothing_yields_nothing(tmp_path: Path) -> None:
    assert list(iter_practice(tmp_path)) == []


_STORY = "Vantor bought Sablefish for $40 million. It denied that.\n"
_CLAIM = {
    "doc": "a.txt", "start": 0, "end": 40, "predicate": "acquired", "subject": "Vantor", "object": "Sablefish",
    "quantity": {"measure": "price", "value": 4e7, "unit": "USD", "high": None}, "claimants": ["Harbor Ledger"],
    "modality": "reported", "polarity": "denied", "benchmark": None, "date": "2025-03", "core": False,
}  # fmt: skip
_ENTITY = {
    "canonical": "Vantor",
    "type": "company",
    "surface_forms": ["Vantor", "Vantor Inc."],
    "other_aliases": ["VTR"],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(_STORY, "utf-8")
    (tmp_path / "claims.jsonl").write_text(json.dumps(_CLAIM) + "\n", "utf-8")
    lines = [_ENTITY, {"canonical": "Nobody", "type": "descriptor"}]
    (tmp_path / "entities.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "MANIFEST.tsv").write_text("text\tday\na.txt\t2025-03-05\n", "utf-8")
    return tmp_path


def test_gold_texts_are_documents_with_their_day(gold: Path) -> None:
    found = {document.name: document for document in iter_gold(gold)}
    assert sorted(found) == ["a", "b"]
    assert (found["a"].day, found["a"].lang) == (date(2025, 3, 5), "en")
    assert found["b"].statements == ()


def test_gold_names_have_every_spelling_once(gold: Path) -> None:
    document = next(iter_gold(gold))
    assert document.names == {"Vantor": (EntityType.COMPANY, ("Vantor", "Vantor Inc.", "VTR"))}


def test_gold_claim_is_kept_whole(gold: Path) -> None:
    (told,) = next(iter_gold(gold)).statements
    assert (told.sentence, told.predicate, told.amount) == (0, Predicate.ACQUIRED, Amount(4e7, None, "USD", "price"))
    assert (told.subject, told.object) == (Reference("Vantor"), Reference("Sablefish"))
    assert told.claimants == (Reference("Harbor Ledger"),)
    assert (told.modality, told.denied, told.core) == (Modality.REPORTED, True, False)
    assert (told.benchmark, told.day) == ("", "2025-03")


@pytest.mark.parametrize(("span", "sentence"), [((0, 40), 0), ((41, 56), 1), ((30, 56), 1), ((0, 56), 0)])
def test_gold_claim_is_of_the_sentence_it_shares_most_with(span: tuple[int, int], sentence: int, gold: Path) -> None:
    line = json.dumps({**_CLAIM, "start": span[0], "end": span[1]})
    (gold / "claims.jsonl").write_text(line, "utf-8")
    assert next(iter_gold(gold)).statements[0].sentence == sentence


def test_gold_claim_may_leave_much_unsaid(gold: Path) -> None:
    line = json.dumps(
        {**_CLAIM, "object": None, "quantity": None, "claimants": [], "date": None, "polarity": "affirmed"}
    )
    (gold / "claims.jsonl").write_text(line, "utf-8")
    (told,) = next(iter_gold(gold)).statements
    assert (told.object, told.amount, told.claimants, told.day, told.denied) == (None, None, (), "", False)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("texts", "ann"):
        (tmp_path / folder).mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "texts" / f"{name}.txt").write_text(_STORY, "utf-8")
        (tmp_path / "ann" / f"{name}.ann").write_text("C 0 | acquired | Vantor | - | - | - | asserted\n", "utf-8")
    rows = [
        f"{name}.txt\t{outlet}\t{fold}"
        for name, outlet, fold in (("b", "o1", "train"), ("a", "o1", "train"), ("c", "o2", "dev"))
    ]
    (tmp_path / "folds.tsv").write_text("\n".join(["text\toutlet\tfold", *rows]) + "\n", "utf-8")
    days = [f"{name}.txt\t2025-03-0{n}\to{n}" for n, name in enumerate("abc", start=1)]
    (tmp_path / "MANIFEST.tsv").write_text("\n".join(["text\tday\toutlet", *days]) + "\n", "utf-8")
    return tmp_path


def test_split_of_a_corpus_is_read_in_order_with_days(corpus: Path) -> None:
    found = list(iter_corpus(corpus, "train"))
    assert [(document.name, document.day) for document in found] == [("a", date(2025, 3, 1)), ("b", date(2025, 3, 2))]
    assert [document.name for document in iter_corpus(corpus, "dev")] == ["c"]
    assert list(iter_corpus(corpus, "test")) == []


def test_text_of_a_corpus_whose_day_is_not_known_has_the_day_of_all_such(corpus: Path) -> None:
    manifest = corpus / "MANIFEST.tsv"
    manifest.write_text(manifest.read_text("utf-8").replace("a.txt\t2025-03-01", "a.txt\t"), "utf-8")
    assert [document.day for document in iter_corpus(corpus, "train")] == [date(2025, 1, 31), date(2025, 3, 2)]


def test_outlets_of_a_corpus_are_by_document(corpus: Path) -> None:
    assert read_corpus_outlets(corpus) == {"a": "o1", "b": "o2", "c": "o3"}


@pytest.mark.parametrize("name", ["folds.tsv", "MANIFEST.tsv"])
def test_folder_that_is_no_corpus_is_named(name: str, corpus: Path) -> None:
    (corpus / name).unlink()
    with pytest.raises(ConfigError, match=rf"{name}.*a read corpus holds it"):
        list(iter_corpus(corpus, "train"))


@pytest.mark.parametrize("part", ["en/build", "ja/build"])
def test_own_gold_is_well_formed(part: str) -> None:
    documents = list(iter_gold(_DATA / "gold" / part))
    assert documents
    for document in documents:
        numbers = {told.sentence for told in document.statements}
        assert document.lang == part[:2]
        assert numbers <= set(range(len(split_text(document.text))))


def test_own_practice_is_of_both_languages() -> None:
    documents = list(iter_practice(_DATA / "practice"))
    assert {document.lang for document in documents} == {"en", "ja"}
    assert len({(document.lang, document.name) for document in documents}) == len(documents)
    for document in documents:
        assert {told.sentence for told in document.statements} <= set(range(len(split_text(document.text))))
