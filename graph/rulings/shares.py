"""How many claims of each reader people judged, how many of them were read rightly, and the scores that follow."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.grades import TOLD_WEAK, grade_of, score_told
from graph.readers import is_read, is_told
from graph.records import Claim, ClaimId, Extraction, Share
from graph.rulings.verdicts import find_verdicts
from graph.store import GraphStore


def count_judged(store: GraphStore) -> tuple[Share, ...]:
    """By reader with its version, most judged first. Claims that are gone since are not counted."""
    verdicts = find_verdicts(store.list_judgements())
    return sum_up(store.get_claims(sorted(verdicts)), verdicts) if verdicts else ()


def sum_up(claims: Iterable[Claim], verdicts: Mapping[ClaimId, str]) -> tuple[Share, ...]:
    """As count_judged, of claims that were judged so: why wrongly read, empty where rightly."""
    read = [claim for claim in claims if is_read(claim)]
    right = Counter(claim.reader for claim in read if not verdicts[claim.id])
    asked = Counter(claim.reader for claim in read)
    ordered = sorted(asked.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share("reader", name, number, right[name]) for name, number in ordered)


def regrade(store: GraphStore) -> int:
    """Brings what language models told to the grade that follows from the judgements; how many articles changed.

    Scores stay where the grade does: one judgement more moves each share a little.
    """
    verdicts = find_verdicts(store.list_judgements())
    judged = [claim for claim in store.get_claims(sorted(verdicts)) if is_told(claim)] if verdicts else []
    scores = {share.name: score_told(share) for share in sum_up(judged, verdicts)}
    stale = {claim.reader: scores[claim.reader] for claim in judged if _is_stale(claim, scores)}
    if not stale:
        return 0
    # Those that tell what is stale come last: cut short, the next run finds them so.
    seen = {claim.article_id for claim in judged}
    last: list[Extraction] = []
    changed = 0
    for stored in store.iter_extractions():
        if stored.article.id in seen:
            last.append(stored)
        else:
            changed += _regrade(store, stored, stale)
    return changed + sum(_regrade(store, stored, stale) for stored in last)


def _regrade(store: GraphStore, stored: Extraction, scores: Mapping[str, float]) -> bool:
    if not any(_is_stale(claim, scores) for claim in stored.claims):
        return False
    now = tuple(
        replace(claim, score=scores[claim.reader]) if _is_stale(claim, scores) else claim for claim in stored.claims
    )
    store.replace(replace(stored, claims=now))
    return True


def _is_stale(claim: Claim, scores: Mapping[str, float]) -> bool:
    """Whether it is a full statement whose grade is another than that of its reader's score."""
    if not is_told(claim) or claim.score == TOLD_WEAK or claim.reader not in scores:
        return False
    return grade_of(claim.score) is not grade_of(scores[claim.reader])
