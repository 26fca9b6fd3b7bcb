"""What is asked first of two parts of a matter says nothing that a full comparison does not."""

from dataclasses import replace
from itertools import permutations, product

from bench.generate import Generator
from graph.propositions.comparing import are_others, compare_faces
from graph.propositions.grouping import divide_claims
from graph.propositions.joining import list_faces, read_known
from graph.records import Claim, Comparator, Polarity, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, say

# Of a maker with its models, of things without a maker, of bodies, of words, of nobody.
_SUBJECTS = ("Aldin", "Aldin-1", "App Store", "Borea", "a startup")
_OBJECTS = (None, "Corvid", "Corvid Cloud", "Data Office", "H800", "Borea X", "a German rival")
_AMOUNTS = (
    None,
    dollars(4.1e6),
    dollars(9e6),
    Quantity("cost", 3.7e6, "EUR"),
    Quantity("cost", 4e6, "USD", Comparator.OVER),
    Quantity("cost", 8e6, "USD", Comparator.UNDER),
)


def _list_claims(predicate: Predicate) -> list[Claim]:
    told = product(_SUBJECTS, _OBJECTS, _AMOUNTS)
    claims = [say(subject, predicate, other, amount, day=n % 9) for n, (subject, other, amount) in enumerate(told)]
    rate = replace(claims[0], text="It cost $4.1 million (3.7 million euros).")
    denied = say("Aldin", predicate, None, polarity=Polarity.DENIED)
    return [rate, denied, *claims[1:]]


def test_what_names_or_numbers_keep_apart_is_apart() -> None:
    quick = 0
    for predicate in (Predicate.COSTS, Predicate.INFRINGED, Predicate.OWNS, Predicate.ACQUIRED, Predicate.OPEN_SOURCED):
        parts = divide_claims(_list_claims(predicate), make_known())
        known = read_known(parts, make_known())
        assert known.told
        for face, other in permutations(list_faces(parts, make_known()), 2):
            if are_others(face, other):
                quick += 1
                assert compare_faces(face, other, known) is None
    assert quick


def test_most_of_a_large_matter_is_apart_by_names_or_numbers() -> None:
    claims = [claim for extraction in Generator(400) for claim in extraction.claims]
    parts = divide_claims([replace(claim, predicate=Predicate.COSTS) for claim in claims], make_known())
    known = read_known(parts, make_known())
    pairs = list(permutations(list_faces(parts, make_known())[:100], 2))
    apart = [pair for pair in pairs if compare_faces(*pair, known) is None]
    assert sum(are_others(*pair) for pair in apart) > 0.9 * len(apart)
