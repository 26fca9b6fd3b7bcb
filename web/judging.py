"""A judgement sent to the API, made and kept."""

from datetime import datetime

from graph.deriving import derive
from graph.judging import make_judgement
from graph.queries import find_entity, view_judgements
from graph.rates import Rates
from graph.records import ArticleId, ClaimId, Judgement, JudgementId
from graph.store import GraphStore
from graph.views import JudgementView
from web.bodies import JudgementBody


def judge(store: GraphStore, body: JudgementBody, now: datetime, rates: Rates) -> JudgementView:
    """Appends the judgement and derives what follows. NotFound, QueryError or JudgementRefused when it cannot be."""
    judgement = _make(store, body, now)
    store.judge(judgement)
    derive(store, rates)
    [view] = view_judgements(store, [judgement])
    return view


def _make(store: GraphStore, body: JudgementBody, now: datetime) -> Judgement:
    return make_judgement(
        body.kind,
        [find_entity(store, text).id for text in body.entities],
        body.who,
        now,
        body.why,
        aliases=body.aliases,
        claims=[ClaimId(id) for id in body.claims],
        articles=[ArticleId(id) for id in body.articles],
        undoes=JudgementId(body.undoes) if body.undoes else None,
    )
