"""The questions that pages, API and command line ask a store, answered as views."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from graph.answers.evidence import read_beside
from graph.answers.gist import read_gists
from graph.answers.listing import view_counts
from graph.answers.portraits import find_comparisons, get_moved, read_measured, view_measures
from graph.answers.viewing import list_once, refer, refer_article, refer_proposition, view_claim_records, view_ties
from graph.computed import NO_TABLES, Tables, compute_article, find_computations
from graph.errors import NotFound, QueryError
from graph.ids import fold_name
from graph.judging.carried import carry_on
from graph.parties import find_parties
from graph.propositions.amounts import excludes, make_amount
from graph.propositions.deciding import order_claim
from graph.readers import is_read
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Entity,
    EntityId,
    Judgement,
    JudgementId,
    Modality,
    Polarity,
    Predicate,
    Relation,
    Source,
    SourceId,
)
from graph.rulings.hands import find_hands
from graph.rulings.resolve import list_spellings
from graph.rulings.verdicts import find_counting
from graph.searching.facets import count_facets
from graph.searching.language import parse_search
from graph.sections import find_sections
from graph.store import ClaimQuery, Facet, GraphStore
from graph.utterances import Utterance
from graph.versions import compare_claims
from graph.views import (
    ArticleDetail,
    ArticleRef,
    ClaimChangeView,
    ClaimDetail,
    ClaimView,
    CopyView,
    EntityDetail,
    EntityRef,
    HandView,
    HeirView,
    HomeView,
    JudgementView,
    NamingView,
    PropositionRef,
    RereadingView,
    SearchView,
    SourceCountView,
    SourceDetail,
    SuggestionView,
    VersionView,
)

_T = TypeVar("_T")

_CONTEXT_CHARS = 600
_RELATED = 50
_ARTICLE_CLAIMS = 1000
# Of each of its two lists: what else there is on an entity should not be far down.
_ENTITY_CLAIMS = 10
_EXAMPLES = 3
# Where a sentence ends, in either language; a line is at most one paragraph.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“‘(])|(?<=[。！？])|\n+")

# Claims of one family speak of the same thing being so (docs/model.md).
_FAMILIES: tuple[frozenset[Predicate], ...] = (
    frozenset({Predicate.TOOK_TECHNOLOGY_FROM, Predicate.DISTILLED_FROM, Predicate.EXFILTRATED_DATA_FROM}),
    frozenset({Predicate.CAN, Predicate.CANNOT}),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list of claims: what follows a cursor, or the last ones that precede one."""

    after: str | None = None
    before: str | None = None


FIRST = Place()
"""The first page."""


def get_home(store: GraphStore, now: datetime) -> HomeView:
    """What a reader sees first: newest claims, those under dispute, what moved, who is talked about most."""
    newest = store.find_claims(ClaimQuery(weak=False), limit=12).claims
    denied = store.find_claims(ClaimQuery(polarities=(Polarity.DENIED,), weak=False), limit=6).claims
    alleged = store.find_claims(ClaimQuery(modalities=(Modality.ALLEGED,), weak=False), limit=6).claims
    contested = sorted({claim.id: claim for claim in (*denied, *alleged)}.values(), key=order_claim, reverse=True)
    views = view_claim_records(store, (*newest, *contested))
    counts = store.count()
    return HomeView(
        counts,
        views[: len(newest)],
        views[len(newest) :],
        get_moved(store, now, counts.latest),
        view_counts(store, store.list_entities(limit=24)),
    )


def search(store: GraphStore, text: str, now: datetime, limit: int = 20, after: str | None = None) -> SearchView:
    """One page of the claims a search text asks for, with counts to narrow by. QueryError for a text that is wrong."""
    query = parse_search(text, store.find_entities, now)
    page = store.find_claims(query, limit=limit, after=after)
    claims = view_claim_records(store, page.claims)
    return SearchView(text, claims, count_facets(store, text, query), page.next, page.previous)


def list_claims(store: GraphStore, query: ClaimQuery, limit: int) -> tuple[ClaimView, ...]:
    """The newest claims that match, for lists that are taken away whole."""
    return view_claim_records(store, store.find_claims(query, limit=limit).claims)


def get_claim(store: GraphStore, claim_id: ClaimId, tables: Tables = NO_TABLES) -> ClaimDetail:
    """A claim in its paragraph, beside those that say the same and those that deny it, and what its sentence can be
    computed with. NotFound."""
    claim = _only(store.get_claims([claim_id]), "claim", claim_id)
    article = _only(store.get_articles([claim.article_id]), "article", claim.article_id)
    related = [other for other in _find_related(store, claim) if other.id != claim.id]
    views = view_claim_records(store, (claim, *related))
    before, after = _context(article.text, claim.span)
    sides = {other.id: _affirms(other) is _affirms(claim) for other in related}
    others = pick_sentences(views)[1:]
    agreeing = [view for view in others if sides[view.id]]
    same = tuple(view for view in agreeing if view.modality is not Modality.QUESTIONED)
    asked = tuple(view for view in agreeing if view.modality is Modality.QUESTIONED)
    opposite = tuple(view for view in others if not sides[view.id])
    told = (Utterance(claim, article),)
    computations = find_computations(told, read_beside(store, told, tables))
    parties = find_parties(claim, store.list_mentions(article.id))
    matter = _find_proposition(store, claim_id)
    in_place_of, by_hand = _find_hands(store, claim)
    gone = _find_gone(store, claim, article)
    return ClaimDetail(
        views[0], before, after, same, asked, opposite, matter, computations, parties, in_place_of, by_hand, gone
    )


def pick_sentences(views: Iterable[ClaimView]) -> tuple[ClaimView, ...]:
    """The first claim of each sentence of an article, of each who says it there: one sentence may make several."""
    first: dict[tuple[object, ...], ClaimView] = {}
    for view in views:
        who = view.claimants[-1].party.name if view.claimants else ""
        first.setdefault((view.article.id, view.text, who, view.polarity), view)
    return tuple(first.values())


def _find_gone(store: GraphStore, claim: Claim, article: Article) -> ArticleRef | None:
    """The first later version of its page that has the claim's sentence no more."""
    later = [one.id for one in store.list_versions(article.id) if one.version > article.version]
    found = next((one for one in store.get_articles(later) if claim.text not in one.text), None) if later else None
    return refer_article(found) if found else None


def find_gone(store: GraphStore, claims: Iterable[Claim]) -> frozenset[ClaimId]:
    """Those of the claims whose sentence is not in the last version of their page that was read."""
    asked = tuple(claims)
    pages = store.list_pages(list_once(claim.article_id for claim in asked)) if asked else ()
    read = {page.id: page for page in pages}
    last = {page.url: page for page in sorted(pages, key=lambda page: page.version)}
    later = {claim.id: last[read[claim.article_id].url].id for claim in asked if claim.article_id in read}
    changed = [claim for claim in asked if later.get(claim.id, claim.article_id) != claim.article_id]
    texts = {one.id: one.text for one in store.get_articles(list_once(later[claim.id] for claim in changed))}
    return frozenset(claim.id for claim in changed if claim.text not in texts.get(later[claim.id], ""))


def _find_hands(store: GraphStore, claim: Claim) -> tuple[HandView | None, HandView | None]:
    """What the claim takes the place of, and what took its place; what is not there is left out."""
    hands, claim_id = find_hands(carry_on(store, store.list_judgements(), [claim.article_id]).judgements), claim.id
    instead = hands.instead.get(claim_id)
    pairs = [
        (hands.wanted[claim_id].read, hands.wanted[claim_id].judgement) if claim_id in hands.wanted else None,
        (instead, hands.wanted[instead].judgement) if instead else None,
    ]
    views = {view.id: view for view in view_claims(store, [pair[0] for pair in pairs if pair])}
    of, by = (
        HandView(views[pair[0]], view_judgements(store, [pair[1]])[0]) if pair and pair[0] in views else None
        for pair in pairs
    )
    return of, by


def _find_proposition(store: GraphStore, claim_id: ClaimId) -> PropositionRef | None:
    found = store.get_propositions(list(store.find_propositions_of([claim_id]).values()))
    return refer_proposition(found[0], found[0].status, read_gists(store, found).get(found[0].id)) if found else None


def get_entity(
    store: GraphStore,
    entity_id: EntityId,
    about_at: Place = FIRST,
    says_at: Place = FIRST,
    weak: bool | None = False,
) -> EntityDetail:
    """An entity's names, claims about it and by it, comparisons, figures, ties and articles. NotFound.

    weak  False leaves weak readings out of the lists of claims and their counts; None has them in
    """
    entity = _only(store.get_entities([entity_id]), "entity", entity_id)
    entity_id = entity.id  # the one that a merged id stands for
    about_query = ClaimQuery(about=(entity_id,), weak=weak)
    about = store.find_claims(about_query, _ENTITY_CLAIMS, after=about_at.after, before=about_at.before)
    says = store.find_claims(
        ClaimQuery(speakers=(entity_id,), weak=weak), _ENTITY_CLAIMS, after=says_at.after, before=says_at.before
    )
    views = view_claim_records(store, (*about.claims, *says.claims))
    measured = read_measured(store, entity_id)
    return EntityDetail(
        id=entity.id,
        name=entity.name,
        name_ja=entity.name_ja,
        type=entity.type,
        aliases=entity.aliases,
        wikidata=entity.wikidata,
        curated=entity.curated,
        types=dict(store.count_claims(about_query, Facet.TYPE)),
        about=views[: len(about.claims)],
        about_next=about.next,
        about_previous=about.previous,
        says=views[len(about.claims) :],
        says_next=says.next,
        says_previous=says.previous,
        compared=find_comparisons(store, entity_id, measured),
        figures=view_measures(store, entity_id, measured),
        days=dict(store.count_days(about_query)),
        ties=view_ties(store, entity_id),
        articles=tuple(refer_article(article) for article in store.list_articles(entity_id)),
        judgements=view_judgements(store, store.list_judgements(entity_id)),
    )


def count_weak(store: GraphStore, query: ClaimQuery) -> int:
    """Weak readings that match beside those that are shown, counted over the newest 10,000 of them."""
    return sum(store.count_claims(replace(query, weak=True), Facet.LANG).values())


def refer_entity(store: GraphStore, entity_id: EntityId) -> EntityRef:
    """The entity of an id, or the one that it stands for. NotFound."""
    return refer(_only(store.get_entities([entity_id]), "entity", entity_id))


def find_entity(store: GraphStore, text: str) -> Entity:
    """The entity of an id or a spelling. NotFound when there is none, QueryError when several have the spelling."""
    if entities := store.get_entities([EntityId(text)]):
        return entities[0]
    found = [entity for entity in store.find_entities(text) if fold_name(text) in list_spellings(entity)]
    if len(found) > 1:
        ids = ", ".join(entity.id for entity in found)
        raise QueryError(f"{text}: {len(found)} entities are called so; give the id: {ids}", subject=text)
    return _only(found, "entity", text)


def view_judgements(store: GraphStore, judgements: Sequence[Judgement]) -> tuple[JudgementView, ...]:
    """The judgements, newest first. Given are all that bear on an entity, or simply all; else what is undone is looked
    up."""
    counting = find_counting(judgements)
    made = {judgement.id: judgement for judgement in judgements}
    if any(judgement.undoes and judgement.undoes not in made for judgement in judgements):
        made = {judgement.id: judgement for judgement in store.list_judgements()}
    undone = {judgement.id: _find_undone(judgement, made) for judgement in judgements}
    told = [*judgements, *(one for one in undone.values() if one)]
    ids = list_once(id for judgement in told for id in judgement.entities)
    entities = {entity.id: refer(entity) for entity in store.get_entities(ids, as_added=True)}

    def view(judgement: Judgement) -> JudgementView:
        taken_back = _find_undone(judgement, made)
        return JudgementView(
            id=judgement.id,
            kind=judgement.kind,
            entities=tuple(entities[id] for id in judgement.entities),
            aliases=judgement.aliases,
            claims=judgement.claims,
            articles=judgement.articles,
            who=judgement.who,
            when=judgement.when,
            why=judgement.why,
            undoes=judgement.undoes,
            counts=judgement.id in counting,
            reason=judgement.reason,
            should=judgement.should,
            undone=view(taken_back) if taken_back else None,
        )

    return tuple(map(view, reversed(judgements)))


def _find_undone(judgement: Judgement, made: Mapping[JudgementId, Judgement]) -> Judgement | None:
    """What an undo takes back. Of undos that take back each other in a row the first and the second stand for all."""
    row: list[Judgement] = []
    while judgement.undoes and judgement.undoes in made:
        judgement = made[judgement.undoes]
        row.append(judgement)
    if not row:
        return None
    return row[-1] if len(row) % 2 else row[-2]


def suggest_entities(store: GraphStore, at_least: int, limit: int) -> tuple[SuggestionView, ...]:
    """Names that no curated table has and so many articles use, most first, each with sentences that use it."""
    return tuple(
        SuggestionView(refer(row.entity), row.articles, _find_examples(store, row.entity.id))
        for row in store.list_new_names(at_least, limit)
    )


def get_article(store: GraphStore, article_id: ArticleId, tables: Tables = NO_TABLES) -> ArticleDetail:
    """An article's text with its claims in the order of the text, and what its sentences can be computed with.
    NotFound."""
    article = _only(store.get_articles([article_id]), "article", article_id)
    versions = store.list_versions(article_id)
    claims = _list_claims(store, article_id)
    return ArticleDetail(
        article=refer_article(article),
        text=article.text,
        authors=article.authors,
        fetched_at=article.fetched_at,
        claims=view_claim_records(store, claims),
        sections=find_sections(article.text),
        versions=tuple(map(refer_article, versions)),
        change=_view_change(store, article, versions),
        copies=_view_copies(store, article_id),
        rereading=_view_rereading(store, article_id, claims),
        computations=compute_article(article, claims, tables),
    )


def _view_copies(store: GraphStore, article_id: ArticleId) -> tuple[CopyView, ...]:
    """The other ends of an article's copies, oldest first."""
    copies = {
        copy.original if copy.article == article_id else copy.article: copy for copy in store.list_copies([article_id])
    }
    others = sorted(store.get_articles(list(copies)), key=lambda one: (one.published_at, one.id))
    return tuple(
        CopyView(refer_article(one), copy.kind, copy.score, copy.original == one.id)
        for one in others
        for copy in [copies[one.id]]
    )


def _list_claims(store: GraphStore, article_id: ArticleId) -> list[Claim]:
    """The claims of an article in the order of its text."""
    claims = store.find_claims(ClaimQuery(article=article_id, misread=None), limit=_ARTICLE_CLAIMS).claims
    return sorted(claims, key=lambda claim: (claim.span, claim.id))


def _view_change(store: GraphStore, article: Article, versions: Sequence[Article]) -> VersionView | None:
    """What an article changed in the claims of the version before it; None for the first."""
    before = next((one for one in reversed(versions) if one.version < article.version), None)
    if before is None:
        return None
    found = compare_claims(_list_claims(store, before.id), _list_claims(store, article.id))
    shown = [*found.dropped, *found.new, *(claim for one in found.changed for claim in (one.before, one.after))]
    views = {view.id: view for view in view_claim_records(store, shown)}
    return VersionView(
        since=refer_article(before),
        dropped=tuple(views[claim.id] for claim in found.dropped),
        new=tuple(views[claim.id] for claim in found.new),
        changed=tuple(ClaimChangeView(views[c.before.id], views[c.after.id], c.aspects) for c in found.changed),
        kept=found.kept,
    )


def _view_rereading(store: GraphStore, article_id: ArticleId, claims: Sequence[Claim]) -> RereadingView | None:
    """What the last rereading changed in an article with these claims; None where it was read once."""
    found = next(iter(store.list_rereadings([article_id])), None)
    if found is None:
        return None
    there = {claim.id: claim for claim in claims}
    heirs = store.list_heirs([claim.id for claim in found.gone])
    pairs = [(old, there[heirs[old.id]]) for old in found.gone if heirs.get(old.id) in there]
    taken = {claim.id for pair in pairs for claim in pair}
    came = [there[id] for id in found.came if id in there and id not in taken]
    went = [claim for claim in found.gone if claim.id not in taken]
    shown = [*came, *went, *(claim for pair in pairs for claim in pair)]
    views = {view.id: view for view in view_claim_records(store, shown)}
    return RereadingView(
        at=found.at,
        before=found.before,
        after=found.after,
        came=tuple(views[claim.id] for claim in came),
        went=tuple(views[claim.id] for claim in went),
        heirs=tuple(HeirView(views[old.id], views[new.id]) for old, new in pairs),
        stayed=tuple(claim.id for claim in claims if is_read(claim) and claim.id not in found.came),
    )


def get_source(
    store: GraphStore,
    source_id: SourceId,
    after: str | None = None,
    before: str | None = None,
    weak: bool | None = False,
) -> SourceDetail:
    """A source and the claims it printed, newest first; weak readings as in `get_entity`. NotFound."""
    source: Source = _only(store.get_sources([source_id]), "source", source_id)
    page = store.find_claims(ClaimQuery(sources=(source_id,), weak=weak), after=after, before=before)
    return SourceDetail(source, view_claim_records(store, page.claims), page.next, page.previous)


def list_sources(store: GraphStore, limit: int = 100) -> tuple[SourceCountView, ...]:
    """Who publishes what is read here, most articles first."""
    return tuple(SourceCountView(row.source, row.articles, row.latest) for row in store.list_sources(limit))


def view_claims(store: GraphStore, ids: Sequence[ClaimId]) -> tuple[ClaimView, ...]:
    """The claims of those ids that are there, in that order."""
    return view_claim_records(store, store.get_claims(ids))


def _find_examples(store: GraphStore, entity_id: EntityId) -> tuple[NamingView, ...]:
    """The first sentence naming the entity in each of the newest articles that do."""
    newest = [article.id for article in store.list_articles(entity_id, limit=_EXAMPLES)]
    found = []
    for article in store.get_articles(newest):
        start = min(mention.span[0] for mention in store.list_mentions(article.id) if mention.entity == entity_id)
        found.append(NamingView(_cut_sentence(article.text, start), refer_article(article)))
    return tuple(found)


def _cut_sentence(text: str, place: int) -> str:
    """The sentence around a place of a text."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= place), default=0)
    end = min((end for end in ends if end > place), default=len(text))
    return text[start:end].strip()[:_CONTEXT_CHARS]


def _find_related(store: GraphStore, claim: Claim) -> tuple[Claim, ...]:
    """Claims of the same family between the same parties; none when a party is unnamed."""
    subject, object = claim.subject.entity, claim.object
    if subject is None or (object and object.entity is None):
        return ()
    others = _find_victims(store, object.entity, claim.type) if object and object.entity else {None}
    # In an accusation the other party may be any of several, so only the subject narrows the search.
    parties = (subject,) if len(others) > 1 else (subject, *filter(None, others))
    found = store.find_claims(ClaimQuery(about=parties, types=(claim.type,)), limit=_RELATED).claims
    return tuple(
        other
        for other in found
        if other.subject.entity == subject
        and (other.object and other.object.entity) in others
        and _family(claim.predicate) == _family(other.predicate)
        and _gives_same_number(claim, other)
    )


def _find_victims(store: GraphStore, entity: EntityId, type: ClaimType) -> set[EntityId | None]:
    """The entity, and in an accusation its maker and what either makes: one victim (docs/model.md)."""
    if type is not ClaimType.ALLEGATION:
        return {entity}
    makes = [tie for tie in store.list_ties(entity) if tie.relation is Relation.MAKES]
    return {entity, *(tie.subject for tie in makes), *(tie.object for tie in makes)}


def _gives_same_number(claim: Claim, other: Claim) -> bool:
    """Whether the words of both allow one number of one measure; of two without a number, too."""
    if claim.quantity is None or other.quantity is None:
        return claim.quantity is other.quantity
    one, two = make_amount(claim.quantity), make_amount(other.quantity)
    return claim.quantity.measure == other.quantity.measure and one.unit == two.unit and not excludes(one, two)


def _affirms(claim: Claim) -> bool:
    """On which side a claim is: who denies that it cannot says that it can."""
    return (claim.polarity is Polarity.AFFIRMED) is not (claim.predicate is Predicate.CANNOT)


def _family(predicate: Predicate) -> frozenset[Predicate]:
    return next((family for family in _FAMILIES if predicate in family), frozenset({predicate}))


def _context(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """The words of the same paragraph before and after the span, cut to a readable length."""
    start, end = span
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", end)
    before = text[opening:start][-_CONTEXT_CHARS:]
    after = text[end : len(text) if closing < 0 else closing][:_CONTEXT_CHARS]
    return before, after


def _only(found: Sequence[_T], what: str, key: str) -> _T:
    if not found:
        raise NotFound(f"no {what} {key}; it may have been typed wrongly or belong to another store", subject=key)
    return found[0]
