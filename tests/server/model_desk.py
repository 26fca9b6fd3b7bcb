"""A reader with a language model, over a server whose answers a test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.records import Article, Claim, Extraction, Failure, ModelUse
from ingest.llm.endpoint import Endpoint
from ingest.llm.ledger import Ledger
from ingest.llm.load import open_reader
from ingest.llm.prompts import load_prompt
from ingest.llm.reading import ModelReader
from tests.hand import make_article
from tests.server.model_server import ModelServer

DATA = Path(__file__).parents[2] / "data"
READER = f"llm tiny/{load_prompt(DATA / 'prompts', 'reading').version}"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = """OpenAI sues DeepSeek

OpenAI accused DeepSeek of copying its models on Monday. The start-up denied it copied anything. DeepSeek spent $5.6 \
million on training DeepSeek-V3, according to its founder Liang Wenfeng. Nvidia shares fell 17%.
"""


class Desk:
    """A reader over a server that answers so; the clock is told."""

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self.folder, self.server, self.now = folder, server, NOW
        self.endpoint = Endpoint(server.url, "tiny", "a-key", timeout=2.0, tries=3)

    @contextmanager
    def reader(self, **options: Any) -> Iterator[ModelReader]:
        with open_reader(DATA, None, self.endpoint, self.ledger, lambda: self.now, **options) as reader:
            yield reader

    @property
    def ledger(self) -> Path:
        return self.folder / "graph.llm.db"

    def read(self, *articles: Article, **options: Any) -> list[Extraction | Failure]:
        with self.reader(**options) as reader:
            return list(reader.extract(articles or [make_article(TEXT)]))

    def read_claims(self, *articles: Article, **options: Any) -> list[Claim]:
        """The claims of what the model has read."""
        found = self.read(*articles, **options)
        return [claim for one in found if isinstance(one, Extraction) for claim in one.claims]

    def sum_up(self) -> ModelUse:
        with Ledger(self.ledger) as ledger:
            return ledger.sum_up(self.now, self.endpoint.tokens_a_day)
