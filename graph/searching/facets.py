"""Counts to narrow a search by: each value with the search that puts it in or takes it out."""

from collections.abc import Iterable
from dataclasses import replace

from graph.records import EntityId, SourceId
from graph.searching.language import Term, format_terms, parse_terms
from graph.store import ClaimQuery, Facet, GraphStore
from graph.views import FacetValue


def count_facets(store: GraphStore, text: str, query: ClaimQuery) -> dict[str, tuple[FacetValue, ...]]:
    """By facet the values of the newest claims that a search text finds, most first. What is chosen of a facet does not
    narrow its own values: they keep their places."""
    terms = parse_terms(text)
    freed = {
        Facet.TYPE: replace(query, types=()),
        Facet.MODALITY: replace(query, modalities=()),
        Facet.POLARITY: replace(query, polarities=()),
        Facet.LANG: replace(query, langs=()),
        Facet.SOURCE: replace(query, sources=()),
    }
    return {facet.value: _count_facet(store, freed[facet], terms, facet) for facet in Facet}


def count_about(store: GraphStore, id: EntityId) -> int:
    """Claims about an entity that are neither weak nor judged misread, counted over the newest 10,000: the one number
    that lists, cards and its page have."""
    return sum(store.count_claims(ClaimQuery(about=(id,), weak=False), Facet.LANG).values())


def _count_facet(store: GraphStore, query: ClaimQuery, terms: tuple[Term, ...], facet: Facet) -> tuple[FacetValue, ...]:
    counts = store.count_claims(query, facet)
    chosen = {term.value.lower() for term in terms if term.key == facet and not term.minus}
    labels = _label_sources(store, counts) if facet is Facet.SOURCE else {}
    return tuple(
        FacetValue(value, labels.get(value, value), count, _toggle(terms, facet, value), value in chosen)
        for value, count in counts.items()
    )


def _label_sources(store: GraphStore, ids: Iterable[str]) -> dict[str, str]:
    return {source.id: source.name for source in store.get_sources([SourceId(value) for value in ids])}


def _toggle(terms: tuple[Term, ...], facet: Facet, value: str) -> str:
    """The search text with this value of the facet taken out if it was in, else put in alone."""
    others = tuple(term for term in terms if term.key != facet or term.minus)
    chosen = any(term.key == facet and not term.minus and term.value.lower() == value for term in terms)
    return format_terms(others if chosen else (*others, Term(facet.value, value)))
