import re
from dataclasses import replace

import pytest

from graph.answers.queries import view_claims
from graph.records import Modality, Predicate, Quantity
from graph.stores.sqlite import SqliteStore
from graph.views import ClaimView, PartyView
from tests.web.story import BETTER, CHAINED, COST, SPENDING
from web.language.reading import read_claim, say_claim
from web.language.wording import LANGUAGES, get_words

EN, JA = get_words("en"), get_words("ja")


@pytest.fixture
def views(store: SqliteStore) -> dict[str, ClaimView]:
    return {view.id: view for view in view_claims(store, [BETTER.id, CHAINED.id, COST.id, SPENDING.id])}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_claim_reads_in_the_order_of_its_language(views: dict[str, ClaimView]) -> None:
    assert say_claim(views[CHAINED.id], EN) == "DeepSeek took data out of OpenAI"
    assert say_claim(views[CHAINED.id], JA) == "DeepSeekがOpenAIからデータを持ち出した"
    assert say_claim(views[BETTER.id], EN) == "DeepSeek-R1 does better than OpenAI o1 on AIME 2024"
    assert say_claim(views[BETTER.id], JA) == "DeepSeek-R1はAIME 2024でOpenAI o1を上回る"


def test_what_is_not_there_leaves_no_gap(views: dict[str, ClaimView]) -> None:
    alone = replace(views[CHAINED.id], object=None, predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    assert say_claim(alone, EN) == "DeepSeek took technology from others"
    assert say_claim(alone, JA) == "DeepSeekが他者の技術を盗用した"


def test_a_plan_does_not_read_like_a_deed(views: dict[str, ClaimView]) -> None:
    sued = replace(views[CHAINED.id], predicate=Predicate.SUED)
    planned = replace(sued, modality=Modality.PREDICTED)
    assert [say_claim(view, EN) for view in (sued, planned)] == ["DeepSeek sued OpenAI", "DeepSeek will sue OpenAI"]
    assert [say_claim(view, JA) for view in (sued, planned)] == [
        "DeepSeekがOpenAIを提訴した",
        "DeepSeekがOpenAIを提訴する見込み",
    ]


def test_a_figure_is_named_by_its_measure(views: dict[str, ClaimView]) -> None:
    assert plain(say_claim(views[COST.id], EN)) == "DeepSeek-V3: training cost about US$5.6 million"
    assert plain(say_claim(views[COST.id], JA)) == "DeepSeek-V3の訓練費は約560万ドル"
    without = replace(views[COST.id], quantity=None)
    assert say_claim(without, EN) == "DeepSeek-V3 costs …"
    assert say_claim(without, JA) == "DeepSeek-V3の費用は…"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("predicate", Predicate)
def test_everything_in_a_claim_is_read_once(views: dict[str, ClaimView], lang: str, predicate: Predicate) -> None:
    whole = replace(
        views[CHAINED.id],
        predicate=predicate,
        benchmark=PartyView("AIME", None),
        quantity=Quantity("score", 7, "points"),
    )
    for modality in (Modality.ASSERTED, Modality.PREDICTED):
        for claim in (whole, replace(whole, quantity=None), replace(whole, object=None, benchmark=None, quantity=None)):
            parts = read_claim(replace(claim, modality=modality), get_words(lang))
            places = sorted(part.place for part in parts if part.place)
            there = {"subject": True, "object": claim.object, "benchmark": claim.benchmark, "quantity": claim.quantity}
            assert places == sorted(place for place, found in there.items() if found)
            assert not re.search(r"[\[\]{}|]|  ", "".join(part.text or "X" for part in parts))
