"""Names of things, made from their content: the same input always gives the same id."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from graph.records import (
    ArticleId,
    ClaimId,
    EntityId,
    JudgementId,
    JudgementKind,
    Party,
    Proposition,
    PropositionId,
    Quantity,
    SourceId,
)

# 80 bits: at ten million records the chance of one collision is about 4e-11.
_HEX_DIGITS = 20


def make_article_id(url: str, text: str) -> ArticleId:
    """The id of one version of a page: its address and its text."""
    return ArticleId("a" + _digest(url, text))


def make_claim_id(
    article_id: ArticleId,
    span: tuple[int, int],
    predicate: str,
    subject: Party,
    object: Party | None,
    quantity: Quantity | None,
    benchmark: Party | None,
    polarity: str,
) -> ClaimId:
    """The id of a claim: where it stands and what it says, not what found it."""
    amount = "" if quantity is None else f"{quantity.measure} {quantity.value!r} {quantity.unit}"
    parties = [party.name if party else "" for party in (subject, object, benchmark)]
    return ClaimId("c" + _digest(article_id, *map(str, span), predicate, *parties, amount, polarity))


def make_hand_id(read: ClaimId, judgement: JudgementId) -> ClaimId:
    """The id of what a judgement puts in the place of a claim: another one than of a reading that says the same."""
    return ClaimId("c" + _digest("hand", read, judgement))


def make_proposition_id(first: ClaimId) -> PropositionId:
    """The id of a proposition, from its earliest claim: claims that come later leave it as it is."""
    return PropositionId("p" + _digest(first))


def list_event_ids(proposition: Proposition) -> list[str]:
    """The id of each of its events, in their order; of equal ones a second has another id than the first."""
    met: Counter[str] = Counter()
    ids = []
    for event in proposition.events:
        moments = event.valid_from.isoformat(), event.recorded_at.isoformat()
        id = "v" + _digest(proposition.id, event.status, *moments, *event.basis)
        ids.append(f"{id}-{met[id]}" if met[id] else id)
        met[id] += 1
    return ids


def make_source_id(domain: str) -> SourceId:
    """The id of a source is its domain without `www.`, readable in an address."""
    return SourceId(domain.lower().removeprefix("www."))


def make_judgement_id(
    kind: JudgementKind, who: str, when: datetime, why: str, about: Sequence[Sequence[str]]
) -> JudgementId:
    """The id of a judgement: who decided what, when and why; the same line imported twice is one judgement."""
    groups = ["\x1e".join(ids) for ids in about]
    return JudgementId("j" + _digest(kind, who, when.isoformat(), why, *groups))


def make_entity_id(name: str) -> EntityId:
    """A readable id from a canonical name: `Qwen2.5-Max` is `qwen2.5-max`, 楽天 stays 楽天."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    slug = re.sub(r"[^\w.+]+", "-", folded).strip("-.")
    return EntityId(slug or "e" + _digest(name))


@lru_cache(maxsize=50_000)  # the same names come again and again: a third of the time of what compares them
def fold_name(name: str) -> str:
    """A spelling reduced to what tells names apart: no case, width, spaces, hyphens or dots between."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s\-_・=.,'’()]+", "", folded)


def make_text_hash(text: str) -> str:
    """The same for the same text at any address."""
    return _digest(text)


def format_time(moment: datetime) -> str:
    """UTC in ISO 8601 with `Z`, to the second: as text, such times compare in order."""
    # strftime writes the year 26 as it is said.
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_HEX_DIGITS]
