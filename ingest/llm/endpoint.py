"""Where a language model answers and how it may be asked, and what its answers are."""

from dataclasses import dataclass

# About four characters of English prose are a token, or one of kana or kanji; overrated, so that nothing is cut.
_LATIN = 3.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks `/chat/completions`.

    url           up to the version: `http://127.0.0.1:11434/v1`
    key           empty where the server asks for none
    tokens_a_day  asked and answered, by days in UTC
    context       tokens that the model takes and gives at once
    parallel      requests at a time
    timeout       seconds for one answer
    tries         requests for one answer before it is given up for now
    """

    url: str
    model: str
    key: str = ""
    tokens_a_day: int = 200_000
    context: int = 16_384
    parallel: int = 4
    timeout: float = 300.0
    tries: int = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked once: the guideline, the framed text, and the tokens that the answer may have at the most."""

    system: str
    user: str
    most: int

    @property
    def size(self) -> int:
        """Tokens of question and longest answer, overrated."""
        return count_tokens(self.system) + count_tokens(self.user) + self.most


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    cut    it stopped since it had its length, not since it was done
    fresh  it was paid for just now, not taken out of the ledger
    """

    text: str
    cut: bool
    asked: int
    answered: int
    fresh: bool = True


def count_tokens(text: str) -> int:
    """About how many tokens a text is; rather more than less."""
    latin = sum(char < "\u0250" for char in text)
    return int(latin / _LATIN + (len(text) - latin)) + 1
