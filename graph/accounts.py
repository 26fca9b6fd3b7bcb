"""The benchmark ledger, and figures side by side, as views: for commands, API and pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.chapters import (
    Clock,
    OpposedView,
    Tables,
    index_propositions,
    read_claimed_evidence,
    refer_all,
    view_contradictions,
    view_named_claims,
)
from graph.computed import Computation, find_computations
from graph.evidence import find_subject, read_boards
from graph.figures import Figures, find_figures
from graph.leaderboards import RULE
from graph.ledger import Debt, Entry, count_debt, find_entries
from graph.store import GraphStore
from graph.views import ClaimView, EntityRef


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Results and who measured them, with what each vendor owes and the boards that were loaded."""

    query: str
    entries: tuple[Entry, ...]
    debts: tuple[Debt, ...]
    computations: tuple[Computation, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Numbers side by side, and which propositions they contradict each other in."""

    query: str
    figures: tuple[Figures, ...]
    contradictions: tuple[OpposedView, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


def get_ledger(store: GraphStore, text: str, clock: Clock, limit: int = 200) -> LedgerView:
    """The results that a search text asks for, or all, oldest first. QueryError for a text that is wrong."""
    subject = find_subject(store, f"{text} type:benchmark", clock.known_by, clock.known_by)
    evidence = read_claimed_evidence(store, subject.claims, clock)
    boards = read_boards(store, evidence.utterances)
    entries = find_entries(evidence.utterances, evidence.background, index_propositions(evidence))[:limit]
    told = [one for one in evidence.utterances if one.claim.rule != RULE]
    vendors = {entry.vendor for entry in entries if entry.vendor}
    return LedgerView(
        text,
        entries,
        count_debt(entries),
        find_computations(told, (), boards),
        subject.complete,
        view_named_claims(store, evidence.utterances, ()),
        refer_all(store, sorted(vendors)),
    )


def get_figures(
    store: GraphStore, text: str, clock: Clock, tables: Tables, measure: str = "", limit: int = 50
) -> FiguresView:
    """Every number that a search text asks for, of one measure or of all. QueryError for a text that is wrong."""
    subject = find_subject(store, text, clock.known_by, clock.known_by)
    claims = [c for c in subject.claims if c.quantity and c.rule != RULE and measure in ("", c.quantity.measure)]
    evidence = read_claimed_evidence(store, claims, clock)
    told = [one for one in evidence.utterances if one.claim.quantity and measure in ("", one.claim.quantity.measure)]
    contradictions = view_contradictions(store, evidence, clock)
    named = [id for c in contradictions for id in (*c.one_claims, *c.other_claims)]
    return FiguresView(
        text,
        find_figures(told, tables.rates, index_propositions(evidence))[:limit],
        contradictions,
        subject.complete,
        view_named_claims(store, told, named),
        {},
    )
