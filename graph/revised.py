"""Matters that are told otherwise since people said how their claims were read."""

from collections.abc import Sequence
from datetime import datetime

from graph.errors import ClaimGraphError
from graph.judging import make_judgement
from graph.previews import preview
from graph.rates import Rates
from graph.records import VERDICTS, Judgement, JudgementId, JudgementKind, PropositionId
from graph.resolve import find_counting
from graph.store import GraphStore

# Of more verdicts the last are looked at: each takes some hundredths of a second.
_MOST = 20


def find_revised(store: GraphStore, since: datetime, rates: Rates) -> frozenset[PropositionId]:
    """Matters that verdicts given since a moment have changed, and that were read before it.

    That is what taking the verdict back would change; one on claims of articles fetched since then changes nothing
    that anybody had seen.
    """
    judgements = store.list_judgements()
    then, now = find_counting([one for one in judgements if one.when < since]), find_counting(judgements)
    changed = [one for one in judgements if one.kind in VERDICTS and (one.id in then) is not (one.id in now)]
    found: set[PropositionId] = set()
    for verdict in changed[-_MOST:]:
        if _was_seen(store, verdict, since):
            last = verdict if verdict.id in now else _find_undo(judgements, verdict, now)
            found |= _find_changed(store, last, since, rates)
    return frozenset(found)


def _find_undo(judgements: Sequence[Judgement], verdict: Judgement, counting: frozenset[JudgementId]) -> Judgement:
    """What took the verdict back."""
    return next(one for one in judgements if one.undoes == verdict.id and one.id in counting)


def _was_seen(store: GraphStore, verdict: Judgement, since: datetime) -> bool:
    articles = {claim.article_id for claim in store.get_claims(verdict.claims)}
    return any(article.fetched_at < since for article in store.get_articles(sorted(articles)))


def _find_changed(store: GraphStore, one: Judgement, when: datetime, rates: Rates) -> set[PropositionId]:
    undo = make_judgement(JudgementKind.UNDO, (), one.who, when, "preview", undoes=one.id)
    try:
        effect = preview(store, undo, rates)
    except ClaimGraphError:  # what it named is gone
        return set()
    return set() if effect.before == effect.after else {standing.id for standing in (*effect.before, *effect.after)}
