"""Whether an article is about AI at all, by the words and the known names of its title and its beginning.

The words stand in `data/subject.tsv`, each line one sign in both languages; what a sign weighs is learned
(`python -m ingest.learning subject`) and lies beside the reader, of which it needs nothing. A name is one sign by what
it names: a model, a lab, a chip maker.
"""

import csv
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import ConfigError
from graph.records import Article, EntityType
from ingest.nlp.names import Gazetteer
from ingest.nlp.scorer import make_share
from ingest.nlp.tables import Tables

WORDS, WEIGHTS = "subject.tsv", "subject.json"
BIAS = "bias"
# So many characters are looked at, and the first line of these as a title; Japanese says as much in half.
BEGINNING = {"en": 1600, "ja": 800}
_TITLE = 120
# Who says less than this says too little to be judged.
_SHORTEST = {"en": 40, "ja": 20}
# More of a sign says no more.
_MOST = 8
# Names that speak for AI: things by their type, firms and who works there by the kind of firm. Google, Apple and their
# like stand in news of every sort and say nothing.
_THINGS_OF_AI = frozenset({EntityType.MODEL, EntityType.BENCHMARK, EntityType.HARDWARE, EntityType.DATASET})
_FIRMS = frozenset({"lab", "startup", "chip maker"})
_COLUMNS = ["sign", "en", "ja"]
_IN_TITLE = " in title"
Signs = Mapping[str, float]


class Subject:
    """Tells articles about AI from others, over the folder with `subject.tsv` and `models`.

    Raises ConfigError naming the file that is missing, cut or not well formed.
    """

    def __init__(self, data: Path, tables: Tables, gazetteer: Gazetteer) -> None:
        self.signs = SignFinder(data, tables, gazetteer)
        self._weights, self._least = read_weights(data / "models" / WEIGHTS)

    def is_about_ai(self, article: Article) -> bool:
        """Whether AI is what the article is about; what is too short to tell, or in no language that is read, is."""
        if len(article.text.strip()) < _SHORTEST.get(article.lang, math.inf):
            return True
        return weigh(self.signs.find(article.title, article.text, article.lang), self._weights) >= self._least


class SignFinder:
    """Finds the signs of a text: how often each stands in its beginning, and in its title."""

    def __init__(self, data: Path, tables: Tables, gazetteer: Gazetteer) -> None:
        self._patterns = dict(_read_words(data / WORDS))
        self._gazetteer = gazetteer
        self._named = dict(_sort_names(tables))

    def find(self, title: str, text: str, lang: str) -> Signs:
        """The signs that are there, each as the logarithm of one more than how often, to the base of two."""
        begun = find_beginning(title, text, lang)
        opening = begun.partition("\n")[0][:_TITLE]
        counts: dict[str, int] = {}
        for sign, pattern in self._patterns.items():
            counts[sign] = len(pattern.findall(begun))
            counts[f"{sign}{_IN_TITLE}"] = len(pattern.findall(opening))
        for name in self._gazetteer.find_names(begun, self._gazetteer.find_context(begun)):
            if name.entity.curated and (kind := self._named.get(name.entity.name)):
                counts[kind] = counts.get(kind, 0) + 1
        return {sign: math.log2(1 + min(count, _MOST)) for sign, count in counts.items() if count}


def find_beginning(title: str, text: str, lang: str) -> str:
    """The title, where the text does not begin with it, and the beginning of the text."""
    whole = text if text.startswith(title) else f"{title}\n{text}"
    return unicodedata.normalize("NFKC", whole[: BEGINNING.get(lang, BEGINNING["en"])])


def weigh(signs: Signs, weights: Mapping[str, float]) -> float:
    """How surely such signs stand in a text about AI, from 0 to 1."""
    total = weights[BIAS] + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
    return make_share(total)


def read_weights(path: Path) -> tuple[dict[str, float], float]:
    """Weights by sign, and from which score on a text is about AI. Raises ConfigError."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        weights = {str(sign): float(weight) for sign, weight in raw["weights"].items()}
        return {BIAS: weights[BIAS]} | weights, float(raw["least"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: not what tells articles about AI ({error}); install claimgraph again"
        raise ConfigError(message, subject=str(path)) from error


def _sort_names(tables: Tables) -> Iterator[tuple[str, str]]:
    """The sign that each name is, of those that are one."""
    firms = {
        row.entity.name: row.kind for row in tables.rows if row.entity.type is EntityType.COMPANY and row.kind in _FIRMS
    }
    for row in tables.rows:
        kind = firms.get(row.entity.name) or firms.get(row.of)
        if row.entity.type in _THINGS_OF_AI:
            yield row.entity.name, f"named {row.entity.type.value}"
        elif kind and row.entity.type in (EntityType.COMPANY, EntityType.PERSON):
            yield row.entity.name, f"named {kind}"


def _read_words(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}); install claimgraph again", subject=str(path)) from error
    if not rows or rows[0] != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        message = f"{path}: expected the columns {', '.join(_COLUMNS)}; install claimgraph again"
        raise ConfigError(message, subject=str(path))
    for sign, english, japanese in rows[1:]:
        yield sign, _make_pattern(_list_words(english), _list_words(japanese))


def _list_words(cell: str) -> list[str]:
    """The words of a cell, the longest first."""
    return sorted((word.strip() for word in cell.split(";") if word.strip()), key=len, reverse=True)


def _make_pattern(english: list[str], japanese: list[str]) -> re.Pattern[str]:
    """Whole words in any case, those in capitals (AI, GPU) only so; Japanese has no spaces to end a word."""
    capitals = [re.escape(word) for word in english if word[:2].isupper() or word[1:2] == "."]
    others = [re.escape(word) for word in english if re.escape(word) not in capitals]
    parts = [f"(?<![A-Za-z])(?:{'|'.join(capitals)})(?![A-Za-z])"] if capitals else []
    parts += [f"(?i:(?<![A-Za-z])(?:{'|'.join(others)})(?![A-Za-z]))"] if others else []
    return re.compile("|".join(parts + [re.escape(word) for word in japanese]))
