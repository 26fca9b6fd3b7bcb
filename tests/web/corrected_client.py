"""Corrections as the pages give them."""

import json
from typing import Any

from graph.stores.sqlite import SqliteStore
from tests.web.story import NOW, STATUS
from web.app import create_app


def read_over_the_api(store: SqliteStore) -> list[dict[str, Any]]:
    answer = create_app(store, lambda: STATUS, lambda: NOW).test_client().get("/api/v1/corrections.jsonl")
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]
