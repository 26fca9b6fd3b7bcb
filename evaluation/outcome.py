"""What the graph makes of a story's articles, as `story` and `ledger` tell it, each claim placed in its article."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from graph.answers.accounts import get_ledger
from graph.answers.chapters import ChapterView, Clock
from graph.answers.ledger import Entry
from graph.answers.queries import get_article
from graph.answers.stories import StoryView, get_story
from graph.computed import Computation, Tables
from graph.ids import fold_name
from graph.matters.origins import Voice
from graph.records import ArticleId, ClaimId, Contradiction, EntityId
from graph.rulings.resolve import list_spellings
from graph.store import GraphStore
from graph.utterances import fold_outlet
from graph.views import ClaimView, PartyView
from ingest.stories.articles import make_articles
from ingest.stories.records import Story

# All that there is of a story of a dozen articles.
_ALL = 10_000
# A correction is dated within a year of its article (graph/corrections.py).
_AFTERWARDS = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where a claim stands: its article by file, its sentence, and who publishes it."""

    file: str
    sentence: str
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told of a story.

    copies  who repeats whom, by file
    sums    what is computed of each file's sentences
    places  of the claims that anything here names
    names   every spelling of an entity, folded
    """

    chapters: tuple[ChapterView, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    entries: tuple[Entry, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    sums: Mapping[str, tuple[Computation, ...]] = field(default_factory=dict)
    places: Mapping[ClaimId, ClaimPlace] = field(default_factory=dict)
    names: Mapping[EntityId, frozenset[str]] = field(default_factory=dict)

    def is_called(self, name: str, entity: EntityId | None, asked: str | None) -> bool:
        """Whether somebody who is told by name and entity, or by entity alone, goes by the name asked for."""
        return asked is not None and not fold_both(asked).isdisjoint(self._list_own(name, entity))

    def list_names(self, voice: Voice) -> frozenset[str]:
        """What a voice goes by, folded: of sources without a name the outlet that has it from them too."""
        outlets = [] if voice.entity else [self.places[id].outlet for id in voice.claims if id in self.places]
        return self._list_own(voice.name, voice.entity).union(*map(fold_both, outlets))

    def _list_own(self, name: str, entity: EntityId | None) -> frozenset[str]:
        return (fold_both(name) | (self.names.get(entity, frozenset()) if entity else frozenset())) - {""}


def fold_both(name: str) -> frozenset[str]:
    """A name folded, with and without its article."""
    return frozenset({fold_name(name), fold_outlet(name)})


def read_outcome(store: GraphStore, story: Story, tables: Tables) -> Outcome:
    """What a store that holds the articles of one story, and no others, tells of it. StoreError when it cannot."""
    files = {article.id: file for file, article in make_articles(story).items()}
    clock = Clock(max(article.published_at for article in story.articles) + _AFTERWARDS)
    view = get_story(store, "", clock, tables, limit=_ALL)
    ledger = get_ledger(store, "", clock, limit=_ALL)
    claims = {**view.claims, **ledger.claims}
    copies = ((files.get(copy.article), files.get(copy.original)) for copy in store.list_copies(list(files)))
    return Outcome(
        view.chapters,
        tuple(opposed.contradiction for opposed in view.contradictions),
        ledger.entries,
        tuple((article, original) for article, original in copies if article and original),
        {file: get_article(store, id, tables).computations for id, file in files.items()},
        {claim.id: _place(claim, files) for claim in claims.values()},
        _read_names(store, {*_list_named(claims.values()), *_list_told(view), *ledger.entities}),
    )


def _place(view: ClaimView, files: Mapping[ArticleId, str]) -> ClaimPlace:
    return ClaimPlace(files[view.article.id], view.text, view.article.source.name)


def _list_named(claims: Iterable[ClaimView]) -> Iterator[EntityId]:
    parties: list[PartyView | None] = []
    for view in claims:
        parties += (view.subject, view.object, view.benchmark, *(speaker.party for speaker in view.claimants))
    yield from (party.entity.id for party in parties if party and party.entity)


def _list_told(story: StoryView) -> Iterator[EntityId]:
    """Ends of stakes, and speakers who are told though no claim names them."""
    yield from map(EntityId, story.entities)
    for chapter in story.chapters:
        yield from (drift.entity for drift in chapter.drifts if drift.entity)
        yield from (voice.entity for voice in chapter.origins.origins if voice.entity)


def _read_names(store: GraphStore, ids: Iterable[str]) -> dict[EntityId, frozenset[str]]:
    found = store.get_entities(sorted(map(EntityId, ids)))
    return {entity.id: list_spellings(entity) for entity in found}
