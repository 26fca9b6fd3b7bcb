"""The reader's files, opened once: pieces, network, curated names and the languages."""

from pathlib import Path

import pytest

from ingest.nlp import en, ja
from ingest.nlp.languages import Language
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.names import Gazetteer
from ingest.nlp.network import PIECES, Network
from ingest.nlp.pieces import Pieces
from ingest.nlp.tables import load_tables

_DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    return _DATA


@pytest.fixture(scope="session")
def reader_folder() -> Path:
    return _DATA / "models" / "reader"


@pytest.fixture(scope="session")
def pieces(reader_folder: Path) -> Pieces:
    return Pieces(reader_folder / PIECES)


@pytest.fixture(scope="session")
def network(reader_folder: Path) -> Network:
    return Network(reader_folder)


@pytest.fixture(scope="session")
def curated() -> Gazetteer:
    return Gazetteer(load_tables(_DATA / "entities"))


@pytest.fixture(scope="session")
def languages() -> dict[str, Language]:
    return {language.code: language for language in (en.make_language(), ja.make_language())}


@pytest.fixture(scope="session")
def english(languages: dict[str, Language]) -> Lexicon:
    return languages["en"].lexicon


@pytest.fixture(scope="session")
def japanese(languages: dict[str, Language]) -> Lexicon:
    return languages["ja"].lexicon
