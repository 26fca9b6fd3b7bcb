"""What the claims of one part of a matter say together, as the parts are compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.propositions.members import Member
from graph.propositions.signatures import Signature, Tense, is_named, order_key
from graph.propositions.windows import Window
from graph.propositions.words import find_topic
from graph.records import ArticleId, Modality, Polarity

# A day said so exactly is one event's.
NARROW = 31
# Sentences whose words are compared.
_MOST_TOPICS = 3
_DOUBTING = (Modality.SPECULATED, Modality.QUESTIONED)

Span = tuple[int, int]
Voices = frozenset[tuple[ArticleId, str]]


@dataclass(frozen=True, slots=True)
class Face:
    """What a part says.

    place     of the part among those given
    answers   all of it denies or asks: it speaks of what others say
    doubtful  all of it suspects or asks
    window    first and last day of what it dates; days: of its reports
    topics    words of its first sentences
    spans     where its sentences stand, by article
    affirming (article, speaker) of those who affirm; denying likewise
    """

    place: int
    signature: Signature
    tenses: frozenset[Tense]
    answers: bool
    doubtful: bool
    window: Window | None
    days: Window
    topics: tuple[frozenset[str], ...]
    spans: Mapping[ArticleId, tuple[Span, ...]]
    affirming: Voices
    denying: Voices
    size: int


def make_face(place: int, part: Sequence[Member]) -> Face:
    """The face of a part; the same in whatever order its members come."""
    main = min((m.signature for m in part), key=lambda s: (not s.amount, not s.object, not s.window, order_key(s)))
    dated = [m.signature.window for m in part if m.signature.window]
    narrow = [window for window in dated if window.last - window.first <= NARROW] or dated
    claims = sorted((m.claim for m in part), key=lambda claim: (claim.reported_at, claim.id))
    days = [claim.reported_at.toordinal() for claim in claims]
    spans: dict[ArticleId, tuple[Span, ...]] = {}
    for claim in claims:
        spans[claim.article_id] = (*spans.get(claim.article_id, ()), claim.span)
    return Face(
        place=place,
        signature=main,
        tenses=frozenset(m.signature.tense for m in part),
        answers=all(c.polarity is Polarity.DENIED or c.modality is Modality.QUESTIONED for c in claims),
        doubtful=all(c.modality in _DOUBTING for c in claims),
        window=Window(min(w.first for w in narrow), max(w.last for w in narrow)) if narrow else None,
        days=Window(days[0], days[-1]),
        topics=tuple(find_topic(claim) for claim in claims[:_MOST_TOPICS]),
        spans=spans,
        affirming=list_voices(part, Polarity.AFFIRMED),
        denying=list_voices(part, Polarity.DENIED),
        size=len(part),
    )


def list_voices(members: Iterable[Member], polarity: Polarity) -> Voices:
    """(article, speaker) of those who affirm or deny; who asks does neither."""
    return frozenset(
        (m.claim.article_id, m.claim.origin.party.name if m.claim.origin else "")
        for m in members
        if m.claim.polarity is polarity and m.claim.modality is not Modality.QUESTIONED
    )


def order_face(face: Face) -> tuple[object, ...]:
    """The fullest first: what names its parties, gives a number, affirms, is said most often."""
    s = face.signature
    article = min(face.spans)
    return (
        face.answers,
        not is_named(s.subject),
        not is_named(s.object),
        not s.object,
        not s.amount,
        face.window is None,
        -face.size,
        face.days.first,
        order_key(s),
        article,
        face.spans[article],
    )
