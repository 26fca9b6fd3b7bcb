"""Deriving cut short at any moment, and what it costs when little is new."""

import signal
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph import deriving
from graph.background import MAKING, Released
from graph.deriving import derive, read_ties
from graph.ids import make_entity_id
from graph.proposition_store import Matter
from graph.records import (
    Claimant,
    ClaimType,
    Contradiction,
    Entity,
    EntityType,
    Extraction,
    Modality,
    Party,
    Predicate,
    Proposition,
    Quantity,
    Relation,
    Status,
    Tie,
)
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import ACCUSED, DENIED, NOON, Said, make_extraction
from tests.contract.generated import ENTITIES, TIES, iter_extractions
from tests.graph.conftest import ROOT, script

# Ends the process at the n-th change, before or after it is committed.
KILLED = """
from graph import deriving
deriving._CLAIMS = 25
calls = 0
def killing(change):
    def call(*arguments):
        global calls
        calls += 1
        if calls == {count} and {before}:
            os.kill(os.getpid(), signal.SIGKILL)
        result = change(*arguments)
        if calls == {count}:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call
with SqliteStore(path) as store:
    store.assign_claims, store.put_matters = killing(store.assign_claims), killing(store.put_matters)
    deriving.derive(store)
"""


def everything(store: SqliteStore) -> tuple[dict[str, Proposition], set[Contradiction]]:
    return {one.id: one for one in store.iter_propositions()}, set(store.list_contradictions(limit=10_000))


@pytest.fixture
def filled(path: Path) -> Path:
    with SqliteStore(path) as store:
        store.add_entities(ENTITIES, TIES)
        store.add(iter_extractions(40))
    return path


def test_killed_at_any_change_the_next_run_takes_up_the_rest(filled: Path, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "once.db") as once:
        once.add_entities(ENTITIES, TIES)
        once.add(iter_extractions(40))
        derive(once)
        expected = everything(once)
    for count in range(1, 5):
        text = KILLED.format(count=count, before=count % 2 == 0)
        done = subprocess.run(script(text, filled), cwd=ROOT, timeout=60, check=False)
        assert done.returncode == -signal.SIGKILL
        with SqliteStore(filled) as store:
            found, contradictions = everything(store)
            linked = [link.claim for one in found.values() for link in one.links]
            assert len(linked) == len(set(linked))
            assert all(expected[0][id] == one for id, one in found.items())
            assert contradictions <= expected[1]
            assert store.count_queued() > 0
    with SqliteStore(filled) as store:
        derive(store)
        assert everything(store) == expected


def test_a_matter_opened_while_it_is_derived_is_derived_again(filled: Path) -> None:
    class Busy(SqliteStore):
        """Another process stores an article whenever matters have been read."""

        left = 3

        def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
            matters = super().read_matters(keys)
            if self.left:
                self.left -= 1
                self.queue_claims([matters[0].claims[0].id])
                deriving._assign(self, self.list_queued(), ())
            return matters

    with Busy(filled) as store:
        derive(store)
        assert store.count_queued() == 0
        after = everything(store)
        store.queue_claims()
        derive(store)
        assert everything(store) == after


def test_what_is_new_opens_its_own_matters_only(filled: Path) -> None:
    with SqliteStore(filled) as store:
        derive(store)
        [extraction] = list(iter_extractions(41))[40:]
        store.add([extraction])
        done = derive(store)
        assert done.claims == len(extraction.claims)
        assert done.bundles <= len(extraction.claims)


def test_a_large_matter_rests_and_what_came_meanwhile_is_grouped_once_for_all(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reading(SqliteStore):
        """Counts the claims that are read of matters."""

        claims = 0

        def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
            matters = super().read_matters(keys)
            self.claims += sum(len(matter.claims) for matter in matters)
            return matters

    monkeypatch.setattr(deriving, "_LARGE", 3)
    news = list(iter_extractions(60))[40:]
    with Reading(filled) as store:
        derive(store, now=NOON)
        large = store.list_resting(NOON)
        assert large
        assert store.list_resting(NOON + timedelta(minutes=15)) == frozenset()
        for minutes, extraction in enumerate(news):
            store.add([extraction])
            store.claims = 0
            derive(store, now=NOON + timedelta(seconds=30 * minutes))
            waiting = set(store.list_open_matters(1000))
            assert store.claims <= 3 * len(extraction.claims) + 3 * len(waiting)
        assert waiting & large
        derive(store, now=NOON + timedelta(minutes=30))
        assert store.count_queued() == 0
        found = everything(store)
    with SqliteStore(tmp_path / "once.db") as once:
        once.add_entities(ENTITIES, TIES)
        once.add(iter_extractions(60))
        derive(once)
        assert everything(once) == found


def test_without_a_clock_nothing_rests(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "_LARGE", 3)
    with SqliteStore(filled) as store:
        derive(store, now=NOON)
        store.queue_claims()
        derive(store, now=NOON)
        assert store.count_queued() > 0
        derive(store)
        assert store.count_queued() == 0


def test_makers_are_found_anew_for_a_release_alone(filled: Path) -> None:
    class Counting(SqliteStore):
        asked = 0

        def list_releases(self, predicates: Sequence[Predicate]) -> tuple[Released, ...]:
            self.asked += 1
            return super().list_releases(predicates)

    def is_release(extraction: Extraction) -> bool:
        return any(claim.predicate in MAKING for claim in extraction.claims)

    with Counting(filled) as store:
        derive(store)
        assert store.asked > 0
        kinds = {is_release(one): one for one in list(iter_extractions(80))[40:]}
        for extraction in (kinds[False], kinds[True]):
            before = store.asked
            store.add([extraction])
            derive(store)
            assert (store.asked > before) == is_release(extraction)


def test_what_stays_the_same_is_not_written(filled: Path) -> None:
    with SqliteStore(filled) as store:
        derive(store)
        version = store.cypher("MATCH (p:Proposition) RETURN count(p) AS n").rows
        with store._file.reading() as connection:
            before = connection.execute("SELECT max(seq) FROM change").fetchone()[0]
        store.queue_claims()
        derive(store)
        with store._file.reading() as connection:
            assert connection.execute("SELECT max(seq) FROM change").fetchone()[0] == before
        assert store.cypher("MATCH (p:Proposition) RETURN count(p) AS n").rows == version


def test_a_tie_that_a_table_dates_now_counts_no_more_as_it_was_without_days(filled: Path) -> None:
    one, other, *_ = ENTITIES
    plain = Tie(one.id, Relation.PARTNER_OF, other.id, "a table")
    dated = replace(plain, source="a table, since 2025-06")
    with SqliteStore(filled) as store:
        store.add_entities(ENTITIES, [plain])
        assert plain in read_ties(store)
        store.add_entities(ENTITIES, [dated])
        assert [tie for tie in read_ties(store) if tie.source.startswith("a table")] == [dated]


def test_an_objection_is_read_in_the_text_that_stands_before_it(path: Path) -> None:
    puts = replace(ACCUSED, text="OpenAI puts it at $540 million.", quantity=Quantity("sum", 540e6, "USD"))
    objects = Said(
        "Microsoft disputes the figure.",
        subject="Microsoft",
        object="the figure",
        type=ClaimType.STANCE,
        predicate=Predicate.DISPUTES,
        modality=Modality.ASSERTED,
    )
    other = Said(
        "Nvidia counts 300 million chips.", subject="Nvidia", type=ClaimType.MARKET, predicate=Predicate.EARNED
    )

    def derived(*said: Said) -> set[Status]:
        with SqliteStore(path) as store:
            store.add_entities(ENTITIES, TIES)
            store.add([make_extraction(*said, url=f"https://news.example/{len(said)}")])
            derive(store)
            return {event.status for one in store.iter_propositions() for event in one.events}

    assert Status.DISPUTED not in derived(other, objects, puts)
    assert Status.DISPUTED in derived(objects, puts)


def _list_statuses(path: Path, extraction: Extraction) -> set[Status]:
    """What became of all matters of a store once it has the extraction, too."""
    with SqliteStore(path) as store:
        store.add([extraction])
        derive(store)
        return {event.status for one in store.iter_propositions() for event in one.events}


def test_for_whom_a_person_denies_is_read_in_the_text(path: Path) -> None:
    person = Entity(make_entity_id("Ivo Tarn"), "Ivo Tarn", EntityType.PERSON)
    denied = replace(DENIED, text="It is untrue, he said.", speakers=("Ivo Tarn",))
    named = Said("DeepSeek's head of research, Ivo Tarn, spoke on Monday.", predicate=Predicate.HAS_USERS)

    def derived(*said: Said) -> set[Status]:
        extraction = make_extraction(*said, url=f"https://news.example/{len(said)}")
        claims = (
            replace(one, claimants=(Claimant(Party("Ivo Tarn", person.id)),)) if one.text == denied.text else one
            for one in extraction.claims
        )
        return _list_statuses(path, replace(extraction, entities=(*extraction.entities, person), claims=tuple(claims)))

    assert Status.DENIED not in derived(ACCUSED, denied)
    assert Status.DENIED in derived(ACCUSED, named, denied)


def test_who_makes_a_thing_of_which_something_is_denied_is_read_in_the_texts(path: Path) -> None:
    thing = Entity(make_entity_id("Korvo"), "Korvo", EntityType.MODEL)
    seen = Said("", type=ClaimType.COMPUTE, predicate=Predicate.TRAINED_WITH, object=None)
    accused = replace(seen, text="Korvo saw the test, OpenAI says.", speakers=("OpenAI",), modality=ACCUSED.modality)
    denied = replace(
        seen,
        text="That is untrue, DeepSeek said.",
        speakers=("DeepSeek",),
        modality=DENIED.modality,
        polarity=DENIED.polarity,
    )
    named = Said("DeepSeek's model Korvo came out in May.", predicate=Predicate.HAS_USERS)

    def derived(*said: Said) -> set[Status]:
        extraction = make_extraction(*said, url=f"https://news.example/{len(said)}")
        about = Party("Korvo", thing.id)
        claims = (one if one.text == named.text else replace(one, subject=about) for one in extraction.claims)
        return _list_statuses(path, replace(extraction, entities=(*extraction.entities, thing), claims=tuple(claims)))

    assert Status.DENIED not in derived(accused, denied)
    assert Status.DENIED in derived(accused, named, denied)


def test_two_versions_of_one_page_do_not_contradict_each_other(path: Path) -> None:
    first, second = (
        Said(
            f"DeepSeek-R1 cost {million} million dollars.",
            subject="DeepSeek-R1",
            type=ClaimType.COST,
            predicate=Predicate.COSTS,
            modality=Modality.ASSERTED,
            quantity=Quantity("training_cost", million * 1e6, "USD"),
        )
        for million in (5.6, 87.3)
    )

    def count_found(later: str, version: int) -> int:
        with SqliteStore(path.with_name(f"{version}.db")) as store:
            store.add([make_extraction(first, url="https://news.example/1")])
            store.add([make_extraction(second, url=later, version=version, at=NOON + timedelta(hours=3))])
            derive(store)
            return len(store.list_contradictions())

    assert count_found("https://news.example/2", 1) == 1
    assert count_found("https://news.example/1", 2) == 0
