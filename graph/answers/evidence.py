"""What a story is told from: some propositions with their utterances, copies and background, as known by a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.background import UPWARD, Background
from graph.computed import Beside, Tables, index_sums
from graph.deriving import read_background, read_ties
from graph.grades import is_weak
from graph.ids import fold_name
from graph.matters.makers import find_named_makers
from graph.matters.nearby import Nearby, read_nearby
from graph.matters.ties import find_makers
from graph.readers import BOARDS, name_reader
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    Copy,
    Entity,
    EntityId,
    Proposition,
    PropositionId,
    Status,
    Tie,
)
from graph.rulings.resolve import list_spellings
from graph.searching.language import Term, format_terms, parse_search, parse_terms
from graph.store import ClaimQuery, GraphStore
from graph.sums.finding import may_have_sum
from graph.sums.passages import make_sentence
from graph.utterances import Utterance, make_utterances, sort_utterances

# A matter of more claims is told from its newest ones, and says so.
MOST_CLAIMS = 2_000
# On a page of a name that everybody talks about they would take two seconds.
PAGE_CLAIMS = 500
_PAGE = 500
# Working out the sums of a text of a thousand characters takes 3 ms.
_MOST_TEXTS = 60
_CONTESTED = (Status.ALLEGED, Status.DISPUTED, Status.DENIED, Status.CONFIRMED)

Told = dict[PropositionId, tuple[Utterance, ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is asked about.

    entities  those whose spellings the text has, in its order
    claims    those that the text asks for: each names every entity or something that it makes
    complete  these are all; otherwise the newest
    """

    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Propositions and what stands behind them; `told` leaves out what was not known yet.

    weak    what is told beside it by weak claims, which is shown and decides nothing
    nearby  what the articles of contested propositions tell beside them
    """

    propositions: tuple[Proposition, ...]
    told: Mapping[PropositionId, tuple[Utterance, ...]]
    weak: Mapping[PropositionId, tuple[Utterance, ...]]
    copies: tuple[Copy, ...]
    contradictions: tuple[Contradiction, ...]
    background: Background
    nearby: Nearby = field(default_factory=Nearby)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """All that are told, by proposition."""
        return tuple(one for told in self.told.values() for one in told)


def find_subject(
    store: GraphStore, text: str, now: datetime, known_by: datetime | None = None, most: int = MOST_CLAIMS
) -> Subject:
    """What a search text is about. A plain word that is a spelling of an entity stands for it and for what it makes;
    the rest narrows as in the search box. QueryError for a text that is wrong.

    known_by  only what was reported before then
    most      claims; of more the newest
    """
    entities, rest = _take_entities(store, text)
    query = _end_by(parse_search(format_terms(rest), store.find_entities, now), known_by)
    families = [find_made(store, entity.id) for entity in entities]
    if not families:
        claims, complete = _read_claims(store, query, most)
    else:
        # Of several names most claims are set aside: few name them all.
        depth = most if len(families) == 1 else MOST_CLAIMS
        claims, complete = _read_about(store, query, sorted(frozenset().union(*families)), depth)
    asked = tuple(zip(entities, families, strict=True))
    found = [claim for claim in claims if all(_names(claim, entity, family) for entity, family in asked)]
    newest = sorted(found, key=lambda claim: claim.reported_at, reverse=True)[:most] if len(found) > most else found
    return Subject(entities, tuple(newest), complete and len(newest) == len(found))


def _end_by(query: ClaimQuery, known_by: datetime | None) -> ClaimQuery:
    if known_by is None or (query.until and query.until < known_by):
        return query
    return replace(query, until=known_by)


def read_evidence(store: GraphStore, ids: Iterable[PropositionId], known_by: datetime | None = None) -> Evidence:
    """The propositions with all their claims that were reported before a moment; those without any are left out."""
    kept, told, weak = read_told(store, ids, known_by)
    utterances = [one for ones in told.values() for one in ones]
    contradictions = store.list_contradictions([proposition.id for proposition in kept], limit=_PAGE)
    return Evidence(
        kept,
        told,
        weak,
        store.list_copies(list(dict.fromkeys(one.article.id for one in utterances))),
        contradictions if kept else (),
        read_background(store, (one.claim for one in utterances), read_ties(store)),
        read_nearby(store, sorted({one.article.id for p in kept if is_contested(p) for one in told[p.id]})),
    )


def is_contested(proposition: Proposition) -> bool:
    """Whether it accuses somebody, or somebody denied or confirmed it: then there may be replies."""
    return proposition.type is ClaimType.ALLEGATION or any(event.status in _CONTESTED for event in proposition.events)


def read_told(
    store: GraphStore, ids: Iterable[PropositionId], known_by: datetime | None = None
) -> tuple[tuple[Proposition, ...], Told, Told]:
    """The same propositions and claims, weak ones apart, without what else is known; reading that takes longer."""
    propositions = store.get_propositions(tuple(dict.fromkeys(ids)))
    wanted = [link.claim for proposition in propositions for link in proposition.links]
    found = store.get_claims(wanted)
    known = {claim.id: claim for claim in found if known_by is None or claim.reported_at < known_by}
    articles = _read_articles(store, propositions, known)
    told: Told = {}
    weak: Told = {}
    for one in propositions:
        claims = [known[link.claim] for link in one.links if link.claim in known]
        if better := make_utterances((claim for claim in claims if not is_weak(claim)), articles):
            told[one.id] = better
            weak[one.id] = make_utterances(filter(is_weak, claims), articles)
    return tuple(one for one in propositions if one.id in told), told, weak


def read_utterances(store: GraphStore, claims: Iterable[Claim]) -> tuple[Utterance, ...]:
    """The claims that are not weak beside their articles, in the order of reports; only later versions have their
    texts."""
    known = {claim.id: claim for claim in claims if not is_weak(claim)}
    return make_utterances(known.values(), _read_articles(store, (), known))


def _read_articles(
    store: GraphStore, propositions: Iterable[Proposition], claims: Mapping[ClaimId, Claim]
) -> dict[ArticleId, Article]:
    """The articles of the claims. Only those of what is contested come with texts, for replies are looked for in them,
    and later versions, for they may say when they were corrected: unpacking all took most of the time of a story."""
    ids = _list_articles(claims.values())
    pages = {page.id: page for page in store.list_pages(ids)}
    contested = (link.claim for one in propositions if is_contested(one) for link in one.links)
    read = {*_list_articles(claims[id] for id in contested if id in claims)}
    read |= {page.id for page in pages.values() if page.version > 1}
    pages |= {article.id: article for article in store.get_articles(sorted(read))}
    return {id: pages[id] for id in ids if id in pages}


def read_beside(store: GraphStore, told: Iterable[Utterance], tables: Tables) -> Beside:
    """What these claims are computed beside. Sums need the articles' texts: those are read of claims whose sentences
    may have one, the oldest first, and of many no more than a page takes; the article's own page has them all."""
    claims = tuple(told)
    asked = dict.fromkeys(
        one.article.id
        for one in sort_utterances(claims)
        if may_have_sum(make_sentence(one.claim.text, lang=one.claim.lang))
    )
    articles = store.get_articles(list(asked)[:_MOST_TEXTS])
    spans: dict[ArticleId, list[tuple[int, int]]] = defaultdict(list)
    for one in claims:
        spans[one.article.id].append(one.claim.span)
    return Beside(tables.listed, read_boards(store, claims), index_sums(articles, tables.rates, spans))


def read_makers(store: GraphStore, told: Iterable[Utterance], background: Background) -> tuple[Tie, ...]:
    """Makers that the articles tell in passing, of what the claims give results of and nobody is known to make; of many
    articles the oldest are read."""
    known = sort_utterances(told)
    orphans = [
        one for one in known if one.claim.subject.entity and not find_makers(background, one.claim.subject.entity)
    ]
    articles = store.get_articles(list(dict.fromkeys(one.article.id for one in orphans))[:_MOST_TEXTS])
    texts = {article.id: article for article in articles}
    return find_named_makers(
        (replace(one, article=texts.get(one.article.id, one.article)) for one in known), background
    )


def read_boards(store: GraphStore, told: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Rows of loaded leaderboards about the models of those that are benchmark claims."""
    claims = [one.claim for one in told if one.claim.type is ClaimType.BENCHMARK]
    models = dict.fromkeys(p.entity for c in claims for p in (c.subject, c.object) if p and p.entity)
    rows_of_boards = ClaimQuery(types=(ClaimType.BENCHMARK,), readers=(name_reader(BOARDS),))
    if not models or not store.find_claims(rows_of_boards, limit=1).claims:  # most stores have no board
        return ()
    rows = [claim for model in models for claim in _read_claims(store, replace(rows_of_boards, about=(model,)))[0]]
    articles = {article.id: article for article in store.get_articles(_list_articles(rows))}
    return make_utterances(rows, articles)


def _take_entities(store: GraphStore, text: str) -> tuple[tuple[Entity, ...], tuple[Term, ...]]:
    """The entities that plain words name by a spelling of theirs, and the terms that are left."""
    entities: list[Entity] = []
    rest: list[Term] = []
    for term in parse_terms(text):
        found = store.find_entities(term.value) if not term.key and not term.minus else ()
        exact = [entity for entity in found if fold_name(term.value) in list_spellings(entity)]
        if exact:
            entities.append(exact[0])
        else:
            rest.append(term)
    return tuple(dict.fromkeys(entities)), tuple(rest)


def find_made(store: GraphStore, entity: EntityId) -> frozenset[EntityId]:
    """The entity and what it makes or owns, as the tables say."""
    made = (tie.object for tie in store.list_ties(entity) if tie.relation in UPWARD and tie.subject == entity)
    return frozenset({entity, *made})


def _names(claim: Claim, entity: Entity, family: frozenset[EntityId]) -> bool:
    """One of the family takes part, or somebody who is described by the entity: "a group linked to DeepSeek"."""
    names = [name for name in (entity.name, entity.name_ja) if name]
    return any(
        party.entity in family or (party.entity is None and any(name in party.name for name in names))
        for party in claim.parties
    )


def _read_about(
    store: GraphStore, query: ClaimQuery, family: Sequence[EntityId], most: int
) -> tuple[tuple[Claim, ...], bool]:
    """The claims that are about one of the family or come from it, newest first."""
    found: dict[ClaimId, Claim] = {}
    complete = True
    for id in family:
        if len(found) >= most:
            return tuple(found.values()), False
        for narrowed in (replace(query, about=(*query.about, id)), replace(query, speakers=(*query.speakers, id))):
            claims, all_read = _read_claims(store, narrowed, most)
            found |= {claim.id: claim for claim in claims}
            complete = complete and all_read
    return tuple(found.values()), complete


def _read_claims(store: GraphStore, query: ClaimQuery, most: int = MOST_CLAIMS) -> tuple[tuple[Claim, ...], bool]:
    claims: list[Claim] = []
    after: str | None = None
    while len(claims) < most:
        page = store.find_claims(query, limit=_PAGE, after=after)
        claims += page.claims
        after = page.next
        if after is None:
            return tuple(claims), True
    return tuple(claims), False


def _list_articles(claims: Iterable[Claim]) -> list[ArticleId]:
    return list(dict.fromkeys(claim.article_id for claim in claims))
