"""What a reader found is kept whole in a file, and read back from it."""

from pathlib import Path

import numpy as np
import pytest

from graph.errors import ConfigError
from ingest.learning.annotated import iter_documents
from ingest.learning.examples import Example, find_examples, read_examples, write_examples
from ingest.learning.weighing import take_documents
from ingest.nlp.network import Network
from ingest.nlp.proof import Marked
from tests.ingest.learning.small import write_documents

_DATA = Path(__file__).parents[3] / "data"
_READER = _DATA / "models" / "reader"


def make_examples() -> list[Example]:
    """Three claims, two of them of one sentence."""
    chance = np.random.default_rng(0)
    first, second = (chance.normal(size=(long, 8)).astype(np.float16) for long in (7, 4))
    look, nobody = np.full(5, 0.2, np.float16), (None,) * 4
    bought = Marked(first, 2, look, 3, ((0, 1), (4, 4), *nobody))
    sold = Marked(first, 2, look, 5, ((3, 3), None, *nobody))
    other = Marked(second, 0, look[:4], 1, (None, (1, 2), *nobody))
    return [
        Example(bought, {"holds": 2.0}, met=True, right=True, core=True),
        Example(sold, {}, met=False, right=False, core=True),
        Example(other, {"core": -0.5}, met=True, right=False, core=False),
    ]


def test_examples_come_back_as_they_were(tmp_path: Path) -> None:
    write_examples(tmp_path / "found.npz", make_examples())
    for one, other in zip(make_examples(), read_examples(tmp_path / "found.npz"), strict=True):
        assert (one.signs, one.met, one.right, one.core) == (other.signs, other.met, other.right, other.core)
        a, b = one.claim, other.claim
        assert (a.begin, a.predicate, a.places) == (b.begin, b.predicate, b.places)
        assert (a.below == b.below).all()
        assert (a.look == b.look).all()


def test_a_sentence_that_claims_share_is_kept_once(tmp_path: Path) -> None:
    write_examples(tmp_path / "found.npz", make_examples())
    with np.load(tmp_path / "found.npz") as stored:
        assert stored["below"].shape == (11, 8)


def test_what_is_found_is_kept_with_its_own_claim(tmp_path: Path) -> None:
    texts = take_documents(list(iter_documents(write_documents(tmp_path, 2))))
    found = find_examples(_DATA, _READER, texts)
    predicates = Network(_READER).predicates
    assert len({id(one.claim) for one in found}) == len(found) > 1
    for one in found:
        assert f"predicate={predicates[one.claim.predicate]}" in one.signs
        assert not any(name.startswith("view:") for name in one.signs)


def test_file_has_the_name_that_was_given(tmp_path: Path) -> None:
    write_examples(tmp_path / "found", make_examples())
    assert [path.name for path in tmp_path.iterdir()] == ["found"]


@pytest.mark.parametrize("content", [None, b"none", b"", b"PK\x03\x04cut"], ids=["missing", "other", "empty", "cut"])
def test_file_that_holds_none_is_named(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "found.npz").write_bytes(content)
    with pytest.raises(ConfigError, match=r"found\.npz: no claims that `claims` wrote"):
        read_examples(tmp_path / "found.npz")
