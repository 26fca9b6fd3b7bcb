"""What is given to the layers that proofread, and that they read a claim the same each time."""

from pathlib import Path

import numpy as np
import pytest

from ingest.nlp.network import Heard, Network
from ingest.nlp.proof import PARTS, ROLES, VIEWS, Marked, lay_out, name_views
from ingest.nlp.windows import Passage, Unit, Window, make_windows

_TEXT = "Orrery is a rival of Vantor.\nVantor said on Monday that it had bought Sablefish for $40 million."
_NOBODY = (None,) * (len(ROLES) - 2)


def make_claim(long: int, begin: int, *places: tuple[int, int] | None) -> Marked:
    look = np.full(long - begin, 1 / (long - begin), np.float32)
    return Marked(np.ones((long, 4), np.float32), begin, look, 7, (*places, *_NOBODY))


def test_shorter_claims_are_filled_up_with_nothing() -> None:
    given = lay_out([make_claim(5, 2, None, None), make_claim(3, 0, None, None)])
    assert given["below"].shape == (2, 5, 4)
    assert given["own"].tolist() == [[0, 0, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert given["below"][1, 3:].sum() == given["look"][1, 3:].sum() == 0
    assert given["predicate"].tolist() == [7, 7]


def test_first_piece_of_a_party_has_a_mark_of_its_own() -> None:
    marks = lay_out([make_claim(6, 0, (1, 3), (5, 5))])["marks"][0]
    assert marks.shape == (PARTS * len(ROLES), 6)
    assert marks[0].tolist() == [0, 1, 0, 0, 0, 0]
    assert marks[1].tolist() == [0, 0, 1, 1, 0, 0]
    assert marks[2].tolist() == [0, 0, 0, 0, 0, 1]
    assert marks[3:].sum() == 0


def test_views_are_signs_in_order() -> None:
    assert list(name_views([0.5, -0.5]).items()) == [("view:00", 0.5), ("view:01", -0.5)]


@pytest.fixture(scope="module")
def window(network: Network) -> Window:
    middle = _TEXT.index("\n")
    (window,) = make_windows(_TEXT, [Passage((0, middle)), Passage((middle + 1, len(_TEXT)))], network.pieces)
    return window


def hear(network: Network, window: Window, unit: Unit) -> Heard:
    reading = network.read(window)
    _, look = reading.state(unit)
    (heard,) = reading.hear(unit, np.array([3]), look)
    return heard


@pytest.fixture(scope="module")
def claims(network: Network, window: Window) -> list[Marked]:
    """What Vantor and what Orrery is said to have done, which stands in the sentence before."""
    heard = hear(network, window, window.units[1])
    at = [
        window.find((_TEXT.rindex(name), _TEXT.rindex(name) + len(name))) for name in ("Vantor", "Orrery", "Sablefish")
    ]
    return [heard.mark([subject, at[2], None, None, None, None]) for subject in at[:2]]


def test_parties_before_the_sentence_are_marked_too(claims: list[Marked]) -> None:
    first, second = (claim.places[0] for claim in claims)
    assert first
    assert second
    assert second[1] < claims[1].begin <= first[0]


def test_party_that_goes_on_behind_what_was_read_is_marked_as_far_as_that(network: Network, window: Window) -> None:
    unit = window.units[0]
    claim = hear(network, window, unit).mark([(unit.begin, unit.end + 2), *(None,) * (len(ROLES) - 1)])
    assert claim.places[0] == (unit.begin, unit.end)
    assert len(claim.below) == unit.end + 1


def test_party_too_far_before_is_not_marked(network: Network) -> None:
    text = "Orrery is a rival of Vantor.\n" + "It is so. " * 30 + "\nVantor bought Sablefish."
    lines = [(0, 28), (29, text.rindex("\n")), (text.rindex("\n") + 1, len(text))]
    *_, window = make_windows(text, [Passage(line) for line in lines], network.pieces)
    heard = hear(network, window, window.units[-1])
    far, near = (window.find((text.rindex(name), text.rindex(name) + 6)) for name in ("Orrery", "Vantor"))
    assert far
    assert near
    claim = heard.mark([far, near, None, None, None, None])
    assert claim.places[:2] == (None, (claim.begin, claim.begin + near[1] - near[0]))


def test_a_claim_looks_otherwise_with_another_subject(network: Network, claims: list[Marked]) -> None:
    one, other = network.proof.view(claims)
    assert one.shape == (VIEWS,)
    assert np.abs(one - other).max() > 0.01


def test_each_of_many_claims_is_seen(network: Network, claims: list[Marked]) -> None:
    one, other = network.proof.view(claims)
    views = network.proof.view(claims * 20)
    assert views.shape == (40, VIEWS)
    assert np.abs(views[::2] - one).max() < 1e-3
    assert np.abs(views[1::2] - other).max() < 1e-3


def test_claims_look_the_same_each_time(network: Network, claims: list[Marked], reader_folder: Path) -> None:
    assert (network.proof.view(claims) == Network(reader_folder).proof.view(claims)).all()
