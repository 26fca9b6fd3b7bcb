"""The list of matters and the page of one: what a reader is shown, and what the twins for programs say."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.matters.origins import Voice
from graph.records import ArticleId, ClaimId, ClaimType, Modality, Predicate, PropositionId, Quantity
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, OPENAI, Said, make_extraction
from tests.web.matters import ACCUSATION, COPIED, COST, DENIED, FELL, FIRMER, SOFTER, fill, read_tables
from tests.web.story import CHAINED, COST_JA, NOW, STATUS
from web.app import create_app
from web.branches import Branch, cut_tree


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("matters") / "graph.db") as store:
        fill(store)
        yield store


@pytest.fixture
def reader(told: SqliteStore) -> FlaskClient:
    return create_app(told, lambda: STATUS, lambda: NOW, tables=read_tables()).test_client()


@pytest.fixture(scope="module")
def accusation(told: SqliteStore) -> PropositionId:
    return told.find_propositions_of([ACCUSATION])[ACCUSATION]


@pytest.fixture(scope="module")
def cost(told: SqliteStore) -> PropositionId:
    return told.find_propositions_of([COST])[COST]


HEADLINE = "OpenAI accuses DeepSeek of distilling OpenAI’s models; DeepSeek denies it"
HEADLINE_JA = "OpenAI、ディープシークにOpenAIモデル蒸留の疑いと主張――ディープシークは否定"
LABELS = ("DeepSeek distilled OpenAI", "ディープシークがOpenAIを蒸留")


def show(client: FlaskClient, id: str, lang: str = "en", **arguments: str) -> str:
    answer = client.get(f"/matters/{id}", query_string=arguments, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    return answer.text


def find_section(page: str, id: str) -> str:
    """The section with that heading."""
    [found] = [part for part in page.split("<section")[1:] if f'aria-labelledby="{id}"' in part[:60]]
    return found.split("</section>")[0]


def list_claims(part: str) -> list[str]:
    """The claims whose pages a part of a page leads to, each once."""
    return list(dict.fromkeys(re.findall(r'href="/claims/([^"]+)"', part)))


def test_list_says_what_became_of_each_in_a_word_and_a_sign(reader: FlaskClient) -> None:
    page = reader.get("/matters").text
    assert page.count('<li class="claim"') == 5
    first = page.split('<li class="claim"')[1]
    assert f">{HEADLINE}</bdi>" in first
    assert re.search(r'marks\.svg[^"]*#denied"></use></svg>denied</span>', first)
    assert "5 articles, 1 origin" in first
    assert "first reported <time" in first
    assert re.findall(r'href="/entities/([^"]+)"', first) == [DEEPSEEK.id, OPENAI.id]


def test_headlines_are_in_the_language_of_the_page(reader: FlaskClient) -> None:
    page = reader.get("/matters", headers={"Accept-Language": "ja"}).text
    assert HEADLINE_JA in page
    assert HEADLINE not in page


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_who_is_accused_never_stands_without_who_says_so(
    reader: FlaskClient, accusation: PropositionId, lang: str
) -> None:
    """The label names the deed and nobody who says so: on no page, in no document."""
    headline = HEADLINE_JA if lang == "ja" else HEADLINE
    paths = [
        "/days/2025-01-31",
        "/matters",
        "/matters.csv",
        "/matters.rss",
        f"/matters/{accusation}",
        f"/claims/{ACCUSATION}",
        f"/entities/{DEEPSEEK.id}",
        "/story?q=deepseek",
    ]
    for path in paths:
        text = reader.get(path, headers={"Accept-Language": lang}).text
        assert headline in text, path
        assert not any(label in text for label in LABELS), path
    page = reader.get(f"/matters/{accusation}", headers={"Accept-Language": lang}).text
    assert f"<h1><bdi>{headline}</bdi></h1>" in page
    assert f"<title>{headline} · claimgraph</title>" in page


def test_headline_of_a_day_has_what_was_known_by_then(reader: FlaskClient, accusation: PropositionId) -> None:
    before = HEADLINE.removesuffix("; DeepSeek denies it")
    assert f"<h1><bdi>{before}</bdi></h1>" in show(reader, accusation, as_of="2025-01-29")


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ("about=deepseek&type=allegation", 1),
        ("about=DeepSeek&about=openai", 1),
        ("status=denied", 1),
        ("status=denied&status=reported", 5),
        ("type=cost", 3),
        ("about=&type=&status=&order=&as_of=&valid_at=", 5),
        ("status=denied&as_of=2025-01-30", 0),
        ("status=alleged&as_of=2025-01-30", 1),
        ("as_of=2025-01-28", 0),
        ("since=2025-01-31", 3),
    ],
)
def test_conditions_narrow_the_list(reader: FlaskClient, conditions: str, found: int) -> None:
    answer = reader.get(f"/matters?{conditions}")
    assert answer.status_code == 200
    assert answer.text.count('<li class="claim"') == found


def test_list_counts_only_what_was_known_on_the_day(reader: FlaskClient) -> None:
    page = reader.get("/matters?type=allegation&as_of=2025-01-29").text
    assert "3 articles, 1 origin" in page
    assert reader.get("/api/v1/matters?type=allegation&as_of=2025-01-29").get_json()["matters"][0]["articles"] == 3


@pytest.mark.parametrize(
    ("conditions", "status", "words"),
    [
        ("about=nobody", 404, "nobody"),
        ("status=true", 400, "status: one of reported, alleged"),
        ("type=rumour", 400, "type: one of allegation"),
        ("order=random", 400, "order: one of newest, weight"),
        ("as_of=yesterday", 400, "as_of: a day such as 2025-01-31"),
        ("after=nonsense", 400, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_said_above_the_form(
    reader: FlaskClient, conditions: str, status: int, words: str
) -> None:
    answer = reader.get(f"/matters?{conditions}")
    assert answer.status_code == status
    assert words in answer.text
    assert 'role="alert"' in answer.text
    assert '<form class="narrow"' in answer.text
    assert "0 matters" not in answer.text


def test_pages_of_the_list_skip_and_repeat_nothing(reader: FlaskClient) -> None:
    address: str | None = "/matters?limit=2&status=reported&status=denied"
    seen: list[str] = []
    while address:
        page = reader.get(address).text
        seen += re.findall(r'class="claim-link" href="/matters/([^"]+)"', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else None
        assert not onward or "status=reported" in onward[1]
    assert len(seen) == len(set(seen)) == 5


def test_form_keeps_what_was_asked(reader: FlaskClient) -> None:
    page = reader.get("/matters?about=deepseek&status=denied&type=allegation&as_of=2025-02-01").text
    assert 'name="about" maxlength="200" size="16" value="deepseek"' in page
    assert '<input type="hidden" name="status" value="denied">' in page
    assert '<input type="hidden" name="type" value="allegation">' in page
    assert 'name="as_of" value="2025-02-01"' in page


def test_list_can_be_taken_away(reader: FlaskClient) -> None:
    answer = reader.get("/matters.csv?status=denied")
    [row] = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert (row["headline_en"], row["headline_ja"]) == (HEADLINE, HEADLINE_JA)
    assert (row["status"], row["articles"], row["origins"]) == ("denied", "5", "1")
    assert row["about"] == "DeepSeek; OpenAI"


def test_list_can_be_followed_in_a_feed_reader(reader: FlaskClient, accusation: PropositionId) -> None:
    answer = reader.get("/matters.rss?type=allegation")
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version) == (False, "rss20")
    [entry] = feed.entries
    assert entry.title == f"{HEADLINE} [denied]"
    assert entry.link == f"http://localhost/matters/{accusation}"
    assert entry.summary == "5 articles, 1 origin"


def test_page_says_what_became_of_it_with_both_clocks(reader: FlaskClient, accusation: PropositionId) -> None:
    page = show(reader, accusation)
    assert f"<h1><bdi>{HEADLINE}</bdi></h1>" in page
    history = find_section(page, "history")
    assert re.findall(r"</svg>([a-z ]+)</span>", history) == ["alleged", "denied"]
    assert list_claims(history) == [ACCUSATION, DENIED.claims[0].id]
    assert "5 articles, 1 origin" in page


def test_page_has_who_affirms_and_who_denies_each_with_the_sentence(
    reader: FlaskClient, accusation: PropositionId
) -> None:
    page = show(reader, accusation)
    told = [extraction.claims[0].id for extraction in (COPIED, FIRMER, SOFTER)]
    assert list_claims(find_section(page, "affirmed")) == [ACCUSATION, *told]
    assert list_claims(find_section(page, "denied")) == [DENIED.claims[0].id]


def test_page_has_the_right_of_reply_with_its_delay(reader: FlaskClient, accusation: PropositionId) -> None:
    replies = re.sub(r"<[^>]+>", "", find_section(show(reader, accusation), "replies"))
    assert "DeepSeek: did not respond, in the first report" in replies
    assert "DeepSeek: denied it, 2 days after the first report" in replies
    japanese = re.sub(r"<[^>]+>", "", find_section(show(reader, accusation, "ja"), "replies"))
    assert re.search(r"DeepSeek：否定した（初報の2 ?日後）", japanese)


def test_page_has_the_tree_of_who_repeats_whom(reader: FlaskClient, accusation: PropositionId) -> None:
    tree = find_section(show(reader, accusation), "tree")
    news, copy = tree.index(">News<"), tree.index(">Copy<")
    assert tree.index(">OpenAI<") < news < copy
    assert "· a copy" in tree[copy:]
    assert tree[:copy].count("<ul>") == 3


def test_page_has_stakes_drift_and_what_grew_firmer(reader: FlaskClient, accusation: PropositionId) -> None:
    page = show(reader, accusation)
    assert "competes with" in find_section(page, "stakes")
    assert 'href="https://ties.example/"' in find_section(page, "stakes")
    drift = find_section(page, "drift")
    assert list_claims(drift) == [ACCUSATION, SOFTER.claims[0].id]
    assert ">softer</span>" in drift
    inflation = find_section(page, "inflation")
    assert "Firmer than what it draws on (citing it): unproven became said as fact" in inflation
    assert list_claims(inflation) == [ACCUSATION, FIRMER.claims[0].id]


def test_contradicting_matters_stand_side_by_side(reader: FlaskClient, cost: PropositionId) -> None:
    opposed = find_section(show(reader, cost), "opposed")
    assert "different numbers" in opposed
    assert len(set(re.findall(r'href="/matters/([^"]+)"', opposed))) == 2
    assert list_claims(opposed) == [COST, DENIED.claims[1].id]


def test_numbers_stand_in_one_unit_with_the_rate(reader: FlaskClient, cost: PropositionId) -> None:
    figures = find_section(show(reader, cost), "figures")
    assert re.findall(r"/claims/[^>]+>([^<]+)</a>", figures) == [
        "US$5.6\N{NO-BREAK SPACE}million",
        "US$5.627\N{NO-BREAK SPACE}million",
        "US$2\N{NO-BREAK SPACE}billion",
    ]
    assert "from ¥880\N{NO-BREAK SPACE}million at 156.395 per US$" in figures


def test_what_arithmetic_can_check_is_computed(reader: FlaskClient, told: SqliteStore) -> None:
    [id] = told.find_propositions_of([FELL.claims[0].id]).values()
    computed = re.sub(r"<[^>]+>", "", find_section(show(reader, id), "computed"))
    assert "(118.42 / 142.62 - 1) * 100 = −16.9682% as the claim says" in computed
    assert "later US$118.42, earlier US$142.62" in computed


_LARGEST = "Microsoft lost 400 billion dollars, the largest one-day loss of any US company."
LARGEST = make_extraction(
    Said(
        _LARGEST,
        subject="Microsoft",
        type=ClaimType.MARKET,
        predicate=Predicate.LOST_VALUE,
        modality=Modality.ASSERTED,
        quantity=Quantity("market_cap", 400e9, "USD", text="400 billion dollars"),
    )
)


@pytest.mark.parametrize(
    ("lang", "told", "known"),
    [
        ("en", "claimed US$400\N{NO-BREAK SPACE}billion, ", "(general knowledge)"),
        ("ja", "主張の値 4000億ドル、", "(一般に知られていること)"),
    ],
)
def test_what_is_computed_names_where_a_number_is_from_and_no_id(
    empty_store: SqliteStore, lang: str, told: str, known: str
) -> None:
    empty_store.add([LARGEST])
    derive(empty_store)
    client = create_app(empty_store, lambda: STATUS, lambda: NOW, tables=read_tables()).test_client()
    [id] = empty_store.find_propositions_of([LARGEST.claims[0].id]).values()
    computed = find_section(show(client, id, lang), "computed")
    assert f'href="/claims/{LARGEST.claims[0].id}"' in computed
    shown = re.sub(r"<[^>]+>", "", computed)
    assert LARGEST.claims[0].id not in shown
    assert told in shown
    assert known in shown


def test_page_as_known_on_a_day(reader: FlaskClient, accusation: PropositionId) -> None:
    page = show(reader, accusation, as_of="2025-01-30")
    assert "3 articles, 1 origin" in page
    assert re.findall(r"</svg>([a-z ]+)</span>", find_section(page, "history")) == ["alleged"]
    assert 'aria-labelledby="denied"' not in page
    assert "no answer in what was read" not in page
    assert 'name="as_of" value="2025-01-30"' in page


def test_page_as_things_stood_on_a_day(reader: FlaskClient, accusation: PropositionId) -> None:
    page = show(reader, accusation, valid_at="2025-01-30")
    assert re.search(r"</svg>alleged</span> since", page)
    assert 'aria-labelledby="denied"' in page


def test_a_day_before_the_first_report_shows_nothing_and_says_when_it_was(
    reader: FlaskClient, accusation: PropositionId
) -> None:
    page = show(reader, accusation, as_of="2025-01-28")
    assert "The first report is of" in page
    assert "29 Jan 2025" in page
    assert list_claims(page) == []


def test_links_to_other_matters_stay_on_the_day(reader: FlaskClient, cost: PropositionId) -> None:
    opposed = find_section(show(reader, cost, as_of="2025-02-03"), "opposed")
    assert re.findall(r'href="/matters/[^?"]+\?as_of=([^"]+)"', opposed) == ["2025-02-03"] * 2


@pytest.mark.parametrize("path", ["/matters/p0", "/matters/%3Cscript%3E"])
def test_an_id_that_is_not_there_says_where_its_sentences_may_be(reader: FlaskClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "can have put its sentences into another one" in answer.text
    assert "<script>" not in answer.text.split("<main")[1]
    problem = reader.get(f"/api/v1{path}")
    assert problem.status_code == 404
    assert "list of matters" in problem.get_json()["detail"]


def test_a_day_that_is_none_is_refused(reader: FlaskClient, accusation: PropositionId) -> None:
    assert reader.get(f"/matters/{accusation}?as_of=2025-02-30").status_code == 400


def test_program_is_told_the_same(reader: FlaskClient, accusation: PropositionId) -> None:
    view = reader.get(f"/api/v1/matters/{accusation}?as_of=2025-01-30").get_json()
    assert view["chapter"]["label_ja"] == "ディープシークがOpenAIを蒸留"
    assert view["chapter"]["status"]["status"] == "alleged"
    assert view["chapter"]["origins"]["articles"] == 3
    assert [entity["id"] for entity in view["about"]] == [DEEPSEEK.id, OPENAI.id]
    assert view["claims"][ACCUSATION]["modality"] == "alleged"


def test_claim_leads_to_its_matter(reader: FlaskClient, accusation: PropositionId) -> None:
    page = find_section(reader.get(f"/claims/{ACCUSATION}").text, "matter")
    assert f'href="/matters/{accusation}"' in page
    assert "denied</span> · 5 articles, 1 origin" in page


def test_entity_leads_to_its_matters_and_its_story(reader: FlaskClient, accusation: PropositionId) -> None:
    matters = find_section(reader.get(f"/entities/{DEEPSEEK.id}").text, "matters")
    assert f'href="/matters/{accusation}"' in matters
    assert f'href="/matters?about={DEEPSEEK.id}"' in matters
    assert 'href="/story?q=DeepSeek"' in matters


def test_the_day_of_a_denial_leads_to_what_is_denied(reader: FlaskClient, accusation: PropositionId) -> None:
    page = reader.get("/days/2025-01-31").text
    assert f'class="claim-link" href="/matters/{accusation}"' in page
    assert "DeepSeek denies that it distilled OpenAI." in page


def test_hostile_labels_are_text(client: FlaskClient, store: SqliteStore) -> None:
    for path in ("/matters", "/matters?order=newest", "/matters.rss"):
        text = client.get(path).text
        assert "<script>window.pwned" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize("claim", [CHAINED, COST_JA], ids=["accusation", "figure"])
def test_japanese_page_of_each_kind(client: FlaskClient, store: SqliteStore, claim: object) -> None:
    [id] = store.find_propositions_of([claim.id]).values()  # type: ignore[attr-defined]
    assert '<html lang="ja">' in show(client, id, "ja")


def test_a_long_tree_is_cut_level_by_level_and_says_how_many_are_left() -> None:
    def page(name: str, *echoes: Voice) -> Voice:
        return Voice(name, None, ArticleId(name), "cites", (ClaimId(name),), echoes)

    tops = [page(f"top {n}", *(page(f"{n}.{m}") for m in range(5))) for n in range(4)]
    trunk = cut_tree(tops, most=7)

    def count(branch: Branch) -> int:
        return len(branch.branches) + sum(map(count, branch.branches))

    assert count(trunk) == 7
    assert [len(branch.branches) for branch in trunk.branches] == [3, 0, 0, 0]
    assert [branch.more for branch in trunk.branches] == [2, 5, 5, 5]


@pytest.mark.parametrize(
    ("before", "today"),
    [
        ("/propositions?status=denied&about=%E6%B7%B1&limit=2", "/matters?status=denied&about=%E6%B7%B1&limit=2"),
        ("/propositions", "/matters"),
        ("/propositions.csv?type=legal", "/matters.csv?type=legal"),
        ("/propositions.rss?type=legal", "/matters.rss?type=legal"),
        ("/propositions/p0?as_of=2025-01-30", "/matters/p0?as_of=2025-01-30"),
    ],
)
def test_old_addresses_lead_on_with_their_query(reader: FlaskClient, before: str, today: str) -> None:
    answer = reader.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (308, today)


def test_programs_may_go_on_under_the_old_address(reader: FlaskClient, accusation: PropositionId) -> None:
    for rest in ("?type=allegation&limit=1", f"/{accusation}?as_of=2025-01-30"):
        before, today = (reader.get(f"/api/v1/{word}{rest}") for word in ("propositions", "matters"))
        assert before.status_code == 200
        assert before.get_json() == today.get_json()


def test_a_sentence_stands_once_and_those_without_room_are_a_click_away(tmp_path: Path) -> None:
    asks = Said("Did it?", object="OpenAI", modality=Modality.QUESTIONED)
    more = [replace(asks, text=f"Did DeepSeek do it, {n}?") for n in range(4)]
    again = replace(asks, predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    accuses = Said("OpenAI says so.", object="OpenAI", speakers=("OpenAI",))
    article = make_extraction(accuses, asks, again, *more)
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([article])
        derive(store)
        [matter] = set(store.find_propositions_of([claim.id for claim in article.claims]).values())
        page = show(create_app(store, lambda: STATUS, lambda: NOW).test_client(), matter)
    asked = find_section(page, "asked")
    assert [asked.count(f"<bdi>{one.text}</bdi></a></p>") for one in (asks, *more)] == [1] * 5
    shown, rest = asked.split("<summary>and 2 more</summary>")
    assert shown.count('<li class="claim"') == 3
    assert rest.count('<li class="claim"') == 2
