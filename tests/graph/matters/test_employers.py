"""Whom a speaker works for, as articles say beside the name."""

from dataclasses import replace

import pytest

from graph.background import make_background
from graph.ids import make_entity_id
from graph.matters.employers import find_named_employers
from graph.records import ArticleKind, Claimant, Entity, EntityType, Party, Relation, Tie
from graph.utterances import Utterance
from tests.graph.telling import make_article, tell

_KINDS = {"Wembrook": EntityType.COMPANY, "Halvane": EntityType.COMPANY, "Ivo Tarn": EntityType.PERSON}
_IDS = {name: make_entity_id(name) for name in _KINDS}
_WORLD = make_background([Entity(_IDS[name], name, kind) for name, kind in _KINDS.items()], [])


def _tell(text: str, source: str = "Ledger") -> Utterance:
    kind = ArticleKind.PRESS_RELEASE if source in _KINDS else ArticleKind.NEWS
    one = tell(make_article(source, text=text, kind=kind))
    subject, other, speaker = (Party(name, _IDS[name]) for name in _KINDS)
    return replace(one, claim=replace(one.claim, subject=subject, object=other, claimants=(Claimant(speaker),)))


def _find(text: str, source: str = "Ledger") -> list[str]:
    names = {id: name for name, id in _IDS.items()}
    return [names[tie.object] for tie in find_named_employers([_tell(text, source)], _WORLD)]


@pytest.mark.parametrize(
    "text",
    [
        "Halvane and Wembrook spokesman Ivo Tarn met.",
        "It is untrue, Wembrook's general counsel, Ivo Tarn, said.",
        "Ivo Tarn, Wembrook's head of research, said so.",
        "Ivo Tarn, a partner at Wembrook, said so.",
        "Ivo Tarn of Wembrook said so.",
        "Ivo Tarn, who runs Wembrook, said so.",
        "Wembrookの主任研究員、Ivo Tarn氏は否定した。",
        "Wembrook創業者のIvo Tarn氏は否定した。",
    ],
)
def test_who_employs_a_speaker_stands_beside_the_name(text: str) -> None:
    assert _find(text) == ["Wembrook"]


@pytest.mark.parametrize(
    "text",
    [
        "Wembrook's former head of research, Ivo Tarn, said so.",
        "Ivo Tarn, a former engineer at Wembrook, said so.",
        "Ivo Tarn, a customer of Wembrook, said so.",
        "Ivo Tarn told Wembrook.",
        "That is wrong, says Wembrook. Ivo Tarn left.",
        "Wembrook and Ivo Tarn agreed.",
        "Wembrookの元研究員、Ivo Tarn氏は否定した。",
        "Wembrookを批判したIvo Tarn氏は否定した。",
    ],
)
def test_who_only_has_to_do_with_a_firm_does_not_speak_for_it(text: str) -> None:
    assert _find(text) == []


def test_on_its_own_page_a_firm_says_our() -> None:
    assert _find('"No," said Ivo Tarn, our chief scientist.', "Wembrook") == ["Wembrook"]
    assert _find('"No," says our founder, Ivo Tarn.', "Wembrook") == ["Wembrook"]
    assert _find('"No," said Ivo Tarn, our chief scientist.') == []


def test_whose_employer_is_known_is_not_looked_for() -> None:
    tie = Tie(_IDS["Ivo Tarn"], Relation.WORKS_FOR, _IDS["Halvane"], "table")
    known = make_background(_WORLD.entities.values(), [tie])
    assert find_named_employers([_tell("Ivo Tarn of Wembrook said so.")], known) == ()
