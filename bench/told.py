"""How much of what careful readers annotated stands when a language model tells it: what the checks cost a perfect one.

    python bench/told.py [FOLDER]

Reads every fourth annotated document of a folder (data/documents), tells its full statements as a model would, and
prints how many stand, why others were refused, and whose firmness or denial our own words overruled.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graph.records import Modality
from ingest.learning.annotated import Document, Reference, Statement, iter_documents
from ingest.learning.rows import split_document
from ingest.llm.grounding import ground
from ingest.llm.naming import Reading
from ingest.llm.replies import Told, ToldAmount, ToldClaim, ToldName
from ingest.nlp.document import Span, shift
from ingest.nlp.load import load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables
from ingest.nlp.windows import Passage

ROOT = Path(__file__).resolve().parents[1]
EVERY = 4
NEAR = 0.011


def main(folder: Path) -> None:
    gazetteer = Gazetteer(load_tables(ROOT / "data" / "entities"))
    told, stood, why = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for document in list(iter_documents(folder))[::EVERY]:
        reading = make_reading(document, gazetteer)
        claims = tuple(iter_told(document, reading))
        names = tuple(ToldName(name, kind, forms) for name, (kind, forms) in document.names.items())
        found = ground(Told(names, claims, 0), reading, range(len(reading.passages)))
        told[document.lang] += len(claims)
        stood[document.lang] += len(found.claims)
        why.update((document.lang, refusal.reason) for refusal in found.refused)
        meant = {(claim.sentence, claim.predicate, claim.by): claim for claim in claims}
        for claim in found.claims:
            one = meant.get((claim.passage, claim.predicate, document.text[slice(*claim.trigger)]))
            if one and claim.denied != one.denied:
                why[document.lang, "taken for denied"] += 1
            if one and claim.modality is not one.modality:
                why[document.lang, f"{one.modality} taken for {claim.modality}"] += 1
    for lang, number in told.items():
        print(f"{lang}: {stood[lang]:,} of {number:,} stand ({stood[lang] / number:.1%})")
        for (where, reason), count in why.most_common():
            if where == lang:
                print(f"  {reason} {count}")


def make_reading(document: Document, gazetteer: Gazetteer) -> Reading:
    languages = load_languages()
    context = gazetteer.find_context(document.text)

    def make_passage(span: Span) -> Passage:
        sentence = document.text[slice(*span)]
        amounts = (amount.span for amount in languages[document.lang].find_amounts(sentence))
        names = (name.span for name in gazetteer.find_names(sentence, context))
        return Passage(
            span,
            tuple(shift(one, span[0]) for one in amounts),
            (),
            tuple(shift(n, span[0]) for n in names),
            document.lang,
        )

    def find_name(spelling: str) -> str | None:
        entity = gazetteer.get_entity(spelling)
        return entity.name if entity else None

    passages = [make_passage(span) for span in split_document(document)]
    return Reading(document.text, passages, languages, find_name)


def iter_told(document: Document, reading: Reading) -> Iterator[ToldClaim]:
    for said in document.statements:
        if said.core and said.trigger:
            yield tell(said, reading, document)


def tell(said: Statement, reading: Reading, document: Document) -> ToldClaim:
    """The statement; words that make it less firm are not annotated, so those that state it stand for them."""
    sentence = document.text[slice(*reading.passages[said.sentence].span)]
    return ToldClaim(
        sentence=said.sentence,
        predicate=said.predicate,
        subject=_refer(said.subject),
        object=_refer(said.object),
        amount=_find_amount(said, sentence, reading, document.lang),
        benchmark=said.benchmark if not said.benchmark or said.benchmark in sentence else f"{said.benchmark}=~",
        day="",
        speakers=tuple(map(_refer, said.claimants)),
        modality=said.modality,
        modality_words="" if said.modality is Modality.ASSERTED else said.trigger,
        denied=said.denied,
        denied_words=said.trigger if said.denied else "",
        by=said.trigger,
        weak=False,
    )


def _find_amount(said: Statement, sentence: str, reading: Reading, lang: str) -> ToldAmount | None:
    wanted = said.amount
    if wanted is None:
        return None
    for amount in reading.languages[lang].find_amounts(sentence):
        if abs(abs(amount.value) - abs(wanted.value)) <= NEAR * abs(wanted.value) + 1e-9:
            return ToldAmount(amount.text, wanted.value, wanted.measure)
    return None


def _refer(party: Reference | None) -> str:
    if party is None:
        return ""
    return f"{party.canonical}={party.words}" if party.words else party.canonical


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "documents")
