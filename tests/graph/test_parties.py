"""How the parties of a claim were found, by the names in its article."""

from dataclasses import replace

from graph.parties import PartyFound, Role, Way, find_parties
from graph.records import Mention
from tests.contract.builders import DEEPSEEK, OPENAI, Said, make_extraction

STORY = make_extraction(
    Said("Open AI met reporters."),
    Said("It said DeepSeek distilled it.", object="OpenAI", speakers=("OpenAI", "an unnamed aide")),
)
CLAIM = STORY.claims[1]
START = CLAIM.span[0]
BEFORE = Mention(OPENAI.id, (0, 7), "Open AI")
HERE = Mention(DEEPSEEK.id, (START + 8, START + 16), "DeepSeek")


def test_each_party_says_by_which_words() -> None:
    assert find_parties(CLAIM, (BEFORE, HERE)) == (
        PartyFound(Role.SUBJECT, "DeepSeek", Way.NAMED, "DeepSeek"),
        PartyFound(Role.OBJECT, "OpenAI", Way.BEFORE, "Open AI"),
        PartyFound(Role.SPEAKER, "OpenAI", Way.BEFORE, "Open AI"),
        PartyFound(Role.SPEAKER, "an unnamed aide", Way.DESCRIBED, "an unnamed aide"),
    )


def test_the_name_before_the_sentence_is_told_rather_than_one_after_it() -> None:
    after = Mention(OPENAI.id, (CLAIM.span[1] + 1, CLAIM.span[1] + 7), "OpenAI")
    found = find_parties(CLAIM, (after, BEFORE, HERE))
    assert found[1].words == "Open AI"
    assert find_parties(CLAIM, (after, HERE))[1].words == "OpenAI"


def test_a_party_without_any_name_in_the_text_is_unsaid() -> None:
    assert find_parties(replace(CLAIM, claimants=()), (HERE,))[1] == PartyFound(Role.OBJECT, "OpenAI", Way.UNSAID, "")
