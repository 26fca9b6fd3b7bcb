"""One article that says two things which cannot both hold: affirmed and denied, or ahead and behind on one ground."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.records import Article, ArticleId, Claim, ClaimId, Modality, Party, Predicate, PropositionId
from graph.utterances import Utterance, sort_utterances

_MIRRORED = {Predicate.UNDERPERFORMS: Predicate.OUTPERFORMS}
_FIRM = (Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED)


@dataclass(frozen=True, slots=True)
class SelfContradiction:
    """Two claims of one article and one voice, in the order of the text."""

    article: ArticleId
    url: str
    voice: str
    one: ClaimId
    other: ClaimId


def find_self_contradictions(
    utterances: Iterable[Utterance], propositions: Mapping[ClaimId, PropositionId]
) -> tuple[SelfContradiction, ...]:
    """Where an article contradicts itself in one voice, its own or a speaker's, by article and place.

    Two speakers who differ are a dispute, and a guess beside a statement is none.
    """
    voices: dict[tuple[ArticleId, str], list[Utterance]] = {}
    for one in sort_utterances(utterances):
        if one.claim.modality in _FIRM:
            voices.setdefault((one.article.id, one.voice), []).append(one)
    found = [pair for told in voices.values() for pair in _find_pairs(told, propositions)]
    return tuple(_make(one, other) for one, other in found)


def _find_pairs(
    told: Sequence[Utterance], propositions: Mapping[ClaimId, PropositionId]
) -> list[tuple[Utterance, Utterance]]:
    return [
        (one, other)
        for one, other in combinations(told, 2)
        if _is_denied(one, other, propositions) or _is_reversed(one.claim, other.claim)
    ]


def _is_denied(one: Utterance, other: Utterance, propositions: Mapping[ClaimId, PropositionId]) -> bool:
    same = one.id in propositions and propositions.get(one.id) == propositions.get(other.id)
    return same and one.claim.polarity is not other.claim.polarity


def _is_reversed(one: Claim, other: Claim) -> bool:
    """A is ahead of B, and B of A, on the same named benchmark."""
    if one.polarity is not other.polarity or not one.benchmark or not other.benchmark:
        return False
    first, second = _rank(one), _rank(other)
    if first is None or second is None or _name(one.benchmark) != _name(other.benchmark):
        return False
    return first == second[::-1] and first != second


def _rank(claim: Claim) -> tuple[str, str] | None:
    """(who is ahead, who is behind)."""
    if claim.object is None or _MIRRORED.get(claim.predicate, claim.predicate) is not Predicate.OUTPERFORMS:
        return None
    sides = (_name(claim.subject), _name(claim.object))
    return sides[::-1] if claim.predicate in _MIRRORED else sides


def _name(party: Party) -> str:
    return party.entity or party.name


def _make(one: Utterance, other: Utterance) -> SelfContradiction:
    article: Article = one.article
    return SelfContradiction(article.id, article.url, one.voice, one.id, other.id)
