"""Feeds broken at random, as bench/mutate.py breaks ten thousand of them."""

from bench.mutate import find_seeds, iter_mutants, read_all
from ingest.sandbox import Sandbox


def test_every_mutant_is_parsed_or_refused_for_a_reason() -> None:
    with Sandbox() as sandbox:
        endings, _ = read_all(sandbox, iter_mutants(find_seeds(None), 400))
    assert sum(endings.values()) == 400
    assert endings["parsed"] > 40
    assert set(endings) <= {"parsed", "not_a_feed", "bad_xml", "bad_json", "empty", "too_large", "too_deep", "timeout"}


def test_the_same_seed_gives_the_same_mutants() -> None:
    seeds = find_seeds(None)
    assert list(iter_mutants(seeds, 20)) == list(iter_mutants(seeds, 20))
    assert list(iter_mutants(seeds, 20)) != list(iter_mutants(seeds, 20, seed=8))
