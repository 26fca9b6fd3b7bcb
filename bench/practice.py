"""What the rules find in the practice sentences: `python bench/practice.py en|ja [--show misses] [--only PREDICATE]`.

Each sentence is read as a story of its own with the names it is annotated with, so that only the claims are measured.
Claims whose subject is a pronoun or unsaid have no antecedent here and are left out.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from graph.ids import make_article_id, make_entity_id, make_source_id
from graph.records import Article, Entity, EntityType, Source
from ingest.gold import Line, Names
from ingest.nlp.document import Draft, Language, Name, Sentence, Span, Story, Zone
from ingest.nlp.load import load_extractor
from ingest.nlp.practice import Example, Told, read_examples
from ingest.nlp.train import place_names
from ingest.scoring import Score, score_claims

NOW = datetime(2025, 2, 15, tzinfo=UTC)
UNSAID = re.compile(
    r"^(?:it|they|we|he|she|i|its|their|our|his|her|this|that|~|同社|同氏|彼|彼女|私たち|我々|当社|弊社)$", re.I
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lang", choices=["en", "ja"])
    parser.add_argument("--folder", type=Path, default=Path("data/practice"))
    parser.add_argument("--show", choices=["misses", "false", "wrong"], action="append", default=[])
    parser.add_argument("--only", help="of these predicates, comma between")
    arguments = parser.parse_args()
    only = set(arguments.only.split(",")) if arguments.only else None
    examples = [e for path in sorted((arguments.folder / arguments.lang).glob("*.txt")) for e in read_examples(path)]
    score = measure(arguments.lang, examples)
    print_score(score, only)
    for what in arguments.show:
        for item in getattr(score, what):
            line = item.gold if what == "wrong" else item
            if only is None or line.predicate in only:
                print(describe(line))
                if what == "wrong":
                    got = item.claim
                    print(f"    got {got.predicate} {got.claimant!r} {got.modality} {got.polarity}")


def measure(lang: str, examples: list[Example]) -> Score:
    """The score of one language's sentences, each a document of its own."""
    extractor = load_extractor(Path("data"))
    language = extractor.languages[lang]
    gold: list[Line] = []
    found: list[Line] = []
    for number, (example, sentence) in enumerate(iter_sentences(language, examples)):
        doc = str(number)
        gold += [make_gold(told, example.text, doc) for told in example.claims if not UNSAID.match(told.subject)]
        gold += [
            make_gold(told, example.text, doc, core=False) for told in example.claims if UNSAID.match(told.subject)
        ]
        article = make_article(example.text, lang)
        gold.append(Line(doc, (-9, -8), "", "none", "none", "none", core=False))
        found += [make_found(draft, example.text, doc) for draft in language.read(Story(article, (sentence,)))]
    return score_claims(gold, found, PracticeNames([]))


class PracticeNames(Names):
    """Names as practice lines have them: the words of the sentence, with or without article and possessive."""

    def is_same(self, one: str | None, other: str | None) -> bool:
        a, b = clean(one), clean(other)
        if not a or not b:
            return a == b
        return a == b or (min(len(a), len(b)) > 3 and (a in b or b in a)) or super().is_same(a, b)


def clean(name: str | None) -> str:
    return re.sub(r"^(?:the|a|an|its|their) |['’]s?$", "", (name or "").casefold()).strip()


def iter_sentences(language: Language, examples: list[Example]) -> Iterator[tuple[Example, Sentence]]:
    placed = [(example, place_names(example)) for example in examples]
    docs = language.parse((example.text, [span for span, _ in names]) for example, names in placed)
    for (example, names), doc in zip(placed, docs, strict=True):
        found = tuple(make_name(example.text[slice(*span)], span, kind) for span, kind in names)
        span = (0, len(example.text))
        yield example, Sentence(span, example.text, language.code, Zone.BODY, 0, found, doc)


def make_name(words: str, span: Span, kind: EntityType) -> Name:
    return Name(span, words, Entity(make_entity_id(words), words, kind))


def make_gold(told: Told, text: str, doc: str, *, core: bool = True) -> Line:
    unit = told.unit.split("/")[0].lower()
    return Line(
        doc=doc, span=(0, len(text)), sentence=text, type="", predicate=told.predicate.value, subject=told.subject,
        object=told.object or None, quantity=None if told.value is None else (told.value, unit),
        claimant=told.claimants[-1] if told.claimants else "", modality=told.modality.value,
        polarity="denied" if told.denied else "affirmed", core=core,
    )  # fmt: skip


def make_found(draft: Draft, text: str, doc: str) -> Line:
    amount = draft.quantity
    return Line(
        doc=doc, span=(0, len(text)), sentence=text, type="", predicate=draft.predicate.value,
        subject=draft.subject.name, object=draft.object.name if draft.object else None,
        quantity=(amount.value, amount.unit.split("/")[0].lower()) if amount else None,
        claimant=draft.claimants[-1].party.name if draft.claimants else "", modality=draft.modality.value,
        polarity=draft.polarity.value,
    )  # fmt: skip


def make_article(text: str, lang: str) -> Article:
    url = "https://practice.example/"
    source = Source(make_source_id("practice.example"), "Practice", url)
    return Article(
        id=make_article_id(url, text),
        url=url,
        source=source,
        title="",
        text=text,
        lang=lang,
        published_at=NOW,
        fetched_at=NOW,
    )


def print_score(score: Score, only: Iterable[str] | None) -> None:
    found, right = score.found, score.right
    print(f"found P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}   right F1 {right.f1:.3f}   {found}")
    print({key: f"{right}/{of}" for key, (right, of) in score.attributes.items() if key != "type"})
    misses = Counter(line.predicate for line in score.misses)
    false = Counter(line.predicate for line in score.false)
    for predicate in sorted(misses | false, key=lambda p: -misses[p]):
        if only is None or predicate in only:
            print(f"  {predicate:22} missed {misses[predicate]:3}  false {false[predicate]:3}")


def describe(line: Line) -> str:
    amount = f" {line.quantity[0]:g} {line.quantity[1]}" if line.quantity else ""
    head = f"{line.subject} | {line.predicate} | {line.object or '-'}{amount} | {line.claimant or '-'}"
    return f"{head} | {line.modality} {line.polarity}\n    {line.sentence}"


if __name__ == "__main__":
    main()
