"""Replies, stakes, drift, inflation, ledger and sums beside those expected."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evaluation.counting import Count
from evaluation.matching import match_matters
from evaluation.rows import (
    count_computed,
    count_drift,
    count_inflation,
    count_ledger,
    count_replies,
    count_stakes,
)
from graph.answers.ledger import Entry, Measured
from graph.computed import Computation
from graph.matters.drift import Change, Drift
from graph.matters.inflation import Inflation
from graph.matters.reply import Answer, Reply
from graph.matters.stake import Stake
from graph.records import ClaimId, EntityId, Modality, Party, Predicate, Relation, Tie
from graph.sums.making import Check
from ingest.stories.records import (
    ExpectedDrift,
    ExpectedInflation,
    ExpectedReply,
    ExpectedRow,
    ExpectedStake,
    ExpectedSum,
    PathStep,
    ReplyState,
    StatedTie,
    Story,
)
from tests.evaluation.views import EMPTY, NOON, make_chapter, make_matter, make_outcome, make_story

MATTER = make_matter("one", {"1.en": "cost $3"})
PLACES = {
    "a": ("1.en", "Tarn may have cost $3."),
    "b": ("2.en", "Tarn cost $3."),
    "c": ("2.en", "That is thrice what Lumen cost."),
}
CHAPTER = make_chapter("p", "a")
NAMES = {"pellow": ["pellow", "ペロー社"], "tarn": ["tarn"], "lumen": ["lumen"], "brisco": ["brisco"], "mark": ["mark"]}


def reply(state: ReplyState, hours: float | None) -> ExpectedReply:
    return ExpectedReply("one", "Pellow", state, hours, "1.en")


def answer(kind: Answer, hours: float) -> Reply:
    return Reply(kind, "Pellow", hours, NOON)


@pytest.mark.parametrize(
    ("wanted", "told", "count"),
    [
        ([reply(ReplyState.DENIED, 5)], [answer(Answer.DENIED, 5.9)], Count(1, 1)),
        ([reply(ReplyState.DENIED, 5)], [answer(Answer.DENIED, 6.1)], Count(0, 1)),
        ([reply(ReplyState.DENIED, 5)], [answer(Answer.ANSWERED, 5)], Count(0, 1, 1)),
        ([reply(ReplyState.NO_RESPONSE, None)], [answer(Answer.NO_RESPONSE, 50)], Count(1, 1)),
        ([reply(ReplyState.SILENT, None)], [answer(Answer.SILENT, 50)], Count(1, 1)),
        ([reply(ReplyState.DENIED, 5), reply(ReplyState.DENIED, 5)], [answer(Answer.DENIED, 5)], Count(1, 2)),
        ([], [answer(Answer.DENIED, 5)], Count(0, 0)),
    ],
    ids=["within an hour", "later", "another state", "never", "silent", "one is not two", "of a matter not listed"],
)
def test_replies(wanted: Sequence[ExpectedReply], told: Sequence[Reply], count: Count) -> None:
    story = make_story(MATTER, expect=replace(EMPTY, reply=tuple(wanted)))
    outcome = make_outcome(replace(CHAPTER, replies=tuple(told)), places=PLACES)
    assert count_replies(story, match_matters(story, outcome)) == count


def tie(one: str, relation: Relation, other: str) -> Tie:
    return Tie(EntityId(one), relation, EntityId(other), "table")


_PATH = (PathStep("Brisco", Relation.WORKS_FOR, "Pellow"), PathStep("Pellow", Relation.COMPETES_WITH, "Lumen"))
_WORKS, _COMPETES = tie("brisco", Relation.WORKS_FOR, "pellow"), tie("lumen", Relation.COMPETES_WITH, "pellow")


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ([_WORKS, _COMPETES], Count(1, 1)),
        ([tie("brisco", Relation.OWNS, "pellow"), _COMPETES], Count(1, 1)),
        ([tie("brisco", Relation.PARTNER_OF, "pellow"), _COMPETES], Count(0, 1, 1)),
        ([_COMPETES], Count(0, 1, 1)),
        ([], Count(0, 1)),
    ],
    ids=["either way round", "another that is right too", "another relation", "shorter", "none"],
)
def test_stakes(path: Sequence[Tie], count: Count) -> None:
    story = make_story(MATTER, expect=replace(EMPTY, stake=(ExpectedStake("one", "Brisco", _PATH),)))
    story = replace(story, background=(StatedTie("Brisco", Relation.WORKS_FOR, "Pellow", (Relation.OWNS,)),))
    stakes = (Stake(EntityId("brisco"), EntityId("lumen"), EntityId("tarn"), tuple(path)),) if path else ()
    outcome = make_outcome(replace(CHAPTER, stakes=stakes), places=PLACES, names=NAMES)
    assert count_stakes(story, match_matters(story, outcome), outcome) == count


def test_drift_is_told_of_its_speaker() -> None:
    story = make_story(MATTER, expect=replace(EMPTY, drift=(ExpectedDrift("one", "Pellow", ()),)))

    def count(*speakers: tuple[str, str | None]) -> Count:
        drifts = tuple(Drift(name, EntityId(id) if id else None, Change.SOFTER, ()) for name, id in speakers)
        outcome = make_outcome(replace(CHAPTER, drifts=drifts), places=PLACES, names=NAMES)
        return count_drift(story, match_matters(story, outcome), outcome)

    assert count(("ペロー社", "pellow")) == Count(1, 1)
    assert count(("Pellow", None), ("Brisco", "brisco")) == Count(1, 1, 1)
    assert count() == Count(0, 1)


def test_inflation_is_a_pair_of_sentences() -> None:
    row = ExpectedInflation("one", "1.en", "2.en", "Tarn may have cost $3.", "In all, Tarn cost $3.")
    story = make_story(MATTER, expect=replace(EMPTY, inflation=(row,)))

    def count(*pairs: tuple[str, str]) -> Count:
        found = tuple(
            Inflation(ClaimId(one), ClaimId(two), Modality.SPECULATED, Modality.ASSERTED, "cites") for one, two in pairs
        )
        outcome = make_outcome(replace(CHAPTER, inflations=found), places=PLACES)
        return count_inflation(story, match_matters(story, outcome), outcome)

    assert count(("a", "b")) == Count(1, 1)
    assert count(("a", "b"), ("a", "c")) == Count(1, 1, 1)
    assert count(("b", "a")) == Count(0, 1, 1)


def party(name: str) -> Party:
    return Party(name, EntityId(name.lower()))


def entry(
    claimed: Sequence[str] = (), replicated: Sequence[str] = (), told: Sequence[str] = (), *, turned: bool = False
) -> Entry:
    def measured(names: Sequence[str]) -> tuple[Measured, ...]:
        return tuple(Measured(name, EntityId(name.lower()), (ClaimId("a"),)) for name in names)

    sides = (party("Lumen"), Predicate.UNDERPERFORMS, party("Tarn"))
    if not turned:
        sides = (party("Tarn"), Predicate.OUTPERFORMS, party("Lumen"))
    subject, predicate, other = sides
    return Entry(
        vendor=None,
        subject=subject,
        predicate=predicate,
        object=other,
        benchmark=party("Mark"),
        quantity=None,
        date=None,
        claimed=measured(claimed),
        replicated=measured(replicated),
        told=measured(told),
        elsewhere=(),
        opposed=(),
    )


def row(by: str, *, self_reported: bool = True, replicated_by: str | None = None) -> ExpectedRow:
    return ExpectedRow("one", "Tarn", "Lumen", "Mark", by, self_reported, replicated_by)


@pytest.mark.parametrize(
    ("wanted", "told", "count"),
    [
        (row("Pellow"), entry(["Pellow"]), Count(1, 1)),
        (row("Pellow"), entry(["Pellow"], turned=True), Count(1, 1)),
        (row("Pellow"), entry(told=["Pellow"]), Count(0, 1)),
        (row("Pellow"), entry(["Pellow"], ["Brisco"]), Count(1, 1, 1)),
        (row("Pellow", replicated_by="Brisco"), entry(["Pellow"], ["Brisco"]), Count(1, 1)),
        (row("Pellow", replicated_by="Brisco"), entry(["Pellow"]), Count(0, 1)),
        (row("Brisco", self_reported=False), entry(["Pellow"], ["Brisco"]), Count(1, 1)),
        (row("Brisco", self_reported=False), entry(["Brisco"]), Count(0, 1)),
    ],
    ids=["self-reported", "the other way round", "not as its own", "replicated by nobody", "replicated",
         "replication missing", "by another", "by another as its own"],
)  # fmt: skip
def test_ledger(wanted: ExpectedRow, told: Entry, count: Count) -> None:
    story = make_story(MATTER, expect=replace(EMPTY, ledger=(wanted,)))
    assert count_ledger(story, replace(make_outcome(places=PLACES, names=NAMES), entries=(told,))) == count


def test_ledger_asks_for_the_same_benchmark() -> None:
    story = make_story(MATTER, expect=replace(EMPTY, ledger=(replace(row("Pellow"), benchmark=None),)))
    outcome = replace(make_outcome(places=PLACES, names=NAMES), entries=(entry(["Pellow"]),))
    assert count_ledger(story, outcome) == Count(0, 1)


def test_a_score_has_no_other_side() -> None:
    scored = replace(entry(["Pellow"]), predicate=Predicate.SCORES, object=party("Mark"))
    story = make_story(MATTER, expect=replace(EMPTY, ledger=(replace(row("Pellow"), against=None),)))
    outcome = replace(make_outcome(places=PLACES, names=NAMES), entries=(scored,))
    assert count_ledger(story, outcome) == Count(1, 1)


def computed(right: bool) -> Story:
    row = ExpectedSum("2.en", "That is thrice what Lumen cost.", right)
    return make_story(MATTER, expect=replace(EMPTY, computed=(row,)))


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        ([("c", True)], Count(1, 1), Count(0, 1, 1)),
        ([("c", False)], Count(0, 1, 1), Count(1, 1)),
        ([("c", True), ("c", False)], Count(0, 1, 1), Count(1, 1)),
        ([("b", True)], Count(0, 1), Count(0, 1)),
        ([("b", False)], Count(0, 1, 1), Count(0, 1, 1)),
        ([], Count(0, 1), Count(0, 1)),
    ],
    ids=["right", "wrong", "one of two wrong", "another sentence right", "another sentence wrong", "none"],
)
def test_computed(told: Sequence[tuple[str, bool]], right: Count, wrong: Count) -> None:
    sums: dict[str, tuple[Computation, ...]] = {}
    for id, agrees in told:
        file, sentence = PLACES[id]
        made = Computation(Check.PRODUCT, None, sentence, (), "", 0.0, "", agrees)
        sums[file] = (*sums.get(file, ()), made)
    outcome = replace(make_outcome(places=PLACES), sums=sums)
    assert count_computed(computed(True), outcome) == right
    assert count_computed(computed(False), outcome) == wrong
