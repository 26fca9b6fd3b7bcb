"""A reader that goes on learning from a user's own documents, kept only when it reads their like no worse."""

import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from graph.errors import ConfigError
from graph.grades import FAIR_FROM
from ingest.learning.annotated import Document, iter_documents
from ingest.learning.export import BASE, LISTS, read_checkpoint, write_reader
from ingest.learning.fitting import count_threads, run_fit
from ingest.learning.prepare import choose, write_frozen, write_rows
from ingest.learning.unpack import read_reader
from ingest.learning.weighing import Texts, measure_found, take_documents
from ingest.nlp.load import load_extractor
from ingest.nlp.network import PIECES, SCORER, SHAPE, WORDS
from ingest.nlp.pieces import Pieces
from ingest.nlp.proof import PROOF

Say = Callable[[str], None]
FEWEST = 5
"""With fewer documents a fifth would be none."""
_HELD, _REPLAYED = 5, 10
_PASSES, _PIECES, _FEWEST_STEPS = 3, 3000, 20
# A third of the rates of a training from the base: what was learned is to stay.
_RATE, _HEADS = 3e-5, 2e-4


@dataclass(frozen=True, slots=True)
class Lesson:
    """What going on came to: found F1 of the documents held out, before and after.

    told  documents that a language model read and no person; none of them is held out
    """

    learned: int
    held: int
    replayed: int
    before: float
    after: float
    told: int = 0

    @property
    def is_kept(self) -> bool:
        return self.after >= self.before


def learn(folder: Path, data: Path, own: Path, steps: int | None, say: Say, told: Sequence[Document] = ()) -> Lesson:
    """Goes on from the shipped reader with the documents of a folder; one that is no worse is put in `own`.

    data   the folder with entities, models and documents, of which a tenth is learned again
    steps  three passes over the documents when not given
    told   what a language model read (told.py), learned from too where the text is none of the folder
    Raises ConfigError for too few documents or claims, or a shipped reader that does not know all that claims say,
    ParseError for a document that is not well formed.
    """
    shipped = data / "models" / "reader"
    _check_lists(shipped)
    documents = list(iter_documents(folder))
    if len(documents) < FEWEST:
        message = (
            f"{folder}: {len(documents)} annotated documents; it takes {FEWEST} (NAME.txt with NAME.ann beside it)"
        )
        raise ConfigError(message, subject=str(folder))
    held = choose(documents, _HELD)
    given = [document for document in documents if document not in held]
    further = _leave_out(told, documents)
    again = _replay(data / "documents", documents)
    if not again:
        say(f"{data / 'documents'}: none there, as in every installation but a clone: what it taught may be forgotten")
    texts = take_documents(held)
    if not any(line.core for line in texts.gold):
        raise ConfigError(f"{folder}: the documents held out state no claim; annotate more", subject=str(folder))
    with TemporaryDirectory(prefix="claimgraph-learn-") as place:
        work, made = Path(place), Path(place) / "reader"
        _fit(work, shipped, {"own": given, "told": further, "again": again}, steps, say)
        _export(work, shipped, made, _name(shipped, [*documents, *further]))
        before, after = (_measure(data, reader, texts) for reader in (shipped, made))
        lesson = Lesson(len(given), len(held), len(again), before, after, len(further))
        if lesson.is_kept:
            _place(made, own)
    return lesson


def _check_lists(shipped: Path) -> None:
    """What sees claims whole comes along as it is, and counts by the lists of its training."""
    known = json.loads((shipped / SHAPE).read_text("utf-8"))
    for name, codes in LISTS.items():
        if known[name] != list(codes):
            new = ", ".join(code for code in codes if code not in known[name]) or "them in this order"
            raise ConfigError(
                f"{shipped / SHAPE}: of {name} the shipped reader does not know {new}, so nothing can be learned from "
                'there; train from the base (docs/adding.md, "Training anew")',
                subject=name,
            )


def _leave_out(told: Sequence[Document], documents: Sequence[Document]) -> list[Document]:
    """Those told whose text is none of the documents, which may be held out."""
    known = {document.text.strip() for document in documents}
    return [document for document in told if document.text.strip() not in known]


def _replay(folder: Path, documents: Sequence[Document]) -> list[Document]:
    """A tenth of the project's own documents, so that what they taught is not forgotten; none where they are not."""
    names = {document.name for document in documents}
    others = [one for one in iter_documents(folder) if one.name not in names]
    return choose(others, _REPLAYED) if others else []


def _fit(work: Path, shipped: Path, sets: dict[str, list[Document]], steps: int | None, say: Say) -> None:
    write_frozen(work, shipped)
    pieces = Pieces(work / PIECES)
    filled = {name: found for name, found in sets.items() if found}
    tallies = [write_rows(work / f"{name}.jsonl", found, pieces, say) for name, found in filled.items()]
    np.savez(work / "start.npz", **read_reader(shipped))  # type: ignore[arg-type]
    wanted = steps or max(_FEWEST_STEPS, _PASSES * sum(tally.pieces for tally in tallies) // _PIECES)
    flags = {
        "--start": work / "start.npz",
        "--sets": ",".join(filled),
        "--held": "",
        "--steps": wanted,
        "--check": wanted,
        "--warm": max(1, wanted // 10),
        "--rate": _RATE,
        "--heads": _HEADS,
        "--threads": count_threads(),
    }
    run_fit([str(work), str(work / "weights.pt"), *(str(part) for flag in flags.items() for part in flag)], say)


def _export(work: Path, shipped: Path, made: Path, version: str) -> None:
    made.mkdir()
    for name in (WORDS, PIECES, PROOF, SCORER):
        shutil.copy(shipped / name, made / name)
    told = f"{BASE}\n[training]\ntexts = {json.dumps('shipped weights, then documents of the user')}"
    write_reader(read_checkpoint(work / "weights.pt"), made, version, told)


def _name(shipped: Path, documents: Sequence[Document]) -> str:
    """The version of the shipped reader with a mark of the documents: other documents, another reader."""
    version = tomllib.loads((shipped / "card.toml").read_text("utf-8"))["version"]
    digest = hashlib.sha256(repr(documents).encode()).hexdigest()
    return f"{version}+{digest[:8]}"


def _measure(data: Path, reader: Path, texts: Texts) -> float:
    return measure_found(load_extractor(data, reader=reader), texts, FAIR_FROM)


def _place(made: Path, own: Path) -> None:
    """Puts a reader where the user's own is read from, in the place of one that is there."""
    fresh, old = own.with_name(f"{own.name}.new"), own.with_name(f"{own.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(made, fresh)
    if own.exists():
        own.rename(old)
    fresh.rename(own)
    shutil.rmtree(old, ignore_errors=True)
