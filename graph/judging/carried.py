"""Verdicts on readings carried on to later versions of a page, as far as their sentences still stand there.

    verdict on a claim of a page → the same reading of the same sentence in each later version → verdict that names both

What is judged of a later version itself counts there as it does anywhere: of one claim the last verdict.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.corrections import date_version
from graph.ids import make_claim_id, make_hand_id
from graph.readers import is_by_hand
from graph.records import VERDICTS, ArticleId, Claim, ClaimId, Extraction, Judgement
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Carried:
    """Judgements with what they hold for, too.

    judgements  those given; verdicts name the readings of later versions beside those that people named
    readings    what was read of a sentence, as it would be in a later version where nobody reads it so, by the id that
                it would have
    homes       in which later versions the claims stand that verdicts were carried on to, also what is taken back
    """

    judgements: tuple[Judgement, ...]
    readings: Mapping[ClaimId, Claim]
    homes: Mapping[ClaimId, ArticleId]


def carry_on(store: GraphStore, judgements: Sequence[Judgement], around: Sequence[ArticleId] | None = None) -> Carried:
    """The judgements, carried on; `around` names the articles that are asked about, all of the store without it."""
    verdicts = [one for one in judgements if one.kind in VERDICTS]
    if not verdicts or (around is not None and not _list_changed(store, around)):
        return Carried(tuple(judgements), {}, {})
    judged = store.get_claims(list(dict.fromkeys(id for one in verdicts for id in one.claims)))
    versions = _list_changed(store, sorted({claim.article_id for claim in judged}))
    if not versions:
        return Carried(tuple(judgements), {}, {})
    pages: dict[str, list[Extraction]] = defaultdict(list)
    for stored in store.get_extractions(versions):
        pages[stored.article.url].append(stored)
    named = {claim.id for claim in judged if not is_by_hand(claim)}
    later: dict[ClaimId, list[ClaimId]] = defaultdict(list)
    readings: dict[ClaimId, Claim] = {}
    homes: dict[ClaimId, ArticleId] = {}
    for page in pages.values():
        for claim, there, is_read in _iter_same(page, named):
            later[claim].append(there.id)
            homes[there.id] = there.article_id
            if not is_read:
                readings[there.id] = there
    return Carried(tuple(_name_later(judgements, later, homes)), readings, homes)


def _list_changed(store: GraphStore, articles: Sequence[ArticleId]) -> list[ArticleId]:
    """The versions of the articles' pages that have several."""
    pages: dict[str, list[ArticleId]] = defaultdict(list)
    for article in store.list_pages(articles):
        pages[article.url].append(article.id)
    return [id for page in pages.values() if len(page) > 1 for id in page]


def _iter_same(page: Iterable[Extraction], named: set[ClaimId]) -> Iterator[tuple[ClaimId, Claim, bool]]:
    """Each of the claims named with the same one in each later version that has its sentence, and whether it is read
    there. Where the sentence is read otherwise now, nothing is the same."""
    versions = sorted(page, key=lambda stored: stored.article.version)
    for place, stored in enumerate(versions):
        for claim in stored.claims:
            for after in versions[place + 1 :] if claim.id in named else ():
                moved = _move(claim, stored, after)
                if moved is None:
                    continue
                says = _read_fields(claim)
                same = next((one for one in after.claims if one.span == moved.span and _read_fields(one) == says), None)
                if same and not is_by_hand(same):
                    yield claim.id, same, True
                elif all(one.id != moved.id for one in after.claims):
                    yield claim.id, moved, False


def _move(claim: Claim, before: Extraction, after: Extraction) -> Claim | None:
    """The claim in a later text; None where its sentence stands there no more."""
    nth, text = before.article.text[: claim.span[0]].count(claim.text), after.article.text
    start = text.find(claim.text)
    while nth and (further := text.find(claim.text, start + 1)) >= 0:
        start, nth = further, nth - 1
    if start < 0 or not claim.text:
        return None
    by, span = start - claim.span[0], (start, start + len(claim.text))
    parties = (claim.subject, claim.object, claim.quantity, claim.benchmark)
    return replace(
        claim,
        id=make_claim_id(after.article.id, span, claim.predicate, *parties, claim.polarity),
        article_id=after.article.id,
        span=span,
        reported_at=date_version(after.article),
        cues=tuple(replace(cue, span=(cue.span[0] + by, cue.span[1] + by)) for cue in claim.cues),
    )


def _name_later(
    judgements: Iterable[Judgement], later: dict[ClaimId, list[ClaimId]], homes: dict[ClaimId, ArticleId]
) -> Iterator[Judgement]:
    """The judgements, verdicts naming what is later too; what they put in the place of it is later than what they put
    in the place of the first."""
    for one in judgements:
        if one.kind not in VERDICTS:
            yield one
            continue
        for id in one.claims if one.should else ():
            for then in later.get(id, ()):
                made = make_hand_id(then, one.id)
                later[make_hand_id(id, one.id)].append(made)
                homes[made] = homes[then]
        carried = (then for id in one.claims for then in later.get(id, ()))
        yield replace(one, claims=tuple(dict.fromkeys((*one.claims, *carried))))


def _read_fields(claim: Claim) -> Hashable:
    """All that a claim says, wherever it stands."""
    amount = claim.quantity
    return (
        claim.predicate,
        claim.subject.name,
        claim.object and claim.object.name,
        claim.benchmark and claim.benchmark.name,
        amount and (amount.measure, amount.value, amount.unit, amount.comparator, amount.high),
        tuple(claimant.party.name for claimant in claim.claimants),
        claim.modality,
        claim.polarity,
        claim.date,
    )
