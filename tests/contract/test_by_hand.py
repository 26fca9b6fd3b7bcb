"""What a person says that a sentence states, in the place of what was misread of it; gone with the judgement."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.answers.judgements import list_about
from graph.answers.previews import preview
from graph.answers.queries import get_claim
from graph.deriving import derive
from graph.errors import JudgementRefused
from graph.formats.copying import copy
from graph.formats.importing import import_lines
from graph.formats.lines import iter_lines
from graph.ids import make_hand_id
from graph.judging.by_hand import put_by_hand, read_rulings, replace_read
from graph.judging.corrected import iter_correction_lines
from graph.judging.correcting import check_standing
from graph.judging.making import make_judgement
from graph.judging.selves import ONE_PARTY
from graph.propositions import Rulings
from graph.rates import NO_RATES
from graph.records import (
    Claim,
    ClaimId,
    ClaimType,
    EntityId,
    Field,
    Fix,
    Judgement,
    JudgementId,
    JudgementKind,
    Modality,
    Party,
    Predicate,
    Quantity,
)
from graph.store import ClaimQuery, GraphStore
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, Said, make_extraction

SUED = Said("Microsoft sued OpenAI.", "OpenAI", "Microsoft", predicate=Predicate.SUED, type=ClaimType.LEGAL, score=0.3)
DISTILLED = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", score=0.9)
STORY = make_extraction(SUED, DISTILLED)
READ, OTHER = (claim.id for claim in STORY.claims)
SWAPPED = (Fix(Field.SUBJECT, "Microsoft"), Fix(Field.OBJECT, "Open AI"))


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([STORY])
    derive(store)
    return store


def judge(
    store: GraphStore,
    kind: JudgementKind,
    *claims: ClaimId,
    should: tuple[Fix, ...] = (),
    undoes: JudgementId | None = None,
) -> Judgement:
    when = NOON + timedelta(seconds=len(store.list_judgements()))
    made = make_judgement(kind, (), "ann", when, "it says so", claims=claims, should=should, undoes=undoes)
    assert store.judge(made)
    derive(store)
    return made


def put_right(store: GraphStore, claim: ClaimId, *should: Fix) -> tuple[Judgement, ClaimId]:
    made = judge(store, JudgementKind.MISREAD, claim, should=should)
    return made, make_hand_id(claim, made.id)


def undo(store: GraphStore, judgement: Judgement) -> Judgement:
    return judge(store, JudgementKind.UNDO, undoes=judgement.id)


def list_by_hand(store: GraphStore) -> list[Claim]:
    return [one for one in store.find_claims(ClaimQuery(misread=None)).claims if one.reader == "hand 1"]


def list_grouped(store: GraphStore) -> set[ClaimId]:
    return {link.claim for one in store.iter_propositions() for link in one.links}


def test_it_says_what_the_person_gave_in_the_same_sentence(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    [claim], [read] = full.get_claims([id]), full.get_claims([READ])
    assert claim == replace(
        read,
        id=id,
        subject=Party("Microsoft", MICROSOFT.id),
        object=Party("OpenAI", OPENAI.id),
        reader="hand 1",
        score=None,
        misread="",
        modality=claim.modality,
    )
    assert read.misread == "it says so"
    assert list_grouped(full) == {id, OTHER}
    assert {one.id for one in full.find_claims(ClaimQuery(about=(MICROSOFT.id,))).claims} == {id}


def test_words_that_name_nobody_stay_words(full: GraphStore) -> None:
    put_right(full, READ, Fix(Field.SUBJECT, "a group of authors"), Fix(Field.SPEAKERS, "Reuters > OpenAI"))
    [claim] = list_by_hand(full)
    assert claim.subject == Party("a group of authors")
    assert [one.party for one in claim.claimants] == [Party("Reuters"), Party("OpenAI", OPENAI.id)]


def test_a_number_and_a_measure_can_be_given(full: GraphStore) -> None:
    put_right(
        full, READ, Fix(Field.VALUE, "5e6"), Fix(Field.UNIT, "USD"), Fix(Field.MEASURE, "fine"), Fix(Field.DATE, "2025")
    )
    [claim] = list_by_hand(full)
    assert (claim.quantity, claim.date) == (Quantity("fine", 5e6, "USD"), "2025")


def test_an_accusation_stays_alleged_whatever_is_asked_for(full: GraphStore) -> None:
    put_right(full, OTHER, Fix(Field.MODALITY, "asserted"), Fix(Field.PREDICATE, "took_technology_from"))
    [claim] = list_by_hand(full)
    assert (claim.type, claim.modality) == (ClaimType.ALLEGATION, Modality.ALLEGED)


@pytest.mark.parametrize(
    ("fix", "may_be"),
    [
        (Fix(Field.MODALITY, "foo"), "one of asserted, reported, alleged"),
        (Fix(Field.POLARITY, "no"), "one of affirmed, denied"),
        (Fix(Field.PREDICATE, "took"), "one of took_technology_from, "),
        (Fix(Field.VALUE, "many"), "write a number"),
        (Fix(Field.DATE, "28 January"), "write a day, month, quarter or year"),
        (Fix(Field.SUBJECT, ""), "write who or what"),
    ],
    ids=lambda one: str(one.field) if isinstance(one, Fix) else "",
)
def test_a_field_that_cannot_be_so_says_what_it_may_be(full: GraphStore, fix: Fix, may_be: str) -> None:
    with pytest.raises(JudgementRefused, match=f"{fix.field} cannot be '{fix.value}'; {may_be}"):
        put_right(full, OTHER, fix)


@pytest.mark.parametrize(
    "fix", [Fix(Field.OBJECT, "DeepSeek"), Fix(Field.SPEAKERS, "DeepSeek")], ids=["of itself", "by itself"]
)
def test_nobody_is_made_to_accuse_himself(full: GraphStore, fix: Fix) -> None:
    with pytest.raises(JudgementRefused, match="nothing may stand"):
        put_right(full, OTHER, fix)
    assert full.list_judgements() == ()


def merge(store: GraphStore, *ids: EntityId) -> Judgement:
    when = NOON + timedelta(seconds=len(store.list_judgements()))
    made = make_judgement(JudgementKind.MERGE, ids, "ann", when, "one firm")
    assert store.judge(made)
    derive(store)
    return made


def test_who_accuses_himself_under_another_name_is_refused(full: GraphStore) -> None:
    merge(full, DEEPSEEK.id, MICROSOFT.id)
    for fix in (Fix(Field.OBJECT, "Microsoft"), Fix(Field.SPEAKERS, "Microsoft")):
        new = make_judgement(JudgementKind.MISREAD, (), "ann", NOON, "so", claims=[OTHER], should=(fix,))
        with pytest.raises(JudgementRefused, match="nothing may stand"):
            check_standing(full, new)


def test_names_that_become_one_take_it_away_and_bring_it_back(full: GraphStore) -> None:
    _, id = put_right(full, OTHER, Fix(Field.SPEAKERS, "Microsoft"))
    merged = merge(full, DEEPSEEK.id, MICROSOFT.id)
    assert (list_by_hand(full), list_grouped(full)) == ([], {READ})
    undo(full, merged)
    assert [claim.id for claim in list_by_hand(full)] == [id]
    assert id in list_grouped(full)


def test_a_reading_whose_speaker_and_accused_become_one_is_weak(store: GraphStore) -> None:
    said = replace(DISTILLED, speakers=("Microsoft",))
    store.add([make_extraction(SUED, said)])
    derive(store)
    before = store.find_claims(ClaimQuery()).claims, sorted(store.iter_propositions(), key=lambda one: one.id)
    [id] = (claim.id for claim in before[0] if claim.claimants)
    merged = merge(store, DEEPSEEK.id, MICROSOFT.id)
    assert store.get_claims([id])[0].refuted == ONE_PARTY
    assert id not in list_grouped(store) | {one.id for one in store.find_claims(ClaimQuery(weak=False)).claims}
    undo(store, merged)
    assert (store.find_claims(ClaimQuery()).claims, sorted(store.iter_propositions(), key=lambda one: one.id)) == before
    other = merge(store, MICROSOFT.id, OPENAI.id)
    assert {one.id for one in store.find_claims(ClaimQuery(weak=False)).claims} == {id}
    undo(store, other)
    assert (store.find_claims(ClaimQuery()).claims, sorted(store.iter_propositions(), key=lambda one: one.id)) == before


def test_taken_back_it_is_gone_and_comes_again_under_its_address(full: GraphStore) -> None:
    before = full.find_claims(ClaimQuery()).claims, sorted(one.id for one in full.iter_propositions())
    made, id = put_right(full, READ, *SWAPPED)
    with_it = full.get_claims([READ, id])
    back = undo(full, made)
    assert (full.find_claims(ClaimQuery()).claims, sorted(one.id for one in full.iter_propositions())) == before
    assert list_by_hand(full) == []
    undo(full, back)
    assert full.get_claims([READ, id]) == with_it
    assert put_by_hand(full) == 0
    judge(full, JudgementKind.RIGHT, READ)
    assert full.find_claims(ClaimQuery()).claims == before[0]


def test_of_two_corrections_the_last_stands_and_the_first_leads_there(full: GraphStore) -> None:
    _, first = put_right(full, READ, *SWAPPED)
    last, second = put_right(full, READ, *SWAPPED, Fix(Field.DATE, "2025-01"))
    assert [claim.id for claim in list_by_hand(full)] == [second]
    assert full.list_heirs([first]) == {first: second}
    undo(full, last)
    assert [claim.id for claim in list_by_hand(full)] == [first]


def test_what_a_person_put_right_can_be_put_right_again(full: GraphStore) -> None:
    made, first = put_right(full, READ, *SWAPPED)
    _, second = put_right(full, first, Fix(Field.DATE, "2025-01"))
    assert list_grouped(full) == {second, OTHER}
    assert {claim.id for claim in list_by_hand(full)} == {first, second}
    [line] = iter_correction_lines(full)
    assert (line["claim"], line["by_hand"], line["subject"], line["date"]) == (READ, second, "Microsoft", "2025-01")
    back = undo(full, made)
    assert list_by_hand(full) == []
    assert list_grouped(full) == {READ, OTHER}
    undo(full, back)
    assert {claim.id for claim in list_by_hand(full)} == {first, second}


def test_two_that_come_to_the_same_are_one(full: GraphStore) -> None:
    twice = replace(STORY.claims[0], id=ClaimId("ctwice"), predicate=Predicate.INVESTIGATES)
    full.replace(replace(STORY, claims=(twice, *STORY.claims)))
    first, one = put_right(full, READ, *SWAPPED)
    _, other = put_right(full, twice.id, *SWAPPED, Fix(Field.PREDICATE, "sued"))
    assert [claim.id for claim in list_by_hand(full)] == [one]
    undo(full, first)
    assert [claim.id for claim in list_by_hand(full)] == [other]


def test_read_again_it_stays_until_a_reader_says_the_same(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    [stored] = full.iter_extractions()
    better = make_extraction(replace(SUED, subject="Microsoft", object="OpenAI", reader="test 2"), DISTILLED).claims[0]
    worse = replace(better, id=ClaimId("cworse"), predicate=Predicate.INVESTIGATES)
    full.replace(replace(stored, claims=(*stored.claims, worse)))
    derive(full)
    assert [claim.id for claim in list_by_hand(full)] == [id]
    full.replace(replace(stored, claims=(*stored.claims, better)))
    derive(full)
    assert list_by_hand(full) == []
    assert list_grouped(full) == {better.id, OTHER}
    full.replace(replace(stored, claims=stored.claims))
    derive(full)
    assert [claim.id for claim in list_by_hand(full)] == [id]


LATER = NOON + timedelta(days=1)


def list_places(store: GraphStore) -> list[tuple[int, ClaimId]]:
    """The versions in which claims by hand stand that nobody judged misread."""
    found = [one for one in list_by_hand(store) if not one.misread]
    versions = {one.id: one.version for one in store.get_articles([claim.article_id for claim in found])}
    return sorted((versions[claim.article_id], claim.id) for claim in found)


def test_a_newer_version_that_has_the_sentence_has_it_too(full: GraphStore) -> None:
    made, id = put_right(full, READ, *SWAPPED)
    full.add([make_extraction(Said("It was said.", "OpenAI"), SUED, DISTILLED, version=2, at=LATER)])
    derive(full)
    [(_, first), (version, second)] = list_places(full)
    assert (first, version) == (id, 2)
    [claim] = full.get_claims([second])
    [newer] = full.get_articles([full.list_versions(STORY.article.id)[-1].id])
    assert (claim.article_id, claim.text, newer.text[slice(*claim.span)]) == (newer.id, SUED.text, SUED.text)
    assert (claim.subject.entity, claim.object and claim.object.entity) == (MICROSOFT.id, OPENAI.id)
    again = next(one for one in full.find_claims(ClaimQuery(misread=True)).claims if one.article_id == newer.id)
    assert (again.subject.entity, again.misread) == (OPENAI.id, "it says so")
    assert {id, second} <= list_grouped(full)
    shown = get_claim(full, again.id)
    assert (shown.by_hand and shown.by_hand.claim.id, shown.gone_since) == (second, None)
    shown = get_claim(full, second)
    assert shown.in_place_of
    assert (shown.in_place_of.claim.id, shown.in_place_of.judgement.id) == (again.id, made.id)
    assert [one.id for one in list_about(full, frozenset([again.id]))] == [made.id]
    taking = make_judgement(JudgementKind.UNDO, (), "ann", LATER, "preview", undoes=made.id)
    effect = preview(full, taking, NO_RATES)
    assert [[one.claims for one in side] for side in (effect.before, effect.after)] == [[2], [2]]
    assert put_by_hand(full) == 0
    back = undo(full, made)
    assert (list_by_hand(full), full.find_claims(ClaimQuery(misread=True)).claims) == ([], ())
    undo(full, back)
    assert list_places(full) == [(1, id), (2, second)]
    judge(full, JudgementKind.MISREAD, second)
    assert list_places(full) == [(1, id)]
    assert [line["claim"] for line in iter_correction_lines(full)] == [READ]


def test_where_nobody_reads_the_sentence_any_more_it_stands_all_the_same(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    silent = make_extraction(Said("It was said.", "OpenAI"), SUED, DISTILLED, version=2, at=LATER)
    full.add([replace(silent, claims=silent.claims[2:])])
    derive(full)
    [first, (version, second)] = list_places(full)
    assert (first, version) == ((1, id), 2)
    [claim] = full.get_claims([second])
    assert silent.article.text[slice(*claim.span)] == claim.text == SUED.text
    judge(full, JudgementKind.MISREAD, id)
    assert list_places(full) == []


def test_a_newer_version_without_the_sentence_leaves_it_with_the_old_one(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    full.add([make_extraction(Said("Microsoft never sued.", "Microsoft"), DISTILLED, version=2, at=LATER)])
    derive(full)
    assert list_places(full) == [(1, id)]
    assert id in list_grouped(full)
    shown = get_claim(full, id)
    assert shown.gone_since
    assert shown.gone_since.version == 2
    assert get_claim(full, OTHER).gone_since is None


def test_a_newer_version_that_is_read_otherwise_is_left_as_it_is_read(full: GraphStore) -> None:
    put_right(full, READ, Fix(Field.MODALITY, "reported"))
    better = replace(SUED, modality=Modality.REPORTED)
    full.add([make_extraction(better, DISTILLED, Said("It was said.", "OpenAI"), version=2, at=LATER)])
    derive(full)
    assert [version for version, _ in list_places(full)] == [1]
    assert len(full.find_claims(ClaimQuery(misread=True)).claims) == 1


def test_what_was_judged_of_the_newer_version_itself_counts_there(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    newer = make_extraction(SUED, DISTILLED, Said("It was said.", "OpenAI"), version=2, at=LATER)
    full.add([newer])
    derive(full)
    right = judge(full, JudgementKind.RIGHT, newer.claims[0].id)
    assert list_places(full) == [(1, id)]
    assert full.get_claims([newer.claims[0].id])[0].misread == ""
    undo(full, right)
    assert [version for version, _ in list_places(full)] == [1, 2]


def test_what_was_only_set_aside_is_so_in_the_newer_version(full: GraphStore) -> None:
    made = judge(full, JudgementKind.MISREAD, READ)
    newer = make_extraction(SUED, DISTILLED, Said("It was said.", "OpenAI"), version=2, at=LATER)
    full.add([newer])
    derive(full)
    assert full.get_claims([newer.claims[0].id])[0].misread == "it says so"
    [stored] = full.get_extractions([newer.article.id])
    full.replace(replace(stored, claims=()))
    full.replace(newer)
    derive(full)
    assert full.get_claims([newer.claims[0].id])[0].misread == "it says so"
    undo(full, made)
    assert full.get_claims([newer.claims[0].id])[0].misread == ""


def test_names_that_are_parted_again_part_it_too(full: GraphStore) -> None:
    merged = make_judgement(JudgementKind.MERGE, [MICROSOFT.id, OPENAI.id], "ann", NOON, "one firm")
    full.judge(merged)
    _, id = put_right(full, OTHER, Fix(Field.SUBJECT, "Open AI"), Fix(Field.OBJECT, "DeepSeek"))
    assert full.get_claims([id])[0].subject.entity == MICROSOFT.id
    undo(full, merged)
    assert full.get_claims([id])[0].subject.entity == EntityId(OPENAI.id)
    assert full.get_claims([id])[0].object == Party("DeepSeek", DEEPSEEK.id)


def test_what_was_judged_of_it_counts(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    judge(full, JudgementKind.PIN, OTHER, id)
    assert len({*full.find_propositions_of([OTHER, id]).values()}) == 1
    judge(full, JudgementKind.MISREAD, id)
    assert list_grouped(full) == {OTHER}


def share_matter(store: GraphStore, one: ClaimId, other: ClaimId) -> bool:
    found = store.find_propositions_of([one, other])
    return len(found) == 2 and len({*found.values()}) == 1


@pytest.mark.parametrize("kind", [JudgementKind.PIN, JudgementKind.JOIN])
def test_what_put_the_misread_one_into_a_matter_puts_it_there(full: GraphStore, kind: JudgementKind) -> None:
    ruling = judge(full, kind, OTHER, READ)
    made, id = put_right(full, READ, *SWAPPED)
    assert share_matter(full, OTHER, id)
    assert [one.id for one in list_about(full, frozenset([id]))] == [ruling.id]
    again, second = put_right(full, id, Fix(Field.DATE, "2025-01"))
    assert share_matter(full, OTHER, second)
    last, third = put_right(full, READ, Fix(Field.OBJECT, "R1"))
    assert share_matter(full, OTHER, third)
    for one in (again, last, made):
        undo(full, one)
    assert share_matter(full, OTHER, READ)


def test_what_was_decided_of_it_holds_for_what_is_put_in_its_place(full: GraphStore) -> None:
    _, first = put_right(full, READ, *SWAPPED)
    judge(full, JudgementKind.PIN, OTHER, first)
    last, second = put_right(full, READ, Fix(Field.OBJECT, "R1"))
    assert share_matter(full, OTHER, second)
    undo(full, last)
    assert share_matter(full, OTHER, first)


def test_what_was_parted_or_dismissed_stays_so(full: GraphStore) -> None:
    third = make_extraction(DISTILLED, url="https://third.example/3")
    full.add([third])
    [same] = (claim.id for claim in third.claims)
    derive(full)
    assert share_matter(full, OTHER, same)
    parted = judge(full, JudgementKind.PART, OTHER, same)
    made, id = put_right(full, OTHER, Fix(Field.DATE, "2025-01"))
    assert not share_matter(full, id, same)
    with pytest.raises(JudgementRefused, match="parted them"):
        judge(full, JudgementKind.JOIN, id, same)
    undo(full, parted)
    assert share_matter(full, id, same)
    judge(full, JudgementKind.DISMISS, OTHER, same)
    assert read_rulings(full, full.list_judgements()).dismissed == ((id, same),)
    undo(full, made)
    assert read_rulings(full, full.list_judgements()).dismissed == ((OTHER, same),)


def test_decided_of_what_became_one_nothing_is_left(full: GraphStore) -> None:
    twice = replace(STORY.claims[0], id=ClaimId("ctwice"), predicate=Predicate.INVESTIGATES)
    full.replace(replace(STORY, claims=(twice, *STORY.claims)))
    for kind in (JudgementKind.PART, JudgementKind.DISMISS):
        judge(full, kind, READ, twice.id)
    _, one = put_right(full, READ, *SWAPPED)
    put_right(full, twice.id, *SWAPPED, Fix(Field.PREDICATE, "sued"))
    judge(full, JudgementKind.PIN, OTHER, twice.id)
    assert read_rulings(full, full.list_judgements()) == Rulings(pinned=((one, OTHER),))
    assert share_matter(full, OTHER, one)


@pytest.mark.parametrize("named", ["read", "by hand"])
def test_what_was_decided_holds_for_the_reading_that_says_the_same(full: GraphStore, named: str) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    judge(full, JudgementKind.PIN, OTHER, READ if named == "read" else id)
    [stored] = full.iter_extractions()
    better = make_extraction(replace(SUED, subject="Microsoft", object="OpenAI", reader="test 2"), DISTILLED).claims[0]
    full.replace(replace(stored, claims=(*stored.claims, better)))
    derive(full)
    assert list_by_hand(full) == []
    assert share_matter(full, OTHER, better.id)
    full.replace(replace(stored, claims=stored.claims))
    derive(full)
    assert share_matter(full, OTHER, id)


def test_what_was_decided_of_that_reading_comes_back_with_it(full: GraphStore) -> None:
    _, id = put_right(full, READ, *SWAPPED)
    [stored] = full.iter_extractions()
    better = make_extraction(replace(SUED, subject="Microsoft", object="OpenAI", reader="test 2"), DISTILLED).claims[0]
    replace_read(full, replace(stored, claims=(*stored.claims[:1], better, stored.claims[-1])))
    derive(full)
    judge(full, JudgementKind.PIN, OTHER, better.id)
    assert (list_by_hand(full), share_matter(full, OTHER, better.id)) == ([], True)
    replace_read(full, replace(stored, claims=tuple(claim for claim in stored.claims if claim.id != id)))
    derive(full)
    assert share_matter(full, OTHER, id)
    assert full.list_heirs([better.id]) == {better.id: id}


def test_names_that_left_with_the_misread_one_leave_with_it_unless_somebody_gave_them(full: GraphStore) -> None:
    two = replace(DEEPSEEK, id=EntityId("ds-two"), name="DS Two", aliases=(), name_ja=None)
    full.add_entities([two])
    split = make_judgement(JudgementKind.SPLIT, [DEEPSEEK.id, two.id], "ann", NOON, "another firm", claims=[OTHER])
    assert full.judge(split)
    _, id = put_right(full, OTHER, Fix(Field.DATE, "2025-01"))
    assert full.get_claims([id])[0].subject.entity == two.id
    undo(full, split)
    assert full.get_claims([id])[0].subject.entity == DEEPSEEK.id
    undo(full, full.list_judgements()[-1])
    assert full.get_claims([id])[0].subject.entity == two.id
    _, given = put_right(full, id, Fix(Field.SUBJECT, "DeepSeek"))
    assert full.get_claims([given])[0].subject.entity == DEEPSEEK.id
    assert [claim.id for claim in full.find_claims(ClaimQuery(about=(DEEPSEEK.id,))).claims] == [given]


def test_it_goes_along_into_copies_and_exports(full: GraphStore, tmp_path: Path) -> None:
    made, id = put_right(full, READ, *SWAPPED)
    lines = [line.encode() for line in iter_lines(full)]
    for name in ("copy", "import"):
        with SqliteStore(tmp_path / f"{name}.db") as other:
            if name == "copy":
                copy(full, other)
            else:
                assert import_lines(other, lines).failures == []
            derive(other)
            assert other.get_claims([READ, id]) == full.get_claims([READ, id])
            assert put_by_hand(other) == 0
            undo(other, made)
            assert other.get_claims([id]) == ()
            assert other.get_claims([READ])[0].misread == ""
