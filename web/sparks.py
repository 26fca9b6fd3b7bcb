"""The sparklines of a list of matters: their claims are read at once."""

from collections.abc import Mapping, Sequence

from graph.answers.proposition_views import MatterView
from graph.records import ClaimId, Polarity, PropositionId
from graph.store import GraphStore
from web.languages import get_page_words
from web.pictures.bars import Said, draw_sparkline
from web.pictures.marks import Picture
from web.services import get_services

# Of each matter the newest: a list of twenty hubs would else read thousands for a few bars.
_MOST_CLAIMS = 40


def draw_sparks(matters: Sequence[MatterView]) -> Mapping[PropositionId, Picture]:
    """The sparkline of each that was reported on two days at least."""
    shown = {view.id: view.claims[-_MOST_CLAIMS:] for view in matters}
    services, ids = get_services(), tuple(id for ids in shown.values() for id in ids)
    said = services.kept.keep(lambda: _read_said(services.store, ids), "said", ids)
    words = get_page_words()
    drawn = {}
    for view in matters:
        found = [said[id] for id in shown[view.id] if id in said]
        drawn[view.id] = draw_sparkline(found, words, len(view.claims) - len(found))
    return {id: picture for id, picture in drawn.items() if picture}


def _read_said(store: GraphStore, ids: Sequence[ClaimId]) -> Mapping[ClaimId, Said]:
    claims = store.get_claims(ids)
    return {claim.id: Said(claim.reported_at.date(), claim.polarity is Polarity.DENIED) for claim in claims}
