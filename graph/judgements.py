"""What people judged, as lists: of some claims, by whom, of which kind, since when."""

from graph.queries import view_judgements
from graph.records import ClaimId
from graph.resolve import find_about
from graph.store import GraphStore
from graph.views import JudgementView


def list_about(store: GraphStore, claims: frozenset[ClaimId]) -> tuple[JudgementView, ...]:
    """The judgements that count and name one of these claims, newest first; undone ones and undos are left out."""
    made = store.list_judgements()
    if not made or not claims:
        return ()
    ids = {one.id for one in made if not one.undoes and not claims.isdisjoint(find_about(one, made).claims)}
    return tuple(view for view in view_judgements(store, made) if view.id in ids and view.counts)
