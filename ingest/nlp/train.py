"""Trains the learned parts on the practice sentences: `python -m ingest.nlp.train [en ja] [--held-out]`.

Writes data/models/names_LANG.crf. `--held-out` leaves every fifth practice file out, prints how its names are found and
writes nothing. Takes less than a minute a language on one core.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from graph.records import EntityType
from ingest.nlp import en, ja
from ingest.nlp.document import Language, Sentence, Span, Zone
from ingest.nlp.names import Gazetteer
from ingest.nlp.practice import Example, read_examples
from ingest.nlp.recogniser import OUTSIDE, Recogniser, describe_words, mark_known
from ingest.nlp.tables import load_tables

DATA = Path(__file__).resolve().parents[2] / "data"
# Best of a few by hand on held-out files, English and Japanese; the result depends little on them.
_SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 80, "feature.minfreq": 2}
_HELD_OUT = 5


@dataclass(frozen=True, slots=True)
class Lesson:
    """A practice sentence as the extractor would see it, with the names that are really there."""

    sentence: Sentence
    names: tuple[tuple[Span, EntityType], ...]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m ingest.nlp.train", description=__doc__)
    parser.add_argument("languages", nargs="*", default=["en", "ja"])
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer(load_tables(DATA / "entities"))
    for module in (en, ja):
        language = module.make_language()
        if language.code in arguments.languages:
            train_language(language, gazetteer, held_out=arguments.held_out)


def train_language(language: Language, gazetteer: Gazetteer, *, held_out: bool) -> None:
    """Trains one language's names and writes them, or prints how a held-out part does."""
    files = sorted((DATA / "practice" / language.code).glob("*.txt"))
    aside = set(files[::_HELD_OUT]) if held_out else set()
    lessons = list(make_lessons(language, gazetteer, [file for file in files if file not in aside]))
    if not held_out:
        (DATA / "models").mkdir(exist_ok=True)
        path = DATA / "models" / f"names_{language.code}.crf"
        train_names(lessons, path)
        print(f"{path}: {len(lessons)} sentences, {path.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.crf"
        train_names(lessons, path)
        print(f"{language.code}: {measure_names(path, list(make_lessons(language, gazetteer, sorted(aside))))}")


def make_lessons(language: Language, gazetteer: Gazetteer, files: Sequence[Path]) -> Iterator[Lesson]:
    """The sentences of practice files with the curated names found in them, parsed as the extractor parses them."""
    examples = [example for file in files for example in read_examples(file)]
    known = [gazetteer.find_names(example.text, gazetteer.find_context(example.text)) for example in examples]
    docs = language.parse(
        (example.text, [name.span for name in names]) for example, names in zip(examples, known, strict=True)
    )
    for example, names, doc in zip(examples, known, docs, strict=True):
        span = (0, len(example.text))
        sentence = Sentence(span, example.text, language.code, Zone.BODY, 0, names, doc)
        yield Lesson(sentence, tuple(place_names(example)))


def place_names(example: Example) -> list[tuple[Span, EntityType]]:
    """Where the annotated names stand, the longest first where they overlap."""
    placed: list[tuple[Span, EntityType]] = []
    for name, kind in sorted(example.names, key=lambda named: -len(named[0])):
        for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", example.text):
            if all(match.end() <= start or end <= match.start() for (start, end), _ in placed):
                placed.append((match.span(), kind))
    return sorted(placed)


def train_names(lessons: Sequence[Lesson], path: Path) -> None:
    """Trains the sequence model of names and writes it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for lesson in lessons:
        trainer.append(describe_words(lesson.sentence.doc, mark_known(lesson.sentence)), _label(lesson))
    trainer.train(str(path))


def measure_names(path: Path, lessons: Sequence[Lesson]) -> str:
    """Precision and recall of all names, tables and model together, and of the types of the model's own."""
    recogniser = Recogniser(path)
    hits = found = wanted = own = typed = 0
    for lesson in lessons:
        known = {name.span for name in lesson.sentence.names}
        more = {
            name.span: name.type
            for name in recogniser.find(lesson.sentence)
            if all(name.span[1] <= start or end <= name.span[0] for start, end in known)
        }
        gold = dict(lesson.names)
        hits += len((known | more.keys()) & gold.keys())
        found += len(known | more.keys())
        wanted += len(gold)
        own += sum(span in gold for span in more)
        typed += sum(gold.get(span) == kind for span, kind in more.items())
    return (
        f"names P {hits / found:.3f} R {hits / wanted:.3f} F1 {2 * hits / (found + wanted):.3f}; "
        f"types of the model's own {typed / own:.3f}"
    )


def _label(lesson: Lesson) -> list[str]:
    labels = [OUTSIDE] * len(lesson.sentence.doc)
    for (start, end), kind in lesson.names:
        span = lesson.sentence.doc.char_span(start, end, alignment_mode="expand")
        for place, token in enumerate(span or ()):
            labels[token.i] = f"{'I' if place else 'B'}-{kind.value}"
    return labels


if __name__ == "__main__":
    main()
