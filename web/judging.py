"""A judgement sent to the API, made and kept."""

from collections.abc import Callable
from datetime import datetime

from graph.answers.queries import find_entity, view_judgements
from graph.deriving import derive
from graph.judging.correcting import check_standing
from graph.judging.making import check_firmness, make_judgement
from graph.policy import Bounds
from graph.rates import Rates
from graph.records import ArticleId, Claim, ClaimId, Fix, Judgement, JudgementId
from graph.rulings.fixes import check_misreading
from graph.store import GraphStore
from graph.views import JudgementView
from web.requests.bodies import JudgementBody

FindBounds = Callable[[Claim], Bounds]
Follow = Callable[[GraphStore, Rates, datetime], object]
"""Sees to what follows from what is queued in a store that can be written to."""


def judge(
    store: GraphStore, body: JudgementBody, now: datetime, rates: Rates, find_bounds: FindBounds, follow: Follow
) -> JudgementView:
    """Appends the judgement and sees to what follows. NotFound, QueryError or JudgementRefused when it cannot be.

    find_bounds  what the words of its sentence leave of a claim
    """
    judgement = make_new(store, body, now, find_bounds)
    store.judge(judgement)
    follow(store, rates, now)
    [view] = view_judgements(store, [judgement])
    return view


def follow_now(store: GraphStore, rates: Rates, now: datetime) -> None:
    """Derives at once all that is queued."""
    derive(store, rates, now=now)


def follow_later(store: GraphStore, rates: Rates, now: datetime) -> None:
    """Leaves it to the next `ingest` or `derive`: what a judgement changes is queued with it."""


def make_new(store: GraphStore, body: JudgementBody, now: datetime, find_bounds: FindBounds) -> Judgement:
    """The judgement, not kept. NotFound for an unknown name, QueryError for one that several have, JudgementRefused
    for a claim that would say more firmly than its sentence."""
    judgement = make_judgement(
        body.kind,
        [find_entity(store, text).id for text in body.entities],
        body.who,
        now,
        body.why,
        aliases=body.aliases,
        claims=[ClaimId(id) for id in body.claims],
        articles=[ArticleId(id) for id in body.articles],
        undoes=JudgementId(body.undoes) if body.undoes else None,
        reason=body.reason,
        should=[Fix(field, value) for field, value in body.should.items()],
    )
    if judgement.should:
        check_misreading(judgement)
        check_firmness(judgement, store.get_claims(judgement.claims), find_bounds)
        check_standing(store, judgement)
    return judgement
