"""Propositions that cannot both hold: numbers, who is ahead, a place for one only (docs/model.md, Matters)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, product

from graph.matters.clashes import make_clash
from graph.propositions.amounts import Amount, excludes
from graph.propositions.currencies import CURRENCIES
from graph.propositions.descriptors import are_two
from graph.propositions.families import DAYS_OF_ONE_AFFAIR, DAYS_OF_ONE_MOVE, Slot
from graph.propositions.groups import Group, Voice
from graph.propositions.placed import bucket
from graph.propositions.rulings import Rulings
from graph.propositions.scopes import is_apart, is_one_scope
from graph.propositions.signatures import Tense, is_named
from graph.rates import NO_RATES, Rates
from graph.records import ArticleId, Contradiction, ContradictionKind, Predicate
from graph.sums import english, japanese

# Two claims without a date speak of one time when reported no further apart: a price may change in weeks.
_SAME_TIME = 14
_SAME_TIME_OF_MOVES = 5
_SAME_TIME_OF_AFFAIRS = 60
# Of a matter with more groups than this only the first ones are compared.
_MOST_COMPARED = 50
# A method has many numbers (samples, stages): two of them are two things.
# What two suits ask tells them apart; of a firm's people some come and go, and others beside them.
_NEVER_VALUE = frozenset(
    {Predicate.TRAINED_WITH, Predicate.CAN, Predicate.CANNOT, Predicate.SUED, Predicate.JOINED, Predicate.LEFT}
)
# How many: of chips, where one sentence names the chip and another only counts them; of those who suffered a deed.
_COUNTING_HARDWARE = frozenset({Predicate.TRAINED_ON, Predicate.RUNS_ON, Predicate.OWNS_HARDWARE})
_COUNTED_DEEDS = frozenset({Predicate.EXFILTRATED_DATA_FROM, Predicate.INFRINGED, Predicate.CAUSED_HARM})
_TWO = 2
# "Six of the 37", "4,300 of them"; not "the 74.3 of the laboratory", which is all of it.
_PART = re.compile(
    r"(?<!the )(?<![\d,.])\b(?P<en>(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: (?:thousand|[mb]illion))?) of (?:the|them|these|those|its|their|whom|which)\b"
    r"|うち[^。、\d]{0,15}(?P<ja>\d[\d,.]*[十百千万億]*)",
    re.IGNORECASE,
)
# A share moves by the hour, a firm earns and raises again: two numbers are of one time only when both are dated.
_DATED_ONLY = frozenset({Predicate.STOCK_MOVED, Predicate.EARNED, Predicate.RAISED, Predicate.INVESTED_IN})
# Two dates of a release this far apart are two releases: another market, another version.
_ONE_RELEASE = 60
_CO_FOUNDED = re.compile(r"co-?found|one of|together|along with|\band\b|共同|らが|とともに|など|、.+ら", re.IGNORECASE)
# Of those who lead something within it there may be many.
_OTHER_ROLE = re.compile(
    r"chair|\bon (?:the |its )?board\b|board members?\b|head of|heads? (?:its|the)|team|division|unit\b|lab\b|"
    r"chief (?!executive)\w+ ?officer|chief (?:scien|tech|AI)|\bC[TFOSPM]O\b|co-|"
    r"会長|部門|担当|共同|チーム|責任者(?<!経営責任者)",
    re.IGNORECASE,
)
_SUCCESSION = re.compile(
    r"takes over|took over|succe|replac|former|interim|next|new (?:CEO|chief)|step|oust|\bfire[sd]?\b|appoint|reinstat|"
    r"\breturn|resign|depart|後任|前任|元|新|退任|就任|交代|解任|復帰|辞任",
    re.IGNORECASE,
)
_Found = Iterator[tuple[Group, Group, ContradictionKind, float]]


def find_contradictions(
    groups: Iterable[Group],
    rulings: Rulings | None = None,
    rates: Rates = NO_RATES,
    pages: Mapping[ArticleId, str] | None = None,
) -> tuple[Contradiction, ...]:
    """Pairs of one matter's groups that cannot both hold as far as their sentences say, each once, in order.

    rates  for sums of money in two currencies, where no sentence tells one; without them such sums are never compared
    pages  the addresses of articles: versions of one page are one article

    Nobody contradicts himself within one article: there two numbers are two things; nor does a sentence itself,
    wherever it is printed. What a judgement dismissed is there, marked so.
    """
    groups = tuple(_put_on_pages(group, pages) for group in groups) if pages else tuple(groups)
    dismissed = _find_dismissed(groups, rulings or Rulings())
    found: dict[tuple[str, str], Contradiction] = {}
    for matter in bucket(groups, lambda group: group.matter):
        for one, other, kind, score in _find_in(sorted(matter, key=lambda group: group.id), rates):
            first, second = sorted((one.id, other.id))
            pair = Contradiction(first, second, kind, score, frozenset((first, second)) in dismissed)
            found.setdefault((first, second), pair)
    return tuple(found[key] for key in sorted(found))


def _put_on_pages(group: Group, pages: Mapping[ArticleId, str]) -> Group:
    """The group, its voices standing in pages instead of versions of them."""

    def put(voices: Iterable[Voice]) -> tuple[Voice, ...]:
        return tuple(replace(one, article=ArticleId(pages.get(one.article) or one.article)) for one in voices)

    return replace(group, voices=put(group.voices), against=put(group.against))


def _find_in(groups: Sequence[Group], rates: Rates) -> _Found:
    if len(groups) == 1:
        return
    affirmed = [group for group in groups if group.affirmed]
    yield from _find_value(affirmed, rates)
    yield from _find_refuted(affirmed)
    yield from _find_order(affirmed)
    yield from _find_heads(affirmed)
    yield from _find_founders(affirmed)
    yield from _find_dates(affirmed)
    yield from _find_none(groups)


def _find_value(groups: Sequence[Group], rates: Rates) -> _Found:
    """One measure of one thing at one time within one scope, and numbers of which no one is both; sums of money in two
    currencies at a rate that a sentence of theirs tells, else at the rates of their months."""

    def key(group: Group) -> tuple[str, ...]:
        s = group.signature
        ground = "" if group.predicate in _COUNTING_HARDWARE else s.object
        # Of whom nobody names one sentence says this and another that: "a gang", "240 accounts".
        who = s.subject if is_named(s.subject) or group.predicate not in _COUNTED_DEEDS else ""
        currency, slash, each = s.amount.unit.partition("/") if s.amount else ("", "", "")
        unit = "money" if currency in CURRENCIES else currency
        return (s.family.name, who, ground, s.benchmark, s.measure, unit + slash + each)

    numbered = [group for group in groups if group.signature.amount and _is_counted(group)]
    for alike in bucket(numbered, key):
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if (
                _may_exclude(one, other)
                and _are_of_one(one, other)
                and not are_two(one.signature.subject, other.signature.subject)
                and _meet(one, other, make_clash(one, other, rates))
            ):
                yield one, other, ContradictionKind.VALUE, 0.9


def _may_exclude(one: Group, other: Group) -> bool:
    """Whether the numbers may exclude each other; of "up to 9,600" some sentence may say the number alone."""
    first, second = _amount(one), _amount(other)
    return first.unit != second.unit or first.is_vague or second.is_vague or excludes(first, second)


def _find_refuted(groups: Sequence[Group]) -> _Found:
    """Two numbers of which somebody denies the one in giving the other: "38 %, not the 82 % that they state"."""
    numbered = [group for group in groups if group.signature.amount]
    for alike in bucket(numbered, _ground_of_refuted):
        if not any(voice.amount for group in alike for voice in group.against):  # as in most
            continue
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if (
                excludes(_amount(one), _amount(other))
                and _may_be_of_one(one, other)
                and _is_one_tense(one, other)
                and not _are_dated_apart(one, other)
                and not is_apart(_limit(one), _limit(other))
                and (_refutes(one, other) or _refutes(other, one))
            ):
                yield one, other, ContradictionKind.VALUE, 0.9


def _ground_of_refuted(group: Group) -> tuple[str, ...]:
    s = group.signature
    return s.family.name, s.benchmark, s.measure, _amount(group).unit


def _may_be_of_one(one: Group, other: Group) -> bool:
    """Whether the parties of two numbers of a matter may be one: a model and its maker, a name and a description. Who
    denies the one number in giving the other says that they are."""
    first, second = one.signature, other.signature
    subjects = {first.subject, second.subject} if Slot.SUBJECT not in first.family.matter else set()
    things = set() if one.predicate in _COUNTING_HARDWARE else {first.object, second.object}
    return all(sum(map(is_named, parties)) < _TWO for parties in (subjects, things))


def _are_dated_apart(one: Group, other: Group) -> bool:
    first, second = one.signature.window, other.signature.window
    return first is not None and second is not None and first.is_apart(second, 0)


def _refutes(one: Group, other: Group) -> bool:
    """Whether a voice gives the one's number and names the other's to deny it, in one article; or the article itself
    denies it, and gives the one's as anybody's."""
    given = {(voice.article, voice.origin) for voice in one.voices}
    articles = {voice.article for voice in one.voices}
    return any(
        (voice.article, voice.origin) in given or (not voice.origin and voice.article in articles)
        for voice in other.against
        if voice.amount
    )


def _is_counted(group: Group) -> bool:
    """Whether the number is what is said; of a deed, how many it was done to."""
    counted = group.signature.family.numbered or group.predicate in _COUNTED_DEEDS
    return counted and group.predicate not in _NEVER_VALUE


def _are_of_one(one: Group, other: Group) -> bool:
    """Whether two numbers can be of one thing: of one hardware or of none named, of one time, not told apart by one who
    gives both, nor limited otherwise the one than the other, nor the less a part of the more."""
    objects = {one.signature.object, other.signature.object} - {""}
    if len(objects) == _TWO or (_tells_both(one, other) and not _stand_beside(one, other)):
        return False
    if is_apart(_limit(one), _limit(other)):
        return False
    less = min((one, other), key=lambda group: _amount(group).stated)
    stated = _amount(less).stated
    return _amount(one).unit != _amount(other).unit or not any(stated in _read_parts(v.text) for v in less.voices)


@lru_cache(4_096)  # as many others are asked of as are compared
def _read_parts(text: str) -> frozenset[float]:
    """The numbers that a sentence gives as parts of others."""
    found = ((english, match["en"]) if match["en"] else (japanese, match["ja"]) for match in _PART.finditer(text))
    return frozenset(numeral.value for reader, words in found for numeral in reader.find_numerals(words))


def _tells_both(one: Group, other: Group) -> bool:
    """Whether somebody by name gives both numbers in one article: then they are of two things. Who gave the one alone
    before, and now takes up the other, which somebody else gave, only gives in."""
    given = {(voice.printed, voice.origin) for voice in one.voices if voice.origin and voice.amount}
    both = [voice for voice in other.voices if voice.amount and (voice.printed, voice.origin) in given]
    return any(not _gives_in(voice, one, other) and not _gives_in(voice, other, one) for voice in both)


def _stand_beside(one: Group, other: Group) -> bool:
    """Whether an article sets two who are named against each other, each with one of the numbers: then no slip of who
    gave which makes them two things."""
    first, second = ({(v.printed, v.origin) for v in g.voices if v.named and v.amount} for g in (one, other))
    return any(
        article == another and origin != opposite and not {(article, origin), (article, opposite)} & (first & second)
        for article, origin in first
        for another, opposite in second
    )


def _gives_in(voice: Voice, own: Group, taken: Group) -> bool:
    """Whether who speaks gave the one number on an earlier day, and somebody else the other."""
    before = [one for one in own.voices if one.day < voice.day]
    others = [one for one in taken.voices if one.day < voice.day]
    return (
        voice.named
        and any(one.origin == voice.origin for one in before)
        and any(one.origin != voice.origin for one in others)
    )


def _limit(group: Group) -> frozenset[str]:
    """The limits that its sentences set, without those that fewer of them do than another: a sentence that holds two
    numbers has the limits of both."""
    return _find_most_set(tuple(voice.scope for voice in group.voices))


@lru_cache(1_000)  # most sentences set none, and a group is compared with many
def _find_most_set(limits: tuple[frozenset[str], ...]) -> frozenset[str]:
    counts = Counter(name for names in limits for name in names)
    most = max(counts.values(), default=0)
    return frozenset(name for name, count in counts.items() if count == most)


def _find_order(groups: Sequence[Group]) -> _Found:
    """A beats B, B beats A, on the same ground."""
    sides: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        s = group.signature
        if s.family.name == "ahead" and s.object:
            sides.setdefault((s.subject, s.object, s.benchmark), []).append(group)
    for (subject, other, benchmark), ones in sides.items():
        if subject < other:
            for one, opposite in product(ones, sides.get((other, subject, benchmark), ())):
                if _is_one_tense(one, opposite) and _meet(one, opposite):
                    yield one, opposite, ContradictionKind.ORDER, 0.9


def _find_heads(groups: Sequence[Group]) -> _Found:
    """Two who lead one organisation at one time, or will, neither of them a part of it only."""

    def clash(one: Voice, other: Voice) -> bool:
        texts = (one.text, other.text)
        return not any(map(_SUCCESSION.search, texts)) and not any(map(_OTHER_ROLE.search, texts))

    heads = [group for group in groups if group.signature.family.name == "heads" and group.signature.object]
    for alike in bucket(heads, lambda group: group.signature.object):
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if (
                one.signature.subject != other.signature.subject
                and _is_one_tense(one, other)
                and _meet(one, other, clash)
            ):
                yield one, other, ContradictionKind.EXCLUSIVE, 0.7


def _find_founders(groups: Sequence[Group]) -> _Found:
    """Two founders of whom neither is said to have founded it with others."""
    founders = [
        group
        for group in groups
        if group.predicate is Predicate.FOUNDED and is_named(group.signature.object) and group.signature.subject
    ]
    for alike in bucket(founders, lambda group: group.signature.object):
        if any(_CO_FOUNDED.search(voice.text) for group in alike for voice in group.voices):
            continue
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if one.signature.subject != other.signature.subject and _meet(one, other):
                yield one, other, ContradictionKind.EXCLUSIVE, 0.7


def _find_dates(groups: Sequence[Group]) -> _Found:
    """Two dates of what happens but once."""
    dated = [
        group
        for group in groups
        if group.signature.family.once and group.signature.window and is_named(group.signature.object)
    ]
    for alike in bucket(dated, lambda group: (group.signature.subject, group.signature.object)):
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if _is_apart(one, other) and _is_one_tense(one, other) and not _is_one_voice(one, other):
                yield one, other, ContradictionKind.EXCLUSIVE, 0.8


def _find_none(groups: Sequence[Group]) -> _Found:
    """What is said to be based on nothing, and on something."""
    based = [group for group in groups if group.predicate is Predicate.BASED_ON]
    none = [group for group in based if not group.affirmed and not group.signature.object]
    for one, other in product(none, based):
        if other.affirmed and other.signature.object and one.signature.subject == other.signature.subject:
            yield one, other, ContradictionKind.EXCLUSIVE, 0.7


def _meet(one: Group, other: Group, clash: Callable[[Voice, Voice], bool] | None = None) -> bool:
    """Whether somebody says the one, and somebody else the other, of one time and scope. Who comes to another number
    than before has changed it, and contradicts nobody by that."""
    days = _find_days(one)
    dated = one.predicate in _DATED_ONLY
    return any(
        not _is_same_speaker(a, b)
        and not _has_changed(a, other, max(a.day, b.day))
        and not _has_changed(b, one, max(a.day, b.day))
        and is_one_scope(a.scope, b.scope)
        and not (dated and (a.window is None or b.window is None))
        and (days is None or _is_one_time(a, b, days))
        and (clash is None or clash(a, b))
        for a, b in product(one.voices, other.voices)
    )


def _has_changed(voice: Voice, to: Group, by: int) -> bool:
    """Whether who speaks gave the other number before a day; the "analysts" of two days are not the same ones."""
    return voice.named and any(one.origin == voice.origin and one.day < by for one in to.voices)


def _find_days(group: Group) -> int | None:
    """How far apart two reports may be to speak of one time; None where time does not matter."""
    family = group.signature.family
    if family.name == "heads":
        return _SAME_TIME
    if family.gap is None:
        return None
    by_gap = {DAYS_OF_ONE_MOVE: _SAME_TIME_OF_MOVES, DAYS_OF_ONE_AFFAIR: _SAME_TIME_OF_AFFAIRS}
    return by_gap.get(family.gap, _SAME_TIME)


def _is_one_time(one: Voice, other: Voice, days: int) -> bool:
    if one.window and other.window:
        return not one.window.is_apart(other.window, 0)
    first, second = (voice.window.last if voice.window else voice.day for voice in (one, other))
    return abs(first - second) <= days


def _is_same_speaker(one: Voice, other: Voice) -> bool:
    """Within one article only two who are named speak against each other: its own voice passes on what they say. So
    does one sentence in every copy."""
    together = one.article == other.article or (one.text, one.window) == (other.text, other.window)
    return together and (not one.origin or not other.origin or one.origin == other.origin)


def _is_one_voice(one: Group, other: Group) -> bool:
    return all(_is_same_speaker(a, b) for a, b in product(one.voices, other.voices))


def _is_one_tense(one: Group, other: Group) -> bool:
    return (one.signature.tense is Tense.LATER) == (other.signature.tense is Tense.LATER)


def _is_apart(one: Group, other: Group) -> bool:
    first, second = one.signature.window, other.signature.window
    if first is None or second is None or not first.is_apart(second, 0):
        return False
    return one.predicate is not Predicate.RELEASED or not first.is_apart(second, _ONE_RELEASE)


def _amount(group: Group) -> Amount:
    assert group.signature.amount is not None
    return group.signature.amount


def _find_dismissed(groups: Sequence[Group], rulings: Rulings) -> set[frozenset[str]]:
    where = {link.claim: group.id for group in groups for link in group.links} if rulings.dismissed else {}
    return {frozenset((where[a], where[b])) for a, b in rulings.dismissed if a in where and b in where}
