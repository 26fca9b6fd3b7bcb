"""Where English sentences end."""

import pytest

from ingest.nlp.en.split import split_sentences

CASES: tuple[tuple[str, list[str]], ...] = (
    ("Acme paid $5.6 million. It won.", ["Acme paid $5.6 million.", "It won."]),
    ("The U.S. government sued. Acme lost.", ["The U.S. government sued.", "Acme lost."]),
    ("Acme Inc. sued Beta Corp. The case goes on.", ["Acme Inc. sued Beta Corp.", "The case goes on."]),
    ("Dr. Doe and Mr. Roe met. They talked.", ["Dr. Doe and Mr. Roe met.", "They talked."]),
    ("It ranked No. 2 in May. Then it fell.", ["It ranked No. 2 in May.", "Then it fell."]),
    ('"We won." She left.', ['"We won."', "She left."]),
    ('"Did it win?" he asked. No.', ['"Did it win?" he asked.', "No."]),
    ("* Acme won. Beta lost.", ["Acme won.", "Beta lost."]),
    ("> **Acme won.**", ["Acme won."]),
    ("1. Acme released Foo 2.0 today.", ["Acme released Foo 2.0 today."]),
    ("# Acme unveils Foo", ["Acme unveils Foo"]),
    ("Version 3.5 beats version 3.", ["Version 3.5 beats version 3."]),
    ("J. Doe founded Acme. It grew.", ["J. Doe founded Acme.", "It grew."]),
    ("   ", []),
    ("- **Acme Ships Foo Early**: The firm was in a hurry.", ["Acme Ships Foo Early", "The firm was in a hurry."]),
    (
        "- [**Acme Ships Foo Early**](https://a.example/1): **Foo** is a small model.",
        ["Acme Ships Foo Early", "Foo** is a small model."],
    ),
    (
        "- **Foo is out now** (Score: 31, Comments: 4): The **Foo** model was shown today.",
        ["Foo is out now", "The **Foo** model was shown today."],
    ),
    (
        "- **[Foo is out now](https://a.example/1)** ([Score: 31, Comments: 4](https://a.example/2)): It is in use.",
        ["[Foo is out now](https://a.example/1)", "It is in use."],
    ),
    ("- **Price**: Three dollars for a million tokens.", ["Price**: Three dollars for a million tokens."]),
    ("- **Jo Doe**: The market will double in a year.", ["Jo Doe**: The market will double in a year."]),
    ("-Acme Hotels said on Monday it would open.", ["Acme Hotels said on Monday it would open."]),
    ("-5 degrees were measured.", ["-5 degrees were measured."]),
)


@pytest.mark.parametrize(("paragraph", "sentences"), CASES, ids=[case[0] for case in CASES])
def test_sentences_of_a_paragraph(paragraph: str, sentences: list[str]) -> None:
    assert [paragraph[start:end] for start, end in split_sentences(paragraph)] == sentences


def test_speech_without_stops_is_cut() -> None:
    speech = "so the model is good and it is fast " * 60
    pieces = split_sentences(speech)
    assert len(pieces) > 3
    assert max(end - start for start, end in pieces) < 1000
