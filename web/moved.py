"""Where a page is now whose claim or matter is gone: at the claim that took its place when the article was read again,
at the matter that holds now what the other was made of."""

from collections.abc import Mapping

from flask import request, url_for

from graph.records import ClaimId, PropositionId
from graph.rulings.renamed import find_renamed
from web.services import get_services


def find_new_address() -> str | None:
    """The address of this request with the new id; None where neither is asked for, or nothing came in its place."""
    given = request.view_args or {}
    if not request.endpoint:
        return None
    moved = _find_moved(given)
    if moved is None:
        return None
    query = request.query_string.decode("ascii", "replace")
    return url_for(request.endpoint, **{**given, **moved}) + (f"?{query}" if query else "")


def _find_moved(given: Mapping[str, str]) -> dict[str, str] | None:
    store = get_services().store
    if "claim_id" in given:
        claim = ClaimId(given["claim_id"])
        heir = store.list_heirs([claim]).get(claim)
        return {"claim_id": heir} if heir else None
    if "matter_id" in given:
        matter = PropositionId(given["matter_id"])
        renamed = find_renamed(store, [matter]).get(matter)
        return {"matter_id": renamed} if renamed else None
    return None
