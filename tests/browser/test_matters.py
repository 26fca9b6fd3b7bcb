"""From the first page to who says it, how firmly and who denies it; how the fullest pages hold up. Claims are given."""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser

# Those in which most stands: replies and a tree; contradictions, figures and drift; computations.
FULLEST = {
    "accusation": "about=deepseek&about=openai&type=allegation",
    "figures": "about=deepseek&type=compute",
    "computed": "about=nvidia&type=market",
}


HEADLINES = {
    "en-GB": "David Sacks and OpenAI accuse DeepSeek of distilling OpenAI’s models; DeepSeek denies it",
    "ja-JP": "デビッド・サックスとOpenAI、ディープシークにOpenAIモデル蒸留の疑いと主張――ディープシークは否定",
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@pytest.fixture(scope="module")
def context(browser: Browser, given_site: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=given_site, viewport={"width": 1280, "height": 900}, locale="en-GB") as context:
        yield context


@pytest.fixture
def visitor(context: BrowserContext, given_site: str) -> Iterator[Page]:
    page = context.new_page()
    watch = Watch(page, given_site)
    yield page
    watch.check()
    page.close()


class Clicks:
    """Clicks on what a reader sees, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follows the first link of that name in the page's content."""
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.count += 1


def find_page(given_site: str, conditions: str) -> str:
    """The page of the matter that most articles hold among those asked for."""
    with urllib.request.urlopen(f"{given_site}/api/v1/matters?limit=1&{conditions}") as answer:
        [found] = json.load(answer)["matters"]
    return f"/matters/{found['id']}"


def test_from_the_first_page_to_who_says_it_how_firmly_and_who_denies_it(visitor: Page) -> None:
    visitor.goto("/")
    clicks = Clicks(visitor)
    clicks.follow(re.compile("accuse DeepSeek of distilling OpenAI’s models"))
    expect(visitor).to_have_title(f"{HEADLINES['en-GB']} · claimgraph")
    affirming = visitor.get_by_role("region", name="Who says so, and how firmly")
    expect(affirming.get_by_role("listitem").filter(has_text="David Sacks").first).to_contain_text("accuses")
    expect(affirming.get_by_role("listitem").filter(has_text="OpenAI told").first).to_contain_text("accuses")
    denying = visitor.get_by_role("region", name="Who denies it")
    for speaker in ("person close to DeepSeek", "Aravind Srinivas", "DeepSeek"):
        expect(denying.get_by_role("link", name=speaker).or_(denying.get_by_text(speaker)).first).to_be_visible()
    expect(visitor.locator(".standing")).to_contain_text("8 articles, 2 origins")
    # Each is one click from its sentence, and that from its place in the article.
    clicks.follow("DeepSeek denied that it distilled OpenAI's models for R1.")
    expect(visitor.locator(".sentence-lit")).to_have_text("DeepSeek denied that it distilled OpenAI's models for R1.")
    clicks.follow("After eight months, DeepSeek answers")
    expect(visitor.locator("mark.lit")).to_have_text("DeepSeek denied that it distilled OpenAI's models for R1.")
    assert clicks.count <= 5


def test_what_was_known_on_a_day_without_scripts(browser: Browser, given_site: str) -> None:
    with browser.new_context(base_url=given_site, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto(find_page(given_site, FULLEST["accusation"]))
        expect(page.locator(".standing")).to_contain_text("denied")
        page.get_by_label("As known by the end of").fill("2025-01-29")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".standing")).to_contain_text("alleged")
        expect(page.get_by_role("region", name="Who denies it")).to_have_count(0)
        page.get_by_role("navigation", name="Pages about matters").get_by_role("link", name="Matters").click()
        page.get_by_role("link", name=re.compile("^denied")).first.click()
        page.get_by_role("textbox", name="About").fill("DeepSeek")
        page.locator("form.narrow button").click()
        expect(page.locator(".claims > .claim").first).to_contain_text("accuse DeepSeek of distilling")
        page.goto("/story")
        page.get_by_role("link", name="DeepSeek OpenAI").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"what 1\d articles say"))


@pytest.mark.parametrize("lang", HEADLINES)
def test_a_headline_has_its_accuser_in_the_words_of_the_reader(browser: Browser, given_site: str, lang: str) -> None:
    with browser.new_context(base_url=given_site, locale=lang) as context:
        page = context.new_page()
        page.goto(find_page(given_site, FULLEST["accusation"]))
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINES[lang])
        expect(page).to_have_title(f"{HEADLINES[lang]} · claimgraph")
        page.goto("/matters")
        lines = page.locator(".claims .claim-link").all_inner_texts()
        assert lines[0] == HEADLINES[lang]
        assert lang == "ja-JP" or not any(map(JAPANESE.search, lines))


def test_a_denial_has_one_mark_and_margins_begin_with_a_speaker(visitor: Page) -> None:
    visitor.goto("/search?q=polarity:denied")
    for marks in visitor.locator("section[aria-labelledby=found] .claims > .claim > .claim-marks").all():
        expect(marks.locator(".act")).to_have_text("denies")
        expect(marks).not_to_contain_text("said as fact")
    visitor.locator(".claim-link", has_text="DeepSeek denied that it distilled").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("DeepSeek denies: DeepSeek distilled")
    visitor.get_by_role("link", name="After eight months, DeepSeek answers").click()
    notes = visitor.locator(".note")
    assert notes.count() == visitor.locator(".paragraphs sup").count()
    expect(notes.filter(has_text="denies:").first.locator(".claim-link").first).to_have_text(
        re.compile("^DeepSeek denies: ")
    )


def test_keys_go_through_a_list_of_matters(visitor: Page) -> None:
    visitor.goto("/matters")
    visitor.keyboard.press("j")
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile("/matters/p"))


@pytest.mark.parametrize("name", [*FULLEST, "story"])
@pytest.mark.parametrize("lang", ["en-GB", "ja-JP"])
def test_fullest_pages_hold_up(browser: Browser, given_site: str, name: str, lang: str) -> None:
    path = "/story?q=deepseek" if name == "story" else find_page(given_site, FULLEST[name])
    with browser.new_context(base_url=given_site, locale=lang) as context:
        page = context.new_page()
        watch = Watch(page, given_site)
        page.goto(path)
        page.emulate_media(color_scheme="light")
        faults = find_faults(page, WCAG)
        page.emulate_media(color_scheme="dark")
        assert faults + find_faults(page, COLOURS) == []
        for width in (1280, 700, 320):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"
        watch.check()
