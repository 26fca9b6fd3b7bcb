"""The word lists of lexicon.toml, as sets."""

import tomllib
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from graph.records import EntityType

_PATH = Path(__file__).with_name("lexicon.toml")


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of the lexicon. Raises KeyError for a list it does not have."""
    return frozenset(_load()[section][name])


@cache
def find_kinds(noun: str) -> frozenset[EntityType]:
    """The types of entity a common noun can stand for; empty when it stands for none."""
    kinds = {kind for kind in EntityType if kind.value in _load()["nouns"] and noun in words("nouns", kind.value)}
    return frozenset(kinds)


@cache
def find_nation(adjective: str) -> str:
    """The country (ISO 3166) of a nationality in lower case; empty when it is none."""
    return next((country for country, forms in _load()["nations"].items() if adjective in forms), "")


def get_noun(token: Token) -> str:
    """The dictionary form of a noun, of `GPUs` too, which the tagger leaves as it stands for a name."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-1]
    return lemma


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_PATH.read_text("utf-8"))
