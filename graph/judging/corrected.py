"""What people said of readings, as lines of the evaluation format: how a claim was read, and how it should be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from graph.batches import iter_batches
from graph.formats.claim_lines import make_claim_line
from graph.ids import format_time
from graph.judging.correcting import make_by_hand
from graph.readers import is_by_hand
from graph.records import (
    NOTHING_SAID,
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Judgement,
    JudgementKind,
)
from graph.rulings.hands import find_hands
from graph.rulings.resolve import Identity, derive_identity
from graph.rulings.verdicts import find_last_verdicts
from graph.store import GraphStore

_CONTEXT_CHARS = 600
_PLACE = ("doc", "start", "end", "sentence", "speaker", "score")
# One article in so many is never learned from, so that what was learned can be seen in it.
_HELD_OUT = 5
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim that people judged, by the last judgement that counts.

    read     as it was read
    should   as it should be; None where no claim should be there
    known    whether somebody said what it should be; else `should` is as read, and wrong in what the reason says
    """

    judgement: Judgement
    read: Claim
    should: Claim | None
    known: bool


def list_corrections(store: GraphStore) -> tuple[Correction, ...]:
    """All of them, in the order of the judgements; of claims that are gone none, nor of those by hand: what became of
    these is what should be of those whose place they take."""
    judgements = store.list_judgements()
    last = find_last_verdicts(judgements)
    hands, identity = find_hands(judgements), derive_identity(judgements)
    order = {one.id: place for place, one in enumerate(judgements)}
    ids = sorted((id for id in last if id not in hands.reads), key=lambda id: order[last[id].id])
    corrector = _Corrector(store, identity, last)
    # One by hand may stand in a later version of a page, of which no judgement tells by itself.
    return tuple(corrector.correct(claim) for claim in store.get_claims(ids) if not is_by_hand(claim))


def iter_correction_lines(store: GraphStore) -> Iterator[dict[str, object]]:
    """A JSON object for each, of which the evaluation reads the fields that should be.

    `core` is false where nobody said what they should be. `should` is null where no claim should be there; it is left
    out where it is not known.
    """
    for batch in iter_batches(list_corrections(store), _BATCH):
        ids = list(dict.fromkeys(one.read.article_id for one in batch))
        articles = {article.id: article for article in store.get_articles(ids)}
        yield from (_make_line(one, articles[one.read.article_id]) for one in batch)


def is_held_out(article: ArticleId) -> bool:
    """Whether the article is of the fifth that is not learned from; by its id alone, so that it stays so."""
    return int.from_bytes(sha256(article.encode()).digest()[:8]) * _HELD_OUT < 1 << 64


def name_text(article: ArticleId) -> str:
    """The file name of an article's text, as lines name it."""
    return f"{article}.txt"


@dataclass(frozen=True, slots=True)
class _Corrector:
    """Says what claims should be, by the last verdict on each that counts."""

    store: GraphStore
    identity: Identity
    last: Mapping[ClaimId, Judgement]

    def correct(self, claim: Claim) -> Correction:
        return Correction(self.last[claim.id], claim, *self._find_should(claim))

    def _find_should(self, claim: Claim) -> tuple[Claim | None, bool]:
        """What the claim should be, and whether somebody said so."""
        judgement = self.last.get(claim.id)
        if judgement is None or judgement.kind is JudgementKind.RIGHT:
            return claim, True
        if judgement.should:
            made = make_by_hand(self.store, self.identity, claim, judgement)
            return self._find_should(made) if made else (None, True)
        nothing = judgement.reason in NOTHING_SAID or judgement.reason is None
        return (None, True) if nothing else (claim, False)


def _make_line(one: Correction, article: Article) -> dict[str, object]:
    judgement, claim = one.judgement, one.read
    doc = name_text(article.id)
    read = make_claim_line(claim, doc)
    should = make_claim_line(one.should, doc) if one.should else None
    start, end = claim.span
    line: dict[str, object] = {**(should or read), "core": one.known}
    line.pop("score", None)
    line |= {
        "before": article.text[max(0, start - _CONTEXT_CHARS) : start],
        "after": article.text[end : end + _CONTEXT_CHARS],
        "lang": claim.lang,
        "day": format_time(article.published_at)[:10],
        "url": article.url,
        "read": _list_fields(read),
    }
    if one.known:
        line["should"] = _list_fields(should) if should else None
    return line | {
        "verdict": judgement.kind.value,
        "reason": judgement.reason.value if judgement.reason else None,
        "why": judgement.why,
        "who": judgement.who,
        "when": format_time(judgement.when),
        "reader": claim.reader,
        "read_score": claim.score,
        "claim": claim.id,
        "by_hand": one.should.id if one.should and is_by_hand(one.should) else None,
        "judgement": judgement.id,
        "held_out": is_held_out(article.id),
    }


def _list_fields(line: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if name not in _PLACE}
