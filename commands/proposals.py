"""What agents read and propose: articles handed out, proposals stored, and `proposals`, which takes a batch back."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import click

from commands.deriving import derive_new
from commands.judging import open_for_judging
from commands.opening import locking, open_existing, open_graph
from commands.options import json_option, read_clock
from commands.printing import print_json, tell
from commands.settings import Config
from graph.errors import NotFound, StoreUnavailable
from graph.judging.by_hand import replace_read
from graph.readers import AGENT, name_agent, name_run
from graph.records import Article, ArticleId, Batch, Claim, Outcome, Settled, Sheet
from graph.store import ClaimQuery, GraphStore

if TYPE_CHECKING:
    from ingest.llm.proposing import Desk

_PAGE = 1000
# Articles looked through for one that is not read yet; ten times as many where there was none.
_FIRST_LOOK = 100


class AgentReading:
    """Hands articles of a store out to agents and stores what they propose (web/agents/reading.py).

    store    for reading; proposals open it for writing, one at a time
    started  when this run began, by which its batches are named; a run that goes on begins anew each day
    """

    def __init__(self, config: Config, store: GraphStore, started: datetime) -> None:
        self._config, self._store, self._started = config, store, started
        self._lock = Lock()

    @property
    def schema(self) -> Mapping[str, Mapping[str, object]]:
        """The schemas of what is proposed: those that a model is asked to keep to."""
        from ingest.llm.replies import SCHEMA

        properties = SCHEMA["properties"]
        assert isinstance(properties, dict)
        return properties

    def next_article(self, agent: str, article: str, part: int) -> Sheet | None:
        """A part of the article named, or of the newest that the agent has not read. NotFound."""
        if not article:
            return next((sheets[0] for sheets in self._iter_unread(agent)), None)
        sheets = self._desk.lay_out(_get_article(self._store, article))
        if not 1 <= part <= len(sheets):
            raise NotFound(f"article {article} has {len(sheets)} parts to read, no part {part}", subject=article)
        return sheets[part - 1]

    def propose(self, agent: str, article: str, part: int, names: object, claims: object) -> Settled:
        """What became of each claim. NotFound, QueryError; StoreUnavailable while an ingest runs."""
        from ingest.llm.ledger import Ledger
        from ingest.llm.proposing import put_in

        now = read_clock()
        reader = name_run(agent, max(self._started, now.replace(hour=0, minute=0, second=0)))
        checked = self._desk.check(_get_article(self._store, article), part, names, claims, reader)
        with self._lock, writing(self._config) as store:
            [before] = store.get_extractions([checked.found.article.id])
            after, verdicts, replaced = put_in(before, checked, reader)
            replace_read(store, after)
            derive_new(self._config, store)
        last = part == checked.parts
        with Ledger(self._config.ledger) as ledger:
            if last:
                ledger.note_reading(before.article.id, agent)
            refused = Counter(verdict.reason for verdict in verdicts if verdict.outcome is Outcome.REFUSED)
            ledger.note_reasons("refused", agent, refused)
        return Settled(before.article.id, _name_batch(reader), replaced, verdicts, None if last else part + 1)

    @cached_property
    def _desk(self) -> "Desk":
        # Loading it takes a second that nobody pays who only asks.
        from ingest.llm.proposing import load_desk

        return load_desk(self._config.data, self._config.model.context)

    def _iter_unread(self, agent: str) -> Iterator[tuple[Sheet, ...]]:
        """What there is to read of the articles that the agent has not read, newest first."""
        seen = set(self._list_read(agent))
        look, found = _FIRST_LOOK, 0
        while True:
            articles = self._store.list_articles(limit=look)
            for bare in articles:
                if bare.id not in seen:
                    seen.add(bare.id)
                    if sheets := self._desk.lay_out(_get_article(self._store, bare.id)):
                        yield sheets
            if len(articles) < look or len(articles) == found:
                return
            look, found = look * 10, len(articles)

    def _list_read(self, agent: str) -> frozenset[ArticleId]:
        from ingest.llm.ledger import Ledger

        if not self._config.ledger.exists():
            return frozenset()
        with Ledger(self._config.ledger) as ledger:
            return ledger.list_read(agent)


@contextmanager
def writing(config: Config) -> Iterator[GraphStore]:
    """The store for changing what articles claim. StoreUnavailable while an ingest does so."""
    with locking(config) as free:
        if not free:
            message = "an ingest, or another change, is running; try again when it is done"
            raise StoreUnavailable(message, subject=config.store, reason="busy")
        with open_graph(config) as store:
            yield store


@click.group()
def proposals() -> None:
    """What agents proposed, by batches: what one agent read in one run of `claimgraph mcp`."""


@proposals.command("list")
@json_option
@click.pass_obj
def list_proposals(config: Config, as_json: bool) -> None:
    """The batches that are stored, newest first."""
    with open_existing(config) as store:
        for batch in find_batches(store):
            if as_json:
                print_json(asdict(batch))
            else:
                click.echo(f"{batch.id}  articles {batch.articles}, claims {batch.claims}")


@proposals.command()
@click.argument("batch")
@json_option
@click.pass_obj
def drop(config: Config, batch: str, as_json: bool) -> None:
    """Takes all claims of a batch back; what other readers found stays, and the agent may read the articles again."""
    from ingest.llm.ledger import Ledger
    from ingest.llm.proposing import take_out

    reader = f"{AGENT} {batch}"
    open_for_judging(config).close()
    with writing(config) as store:
        claims = [claim for claim in _iter_proposed(store) if claim.reader == reader]
        if not claims:
            raise NotFound(f"no batch {batch}; `claimgraph proposals list` lists them", subject=batch)
        articles = list(dict.fromkeys(claim.article_id for claim in claims))
        with Ledger(config.ledger) as ledger:
            for id in articles:
                for before in store.get_extractions([id]):
                    replace_read(store, take_out(before, reader))
                ledger.forget_reading(id, name_agent(reader))
        derive_new(config, store)
    if as_json:
        print_json(asdict(Batch(batch, len(articles), len(claims))))
    else:
        tell(config, f"taken back: {len(claims)} claims in {len(articles)} articles")


def find_batches(store: GraphStore) -> tuple[Batch, ...]:
    """What is stored of what agents proposed, the newest run first."""
    articles: dict[str, set[ArticleId]] = defaultdict(set)
    claims = Counter[str]()
    for claim in _iter_proposed(store):
        articles[claim.reader].add(claim.article_id)
        claims[claim.reader] += 1
    newest = sorted(claims, key=lambda reader: reader.rpartition("@")[2], reverse=True)
    return tuple(Batch(_name_batch(reader), len(articles[reader]), claims[reader]) for reader in newest)


def _iter_proposed(store: GraphStore) -> Iterator[Claim]:
    after: str | None = None
    while True:
        page = store.find_claims(ClaimQuery(readers=(AGENT,), misread=None), _PAGE, after)
        yield from page.claims
        after = page.next
        if after is None:
            return


def _name_batch(reader: str) -> str:
    return reader.removeprefix(f"{AGENT} ")


def _get_article(store: GraphStore, id: str) -> Article:
    found = store.get_articles([ArticleId(id)])
    if not found:
        raise NotFound(f"no article {id}; search, or next_article, gives ids", subject=id)
    return found[0]


COMMANDS = (proposals,)
