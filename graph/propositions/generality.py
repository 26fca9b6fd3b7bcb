"""Which propositions are special cases of others: "beats GPT-4o on MMLU-Pro" of "beats GPT-4o"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.background import Background
from graph.propositions.amounts import Amount
from graph.propositions.families import DAYS_OF_ONE_EVENT
from graph.propositions.groups import Group
from graph.propositions.signatures import Signature, Tense
from graph.records import EntityId, PropositionId

_Key = tuple[str, str, str, str, str]
_Index = dict[tuple[_Key, Amount | None], list[Group]]


def find_general(groups: Sequence[Group], background: Background) -> list[Group]:
    """The groups, each with the more general ones of the same family and time that it is a special case of."""
    index: _Index = defaultdict(list)
    for group in groups:
        if not group.signature.topic:
            index[_make_key(group.signature), group.signature.amount].append(group)
    return [_place(group, tuple(sorted(_iter_general(group, index, background)))) for group in groups]


def _place(group: Group, general: tuple[PropositionId, ...]) -> Group:
    return replace(group, part_of=general) if general else group


def _iter_general(group: Group, index: _Index, background: Background) -> Iterator[PropositionId]:
    """Those that say no more: no number where the parties are the same, none or the same number otherwise."""
    special, own = group.signature, _make_key(group.signature)
    for key in _iter_wider(special, background):
        amounts = {None, special.amount} if key != own else {None} - {special.amount}
        for general in (found for amount in amounts for found in index.get((key, amount), ())):
            if general.id != group.id and _is_one_time(general.signature, special):
                yield general.id


def _iter_wider(special: Signature, background: Background) -> Iterable[_Key]:
    return {
        _key_of(special, subject, other, benchmark)
        for subject in _widen(special.subject, background)
        for other in _widen(special.object, background)
        for benchmark in (special.benchmark, "")
    }


def _is_one_time(general: Signature, special: Signature) -> bool:
    gap = special.family.gap
    if gap is None:
        return True
    if general.window and special.window:
        return not general.window.is_apart(special.window, 0)
    days = [s.window.last if s.window else s.day for s in (general, special)]
    return abs(days[0] - days[1]) <= max(gap, DAYS_OF_ONE_EVENT)


def _widen(key: str, background: Background) -> Iterable[str]:
    return {key, *background.list_above(EntityId(key))}


def _make_key(signature: Signature) -> _Key:
    return _key_of(signature, signature.subject, signature.object, signature.benchmark)


def _key_of(signature: Signature, subject: str, other: str, benchmark: str) -> _Key:
    if signature.family.pair and other:
        subject, other = sorted((subject, other))
    tense = Tense.LATER.value if signature.tense is Tense.LATER else ""
    return signature.family.name, tense, subject, other, benchmark
