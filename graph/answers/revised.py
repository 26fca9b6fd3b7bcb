"""Matters that are told otherwise since people said how their claims were read."""

from collections.abc import Sequence
from datetime import datetime

from graph.answers.previews import preview
from graph.errors import ClaimGraphError
from graph.judging.making import make_judgement
from graph.rates import Rates
from graph.records import VERDICTS, Judgement, JudgementId, JudgementKind, PropositionId
from graph.rulings.verdicts import find_counting
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
            found |= _find_changed(store, verdict, last, rates)
    return frozenset(found)


def _find_undo(judgements: Sequence[Judgement], verdict: Judgement, counting: frozenset[JudgementId]) -> Judgement:
    """What took the verdict back."""
    return next(one for one in judgements if one.undoes == verdict.id and one.id in counting)


def _was_seen(store: GraphStore, verdict: Judgement, since: datetime) -> bool:
    articles = {claim.article_id for claim in store.get_claims(verdict.claims)}
    return any(article.fetched_at < since for article in store.get_articles(sorted(articles)))


def _find_changed(store: GraphStore, verdict: Judgement, last: Judgement, rates: Rates) -> set[PropositionId]:
    """What is told otherwise since the verdict came, or went with the last judgement about it."""
    undo = make_judgement(JudgementKind.UNDO, (), last.who, last.when, "preview", undoes=last.id)
    try:
        effect = preview(store, undo, rates)
    except ClaimGraphError:  # what it named is gone
        return set()
    # A claim by hand may say in the same matter what changes no number of it.
    same = effect.before == effect.after and not verdict.should
    return set() if same else {standing.id for standing in (*effect.before, *effect.after)}
