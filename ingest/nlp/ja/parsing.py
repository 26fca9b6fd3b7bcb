"""Sentences parsed by GiNZA, with the names already found kept as whole tokens.

Names are hidden behind a Latin stand-in while Sudachi cuts the words, so that it can never cut through them; the
parser then sees the names themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from graph.errors import ConfigError
from ingest.nlp.document import Span
from ingest.nlp.ja.spacing import squeeze

_MODEL = "ja_ginza"
# GiNZA's own names are poor in this field; bunsetsu are cut by our rules (phrases.py).
_UNUSED = ("ner", "compound_splitter", "bunsetu_recognizer")
_STAND_IN = "Aa"
_NAME_TAG = "名詞-固有名詞-一般"
# Sudachi refuses inputs of more than 49149 bytes.
_MAX_CHARS = 12_000


@cache
def load_pipeline() -> Pipeline:
    """The parser. Raises ConfigError saying what to install when it is missing."""
    try:
        return spacy.load(_MODEL, exclude=list(_UNUSED))
    except (OSError, ImportError) as error:
        message = f"{_MODEL}: cannot be loaded ({error}); install it with `pip install ja-ginza ginza`"
        raise ConfigError(message, subject=_MODEL) from error


def parse_sentences(pipeline: Pipeline, sentences: Iterable[tuple[str, Sequence[Span]]]) -> Iterator[Doc]:
    """A parsed Doc for each sentence, in order; each given span is one token of it."""
    docs = (_make_doc(pipeline, text[:_MAX_CHARS], spans) for text, spans in sentences)
    yield from pipeline.pipe(docs)


def _make_doc(pipeline: Pipeline, text: str, spans: Sequence[Span]) -> Doc:
    kept = [span for span in sorted(spans) if _stands_apart(text, span)]
    masked, places, names = _mask(text, kept)
    doc = pipeline.make_doc(masked)
    pieces = [(places[token.idx], places[token.idx + len(token) - 1] + 1) for token in doc]
    cut = [names.get(start, (start, end)) for start, end in pieces]
    words = [text[slice(*span)] for span in cut]
    made = Doc(
        pipeline.vocab,
        words=words,
        spaces=[text[end : end + 1] == " " for _, end in cut],
        tags=[_NAME_TAG if start in names else token.tag_ for (start, _), token in zip(pieces, doc, strict=True)],
        lemmas=[
            word if start in names else token.lemma_ for word, (start, _), token in zip(words, pieces, doc, strict=True)
        ],
        morphs=[str(token.morph) for token in doc],
    )
    return made if made.text == text else pipeline.make_doc(text)


def _stands_apart(text: str, span: Span) -> bool:
    """Whether the neighbours of a name cannot run together with the stand-in."""
    start, end = span
    return not (_is_latin(text[start - 1 : start]) or _is_latin(text[end : end + 1]))


def _is_latin(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char in {"-", "_", "'"} or "\uff10" <= char <= "\uff5a"


def _mask(text: str, spans: Sequence[Span]) -> tuple[str, list[int], dict[int, Span]]:
    """The text with each span replaced and no space beside Latin; where each character stood; the spans by start."""
    out: list[str] = []
    places: list[int] = []
    names: dict[int, Span] = {}
    last = 0
    for start, end in spans:
        if start < last:
            continue
        out.append(text[last:start] + _STAND_IN)
        places += [*range(last, start), start, start + 1 if end - start > 1 else start]
        names[start] = (start, end)
        last = end
    out.append(text[last:])
    masked, kept = squeeze("".join(out))
    places += range(last, len(text) + 1)
    return masked, [places[index] for index in kept], names
