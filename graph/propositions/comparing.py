"""What keeps two parts of a matter apart, and what is told of two that nothing keeps apart."""

from dataclasses import dataclass, replace

from graph.background import Background
from graph.propositions.amounts import Amount, excludes
from graph.propositions.bonds import Bond, bond_amounts, bond_parties
from graph.propositions.currencies import Told
from graph.propositions.descriptors import is_unread
from graph.propositions.faces import Face
from graph.propositions.families import ACTS, DAYS_OF_ONE_AFFAIR, DAYS_OF_ONE_EVENT, DAYS_OF_ONE_MOVE, OF_MANY, Slot
from graph.propositions.scopes import PARTS, SORTS, WHERE, is_apart, is_one_scope
from graph.propositions.signatures import Signature, Tense, is_named
from graph.propositions.words import compare_topics, find_words
from graph.records import Predicate

# Shares of words in common from which who names no victim speaks of the same.
_SAME_WORDS = 0.3
# Two who leave may be two others; as many as these are the same.
_MANY = 10
_DATA = frozenset({"data", "データ"})
_PAID = frozenset({Predicate.RAISED, Predicate.INVESTED_IN, Predicate.ACQUIRED, Predicate.FINED})
# From so many on two accusations of one firm may be one.
_SOME_WORDS = 0.1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when parts are compared.

    told     rates that their sentences tell
    several  whether they give several numbers
    """

    background: Background
    told: Told
    several: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two faces that may be one: how their parties and numbers agree, and how much of their words, 0 to 1."""

    face: Face
    other: Face
    subject: Bond
    object: Bond
    number: Bond
    words: float

    @property
    def answers(self) -> bool:
        """Whether one of them speaks of what others say."""
        return self.face.answers or self.other.answers

    @property
    def is_of_one_article(self) -> bool:
        """Whether an article tells both."""
        return bool(self.face.spans.keys() & self.other.spans.keys())

    @property
    def is_linked(self) -> bool:
        """Whether anything but the accused tells that an accusation is the same; other acts are told by their parties.

        That is a number, the one wronged, a day, words beside their names, an article that tells both, or that one
        answers the other. Words are not enough where one names the one wronged and the other describes somebody; those
        of two languages can seldom be compared: there it is enough that both are told at one time.
        """
        one = self.face.signature
        if not one.family.faceless or self.number is Bond.SAME:
            return True
        if self.words >= _SOME_WORDS and (self.object is not Bond.DESCRIBED or _tells_who(self.face, self.other)):
            return True
        wronged = self.object >= Bond.MADE and bool(one.object)
        dated = bool(self.face.window and self.other.window)
        told = dated or self.answers or self._is_across_languages
        return wronged or (self.object >= Bond.OPEN and told) or self.is_of_one_article

    @property
    def _is_across_languages(self) -> bool:
        """Whether they are told in two languages at one time."""
        both = self.face.langs & self.other.langs
        return not both and not self.face.days.is_apart(self.other.days, DAYS_OF_ONE_EVENT)


def are_others(face: Face, other: Face) -> bool:
    """Whether names or numbers alone keep two faces apart, as they do most of a large matter: soon told, all else that
    compare_faces asks takes long."""
    one, two, (subject, thing), (other_subject, other_thing) = face.signature, other.signature, face.lines, other.lines
    if subject and other_subject and one.subject not in other_subject and two.subject not in subject:
        return True
    if one.amount and two.amount and one.family.numbered and excludes(one.amount, two.amount):
        return True
    if not thing or not other_thing or one.family.faceless:
        return False
    return one.object not in other_thing and two.object not in thing


def compare_faces(face: Face, other: Face, known: Known) -> Pair | None:
    """Two faces beside each other; None when something keeps them apart."""
    family = face.signature.family
    # Asked first, as most of a large matter differ in one of these.
    subject = bond_parties(face.signature.subject, other.signature.subject, known.background)
    if subject <= Bond.PERHAPS:
        return None
    thing = bond_parties(face.signature.object, other.signature.object, known.background)
    # A description is another's name in accusations only.
    if thing <= (Bond.APART if family.faceless else Bond.PERHAPS):
        return None
    number = bond_amounts(face.signature.amount, other.signature.amount, family.numbered, known.told)
    if number is Bond.APART:
        return None
    one, two = _take_limits(face, other.signature), _take_limits(other, face.signature)
    if Bond.OTHER in (subject, thing) and not family.faceless and _is_linked(face, other, number):
        subject = _open_unread(subject, one.subject, two.subject)
        thing = _open_unread(thing, one.object, two.object)
    if _are_two_doers(face, other, subject) or _differ(one, two, number, _share_speaker(face, other)):
        return None
    if _clash(face, other) or not _is_near(face, other, subject, number, thing):
        return None
    if number is not Bond.SAME and _differ_without_number(face, other, subject, thing, number):
        return None
    words = max((compare_topics(x, y) for x in face.topics for y in other.topics if x and y), default=0.0)
    pair = Pair(face, other, subject, thing, number, words)
    return None if _tells_too_little(pair) else pair


def _take_limits(face: Face, other: Signature) -> Signature:
    """The signature of a face beside another: who only says that it is not so need not repeat on what ground, nor of
    which part or time."""
    own = face.signature
    if not face.answers or own.amount:
        return own
    return replace(own, scope=own.scope or other.scope - SORTS, benchmark=own.benchmark or other.benchmark)


def _open_unread(bond: Bond, one: str, other: str) -> Bond:
    """The bond of two parties of an act: described in two languages, of whose words the glossary has none, they tell
    nothing. An accusation has little else to go by."""
    return Bond.OPEN if bond is Bond.OTHER and is_unread(one) is not is_unread(other) else bond


def _is_linked(face: Face, other: Face, number: Bond) -> bool:
    """Whether two acts of one time have anything in common but a party: their days, a number, or words."""
    if face.days.is_apart(other.days, DAYS_OF_ONE_EVENT):
        return False
    dated = face.window and other.window and not face.window.is_apart(other.window, 0)
    return bool(dated) or number is Bond.SAME or any(compare_topics(x, y) for x in face.topics for y in other.topics)


def _differ(one: Signature, two: Signature, number: Bond, one_voice: bool) -> bool:
    """Whether other fields say what cannot be one. What limits a number that one voice gives to two articles as a part,
    or the whole, of another is that of its sentence."""
    telling = number is Bond.SAME and _is_telling(one.amount) and _is_telling(two.amount)
    aside = WHERE | PARTS if telling and one_voice else WHERE
    return (
        bool(one.measure and two.measure and one.measure != two.measure and not telling)
        or (one.benchmark != two.benchmark and not (telling and not (one.benchmark and two.benchmark)))
        or not _is_one_scope(one.scope - aside, two.scope - aside, telling)
        or (one.family.always and not (one.amount and two.amount))
        or _is_exchanged(one, two)
    )


def _are_two_doers(face: Face, other: Face, subject: Bond) -> bool:
    """Whether two who are called otherwise come to a firm, leave it or own of it, each for himself, though as many as
    each other. Who denies it may call them what he likes; so does everybody where many leave at once: "900 jobs"."""
    amount = face.signature.amount
    if face.signature.predicate is not Predicate.OWNS and amount and amount.stated >= _MANY:
        return False
    return subject <= Bond.OTHER and face.signature.predicate in OF_MANY and face.answers is other.answers


def _share_speaker(face: Face, other: Face) -> bool:
    """Whether somebody by name affirms the one in an article and the other in another."""
    if face.spans.keys() & other.spans.keys():
        return False
    return bool(face.named.keys() & other.named.keys())


def _is_told_again(face: Face, other: Face) -> bool:
    """Whether somebody by name says it of the same time, in an article and in another."""
    return face.window is not None and face.window == other.window and _share_speaker(face, other)


def _is_exchanged(one: Signature, two: Signature) -> bool:
    """Whether one says of the object what the other says of the subject: A beats B, or B beats A."""
    return bool(one.object) and one.subject != one.object and (one.subject, one.object) == (two.object, two.subject)


def _clash(face: Face, other: Face) -> bool:
    """Whether one voice affirms the one and denies the other, or what happens but once is dated twice."""
    twice = face.window and other.window and face.window.is_apart(other.window, 0)
    return bool(
        face.denying & other.affirming or face.affirming & other.denying or (face.signature.family.once and twice)
    )


def _differ_without_number(face: Face, other: Face, subject: Bond, thing: Bond, number: Bond) -> bool:
    """Whether what only one number would bring together differs."""
    one, two = face.signature, other.signature
    family, answers = one.family, face.answers or other.answers
    beside = family.aside or (family.relative and not (family.answered and answers))
    return (
        Bond.MADE in (subject, thing)
        or subject is Bond.OTHER
        or (thing is Bond.OTHER and not family.faceless)
        or _tell_act(face) != _tell_act(other)
        or not _is_one_tense(face, other)
        or (family is not two.family and not family.answered)
        or _share_sentence(face, other)
        or (number is Bond.OPEN and (beside or not (family.numbered or one.object or two.object)))
        or (_go_by_words(one) and _go_by_words(two) and not answers and not _is_told_again(face, other))
        # What is based on nothing is no statement that leaves out on what.
        or (thing is Bond.OPEN and one.predicate is Predicate.BASED_ON)
    )


def _tell_act(face: Face) -> str | None:
    """The act of its own that a face tells of: who "obtained data from the technology" of somebody drew off data."""
    predicate = face.signature.predicate
    if predicate is Predicate.TOOK_TECHNOLOGY_FROM and any(topic & _DATA for topic in face.topics):
        predicate = Predicate.EXFILTRATED_DATA_FROM
    return ACTS.get(predicate)


def _tells_too_little(pair: Pair) -> bool:
    """Whether nothing tells that an accusation which names no victim is the same: two suspicions of two articles that
    share no word, or somebody who took something from nobody."""
    one, two = pair.face.signature, pair.other.signature
    if not one.family.faceless or pair.number is Bond.SAME or (one.object and two.object):
        return False
    suspected = pair.face.doubtful and pair.other.doubtful
    if suspected and not (pair.words or one.object or two.object or pair.face.spans.keys() & pair.other.spans.keys()):
        return True
    told = (pair.face.window and pair.other.window) or pair.answers or pair.words >= _SAME_WORDS
    return one.family.told and is_named(one.subject) and not told


def _tells_who(face: Face, other: Face) -> bool:
    """Whether one of them tells that the victim it names, or describes, is the other's."""
    named, described = (face, other) if is_named(face.signature.object) else (other, face)
    words = find_words(described.signature.object)
    return any(words & topic for topic in named.topics) or any(named.object & topic for topic in described.topics)


def _share_sentence(face: Face, other: Face) -> bool:
    """Whether one sentence says both: nobody says one thing twice in it."""
    return any(
        a[0] < b[1] and b[0] < a[1]
        for article in face.spans.keys() & other.spans.keys()
        for a in face.spans[article]
        for b in other.spans[article]
    )


def _go_by_words(signature: Signature) -> bool:
    """Whether nothing but words tells what is said, by which the parts were parted."""
    return bool(signature.topic) and not (signature.family.faceless or signature.family.answered)


def _is_one_tense(face: Face, other: Face) -> bool:
    if not face.signature.family.tense:
        return True
    return (Tense.LATER in face.tenses) == (Tense.LATER in other.tenses) or Tense.OPEN in (*face.tenses, *other.tenses)


def _is_telling(amount: Amount | None) -> bool:
    """Whether a number says by itself what is meant: neither a bound nor a rank, of which there are many."""
    return amount is not None and not amount.is_vague and amount.unit != "rank"


def _is_one_bound(one: Amount | None, other: Amount | None) -> bool:
    """Whether both give the same sum of money, one of them or both as a bound: "at most 180 million francs"."""
    return bool(one and other and one.stated == other.stated and one.unit == other.unit and one.unit.isupper())


def _is_one_scope(one: frozenset[str], other: frozenset[str], telling: bool) -> bool:
    """Whether two sentences set the same limits; of a telling number one of them may leave them out."""
    if telling:
        return one & SORTS == other & SORTS and not is_apart(one, other)
    return is_one_scope(one, other)


def _is_near(face: Face, other: Face, subject: Bond, number: Bond, thing: Bond) -> bool:
    """Whether their days may be of one event; a number is spoken of for long, but for a share's moves. An act of nobody
    in particular is that of somebody by name only at the same time."""
    one, two = face.signature, other.signature
    gap = one.family.gap
    if gap is None:
        return True
    telling = (_is_telling(one.amount) and _is_telling(two.amount)) or _is_one_bound(one.amount, two.amount)
    if face.window and other.window:
        # A day that a report gives may be that of talks, or its own: nobody raises one sum twice within weeks.
        named = is_named(one.subject) and is_named(two.subject)
        paid = number is Bond.SAME and telling and named and one.predicate in _PAID
        return not face.window.is_apart(other.window, DAYS_OF_ONE_EVENT if paid else 0)
    dated, undated = (face, other) if face.window else (other, face)
    if gap >= DAYS_OF_ONE_AFFAIR and dated.window and dated.window.is_apart(undated.days, gap):
        return False
    lasting = number is Bond.SAME and (telling or (thing is Bond.SAME and is_named(one.object)))
    lasts = lasting and gap > DAYS_OF_ONE_MOVE
    doerless = subject is Bond.OPEN and Slot.SUBJECT not in one.family.matter and number is not Bond.SAME
    least = DAYS_OF_ONE_EVENT if doerless else max(gap, DAYS_OF_ONE_EVENT)
    return not face.days.is_apart(other.days, DAYS_OF_ONE_AFFAIR if lasts else least)
