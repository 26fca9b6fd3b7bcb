"""How likely two parts of a matter are one, and what keeps them apart before anything is weighed."""

import pytest

from bench.judge import Row, learn
from graph.propositions.bonds import Bond, bond_parties
from graph.propositions.comparing import Known, Pair, compare_faces
from graph.propositions.faces import make_face, order_face
from graph.propositions.grouping import divide_claims
from graph.propositions.judge import ALWAYS, find_signs, judge
from graph.propositions.weights import WEIGHTS
from graph.records import Claim, Modality, Polarity, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, say

_WORLD = make_known()
_KNOWN = Known(_WORLD, {}, False)
_TOOK, _MISLED = Predicate.TOOK_TECHNOLOGY_FROM, Predicate.MISLED


def _compare(one: Claim, other: Claim, known: Known = _KNOWN) -> Pair | None:
    face, another = (make_face(n, divide_claims([claim], _WORLD)[0], _WORLD) for n, claim in enumerate((one, other)))
    return compare_faces(face, another, known)


def _pair(one: Claim, other: Claim) -> Pair:
    pair = _compare(one, other)
    assert pair is not None
    return pair


def test_who_answers_what_a_text_says_is_likelier_of_it_than_another_text() -> None:
    said = say("Aldin", _MISLED, "investors", article="a", text="Aldin misled investors about its yield")
    denied = say(
        "Aldin", _MISLED, polarity=Polarity.DENIED, by="Aldin", article="a", at=60, text="This is false, Aldin says"
    )
    elsewhere = say(
        "Aldin", _MISLED, modality=Modality.ALLEGED, day=20, article="b", text="Nobody was told of the leak"
    )
    assert judge(_pair(denied, said), _KNOWN) > judge(_pair(elsewhere, said), _KNOWN)


def test_words_in_common_speak_for_it_and_several_numbers_against() -> None:
    said = say("Aldin", _MISLED, "investors", text="Aldin hid the yield of its chips from investors")
    alike = say("Aldin", _MISLED, text="The yield of its chips was hidden by Aldin")
    other = say("Aldin", _MISLED, text="A leak was never reported")
    counted = say("Aldin", _MISLED, "investors", Quantity("people", 300, "people"))
    assert judge(_pair(alike, said), _KNOWN) > judge(_pair(other, said), _KNOWN)
    several = Known(_WORLD, {}, True)
    assert judge(_pair(other, counted), several) < judge(_pair(other, counted), _KNOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(say("Aldin", _TOOK, "Borea"), say("Aldin", _TOOK, "Dunmore"), id="two victims"),
        pytest.param(
            say("Aldin", _TOOK, "Borea"),
            say("Aldin", Predicate.EXFILTRATED_DATA_FROM, "Borea"),
            id="to draw off data and to learn from them",
        ),
        pytest.param(
            say("Aldin", _MISLED, modality=Modality.SPECULATED, text="Aldin may be hiding chips"),
            say("Aldin", _MISLED, modality=Modality.SPECULATED, text="Perhaps a fraud against markets"),
            id="two suspicions without a word in common",
        ),
        pytest.param(
            say("Aldin", _TOOK, text="Aldin stole, they say"),
            say("Aldin", _TOOK, "Borea", text="Drawings left the laboratory of Borea at night"),
            id="taken from nobody, in other words",
        ),
        pytest.param(
            say("Aldin", _MISLED, "investors", article="a", text="Aldin misled investors, then regulators"),
            say("Aldin", _MISLED, "regulators", article="a", text="Aldin misled investors, then regulators"),
            id="two things of one sentence",
        ),
        pytest.param(
            say("Aldin", Predicate.ACQUIRED, "Dunmore"),
            say("Aldin", Predicate.ACQUIRED, "Dunmore", dollars(2e9, "price")),
            id="a price beside the deal",
        ),
        pytest.param(
            say("Aldin-1", Predicate.MATCHES, "Borea X", Quantity("layers", 79, "layers")),
            say("Aldin-1", Predicate.MATCHES, "Borea X", Quantity("layers", 80, "layers")),
            id="79 layers and 80",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", Quantity("speed", 2.4, "x")),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", Quantity("speed", 1.2, "x")),
            id="by two measures",
        ),
    ],
)
def test_what_keeps_two_apart(one: Claim, other: Claim) -> None:
    assert _compare(one, other) is None
    assert _compare(other, one) is None


def test_a_pair_is_judged_alike_from_both_sides() -> None:
    one = say("Aldin", _MISLED, "investors", date="2025-01", day=3, text="Aldin hid the yield")
    other = say("Aldin", _MISLED, polarity=Polarity.DENIED, text="利回りを隠したことはない")
    assert judge(_pair(one, other), _KNOWN) == judge(_pair(other, one), _KNOWN)


def test_a_thing_without_a_maker_may_be_a_firm_s_and_a_made_one_only_its_maker_s() -> None:
    assert bond_parties("mmlu-pro", "borea", _WORLD) is Bond.PERHAPS
    assert bond_parties("borea-x", "borea", _WORLD) is Bond.MADE
    assert bond_parties("borea-x", "dunmore", _WORLD) is Bond.APART
    assert bond_parties("borea", "dunmore", _WORLD) is Bond.APART
    assert bond_parties("~recording", "borea", _WORLD) is Bond.DESCRIBED


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    said = say("Aldin", _MISLED, "investors", text="Aldin hid the yield of its chips from investors")
    signs = find_signs(_pair(say("Aldin", _MISLED), said), _KNOWN)
    assert signs.keys() <= WEIGHTS.keys()
    bonds = {f"{what} {bond.name.lower()}" for what in ("subject", "object of an accusation") for bond in Bond}
    bonds |= {f"object of an act {bond.name.lower()}" for bond in (Bond.OPEN, Bond.ALIKE, Bond.SAME)}
    bonds |= {f"{what} in neither" for what in ("object of an act", "object of an accusation", "number")}
    bonds |= {"number open", "number same", ALWAYS}
    assert WEIGHTS.keys() <= signs.keys() | bonds


@pytest.mark.parametrize("other", ["Borea", "the small rival"])
def test_acts_on_two_things_weigh_as_one_where_a_thing_is_left_out(other: str) -> None:
    thing = "Borea X" if other == "Borea" else "a big lab"
    parts = [say("Aldin-1", Predicate.OUTPERFORMS, what, Quantity("speed", 2.4, "x")) for what in (thing, other)]
    pair = _pair(*parts)
    assert pair.object in (Bond.OTHER, Bond.MADE)
    assert find_signs(pair, _KNOWN)["object of an act open"] == 1.0
    assert {name for name in find_signs(pair, _KNOWN) if name.startswith("object")} <= WEIGHTS.keys()


def test_days_between_speak_for_no_two() -> None:
    assert WEIGHTS["days between"] <= 0
    said = say("Aldin", _MISLED, "investors", text="Aldin hid the yield of its chips from investors")
    near, far = (say("Aldin", _MISLED, day=day, text="The yield of its chips was hidden") for day in (1, 30))
    assert judge(_pair(far, said), _KNOWN) <= judge(_pair(near, said), _KNOWN)


def test_what_is_learned_never_has_time_speak_for_two() -> None:
    rows = [Row({"days between": days, "words": 1 - days}, one, 1.0) for days, one in ((1.0, True), (0.1, False))]
    assert learn({"a": rows * 20})["days between"] == 0.0
    rows = [Row({"days between": days, "words": 1.0}, one, 1.0) for days, one in ((1.0, False), (0.1, True))]
    assert learn({"a": rows * 20})["days between"] < 0


def test_a_face_does_not_hang_on_the_order_of_its_claims() -> None:
    claims = [say("Aldin", _MISLED, "investors", day=day, text=f"Aldin hid the yield, day {day}") for day in range(4)]
    (part,) = divide_claims(claims, _WORLD)
    assert order_face(make_face(0, part, _WORLD)) == order_face(make_face(0, part[::-1], _WORLD))
    assert make_face(0, part, _WORLD).topics == make_face(0, part[::-1], _WORLD).topics
