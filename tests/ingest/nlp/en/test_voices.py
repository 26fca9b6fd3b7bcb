"""Whose words a claim is, and how firm it stays, in the many ways that texts credit and hedge."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[str]]

_DEAL = "acquired: Apple > Mistral AI"
CREDITED = [
    ("Apple acquired Mistral AI, a filing shows.", f"{_DEAL} by filing"),
    ("Apple acquired Mistral AI, documents seen by Reuters show.", f"{_DEAL} by documents"),
    ("Apple acquired Mistral AI, per two employees.", f"{_DEAL} by two employees"),
    ("Apple acquired Mistral AI, Bloomberg has learned.", f"{_DEAL} by Bloomberg"),
    ("Apple acquired Mistral AI, Bloomberg reported, quoting two bankers.", f"{_DEAL} by Bloomberg / two bankers"),
    ("Apple acquired Mistral AI, Reuters learned from three sources.", f"{_DEAL} by Reuters / three sources"),
    ("Apple acquired Mistral AI, if Bloomberg is right.", f"{_DEAL} by Bloomberg"),
    ("Apple acquired Mistral AI, if you believe Bloomberg.", f"{_DEAL} by Bloomberg"),
    ("By Bloomberg's account, Apple acquired Mistral AI.", f"{_DEAL} by Bloomberg"),
    ("Apple acquired Mistral AI: sources", f"{_DEAL} by sources"),
    ("Sam Altman is convinced that Apple acquired Mistral AI.", f"{_DEAL} by Sam Altman"),
    ("A report by Bloomberg shows that Apple acquired Mistral AI.", f"{_DEAL} by Bloomberg"),
    ("Apple acquired Mistral AI, the Korean rival grumbled.", f"{_DEAL} by Korean rival"),
]
HEDGED = [
    ("Rumour has it that Apple acquired Mistral AI.", f"{_DEAL} reported"),
    ("Word is that Apple acquired Mistral AI.", f"{_DEAL} reported"),
    ("As the story goes, Apple acquired Mistral AI.", f"{_DEAL} reported"),
    ("Apple, we are told, acquired Mistral AI.", f"{_DEAL} reported"),
    ("It has been whispered that Apple acquired Mistral AI.", f"{_DEAL} reported"),
    ("Rumour: Apple acquired Mistral AI", f"{_DEAL} reported"),
    ("The valley is abuzz with gossip that Apple acquired Mistral AI.", f"{_DEAL} reported"),
    ("My bet: Apple acquired Mistral AI", f"{_DEAL} speculated"),
    ("In all likelihood Apple acquired Mistral AI.", f"{_DEAL} speculated"),
    ("My guess is that Apple acquired Mistral AI.", f"{_DEAL} speculated"),
    ("Chances are that Apple acquired Mistral AI.", f"{_DEAL} speculated"),
    ("Emails indicate that Apple acquired Mistral AI.", f"{_DEAL} by Emails speculated"),
    ("It is far from clear that Apple acquired Mistral AI.", f"{_DEAL} questioned"),
    ("It remains to be seen whether Apple acquired Mistral AI.", f"{_DEAL} questioned"),
    ("Apple is in talks to acquire Mistral AI, Reuters reported.", f"{_DEAL} by Reuters reported"),
    ("Apple is in talks to acquire Mistral AI.", f"{_DEAL} predicted"),
    ("Apple is on track to acquire Mistral AI.", f"{_DEAL} predicted"),
    ("Apple said to plan to acquire Mistral AI", f"{_DEAL} predicted"),
    ("Apple is acquiring Mistral AI.", f"{_DEAL} predicted"),
    ("Ilya Sutskever is leaving OpenAI.", "left: Ilya Sutskever > OpenAI predicted"),
    ("Rumours that Apple acquired Mistral AI are wide of the mark.", f"{_DEAL} denied"),
    ("Reports that Apple acquired Mistral AI are premature.", f"{_DEAL} denied"),
]


@pytest.mark.parametrize(("sentence", "claim"), CREDITED, ids=[case[0][:60] for case in CREDITED])
def test_source_is_credited(read: Read, sentence: str, claim: str) -> None:
    assert read(sentence) == [claim]


@pytest.mark.parametrize(("sentence", "claim"), HEDGED, ids=[case[0][:60] for case in HEDGED])
def test_claim_stays_as_weak_as_its_sentence(read: Read, sentence: str, claim: str) -> None:
    assert read(sentence) == [claim]
