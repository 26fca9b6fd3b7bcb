"""Claims of numbers that stand beside a name without a verb of their own: scores and sizes."""

from collections.abc import Iterator, Sequence

from graph.readers import RULES
from graph.records import ClaimType, Cue, CueKind, Party, Predicate, Quantity
from ingest.nlp.document import Amount, Draft, Name
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.phrases import Clauses
from ingest.nlp.ja.scores import find_listed, find_scores
from ingest.nlp.ja.sizes import find_sizes
from ingest.nlp.ja.standing import Standing, Unusable


def iter_beside(clauses: Clauses, amounts: Sequence[Amount], memory: Memory) -> Iterator[Draft]:
    """Scores and sizes by their place beside a name; they stand as firmly as the last clause over them."""
    for model, benchmark, score in tuple(find_listed(clauses, amounts)) or tuple(find_scores(clauses, amounts)):
        standing = _stand_beside(model, clauses, memory)
        if standing and not standing.denied:
            yield _draft_beside(model, benchmark, score, clauses, standing)
    for model, size in find_sizes(clauses, amounts):
        standing = _stand_beside(model, clauses, memory)
        if standing and not standing.denied:
            yield _draft_beside(model, None, size, clauses, standing)


def _stand_beside(model: Name, clauses: Clauses, memory: Memory) -> Standing | None:
    """How firmly a name's own number stands; None where the clause states nothing."""
    phrase = next(p for p in clauses.phrases if p.span[0] <= model.span[0] < p.span[1])
    verb = next((upper for upper in (phrase, *clauses.ancestors(phrase)) if upper.verbal), None)
    try:
        return read_standing(clauses, verb, memory) if verb else Standing()
    except Unusable:
        return None


def _draft_beside(
    model: Name, benchmark: Party | None, number: Quantity, clauses: Clauses, standing: Standing
) -> Draft:
    return Draft(
        lang="ja",
        span=clauses.sentence.span,
        type=ClaimType.BENCHMARK if benchmark else ClaimType.COMPUTE,
        predicate=Predicate.SCORES if benchmark else Predicate.HAS_SIZE,
        subject=Party(model.entity.name, model.entity.id),
        object=benchmark,
        quantity=number,
        benchmark=benchmark,
        claimants=standing.claimants,
        modality=standing.modality,
        cues=(*standing.cues, Cue(CueKind.TRIGGER, model.span, model.text)),
        reader=RULES,
        rule="score beside name" if benchmark else "size beside name",
    )
