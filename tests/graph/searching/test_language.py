"""The search language: one question, whichever of its words it is asked in."""

from datetime import UTC, datetime

from graph.searching.language import parse_search

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def test_firmness_is_what_the_graph_calls_modality() -> None:
    asked = [parse_search(f"{key}:alleged", lambda name: (), NOW) for key in ("firmness", "modality")]
    assert asked[0] == asked[1]
    assert asked[0].modalities
