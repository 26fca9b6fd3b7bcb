"""What agents may ask of the graph: the questions of the pages and the API, answered in sentences and links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.answers.accounts import get_figures
from graph.answers.chapters import Clock
from graph.answers.disputes import get_contradictions
from graph.answers.matter import get_matter
from graph.answers.proposition_views import MatterPage, list_matters
from graph.answers.queries import Place, find_entity, get_claim, get_entity, search, view_claims
from graph.proposition_store import PropositionQuery
from graph.records import ClaimId, PropositionId
from graph.store import Table
from graph.views import ClaimView
from web.agents.answers import (
    Answering,
    ClaimAnswer,
    ContradictionsAnswer,
    EntityAnswer,
    FiguresAnswer,
    Found,
    MatterAnswer,
    MattersAnswer,
    TableAnswer,
)
from web.querying import ask
from web.requests.arguments import read_end_of_day
from web.services import Services

# Claims that a table names and whose sentences are told with it.
_QUOTED = 20
_LOOKED_AT = 200
_MATTERS = 10


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers from one store. Every method may raise NotFound, QueryError or StoreError."""

    services: Services
    answering: Answering

    def search(self, query: str, limit: int, after: str) -> Found:
        """Sentences that a search text asks for."""
        view = search(self.services.store, query.strip(), self.services.now(), limit, after or None)
        return self.answering.tell_found(view)

    def open_claim(self, id: str) -> ClaimAnswer:
        """A claim in its paragraph; the one that took its place where it is gone."""
        store, old = self.services.store, ClaimId(id)
        return self.answering.tell_claim(get_claim(store, store.list_heirs([old]).get(old, old)))

    def open_entity(self, entity: str) -> EntityAnswer:
        """An entity by its id or a spelling."""
        store = self.services.store
        found = find_entity(store, entity.strip())
        matters = list_matters(store, PropositionQuery(about=(found.id,)), _MATTERS)
        return self.answering.tell_entity(get_entity(store, found.id), matters, self._quote(matters))

    def list_matters(self, about: Sequence[str], limit: int, after: str) -> MattersAnswer:
        """Matters in which all of these entities take part."""
        store = self.services.store
        query = PropositionQuery(about=tuple(find_entity(store, text.strip()).id for text in about))
        page = list_matters(store, query, limit, after or None)
        return self.answering.tell_matters(page, self._quote(page))

    def open_matter(self, id: str, as_of: str, valid_at: str) -> MatterAnswer:
        """One matter as known by a day, as it was on another."""
        clock = Clock(read_end_of_day("as_of", as_of) or self.services.now(), read_end_of_day("valid_at", valid_at))
        return self.answering.tell_matter(
            get_matter(self.services.store, PropositionId(id), clock, self.services.tables)
        )

    def find_figures(self, query: str, measure: str, as_of: str, limit: int) -> FiguresAnswer:
        """Numbers for each measure of each thing that a search text asks for."""
        services = self.services
        clock = Clock(read_end_of_day("as_of", as_of) or services.now())
        view = get_figures(services.store, query.strip(), clock, services.tables, measure.strip(), limit)
        return self.answering.tell_figures(view)

    def list_contradictions(self, limit: int, after: str) -> ContradictionsAnswer:
        """What cannot both hold."""
        return self.answering.tell_contradictions(get_contradictions(self.services.store, limit, Place(after or None)))

    def ask_cypher(self, query: str, parameters: Mapping[str, object]) -> TableAnswer:
        """The rows of a read-only query, with the sentences of the claims that they name."""
        table = ask(self.services, query, parameters)
        ids = list(dict.fromkeys(islice(_iter_texts(table), _LOOKED_AT)))
        claims = view_claims(self.services.store, [ClaimId(text) for text in ids])
        return self.answering.tell_table(table, claims[:_QUOTED])

    def _quote(self, page: MatterPage) -> Mapping[str, ClaimView]:
        """The first claim of each matter, by id."""
        firsts = [one.claims[0] for one in page.matters if one.claims]
        return {view.id: view for view in view_claims(self.services.store, firsts)}


def _iter_texts(table: Table) -> Iterator[str]:
    """What may be the id of a claim: texts, and ids of whole nodes."""
    for row in table.rows:
        for value in row:
            found = value.get("id") if isinstance(value, dict) else value
            if isinstance(found, str) and len(found) < 100 and " " not in found:
                yield found
