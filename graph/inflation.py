"""Repeats that are firmer than the sentence they draw on: doubt lost on the way, both sentences side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.firmness import compare_firmness
from graph.origins import find_roots
from graph.records import ArticleId, ClaimId, Copy, Modality, Polarity
from graph.utterances import Utterance, fold_outlet, sort_utterances


@dataclass(frozen=True, slots=True)
class Inflation:
    """A claim and the later, firmer one that draws on it.

    how  `syndicated`, `translated`, `rewritten`, or `cites` for an article that names the outlet it has it from
    """

    drawn_on: ClaimId
    repeat: ClaimId
    was: Modality
    now: Modality
    how: str


def find_inflation(utterances: Iterable[Utterance], copies: Iterable[Copy] = ()) -> tuple[Inflation, ...]:
    """The repeats that are firmer than the firmest that they draw on, in the order of their reports.

    Given are the utterances of one proposition. A repeat is compared with the article that it copies or cites, no
    further back: each step of a chain is its own.
    """
    told = [one for one in sort_utterances(utterances) if one.claim.polarity is Polarity.AFFIRMED]
    links = _link(told, tuple(copies))
    found = []
    for one in told:
        drawn = list(_find_drawn_on(one, told, links))
        if not drawn:
            continue
        firmest, how = max(drawn, key=lambda pair: _rank(pair[0]))
        if compare_firmness(one.claim.modality, firmest.claim.modality) > 0:
            found.append(Inflation(firmest.id, one.id, firmest.claim.modality, one.claim.modality, how))
    return tuple(found)


def _link(told: list[Utterance], copies: tuple[Copy, ...]) -> dict[ArticleId, tuple[ArticleId, str]]:
    """Of each article that repeats another that is here: which, and how; the nearest one of a chain."""
    holding = {one.article.id for one in told}
    links = {id: (root, kind.value) for id, (root, kind) in find_roots(told, copies).items()}
    nearest = sorted((copy for copy in copies if copy.original in holding), key=lambda copy: copy.score)
    return links | {copy.article: (copy.original, copy.kind.value) for copy in nearest}


def _find_drawn_on(
    one: Utterance, told: list[Utterance], links: Mapping[ArticleId, tuple[ArticleId, str]]
) -> Iterator[tuple[Utterance, str]]:
    """The earlier claims of the article that its own repeats, or of the outlet that it cites, and how."""
    original, how = links.get(one.article.id, (None, "cites"))
    cited = {fold_outlet(claimant.party.name) for claimant in one.claim.claimants}
    for before in told:
        cites = before.outlet != one.outlet and fold_outlet(before.outlet) in cited
        if before.at <= one.at and (before.article.id == original if original else cites):
            yield before, how


def _rank(one: Utterance) -> tuple[int, bool]:
    """By firmness; of equals one that a speaker is named for."""
    return compare_firmness(one.claim.modality, Modality.QUESTIONED), bool(one.claim.claimants)
