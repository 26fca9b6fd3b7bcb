"""Who a proposition comes from, whoever repeats it."""

import itertools
import random
from dataclasses import replace

import pytest

from graph.matters.origins import Voice, count_origins, find_origins
from graph.records import Article, Claimant, Copy, CopyKind, EntityId, Modality, Party, Source, SourceId, SourceKind
from graph.utterances import Utterance
from tests.graph.telling import WORLD, deny, make_article, tell

_ORIGINAL = make_article("Meridian Wire")
_COPIES = [make_article(f"Paper {number}", 1 + number) for number in range(10)]
_TRANSLATION = make_article("Nippo", 20, lang="ja")
_REWRITE = make_article("Daily", 21)
_TOLD = [
    tell(_ORIGINAL, "Microsoft"),
    *(tell(copy, "Microsoft") for copy in _COPIES),
    tell(_TRANSLATION, modality=Modality.REPORTED),
    tell(_REWRITE, "Meridian Wire", "Microsoft"),
]
_KNOWN = [
    *(Copy(copy.id, _ORIGINAL.id, CopyKind.SYNDICATED, 0.98) for copy in _COPIES),
    Copy(_TRANSLATION.id, _ORIGINAL.id, CopyKind.TRANSLATED, 0.8),
]


def test_copies_a_translation_and_a_rewrite_that_cites_are_thirteen_articles_of_one_origin() -> None:
    found = find_origins(_TOLD, WORLD, _KNOWN)
    assert (found.articles, found.count, found.origins[0].name) == (13, 1, "Microsoft")


def test_a_second_origin_raises_it_to_two() -> None:
    found = find_origins([*_TOLD, tell(make_article("Ledger", 30), "David Sacks")], WORLD, _KNOWN)
    assert (found.articles, [voice.name for voice in found.origins]) == (14, ["Microsoft", "David Sacks"])


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(_TOLD, id="copies"),
        pytest.param([tell(_ORIGINAL, "Microsoft", "Meridian Wire", "Microsoft")], id="one that cites in a circle"),
        pytest.param([tell(_COPIES[0])], id="a copy alone"),
        pytest.param([tell(_REWRITE, modality=Modality.REPORTED)], id="hearsay alone"),
        pytest.param([deny(_ORIGINAL, "OpenAI")], id="a denial alone"),
        pytest.param([*_TOLD, tell(make_article("Ledger", 30), "David Sacks")], id="two origins"),
        pytest.param([], id="nothing"),
    ],
)
def test_counting_gives_what_the_tree_has(told: list[Utterance]) -> None:
    found = find_origins(told, WORLD, _KNOWN)
    assert count_origins(told, WORLD, _KNOWN) == (found.articles, found.count)


def test_the_tree_holds_every_article_once() -> None:
    pages = [voice.article for origin in find_origins(_TOLD, WORLD, _KNOWN).origins for voice in _walk(origin)]
    named = [page for page in pages if page]
    assert sorted(named) == sorted({one.article.id for one in _TOLD})


def test_each_article_stands_under_whom_it_has_it_from() -> None:
    told = [tell(make_article("Ledger", slug="a"), "OpenAI"), tell(make_article("Ledger", 1, slug="b"), "David Sacks")]
    found = {
        origin.name: [voice.article for voice in _walk(origin)[1:]] for origin in find_origins(told, WORLD).origins
    }
    assert found == {"OpenAI": [told[0].article.id], "David Sacks": [told[1].article.id]}


def test_a_maker_s_paper_is_the_maker() -> None:
    told = [tell(make_article(), "the R1 paper", subject="DeepSeek-R1"), tell(make_article("Wire", 1), "DeepSeek")]
    assert [voice.name for voice in find_origins(told, WORLD).origins] == ["DeepSeek"]


def tell_described(headline: str, *behind: tuple[str, str]) -> list[Utterance]:
    """An article whose headline speaks by a description, and the sentences behind it, each with its speaker."""
    who = headline.partition(" says ")[0]
    text = "\n".join((headline, *(sentence for sentence, _ in behind)))
    article = replace(make_article("Ledger", text=text), title=headline)
    return [tell(article, who, text=headline), *(tell(article, name, text=sentence) for sentence, name in behind)]


_BY_NAME = ("David Sacks told a channel that DeepSeek distilled it.", "David Sacks")


@pytest.mark.parametrize(
    ("headline", "behind", "origins"),
    [
        ("White House adviser says DeepSeek copied it", [_BY_NAME], ["David Sacks"]),
        (
            "White House adviser says DeepSeek copied it",
            [("David Sacks, a White House adviser, said so.", "David Sacks"), ("Microsoft said so.", "Microsoft")],
            ["David Sacks", "Microsoft"],
        ),
        (
            "White House adviser says DeepSeek copied it",
            [_BY_NAME, ("Microsoft said so.", "Microsoft")],
            ["White House adviser", "David Sacks", "Microsoft"],
        ),
        ("Two advisers says DeepSeek copied it", [_BY_NAME], ["Two advisers", "David Sacks"]),
        ("Person close to OpenAI says DeepSeek copied it", [_BY_NAME], ["Person close to OpenAI", "David Sacks"]),
        ("Microsoft says DeepSeek copied it", [_BY_NAME], ["Microsoft", "David Sacks"]),
    ],
    ids=["the only one by name", "called so", "two by name", "several", "who wants no name", "another by name"],
)
def test_who_is_described_in_a_headline_and_named_below_is_one(
    headline: str, behind: list[tuple[str, str]], origins: list[str]
) -> None:
    told = tell_described(headline, *behind)
    assert [voice.name for voice in find_origins(told, WORLD).origins] == origins
    assert count_origins(told, WORLD).origins == len(origins)


def test_who_is_described_in_another_article_stays_another() -> None:
    told = [tell(make_article("Wire"), "White House adviser"), tell(make_article("Daily", 1), "David Sacks")]
    assert find_origins(told, WORLD).count == 2


def test_a_paper_under_its_name_in_japanese_is_that_outlet() -> None:
    told = [tell(make_article("The Wire"), modality=Modality.ASSERTED), tell(make_article("Nippo", 2), "Wire紙")]
    assert [voice.name for voice in find_origins(told, WORLD).origins] == ["The Wire"]


def test_the_tree_says_how_each_repeats() -> None:
    [origin] = find_origins(_TOLD, WORLD, _KNOWN).origins
    assert {voice.how for voice in _walk(origin)} == {"", "cites", "syndicated", "translated"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_utterances_and_copies_does_not_matter(seed: int) -> None:
    told, known = _TOLD[:], _KNOWN[:]
    random.Random(seed).shuffle(told)
    random.Random(seed).shuffle(known)
    assert find_origins(told, WORLD, known) == find_origins([*_TOLD, *_TOLD], WORLD, _KNOWN)


def test_copies_of_an_article_that_is_not_here_are_one_origin() -> None:
    lost = make_article("Agency")
    told = [tell(copy, modality=Modality.ASSERTED) for copy in _COPIES]
    known = [Copy(copy.id, lost.id, CopyKind.SYNDICATED, 0.9) for copy in _COPIES]
    assert find_origins(told, WORLD, known).count == 1
    assert find_origins(told, WORLD).count == 10


def test_according_to_an_outlet_counts_as_whom_that_outlet_has_it_from() -> None:
    told = [tell(make_article("Wire"), "Bloomberg", "people familiar"), tell(make_article("Daily", 2), "Bloomberg")]
    found = find_origins(told, WORLD)
    assert [voice.name for voice in found.origins] == ["people familiar"]


def test_according_to_an_outlet_that_says_it_itself_counts_as_that_outlet() -> None:
    told = [tell(make_article("Wire"), modality=Modality.ASSERTED), tell(make_article("Daily", 2), "Wire")]
    assert [voice.name for voice in find_origins(told, WORLD).origins] == ["Wire"]


def test_an_article_s_own_voice_beside_its_source_is_no_second_origin() -> None:
    article = make_article("Wire", text="DeepSeek took data.\nOpenAI says so.")
    told = [tell(article, text="DeepSeek took data."), tell(article, "OpenAI", text="OpenAI says so.")]
    assert [voice.name for voice in find_origins(told, WORLD).origins] == ["OpenAI"]


def test_hearsay_alone_is_one_origin_and_none_beside_a_named_one() -> None:
    hearsay = [tell(make_article(f"Paper {number}"), modality=Modality.REPORTED) for number in range(3)]
    assert find_origins(hearsay, WORLD).count == 1
    assert [voice.name for voice in find_origins([*hearsay, tell(make_article(), "OpenAI")], WORLD).origins] == [
        "OpenAI"
    ]


def test_unnamed_sources_of_two_outlets_are_two_origins_and_of_one_are_one() -> None:
    ledger, wire = make_article("Ledger"), make_article("Wire", 1)
    told = [tell(ledger, "people familiar"), tell(make_article("Ledger", 2, slug="2"), "a person close to it")]
    assert find_origins(told, WORLD).count == 1
    assert find_origins([*told, tell(wire, "people familiar")], WORLD).count == 2


def test_outlets_that_cite_only_each_other_are_one_origin() -> None:
    told = [tell(make_article("Wire"), "Daily"), tell(make_article("Daily", 1), "Wire")]
    assert find_origins(told, WORLD).count == 1


def test_a_company_that_says_it_itself_is_an_origin_whoever_it_cites_elsewhere() -> None:
    told = [tell(make_article(), "OpenAI"), tell(make_article("Wire", 1), "OpenAI", "Microsoft")]
    assert {voice.name for voice in find_origins(told, WORLD).origins} == {"OpenAI", "Microsoft"}


def test_a_denial_is_no_origin_of_what_it_denies() -> None:
    told = [tell(make_article(), "OpenAI"), deny(make_article("Wire", 1), "DeepSeek")]
    found = find_origins(told, WORLD)
    assert ([voice.name for voice in found.origins], found.articles) == (["OpenAI"], 2)


def test_files_of_one_s_own_are_nobody_s_together() -> None:
    local = Source(SourceId("local"), "Local files", "local")
    files = [replace(make_article(hours=n, slug=f"{n}"), url=f"file:///texts/{n}.txt", source=local) for n in (0, 1)]
    found = find_origins([tell(file, modality=Modality.ASSERTED) for file in files], WORLD)
    assert [voice.name for voice in found.origins] == ["0.txt", "1.txt"]


def test_two_versions_of_a_page_are_one_article() -> None:
    told = [tell(make_article(version=1)), tell(make_article(version=2))]
    assert find_origins(told, WORLD).articles == 1


def _walk(voice: Voice) -> list[Voice]:
    return [voice, *itertools.chain.from_iterable(_walk(echo) for echo in voice.echoes)]


def test_reports_are_nobody_and_an_earlier_version_is_the_outlet() -> None:
    named = tell(make_article("Ledger", 1), "David Sacks")
    reports = tell(make_article("Daily", 2), "Reports")
    found = find_origins([named, reports], WORLD)
    assert [voice.name for voice in found.origins] == ["David Sacks"]
    [own] = find_origins([tell(make_article("Gadget Post", 1), "An earlier version of this post")], WORLD).origins
    assert own.name == "Gadget Post"


def test_both_companies_are_the_two_it_is_about() -> None:
    told = tell(make_article("Ledger", 1), "両社")
    claim = told.claim
    assert claim.object
    found = find_origins([told], WORLD)
    assert {voice.entity for voice in found.origins} == {claim.subject.entity, claim.object.entity}
    assert count_origins([told], WORLD).origins == 2


def test_who_only_asks_says_nothing() -> None:
    said = tell(make_article("Ledger", 1), "David Sacks")
    asked = tell(make_article("Daily", 2), "Microsoft", modality=Modality.QUESTIONED)
    assert [voice.name for voice in find_origins([said, asked], WORLD).origins] == ["David Sacks"]


def test_the_judge_is_the_one_court_that_is_named() -> None:
    named = tell(make_article("Ledger", 1), "Federal Court, Ottawa")
    court = Party("Federal Court, Ottawa", EntityId("federal-court-ottawa"))
    named = replace(named, claim=replace(named.claim, claimants=(Claimant(court),)))
    judge, ja = tell(make_article("Daily", 2), "a federal judge"), tell(make_article("Nippo", 3), "裁判所")
    assert [voice.name for voice in find_origins([named, judge, ja], WORLD).origins] == [court.name]


def _publish(outlet: str, hours: float, kind: SourceKind, text: str = "") -> Article:
    article = make_article(outlet, hours, text=text)
    return replace(article, source=replace(article.source, kind=kind))


def _list_names(*told: Utterance) -> list[str]:
    return [voice.name for voice in find_origins(told, WORLD).origins]


def test_the_page_of_a_firm_is_the_firm_under_any_of_its_names() -> None:
    entity = WORLD.entities[EntityId("openai")]
    known = replace(WORLD, entities={**WORLD.entities, entity.id: replace(entity, name_ja="オープンエーアイ")})
    told = [tell(make_article(), "OpenAI"), tell(_publish("オープンエーアイ", 5, SourceKind.VENDOR))]
    assert [voice.entity for voice in find_origins(told, known).origins] == ["openai"]
    assert find_origins(told, WORLD).count == 2


def test_an_authority_that_cites_somebody_beside_its_own_finding() -> None:
    def find(kind: SourceKind) -> list[str]:
        page = _publish("Ministry", 5, kind, "OpenAI says so. We find the same.")
        return _list_names(tell(page, "OpenAI", text="OpenAI says so."), tell(page, text="We find the same."))

    assert find(SourceKind.GOVERNMENT) == ["OpenAI", "Ministry"]
    assert find(SourceKind.OUTLET) == ["OpenAI"]


def test_who_tells_what_it_is_accused_of_itself_is_no_origin() -> None:
    told = [tell(make_article(), "OpenAI"), tell(_publish("DeepSeek", 5, SourceKind.VENDOR))]
    assert _list_names(*told) == ["OpenAI"]


@pytest.mark.parametrize("words", ["reports in Japan and at home", "一部の指摘"])
def test_words_for_nobody(words: str) -> None:
    assert _list_names(tell(make_article(), "OpenAI"), tell(make_article("Wire", 5), words)) == ["OpenAI"]


@pytest.mark.parametrize(
    "outlet", ["OpenAI Blog", "OpenAI News", "OpenAI, Inc.", "株式会社OpenAI", "OpenAI ニュースルーム"]
)
def test_the_page_of_a_firm_is_the_firm_with_what_pages_are_called(outlet: str) -> None:
    told = [tell(make_article(), "OpenAI"), tell(_publish(outlet, 5, SourceKind.VENDOR))]
    assert _list_names(*told) == ["OpenAI"]


def test_news_under_the_name_of_a_firm_need_not_be_its_page() -> None:
    told = [tell(make_article(), "OpenAI"), tell(_publish("OpenAI News", 5, SourceKind.OUTLET))]
    assert _list_names(*told) == ["OpenAI", "OpenAI News"]


def test_who_tells_what_a_product_of_its_own_is_accused_of_is_no_origin() -> None:
    told = [
        tell(make_article(), "OpenAI", subject="DeepSeek-R1"),
        tell(_publish("DeepSeek", 5, SourceKind.VENDOR), subject="DeepSeek-R1"),
    ]
    assert _list_names(*told) == ["OpenAI"]


@pytest.mark.parametrize(
    ("words", "origins"),
    [
        ("reports from two clerks at DeepSeek", 2),
        ("speculation from brokers at Nordbank", 2),
        ("reports from The Lantern", 2),
        ("reports in the Lantern", 2),
        ("reports in the US", 1),
        ("media reports across Asia", 1),
    ],
)
def test_reports_of_somebody_are_not_nobody(words: str, origins: int) -> None:
    assert len(_list_names(tell(make_article(), "OpenAI"), tell(make_article("Wire", 5), words))) == origins


def test_who_first_translated_it_has_it_from_there_when_it_tells_it_again() -> None:
    wire, translation = make_article("Meridian Wire"), make_article("Nippo", 5, lang="ja")
    later = make_article("Nippo", 90, slug="later", lang="ja")
    told = [tell(one, modality=Modality.ASSERTED) for one in (wire, translation, later)]
    known = [Copy(translation.id, wire.id, CopyKind.TRANSLATED, 0.8)]
    assert [voice.name for voice in find_origins(told, WORLD, known).origins] == ["Meridian Wire"]


@pytest.mark.parametrize(
    ("kind", "hours"),
    [(CopyKind.TRANSLATED, 24 * 60), (CopyKind.REWRITTEN, 90)],
    ids=["long after", "in its own words"],
)
def test_who_printed_another_s_words_once_may_have_it_himself_later(kind: CopyKind, hours: int) -> None:
    wire, copy = make_article("Meridian Wire"), make_article("Nippo", 5, lang="ja")
    later = make_article("Nippo", hours, slug="later", lang="ja")
    told = [tell(one, modality=Modality.ASSERTED) for one in (wire, copy, later)]
    found = find_origins(told, WORLD, [Copy(copy.id, wire.id, kind, 0.8)])
    assert "Nippo" in [voice.name for voice in found.origins]


def test_who_told_it_before_it_printed_another_s_words_stays_an_origin() -> None:
    first, wire = make_article("Nippo", lang="ja"), make_article("Meridian Wire", 1)
    translation = make_article("Nippo", 5, slug="later", lang="ja")
    told = [tell(one, modality=Modality.ASSERTED) for one in (first, wire, translation)]
    known = [Copy(translation.id, wire.id, CopyKind.TRANSLATED, 0.8)]
    assert [voice.name for voice in find_origins(told, WORLD, known).origins] == ["Nippo", "Meridian Wire"]
