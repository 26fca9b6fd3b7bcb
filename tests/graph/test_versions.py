from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Claim, Modality, PartialDate, Polarity, Quantity
from graph.versions import Aspect, compare_claims
from tests.contract.builders import Said, make_extraction

COST = Quantity("training_cost", 5_600_000, "USD")
BEFORE = Said("DeepSeek may have copied it.", object="OpenAI", modality=Modality.SPECULATED, speakers=("Sacks",))


def claims(*said: Said, version: int = 1) -> tuple[Claim, ...]:
    return make_extraction(*said, version=version, url=f"https://news.example/{version}").claims


@pytest.mark.parametrize(
    ("change", "aspects"),
    [
        pytest.param({"modality": Modality.ASSERTED}, (Aspect.FIRMNESS,), id="firmness"),
        pytest.param({"polarity": Polarity.DENIED}, (Aspect.DENIAL,), id="denial"),
        pytest.param({"speakers": ("Altman",)}, (Aspect.SPEAKERS,), id="speakers"),
        pytest.param({"date": PartialDate("2025-05")}, (Aspect.DATE,), id="date"),
        pytest.param({"speakers": (), "date": PartialDate("2025")}, (Aspect.SPEAKERS, Aspect.DATE), id="two"),
        pytest.param({}, (), id="words-alone"),
    ],
)
def test_a_claim_put_otherwise(change: dict[str, Any], aspects: tuple[Aspect, ...]) -> None:
    after = replace(BEFORE, text="Put in other words.", **change)
    found = compare_claims(claims(BEFORE), claims(after, version=2))
    assert [change.aspects for change in found.changed] == ([aspects] if aspects else [])
    assert (found.dropped, found.new, found.kept) == ((), (), 0 if aspects else 1)


def test_a_corrected_figure() -> None:
    cost = Said("It cost $5.6 million.", quantity=COST)
    more = Said("It cost $6 million.", quantity=Quantity("training_cost", 6_000_000, "USD"))
    (change,) = compare_claims(claims(cost), claims(more, version=2)).changed
    assert (change.before.text, change.after.text, change.aspects) == (cost.text, more.text, (Aspect.NUMBER,))


def test_what_is_gone_and_what_is_new() -> None:
    gone, new = Said("DeepSeek copied it.", object="OpenAI"), Said("Microsoft is looking into it.", subject="Microsoft")
    found = compare_claims(claims(BEFORE, gone), claims(new, BEFORE, version=2))
    assert [claim.text for claim in found.dropped] == [gone.text]
    assert [claim.text for claim in found.new] == [new.text]
    assert (found.changed, found.kept) == ((), 1)


SAID = st.builds(
    Said,
    text=st.sampled_from(["One.", "Two.", "Three."]),
    subject=st.sampled_from(["DeepSeek", "OpenAI"]),
    modality=st.sampled_from([Modality.ASSERTED, Modality.ALLEGED]),
)


@given(st.lists(SAID, max_size=6, unique=True), st.lists(SAID, max_size=6, unique=True))
def test_every_claim_is_counted_once(first: list[Said], second: list[Said]) -> None:
    old, new = claims(*first), claims(*second, version=2)
    found = compare_claims(old, new)
    assert len(found.dropped) + len(found.changed) + found.kept == len(old)
    assert len(found.new) + len(found.changed) + found.kept == len(new)


@given(st.lists(SAID, max_size=6, unique=True))
def test_the_same_again_changes_nothing(said: list[Said]) -> None:
    found = compare_claims(claims(*said), claims(*said, version=2))
    assert (found.dropped, found.new, found.changed) == ((), (), ())
