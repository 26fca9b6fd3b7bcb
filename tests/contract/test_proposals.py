"""What agents proposed is found by its batches on every store, and goes as it came."""

from dataclasses import replace

from commands.proposals import find_batches
from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import Batch, ClaimType, JudgementKind, Modality, Predicate
from graph.store import ClaimQuery, GraphStore
from ingest.llm.proposing import take_out
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, Said, make_extraction

FIRST, SECOND = "agent scribe/1.0@20250129T120000", "agent reader/2@20250130T090000"
RELEASED = Said(
    "DeepSeek released R1.", object="R1", type=ClaimType.RELEASE, predicate=Predicate.RELEASED,
    modality=Modality.ASSERTED, reader="learned 9",
)  # fmt: skip
DISTILLED = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",), reader=FIRST)
TOOK = replace(DISTILLED, predicate=Predicate.TOOK_TECHNOLOGY_FROM, reader=SECOND)
TEXTS = [make_extraction(RELEASED, DISTILLED, TOOK, url=f"https://news.example/{n}") for n in range(3)]


def test_batches_are_listed_with_what_is_stored_of_them(store: GraphStore) -> None:
    assert find_batches(store) == ()
    store.add([*TEXTS[:2], take_out(TEXTS[2], SECOND)])
    assert find_batches(store) == (
        Batch("reader/2@20250130T090000", articles=2, claims=2),
        Batch("scribe/1.0@20250129T120000", articles=3, claims=3),
    )


def test_a_batch_goes_as_it_came(store: GraphStore) -> None:
    store.add([take_out(take_out(text, FIRST), SECOND) for text in TEXTS])
    derive(store)
    before = _look(store)
    for text in TEXTS:
        [there] = store.get_extractions([text.article.id])
        store.replace(replace(there, claims=text.claims, entities=text.entities))
    # What people decided meanwhile is no reason to keep it.
    who = make_judgement(JudgementKind.MERGE, [OPENAI.id, MICROSOFT.id], "ann", NOON, "one firm")
    store.judge(who)
    derive(store)
    assert len(find_batches(store)) == 2
    for reader in (FIRST, SECOND):
        for text in TEXTS:
            [there] = store.get_extractions([text.article.id])
            store.replace(take_out(there, reader))
    derive(store)
    assert find_batches(store) == ()
    assert _look(store) == before


def _look(store: GraphStore) -> object:
    return (
        sorted(store.find_claims(ClaimQuery()).claims, key=lambda claim: claim.id),
        sorted((one.id, one.status) for one in store.iter_propositions()),
        [one.claims for one in store.list_entities() if one.entity.id == DEEPSEEK.id],
        store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows,
    )
