"""Japanese: sentences, names and claims by GiNZA's parse, case particles and lexicons that are data."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from ingest.nlp.document import Draft, FreeName, Language, Sentence, Span, Story
from ingest.nlp.ja.matching import Matcher, load_matcher
from ingest.nlp.ja.names import find_new_names
from ingest.nlp.ja.parsing import load_pipeline, parse_sentences
from ingest.nlp.ja.read import read_story
from ingest.nlp.ja.split import split_paragraph

ZONES = Path(__file__).parent / "zones.toml"


class Japanese:
    """The Japanese part of the reading; the parser is loaded once a process, for Sudachi is not thread-safe."""

    code = "ja"

    def __init__(self) -> None:
        self._matcher: Matcher = load_matcher()
        self._pipeline: Pipeline = load_pipeline()

    def split(self, paragraph: str) -> list[Span]:
        return split_paragraph(paragraph)

    def parse(self, sentences: Iterable[tuple[str, Sequence[Span]]]) -> Iterator[Doc]:
        return parse_sentences(self._pipeline, sentences)

    def may_introduce(self, sentence: Sentence) -> bool:
        return True  # names have no shape of their own here

    def find_names(self, sentence: Sentence) -> Iterable[FreeName]:
        return find_new_names(sentence)

    def may_name(self, free: FreeName) -> bool:
        return True

    def read(self, story: Story) -> Iterator[Draft]:
        return read_story(story, self._matcher)


def make_language() -> Language:
    """Japanese, ready to read. Raises ConfigError when the parser is not installed."""
    return Japanese()
