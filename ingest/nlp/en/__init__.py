"""English: a parse, names the tables lack, and claims from frames over dependency trees."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from ingest.nlp.document import Draft, FreeName, Language, Sentence, Span, Story
from ingest.nlp.en.matching import Matcher
from ingest.nlp.en.names import find_unlisted, has_free_capital, is_plausible
from ingest.nlp.en.parsing import load_pipeline, parse_sentences
from ingest.nlp.en.phrases import Phrases, load_phrases
from ingest.nlp.en.read import Reader
from ingest.nlp.en.split import split_sentences
from ingest.nlp.en.statements import Statements
from ingest.nlp.frames import load_frames

FOLDER = Path(__file__).parent
_PHRASES = ("phrases.toml", "comparisons.toml", "listings.toml")


class English:
    """English for the extractor; the parser is loaded when the first sentence comes."""

    code = "en"

    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        acts = Matcher(load_frames(FOLDER / "nominals.toml"))
        phrases = Phrases(phrase for name in _PHRASES for phrase in load_phrases(FOLDER / name))
        statements = Statements(phrases, acts)
        self._reader = Reader(Matcher(load_frames(FOLDER / "frames.toml")), statements)

    def split(self, paragraph: str) -> list[Span]:
        return split_sentences(paragraph)

    def parse(self, sentences: Iterable[tuple[str, Sequence[Span]]]) -> Iterator[Doc]:
        """Raises ConfigError when no English parser is installed."""
        if self._pipeline is None:
            self._pipeline = load_pipeline()
        return parse_sentences(self._pipeline, sentences)

    def may_introduce(self, sentence: Sentence) -> bool:
        return has_free_capital(sentence)

    def find_names(self, sentence: Sentence) -> Iterable[FreeName]:
        return find_unlisted(sentence)

    def may_name(self, free: FreeName) -> bool:
        return is_plausible(free.name, free.type.value)

    def read(self, story: Story) -> Iterator[Draft]:
        return self._reader.read(story)


def make_language() -> Language:
    """English as the extractor wants it. Raises ConfigError for a frame that is not well formed."""
    return English()
