"""How firmly a person may put what a sentence says: no more firmly than the words around the stating ones."""

from dataclasses import replace

import pytest

from commands.judging import find_bounds
from graph.errors import JudgementRefused
from graph.judging.making import check_firmness, make_judgement
from graph.records import Claim, Cue, CueKind, Field, Fix, Judgement, JudgementKind, Modality, Polarity
from tests.contract.builders import NOON, Said, make_extraction

FIRM = (Fix(Field.MODALITY, "alleged"),)


def make_claim(text: str, words: str, lang: str = "en", modality: Modality = Modality.SPECULATED) -> Claim:
    [claim] = make_extraction(Said(text, object="OpenAI", modality=modality), lang=lang).claims
    place = text.find(words)
    return replace(claim, cues=(Cue(CueKind.TRIGGER, (place, place + len(words)), words),))


def judge(claim: Claim, *should: Fix) -> Judgement:
    return make_judgement(JudgementKind.MISREAD, (), "ann", NOON, "it says so", claims=[claim.id], should=should)


@pytest.mark.parametrize(
    ("text", "words", "lang"),
    [
        ("DeepSeek may have distilled OpenAI.", "distilled", "en"),
        ("DeepSeekはOpenAIを蒸留したかもしれない。", "蒸留", "ja"),
    ],
)
def test_words_that_weaken_let_nobody_put_it_more_firmly(text: str, words: str, lang: str) -> None:
    claim = make_claim(text, words, lang)
    with pytest.raises(JudgementRefused, match="speculated at most"):
        check_firmness(judge(claim, *FIRM), [claim], find_bounds)
    check_firmness(judge(claim, Fix(Field.MODALITY, "questioned")), [claim], find_bounds)
    check_firmness(judge(claim, Fix(Field.SUBJECT, "R1")), [claim], find_bounds)


def test_where_no_word_weakens_it_may_be_put_firmly() -> None:
    claim = make_claim("OpenAI says that DeepSeek distilled its models.", "distilled")
    check_firmness(judge(claim, *FIRM), [claim], find_bounds)


def test_a_denial_of_an_accusation_is_not_made_an_accusation() -> None:
    claim = make_claim("DeepSeek never distilled OpenAI.", "distilled", modality=Modality.ASSERTED)
    denied = replace(claim, polarity=Polarity.DENIED)
    with pytest.raises(JudgementRefused, match="denies it"):
        check_firmness(judge(denied, Fix(Field.POLARITY, "affirmed")), [denied], find_bounds)


def test_of_another_predicate_nothing_says_which_words_state_it() -> None:
    claim = make_claim("DeepSeek may have distilled OpenAI.", "distilled")
    new = judge(claim, *FIRM, Fix(Field.PREDICATE, "took_technology_from"))
    check_firmness(new, [claim], find_bounds)
