"""Where a page is now whose claim is gone: at the claim that took its place when the article was read again."""

from flask import request, url_for

from graph.records import ClaimId
from web.services import get_services


def find_new_address() -> str | None:
    """The address of this request with the heir's id; None where no claim is asked for, or it has no heir."""
    wanted = (request.view_args or {}).get("claim_id")
    if not wanted or not request.endpoint:
        return None
    heir = get_services().store.list_heirs([ClaimId(wanted)]).get(ClaimId(wanted))
    if not heir:
        return None
    query = request.query_string.decode("ascii", "replace")
    return url_for(request.endpoint, claim_id=heir) + (f"?{query}" if query else "")
