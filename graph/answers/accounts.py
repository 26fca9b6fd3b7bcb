"""The benchmark ledger, and figures side by side, as views: for commands, API and pages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.answers.chapters import (
    Clock,
    OpposedView,
    index_propositions,
    list_taken_back,
    read_claimed_evidence,
    refer_all,
    view_contradictions,
    view_named_claims,
)
from graph.answers.evidence import MOST_CLAIMS, find_subject, read_boards, read_makers
from graph.answers.figures import Figures, find_figures
from graph.answers.ledger import Debt, Entry, count_debt, find_entries
from graph.computed import Beside, Computation, Tables, find_computations
from graph.matters.told import add_ties
from graph.readers import is_board_row
from graph.records import Claim, ClaimId
from graph.store import GraphStore
from graph.utterances import Utterance
from graph.views import ClaimView, EntityRef


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Results and who measured them, with what each vendor owes and the boards that were loaded.

    more          entries that are not shown
    debts         of all that is asked for, whether shown or not
    computations  what loaded leaderboards have on the claims of the entries
    complete      all claims were looked at; otherwise the newest
    claims        every claim that the view names, by id
    entities      every vendor, and all whom the entries name, by id
    """

    query: str
    entries: tuple[Entry, ...]
    more: int
    debts: tuple[Debt, ...]
    computations: tuple[Computation, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Numbers side by side, and which propositions they contradict each other in.

    measures  what the numbers that the text asks for measure, whichever of them is chosen, and how many claims do;
              without those of which no measure was read
    more      measures of things that are not shown
    complete  all claims were looked at; otherwise the newest
    claims    every claim that the view names, by id
    """

    query: str
    measure: str
    measures: Mapping[str, int]
    figures: tuple[Figures, ...]
    more: int
    contradictions: tuple[OpposedView, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


def get_ledger(store: GraphStore, text: str, clock: Clock, limit: int = 200, most: int = MOST_CLAIMS) -> LedgerView:
    """The results that a search text asks for, or all, last reported first; of more than `most` claims those of the
    newest. QueryError for a text that is wrong."""
    subject = find_subject(store, f"{text} type:benchmark", clock.known_by, clock.known_by, most)
    evidence = read_claimed_evidence(store, subject.claims, clock)
    background = add_ties(evidence.background, read_makers(store, evidence.utterances, evidence.background))
    taken_back = list_taken_back(evidence.propositions, clock)
    found = find_entries(evidence.utterances, background, index_propositions(evidence), taken_back)[::-1]
    debts = count_debt(found)
    shown = found[:limit]
    named = {id for entry in shown for id in entry.claims}
    told = [one for one in evidence.utterances if one.id in named and not is_board_row(one.claim)]
    return LedgerView(
        text,
        shown,
        len(found) - len(shown),
        debts,
        find_computations(told, Beside(boards=read_boards(store, told))),
        subject.complete,
        _view_claims(store, evidence.utterances, named),
        refer_all(store, (*(debt.vendor for debt in debts), *(id for entry in shown for id in entry.parties))),
    )


def get_figures(
    store: GraphStore,
    text: str,
    clock: Clock,
    tables: Tables,
    measure: str = "",
    limit: int = 50,
    most: int = MOST_CLAIMS,
) -> FiguresView:
    """Every number that a search text asks for, of one measure or of all; of more than `most` claims those of the
    newest. QueryError for a text that is wrong."""
    subject = find_subject(store, text, clock.known_by, clock.known_by, most)
    numbered = [claim for claim in subject.claims if claim.quantity and not is_board_row(claim)]
    claims = [claim for claim in numbered if _is_of(claim, measure)]
    evidence = read_claimed_evidence(store, claims, clock)
    told = [one for one in evidence.utterances if _is_of(one.claim, measure)]
    contradictions = view_contradictions(store, evidence, clock)
    taken_back = list_taken_back(evidence.propositions, clock)
    found = find_figures(told, tables.rates, index_propositions(evidence), taken_back)
    shown = found[:limit]
    named = [id for f in shown for figure in (*f.figures, *f.left) for id in figure.claims]
    named += [id for c in contradictions for id in (*c.one_claims, *c.other_claims)]
    return FiguresView(
        text,
        measure,
        dict(Counter(one.quantity.measure for one in numbered if one.quantity and one.quantity.measure).most_common()),
        shown,
        len(found) - len(shown),
        contradictions,
        subject.complete,
        _view_claims(store, told, named),
        {},
    )


def _is_of(claim: Claim, measure: str) -> bool:
    """Whether the claim has a number of the measure; of any where none is given."""
    return claim.quantity is not None and measure in ("", claim.quantity.measure)


def _view_claims(store: GraphStore, told: Iterable[Utterance], ids: Iterable[ClaimId]) -> dict[str, ClaimView]:
    """The claims of these ids; those that are told need not be read again."""
    named = dict.fromkeys(ids)
    return view_named_claims(store, (one for one in told if one.id in named), named)
