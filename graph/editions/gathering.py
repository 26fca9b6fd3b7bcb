"""What a store holds of a window → the matters that may stand in its edition, with what is new in each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from graph.answers.chapters import has_stakes
from graph.background import Background
from graph.deriving import read_background, read_ties
from graph.editions.ranking import Candidate, Reasons, find_best_step, is_news, rank
from graph.editions.voices import index_copies, leave_copies_out, list_voices
from graph.editions.windows import Window
from graph.grades import Grade, grade_claim, is_weak
from graph.matters.stake import find_stakes
from graph.matters.told import add_ties, find_told_ties
from graph.propositions.windows import make_window
from graph.readers import is_board_row
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    Predicate,
    Proposition,
    PropositionId,
)
from graph.store import ClaimQuery, GraphStore
from graph.utterances import Utterance, make_utterances

MOST_MATTERS = 400
"""So many are put together as stories; what ranks lower is counted."""

# Of more the newest: an edition of twenty days' worth of claims is no edition.
_MOST_CLAIMS = 10_000
_MOST_ARTICLES = 2_000
_PAGE = 500
# Who has spoken of a hub before is found among its first claims.
_MOST_EARLIER = 100
# Deeds, and from so many days on before they are reported they are told as known.
_DEEDS = frozenset({ClaimType.DEAL, ClaimType.LEGAL, ClaimType.PEOPLE, ClaimType.RELEASE})
_LONG_BEFORE = 31
_GRADES = (Grade.SURE, Grade.UNSCORED, Grade.FAIR)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a window brought.

    ranked    the best matters, best first; those in which nothing is new are left out
    matters   how many there are; propositions: those that are ranked
    now       the claims of the window, by id, weak ones and rows of leaderboards aside
    articles  in which they stand
    sources   that published them
    weak      how many weak ones there are
    """

    ranked: tuple[Candidate, ...]
    matters: int
    propositions: Mapping[PropositionId, Proposition]
    now: Mapping[ClaimId, Claim]
    articles: frozenset[ArticleId]
    sources: frozenset[str]
    weak: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What reasons are found in: the window, what was said in it by matter, and what stands around that."""

    window: Window
    now: Mapping[PropositionId, Sequence[Utterance]]
    propositions: Mapping[PropositionId, Proposition]
    sources: frozenset[str]
    copies: Mapping[ArticleId, frozenset[ArticleId]]
    contradictions: Mapping[PropositionId, Sequence[Contradiction]]
    background: Background


def gather(store: GraphStore, window: Window, most: int = MOST_MATTERS) -> Gathered:
    """The matters of which something was said in the window, the best ranked by what is new in them.

    Who spoke before is looked up for twice as many as are ranked, after a first ranking that takes everybody for new.
    """
    found = [claim for claim in _read_claims(store, window) if not is_board_row(claim)]
    pages = {page.id: page for page in store.list_pages(sorted({claim.article_id for claim in found}))}
    found = _leave_repeated_out(store, found, pages)
    claims = {claim.id: claim for claim in found if not is_weak(claim)}
    places = store.find_propositions_of(list(claims)) if claims else {}
    by_matter: dict[PropositionId, list[Claim]] = defaultdict(list)
    for id, claim in claims.items():
        if id in places:
            by_matter[places[id]].append(claim)
    known = _read_known(store, window, by_matter, pages)
    first = rank((_view(known, id, {}) for id in known.now), 2 * most)
    earlier = _read_earlier(store, known, [one.id for one in first])
    # What only repeats what was known is no news.
    ranked = [one for one in rank((_view(known, one.id, earlier) for one in first), most) if is_news(one.reasons)]
    return Gathered(
        tuple(ranked),
        len(known.now),
        {one.id: known.propositions[one.id] for one in ranked},
        claims,
        frozenset(claim.article_id for claim in claims.values()),
        known.sources,
        len(found) - len(claims),
    )


def _read_claims(store: GraphStore, window: Window) -> tuple[Claim, ...]:
    if window.fetched:
        articles = [article.id for article in store.list_fetched(window.start, _MOST_ARTICLES)]
        return store.list_claims_of(articles, tuple(Predicate)) if articles else ()
    claims: list[Claim] = []
    after: str | None = None
    query = ClaimQuery(since=window.start, until=window.end)
    while len(claims) < _MOST_CLAIMS:
        page = store.find_claims(query, _PAGE, after)
        claims += page.claims
        after = page.next
        if after is None:
            break
    return tuple(claims)


def _leave_repeated_out(store: GraphStore, claims: Sequence[Claim], pages: Mapping[ArticleId, Article]) -> list[Claim]:
    """The claims without those of a later version of a page whose sentence an earlier one has: what only stays is no
    news of the day on which the rest came."""
    asked = filter(None, (pages.get(claim.article_id) for claim in claims))
    later = {page.url for page in asked if page.version > 1}
    texts: dict[str, list[Article]] = defaultdict(list)
    for article in store.get_articles([page.id for page in pages.values() if page.url in later]) if later else ():
        texts[article.url].append(article)

    def is_repeated(claim: Claim) -> bool:
        page = pages.get(claim.article_id)
        return page is not None and any(
            one.version < page.version and claim.text in one.text for one in texts.get(page.url, ())
        )

    return [claim for claim in claims if not is_repeated(claim)]


def _read_known(
    store: GraphStore,
    window: Window,
    now: Mapping[PropositionId, Sequence[Claim]],
    pages: Mapping[ArticleId, Article],
) -> _Known:
    if not now:
        return _Known(window, {}, {}, frozenset(), {}, {}, Background())
    ids = list(now)
    claims = [claim for ones in now.values() for claim in ones]
    articles = sorted({claim.article_id for claim in claims})
    contradictions: dict[PropositionId, list[Contradiction]] = defaultdict(list)
    for one in store.list_contradictions(ids, limit=_MOST_CLAIMS):
        if not one.dismissed:
            contradictions[one.one].append(one)
            contradictions[one.other].append(one)
    propositions = store.get_propositions([*ids, *(id for id in contradictions if id not in now)])
    background = read_background(store, claims, read_ties(store))
    known = {one.id: one for one in propositions}
    return _Known(
        window,
        # A matter that was derived anew since its claims were looked up is left out.
        {id: told for id, ones in now.items() if id in known and (told := make_utterances(ones, pages))},
        known,
        frozenset(pages[id].source.id for id in articles if id in pages),
        index_copies(store.list_copies(articles)),
        contradictions,
        add_ties(background, find_told_ties(claims, background)),
    )


def _read_earlier(
    store: GraphStore, known: _Known, ids: Sequence[PropositionId]
) -> dict[PropositionId, tuple[Utterance, ...]]:
    """What was said of matters before the window, as far as it decides something."""
    wanted: dict[PropositionId, list[ClaimId]] = {}
    for id in ids:
        now = {one.id for one in known.now[id]}
        wanted[id] = [link.claim for link in known.propositions[id].links if link.claim not in now][:_MOST_EARLIER]
    found = store.get_claims(list(chain.from_iterable(wanted.values())))
    claims = {claim.id: claim for claim in found if _is_earlier(claim, known.window)}
    pages = {page.id: page for page in store.list_pages(sorted({claim.article_id for claim in claims.values()}))}
    return {id: make_utterances((claims[one] for one in ids if one in claims), pages) for id, ids in wanted.items()}


def _is_earlier(claim: Claim, window: Window) -> bool:
    return not is_weak(claim) and (window.fetched or claim.reported_at < window.start)


def _view(known: _Known, id: PropositionId, earlier: Mapping[PropositionId, Sequence[Utterance]]) -> Candidate:
    one, now = known.propositions[id], known.now[id]
    claims = [told.claim for told in now]
    parties = {id for claim in claims for id in claim.about}
    against = known.contradictions.get(id, ())
    return Candidate(
        id,
        one.type,
        one.predicate,
        next((claim.measure for claim in claims if claim.measure), ""),
        frozenset(claim.article_id for claim in claims),
        frozenset(parties),
        frozenset(map(known.background.find_root, parties)),
        frozenset(other for pair in against for other in (pair.one, pair.other) if other != id),
        _find_reasons(known, one, earlier.get(id, ())),
    )


def _find_reasons(known: _Known, one: Proposition, earlier: Sequence[Utterance]) -> Reasons:
    now, window = known.now[one.id], known.window
    came = {told.id for told in now}
    own = leave_copies_out(now, earlier, known.copies)
    grades = {grade_claim(told.claim) for told in now}
    reached = (event.status for event in one.events if _is_now(window, event.recorded_at, event.basis, came))
    return Reasons(
        step=find_best_step(reached),
        first=_is_now(window, one.first_reported_at, (one.links[0].claim,), came),
        voices=len(list_voices(own).keys() - list_voices(earlier).keys()),
        contradiction=any(_came_now(known, pair) for pair in known.contradictions.get(one.id, ())),
        stake=has_stakes(one) and bool(find_stakes(now, known.background)),
        sources=len({told.article.source.id for told in own}),
        languages=tuple(sorted({told.claim.lang for told in now})),
        grade=next(grade for grade in _GRADES if grade in grades),
        past=one.type in _DEEDS and _is_long_past(told.claim for told in now),
    )


def _is_long_past(claims: Iterable[Claim]) -> bool:
    """Whether the claims that have a date all lie long behind it, and some have one."""
    dated = [(claim, window) for claim in claims if (window := make_window(claim.date))]
    return bool(dated) and all(claim.reported_at.toordinal() - window.last >= _LONG_BEFORE for claim, window in dated)


def _is_now(window: Window, moment: datetime, basis: Iterable[ClaimId], came: set[ClaimId]) -> bool:
    """Whether what rests on claims happened in the window: at that moment, or with what was fetched."""
    return not came.isdisjoint(basis) if window.fetched else window.holds(moment)


def _came_now(known: _Known, pair: Contradiction) -> bool:
    """Whether the later side of a contradiction was first reported in the window."""
    sides = [known.propositions[id] for id in (pair.one, pair.other) if id in known.propositions]
    if len(sides) < 2:  # derived anew since they were listed
        return False
    later = max(sides, key=lambda side: (side.first_reported_at, side.id))
    came = {told.id for told in known.now.get(later.id, ())}
    return _is_now(known.window, later.first_reported_at, (later.links[0].claim,), came)
