"""What articles tell beside a matter: inquiries, stances, what is taken back, who stands behind whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.background import Background
from graph.grades import is_weak
from graph.matters.employers import find_named_employers
from graph.matters.makers import find_named_makers
from graph.matters.objections import STANCES
from graph.matters.told import TYING, add_ties, find_told_ties
from graph.records import Article, ArticleId, Claim, Predicate
from graph.store import GraphStore
from graph.utterances import Utterance, make_utterances

_NEARBY = (Predicate.INVESTIGATES, Predicate.WITHDREW, *STANCES, *TYING)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Such claims by their articles, weak ones left out."""

    claims: Mapping[ArticleId, Sequence[Claim]] = field(default_factory=dict)

    def list_beside(self, told: Iterable[Utterance]) -> tuple[Utterance, ...]:
        """Those in the articles of some utterances, oldest report first."""
        articles: dict[ArticleId, Article] = {one.article.id: one.article for one in told}
        return make_utterances((claim for id in articles for claim in self.claims.get(id, ())), articles)

    def list_objecting(self) -> frozenset[ArticleId]:
        """The articles in which somebody disputes or doubts something."""
        return frozenset(id for id, claims in self.claims.items() if any(one.predicate in STANCES for one in claims))

    def add_told(self, background: Background, told: Iterable[Utterance]) -> Background:
        """The background with the ties that the articles of some utterances tell, in claims or beside names."""
        known = tuple(told)
        articles = dict.fromkeys(one.article.id for one in known)
        claims = (claim for id in articles for claim in self.claims.get(id, ()))
        ties = find_told_ties(claims, background)
        tied = add_ties(background, ties)
        return add_ties(tied, (*find_named_employers(known, tied), *find_named_makers(known, tied)))


def read_nearby(store: GraphStore, articles: Sequence[ArticleId]) -> Nearby:
    """What stands beside the matters of these articles."""
    found: dict[ArticleId, list[Claim]] = defaultdict(list)
    for claim in store.list_claims_of(articles, _NEARBY) if articles else ():
        if not is_weak(claim):
            found[claim.article_id].append(claim)
    return Nearby(found)
