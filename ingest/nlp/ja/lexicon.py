"""The word lists of lexicon.toml, read once."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "lexicon.toml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """particles: endings of a phrase with the case each amounts to; words: named lists; methods: ways to train."""

    particles: dict[str, str]
    words: dict[str, tuple[str, ...]]
    methods: dict[str, str]

    def has(self, name: str, word: str) -> bool:
        """Whether a list holds a word, or a word that ends in one of its entries of two characters or more."""
        return any(word == entry or (len(entry) > 1 and word.endswith(entry)) for entry in self.words[name])

    def is_one(self, name: str, word: str) -> bool:
        """Whether a list holds exactly this word."""
        return word in self.words[name]


def load_lexicon(path: Path = _FILE) -> Lexicon:
    tables = tomllib.loads(path.read_text("utf-8"))
    return Lexicon(
        tables["particles"], {name: tuple(words) for name, words in tables["words"].items()}, tables["methods"]
    )


LEXICON = load_lexicon()
