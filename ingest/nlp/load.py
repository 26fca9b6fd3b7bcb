"""Puts the extractor together: curated tables, the learned network, and every language there is."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graph.errors import ConfigError
from ingest.nlp import en, ja
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import ClaimFinder, LearnedFinder
from ingest.nlp.languages import Language
from ingest.nlp.names import Gazetteer
from ingest.nlp.network import SCORER, Network
from ingest.nlp.scorer import Scorer
from ingest.nlp.subject import Subject
from ingest.nlp.tables import load_tables


@cache
def load_languages() -> Mapping[str, Language]:
    """Every language there is, by its code."""
    return {language.code: language for language in (en.make_language(), ja.make_language())}


def load_extractor(data: Path, finder: ClaimFinder | None = None, reader: Path | None = None) -> Extractor:
    """An extractor for all languages, over the folder with `entities` and `models`.

    finder  what finds claims; the learned one of the reader when not given
    reader  a folder with a reader of the user's own; while it holds none, that of `models/reader` reads
    Raises ConfigError when a table or a file of the reader is missing or not well formed.
    """
    folder = find_reader(data, reader)
    try:
        found, scorer = finder or LearnedFinder(Network(folder)), Scorer(folder / SCORER)
    except ConfigError as error:
        if folder != reader:
            raise
        raise ConfigError(
            f"{error}; delete {folder}, a reader of your own, and learn anew", subject=str(folder)
        ) from error
    return Extractor(Gazetteer(load_tables(data / "entities")), load_languages(), found, scorer)


def load_subject(data: Path) -> Subject:
    """What tells articles about AI from others. Raises ConfigError when a file of it is missing or not well formed."""
    tables = load_tables(data / "entities")
    return Subject(data, tables, Gazetteer(tables))


def find_reader(data: Path, own: Path | None = None) -> Path:
    """The folder of the reader that reads: the user's own where there is one, else the one that came along."""
    return own if own and (own / "card.toml").exists() else data / "models" / "reader"
