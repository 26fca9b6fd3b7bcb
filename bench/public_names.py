"""Names beside two public sets: `python bench/public_names.py SHARED` with the folder of shared data.

CrossNER-AI (English, CoNLL) and the Japanese Wikipedia NER set of Stockmark (JSON), both as in `data/ground_truth`.
Neither is news of the AI industry and neither has our types, so the figures compare versions, not systems:
a text is one sentence, an entity counts once in it, spellings are compared folded, and a type of theirs is met by any
of the types beside it below. Types without a counterpart (fields, tasks, algorithms, metrics; events, artefacts) are
left out of their side, and a name of ours that stands on such a span is neither right nor wrong.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.ids import fold_name, make_article_id
from graph.records import Article, Source, SourceId
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

_DATA = Path(__file__).parents[1] / "data"
_DAY = datetime(2021, 1, 1, tzinfo=UTC)
_BODIES = frozenset({"company", "institution", "publication"})
_MADE = frozenset({"product", "model", "hardware", "dataset"})
_CROSSNER = {
    "researcher": frozenset({"person"}),
    "person": frozenset({"person"}),
    "organisation": _BODIES,
    "university": _BODIES,
    "product": _MADE,
    "country": frozenset({"place"}),
    "location": frozenset({"place"}),
}
_STOCKMARK = {
    "人名": frozenset({"person"}),
    "法人名": _BODIES,
    "政治的組織名": _BODIES,
    "その他の組織名": _BODIES,
    "地名": frozenset({"place"}),
    "製品名": _MADE,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with the spellings marked in it; `types` is empty where the set's type has no counterpart."""

    text: str
    names: tuple[tuple[str, str, frozenset[str]], ...]


def main(shared: Path) -> None:
    truth = shared / "data" / "ground_truth"
    extractor = load_extractor(_DATA)
    sets = (
        ("CrossNER-AI dev", "en", list(read_crossner(truth / "ner_en_crossner_ai" / "dev.txt"))),
        ("Stockmark NER", "ja", list(read_stockmark(truth / "ner_ja" / "stockmark_ner.json"))),
    )
    for name, lang, sentences in sets:
        print(f"{name}: {score(extractor, lang, sentences)}")


def read_crossner(path: Path) -> Iterator[Marked]:
    """The sentences of a CoNLL file, their words joined by spaces."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        spans: list[tuple[list[str], str]] = []
        for word, tag in rows:
            if tag.startswith("B-"):
                spans.append(([word], tag[2:]))
            elif tag.startswith("I-") and spans:
                spans[-1][0].append(word)
        names = ((" ".join(words), kind, _CROSSNER.get(kind, frozenset())) for words, kind in spans)
        if rows:
            yield Marked(" ".join(word for word, _ in rows), tuple(names))


def read_stockmark(path: Path) -> Iterator[Marked]:
    for row in json.loads(path.read_text("utf-8")):
        names = ((e["name"], e["type"], _STOCKMARK.get(e["type"], frozenset())) for e in row["entities"])
        yield Marked(row["text"], tuple(names))


def score(extractor: Extractor, lang: str, sentences: list[Marked]) -> str:
    """Precision, recall and F1 over the sentences, by spelling and type; then recall by type of theirs."""
    found, wanted = Counter[str](), Counter[str]()
    false = 0
    for sentence in sentences:
        ours = find_names(extractor, lang, sentence.text)
        theirs = {fold_name(text): (kind, types) for text, kind, types in sentence.names}
        for name, (kind, types) in theirs.items():
            wanted[kind] += bool(types)
            found[kind] += ours.get(name) in types
        false += sum(not _is_met(name, kind, theirs) for name, kind in ours.items())
    hits, total = found.total(), wanted.total()
    precision, recall = hits / max(1, hits + false), hits / max(1, total)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    kinds = ", ".join(f"{kind} {found[kind]}/{count}" for kind, count in wanted.most_common() if count)
    return f"{len(sentences)} sentences, P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({kinds})"


def find_names(extractor: Extractor, lang: str, text: str) -> dict[str, str]:
    """Type of each spelling that the extractor marks, by its folded form."""
    source = Source(SourceId("example.org"), "Example", "example.org")
    url = "https://example.org/"
    article = Article(make_article_id(url, text), url, source, "", text, lang, _DAY, _DAY)
    extraction = extractor.read(article)
    types = {entity.id: entity.type.value for entity in extraction.entities}
    return {fold_name(mention.text): types[mention.entity] for mention in extraction.mentions}


def _is_met(name: str, kind: str, theirs: dict[str, tuple[str, frozenset[str]]]) -> bool:
    """Whether a name of ours is right, stands on a span whose type has no counterpart, or is of no type of theirs."""
    if name in theirs:
        types = theirs[name][1]
        return not types or kind in types
    inside = any(name in other and not types for other, (_, types) in theirs.items())
    return inside or kind in {"benchmark", "law"}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
