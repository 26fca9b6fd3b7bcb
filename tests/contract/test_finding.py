"""Which claims a query finds, in which order, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.errors import QueryError
from graph.records import Claim, ClaimId, ClaimType, Modality, Polarity, Predicate
from graph.store import ClaimQuery, Facet, GraphStore
from tests.contract.builders import AIME, DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

DAY = timedelta(days=1)
ENGLISH = make_extraction(
    Said("Microsoft says DeepSeek distilled models of OpenAI.", object="OpenAI", speakers=("Bloomberg", "Microsoft")),
    Said(
        "R1 beats o1 on AIME 2024 with NVIDIA Blackwell chips.",
        subject="DeepSeek-R1",
        object="OpenAI o1",
        benchmark="AIME 2024",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    ),
)
JAPANESE = make_extraction(
    Said("DeepSeekはOpenAIの技術の蒸留を否定した。", object="OpenAI", speakers=("DeepSeek",), polarity=Polarity.DENIED),
    Said(
        "ＮＶＩＤＩＡ　Blackwell世代の半導体が輸出規制を免れた疑いで、サム・アルトマン氏は株を売った。",
        subject="unnamed group",
    ),
    url="https://shimbun.example/1",
    domain="shimbun.example",
    lang="ja",
    at=NOON + DAY,
)
LATER = make_extraction(
    Said(
        "OpenAI sued somebody else.", subject="OpenAI", type=ClaimType.LEGAL, predicate=Predicate.SUED, reader="suit 1"
    ),
    url="https://news.example/2",
    at=NOON + 2 * DAY,
)
(EN_DISTILLED, EN_BEATS), (JA_DENIED, JA_CHIPS), (EN_SUED,) = ENGLISH.claims, JAPANESE.claims, LATER.claims


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([ENGLISH, JAPANESE, LATER])
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(ClaimQuery(), [EN_SUED, JA_DENIED, JA_CHIPS, EN_DISTILLED, EN_BEATS], id="all, newest first"),
        pytest.param(ClaimQuery(words=("distilled",)), [EN_DISTILLED], id="word"),
        pytest.param(ClaimQuery(words=("DISTILLED", "microsoft")), [EN_DISTILLED], id="every word, any case"),
        pytest.param(ClaimQuery(words=("distil",)), [], id="no part of a Latin word"),
        pytest.param(ClaimQuery(words=("蒸留",)), [JA_DENIED], id="two characters"),
        pytest.param(ClaimQuery(words=("規制",)), [JA_CHIPS], id="two characters inside a compound"),
        pytest.param(ClaimQuery(words=("株",)), [JA_CHIPS], id="one character"),
        pytest.param(ClaimQuery(words=("輸出規制を免れた",)), [JA_CHIPS], id="a long run"),
        pytest.param(ClaimQuery(words=("輸規",)), [], id="characters that are not neighbours"),
        pytest.param(ClaimQuery(words=("OpenAIの技術",)), [JA_DENIED], id="mixed scripts"),
        pytest.param(ClaimQuery(words=("アルトマン",)), [JA_CHIPS], id="after a middle dot"),
        pytest.param(ClaimQuery(words=("ﾌﾞﾗｯｸ",)), [], id="half-width kana that is nowhere"),
        pytest.param(ClaimQuery(words=("ｱﾙﾄﾏﾝ",)), [JA_CHIPS], id="half-width kana"),
        pytest.param(ClaimQuery(phrases=("NVIDIA Blackwell",)), [JA_CHIPS, EN_BEATS], id="phrase, in full width too"),
        pytest.param(ClaimQuery(phrases=("Blackwell NVIDIA",)), [], id="phrase in the wrong order"),
        pytest.param(ClaimQuery(words=("NVIDIA",), without=("AIME",)), [JA_CHIPS], id="word without another"),
        pytest.param(ClaimQuery(without=("DeepSeek", "sued")), [JA_CHIPS, EN_BEATS], id="without only"),
        pytest.param(ClaimQuery(about=(OPENAI.id,)), [EN_SUED, JA_DENIED, EN_DISTILLED], id="subject or object"),
        pytest.param(ClaimQuery(about=(AIME.id,)), [EN_BEATS], id="benchmark"),
        pytest.param(ClaimQuery(about=(MICROSOFT.id,)), [], id="a speaker is not what a claim is about"),
        pytest.param(ClaimQuery(about=(DEEPSEEK.id, OPENAI.id)), [JA_DENIED, EN_DISTILLED], id="both"),
        pytest.param(ClaimQuery(speakers=(MICROSOFT.id,)), [EN_DISTILLED], id="speaker"),
        pytest.param(ClaimQuery(speakers=(DEEPSEEK.id,), about=(DEEPSEEK.id,)), [JA_DENIED], id="speaks of itself"),
        pytest.param(ClaimQuery(words=("OpenAI",), about=(DEEPSEEK.id,)), [JA_DENIED, EN_DISTILLED], id="word, about"),
        pytest.param(ClaimQuery(about=(R1.id,), words=("蒸留",)), [], id="word and about that never meet"),
        pytest.param(ClaimQuery(named=((MICROSOFT.id,),)), [EN_DISTILLED], id="named as a speaker"),
        pytest.param(
            ClaimQuery(named=((AIME.id, OPENAI.id),)), [EN_SUED, JA_DENIED, EN_DISTILLED, EN_BEATS], id="either"
        ),
        pytest.param(ClaimQuery(named=((DEEPSEEK.id,), (MICROSOFT.id,))), [EN_DISTILLED], id="one of each group"),
        pytest.param(ClaimQuery(named=((OPENAI.id,),), words=("sued",)), [EN_SUED], id="named, and a word"),
        pytest.param(ClaimQuery(measures=("training_cost",)), [], id="a measure that nobody gives"),
        pytest.param(ClaimQuery(types=(ClaimType.LEGAL, ClaimType.BENCHMARK)), [EN_SUED, EN_BEATS], id="any type"),
        pytest.param(ClaimQuery(modalities=(Modality.ASSERTED,)), [EN_BEATS], id="modality"),
        pytest.param(ClaimQuery(polarities=(Polarity.DENIED,)), [JA_DENIED], id="polarity"),
        pytest.param(ClaimQuery(langs=("ja",)), [JA_DENIED, JA_CHIPS], id="language"),
        pytest.param(ClaimQuery(readers=("suit", "other")), [EN_SUED], id="reader"),
        pytest.param(
            ClaimQuery(about=(OPENAI.id,), readers=("test",)), [JA_DENIED, EN_DISTILLED], id="about by reader"
        ),
        pytest.param(ClaimQuery(sources=(JAPANESE.article.source.id,)), [JA_DENIED, JA_CHIPS], id="source"),
        pytest.param(ClaimQuery(not_sources=(LATER.article.source.id,)), [JA_DENIED, JA_CHIPS], id="not a source"),
        pytest.param(ClaimQuery(article=ENGLISH.article.id), [EN_DISTILLED, EN_BEATS], id="article, in reading order"),
        pytest.param(ClaimQuery(since=NOON + DAY), [EN_SUED, JA_DENIED, JA_CHIPS], id="since that moment"),
        pytest.param(ClaimQuery(until=NOON + DAY), [EN_DISTILLED, EN_BEATS], id="until just before"),
        pytest.param(ClaimQuery(since=NOON + 3 * DAY), [], id="since later than all"),
        pytest.param(ClaimQuery(words=("NVIDIA",), since=NOON + DAY), [JA_CHIPS], id="word since"),
    ],
)
def test_query_finds(full: GraphStore, query: ClaimQuery, found: list[object]) -> None:
    assert list(full.find_claims(query).claims) == found
    everything = [EN_SUED.id, JA_DENIED.id, JA_CHIPS.id, EN_DISTILLED.id, EN_BEATS.id, ClaimId("c0")]
    ids = {claim.id for claim in found if isinstance(claim, Claim)}
    assert full.pick_claims(query, everything) == ids
    assert full.pick_claims(query, everything[:2]) == ids & {*everything[:2]}
    assert full.pick_claims(query, ()) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "NEAR(",
        "a AND",
        "OR",
        "NOT",
        "words:",
        "*",
        "^",
        "-",
        "a*",
        "{",
        "(",
        "\0",
        "!?",
        "",
        " ",
        "🙂",
        "ー゛",
        "+",
    ],
)
def test_no_text_is_query_syntax(full: GraphStore, text: str) -> None:
    query = ClaimQuery(words=(text,), phrases=(text,))
    assert full.find_claims(query).claims == ()
    assert full.count_claims(query, Facet.TYPE) == {}
    assert len(full.find_claims(ClaimQuery(words=("DeepSeek",), without=(text,))).claims) == 2


def test_words_that_cannot_be_looked_up_do_not_hide_the_others(full: GraphStore) -> None:
    assert len(full.find_claims(ClaimQuery(words=("DeepSeek", "&", "OpenAI"))).claims) == 2


def test_unknown_ids_find_nothing(full: GraphStore) -> None:
    unknown = "nobody"
    for query in (
        ClaimQuery(about=(unknown,)),  # type: ignore[arg-type]
        ClaimQuery(speakers=(unknown,)),  # type: ignore[arg-type]
        ClaimQuery(sources=(unknown,)),  # type: ignore[arg-type]
        ClaimQuery(article=unknown),  # type: ignore[arg-type]
    ):
        assert full.find_claims(query).claims == ()


def test_too_many_words_are_refused(store: GraphStore) -> None:
    with pytest.raises(QueryError) as refused:
        store.find_claims(ClaimQuery(words=("word",) * 1000))
    assert refused.value.reason == "refused"


def test_pages_join_without_gap_or_repeat(store: GraphStore) -> None:
    sentences = [Said(f"Claim number {n} about DeepSeek.") for n in range(7)]
    store.add([make_extraction(*sentences), make_extraction(*sentences, url="https://news.example/2", at=NOON - DAY)])
    for query in (ClaimQuery(), ClaimQuery(words=("claim",)), ClaimQuery(about=(DEEPSEEK.id,))):
        seen: list[Claim] = []
        after = None
        while True:
            page = store.find_claims(query, limit=3, after=after)
            seen += page.claims
            if (after := page.next) is None:
                break
        assert seen == list(store.find_claims(query, limit=100).claims)
        assert len(seen) == 14


def test_a_page_that_ends_exactly_has_no_next(full: GraphStore) -> None:
    assert full.find_claims(ClaimQuery(), limit=5).next is None


@pytest.mark.parametrize("cursor", ["", "x", "0; DROP TABLE claim", "9" * 40, "１２", "1\n"])
def test_a_foreign_cursor_is_refused(full: GraphStore, cursor: str) -> None:
    with pytest.raises(QueryError) as refused:
        full.find_claims(ClaimQuery(), after=cursor)
    assert refused.value.reason == "refused"


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        (Facet.TYPE, {"allegation": 3, "benchmark": 1, "legal": 1}),
        (Facet.MODALITY, {"alleged": 4, "asserted": 1}),
        (Facet.POLARITY, {"affirmed": 4, "denied": 1}),
        (Facet.LANG, {"en": 3, "ja": 2}),
        (Facet.SOURCE, {"news.example": 3, "shimbun.example": 2}),
    ],
)
def test_facets_count_claims_most_first(full: GraphStore, facet: Facet, counts: dict[str, int]) -> None:
    assert list(full.count_claims(ClaimQuery(), facet).items()) == list(counts.items())


def test_facets_count_only_what_the_query_finds(full: GraphStore) -> None:
    assert full.count_claims(ClaimQuery(about=(DEEPSEEK.id,)), Facet.LANG) == {"en": 1, "ja": 1}
    assert full.count_claims(ClaimQuery(), Facet.TYPE, limit=1) == {"allegation": 3}


def test_a_claim_with_one_entity_in_two_roles_comes_once(store: GraphStore) -> None:
    extraction = make_extraction(Said("DeepSeek owns DeepSeek.", object="DeepSeek"))
    store.add([extraction])
    assert store.find_claims(ClaimQuery(about=(DEEPSEEK.id,))).claims == extraction.claims
    assert store.list_entities()[0].claims == 1


def test_rare_entity_and_common_word_meet(store: GraphStore) -> None:
    store.add([make_extraction(*[Said(f"The claim {n}.", subject="somebody") for n in range(30)])])
    extraction = make_extraction(
        replace(Said("The one about R1."), subject="DeepSeek-R1"), url="https://news.example/2"
    )
    store.add([extraction])
    assert store.find_claims(ClaimQuery(words=("the",), about=(R1.id,))).claims == extraction.claims
