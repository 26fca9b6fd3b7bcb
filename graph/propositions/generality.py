"""Which propositions are special cases of others: "beats GPT-4o on MMLU-Pro" of "beats GPT-4o"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.background import Background
from graph.propositions.groups import Group
from graph.propositions.signatures import Signature, Tense
from graph.records import EntityId, PropositionId

_Key = tuple[str, str, str, str, str]


def find_general(groups: Sequence[Group], background: Background) -> list[Group]:
    """The groups, each with the more general ones of the same family that it is a special case of."""
    by_key: dict[_Key, list[Group]] = defaultdict(list)
    for group in groups:
        by_key[_make_key(group.signature)].append(group)
    return [replace(group, part_of=tuple(sorted(_iter_general(group, by_key, background)))) for group in groups]


def _iter_general(group: Group, by_key: dict[_Key, list[Group]], background: Background) -> Iterator[PropositionId]:
    signature = group.signature
    wider: set[_Key] = set()
    for subject in _widen(signature.subject, background):
        for other in _widen(signature.object, background):
            for benchmark in {signature.benchmark, ""}:
                wider.add((signature.family.name, _tense(signature), subject, other, benchmark))
    for key in wider:
        for general in by_key.get(key, ()):
            if general.id != group.id and _is_wider(general.signature, signature, key == _make_key(signature)):
                yield general.id


def _is_wider(general: Signature, special: Signature, same_parties: bool) -> bool:
    """Whether the general one says no more: no number where the parties are the same, none or the same otherwise."""
    if same_parties:
        return bool(special.amount) and not general.amount and not general.topic
    return not general.topic and (general.amount is None or general.amount == special.amount)


def _widen(key: str, background: Background) -> Iterable[str]:
    return {key, *background.list_above(EntityId(key))}


def _make_key(signature: Signature) -> _Key:
    return (
        signature.family.name,
        _tense(signature),
        signature.subject,
        signature.object,
        signature.benchmark,
    )


def _tense(signature: Signature) -> str:
    return Tense.LATER.value if signature.tense is Tense.LATER else ""
