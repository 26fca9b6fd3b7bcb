"""What a headline is made of, as any store tells it: whose words count, who only repeats them, rival numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.answers.gist import read_gists
from graph.deriving import derive
from graph.grades import FAIR_FROM
from graph.records import (
    ClaimType,
    Copy,
    CopyKind,
    EntityId,
    Modality,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Status,
    Tie,
)
from graph.store import GraphStore
from graph.views import Gist, Saying
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

_ACCUSES = Said("OpenAI says DeepSeek distilled its models.", object="OpenAI", speakers=("OpenAI",))
_DENIES = replace(_ACCUSES, text="DeepSeek denies it.", speakers=("DeepSeek",), polarity=Polarity.DENIED)
_OWN_VOICE = replace(_ACCUSES, text="DeepSeek distilled OpenAI, it has turned out.", speakers=())


def _cost(value: float, speaker: str) -> Said:
    return Said(
        f"{speaker}: R1 cost {value:g} dollars.",
        subject="DeepSeek-R1",
        speakers=(speaker,),
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=Quantity("training_cost", value, "USD", text=f"{value:g} dollars"),
    )


def _tell(store: GraphStore, *told: tuple[str, Said], copies: tuple[tuple[int, int], ...] = ()) -> list[Gist]:
    """The gists of the matters of these sentences, each printed by its outlet, a day after the one before."""
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], [Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table")])
    texts = [
        make_extraction(said, url=f"https://{outlet}/{n}", domain=outlet, at=NOON + timedelta(days=n))
        for n, (outlet, said) in enumerate(told)
    ]
    store.add(texts)
    store.add_copies(
        [Copy(texts[later].article.id, texts[first].article.id, CopyKind.SYNDICATED, 1.0) for later, first in copies]
    )
    derive(store)
    found = store.find_propositions_of([text.claims[0].id for text in texts])
    propositions = store.get_propositions(list(dict.fromkeys(found[text.claims[0].id] for text in texts)))
    gists = read_gists(store, propositions)
    return [gists[one.id] for one in propositions]


def _name(sayings: tuple[Saying, ...]) -> list[str]:
    return [one.who.name if one.who else one.outlet for one in sayings]


def test_who_says_it_and_who_denies_it_oldest_first(store: GraphStore) -> None:
    microsoft = replace(_ACCUSES, text="Microsoft says so too.", speakers=("Microsoft",))
    [gist] = _tell(store, ("news.example", _ACCUSES), ("wire.example", microsoft), ("wire.example", _DENIES))
    assert (_name(gist.says), _name(gist.denies)) == (["OpenAI", "Microsoft"], ["DeepSeek"])
    assert gist.subject.entity
    assert gist.subject.entity.id == DEEPSEEK.id
    assert [one.domain for one in gist.says] == ["news.example", "wire.example"]
    assert gist.denies[0].claim in gist.events[-1].basis


def test_an_outlet_that_repeats_a_speaker_is_no_voice(store: GraphStore) -> None:
    again = replace(_ACCUSES, text="OpenAI repeats it.")
    told = [("news.example", _ACCUSES), ("wire.example", again), ("wire.example", _OWN_VOICE)]
    [gist] = _tell(store, *told, copies=((2, 0),))
    assert _name(gist.says) == ["OpenAI"]


def test_whom_an_outlet_cites_without_a_name_is_told_as_that_one_s(store: GraphStore) -> None:
    told = replace(_ACCUSES, text="Microsoft cites a person close to OpenAI.", speakers=("Microsoft", "a person"))
    [gist] = _tell(store, ("news.example", told))
    assert [(one.who and one.who.name, one.outlet, one.domain) for one in gist.says] == [("a person", "Microsoft", "")]


def test_a_weak_claim_says_nothing_beside_better_ones(store: GraphStore) -> None:
    weak = replace(_ACCUSES, text="Microsoft hints.", speakers=("Microsoft",), score=FAIR_FROM / 2)
    [gist] = _tell(store, ("news.example", _ACCUSES), ("wire.example", weak))
    assert _name(gist.says) == ["OpenAI"]


def test_who_takes_a_step_is_told_by_the_claim_it_rests_on_though_he_had_said_so_before(store: GraphStore) -> None:
    said = _cost(5.6e6, "DeepSeek")
    admitted = replace(said, text="DeepSeek admitted that R1 cost 5.6e+06 dollars.")
    [gist] = _tell(store, ("news.example", said), ("wire.example", admitted))
    assert gist.events[-1].status is Status.CONFIRMED
    assert set(gist.events[-1].basis) <= {one.claim for one in gist.says}
    assert set(_name(gist.says)) == {"DeepSeek"}


def test_rival_numbers_are_told_on_either_side_unless_they_are_not_wanted(store: GraphStore) -> None:
    gists = _tell(store, ("news.example", _cost(5.6e6, "DeepSeek")), ("wire.example", _cost(2e9, "Microsoft")))
    assert [[rival.quantity.value for rival in gist.rivals] for gist in gists] == [[2e9], [5.6e6]]
    assert [_name((rival.saying,)) for gist in gists for rival in gist.rivals] == [["Microsoft"], ["DeepSeek"]]
    ids = store.find_propositions_of([one.says[0].claim for one in gists]).values()
    alone = read_gists(store, store.get_propositions(list(ids)), with_rivals=False)
    assert [gist.rivals for gist in alone.values()] == [(), ()]


@pytest.mark.parametrize(("bare", "told"), [(0, 14e9), (1, 14e9), (2, None)])
def test_a_number_that_most_leave_out_is_no_part_of_what_they_say(
    bare: int, told: float | None, store: GraphStore
) -> None:
    said = Said(
        "Microsoft invested 14 billion dollars in OpenAI.",
        subject="Microsoft",
        object="OpenAI",
        speakers=(),
        type=ClaimType.DEAL,
        predicate=Predicate.INVESTED_IN,
        modality=Modality.ASSERTED,
        quantity=Quantity("price", 14e9, "USD", text="14 billion dollars"),
    )
    plain = [replace(said, text=f"Microsoft, OpenAI's investor, spoke {n}.", quantity=None) for n in range(bare)]
    gists = _tell(store, ("a.example", said), *((f"{n}.example", one) for n, one in enumerate(plain)))
    assert [gist.quantity and gist.quantity.value for gist in gists] == [told]


def test_somebody_says_that_the_other_is_ahead(store: GraphStore) -> None:
    ahead = Said(
        "DeepSeek: R1 beats OpenAI.",
        subject="DeepSeek-R1",
        object="OpenAI",
        benchmark="AIME",
        speakers=("DeepSeek",),
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    )
    behind = replace(ahead, text="OpenAI beats R1.", subject="OpenAI", object="DeepSeek-R1", speakers=("Microsoft",))
    gists = _tell(store, ("a.example", ahead), ("b.example", behind))
    assert [gist.is_reversed for gist in gists] == [True, True]
    ids = store.find_propositions_of([one.says[0].claim for one in gists]).values()
    alone = read_gists(store, store.get_propositions(list(ids)), with_rivals=False)
    assert [gist.is_reversed for gist in alone.values()] == [True, True]


@pytest.mark.parametrize("type", [ClaimType.BENCHMARK, ClaimType.COST])
def test_the_maker_of_what_is_measured_is_known(store: GraphStore, type: ClaimType) -> None:
    better = Said(
        "R1 beats the rest.",
        subject="DeepSeek-R1",
        object="OpenAI",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    )
    [gist] = _tell(store, ("news.example", better if type is ClaimType.BENCHMARK else _cost(5.6e6, "DeepSeek")))
    assert gist.makers == ((EntityId(DEEPSEEK.id),) if type is ClaimType.BENCHMARK else ())
