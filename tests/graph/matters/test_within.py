"""One article that says both."""

from graph.matters.within import find_self_contradictions
from graph.records import ClaimType, Modality, Polarity, Predicate, PropositionId
from graph.utterances import Utterance
from tests.graph.telling import deny, make_article, tell

_ARTICLE = make_article(text="Qwen wins all five.\nOn AIME o1 is ahead.\nNobody else measured.")


def _ahead(
    text: str, subject: str, object: str, *speakers: str, predicate: Predicate = Predicate.OUTPERFORMS
) -> Utterance:
    return tell(
        _ARTICLE,
        *speakers,
        text=text,
        subject=subject,
        object=object,
        benchmark="AIME 2024",
        type=ClaimType.BENCHMARK,
        predicate=predicate,
        modality=Modality.ASSERTED,
    )


_ONE = _ahead("Qwen wins all five.", "Qwen2.5-Max", "OpenAI o1")
_OTHER = _ahead("On AIME o1 is ahead.", "OpenAI o1", "Qwen2.5-Max")


def test_ahead_and_behind_on_one_benchmark() -> None:
    [found] = find_self_contradictions([_OTHER, _ONE], {})
    assert (found.one, found.other, found.voice) == (_ONE.id, _OTHER.id, "Harbor Ledger")


def test_behind_said_the_other_way_round_is_the_same_order() -> None:
    behind = _ahead("On AIME o1 is ahead.", "OpenAI o1", "Qwen2.5-Max", predicate=Predicate.UNDERPERFORMS)
    assert find_self_contradictions([_ONE, behind], {}) == ()


def test_two_speakers_who_differ_are_a_dispute() -> None:
    other = _ahead("On AIME o1 is ahead.", "OpenAI o1", "Qwen2.5-Max", "OpenAI")
    assert find_self_contradictions([_ONE, other], {}) == ()


def test_affirmed_and_denied_in_one_voice() -> None:
    article = make_article(text="DeepSeek did it.\nDeepSeek did not.")
    yes = tell(article, text="DeepSeek did it.", modality=Modality.ASSERTED)
    no = deny(article, text="DeepSeek did not.")
    both = {yes.id: PropositionId("p1"), no.id: PropositionId("p1")}
    assert len(find_self_contradictions([yes, no], both)) == 1
    assert find_self_contradictions([yes, no], both | {no.id: PropositionId("p2")}) == ()
    assert no.claim.polarity is Polarity.DENIED
