"""What a reader found in texts that it had not learned from, right and wrong: from that it learns to proofread.

Of texts that it learned from nearly all that it finds is right, so they teach nothing here. What one reader found may
teach a later one, whose lower layers differ little: more texts teach more (decision 24).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from graph.errors import ConfigError
from ingest.learning.weighing import Texts, weigh
from ingest.nlp.finder import LearnedFinder
from ingest.nlp.load import load_extractor
from ingest.nlp.network import SCORER, Network
from ingest.nlp.proof import ROLES, Array, Marked, name_views
from ingest.nlp.scorer import Scorer, Signs

Say = Callable[[str], None]
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Example:
    """A claim that a reader found in a text that it had not learned from; labels as `Weighed` has them.

    signs  those of its score, without what is seen of it whole
    """

    claim: Marked
    signs: Signs
    met: bool
    right: bool
    core: bool


class _Recorder:
    """Keeps what is to be proofread; the first that is seen of a claim is the number under which it is kept."""

    def __init__(self) -> None:
        self.claims: list[Marked] = []

    def view(self, claims: Sequence[Marked]) -> Array:
        first = len(self.claims)
        self.claims += claims
        return np.arange(first, len(self.claims), dtype=np.float32)[:, None]


def find_examples(data: Path, reader: Path, texts: Texts) -> list[Example]:
    """What the reader in a folder finds in texts that it has not learned from."""
    recorder, scorer = _Recorder(), Scorer(reader / SCORER)
    extractor = load_extractor(data, LearnedFinder(Network(reader), recorder))
    (number,) = name_views([0])
    return [
        Example(
            recorder.claims[round(one.signs[number])],
            {name: value for name, value in one.signs.items() if name != number},
            one.met,
            one.right,
            one.core,
        )
        for one in weigh(extractor, scorer, texts)
    ]


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Examples as one file of arrays; a sentence that several claims share stands there once."""
    sentences = {id(one.claim.below): one.claim.below for one in examples}
    number = {key: n for n, key in enumerate(sentences)}
    signs = sorted({name for one in examples for name in one.signs})
    places = [[place or (_NOWHERE, _NOWHERE) for place in one.claim.places] for one in examples]
    held: dict[str, NDArray[np.generic]] = {
        "below": np.concatenate([*sentences.values()]).astype(np.float16),
        "long": np.array([len(below) for below in sentences.values()], np.int32),
        "look": np.concatenate([one.claim.look for one in examples]).astype(np.float16),
        "sentence": np.array([number[id(one.claim.below)] for one in examples], np.int32),
        "begin": np.array([one.claim.begin for one in examples], np.int32),
        "predicate": np.array([one.claim.predicate for one in examples], np.int32),
        "places": np.array(places, np.int32).reshape(len(examples), len(ROLES), 2),
        "names": np.array(signs),
        "signs": np.array([[one.signs.get(name, 0.0) for name in signs] for one in examples], np.float32),
        "labels": np.array([(one.met, one.right, one.core) for one in examples], np.bool_),
    }
    # By its name alone numpy would put .npz behind it.
    with path.open("wb") as file:
        np.savez(file, **held)  # type: ignore[arg-type]


def read_examples(path: Path) -> list[Example]:
    """Raises ConfigError for a file that holds none."""
    try:
        with path.open("rb") as file, np.load(file) as stored:
            return _make_examples({name: stored[name] for name in stored.files})
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError, BadZipFile) as error:
        raise ConfigError(f"{path}: no claims that `claims` wrote ({error})", subject=str(path)) from error


def _make_examples(held: Mapping[str, NDArray[Any]]) -> list[Example]:
    ends = np.cumsum(held["long"])
    sentences = np.split(held["below"], ends[:-1])
    own = held["long"][held["sentence"]] - held["begin"]
    looks = np.split(held["look"], np.cumsum(own)[:-1])
    return [
        Example(
            Marked(
                sentences[held["sentence"][n]],
                int(held["begin"][n]),
                look,
                int(held["predicate"][n]),
                tuple((int(a), int(b)) if a != _NOWHERE else None for a, b in held["places"][n]),
            ),
            {str(name): float(value) for name, value in zip(held["names"], held["signs"][n], strict=True) if value},
            *map(bool, held["labels"][n]),
        )
        for n, look in enumerate(looks)
    ]
