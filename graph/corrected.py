"""What people said of readings, as lines of the evaluation format: how a claim was read, and how it should be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from graph.export import make_claim_line
from graph.ids import fold_name, format_time
from graph.misreadings import correct_claim
from graph.records import (
    NOTHING_SAID,
    VERDICTS,
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Judgement,
    JudgementKind,
    Party,
)
from graph.resolve import find_counting
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
    """All of them, in the order of the judgements; of claims that are gone none."""
    judgements = store.list_judgements()
    last = _find_last(judgements)
    claims = {claim.id: claim for claim in store.get_claims(list(last))} if last else {}
    return tuple(_correct(store, claims[id], one) for id, one in last.items() if id in claims)


def iter_correction_lines(store: GraphStore) -> Iterator[dict[str, object]]:
    """A JSON object for each, of which the evaluation reads the fields that should be.

    `core` is false where nobody said what they should be. `should` is null where no claim should be there; it is left
    out where it is not known.
    """
    found = list_corrections(store)
    for start in range(0, len(found), _BATCH):
        batch = found[start : start + _BATCH]
        ids = list(dict.fromkeys(one.read.article_id for one in batch))
        articles = {article.id: article for article in store.get_articles(ids)}
        yield from (_make_line(one, articles[one.read.article_id]) for one in batch)


def is_held_out(article: ArticleId) -> bool:
    """Whether the article is of the fifth that is not learned from; by its id alone, so that it stays so."""
    return int.from_bytes(sha256(article.encode()).digest()[:8]) * _HELD_OUT < 1 << 64


def name_text(article: ArticleId) -> str:
    """The file name of an article's text, as lines name it."""
    return f"{article}.txt"


def _find_last(judgements: Sequence[Judgement]) -> dict[ClaimId, Judgement]:
    counting = find_counting(judgements)
    made = [one for one in judgements if one.kind in VERDICTS and one.id in counting]
    last = {claim: one for one in made for claim in one.claims}
    order = {one.id: place for place, one in enumerate(made)}
    return dict(sorted(last.items(), key=lambda item: order[item[1].id]))


def _correct(store: GraphStore, claim: Claim, judgement: Judgement) -> Correction:
    if judgement.kind is JudgementKind.RIGHT:
        return Correction(judgement, claim, claim, known=True)
    if judgement.should:
        should = correct_claim(claim, judgement.should, lambda name: _find_party(store, name))
        return Correction(judgement, claim, should, known=True)
    if judgement.reason in NOTHING_SAID or judgement.reason is None:
        return Correction(judgement, claim, None, known=True)
    return Correction(judgement, claim, claim, known=False)


def _find_party(store: GraphStore, name: str) -> Party:
    """The entity that a name is a spelling of, where there is just one."""
    found = [one for one in store.find_entities(name) if fold_name(name) in map(fold_name, (one.name, *one.aliases))]
    return Party(found[0].name, found[0].id) if len(found) == 1 else Party(name)


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
        "judgement": judgement.id,
        "held_out": is_held_out(article.id),
    }


def _list_fields(line: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if name not in _PLACE}
