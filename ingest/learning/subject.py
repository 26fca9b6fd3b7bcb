"""What tells articles about AI from others, fitted: to own documents, off-topic items, and a read corpus if given.

Each text counts by a short, a longer and the whole beginning: an item of a feed and a long page are judged alike.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.errors import ConfigError
from ingest.learning.annotated import Document, iter_documents
from ingest.learning.calibrate import fit_logistic
from ingest.learning.sources import iter_corpus, read_corpus_outlets
from ingest.nlp.subject import BEGINNING, BIAS, SignFinder, Signs

LANGUAGES = ("en", "ja")
OFF_TOPIC, READ = "off_topic", "read.tsv"
# An outlet of the corpus with texts of every subject: it measures (bench/subject.py) and is not learned from.
MEASURES = "ukiuni"
_PARTS = (6, 3, 1)
_RIDGE = 3.0
# Both kinds count as much in the fit as so many texts.
_EACH = 500.0
# Signs in fewer texts say nothing.
_FEWEST = 5
# Of 149 texts about AI of outlets not learned from (`dev`, feeds; bench/subject.py) 146 pass; at 0.5, 144. To set
# aside what is about AI is worse than to read what is not.
_LEAST = 0.45


@dataclass(frozen=True, slots=True)
class Example:
    """A text and whether it is about AI."""

    title: str
    text: str
    lang: str
    about: bool


def iter_examples(data: Path, corpus: Path | None) -> Iterator[Example]:
    """The texts to learn from: all own ones, and of a corpus those of `train`. Raises ConfigError, ParseError."""
    folder = data / "documents" / OFF_TOPIC
    read = read_verdicts(folder / READ)
    for lang in LANGUAGES:
        yield from _take(iter_documents(data / "documents" / lang), read)
        yield from read_items(folder / f"{lang}.jsonl", lang)
    if corpus:
        outlets = read_corpus_outlets(corpus)
        yield from _take((one for one in iter_corpus(corpus, "train") if outlets[one.name] != MEASURES), read)


def read_items(path: Path, lang: str) -> Iterator[Example]:
    """Off-topic items, one a line. Raises ConfigError naming the line that is none."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                item = json.loads(line)
                yield Example(str(item["title"]), str(item["text"]), lang, about=False)
            except (ValueError, KeyError, TypeError) as error:
                message = f"{path} line {number}: an item has day, title and text ({error})"
                raise ConfigError(message, subject=str(path)) from error


def read_verdicts(path: Path) -> dict[str, str]:
    """Texts by name that a reader found not to be about AI (`no`), or could not tell (`unclear`); others by `yes`."""
    with path.open(encoding="utf-8", newline="") as file:
        return dict(list(csv.reader(file, delimiter="\t"))[1:])


def fit_subject(finder: SignFinder, examples: Sequence[Example]) -> dict[str, object]:
    """What `subject.json` holds."""
    kinds = Counter(one.about for one in examples)
    rows: list[tuple[Signs, bool, float]] = []
    for one in examples:
        parts = [finder.find("", part, one.lang) for part in _cut(one)]
        rows += [(signs, one.about, _EACH / kinds[one.about] / len(parts)) for signs in parts]
    seen = Counter(sign for signs, _, _ in rows for sign in signs)
    names = sorted(sign for sign, count in seen.items() if count >= _FEWEST)
    z = np.array([[signs.get(name, 0.0) for name in names] + [1.0] for signs, _, _ in rows])
    about, counts = np.array([about for _, about, _ in rows], float), np.array([count for _, _, count in rows])
    found = [round(float(weight), 4) for weight in fit_logistic(z, about, _RIDGE, counts)]
    weights: Mapping[str, float] = {BIAS: found[-1]} | dict(zip(names, found, strict=False))
    return {"texts": {"about AI": kinds[True], "others": kinds[False]}, "least": _LEAST, "weights": weights}


def _take(documents: Iterator[Document], read: Mapping[str, str]) -> Iterator[Example]:
    for one in documents:
        verdict = read.get(one.name, "yes")
        if verdict != "unclear" and one.lang in LANGUAGES:
            yield Example("", one.text, one.lang, verdict == "yes")


def _cut(one: Example) -> list[str]:
    """The beginnings of a text; a short text has fewer."""
    whole = f"{one.title}\n{one.text}" if one.title else one.text
    lengths = [BEGINNING[one.lang] // part for part in _PARTS]
    return [whole[:length] for length in lengths if length == lengths[0] or len(whole) > length // 2]
