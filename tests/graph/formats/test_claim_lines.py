from dataclasses import replace

from graph.formats.claim_lines import iter_entity_lines, make_claim_line
from graph.records import Claimant, Comparator, Quantity
from tests.contract.builders import Said, make_extraction, make_party

COST = Quantity("training_cost", 5_600_000.0, "USD", Comparator.ABOUT, None, "about $5.6 million")
EXTRACTION = make_extraction(
    Said("DeepSeek says R1 cost about $5.6 million.", subject="DeepSeek-R1", speakers=("DeepSeek",), quantity=COST)
)


def test_a_claim_line_has_the_fields_of_the_gold() -> None:
    [claim] = EXTRACTION.claims
    assert make_claim_line(claim, "a.txt") == {
        "doc": "a.txt",
        "start": 0,
        "end": 41,
        "sentence": "DeepSeek says R1 cost about $5.6 million.",
        "type": "allegation",
        "predicate": "distilled_from",
        "subject": "DeepSeek-R1",
        "object": None,
        "quantity": {
            "measure": "training_cost",
            "value": 5_600_000.0,
            "unit": "USD",
            "comparator": "~",
            "high": None,
        },
        "benchmark": None,
        "claimants": ["DeepSeek"],
        "modality": "alleged",
        "polarity": "affirmed",
        "date": None,
    }


def test_a_spokesperson_stands_beside_the_organisation() -> None:
    claim = replace(EXTRACTION.claims[0], claimants=(Claimant(make_party("OpenAI"), "said", "Ann Lee"),))
    line = make_claim_line(claim, "a.txt")
    assert (line["claimants"], line["speaker"]) == (["OpenAI"], "Ann Lee")


def test_an_entity_is_one_line_with_the_spellings_found() -> None:
    mention = EXTRACTION.mentions[0]
    twice = replace(EXTRACTION, mentions=(mention, mention, replace(mention, text="Deep Seek")))
    [line] = iter_entity_lines(twice, "a.txt")
    assert line == {"doc": "a.txt", "name": "DeepSeek", "type": "company", "forms": ["DeepSeek", "Deep Seek"]}
