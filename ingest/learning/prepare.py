"""What a training needs in one folder: rows of each set, the frozen embeddings, and the closed lists."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.errors import ConfigError
from ingest.learning.annotated import Document, iter_documents
from ingest.learning.base import LAYERS
from ingest.learning.calibrate import count_fits
from ingest.learning.export import write_shape
from ingest.learning.rows import Tally, make_rows
from ingest.learning.sources import iter_corpus, iter_gold, iter_practice
from ingest.learning.subject import LANGUAGES
from ingest.learning.unpack import read_graph
from ingest.nlp.network import ENCODER, PIECES, SHAPE, WORDS, unpack
from ingest.nlp.pieces import Pieces
from ingest.nlp.windows import USUAL, Size

Say = Callable[[str], None]
HELD, FITS = "dev", "fits.json"
# Without a read corpus one document in so many is held out.
_HELD_OUT = 10
# Of the rest one in so many teaches no reader, so that it finds in them what it would find anywhere.
_KEPT = 8
# Whole texts are cut into windows in two ways, so that no sentence is learned by what happens to stand around it.
_OTHER = Size(read=105, before=110)
_TWICE, _AGAIN = ("own", "train"), "_again"


def prepare(out: Path, data: Path, reader: Path, corpus: Path | None, say: Say) -> None:
    """Writes all sets that the checkout's data and the read corpus give, and what belongs to them; `own_again` and
    `train_again` are the same texts in other windows.

    data    the folder with practice, gold and documents
    reader  the folder with the words and pieces of the base
    Raises ConfigError when a file is missing, ParseError for an annotation that is not well formed.
    """
    write_frozen(out, reader)
    held = read_held(data, corpus)
    left_out = {document.name for document in (*held, *read_kept(data, corpus))}
    sets: dict[str, list[Document]] = {
        "practice": list(iter_practice(data / "practice")),
        "gold": [one for lang in LANGUAGES for one in iter_gold(data / "gold" / lang / "build")],
        "own": [one for one in iter_documents(data / "documents") if one.name not in left_out],
        HELD: held,
    }
    if corpus:
        sets["train"] = list(iter_corpus(corpus, "train"))
    pieces = Pieces(out / PIECES)
    for name, found in sets.items():
        write_rows(out / f"{name}.jsonl", found, pieces, say)
        if name in _TWICE:
            write_rows(out / f"{name}{_AGAIN}.jsonl", found, pieces, say, _OTHER)
    whole = [document for name, found in sets.items() if name not in ("practice", HELD) for document in found]
    (out / FITS).write_text(json.dumps(count_fits(whole)), "utf-8")


def read_held(data: Path, corpus: Path | None) -> list[Document]:
    """What is held out of a training: the `dev` split of a read corpus, else one in ten of the project's documents."""
    if corpus:
        return list(iter_corpus(corpus, HELD))
    return choose(list(iter_documents(data / "documents")), _HELD_OUT)


def read_kept(data: Path, corpus: Path | None) -> list[Document]:
    """Own documents neither learned from nor held out: what is found in them teaches to proofread."""
    held = {document.name for document in read_held(data, corpus)}
    return choose([one for one in iter_documents(data / "documents") if one.name not in held], _KEPT)


def choose(documents: Sequence[Document], share: int) -> list[Document]:
    """One document in `share`, the same ones whatever else there is; at least one."""
    ranked = sorted(documents, key=lambda document: sha256(document.name.encode()).digest())
    return ranked[: max(1, len(ranked) // share)]


def write_rows(path: Path, documents: Iterable[Document], pieces: Pieces, say: Say, size: Size = USUAL) -> Tally:
    """The rows of a set; the file is whole or not there."""
    tally, part = Tally(), path.with_suffix(".tmp")
    with part.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in make_rows(documents, pieces, tally, size))
    part.replace(path)
    lost = f"; not placed: {', '.join(f'{n} {what}' for what, n in sorted(tally.lost.items()))}" if tally.lost else ""
    say(f"{path.name}: {tally.documents} documents, {tally.windows} windows, {tally.claims} claims{lost}")
    return tally


def write_frozen(out: Path, reader: Path) -> None:
    """What no training changes: words, places, pieces, closed lists. Raises ConfigError when the reader lacks one."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy(reader / PIECES, out / PIECES)
        with np.load(reader / WORDS) as stored:
            np.save(out / "word.npy", unpack(stored["scales"], stored["nibbles"]).astype(np.float16))
    except OSError as error:
        message = f"{error.filename}: {error.strerror}; `python -m ingest.learning base` makes it"
        raise ConfigError(message, subject=str(reader)) from error
    for name, value in zip(("pos", "typ"), _read_places(out, reader), strict=True):
        np.save(out / f"{name}.npy", value)
    write_shape(out / SHAPE)


def _read_places(out: Path, reader: Path) -> Iterator[NDArray[np.float32]]:
    """The embeddings of a piece's place and of the first of two texts: from the base, else from the reader."""
    if (out / LAYERS).exists():
        with np.load(out / LAYERS) as stored:
            held = {name: stored[name] for name in ("encoder.pos", "encoder.typ")}
    else:
        held = read_graph(reader / ENCODER)
    yield from (held["encoder.pos"], held["encoder.typ"])
