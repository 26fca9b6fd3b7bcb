"""Who makes a thing, as articles say in passing beside its name."""

from dataclasses import replace

import pytest

from graph.background import make_background
from graph.ids import make_entity_id
from graph.matters.makers import find_named_makers
from graph.records import ArticleKind, ClaimType, Entity, EntityType, Modality, Party, Predicate, Relation, Tie
from graph.utterances import Utterance
from tests.graph.telling import make_article, tell

_KINDS = {
    "Wembrook": EntityType.COMPANY,
    "Halvane": EntityType.COMPANY,
    "Tallis 2": EntityType.MODEL,
    "Korvo": EntityType.MODEL,
}
_IDS = {name: make_entity_id(name) for name in _KINDS}
_WORLD = make_background([Entity(_IDS[name], name, kind) for name, kind in _KINDS.items()], [])


def _tell(text: str, source: str = "Ledger", slug: str = "1") -> Utterance:
    kind = ArticleKind.PRESS_RELEASE if source in _KINDS else ArticleKind.NEWS
    one = tell(
        make_article(source, text=text, slug=slug, kind=kind),
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    )
    subject, other = (Party(name, _IDS[name]) for name in ("Tallis 2", "Korvo"))
    return replace(one, claim=replace(one.claim, subject=subject, object=other))


def _name(firm: str) -> Utterance:
    one = tell(make_article("Nippo", slug=firm))
    return replace(one, claim=replace(one.claim, subject=Party(firm, _IDS[firm]), object=None))


def _find(*told: Utterance) -> list[tuple[str, str]]:
    names = {id: name for name, id in _IDS.items()}
    found = find_named_makers((*told, _name("Wembrook"), _name("Halvane")), _WORLD)
    return [(names[tie.subject], names[tie.object]) for tie in found]


@pytest.mark.parametrize(
    "text",
    [
        "Wembrook's Tallis 2 leads.",
        "Wembrook's new driving system, Tallis 2 by name, leads. Tallis 2, Wembrook's driving system, did it.",
        "Tallis 2, which is made by Norway's Wembrook, leads.",
        "Tallis 2, the routing model of Norway's Wembrook, leads.",
        "ウェンブルックが勝った。Wembrookの経路モデル「Tallis 2」が首位。",
        "Wembrookが開発した「Tallis 2」が首位。",
        "経路の「Tallis 2」を手がけるWembrookが首位。",
    ],
)
def test_the_maker_stands_beside_the_thing(text: str) -> None:
    assert _find(_tell(text)) == [("Wembrook", "Tallis 2")]


@pytest.mark.parametrize(
    "text",
    [
        "Wembrook's rival Tallis 2 leads.",
        "Wembrook's use of Tallis 2 is known.",
        "Wembrook's Tallis 2 tests were short.",
        "Tallis 2, a competitor of Wembrook, leads.",
        "Wembrookの競合モデル「Tallis 2」が首位。",
        "Wembrook says that Tallis 2 leads.",
        "Our Tallis 2 leads.",
        "Wembrook's model outscored Tallis 2.",
        "Wembrook's researchers say Tallis 2 fails.",
        "Wembrook's engineers prefer Tallis 2.",
        "Wembrook's test showed Tallis 2 behind.",
        "Tallis 2, a favorite of Wembrook, leads.",
        "Tallis 2, a model used by Wembrook, leads.",
        "Tallis 2, Wembrook's favorite model, leads.",
        "Wembrook's engineers love chatbot Tallis 2.",
        "Unlike Wembrook's model, Tallis 2 leads.",
        "Unlike Tallis 2, Wembrook's model, a fast one, leads.",
        "Like Tallis 2, a model from Wembrook leads.",
        "Tallis 2, Wembrook's model, and a third were tested.",
        "Wembrookが開発したテストでTallis 2が首位。",
        "Wembrookの社員はTallis 2を使う。",
        "WembrookのTallis 2利用は続く。",
        "Wembrookが設計する装置がTallis 2を積む。",
    ],
)
def test_who_else_stands_beside_it_is_no_maker(text: str) -> None:
    assert _find(_tell(text)) == []


@pytest.mark.parametrize("text", ["Wembrook's new Korvo outscored Tallis 2.", "WembrookのKorvoとTallis 2を比べた。"])
def test_who_makes_one_of_two_does_not_make_the_other(text: str) -> None:
    assert _find(_tell(text)) == [("Wembrook", "Korvo")]


def test_on_a_firm_s_own_page_ours_may_be_another() -> None:
    assert _find(_tell("Unlike Tallis 2, our model is small.", "Wembrook")) == []


@pytest.mark.parametrize("text", ["It came out of Tallis 2, our fourth model.", "当社の「Tallis 2」が首位。"])
def test_on_a_firm_s_own_page_ours_is_its_own(text: str) -> None:
    assert _find(_tell(text, "Wembrook")) == [("Wembrook", "Tallis 2")]


def test_a_thing_of_two_is_nobody_s() -> None:
    assert _find(_tell("Wembrook's Tallis 2 leads."), _tell("Halvane's Tallis 2 leads.", slug="2")) == []


def test_who_has_a_maker_gets_no_other() -> None:
    made = Tie(_IDS["Halvane"], Relation.MAKES, _IDS["Tallis 2"], "a table")
    world = make_background(_WORLD.entities.values(), [made])
    assert find_named_makers([_tell("Wembrook's Tallis 2 leads."), _name("Wembrook")], world) == ()
