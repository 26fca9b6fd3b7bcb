"""How firmly a sentence puts a claim: what the network reads, never firmer than the words around it allow."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import CueKind, Modality, Polarity
from ingest.nlp.document import Sentence, Span
from ingest.nlp.finder import Found
from ingest.nlp.lexicon import DENIED, Lexicon


@dataclass(frozen=True, slots=True)
class Firmness:
    """Modality and polarity, with the words that show them."""

    modality: Modality
    polarity: Polarity
    cues: tuple[tuple[CueKind, Span], ...]


def read_firmness(found: Found, sentence: Sentence, lexicon: Lexicon) -> Firmness:
    """The network's reading; its words are shown where the lexicon knows them."""
    polarity = Polarity.DENIED if found.denied else Polarity.AFFIRMED
    cues: list[tuple[CueKind, Span]] = []
    if found.modality is not Modality.ASSERTED:
        cues += _nearest(CueKind.MODALITY, found.modality, found, sentence, lexicon)
    if found.denied:
        cues += _nearest(CueKind.POLARITY, DENIED, found, sentence, lexicon)
    return Firmness(found.modality, polarity, tuple(cues))


def _nearest(
    kind: CueKind, what: str, found: Found, sentence: Sentence, lexicon: Lexicon
) -> Iterator[tuple[CueKind, Span]]:
    """The cue of a kind that stands nearest to the words that state the claim."""
    start = sentence.span[0]
    spans = [(m.start() + start, m.end() + start) for m in lexicon.firmness[what].finditer(sentence.text)]
    if spans:
        yield kind, min(spans, key=lambda span: abs(span[0] - found.trigger[0]))
