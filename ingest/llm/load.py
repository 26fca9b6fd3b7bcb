"""Puts a reader with a language model together. Raises ConfigError where something for it is missing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from graph.errors import ConfigError
from graph.grades import score_told
from graph.records import Share
from ingest.llm.asking import Asker
from ingest.llm.auditing import Auditor
from ingest.llm.endpoint import Endpoint
from ingest.llm.finder import ModelFinder
from ingest.llm.ledger import Ledger
from ingest.llm.prompts import load_prompt
from ingest.llm.reading import ModelReader
from ingest.llm.scoring import ToldScorer
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor, load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables

# News come all day long. What is none must leave as much of the budget as it may use itself.
_OF_BACK_NUMBERS = 0.5


def require_client() -> None:
    """Raises ConfigError, saying what to install, when the client is not there."""
    if find_spec("openai") is None:
        raise ConfigError("reading with a language model needs openai: pip install 'claimgraph[llm]'", subject="openai")


@contextmanager
def open_reader(
    data: Path,
    own: Path | None,
    endpoint: Endpoint,
    ledger: Path,
    clock: Callable[[], datetime],
    *,
    both: bool = False,
    waits: bool = True,
    judged: Iterable[Share] = (),
    news: timedelta | None = None,
) -> Iterator[ModelReader]:
    """A reader that asks an endpoint, over the folder with `entities`, `models` and `prompts`.

    own     the folder of the user's own learned reader, where there may be one
    ledger  the file of what was asked before
    waits   what the model cannot read now the learned reader reads, and it is taken up again later; else it fails
    judged  how many claims of which reader people judged, and how many of them were right
    news    what was published longer ago is asked for while no more than half of the day's budget is used; without it
            all is alike
    """
    require_client()
    # Loading it takes a second that nobody pays who has not chosen this reader.
    from ingest.llm.client import Client

    gazetteer = Gazetteer(load_tables(data / "entities"))
    languages = load_languages()
    client = Client(endpoint)
    try:
        with Ledger(ledger) as kept:
            asker, prompt = Asker(client, kept, endpoint, clock), load_prompt(data / "prompts", "reading")
            finder, sparing = (
                ModelFinder(asker, kept, endpoint, prompt, languages, gazetteer.get_name, clock, share)
                for share in (1.0, _OF_BACK_NUMBERS)
            )
            mine = next((share for share in judged if share.name == finder.name), None)
            scorer = ToldScorer(score_told(mine))
            large, late = (Extractor(gazetteer, languages, one, scorer) for one in (finder, sparing))
            small = cache(lambda: load_extractor(data, reader=own))
            yield ModelReader(large, late, small, kept, both, waits, waits, endpoint.parallel, clock, news)
    finally:
        client.close()


@contextmanager
def open_auditor(data: Path, endpoint: Endpoint, ledger: Path, clock: Callable[[], datetime]) -> Iterator[Auditor]:
    """What looks at claims a second time, over the folder with `prompts`."""
    require_client()
    from ingest.llm.client import Client

    prompt = load_prompt(data / "prompts", "audit")
    client = Client(endpoint)
    try:
        with Ledger(ledger) as kept:
            asker = Asker(client, kept, endpoint, clock)
            name = f"{endpoint.model}/{prompt.version}"
            yield Auditor(asker, kept, prompt, load_languages(), name, endpoint.parallel)
    finally:
        client.close()
