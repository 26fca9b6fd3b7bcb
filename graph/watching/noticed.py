"""What is new, with all that is needed to say it: the matter with its headline, and the claim with its article."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.answers.proposition_views import MatterView, view_matters
from graph.answers.viewing import view_claim_records
from graph.records import Notice
from graph.store import GraphStore
from graph.views import ClaimView


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice, its matter, the claim that brought it, and the matters that cannot hold beside it."""

    notice: Notice
    matter: MatterView
    claim: ClaimView
    against: tuple[MatterView, ...] = ()


def view_notices(store: GraphStore, notices: Sequence[Notice]) -> tuple[NoticeView, ...]:
    """The notices in their order; one whose matter or claim was derived or read anew meanwhile is left out."""
    if not notices:
        return ()
    ids = list(dict.fromkeys(id for one in notices for id in (one.matter, *one.against)))
    matters = {view.id: view for view in view_matters(store, store.get_propositions(ids))}
    found = store.get_claims(list(dict.fromkeys(one.claim for one in notices)))
    claims = {view.id: view for view in view_claim_records(store, found)}
    return tuple(
        NoticeView(
            one,
            matters[one.matter],
            claims[one.claim],
            tuple(matters[id] for id in one.against if id in matters),
        )
        for one in notices
        if one.matter in matters and one.claim in claims
    )
