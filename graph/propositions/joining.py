"""Parts of a matter that speak of one thing though their sentences leave something out, or describe it otherwise.

    parts of a matter → Face of each → the fullest first, each with the one before it that it fits

What two parts say differently keeps them apart; what only one says does not, where a number, a description, a day or
what is denied tells that both mean the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from graph.background import Background
from graph.propositions.amounts import Amount, is_same
from graph.propositions.currencies import find_told, may_be_converted
from graph.propositions.descriptors import find_what, is_alike, is_contrary
from graph.propositions.families import DAYS_OF_ONE_AFFAIR, DAYS_OF_ONE_EVENT, DAYS_OF_ONE_MOVE
from graph.propositions.members import Member
from graph.propositions.scopes import SORTS, WHERE, is_apart, is_one_scope
from graph.propositions.signatures import Signature, Tense, is_named, order_key
from graph.propositions.windows import Window
from graph.propositions.words import compare_topics
from graph.records import EntityId, Modality, Polarity

# Parts of a matter that are compared with each new one; a matter of more is no single story.
_MOST_COMPARED = 60
# Of one that has many parts the fullest tell what it is about.
_MOST_FACES = 12
# A day said so exactly is one event's.
_NARROW = 31
# Shares of words in common from which a sentence that leaves something out speaks of the same.
_SAME_WORDS = 0.3
_JOINED = 0.7


class Bond(IntEnum):
    """How two parties may be one: described otherwise, left out, maker and made, described alike, the same."""

    APART = 0
    OTHER = 1
    OPEN = 2
    MADE = 3
    ALIKE = 4
    SAME = 5


@dataclass(frozen=True, slots=True)
class _Face:
    """What a part says.

    answers  all of it denies or asks: it speaks of what others say
    told     its sum in other currencies, where its sentences tell it
    days     first and last day of its reports; window: of what it dates
    voices   (article, speaker) of those who affirm, and of those who deny
    """

    place: int
    signature: Signature
    tenses: frozenset[Tense]
    told: frozenset[Amount]
    answers: bool
    window: Window | None
    days: Window
    articles: frozenset[str]
    affirming: frozenset[tuple[str, str]]
    denying: frozenset[tuple[str, str]]
    size: int


def join_parts(parts: Sequence[Sequence[Member]], background: Background) -> list[list[Member]]:
    """The parts of a matter, those that speak of one thing together; the same in whatever order they come."""
    split = [piece for part in parts for piece in _split_number(part)]
    if len(split) == 1:
        return split
    units = {m.signature.amount.unit for part in split for m in part if m.signature.amount}
    faces = sorted((_make_face(n, part, len(units) > 1) for n, part in enumerate(split)), key=_order)
    clusters: list[list[_Face]] = []
    by_object: dict[str, list[list[_Face]]] = defaultdict(list)
    for face in faces:
        # Two objects that are named are one only where they have one root.
        thing = _find_ground(face, background)
        near = [*by_object[thing][:_MOST_COMPARED], *by_object[""][:_MOST_COMPARED]] if thing else clusters
        home = _find_home(face, near[:_MOST_COMPARED], background)
        if home is None:
            home = []
            clusters.append(home)
            by_object[thing].append(home)
        home.append(face)
    return [_unite(cluster, split) for cluster in clusters]


def _find_ground(face: _Face, background: Background) -> str:
    thing = face.signature.object
    return background.find_root(EntityId(thing)) if is_named(thing) else ""


def _unite(cluster: Sequence[_Face], parts: Sequence[Sequence[Member]]) -> list[Member]:
    first, *others = (parts[face.place] for face in cluster)
    return [*first, *(m.moved(_JOINED * m.score, _REASON) for part in others for m in part)]


_REASON = "said with other words, or with something left out"


def _split_number(part: Sequence[Member]) -> list[list[Member]]:
    """Claims without a number apart from the one number, where a voice denies the one and gives the other."""
    bare = [m for m in part if not m.signature.amount]
    numbered = [m for m in part if m.signature.amount]
    if not bare or not numbered:
        return [list(part)]
    denying = _list_voices(bare, Polarity.DENIED)
    if numbered[0].signature.family.faceless:
        return [numbered, bare]
    return [numbered, bare] if denying & _list_voices(numbered, Polarity.AFFIRMED) else [list(part)]


def _list_voices(members: Iterable[Member], polarity: Polarity) -> frozenset[tuple[str, str]]:
    return frozenset(
        (m.claim.article_id, m.claim.origin.party.name if m.claim.origin else "")
        for m in members
        if m.claim.polarity is polarity and m.claim.modality is not Modality.QUESTIONED
    )


def _make_face(place: int, part: Sequence[Member], converts: bool) -> _Face:
    """The face of a part; sums in other currencies are looked for only where one of them could be meant."""
    main = min((m.signature for m in part), key=lambda s: (not s.amount, not s.object, not s.window, order_key(s)))
    dated = [m.signature.window for m in part if m.signature.window]
    narrow = [window for window in dated if _is_narrow(window)] or dated
    days = [m.claim.reported_at.toordinal() for m in part]
    return _Face(
        place=place,
        signature=main,
        tenses=frozenset(m.signature.tense for m in part),
        told=frozenset(told for m in part if m.signature.amount and (told := find_told(m.claim)))
        if converts
        else frozenset(),
        answers=all(m.claim.polarity is Polarity.DENIED or m.claim.modality is Modality.QUESTIONED for m in part),
        window=Window(min(w.first for w in narrow), max(w.last for w in narrow)) if narrow else None,
        days=Window(min(days), max(days)),
        articles=frozenset(m.claim.article_id for m in part),
        affirming=_list_voices(part, Polarity.AFFIRMED),
        denying=_list_voices(part, Polarity.DENIED),
        size=len(part),
    )


def _order(face: _Face) -> tuple[object, ...]:
    """The fullest first: what names its parties, gives a number, affirms, is said most often."""
    s = face.signature
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
        min(face.articles),
    )


def _find_home(face: _Face, clusters: Sequence[list[_Face]], background: Background) -> list[_Face] | None:
    """The cluster that it fits best; None when it fits none, or thinly more than one."""
    fits = [(_fit_all(face, cluster, background), n) for n, cluster in enumerate(clusters)]
    best = max((fit for fit, _ in fits), default=0.0)
    found = [n for fit, n in fits if fit == best]
    if best <= 0 or (best <= _THIN and len(found) > 1):
        return None
    return clusters[found[0]]


# How much it tells that two parts are one; a thin tie holds only where there is no other.
_NUMBER, _DESCRIBED, _DATED, _WORDED, _THIN = 4.0, 3.0, 2.5, 2.0, 1.0


def _fit_all(face: _Face, cluster: Sequence[_Face], background: Background) -> float:
    """How well it fits the one of a cluster that it fits best; 0 when anything there keeps it apart."""
    fits = [_fit(face, other, background) for other in cluster[:_MOST_FACES]]
    return 0.0 if any(fit is None for fit in fits) else max(fit or 0.0 for fit in fits)


def _fit(face: _Face, other: _Face, background: Background) -> float | None:
    """How much tells that they are one; 0 when nothing does, None when something keeps them apart."""
    one, two = face.signature, other.signature
    number = _compare_numbers(face, other)
    telling = number is Bond.SAME and _is_telling(one.amount) and _is_telling(two.amount)
    if not number or (one.benchmark != two.benchmark and not (telling and not (one.benchmark and two.benchmark))):
        return None
    subject = _bond(one.subject, two.subject, background)
    thing = _bond(one.object, two.object, background)
    measures = one.measure == two.measure or not (one.measure and two.measure)
    if (
        not (subject and thing and measures)
        or not _is_one_scope(one.scope - WHERE, two.scope - WHERE, telling)
        or not _is_near(face, other, telling or (number is Bond.SAME and thing is Bond.SAME and is_named(one.object)))
        or face.denying & other.affirming
        or face.affirming & other.denying
        or (one.family.always and not (one.amount and two.amount))
    ):
        return None
    if Bond.OTHER in (subject, thing) and not (number is Bond.SAME and Bond.SAME in (subject, thing)):
        return 0.0
    if number is Bond.SAME:
        return _NUMBER
    if not _is_one_tense(face, other):
        return None
    if one.family is not two.family and not one.family.answered:
        return 0.0
    return _fit_without_number(face, other, subject, thing, number)


def _fit_without_number(face: _Face, other: _Face, subject: Bond, thing: Bond, number: Bond) -> float:
    family = face.signature.family
    left_out = Bond.OPEN in (subject, thing, number)
    if family.answered and left_out and (face.answers or other.answers):
        return _THIN
    if number is Bond.OPEN:
        told = family.numbered and not family.aside and not family.relative
        return _THIN if told and min(subject, thing) >= Bond.ALIKE else 0.0
    if not left_out:
        return _DESCRIBED if Bond.ALIKE in (subject, thing) or _is_placed_vaguely(face, other) else 0.0
    return _fit_accusation(face, other, subject, thing) if family.faceless else 0.0


def _fit_accusation(face: _Face, other: _Face, subject: Bond, thing: Bond) -> float:
    """What tells that they accuse of one act though a party is left out."""
    if face.window and other.window and _is_narrow(face.window) and _is_narrow(other.window):
        return _DATED
    if compare_topics(face.signature.topic, other.signature.topic) >= _SAME_WORDS and face.signature.topic:
        return _WORDED
    answers = face.answers or other.answers
    kind = face.signature.family
    unnamed = max(subject, thing) >= Bond.ALIKE and (not is_named(face.signature.subject) or not kind.told)
    return _THIN if answers or unnamed else 0.0


def _bond(one: str, other: str, background: Background) -> Bond:
    if one == other:
        return Bond.SAME
    if not one or not other:
        return Bond.OPEN
    if is_named(one) and is_named(other):
        makes = other in background.list_above(EntityId(one)) or one in background.list_above(EntityId(other))
        return Bond.MADE if makes else Bond.APART
    if is_named(one) or is_named(other):
        return Bond.APART
    if is_alike(one, other):
        return Bond.ALIKE
    if is_contrary(one, other):
        return Bond.APART
    return Bond.OPEN if find_what(one) == find_what(other) else Bond.OTHER


def _compare_numbers(face: _Face, other: _Face) -> Bond:
    one, two = face.signature.amount, other.signature.amount
    if (one is None and two is None) or not face.signature.family.numbered:
        return Bond.ALIKE
    if one is None or two is None:
        return Bond.OPEN
    pairs = [(one, two), *((told, two) for told in face.told), *((one, told) for told in other.told)]
    converted = bool(face.articles & other.articles) and may_be_converted(one, two)
    return Bond.SAME if converted or any(_is_one_number(*pair) for pair in pairs) else Bond.APART


def _is_one_number(one: Amount, other: Amount) -> bool:
    return is_same(one, other) and not (one.is_vague and other.is_vague and one.stated != other.stated)


def _is_placed_vaguely(face: _Face, other: _Face) -> bool:
    """Whether one gives a year and the other no day: "in 2025" is said of the deed, the other of its telling."""
    if not face.signature.family.faceless or face.signature.predicate is not other.signature.predicate:
        return False
    windows = [one.window for one in (face, other) if one.window]
    return len(windows) == 1 and not _is_narrow(windows[0])


def _is_one_tense(face: _Face, other: _Face) -> bool:
    if not face.signature.family.tense:
        return True
    return (Tense.LATER in face.tenses) == (Tense.LATER in other.tenses) or Tense.OPEN in (*face.tenses, *other.tenses)


def _is_narrow(window: Window) -> bool:
    return window.last - window.first <= _NARROW


def _is_telling(amount: Amount | None) -> bool:
    """Whether a number says by itself what is meant: neither a bound nor a rank, of which there are many."""
    return amount is not None and not amount.is_vague and amount.unit != "rank"


def _is_one_scope(one: frozenset[str], other: frozenset[str], telling: bool) -> bool:
    """Whether two sentences set the same limits; of a telling number one of them may leave them out."""
    if telling:
        return one & SORTS == other & SORTS and not is_apart(one, other)
    return is_one_scope(one, other)


def _is_near(face: _Face, other: _Face, lasting: bool) -> bool:
    """Whether their days may be of one event; a number is spoken of for long, but for a share's moves."""
    gap = face.signature.family.gap
    if gap is None:
        return True
    if face.window and other.window:
        return not face.window.is_apart(other.window, 0)
    lasts = lasting and gap > DAYS_OF_ONE_MOVE
    return not face.days.is_apart(other.days, DAYS_OF_ONE_AFFAIR if lasts else max(gap, DAYS_OF_ONE_EVENT))
