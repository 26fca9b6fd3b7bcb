"""What only a browser shows: the way from page to page, keys, languages, and how each page holds up."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.ids import make_proposition_id
from tests.browser.conftest import Watch
from tests.web.rivals import CHEAP, MEASURED
from tests.web.story import (
    BETTER,
    CHAINED,
    CHEAPER,
    COST_JA,
    DEEPSEEK,
    ENGLISH,
    HEARSAY_JA,
    HOSTILE,
    HOSTILE_ARTICLE,
    JAPANESE,
    PAYLOAD,
    R1,
    SCRIPT_NAME,
    TIMES,
    UNNAMED,
)

pytestmark = pytest.mark.browser

PAGES = {
    "today": "/",
    "day": "/days/2025-01-29",
    "no-day": "/days/2024-12-24",
    "days": "/days",
    "search": "/search?q=about:deepseek",
    "second-page": "/search?limit=4",
    "nothing": "/search?q=zebra+lang:ja",
    "meant": "/search?q=deepseek+training+cost",
    "mistaken": "/search?q=deepsek+type:alegation+typ:x",
    "refused": "/search?q=" + "x" * 1001,
    "entities": "/entities?type=model",
    "articles": "/articles?lang=en",
    "claim": f"/claims/{CHAINED.id}",
    "figure": f"/claims/{COST_JA.id}",
    "entity": f"/entities/{DEEPSEEK.id}",
    "compared": f"/entities/{R1.id}",
    "article": f"/articles/{ENGLISH.id}",
    "article-ja": f"/articles/{JAPANESE.id}",
    "source": f"/sources/{TIMES.id}",
    "sources": "/sources",
    "feeds": "/feeds",
    "status": "/status",
    "api": "/api",
    "cypher": "/cypher",
    "answer": "/cypher?q=" + quote("MATCH (e:Entity {name: $name}) RETURN e, e.name AS name") + "&$name=DeepSeek",
    "contradictions": "/contradictions",
    "ledger": "/ledger",
    "figures": "/figures?q=deepseek",
    "measure": "/figures?q=deepseek-r1&measure=training_cost",
    "no-figures": "/figures?q=zebra",
    "explore": "/explore",
    "walk": f"/explore?start={DEEPSEEK.id}&ties=1",
    "crossings": f"/explore?view=matrix&start={DEEPSEEK.id}",
    "matters": "/matters",
    "matter": f"/matters/{make_proposition_id(UNNAMED.id)}",
    "not-yet": f"/matters/{make_proposition_id(UNNAMED.id)}?as_of=2025-01-01",
    "stories": "/story",
    "story": "/story?q=deepseek",
    "missing": "/nowhere",
    "hostile-claim": f"/claims/{PAYLOAD.id}",
    "hostile-article": f"/articles/{HOSTILE_ARTICLE.id}",
    "hostile-entity": f"/entities/{quote(SCRIPT_NAME.id)}",
    "hostile-proposition": f"/matters/{make_proposition_id(PAYLOAD.id)}",
    "hostile-story": "/story?q=lang:en",
    "hostile-source": f"/sources/{HOSTILE.id}",
}
# The claims of a search, below the matters that it finds.
_FOUND = "section[aria-labelledby=found] .claim"
STATUS = {"refused": 400, "missing": 404}
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What a theme can break.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}

SHIFTS = """() => new Promise((done) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(seen), 20);
})"""


@pytest.fixture(scope="module")
def contexts(browser: Browser, address: str) -> Iterator[dict[str, BrowserContext]]:
    """A reader of each language."""
    opened = {lang: browser.new_context(base_url=address, locale=locale) for lang, locale in LOCALES.items()}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture(scope="module", params=product(PAGES, LOCALES), ids=lambda param: "-".join(param))
def visited(
    request: pytest.FixtureRequest, contexts: dict[str, BrowserContext], address: str
) -> Iterator[tuple[Page, Watch, str, str]]:
    """Each page in each language, opened once for the tests that only look at it."""
    name, lang = request.param
    page = contexts[lang].new_page()
    watch = Watch(page, address)
    page.goto(PAGES[name])
    yield page, watch, name, lang
    page.close()


def find_faults(page: Page, rules: Mapping[str, object]) -> list[str]:
    """What axe finds, each with the elements it is about."""
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def test_page_keeps_to_itself_and_its_policy(visited: tuple[Page, Watch, str, str]) -> None:
    page, watch, name, lang = visited
    assert page.evaluate("window.pwned") is None
    expect(page.locator("html")).to_have_attribute("lang", lang)
    watch.check(STATUS.get(name, 200))


def test_nothing_moves_after_it_is_shown(visited: tuple[Page, Watch, str, str]) -> None:
    page = visited[0]
    shifts = page.evaluate(SHIFTS)
    for _ in range(2):
        if shifts:  # on a busy machine a page may be painted before all of it is there; what moves by itself does again
            page.reload()
            shifts = page.evaluate(SHIFTS)
    assert shifts == []


def test_page_never_scrolls_sideways(visited: tuple[Page, Watch, str, str]) -> None:
    page = visited[0]
    for width in (1280, 700, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"


@pytest.mark.parametrize(
    ("name", "lang"),
    # The hostile pages have the elements and colours of the others, and so have those in Japanese.
    [*((name, "en") for name in PAGES if not name.startswith("hostile")), ("claim", "ja")],
    ids=lambda value: str(value),
)
def test_axe_finds_nothing_in_either_theme(contexts: dict[str, BrowserContext], name: str, lang: str) -> None:
    page = contexts[lang].new_page()
    page.goto(PAGES[name])
    page.emulate_media(color_scheme="light")
    faults = find_faults(page, WCAG)
    page.emulate_media(color_scheme="dark")
    assert faults + find_faults(page, COLOURS) == []
    page.close()


def test_page_can_be_printed(visited: tuple[Page, Watch, str, str]) -> None:
    page = visited[0]
    page.emulate_media(media="print")
    expect(page.locator("header.top nav")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()


def test_from_first_page_to_the_words_in_the_article(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search claims").fill("speaker:bloomberg")
    page.keyboard.press("Enter")
    page.locator(f"{_FOUND}-link").first.click()
    expect(page.locator(".ladder li")).to_have_count(3)
    expect(page.locator(".ladder li").first).to_contain_text("The Quay Gazette")
    expect(page.locator(".ladder li").last).to_contain_text("Microsoft security researchers")
    page.get_by_role("link", name="Microsoft looks into").click()
    expect(page.locator(f'[id="c-{CHAINED.id}"]')).to_be_attached()
    expect(page.locator("mark.lit")).to_have_text(CHAINED.text)
    page.locator(f'[id="n-{CHAINED.id}"] .claim-link').click()
    expect(page).to_have_url(re.compile(f"/claims/{CHAINED.id}$"))


def test_claim_around_a_nested_one_is_lit_whole(page: Page) -> None:
    page.goto(f"/articles/{ENGLISH.id}#c-{CHEAPER.id}")
    assert "".join(page.locator("mark.lit").all_inner_texts()) == CHEAPER.text
    page.goto(f"/articles/{ENGLISH.id}#c-{BETTER.id}")
    expect(page.locator("mark.lit")).to_have_text(BETTER.text)


def test_nothing_is_lit_until_a_claim_is_asked_for(page: Page) -> None:
    page.goto(f"/articles/{JAPANESE.id}")
    expect(page.locator("mark.lit")).to_have_count(0)
    page.get_by_role("link", name="Claim 2 in the text").click()
    expect(page.locator("mark.lit")).to_have_text(HEARSAY_JA.text)


def test_facet_narrows_and_widens_again(page: Page) -> None:
    page.goto("/search")
    every = page.locator(_FOUND).count()
    facets = page.get_by_role("navigation", name="Narrow the search")
    facets.get_by_role("link", name="Japanese").click()
    expect(page.locator(_FOUND)).to_have_count(5)
    facets.get_by_role("link", name="Japanese").click()
    expect(page.locator(_FOUND)).to_have_count(every)


def test_keys_search_move_open_and_help(page: Page) -> None:
    page.goto("/search")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".claim").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".claim").nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search claims")).to_be_focused()
    page.keyboard.type("j?/")
    expect(page.get_by_label("Search claims")).to_have_value("j?/")
    page.get_by_label("Search claims").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/claims/"))


def test_escape_closes_the_menu_and_stays_at_it(page: Page) -> None:
    page.goto("/")
    menu = page.locator(".menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="All days")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator(".panel")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_g_and_a_letter_lead_to_a_page(page: Page) -> None:
    for key, path in (("m", "/matters"), ("e", "/entities"), ("w", "/watching"), ("t", "/")):
        page.goto("/search")
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**{path}")
    page.keyboard.press("m")
    page.get_by_label("Search claims").press("g")
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile("/$"))


def test_tab_reaches_the_content_and_shows_where_it_is(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="claimgraph")).to_have_css("outline-style", "solid")


def test_dark_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 24, 26)")


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_text("More ▾").or_(page.get_by_text("More", exact=True)).first.click()
        page.get_by_role("link", name="Claims", exact=True).click()
        page.get_by_label("Search claims").fill("lang:ja")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(_FOUND)).to_have_count(5)
        page.locator(f"{_FOUND}-link").first.click()
        expect(page.locator(".ladder")).to_be_visible()
        page.get_by_role("button", name="日本語").click()
        expect(page.get_by_role("heading", name="誰が語っているか")).to_be_visible()
        page.get_by_role("button", name="English").click()
        page.goto("/cypher")
        expect(page.get_by_role("button", name="Run")).to_be_visible()
        expect(page.get_by_role("button", name="Keys")).to_be_hidden()


def test_accounts_work_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/figures")
        page.get_by_role("searchbox", name="About").fill("deepseek-r1")
        page.get_by_label("Measure").select_option("training_cost")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".told tbody tr")).to_have_count(2)
        page.get_by_text("As a table").click()
        page.get_by_role("link", name="US$294,000", exact=True).click()
        expect(page.locator(".sentence-lit")).to_contain_text(CHEAP.text)
        page.goto("/contradictions")
        expect(page.locator(".pair")).to_have_count(3)
        page.get_by_text("Judge: this is no contradiction").first.click()
        expect(page.get_by_text("claimgraph judge dismiss").first).to_be_visible()
        page.goto("/ledger?about=deepseek")
        page.get_by_role("link", name="Epoch AI").click()
        expect(page.locator(".sentence-lit")).to_contain_text(MEASURED.text)


def test_ledger_stands_still(page: Page) -> None:
    """Numbers end on one line, and each column begins on one."""
    page.goto("/ledger")
    edges = page.locator(".ledger tbody td.count").evaluate_all(
        "cells => cells.map((c) => c.getBoundingClientRect().right)"
    )
    assert len(set(edges)) == 1
    aligns = page.locator(".ledger tbody td.count").evaluate_all(
        "cells => cells.map((c) => getComputedStyle(c).textAlign)"
    )
    assert set(aligns) == {"right"}


def test_typed_search_is_narrowed_and_paged(page: Page) -> None:
    page.goto("/search?limit=4")
    first = page.locator(".claim-link").evaluate_all("links => links.map((link) => link.href)")
    page.get_by_role("link", name="Older claims").click()
    second = page.locator(".claim-link").evaluate_all("links => links.map((link) => link.href)")
    assert not set(first) & set(second)
    page.get_by_role("link", name="Newer claims").click()
    assert page.locator(".claim-link").evaluate_all("links => links.map((link) => link.href)") == first
    page.get_by_label("Search claims").fill("type:allegation polarity:denied")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(_FOUND)).to_have_count(1)


def test_ladder_names_each_speaker_with_the_words_that_credit_it(page: Page) -> None:
    page.goto(f"/claims/{CHAINED.id}")
    rungs = page.locator(".ladder li").all_inner_texts()
    assert [rung.split("\n")[1] for rung in rungs] == ["prints it", "passes it on", "not named · where it comes from"]
    assert "told" in rungs[2]
    expect(page.locator(".sentence-lit mark.cue-modality")).to_have_text("allegedly")
    expect(page.get_by_role("heading", name="Who says that it is not so")).to_be_visible()


def test_article_marks_show_how_firm_each_claim_is(page: Page) -> None:
    page.goto(f"/articles/{ENGLISH.id}")
    expect(page.locator("mark.line-alleged")).to_have_css("text-decoration-style", "double")
    expect(page.locator("mark.line-speculated")).to_have_css("text-decoration-style", "dashed")
    expect(page.locator("mark.line-predicted")).to_have_css("text-decoration-style", "dotted")
    assert page.locator(".note .kind").first.inner_text() == "allegation"


def test_each_note_of_an_article_is_one_block_beside_its_edge(page: Page) -> None:
    page.goto(f"/articles/{ENGLISH.id}")
    notes = page.locator(".note-body > span")
    assert notes.count() > 1
    assert notes.evaluate_all("spans => spans.every((span) => span.getClientRects().length === 1)")


def test_language_is_switched_in_place_and_kept(page: Page) -> None:
    page.goto("/search?q=lang:ja")
    page.get_by_role("button", name="日本語").click()
    expect(page).to_have_url(re.compile(r"/search\?q=lang:ja$"))
    expect(page.get_by_role("navigation", name="検索を絞り込む")).to_be_visible()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="January 2025")).to_be_visible()


def test_japanese_has_its_own_line_height(page: Page) -> None:
    page.goto("/search")
    heights = {
        lang: page.locator(f".sentence[lang={lang}]").first.evaluate(
            "e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)"
        )
        for lang in ("en", "ja")
    }
    assert heights["ja"] > heights["en"] + 0.2
