"""The reader's files, opened once: pieces, network, curated names and the languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.records import Claim
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import ClaimFinder
from ingest.nlp.languages import Language
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.load import load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.network import PIECES, Network
from ingest.nlp.pieces import Pieces
from ingest.nlp.scorer import Scorer
from ingest.nlp.tables import load_tables
from tests.hand import make_article

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
    return dict(load_languages())


@pytest.fixture(scope="session")
def english(languages: dict[str, Language]) -> Lexicon:
    return languages["en"].lexicon


@pytest.fixture(scope="session")
def japanese(languages: dict[str, Language]) -> Lexicon:
    return languages["ja"].lexicon


@pytest.fixture(scope="session")
def make_extractor(
    curated: Gazetteer, languages: dict[str, Language], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[ClaimFinder], Extractor]:
    """An extractor around a finder; it holds every claim for right."""
    path = tmp_path_factory.mktemp("scorer") / "scorer.json"
    path.write_text('{"weights": {"bias": 9}, "fits": {}}', "utf-8")
    return lambda finder: Extractor(curated, languages, finder, Scorer(path))


@pytest.fixture(scope="session")
def read(make_extractor: Callable[[ClaimFinder], Extractor]) -> Callable[..., tuple[Claim, ...]]:
    """The claims of a text as a finder finds them."""

    def read_text(text: str, finder: ClaimFinder, lang: str = "en") -> tuple[Claim, ...]:
        return make_extractor(finder).read(make_article(text, lang)).claims

    return read_text
