"""A digest of every page of a store in both languages: `python bench/digests.py STORE [MOST]`.

Kept before a change that must not show and compared after it with diff. Twins of the API stand beside their pages; of
each kind there are at most MOST.
"""

import hashlib
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.proposition_store import Order, PropositionQuery
from graph.store import ClaimQuery, GraphStore
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from web.app import create_app
from web.language.wording import LANGUAGES

_ALL = 10_000


def main(path: Path, most: int) -> None:
    with SqliteStore(path) as store:
        latest = store.count().latest
        assert latest, f"{path} has no claims"
        app = create_app(store, lambda: StatusView(store.count()), lambda: latest + timedelta(hours=3))
        for lang in LANGUAGES:
            client = app.test_client()
            client.set_cookie("lang", lang)
            for address in iter_addresses(store, most):
                answer = client.get(address)
                print(lang, answer.status_code, hashlib.sha256(answer.data).hexdigest()[:16], address, flush=True)


def iter_addresses(store: GraphStore, most: int = _ALL) -> Iterator[str]:
    """Pages of all kinds, those with most to show first."""
    yield from ("/", "/days", "/matters", "/contradictions", "/figures", "/ledger", "/entities", "/search", "/explore")
    yield from ("/api/v1/today", "/api/v1/matters", "/api/v1/contradictions", "/api/v1/figures")
    for matter in store.find_propositions(PropositionQuery(order=Order.WEIGHT), most).propositions:
        day = f"{matter.first_reported_at:%Y-%m-%d}"
        yield from (f"/matters/{matter.id}", f"/matters/{matter.id}?as_of={day}", f"/explore?start={matter.id}")
        yield from (f"/api/v1/matters/{matter.id}", f"/days/{day}")
    names = [row.entity for row in store.list_entities(limit=most)]
    for entity in names:
        id, name = quote(entity.id), quote(entity.name)
        yield from (f"/entities/{id}", f"/explore?start={id}", f"/explore?start={id}&since=2025-01-29&least=2&ties=1")
        yield from (f"/suggest?q={name}", f"/suggest?q={name[:3]}", f"/search?q={name}", f"/figures?q={name}")
        yield from (f"/api/v1/explore/columns?start={id}", f"/api/v1/suggest?q={name}")
    for one, other in pairwise(names):
        yield from (f"/explore?start={quote(one.id)}&start={quote(other.id)}", f"/story?q={quote(one.name)}")
    for claim in store.find_claims(ClaimQuery(), limit=min(most, 500)).claims:
        yield f"/claims/{claim.id}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else _ALL)
