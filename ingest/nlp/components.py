"""The reader as a component of a spaCy pipeline: `nlp.add_pipe("claimgraph_reader", config={"folder": …})`.

It sets `doc.spans["names"]` by the type of what they name, `doc.spans["parties"]` by their role in a claim, and
`doc._.claims`. No table has a say: what a text alone shows is found, without entities, policy or score.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from ingest.language import detect_language
from ingest.nlp.document import READABLE, Paragraph
from ingest.nlp.finder import Found, LearnedFinder
from ingest.nlp.languages import Language
from ingest.nlp.load import load_languages
from ingest.nlp.network import Network
from ingest.nlp.windows import Passage
from ingest.nlp.zones import split_paragraphs

NAME = "claimgraph_reader"
# Where days stand is asked, not which: any day does to count relative ones from.
_SOME_DAY = date(2025, 1, 31)
_READER = Path(__file__).resolve().parents[2] / "data" / "models" / "reader"


class Reader:
    """Finds names and claims in documents of any tokens; spans are those of the tokens they touch."""

    def __init__(self, folder: Path) -> None:
        self._finder = LearnedFinder(Network(folder))
        self._languages = load_languages()
        self._zones = {code: language.zones for code, language in self._languages.items()}

    def __call__(self, doc: Doc) -> Doc:
        sight = self._finder.find(doc.text, list(self._iter_passages(doc.text)))
        names = ((*words.span, words.kind.value) for words in sight.names if words.kind)
        doc.spans["names"] = list(_iter_spans(doc, names))
        parties = dict.fromkeys(place for claim in sight.claims for place in _iter_parties(claim))
        doc.spans["parties"] = list(_iter_spans(doc, parties))
        doc._.claims = sight.claims
        return doc

    def _iter_passages(self, text: str) -> Iterator[Passage]:
        for paragraph in split_paragraphs(text, detect_language(text), self._zones):
            language = self._languages.get(paragraph.lang)
            if language and paragraph.zone in READABLE:
                yield from _split(paragraph, language)


def _split(paragraph: Paragraph, language: Language) -> Iterator[Passage]:
    for start, end in language.split(paragraph.text):
        sentence, at = paragraph.text[start:end], paragraph.span[0] + start
        amounts = tuple((at + a.span[0], at + a.span[1]) for a in language.find_amounts(sentence))
        days = tuple((at + a, at + b) for (a, b), _ in language.find_days(sentence, _SOME_DAY))
        yield Passage((at, at + len(sentence)), amounts, days, lang=language.code)


def _iter_parties(claim: Found) -> Iterator[tuple[int, int, str]]:
    roles = (("subject", claim.subject), ("object", claim.object), ("benchmark", claim.benchmark))
    for role, span in (*roles, *(("speaker", span) for span in claim.speakers)):
        if span:
            yield (*span, role)


def _iter_spans(doc: Doc, places: Iterable[tuple[int, int, str]]) -> Iterator[Span]:
    for start, end, label in places:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            yield span


@Pipeline.factory(NAME, default_config={"folder": str(_READER)}, assigns=["doc.spans", "doc._.claims"])
def make_reader(nlp: Pipeline, name: str, folder: str) -> Reader:
    """The component. Raises ConfigError naming the file of the folder that is missing or cut."""
    if not Doc.has_extension("claims"):
        Doc.set_extension("claims", default=())
    return Reader(Path(folder))
