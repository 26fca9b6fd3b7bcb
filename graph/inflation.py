"""Repeats that are firmer than the sentence they draw on: doubt lost on the way, both sentences side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

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
    said = _Said()
    found = []
    # Those of one moment may draw on each other, whatever their order.
    for _, same in groupby(told, key=lambda one: one.at):
        moment = list(same)
        for one in moment:
            said.add(one)
        for one in moment:
            original, how = links.get(one.article.id, (None, "cites"))
            firmest = said.articles.get(original) if original else said.find_cited(one)
            if firmest and compare_firmness(one.claim.modality, firmest.claim.modality) > 0:
                found.append(Inflation(firmest.id, one.id, firmest.claim.modality, one.claim.modality, how))
    return tuple(found)


@dataclass(slots=True)
class _Said:
    """The firmest utterance so far of each article, and of each outlet by its folded name, then its own."""

    articles: dict[ArticleId, Utterance] = field(default_factory=dict)
    outlets: dict[str, dict[str, Utterance]] = field(default_factory=dict)
    places: dict[ClaimId, int] = field(default_factory=dict)

    def add(self, one: Utterance) -> None:
        """Of equals the first stays."""
        self.places[one.id] = len(self.places)
        self.articles[one.article.id] = _choose(self.articles.get(one.article.id), one)
        own = self.outlets.setdefault(fold_outlet(one.outlet), {})
        own[one.outlet] = _choose(own.get(one.outlet), one)

    def find_cited(self, one: Utterance) -> Utterance | None:
        """The firmest of the other outlets that are among its speakers."""
        cited = {fold_outlet(claimant.party.name) for claimant in one.claim.claimants}
        near = [said for name in cited for outlet, said in self.outlets.get(name, {}).items() if outlet != one.outlet]
        return max(near, key=lambda said: (_rank(said), -self.places[said.id]), default=None)


def _choose(kept: Utterance | None, one: Utterance) -> Utterance:
    return one if kept is None or _rank(one) > _rank(kept) else kept


def _link(told: list[Utterance], copies: tuple[Copy, ...]) -> dict[ArticleId, tuple[ArticleId, str]]:
    """Of each article that repeats another that is here: which, and how; the nearest one of a chain."""
    holding = {one.article.id for one in told}
    links = {id: (root, kind.value) for id, (root, kind) in find_roots(told, copies).items()}
    nearest = sorted((copy for copy in copies if copy.original in holding), key=lambda copy: copy.score)
    return links | {copy.article: (copy.original, copy.kind.value) for copy in nearest}


def _rank(one: Utterance) -> tuple[int, bool]:
    """By firmness; of equals one that a speaker is named for."""
    return compare_firmness(one.claim.modality, Modality.QUESTIONED), bool(one.claim.claimants)
