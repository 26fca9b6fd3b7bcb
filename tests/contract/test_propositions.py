"""What several claims are about, as every store keeps it: derived as claims come, asked, judged, taken back."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.background import Released
from graph.deriving import derive
from graph.errors import JudgementRefused, NotFound, QueryError
from graph.formats.copying import copy
from graph.formats.importing import import_lines
from graph.formats.lines import iter_lines
from graph.grades import FAIR_FROM
from graph.judging.making import make_judgement
from graph.proposition_store import Assigned, Derived, Order, PropositionQuery
from graph.records import (
    ClaimId,
    ClaimType,
    Contradiction,
    ContradictionKind,
    Copy,
    CopyKind,
    EntityId,
    Extraction,
    Judgement,
    JudgementKind,
    Modality,
    Polarity,
    Predicate,
    Proposition,
    PropositionId,
    Quantity,
    Relation,
    Status,
    Tie,
)
from graph.store import GraphStore
from graph.stores import open_store
from tests.contract.builders import AIME, DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction
from tests.contract.generated import ENTITIES, TIES, iter_extractions, make_copies

ACCUSED = Said("DeepSeek distilled OpenAI, Microsoft says.", object="OpenAI", speakers=("Microsoft",))
DENIED = replace(ACCUSED, text="DeepSeek denies it.", speakers=("DeepSeek",), polarity=Polarity.DENIED)
CHEAP = Said(
    "Training cost 5.6 million dollars.",
    subject="DeepSeek-R1",
    type=ClaimType.COST,
    predicate=Predicate.COSTS,
    modality=Modality.ASSERTED,
    quantity=Quantity("training_cost", 5.6e6, "USD"),
)
DEAR = replace(CHEAP, text="It cost 1.3 billion.", quantity=Quantity("training_cost", 1.3e9, "USD"))
DAY = timedelta(days=1)


def article(n: int, *said: Said, days: int = 0, **kept: object) -> Extraction:
    return make_extraction(
        *said,
        url=f"https://n{n}.example/{n}",
        at=NOON + days * DAY,
        domain=f"n{n}.example",
        **kept,  # type: ignore[arg-type]
    )


STORY = [
    article(1, ACCUSED, CHEAP),
    article(2, ACCUSED, days=1),
    article(3, DENIED, DEAR, days=2),
    article(4, CHEAP, days=3),
]


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add(STORY)
    derive(store)
    return store


def everything(store: GraphStore) -> tuple[dict[str, Proposition], set[Contradiction]]:
    return {one.id: one for one in store.iter_propositions()}, set(store.list_contradictions(limit=10_000))


def find(store: GraphStore, claim: ClaimId) -> Proposition:
    [one] = store.get_propositions([store.find_propositions_of([claim])[claim]])
    return one


def id_of(n: int, place: int = 0) -> ClaimId:
    return STORY[n - 1].claims[place].id


def judge(store: GraphStore, kind: JudgementKind, *claims: ClaimId) -> Judgement:
    judgement = make_judgement(kind, (), "ann", NOON, "read both", claims=claims)
    assert store.judge(judgement)
    derive(store)
    return judgement


def undo(store: GraphStore, judgement: Judgement) -> Judgement:
    back = make_judgement(JudgementKind.UNDO, (), "bob", NOON, "no", undoes=judgement.id)
    assert store.judge(back)
    derive(store)
    return back


def test_claims_that_speak_of_one_thing_are_one_proposition(full: GraphStore) -> None:
    one = find(full, id_of(1))
    assert [link.claim for link in one.links] == [id_of(1), id_of(2), id_of(3)]
    assert (one.articles, one.type, one.predicate) == (3, ClaimType.ALLEGATION, Predicate.DISTILLED_FROM)
    assert (one.first_reported_at, one.last_reported_at) == (NOON, NOON + 2 * DAY)
    assert [event.status for event in one.events] == [Status.ALLEGED, Status.DENIED]
    assert one.status is Status.DENIED
    assert one.events[1].basis == (id_of(3),)
    assert full.count_queued() == 0


def test_every_claim_is_in_one_proposition(store: GraphStore) -> None:
    store.add_entities(ENTITIES, TIES)
    store.add(iter_extractions(40))
    done = derive(store)
    claims = [claim.id for extraction in store.iter_extractions() for claim in extraction.claims]
    assert done.claims == len(claims)
    linked = [link.claim for one in store.iter_propositions() for link in one.links]
    assert sorted(linked) == sorted(claims)
    assert store.find_propositions_of(claims).keys() == set(claims)


WEAK = {
    "score": {"score": FAIR_FROM - 0.01},
    "refuted": {"refuted": "names nobody"},
}


@pytest.mark.parametrize("field", WEAK)
def test_a_weak_claim_joins_a_proposition_and_changes_nothing_of_it(
    store: GraphStore, tmp_path: Path, field: str
) -> None:
    """Neither the denial nor the other number has an effect when weak claims tell them."""
    weak = [replace(said, **WEAK[field]) for said in (DENIED, DEAR)]  # type: ignore[arg-type]
    better = [STORY[0], STORY[1], STORY[3]]
    with open_store(str(tmp_path / "better.db")) as without:
        without.add(better)
        derive(without)
        expected = everything(without)
    added = article(3, *weak, days=2)
    store.add([*better, added])
    derive(store)
    found, contradictions = everything(store)
    assert contradictions == expected[1] == set()
    links = {id: one.links for id, one in found.items()}
    assert {id: replace(one, links=expected[0][id].links) for id, one in found.items()} == expected[0]
    accusation = store.find_propositions_of([id_of(1)])[id_of(1)]
    assert [link.claim for link in links[accusation]] == [id_of(1), id_of(2), added.claims[0].id]
    assert added.claims[1].id not in store.find_propositions_of([claim.id for claim in added.claims])
    assert store.count_queued() == 0


def test_a_weak_claim_tells_no_maker_and_no_inquiry(store: GraphStore) -> None:
    released = Said(
        "OpenAI released R1.", "OpenAI", "DeepSeek-R1", type=ClaimType.RELEASE, predicate=Predicate.RELEASED
    )
    inquiry = replace(
        ACCUSED,
        subject="Microsoft",
        object="DeepSeek",
        speakers=(),
        type=ClaimType.LEGAL,
        predicate=Predicate.INVESTIGATES,
        modality=Modality.ASSERTED,
    )
    store.add(
        [make_extraction(ACCUSED, replace(inquiry, score=FAIR_FROM - 0.01), replace(released, score=FAIR_FROM - 0.01))]
    )
    derive(store)
    assert store.list_releases([Predicate.RELEASED]) == ()
    assert [one.status for one in store.iter_propositions()] == [Status.ALLEGED]
    store.add([make_extraction(ACCUSED, inquiry, replace(released, score=0.5), url="https://n2.example/2")])
    derive(store)
    assert store.list_releases([Predicate.RELEASED]) == (Released(OPENAI.id, R1.id, 1),)
    again = replace(released, score=0.5)
    store.add(
        [make_extraction(again, again, url="https://n3.example/3"), make_extraction(again, url="https://n4.example/4")]
    )
    assert store.list_releases([Predicate.RELEASED]) == (Released(OPENAI.id, R1.id, 3),)
    assert Status.UNDER_INVESTIGATION in {one.status for one in store.iter_propositions()}


def test_nothing_new_derives_nothing(full: GraphStore) -> None:
    before = everything(full)
    assert derive(full).claims == 0
    full.add(STORY)
    assert derive(full).bundles == 0
    assert full.queue_claims() == 6
    assert derive(full).claims == 6
    assert everything(full) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_claims_and_of_deriving_does_not_matter(store: GraphStore, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    story = list(iter_extractions(60, seed))
    copies = make_copies(story, seed)
    with open_store(str(tmp_path / "once.db")) as once:
        once.add_entities(ENTITIES, TIES)
        once.add(story)
        once.add_copies(copies)
        derive(once)
        expected = everything(once)
    store.add_entities(ENTITIES, TIES)
    chance.shuffle(story)
    for start in range(0, len(story), 13):
        store.add(story[start : start + 13])
        if chance.random() < 0.7:
            derive(store)
        store.add_copies(copies[start // 2 : start])
    store.add_copies(copies)
    derive(store)
    assert everything(store) == expected


def test_two_numbers_of_one_measure_contradict(full: GraphStore) -> None:
    one, other = sorted((find(full, id_of(1, 1)).id, find(full, id_of(3, 1)).id))
    [found] = full.list_contradictions()
    assert (found.one, found.other, found.kind) == (one, other, ContradictionKind.VALUE)
    assert not found.dismissed
    assert full.list_contradictions([one]) == full.list_contradictions([other]) == (found,)
    assert full.list_contradictions([find(full, id_of(1)).id]) == full.list_contradictions([]) == ()


def test_a_dismissed_contradiction_stays_and_says_so(full: GraphStore) -> None:
    before = everything(full)
    judgement = judge(full, JudgementKind.DISMISS, id_of(1, 1), id_of(3, 1))
    [found] = full.list_contradictions()
    assert found.dismissed
    assert full.cypher("MATCH ()-[x:CONTRADICTS]->() RETURN x.state AS s").rows == (("dismissed",),)
    undo(full, judgement)
    assert everything(full) == before


def test_open_contradictions_come_first_then_those_in_most_articles(full: GraphStore) -> None:
    other = replace(
        CHEAP, subject="DeepSeek", text="DeepSeek paid 2 million.", quantity=Quantity("training_cost", 2e6, "USD")
    )
    more = replace(other, text="DeepSeek paid 9 billion.", quantity=Quantity("training_cost", 9e9, "USD"))
    full.add([article(5, other), article(6, more), article(7, other), article(8, more)])
    derive(full)
    heavy, light = full.list_contradictions()
    claims = {link.claim for one in full.get_propositions([heavy.one, heavy.other]) for link in one.links}
    assert len(claims) == 4
    [heavy_claim, *_], [light_claim, *_] = (
        [link.claim for link in full.get_propositions([id])[0].links] for id in (heavy.one, heavy.other)
    )
    judge(full, JudgementKind.DISMISS, heavy_claim, light_claim)
    assert [x.dismissed for x in full.list_contradictions()] == [False, True]
    assert full.list_contradictions(limit=1) == (light,)


def test_joined_claims_are_one_proposition_until_that_is_taken_back(full: GraphStore) -> None:
    before = everything(full)
    judgement = judge(full, JudgementKind.JOIN, id_of(1), id_of(1, 1))
    one = find(full, id_of(1))
    assert one == find(full, id_of(1, 1))
    assert len(one.links) == 5
    assert full.cypher("MATCH (:Claim)-[s:SAYS]->(:Proposition) RETURN count(s) AS n").rows == ((6,),)
    back = undo(full, judgement)
    assert everything(full) == before
    undo(full, back)
    assert find(full, id_of(1)) == one
    assert [made.kind for made in full.list_judgements()] == [JudgementKind.JOIN, *[JudgementKind.UNDO] * 2]


def test_parted_and_pinned_claims_follow_their_judgements(full: GraphStore) -> None:
    before = everything(full)
    parted = judge(full, JudgementKind.PART, id_of(1), id_of(2))
    assert find(full, id_of(1)).id != find(full, id_of(2)).id
    pinned = judge(full, JudgementKind.PIN, id_of(1, 1), id_of(3, 1))
    assert find(full, id_of(1, 1)) == find(full, id_of(3, 1))
    for judgement in (parted, pinned):
        undo(full, judgement)
    assert everything(full) == before


@pytest.mark.parametrize("seed", range(2))
def test_taking_all_judgements_back_ends_where_it_began(store: GraphStore, seed: int) -> None:
    chance = random.Random(seed)
    store.add_entities(ENTITIES, TIES)
    store.add(iter_extractions(25, seed))
    derive(store)
    before = everything(store)
    claims = sorted(link.claim for one in before[0].values() for link in one.links)
    made: list[Judgement] = []
    for _ in range(8):
        kind = chance.choice([JudgementKind.JOIN, JudgementKind.PART, JudgementKind.PIN, JudgementKind.MERGE])
        names = chance.sample([entity.id for entity in ENTITIES], 2) if kind is JudgementKind.MERGE else ()
        about = () if names else chance.sample(claims, chance.randrange(2, 4))
        judgement = make_judgement(kind, names, "ann", NOON, f"step {len(made)}", claims=about)
        try:
            store.judge(judgement)
        except (JudgementRefused, NotFound):
            continue
        made.append(judgement)
        if chance.random() < 0.6:
            derive(store)
    assert len(made) > 3
    derive(store)
    assert everything(store) != before
    chance.shuffle(made)
    for judgement in made:
        store.judge(make_judgement(JudgementKind.UNDO, (), "bob", NOON, "back", undoes=judgement.id))
    derive(store)
    assert everything(store) == before


def test_a_judgement_on_claims_that_are_not_there_is_refused(full: GraphStore) -> None:
    with pytest.raises(NotFound):
        full.judge(make_judgement(JudgementKind.JOIN, (), "ann", NOON, "why", claims=[id_of(1), ClaimId("c0")]))
    with pytest.raises(JudgementRefused):
        full.judge(make_judgement(JudgementKind.JOIN, (), "ann", NOON, "why", claims=[id_of(1)]))
    assert full.list_judgements() == ()


def test_merged_entities_bring_their_claims_together(full: GraphStore) -> None:
    full.add([article(5, replace(ACCUSED, text="R1 distilled OpenAI.", subject="DeepSeek-R1"))])
    derive(full)
    before = everything(full)
    claim = full.find_propositions_of([id_of(1)])
    merge = make_judgement(JudgementKind.MERGE, (DEEPSEEK.id, R1.id), "ann", NOON, "one")
    full.judge(merge)
    derive(full)
    assert len(find(full, id_of(1)).links) == 4
    full.judge(make_judgement(JudgementKind.UNDO, (), "ann", NOON, "no", undoes=merge.id))
    derive(full)
    assert everything(full) == before
    assert full.find_propositions_of([id_of(1)]) == claim


RELEASED = Said(
    "DeepSeek released R1.",
    object="DeepSeek-R1",
    type=ClaimType.RELEASE,
    predicate=Predicate.RELEASED,
    modality=Modality.ASSERTED,
)


def test_a_release_told_later_makes_maker_and_product_one(store: GraphStore) -> None:
    thing = article(5, replace(ACCUSED, text="R1 distilled OpenAI.", subject="DeepSeek-R1"))
    store.add([*STORY, thing])
    derive(store)
    assert store.get_makers() == {}
    assert find(store, thing.claims[0].id) != find(store, id_of(1))
    store.add([article(6, RELEASED)])
    derive(store)
    assert store.get_makers() == {R1.id: DEEPSEEK.id}
    assert find(store, thing.claims[0].id) == find(store, id_of(1))
    apart = make_judgement(JudgementKind.MERGE, (OPENAI.id, DEEPSEEK.id), "ann", NOON, "one")
    together = everything(store)
    for judgement in (apart, make_judgement(JudgementKind.UNDO, (), "ann", NOON, "no", undoes=apart.id)):
        store.judge(judgement)
        derive(store)
    assert everything(store) == together


def test_a_release_told_later_makes_the_maker_one_with_what_is_made_by_the_product(store: GraphStore) -> None:
    store.add_entities([R1, AIME], [Tie(R1.id, Relation.MAKES, AIME.id, "table")])
    thing = article(5, replace(ACCUSED, text="AIME 2024 distilled OpenAI.", subject="AIME 2024"))
    store.add([*STORY, thing])
    derive(store)
    assert find(store, thing.claims[0].id) != find(store, id_of(1))
    store.add([article(6, RELEASED)])
    derive(store)
    assert find(store, thing.claims[0].id) == find(store, id_of(1))
    live = everything(store)
    store.queue_claims()
    derive(store)
    assert everything(store) == live


@pytest.mark.parametrize("others", [0, 1])
def test_a_release_that_is_gone_tells_no_maker(store: GraphStore, others: int) -> None:
    thing = article(5, replace(ACCUSED, text="R1 distilled OpenAI.", subject="DeepSeek-R1"))
    told = article(6, RELEASED)
    other = replace(RELEASED, text="Microsoft released Phi.", subject="Microsoft", object="Phi")
    store.add([*STORY, thing, told, *(article(7 + n, other) for n in range(others))])
    derive(store)
    before = store.get_makers()
    assert before[R1.id] == DEEPSEEK.id
    store.replace(replace(told, claims=()))
    derive(store)
    assert store.get_makers() == {id: maker for id, maker in before.items() if id != R1.id}
    assert find(store, thing.claims[0].id) != find(store, id_of(1))
    assert store.count_queued() == 0


def test_a_judgement_that_gives_a_thing_its_known_maker_leaves_claims_no_say(store: GraphStore) -> None:
    """Nothing that the judgement moves is a release: the maker of one thing is known, the other is named by claims."""
    other = replace(R1, id=EntityId("deepseek-r-one"), name="DeepSeek R One", aliases=())
    store.add_entities([DEEPSEEK, MICROSOFT, other], [Tie(MICROSOFT.id, Relation.MAKES, other.id, "table")])
    store.add([*STORY, article(6, RELEASED)])
    derive(store)
    assert store.get_makers() == {R1.id: DEEPSEEK.id}
    store.judge(make_judgement(JudgementKind.MERGE, (R1.id, other.id), "ann", NOON, "one"))
    derive(store)
    assert store.get_makers() == {}


def test_queued_claims_are_found_by_what_they_say(store: GraphStore) -> None:
    store.add([*STORY, article(6, RELEASED)])
    [released] = [one for one in store.list_queued() if one.predicate is Predicate.RELEASED]
    assert store.find_queued([Predicate.RELEASED, Predicate.UPDATED]) == {released.claim: released.stamp}
    derive(store)
    assert store.find_queued(list(Predicate)) == {}


def test_a_copy_is_an_article_and_no_origin(store: GraphStore) -> None:
    own = replace(ACCUSED, speakers=(), text="DeepSeek distilled OpenAI.")
    story = [article(n, own, days=n) for n in (1, 2)]
    store.add(story)
    derive(store)
    claim = story[0].claims[0].id
    assert (find(store, claim).articles, find(store, claim).origins) == (2, 2)
    store.add_copies([Copy(story[1].article.id, story[0].article.id, CopyKind.SYNDICATED, 1.0)])
    derive(store)
    assert (find(store, claim).articles, find(store, claim).origins) == (2, 1)


def test_a_claim_dropped_from_a_newer_version_is_an_event(store: GraphStore) -> None:
    first = make_extraction(ACCUSED)
    store.add([first])
    derive(store)
    later = make_extraction(CHEAP, at=NOON, version=2)
    store.add([replace(later, article=replace(later.article, fetched_at=NOON + DAY))])
    derive(store)
    one = find(store, first.claims[0].id)
    assert one.status is Status.RETRACTED
    assert one.events[-1].recorded_at == NOON + DAY


def test_two_versions_of_a_page_do_not_contradict_each_other(store: GraphStore) -> None:
    twice = replace(CHEAP, text="It cost 5.6 million dollars or 1.3 billion.")
    dear = replace(twice, quantity=DEAR.quantity)
    store.add([make_extraction(twice), make_extraction(dear, DENIED, version=2, at=NOON + DAY)])
    derive(store)
    assert store.list_contradictions() == ()
    store.add([article(3, DEAR)])
    derive(store)
    assert len(store.list_contradictions()) == 1


def test_what_changed_while_it_was_derived_is_not_replaced(store: GraphStore) -> None:
    store.add(STORY[:1])
    queued = store.list_queued()
    assert len(queued) == 2
    store.queue_claims([queued[0].claim])
    store.assign_claims([Assigned(one.claim, one.stamp, "matter") for one in queued])
    assert [one.claim for one in store.list_queued()] == [queued[0].claim]
    [matter] = store.read_matters(["matter"])
    assert [claim.id for claim in matter.claims] == [queued[1].claim]
    [again] = store.list_queued()
    store.assign_claims([Assigned(again.claim, again.stamp, "matter")])
    assert store.list_open_matters() == {"matter": 2}
    assert store.put_matters([Derived({"matter": matter.stamp}, ())]) == 0
    [matter] = store.read_matters(["matter"])
    assert store.put_matters([Derived({"matter": matter.stamp}, ())]) == 1
    assert store.list_open_matters() == {}
    assert store.count_queued() == 0


@pytest.mark.parametrize("stay", [0, 1])
@pytest.mark.parametrize("closed", [False, True])
def test_what_was_derived_with_a_claim_that_has_left_is_not_put(store: GraphStore, stay: int, closed: bool) -> None:
    """Else it would take the claim away again from the matter that it is in now, and nothing would be queued."""
    store.add(STORY[:1])
    leaving, *staying = store.list_queued()
    there = [leaving, *staying[:stay]]
    store.assign_claims([Assigned(one.claim, one.stamp, "old") for one in there])
    if closed:
        [matter] = store.read_matters(["old"])
        assert store.put_matters([Derived({"old": matter.stamp}, ())]) == 1
    [matter] = store.read_matters(["old"])
    store.queue_claims([leaving.claim])
    [again] = [one for one in store.list_queued() if one.claim == leaving.claim]
    store.assign_claims([Assigned(again.claim, again.stamp, "new")])
    assert store.put_matters([Derived({"old": matter.stamp}, ())]) == 0
    for key in store.list_open_matters():
        [matter] = store.read_matters([key])
        assert store.put_matters([Derived({key: matter.stamp}, ())]) == 1
    assert store.list_open_matters() == {}
    assert store.find_matters([one.claim for one in there]) == {
        one.claim: "new" if one is leaving else "old" for one in there
    }


def test_a_matter_rests_until_a_moment_and_loses_nothing_by_it(store: GraphStore) -> None:
    store.add(STORY)
    derive(store)
    places = store.find_matters([claim.id for one in STORY for claim in one.claims])
    keys = sorted(set(places.values()))
    assert store.list_resting(NOON) == frozenset()
    store.rest_matters(keys[:1], NOON)
    store.rest_matters(keys[1:], NOON + timedelta(minutes=14))
    assert store.list_resting(NOON - timedelta(minutes=1)) == frozenset(keys)
    assert store.list_resting(NOON) == frozenset(keys[1:])
    assert store.count_queued() == 0
    store.rest_matters(keys[:1], NOON + timedelta(minutes=28))
    assert store.list_resting(NOON + timedelta(minutes=14)) == frozenset(keys[:1])
    store.queue_claims()
    derive(store)
    assert store.find_matters(list(places)) == places


def test_what_was_derived_with_a_claim_that_is_gone_is_not_put(store: GraphStore) -> None:
    store.add(STORY[:1])
    store.assign_claims([Assigned(one.claim, one.stamp, "matter") for one in store.list_queued()])
    [matter] = store.read_matters(["matter"])
    assert store.put_matters([Derived({"matter": matter.stamp}, ())]) == 1
    [matter] = store.read_matters(["matter"])
    store.replace(replace(STORY[0], claims=STORY[0].claims[1:]))
    assert store.put_matters([Derived({"matter": matter.stamp}, ())]) == 0


def test_propositions_are_found_by_what_they_are(full: GraphStore) -> None:
    def ids(**conditions: object) -> list[str]:
        page = full.find_propositions(PropositionQuery(**conditions), 50)  # type: ignore[arg-type]
        return [one.id for one in page.propositions]

    accusation, cheap, dear = (find(full, claim).id for claim in (id_of(1), id_of(1, 1), id_of(3, 1)))
    assert set(ids()) == {accusation, cheap, dear}
    assert ids(order=Order.WEIGHT) == [accusation, cheap, dear]
    assert ids()[0] == cheap
    assert ids(about=(DEEPSEEK.id,)) == ids(about=(DEEPSEEK.id, OPENAI.id)) == ids(about=(OPENAI.id,)) == [accusation]
    assert set(ids(about=(R1.id,))) == {cheap, dear}
    assert ids(about=(MICROSOFT.id,)) == []
    assert ids(types=(ClaimType.ALLEGATION,)) == ids(statuses=(Status.DENIED, Status.CONFIRMED)) == [accusation]
    assert ids(since=NOON + 3 * DAY) == [cheap]
    assert ids(known_by=NOON + DAY, statuses=(Status.ALLEGED,)) == [accusation]
    assert ids(known_by=NOON + 3 * DAY, statuses=(Status.ALLEGED,)) == []
    assert set(ids(known_by=NOON + DAY)) == {accusation, cheap}
    assert ids(known_by=NOON) == []
    assert ids(valid_at=NOON + DAY, statuses=(Status.ALLEGED,)) == [accusation]
    assert ids(valid_at=NOON + 3 * DAY, statuses=(Status.DENIED,)) == [accusation]
    assert ids(valid_at=NOON + 3 * DAY, known_by=NOON + DAY, statuses=(Status.DENIED,)) == []
    assert ids(valid_at=NOON) == []


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("about", [(), (DEEPSEEK.id,)], ids=["all", "one entity"])
def test_pages_follow_one_another(store: GraphStore, order: Order, about: tuple[str, ...]) -> None:
    store.add_entities(ENTITIES, TIES)
    store.add(iter_extractions(30))
    derive(store)
    query = PropositionQuery(about=about, order=order)  # type: ignore[arg-type]
    whole = store.find_propositions(query, 500)
    assert whole.next is None
    paged: list[Proposition] = []
    after = None
    while True:
        page = store.find_propositions(query, 7, after)
        paged += page.propositions
        after = page.next
        if after is None:
            break
    assert tuple(paged) == whole.propositions
    assert len({one.id for one in paged}) == len(paged) > 10


def test_a_foreign_cursor_is_refused(full: GraphStore) -> None:
    with pytest.raises(QueryError):
        full.find_propositions(PropositionQuery(), 5, "nonsense")


def test_what_is_not_there_is_left_out(full: GraphStore) -> None:
    one = find(full, id_of(1))
    assert full.get_propositions([one.id, "p0"]) == (one,)  # type: ignore[list-item]
    assert full.find_propositions_of([ClaimId("c0")]) == {}
    assert full.get_propositions([]) == ()


def test_bare_ones_are_the_same_without_links_events_and_parts(full: GraphStore) -> None:
    query = PropositionQuery(order=Order.WEIGHT)
    whole, page = full.find_propositions(query, 500), full.find_propositions(query, 500, bare=True)
    assert all(one.links and one.events for one in whole.propositions)
    stripped = tuple(replace(one, links=(), events=(), part_of=()) for one in whole.propositions)
    assert (page.propositions, page.next) == (stripped, whole.next)
    ids = [one.id for one in whole.propositions[:3]]
    assert full.get_propositions([*ids[::-1], PropositionId("p0")], bare=True) == stripped[:3][::-1]
    assert full.find_propositions(query, 2, bare=True).next == full.find_propositions(query, 2).next


def test_of_many_links_the_first_are_read_and_those_on_which_events_rest(full: GraphStore) -> None:
    whole = full.find_propositions(PropositionQuery(order=Order.WEIGHT), 500).propositions
    beyond = 0
    for most in (0, 1, 2):
        cut = full.get_propositions([one.id for one in whole], most_links=most)
        for one, found in zip(whole, cut, strict=True):
            basis = {id for event in one.events for id in event.basis}
            links = tuple(link for n, link in enumerate(one.links) if n < most or link.claim in basis)
            assert found == replace(one, links=links)
            beyond += most > 0 and len(links) > most
    assert beyond


def test_the_graph_shows_propositions_and_their_history(full: GraphStore) -> None:
    one = find(full, id_of(1))
    rows = full.cypher(
        "MATCH (c:Claim)-[s:SAYS]->(p:Proposition {id: $id}) "
        "RETURN c.id AS claim, s.score AS score ORDER BY c.reported_at",
        {"id": one.id},
    ).rows
    assert rows == tuple((link.claim, link.score) for link in one.links)
    history = full.cypher(
        "MATCH (p:Proposition {id: $id})-[:HAD]->(v:Event) "
        "RETURN v.status AS s, v.recorded_at AS r, v.basis AS b ORDER BY r",
        {"id": one.id},
    ).rows
    assert history == (
        ("alleged", "2025-01-29T12:00:00Z", list(one.events[0].basis)),
        ("denied", "2025-01-31T12:00:00Z", [id_of(3)]),
    )
    ((node,),) = full.cypher("MATCH (p:Proposition {id: $id}) RETURN p AS p", {"id": one.id}).rows
    assert node == {
        "_labels": ["Proposition"],
        "id": one.id,
        "label_en": one.label_en,
        "label_ja": one.label_ja,
        "claim_type": "allegation",
        "predicate": "distilled_from",
        "status": "denied",
        "first_reported_at": "2025-01-29T12:00:00Z",
        "last_reported_at": "2025-01-31T12:00:00Z",
        "articles": 3,
        "origins": one.origins,
    }


def test_what_is_no_more_leaves_the_graph(full: GraphStore) -> None:
    count = "MATCH (n) WHERE n:Proposition OR n:Event RETURN count(n) AS n"
    before = full.cypher(count).rows
    judgement = judge(full, JudgementKind.JOIN, id_of(1), id_of(1, 1), id_of(3, 1))
    assert full.cypher("MATCH (p:Proposition) RETURN count(p) AS n").rows == ((1,),)
    undo(full, judgement)
    assert full.cypher(count).rows == before


def test_another_store_derives_the_same(store: GraphStore, tmp_path: Path) -> None:
    story: Sequence[Extraction] = list(iter_extractions(40))
    store.add_entities(ENTITIES, TIES)
    store.add(story)
    store.add_copies(make_copies(story))
    claims = [claim.id for extraction in story for claim in extraction.claims]
    judge(store, JudgementKind.JOIN, claims[0], claims[7])
    with open_store(str(tmp_path / "copied.db")) as copied, open_store(str(tmp_path / "imported.db")) as imported:
        copy(store, copied)
        import_lines(imported, [line.encode() for line in iter_lines(store)])
        for there in (copied, imported):
            derive(there)
            assert everything(there) == everything(store)
            assert there.find_propositions(PropositionQuery(), 40) == store.find_propositions(PropositionQuery(), 40)
            assert there.list_contradictions() == store.list_contradictions()


def test_who_stands_behind_whom_is_told_by_the_articles(store: GraphStore) -> None:
    works = Said(
        "Microsoft is a part of DeepSeek now.",
        subject="Microsoft",
        object="DeepSeek",
        type=ClaimType.PEOPLE,
        predicate=Predicate.WORKS_FOR,
        modality=Modality.ASSERTED,
    )
    accused, denied = replace(ACCUSED, speakers=("Sacks",)), replace(DENIED, speakers=("Microsoft",))
    first = make_extraction(accused)
    store.add([first, make_extraction(denied, url="https://n2.example/2", at=NOON + DAY)])
    derive(store)
    assert find(store, first.claims[0].id).status is Status.DISPUTED
    third = make_extraction(accused, works, url="https://n3.example/3", at=NOON + 2 * DAY)
    store.add([third])
    derive(store)
    assert [event.status for event in find(store, first.claims[0].id).events] == [Status.ALLEGED, Status.DENIED]
    both = [Predicate.DISTILLED_FROM, Predicate.WORKS_FOR]
    listed = store.list_claims_of([first.article.id, third.article.id], both)
    assert {claim.id for claim in listed} == {claim.id for one in (first, third) for claim in one.claims}
    assert store.list_claims_of([third.article.id], both[1:]) == third.claims[1:]


def _cost(text: str, subject: str, value: float) -> Said:
    return replace(CHEAP, text=text, subject=subject, quantity=Quantity("training_cost", value, "USD"))


def test_who_tells_the_same_number_of_a_deed_is_listed(store: GraphStore) -> None:
    one = make_extraction(
        _cost("R1 cost 5.6 million.", "DeepSeek-R1", 5.6e6), _cost("Or 5.7 million.", "DeepSeek-R1", 5.7e6)
    )
    other = make_extraction(_cost("It took 5.6 million.", "DeepSeek", 5_599_999.9999999995), url="https://n2.example/2")
    later = make_extraction(
        _cost("Then 5.6 million.", "DeepSeek", 5.6e6), url="https://n4.example/4", at=NOON + 9 * DAY
    )
    plain = make_extraction(ACCUSED, url="https://n3.example/3")
    store.add([one, other, later, plain])
    ids = [one.claims[0].id, other.claims[0].id]
    assert [claim.id for claim in store.list_equal(ids[:1], 8 * DAY)] == sorted(ids)
    assert len(store.list_equal(ids[:1], 9 * DAY)) == 3
    assert store.list_equal([plain.claims[0].id], DAY) == ()
    assert store.list_equal([], DAY) == ()


@pytest.mark.parametrize("host_first", [True, False])
@pytest.mark.parametrize("days", [1, -1])
def test_a_number_of_another_party_goes_where_its_name_is_whichever_comes_first(
    store: GraphStore, host_first: bool, days: int
) -> None:
    host = make_extraction(_cost("DeepSeek-R1 cost 5.6 million dollars.", "DeepSeek-R1", 5.6e6))
    guest = make_extraction(
        _cost("Of DeepSeek-R1 the model cost 5.6 million dollars.", "the model", 5.6e6),
        url="https://n2.example/2",
        at=NOON + days * DAY,
    )
    for extraction in (host, guest) if host_first else (guest, host):
        store.add([extraction])
        derive(store)
    assert store.count_queued() == 0
    assert find(store, host.claims[0].id).id == find(store, guest.claims[0].id).id
    [proposition] = store.find_propositions(PropositionQuery()).propositions
    assert "DeepSeek-R1" in proposition.label_en


def test_who_is_one_makes_one_story_of_two_articles_and_of_what_else_they_tell(store: GraphStore) -> None:
    """Their other claims name neither of the two, and tell one number under two names."""
    grew = Said("It grew.", type=ClaimType.MARKET, predicate=Predicate.EARNED, modality=Modality.ASSERTED)
    numbers = [_cost("It took 5.6 million.", "DeepSeek-R1", 5.6e6), _cost("That was 5.6 million.", "DeepSeek", 5.6e6)]
    some, others = (
        article(n, replace(grew, subject=name), cost)
        for n, name, cost in zip((1, 2), ("OpenAI", "Microsoft"), numbers, strict=True)
    )
    costs = {extraction.claims[1].id for extraction in (some, others)}

    def list_matters() -> list[set[ClaimId]]:
        derive(store)
        return [{link.claim for link in one.links} for one in store.iter_propositions()]

    store.add([some, others])
    assert costs not in list_matters()
    merge = make_judgement(JudgementKind.MERGE, (OPENAI.id, MICROSOFT.id), "ann", NOON, "one")
    store.judge(merge)
    assert costs in list_matters()
    store.judge(make_judgement(JudgementKind.UNDO, (), "bob", NOON, "no", undoes=merge.id))
    assert costs not in list_matters()
