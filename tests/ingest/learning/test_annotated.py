"""Annotated documents: what a line says, what is said of a bad one, and the form of all that there are."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.records import Comparator, EntityType, Modality, Predicate
from ingest.learning.annotated import UNSAID, Amount, Document, Reference, iter_documents, read_document
from ingest.learning.rows import split_text

_DOCUMENTS = Path(__file__).parents[3] / "data" / "documents"
_ANNOTATIONS = sorted(_DOCUMENTS.rglob("*.ann"))
_TEXT = "Vantor bought Sablefish on Monday.\nThe company paid $40 million, Orrery says.\n"
_ANNOTATION = """\
# 2025-02-03 agency

E company | Vantor | Vantor; Vantor Inc.
E company | Sablefish
C 0 | acquired | Vantor | Sablefish | - | - | asserted | date=2025-02-03 | by=bought
C 1 | acquired | Vantor=The company | Sablefish=~ | 4e7 USD price | Harbor Ledger > Orrery | reported denied | weak
"""


def write(folder: Path, annotation: str, text: str = _TEXT) -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "a.ann").write_text(annotation, "utf-8")
    return folder / "a.ann"


def read(folder: Path, annotation: str) -> Document:
    path = write(folder, annotation)
    return read_document(path.with_suffix(".txt"), path)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read(tmp_path, _ANNOTATION)


def test_head_gives_the_day(document: Document) -> None:
    assert (document.name, document.day, document.lang) == ("a", date(2025, 2, 3), "en")


def test_names_have_their_spellings(document: Document) -> None:
    assert document.names == {
        "Vantor": (EntityType.COMPANY, ("Vantor", "Vantor Inc.")),
        "Sablefish": (EntityType.COMPANY, ("Sablefish",)),
    }


def test_claim_of_names(document: Document) -> None:
    told = document.statements[0]
    assert (told.sentence, told.predicate, told.amount) == (0, Predicate.ACQUIRED, None)
    assert (told.subject, told.object) == (Reference("Vantor"), Reference("Sablefish"))
    assert (told.claimants, told.modality, told.denied) == ((), Modality.ASSERTED, False)
    assert (told.day, told.trigger, told.benchmark, told.core) == ("2025-02-03", "bought", "", True)


def test_claim_of_words_that_stand_for_names(document: Document) -> None:
    told = document.statements[1]
    assert (told.subject, told.object) == (Reference("Vantor", "The company"), Reference("Sablefish", UNSAID))
    assert told.amount == Amount(4e7, None, "USD", "price")
    assert told.claimants == (Reference("Harbor Ledger"), Reference("Orrery"))
    assert (told.modality, told.denied, told.core) == (Modality.REPORTED, True, False)


@pytest.mark.parametrize(
    ("field", "amount"),
    [
        ("17 %", Amount(17, None, "%", "")),
        ("-17 % stock_change", Amount(-17, None, "%", "stock_change")),
        ("~ 4e7 USD", Amount(4e7, None, "USD", "", Comparator.ABOUT)),
        (">=1e9 parameters", Amount(1e9, None, "parameters", "", Comparator.AT_LEAST)),
        ("3..5 x", Amount(3, 5, "x", "", Comparator.RANGE)),
        ("0.14 USD/1M tokens price", Amount(0.14, None, "USD/1M tokens", "price")),
        ("15e12 tokens tokens", Amount(15e12, None, "tokens", "tokens")),
        ("1.5e-3 USD", Amount(0.0015, None, "USD", "")),
        ("-", None),
        ("", None),
    ],
)
def test_quantity_is_read(field: str, amount: Amount | None, tmp_path: Path) -> None:
    (told,) = read(tmp_path, f"# 2025-02-03\nC 0 | costs | Vantor | - | {field} | - | asserted").statements
    assert told.amount == amount


def test_benchmark_is_read(tmp_path: Path) -> None:
    (told,) = read(
        tmp_path, "# 2025-02-03\nC 0 | scores | Vantor | - | 3 points | - | asserted | on MMLU | weak"
    ).statements
    assert (told.benchmark, told.core) == ("MMLU", False)


@pytest.mark.parametrize(("field", "proposition"), [(" | p=price-40m", "price-40m"), ("", "")], ids=["given", "none"])
def test_proposition_is_kept(field: str, proposition: str, tmp_path: Path) -> None:
    (told,) = read(
        tmp_path, f"# 2025-02-03\nC 0 | costs | Vantor | - | 4e7 USD price | - | asserted | weak{field}"
    ).statements
    assert (told.proposition, told.core) == (proposition, False)


def test_nobody_may_stand_there(tmp_path: Path) -> None:
    (told,) = read(tmp_path, "# 2025-02-03\nC 0 | costs | - | - | - | - | asserted").statements
    assert (told.subject, told.object, told.claimants) == (None, None, ())


def test_text_may_hold_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "# 2025-02-03 greeting\n")
    assert (document.names, document.statements) == ({}, ())


@pytest.mark.parametrize(
    ("head", "given", "day"),
    [("", "2024-05-06", "2024-05-06"), ("# 2025-02-03", "2024-05-06", "2025-02-03")],
    ids=["given", "its own first"],
)
def test_day_of_a_document_without_one_is_given(head: str, given: str, day: str, tmp_path: Path) -> None:
    path = write(tmp_path, head)
    document = read_document(path.with_suffix(".txt"), path, given)
    assert document.day.isoformat() == day


@pytest.mark.parametrize("head", ["", "E company | Vantor", "# a note"])
def test_a_document_without_a_day_is_refused(head: str, tmp_path: Path) -> None:
    """All its relative days would be wrong."""
    with pytest.raises(ParseError, match=r"a\.ann:1: no day"):
        read(tmp_path, head)


@pytest.mark.parametrize(
    "line",
    [
        "Vantor bought Sablefish.",
        "X company | Vantor",
        "E company",
        "E gadget | Vantor",
        "C x | costs | Vantor | - | - | - | asserted",
        "C 0 | adores | Vantor | - | - | - | asserted",
        "C 0 | costs | Vantor | - | - | -",
        "C 0 | costs | Vantor | - | much | - | asserted",
        "C 0 | costs | Vantor | - | 40 | - | asserted",
        "C 0 | costs | Vantor | - | - | - | firmly",
        "C 0 | costs | Vantor | - | - | - | asserted | weka",
        "C 0 | costs | Vantor | - | - | - | asserted | day=2025-02-03",
    ],
    ids=["no mark", "other mark", "no name", "type", "sentence", "predicate", "too few fields", "quantity", "no unit",
         "modality", "misspelt", "other field"],
)  # fmt: skip
def test_bad_line_is_named_by_file_and_number(line: str, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"a\.ann:3: ") as caught:
        read(tmp_path, f"# 2025-02-03\n\n{line}\n")
    assert line[:20] in str(caught.value)
    assert caught.value.subject.endswith("a.ann")


def test_day_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"a\.ann:1: '2025-02-30' is no day"):
        read(tmp_path, "# 2025-02-30 news\n")


def test_texts_stand_beside_or_in_a_folder_of_their_own(tmp_path: Path) -> None:
    for folder in ("beside", "apart/texts", "apart/ann"):
        (tmp_path / folder).mkdir(parents=True)
    write(tmp_path / "beside", _ANNOTATION)
    (tmp_path / "apart/texts/b.txt").write_text(_TEXT, "utf-8")
    (tmp_path / "apart/ann/b.ann").write_text(_ANNOTATION, "utf-8")
    found = {document.name: document for document in iter_documents(tmp_path)}
    assert sorted(found) == ["a", "b"]
    assert found["a"].statements == found["b"].statements


def test_documents_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / f"{name}.txt").write_text(_TEXT, "utf-8")
        (tmp_path / f"{name}.ann").write_text("# 2025-02-03", "utf-8")
    assert [document.name for document in iter_documents(tmp_path)] == ["a", "b", "c"]


def test_there_are_documents_of_both_languages() -> None:
    assert {path.parent.name for path in _ANNOTATIONS} == {"en", "ja"}
    assert len(_ANNOTATIONS) >= 140
    assert len({path.stem for path in _ANNOTATIONS}) == len(_ANNOTATIONS)


def test_every_text_is_annotated() -> None:
    assert [path.name for path in _DOCUMENTS.rglob("*.txt") if not path.with_suffix(".ann").exists()] == []


@pytest.mark.parametrize("path", _ANNOTATIONS, ids=lambda path: path.stem)
def test_document_is_well_formed(path: Path) -> None:
    document = read_document(path.with_suffix(".txt"), path)
    sentences = [document.text[slice(*span)] for span in split_text(document.text)]
    assert document.lang == path.parent.name
    assert {told.sentence for told in document.statements} <= set(range(len(sentences)))
    for told in document.statements:
        parties = filter(None, (told.subject, told.object, *told.claimants))
        quoted = [party.words for party in parties if party.words not in ("", UNSAID)] + [told.trigger]
        assert [words for words in quoted if words not in sentences[told.sentence]] == []


@pytest.mark.parametrize("path", _ANNOTATIONS, ids=lambda path: path.stem)
def test_spellings_stand_in_the_text(path: Path) -> None:
    document = read_document(path.with_suffix(".txt"), path)
    spelled = [form for _, forms in document.names.values() for form in forms]
    assert [form for form in spelled if form not in document.text] == []
    assert all(forms for _, forms in document.names.values())
