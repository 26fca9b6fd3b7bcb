"""Whose a figure is, and who does what a relative clause tells, where a name stands right beside it.

A sentence that tells several figures of several firms is where the network goes wrong most: it takes one of them for
all, or pairs them crosswise.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.records import BODIES, EntityType, Predicate
from ingest.nlp.benchmarks import SCORED
from ingest.nlp.beside import find_before
from ingest.nlp.denials import is_cleared
from ingest.nlp.document import Amount, Name, Sentence, Span
from ingest.nlp.finder import Found
from ingest.nlp.parties import Parties

_SOLD = SCORED | {EntityType.HARDWARE}
_OWNERS = frozenset(EntityType) - {EntityType.BENCHMARK, EntityType.PLACE}
# Who has what they tell in figures. What is raised and spent may be told by who gave it.
_KINDS = {
    Predicate.SCORES: SCORED,
    Predicate.COSTS: _SOLD,
    Predicate.STOCK_MOVED: _OWNERS - {EntityType.PERSON},
    **dict.fromkeys(
        (
            Predicate.EARNED,
            Predicate.HAS_USERS,
            Predicate.VALUED_AT,
            Predicate.OWNS,
            Predicate.OWNS_HARDWARE,
            Predicate.SUPPLIES,
        ),
        _OWNERS,
    ),
}

_FIRMS = frozenset({EntityType.COMPANY})
_OF_FIRMS = frozenset({Predicate.EARNED, Predicate.STOCK_MOVED})
# A firm is valued by others, and ranked.
_PASSIVE = frozenset({Predicate.VALUED_AT, Predicate.RANKS})
# Who sells is told by words for a deal, too, but neither buys nor has it any more.
_BOUGHT = frozenset({Predicate.ACQUIRED, Predicate.INVESTED_IN, Predicate.OWNS})
_OVERSTATED = frozenset({Predicate.EARNED, Predicate.HAS_USERS, Predicate.COSTS, Predicate.VALUED_AT})
_RULED = frozenset({Predicate.RULED_FOR, Predicate.RULED_AGAINST})
_MOVED = frozenset({Predicate.JOINED, Predicate.LEFT})
# So many names before what a relative clause states are looked at.
_NEAREST = 3


def settle_subject(
    found: Found, sentence: Sentence, amounts: Sequence[Amount], parties: Parties, *, in_table: bool
) -> Found | None:
    """The claim with whom its sentence says did it or has it; None where it is of shares and nobody's, or the words
    beside its parts tell the reverse.

    amounts   of the sentence
    in_table  whether its figure stands in a cell, where rows and columns tell whose it is
    """
    if _is_other_deed(found, parties):
        return None
    if found.predicate is Predicate.OUTPERFORMS and _is_below(found, sentence, parties):
        found = replace(found, predicate=Predicate.UNDERPERFORMS)
    if found.predicate in _OVERSTATED and found.amount and _is_overstated(found.amount, parties):
        found = replace(found, predicate=Predicate.MISLED)
    if found.predicate is Predicate.SUPPLIES:
        found = _turn_round(found, sentence, parties)
    if found.predicate is Predicate.ACQUIRED and found.object and _buys(found.object, sentence, parties):
        found = replace(found, subject=found.object, object=found.subject)
    if found.predicate in _RULED and found.object:
        found = _settle_ruling(found, found.object, sentence, parties)
    found = _follow(found, sentence, parties)
    if not in_table:
        found = _hand_over(found, sentence, amounts, parties)
    return _find_holder(found, sentence, parties)


def _is_other_deed(found: Found, parties: Parties) -> bool:
    """Whether the words beside its parts tell the reverse: a sale, a plea for a ruling, where somebody came from."""
    text, lexicon = parties.text, parties.lexicon
    if found.predicate in _BOUGHT and found.subject:
        start, end = found.subject
        buys = find_before(lexicon.buyer_before, text, start) or lexicon.buyer_behind.match(text, end)
        return not buys and bool(lexicon.sells.match(text, found.trigger[0]))
    if found.predicate is Predicate.RAISED:
        return bool(lexicon.lifts.match(text, found.trigger[0]))
    if found.predicate in _RULED:
        return bool(lexicon.pleads.match(text, found.trigger[0]))
    elsewhere = lexicon.arrives if found.predicate is Predicate.LEFT else lexicon.departs
    return found.predicate in _MOVED and bool(found.object and _stands_beside(elsewhere, found.object, parties))


def _stands_beside(words: re.Pattern[str], span: Span, parties: Parties) -> bool:
    """Whether words stand right before some others (`leads`), else right behind them."""
    if parties.lexicon.leads:
        return find_before(words, parties.text, span[0]) is not None
    return words.match(parties.text, span[1]) is not None


def _buys(side: Span, sentence: Sentence, parties: Parties) -> bool:
    """Whether what was taken for what is bought is who buys: "X said that Y would acquire it", 「XはYに買収される」."""
    return sentence.has(side) and parties.lexicon.buys_behind.match(parties.text, side[1]) is not None


def _is_overstated(amount: Span, parties: Parties) -> bool:
    """Whether an amount is the part of another that is not true: "overstated its revenue by $640 million"."""
    text, lexicon = parties.text, parties.lexicon
    ahead = find_before(lexicon.overstated_before, text, amount[0])
    return ahead is not None or lexicon.overstated_behind.match(text, amount[1]) is not None


def _turn_round(found: Found, sentence: Sentence, parties: Parties) -> Found:
    """The delivery with whom something was received or bought from as its subject: "X bought chips from Y"."""
    for name in sentence.names:
        start, end = name.span
        ahead = find_before(parties.lexicon.given_before, parties.text, start)
        if name.entity.type not in BODIES or not (ahead or parties.lexicon.given_behind.match(parties.text, end)):
            continue
        other = found.subject is not None and not _touches(found.subject, [name.span])
        if other and (found.object is None or _touches(found.object, [name.span])):
            return replace(found, subject=name.span, object=found.subject)
    return found


def _settle_ruling(found: Found, side: Span, sentence: Sentence, parties: Parties) -> Found:
    """The ruling on a side as the sentence has it: "ruled mostly in favour of Y", "found that Y did not copy it"."""
    lexicon = parties.lexicon
    if _stands_beside(lexicon.favours, side, parties):
        found = replace(found, predicate=Predicate.RULED_FOR)
    elif _stands_beside(lexicon.faults, side, parties):
        found = replace(found, predicate=Predicate.RULED_AGAINST)
    if found.predicate is Predicate.RULED_AGAINST and is_cleared(side, sentence, lexicon):
        return replace(found, predicate=Predicate.RULED_FOR, denied=False)
    return found


def _is_below(found: Found, sentence: Sentence, parties: Parties) -> bool:
    """Whether what beats another is told to be less, and more is better: 「楡4をわずかに下回った」."""
    start, end = found.trigger
    below = parties.lexicon.below.search(parties.text, start - 1, end + 1)
    return bool(below) and not parties.lexicon.cheaper.search(sentence.text)


def _follow(found: Found, sentence: Sentence, parties: Parties) -> Found:
    """The claim of a relative clause with whom that clause is about as its subject: "X met Y, which owns Z"."""
    if found.subject is None or found.predicate in _PASSIVE:
        return found
    start = min(span[0] for span in (found.trigger, found.amount) if span)
    ahead = [name for name in sentence.names if name.span[1] <= start]
    for place in range(len(ahead) - 1, max(-1, len(ahead) - 1 - _NEAREST), -1):
        name = ahead[place]
        if name.entity.type is EntityType.PLACE:
            continue  # "Y of Japan, which" is about Y
        if parties.lexicon.relative.fullmatch(parties.text, name.span[1], start):
            joined = place and parties.lexicon.joins.fullmatch(parties.text, ahead[place - 1].span[1], name.span[0])
            part = found.subject[0] < name.span[1] <= found.subject[1]
            return found if joined or part else _give(found, name.span, parties)
        return found
    return found


def _find_holder(found: Found, sentence: Sentence, parties: Parties) -> Found | None:
    """The claim with the firm that the text is about as its subject, where its sentence names none: what was earned
    ("Sales doubled"), and shares ("Its shares fell 8%") of the one that was also named last. None where shares are
    left open.

    Of sales for which the network took a firm of another sentence, and the text is about another one, eight came right
    and none went wrong in the texts that may be looked at. Users and valuations did not gain.
    """
    if found.subject is None or found.predicate not in _OF_FIRMS:
        return found
    if found.predicate is Predicate.EARNED:
        if sentence.has(found.subject):
            return found
        topic, _ = parties.find_topic(sentence.span[0], _FIRMS)
        return replace(found, subject=topic) if topic else found
    party = parties.resolve(found.subject)
    if (party and party.entity) or not parties.lexicon.bare_shares.fullmatch(parties.read(found.subject)):
        return found
    topic, is_last = parties.find_topic(sentence.span[0], _FIRMS)
    return replace(found, subject=topic) if topic and is_last else None


def _hand_over(found: Found, sentence: Sentence, amounts: Sequence[Amount], parties: Parties) -> Found:
    """The claim with whom its figure stands beside as its subject; of two lists that belong together one by one
    ("respectively"), with the one in its place. As it was where nobody is."""
    if not (found.subject and found.amount):
        return found
    if parties.lexicon.respectively.search(sentence.text):
        owner = _pair_off(found.subject, found.amount, sentence.names, amounts, parties)
        return _give(found, owner, parties) if owner else found
    if rival := _find_rival(found, found.amount, sentence.names, parties):
        return _give(found, rival, parties)
    if not (kinds := _KINDS.get(found.predicate)):
        return found
    owner = _find_owner(found, found.amount, sentence.names, kinds, parties) or (
        _find_shares(found.amount, sentence, kinds, parties) if found.predicate is Predicate.STOCK_MOVED else None
    )
    return _give(found, owner, parties) if owner else found


def _pair_off(
    subject: Span, figure: Span, names: Sequence[Name], amounts: Sequence[Amount], parties: Parties
) -> Span | None:
    """The name of a list that stands where the figure does in its own; None where the lists are not as long."""
    named = next((one for one in _list([name.span for name in names], parties) if _touches(subject, one)), [])
    told = next((one for one in _list([amount.span for amount in amounts], parties) if figure in one), [])
    return named[told.index(figure)] if len(named) == len(told) else None


def _list(spans: Sequence[Span], parties: Parties) -> list[list[Span]]:
    """Spans with those that "and" or a comma joins to them."""
    lists: list[list[Span]] = []
    for span in spans:
        if lists and parties.lexicon.joins.fullmatch(parties.text, lists[-1][-1][1], span[0]):
            lists[-1].append(span)
        else:
            lists.append([span])
    return lists


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _give(found: Found, owner: Span, parties: Parties) -> Found:
    """The claim with another subject, where those words mean another one, and not its other side."""
    party = parties.resolve(owner)
    others = [parties.resolve(span) for span in (found.subject, found.object) if span]
    return found if party is None or party in others else replace(found, subject=owner)


def _find_owner(
    found: Found, figure: Span, names: Sequence[Name], kinds: frozenset[EntityType], parties: Parties
) -> Span | None:
    """The name right ahead of a figure, "AMD's 0.6%", or whose score or price one is behind it: "76.5 for Petrel", "the
    $300 Petrel"."""
    text, lexicon = parties.text, parties.lexicon
    names = [name for name in names if name.entity.type in kinds]
    ahead = [name for name in names if name.span[1] <= figure[0]]
    behind = next((name for name in names if name.span[0] >= figure[1]), None)
    if found.predicate is Predicate.SCORES:
        if behind and lexicon.scored_by.fullmatch(text, figure[1], behind.span[0]):
            return behind.span
    elif found.predicate is Predicate.COSTS:
        return behind.span if behind and lexicon.priced.fullmatch(text, figure[1], behind.span[0]) else None
    elif ahead and find_before(lexicon.within, text, ahead[-1].span[0]):
        return None  # "investors in X" are not X, but "ahead of X with 76.9"
    if not ahead or (len(ahead) > 1 and lexicon.joins.fullmatch(text, ahead[-2].span[1], ahead[-1].span[0])):
        return None  # several share what is told of the last of a list
    return ahead[-1].span if lexicon.has.fullmatch(text, ahead[-1].span[1], figure[0]) else None


def _find_rival(found: Found, figure: Span, names: Sequence[Name], parties: Parties) -> Span | None:
    """Whose figure it is with which another is compared: "$2, compared with $11 for Petrel"."""
    if found.predicate not in _KINDS:  # what one has is compared with what another has
        return None
    text, lexicon = parties.text, parties.lexicon
    behind = next((name for name in names if name.span[0] >= figure[1] and name.entity.type in _OWNERS), None)
    if behind is None or not lexicon.rival_link.fullmatch(text, figure[1], behind.span[0]):
        return None
    told = find_before(lexicon.rival_before, text, figure[0]) and lexicon.rival_behind.match(text, behind.span[1])
    return behind.span if told else None


def _find_shares(figure: Span, sentence: Sentence, kinds: frozenset[EntityType], parties: Parties) -> Span | None:
    """Whose shares were told of last before a figure: "Shares in X, which owns Y, fell 8%"."""
    return max(_iter_shares(figure, sentence, kinds, parties), default=None)


def _iter_shares(figure: Span, sentence: Sentence, kinds: frozenset[EntityType], parties: Parties) -> Iterator[Span]:
    text, lexicon = parties.text, parties.lexicon
    for name in sentence.names:
        start, end = name.span
        told = find_before(lexicon.shares_of, text, start) or lexicon.shares.match(text, end)
        if told and end <= figure[0] and name.entity.type in kinds:
            yield name.span
    for words in lexicon.own_shares.finditer(text, sentence.span[0], figure[0]):
        yield words.span("whose")
