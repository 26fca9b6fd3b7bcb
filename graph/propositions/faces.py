"""What the claims of one part of a matter say together, as the parts are compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.background import Background
from graph.propositions.deciding import order_claim
from graph.propositions.members import Member
from graph.propositions.signatures import Signature, Tense, is_named, order_key
from graph.propositions.windows import Window
from graph.propositions.words import find_topic, find_words
from graph.records import MADE, ArticleId, Claim, EntityId, Modality, Party, Polarity

# A day said so exactly is one event's.
NARROW = 31
# Sentences whose words are compared.
_MOST_TOPICS = 3
_DOUBTING = (Modality.SPECULATED, Modality.QUESTIONED)
_ASKING = (Modality.QUESTIONED,)
_PASSING_ON = (Modality.QUESTIONED, Modality.REPORTED, Modality.ALLEGED)

Span = tuple[int, int]
Voices = frozenset[tuple[ArticleId, str]]


@dataclass(frozen=True, slots=True)
class Face:
    """What a part says.

    place     of the part among those given
    answers   all of it denies or asks: it speaks of what others say
    doubtful  all of it suspects or asks
    window    first and last day of what it dates; days: of its reports
    topics    words of its first sentences but the names of its parties: they say what was done
    object    words of the names, in all spellings, of whom or what it was done to
    spans     where its sentences stand, by article
    langs     in which languages
    affirming (article, speaker) of those who affirm; denying likewise
    named     those by name who affirm, with the day of the first report; deniers likewise
    things    models and products by name that it tells of
    lines     its subject with all who stand behind it, and its object likewise; of one that nobody names nobody
    """

    place: int
    signature: Signature
    tenses: frozenset[Tense]
    answers: bool
    doubtful: bool
    window: Window | None
    days: Window
    topics: tuple[frozenset[str], ...]
    object: frozenset[str]
    spans: Mapping[ArticleId, tuple[Span, ...]]
    langs: frozenset[str]
    affirming: Voices
    denying: Voices
    named: Mapping[EntityId, int]
    deniers: Mapping[EntityId, int]
    things: frozenset[EntityId]
    size: int
    lines: tuple[frozenset[EntityId], frozenset[EntityId]]


def make_face(place: int, part: Sequence[Member], background: Background) -> Face:
    """The face of a part; the same in whatever order its members come."""
    main = min((m.signature for m in part), key=lambda s: (not s.amount, not s.object, not s.window, order_key(s)))
    dated = [m.signature.window for m in part if m.signature.window]
    narrow = [window for window in dated if window.last - window.first <= NARROW] or dated
    claims = sorted((m.claim for m in part), key=order_claim)
    days = [claim.reported_at.toordinal() for claim in claims]
    subject = _find_names((m.claim.subject for m in part), background)
    other = _find_names((m.claim.object for m in part if m.claim.object), background)
    spans: dict[ArticleId, tuple[Span, ...]] = {}
    for claim in claims:
        spans[claim.article_id] = (*spans.get(claim.article_id, ()), claim.span)
    subjects = {claim.subject.entity for claim in claims}
    return Face(
        place=place,
        signature=main,
        tenses=frozenset(m.signature.tense for m in part),
        answers=all(c.polarity is Polarity.DENIED or c.modality is Modality.QUESTIONED for c in claims),
        doubtful=all(c.modality in _DOUBTING for c in claims),
        window=Window(min(w.first for w in narrow), max(w.last for w in narrow)) if narrow else None,
        days=Window(days[0], days[-1]),
        topics=tuple(find_topic(claim) - subject - other for claim in claims[:_MOST_TOPICS]),
        object=other,
        spans=spans,
        langs=frozenset(claim.lang for claim in claims),
        affirming=list_voices(part, Polarity.AFFIRMED),
        denying=list_voices(part, Polarity.DENIED),
        named=_find_named(claims, Polarity.AFFIRMED),
        deniers=_find_named(claims, Polarity.DENIED),
        things=frozenset(id for id in subjects if id and background.find_type(id) in MADE),
        size=len(part),
        lines=(_list_line(main.subject, background), _list_line(main.object, background)),
    )


def _find_names(parties: Iterable[Party], background: Background) -> frozenset[str]:
    """Words of the names of parties and of those who stand behind them."""
    named = {party.entity for party in parties if party.entity}
    known = (background.entities.get(id) for id in _list_lines(named, background))
    names = {name for entity in known if entity for name in (entity.name, entity.name_ja or "", *entity.aliases)}
    return frozenset().union(*map(_find_name, names))


def _list_lines(entities: Iterable[EntityId], background: Background) -> set[EntityId]:
    return {id for entity in entities for id in (entity, *background.list_above(entity))}


def _list_line(party: str, background: Background) -> frozenset[EntityId]:
    return frozenset((EntityId(party), *background.list_above(EntityId(party)))) if is_named(party) else frozenset()


@lru_cache(10_000)  # few names, each again for every part
def _find_name(name: str) -> frozenset[str]:
    return find_words(name)


def _find_named(claims: Iterable[Claim], polarity: Polarity) -> dict[EntityId, int]:
    """Those by name who affirm or deny, with the day of the report that first has it; claims come in order of time."""
    found: dict[EntityId, int] = {}
    for claim in claims:
        sure = claim.polarity is polarity and claim.modality is not Modality.QUESTIONED
        if sure and claim.origin and claim.origin.party.entity:
            found.setdefault(claim.origin.party.entity, claim.reported_at.toordinal())
    return found


def list_voices(members: Iterable[Member], polarity: Polarity) -> Voices:
    """(article, speaker) of those who affirm or deny; who asks does neither, and an article that passes on a charge or
    hearsay of nobody by name does not affirm it."""
    unsaid = _PASSING_ON if polarity is Polarity.AFFIRMED else _ASKING
    return frozenset(
        (m.claim.article_id, m.claim.origin.party.name if m.claim.origin else "")
        for m in members
        if m.claim.polarity is polarity and m.claim.modality not in (_ASKING if m.claim.origin else unsaid)
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
