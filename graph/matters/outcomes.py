"""Groups of claims → propositions with history and origins, contradictions, answers: all that follows from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.background import Background
from graph.grades import is_weak
from graph.matters.contradict import find_contradictions
from graph.matters.nearby import read_nearby
from graph.matters.origins import count_origins
from graph.matters.reply import find_replies
from graph.matters.status import derive_events, find_accusation
from graph.matters.ties import find_makers
from graph.proposition_store import Derived, Matter
from graph.propositions import Group, Rulings
from graph.rates import Rates
from graph.records import (
    MADE,
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    Copy,
    EntityType,
    Polarity,
    Proposition,
    PropositionId,
)
from graph.store import GraphStore
from graph.utterances import Utterance, make_utterances


class Outcomes:
    """What follows from groups; what their claims stand in is read once for all of them.

    kept   propositions of groups that stay as they are, whose claims are not among those given
    rates  for sums of money in two currencies
    """

    def __init__(
        self,
        store: GraphStore,
        claims: Sequence[Claim],
        background: Background,
        rulings: Rulings,
        kept: Mapping[PropositionId, Proposition],
        rates: Rates,
    ) -> None:
        self._store = store
        self._background, self._rulings, self._kept, self._rates = background, rulings, kept, rates
        self._claims = {claim.id: claim for claim in claims}
        ids = sorted({claim.article_id for claim in claims})
        self._versions: dict[str, list[Article]] = defaultdict(list)
        self._nearby = read_nearby(store, ids)
        needed = (
            self._nearby.list_objecting()
            | _list_denied_by_persons(claims, background)
            | _list_of_orphans(claims, background)
        )
        for article in _read_versions(store, ids, needed):
            self._versions[article.url].append(article)
        self._articles = {article.id: article for versions in self._versions.values() for article in versions}
        self._copies: dict[ArticleId, list[Copy]] = defaultdict(list)
        for copy in store.list_copies(ids):
            self._copies[copy.article].append(copy)
            self._copies[copy.original].append(copy)

    def make(self, bundle: Sequence[Matter], groups: Sequence[Group]) -> Derived:
        ids = {group.id for group in groups}
        return Derived(
            {matter.key: matter.stamp for matter in bundle},
            tuple(self._make_proposition(group, ids) for group in groups),
            self._find_contradictions(groups),
            tuple(pair for group in groups if group.type is ClaimType.ALLEGATION for pair in self._find_answers(group)),
        )

    def _find_contradictions(self, groups: Sequence[Group]) -> tuple[Contradiction, ...]:
        found = find_contradictions(groups, self._rulings, self._rates)
        if not found:  # as in most matters, for which no page is looked up
            return ()
        ids = sorted({voice.article for group in groups for voice in (*group.voices, *group.against)})
        pages = {article.id: article.url for article in self._store.list_pages(ids)}
        told = [pages[id] for id in ids if id in pages]
        if len(set(told)) == len(told):  # no two are of one page
            return found
        return find_contradictions(groups, self._rulings, self._rates, pages)

    def _find_answers(self, group: Group) -> Iterator[tuple[ClaimId, ClaimId]]:
        """What the accused said to it, each with the claim that accused first."""
        utterances = self._list_utterances(group)
        accusation = find_accusation(utterances)
        if accusation is not None:
            background, beside = self._read_nearby(utterances)
            for reply in find_replies(utterances, background, beside):
                yield from ((claim, accusation.id) for claim in reply.claims if claim != accusation.id)

    def _read_nearby(self, told: Sequence[Utterance]) -> tuple[Background, tuple[Utterance, ...]]:
        """The background with the ties that the articles of the utterances tell, and what else is told there."""
        return self._nearby.add_told(self._background, told), self._nearby.list_beside(told)

    def _list_utterances(self, group: Group) -> tuple[Utterance, ...]:
        """All but the weak ones."""
        claims = (self._claims[link.claim] for link in group.links)
        return make_utterances((claim for claim in claims if not is_weak(claim)), self._articles)

    def _make_proposition(self, group: Group, ids: set[PropositionId]) -> Proposition:
        part_of = tuple(id for id in group.part_of if id in ids)
        if kept := self._kept.get(group.id):
            return replace(
                kept,
                label_en=group.label_en,
                label_ja=group.label_ja,
                type=group.type,
                predicate=group.predicate,
                part_of=part_of,
            )
        utterances = self._list_utterances(group)
        stand_in = dict.fromkeys(one.article.id for one in utterances)
        pages = dict.fromkeys(one.article.url for one in utterances)
        copies = tuple(dict.fromkeys(copy for id in stand_in for copy in self._copies.get(id, ())))
        background, beside = self._read_nearby(utterances)
        versions = [article for url in pages for article in self._versions[url]]
        events = derive_events(utterances, background, copies, versions, beside)
        counts = count_origins(utterances, self._background, copies)
        return Proposition(
            group.id,
            group.label_en,
            group.label_ja,
            group.type,
            group.predicate,
            events[-1].status,
            utterances[0].at,
            utterances[-1].at,
            counts.articles,
            counts.origins,
            group.links,
            events,
            part_of,
        )


def _list_denied_by_persons(claims: Iterable[Claim], background: Background) -> frozenset[ArticleId]:
    """The articles in which a person denies something: for whom he speaks, their texts may tell."""
    denials = (claim for claim in claims if claim.polarity is Polarity.DENIED)
    speakers = ((claim.article_id, claim.origin.party.entity) for claim in denials if claim.origin)
    return frozenset(id for id, who in speakers if who and background.find_type(who) is EntityType.PERSON)


def _list_of_orphans(claims: Iterable[Claim], background: Background) -> frozenset[ArticleId]:
    """The articles on things of which something is denied and no maker is known: who made them, the texts may tell."""
    known = tuple(claims)
    denied = {claim.subject.entity for claim in known if claim.polarity is Polarity.DENIED and claim.subject.entity}
    orphans = {id for id in denied if background.find_type(id) in MADE and not find_makers(background, id)}
    return frozenset(claim.article_id for claim in known if claim.subject.entity in orphans)


def _read_versions(store: GraphStore, ids: Sequence[ArticleId], needed: frozenset[ArticleId]) -> Iterator[Article]:
    """All versions of the articles' pages, with texts those of pages with several and those that are needed."""
    by_page: dict[str, list[Article]] = defaultdict(list)
    for article in store.list_pages(ids):
        by_page[article.url].append(article)
    read = [one.id for page in by_page.values() for one in page if len(page) > 1 or one.id in needed]
    texts = {article.id: article for article in store.get_articles(read)} if read else {}
    return (texts.get(article.id, article) for page in by_page.values() for article in page)
