"""What clauses are embedded in: verbs and nouns of saying, guessing, accusing, … from acts.toml."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.nlp.ja.phrases import Phrase

_FILE = Path(__file__).parent / "acts.toml"


class Act(StrEnum):
    """What an embedding word does to its clause."""

    SAYS = "says"
    NEUTRAL = "neutral"
    REPORTED = "reported"
    GUESSES = "guesses"
    PREDICTS = "predicts"
    ACCUSES = "accuses"
    DENIES = "denies"
    ASKS = "asks"
    BELIES = "belies"


# Of two entries that fit a word the longer wins; of equals the one that leaves the clause weaker.
_WEAKEST_FIRST = (
    Act.BELIES,
    Act.DENIES,
    Act.ASKS,
    Act.ACCUSES,
    Act.PREDICTS,
    Act.GUESSES,
    Act.REPORTED,
    Act.SAYS,
    Act.NEUTRAL,
)


@dataclass(frozen=True)
class Acts:
    """The tables of acts.toml."""

    verbs: dict[str, Act]
    nouns: dict[str, Act]
    tails: dict[str, re.Pattern[str]]
    adverbs: dict[str, re.Pattern[str]]
    abandons: frozenset[str]
    labels: dict[str, re.Pattern[str]]

    def find_verb(self, phrase: Phrase) -> Act | None:
        """The act of a verb phrase, or None when it is no verb of saying or thinking."""
        if phrase.kind == "名詞" and not phrase.action and phrase.head not in self.verbs:
            return None
        if phrase.core in ("する", "す", ""):
            return Act.REPORTED if phrase.is_passive else Act.SAYS if phrase.tail.startswith(("て", "た")) else None
        return _lookup(self.verbs, phrase.core)

    def find_noun(self, head: str) -> Act | None:
        return _lookup(self.nouns, head)

    def is_speech(self, phrase: Phrase) -> bool:
        return self.find_verb(phrase) is not None or self.find_noun(phrase.head) is not None

    def is_noun_act(self, head: str) -> bool:
        return self.find_noun(head) is not None


def _lookup(table: dict[str, Act], word: str) -> Act | None:
    for start in range(len(word)):
        act = table.get(word[start:])
        if act and (start == 0 or len(word) - start > 1):
            return act
    return None


def load_acts(path: Path = _FILE) -> Acts:
    tables = tomllib.loads(path.read_text("utf-8"))
    verbs = {word: act for act in reversed(_WEAKEST_FIRST) for word in tables.get(act, ())}
    nouns = {word: act for act in reversed(_WEAKEST_FIRST) for word in tables["nouns"].get(act, ())}
    tails = {name: re.compile("|".join(patterns)) for name, patterns in tables["tails"].items()}
    adverbs = {name: re.compile("|".join(map(re.escape, words))) for name, words in tables["adverbs"].items()}
    labels = {name: _compile_label(words) for name, words in tables["labels"].items()}
    return Acts(verbs, nouns, tails, adverbs, frozenset(tables["abandons"]), labels)


def _compile_label(words: list[str]) -> re.Pattern[str]:
    """A word in brackets at either end of a line: 【噂】…, …(未確認)."""
    inner = "|".join(map(re.escape, words))
    return re.compile(rf"^\s*[【\[［(（〈](?:{inner})[】\]］)）〉]|[【\[［(（〈](?:{inner})[】\]］)）〉]。?\s*$")


ACTS = load_acts()
