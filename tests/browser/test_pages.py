"""What only a browser shows: the way from page to page, keys, themes, widths, and that nothing of the data runs."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

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
    SCRIPT_NAME,
    TIMES,
)

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "search": "/search?q=about:deepseek",
    "nothing": "/search?q=zebra+lang:ja",
    "claim": f"/claims/{CHAINED.id}",
    "claim-ja": f"/claims/{COST_JA.id}",
    "entity": f"/entities/{DEEPSEEK.id}",
    "article": f"/articles/{ENGLISH.id}",
    "article-ja": f"/articles/{JAPANESE.id}",
    "source": f"/sources/{TIMES.id}",
    "status": "/status",
    "cypher": "/cypher",
    "hostile-claim": f"/claims/{PAYLOAD.id}",
    "hostile-article": f"/articles/{HOSTILE_ARTICLE.id}",
    "hostile-entity": f"/entities/{quote(SCRIPT_NAME.id)}",
    "hostile-source": f"/sources/{HOSTILE.id}",
    "hostile-search": "/search?q=" + quote("\"><script>window.pwned=5</script> '><img src=x onerror=window.pwned=6>"),
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())

# The contrast of each run of text with what lies behind it, by the formula of WCAG 2.
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""


def test_from_first_page_to_the_words_in_the_article(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search claims").fill("speaker:bloomberg")
    page.keyboard.press("Enter")
    page.locator(".claim-link").first.click()
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
    every = page.locator(".claims > .claim").count()
    facets = page.get_by_role("navigation", name="Narrow the search")
    facets.get_by_role("link", name="Japanese").click()
    expect(page.locator(".claims > .claim")).to_have_count(5)
    facets.get_by_role("link", name="Japanese").click()
    expect(page.locator(".claims > .claim")).to_have_count(every)


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


def test_tab_reaches_the_content_and_shows_where_it_is(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="claimgraph")).to_have_css("outline-style", "solid")


@every_page
def test_nothing_of_the_data_runs(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("window.pwned") is None


@every_page
def test_text_can_be_read_in_both_themes(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(CONTRASTS)
    page.emulate_media(color_scheme="dark")
    assert (light, page.evaluate(CONTRASTS)) == ([], [])


def test_dark_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 24, 26)")


@every_page
def test_page_never_scrolls_sideways(page: Page, path: str) -> None:
    page.goto(path)
    for width in (1280, 700, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"


@every_page
def test_page_can_be_printed(page: Page, path: str) -> None:
    page.emulate_media(media="print")
    page.goto(path)
    expect(page.locator("nav[aria-label=Main]")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Search claims").fill("lang:ja")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".claims > .claim")).to_have_count(5)
        page.locator(".claim-link").first.click()
        expect(page.locator(".ladder")).to_be_visible()
        page.goto("/cypher")
        expect(page.get_by_role("button", name="Run")).to_be_visible()
        expect(page.get_by_role("button", name="Keys")).to_be_hidden()
