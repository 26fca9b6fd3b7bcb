"""Annotated documents as rows: every claim once, each part at the pieces that stand for it."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ParseError
from graph.records import EntityType, Modality
from ingest.learning.annotated import Document, iter_documents, read_document
from ingest.learning.rows import KINDS, MEASURES, MODALITIES, PREDICATES, Tally, make_rows, split_document, split_text
from ingest.nlp.pieces import Pieces
from ingest.nlp.windows import Size

_DATA = Path(__file__).parents[3] / "data"
_TEXT = (
    "Vantor raises money\n\n"
    "Vantor said on Monday that it had paid $40 million for Sablefish. The company is small.\n"
    "Quillon-2 scored 76.1 % on Petrel, and GPT-4 scored 70 % on Petrel, Mara Lindqvist told Harbor Ledger.\n"
)
_NAMES = """\
# 2025-03-14 news
E company | Vantor | Vantor
E company | Sablefish | Sablefish
E model | Quillon-2 | Quillon-2; Quillon
E benchmark | Petrel | Petrel
E person | Mara Lindqvist | Mara Lindqvist; Lindqvist
E publication | Harbor Ledger | Harbor Ledger
"""
Make = Callable[..., tuple[dict[str, Any], Tally]]


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(_DATA / "models" / "reader" / "pieces.json")


class Told:
    """One claim of a row, its places as words."""

    def __init__(self, text: str, row: dict[str, Any], claim: dict[str, Any], pieces: Pieces) -> None:
        sentences = split_text(text)
        self._text, self.claim, self.row = text, claim, row
        self._spans = [(0, 0)] * len(row["ids"])
        for passage, begin, end, _ in row["units"]:
            (found,) = pieces.cut(text, [sentences[passage]])
            self._spans[begin:end] = [span for _, span in found]

    def words(self, place: Any) -> Any:
        """The words at a place; what is no place stays as it is."""
        return self._text[self._spans[place[0]][0] : self._spans[place[1]][1]] if place else place

    def __getitem__(self, key: str) -> Any:
        return self.words(self.claim[key])


@pytest.fixture
def tell(pieces: Pieces, tmp_path: Path) -> Callable[..., Told]:
    """The one claim of an annotation line."""

    def make(line: str, text: str = _TEXT, names: str = _NAMES) -> Told:
        (row,) = make_rows([write(tmp_path, line, text, names)], pieces, Tally())
        (claim,) = _list(row["claims"])
        return Told(text, row, claim, pieces)

    return make


Tell = Callable[..., Told]


def _list(value: object) -> Sequence[Any]:
    assert isinstance(value, list)
    return value


def write(folder: Path, lines: str, text: str = _TEXT, names: str = _NAMES) -> Document:
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "a.ann").write_text(names + lines, "utf-8")
    return read_document(folder / "a.txt", folder / "a.ann")


def test_claim_points_to_its_parties(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor | Sablefish | 4e7 USD price | Vantor | asserted | by=paid")
    assert (told["s"], told["o"], told["q"], told["by"]) == ("Vantor", "Sablefish", "$40 million", "paid")
    assert [told.words(place) for place in told.claim["spk"]] == ["Vantor"]
    assert told.claim["p"] == [p.value for p in PREDICATES].index("acquired")


def test_words_that_stand_for_a_name_are_tied_to_it(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor=it | Sablefish | - | - | asserted | by=paid")
    assert told["s"] == "it"
    (words, before) = told.claim["refs"][0]
    assert told.words(words) == "it"
    assert {told.words(place) for place in before} == {"Vantor"}


def test_words_of_somebody_who_is_nowhere_named_stand_for_nobody_before(tell: Tell) -> None:
    told = tell("C 2 | has_size | The buyer=The company | - | - | - | asserted | by=small")
    assert told["s"] == "The company"
    assert told.claim["refs"] == [[told.claim["s"], []]]


def test_party_that_is_not_said_is_where_it_was_last_named(tell: Tell) -> None:
    told = tell("C 2 | has_size | Sablefish=~ | - | - | - | asserted | by=small")
    assert told["s"] == "Sablefish"


def test_nobody_is_no_place_and_who_is_nowhere_is_unknown(tell: Tell) -> None:
    told = tell("C 1 | acquired | Orrery=~ | - | - | - | asserted | by=paid")
    assert (told.claim["s"], told.claim["o"], told.claim["q"], told.claim["b"], told.claim["day"]) == (
        None, [], [], [], [],
    )  # fmt: skip


def test_the_longest_spelling_is_pointed_to(tell: Tell) -> None:
    told = tell(
        "C 3 | scores | Quillon-2 | Petrel | 76.1 % | Harbor Ledger > Mara Lindqvist | asserted | on Petrel | by=scored"
    )
    assert (told["s"], told["o"], told["b"], told["q"]) == ("Quillon-2", "Petrel", "Petrel", "76.1 %")
    assert [told.words(place) for place in told.claim["spk"]] == ["Harbor Ledger", "Mara Lindqvist"]


def test_amount_is_found_by_value_and_unit(tell: Tell) -> None:
    told = tell("C 3 | scores | GPT-4 | Petrel | 70 % points | - | asserted | by=scored")
    assert told["q"] == "70 %"
    assert told["s"] == "GPT-4"


def test_firmness_denial_and_weight_are_kept(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor | Sablefish | - | - | speculated denied | by=paid | weak")
    assert (MODALITIES[told.claim["m"]], told.claim["den"], told.claim["core"]) == (Modality.SPECULATED, 1, 0)


@pytest.mark.parametrize(
    ("measure", "known"), [("price", "price"), ("points", "score"), ("people", "users"), ("moons", None), ("", None)]
)
def test_measure_is_one_of_the_list(measure: str, known: str | None, tell: Tell) -> None:
    told = tell(f"C 1 | acquired | Vantor | Sablefish | 4e7 USD {measure} | - | asserted | by=paid")
    assert told.claim["measure"] == (MEASURES.index(known) if known else -1)


def test_day_is_pointed_to(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor | Sablefish | - | - | asserted | date=2025-03-10 | by=paid")
    assert told["day"] == "on Monday"


def test_day_that_the_sentence_does_not_say_is_unknown(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor | Sablefish | - | - | asserted | date=2024 | by=paid")
    assert told.claim["day"] is None


def test_row_tells_names_amounts_and_days(tell: Tell) -> None:
    told = tell("C 1 | acquired | Vantor | Sablefish | - | - | asserted | by=paid")
    names = {(KINDS[kind], told.words((begin, end))) for kind, begin, end in told.row["names"]}
    assert (EntityType.MODEL, "Quillon-2") in names
    assert (EntityType.MODEL, "Quillon") not in names
    assert {told.words(place) for place in told.row["amounts"]} == {"$40 million", "76.1 %", "70 %"}
    assert [told.words(place) for place in told.row["days"]] == ["on Monday"]


def test_spelling_inside_a_longer_word_is_no_name(tell: Tell) -> None:
    told = tell(
        "C 0 | owns | Van | - | - | - | asserted", "Vantor and Van grew.\n", "# 2025-02-03\nE company | Van | Van\n"
    )
    assert len(told.row["names"]) == 1


@pytest.mark.parametrize(("text", "lang"), [(_TEXT, "en"), ("ヴァントルは27日、買収した。\n", "ja")])
def test_row_tells_its_language(text: str, lang: str, pieces: Pieces, tmp_path: Path) -> None:
    (row,) = make_rows([write(tmp_path, "", text, "# 2025-02-03")], pieces, Tally())
    assert (row["lang"], row["doc"]) == (lang, "a")


def test_row_is_plain_json(pieces: Pieces, tmp_path: Path) -> None:
    line = "C 1 | acquired | Vantor=it | Sablefish | 4e7 USD price | Vantor | asserted | by=paid"
    (row,) = make_rows([write(tmp_path, line)], pieces, Tally())
    assert json.loads(json.dumps(row))["doc"] == "a"


def test_what_cannot_be_placed_is_counted(pieces: Pieces, tmp_path: Path) -> None:
    line = "C 1 | acquired | Vantor | Orrery=~ | 9e9 USD | - | asserted | by=paid"
    tally = Tally()
    (row,) = make_rows([write(tmp_path, line)], pieces, tally)
    assert tally.lost == {"party": 1, "amount": 1}
    assert (tally.documents, tally.windows, tally.claims) == (1, 1, 1)
    assert tally.pieces == len(_list(list(row["ids"])))  # type: ignore[call-overload]


def test_other_windows_hold_the_same_claims(pieces: Pieces, tmp_path: Path) -> None:
    text = "".join(f"Vantor said on day {n} that it had paid ${n} million for Sablefish.\n" for n in range(1, 61))
    line = "C 30 | acquired | Vantor | Sablefish | 31e6 USD | - | asserted | by=paid\n"
    document = write(tmp_path, line, text)
    usual, other = (
        json.loads(json.dumps(list(make_rows([document], pieces, Tally(), Size(read, 80))))) for read in (150, 105)
    )
    assert len(other) > len(usual)
    for rows in (usual, other):
        ((row, claim),) = [(row, claim) for row in rows for claim in row["claims"]]
        at, end = claim["by"]
        assert row["ids"][at : end + 1] == [number for number, _ in pieces.cut("paid", [(0, 4)])[0]]


def test_claim_of_a_long_text_is_in_one_row(pieces: Pieces, tmp_path: Path) -> None:
    text = "".join(f"Vantor said on day {n} that it had paid ${n} million for Sablefish.\n" for n in range(1, 61))
    lines = "".join(
        f"C {n} | acquired | Vantor | Sablefish | {n + 1}e6 USD | - | asserted | by=paid\n" for n in range(60)
    )
    tally = Tally()
    rows = list(make_rows([write(tmp_path, lines, text)], pieces, tally))
    assert len(rows) > 5
    assert (tally.claims, tally.lost) == (60, {})
    for row in rows:
        for claim in _list(row["claims"]):
            passage, begin, end, read = _list(row["units"])[claim["k"]]
            assert read
            assert begin <= claim["by"][0] <= claim["by"][1] < end
            told = Told(text, row, claim, pieces)
            assert told["q"] == f"${passage + 1} million"


def test_claim_of_a_long_sentence_is_in_the_part_that_states_it(pieces: Pieces, tmp_path: Path) -> None:
    text = f"Vantor{', its rivals' * 200}, which paid $3 million, bought Sablefish.\n"
    line = "C 0 | acquired | Vantor | Sablefish | - | - | asserted | by=bought"
    rows = list(make_rows([write(tmp_path, line, text)], pieces, Tally()))
    placed = [claim for row in rows for claim in _list(row["claims"]) if claim["by"]]
    assert len(rows) > 2
    assert len(placed) == 1


@pytest.mark.parametrize("number", [3, 99])
def test_claim_of_a_sentence_beyond_the_text_is_named(number: int, tmp_path: Path) -> None:
    document = write(tmp_path, f"C {number} | owns | Vantor | - | - | - | asserted", "Vantor grew. It fell.\nIt rose.")
    with pytest.raises(ParseError, match=rf"a: a claim of sentence {number}; the text has sentences 0 to 2"):
        split_document(document)


def test_sentences_are_numbered_over_paragraphs() -> None:
    text = "# A title\n\nVantor grew. It fell.\n\n\n- One thing.\n三宅氏は述べた。"
    assert [text[slice(*span)] for span in split_text(text)][:4] == [
        "A title",
        "Vantor grew. It fell.",
        "One thing.",
        "三宅氏は述べた。",
    ]


@given(st.text(alphabet="aB. \n。「」三か!#-|", max_size=80))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    spans = split_text(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_claim_of_the_documents_is_placed_once(pieces: Pieces) -> None:
    documents = [one for number, one in enumerate(iter_documents(_DATA / "documents")) if number % 10 == 0]
    tally = Tally()
    rows = list(make_rows(documents, pieces, tally))
    assert tally.claims >= sum(len(document.statements) for document in documents)
    assert len(rows) == tally.windows
    # Measured 2026-11 over all: 4.4 % of the parties and 4.2 % of the claims' amounts are written otherwise.
    assert sum(tally.lost.values()) < 0.15 * tally.claims


def test_document_of_nothing_makes_no_row(pieces: Pieces) -> None:
    empty = Document("empty", "\n", "und", date(2025, 1, 1), {}, ())
    assert list(make_rows([empty], pieces, Tally())) == []
