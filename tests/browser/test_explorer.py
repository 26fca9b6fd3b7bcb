"""The explorer in Chromium: by mouse on the drawing, by keyboard in the lists, narrowed, shared, without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.story import BETTER, CHAINED, DEEPSEEK, ENGLISH, OPENAI, R1

pytestmark = pytest.mark.browser

# Where a node is drawn, in pixels of the page, as the library itself knows it.
PLACE = """async (id) => {
  // The library learns of scrolling with the next frame.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const canvas = document.querySelector("[data-canvas]");
  const { x, y } = canvas._cyreg.cy.getElementById(id).renderedPosition();
  const box = canvas.getBoundingClientRect();
  return [box.x + x, box.y + y];
}"""


def row(id: str) -> str:
    return f'[data-row="{id}"]'


def click_node(page: Page, id: str) -> None:
    page.locator("[data-canvas]").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(PLACE, id))


def opened(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True).get("open", [])


def test_from_a_name_to_a_claim_and_its_article_by_mouse(page: Page) -> None:
    page.goto("/explore")
    page.get_by_role("searchbox", name="A name, an id").fill("deepseek r1")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile(f"start={R1.id}$"))
    expect(page.locator(row(BETTER.id))).to_be_visible()
    click_node(page, BETTER.id)
    expect(page.locator(row(ENGLISH.id))).to_be_visible()
    assert opened(page) == [R1.id, BETTER.id]
    click_node(page, DEEPSEEK.id)
    expect(page.locator(row(CHAINED.id))).to_be_visible()
    page.go_back()
    expect(page.locator(row(CHAINED.id))).to_have_count(0)
    page.locator(row(ENGLISH.id)).get_by_role("link", name="The page of").click()
    expect(page).to_have_url(re.compile(f"/articles/{ENGLISH.id}$"))


def test_the_lists_are_walked_by_keyboard(page: Page) -> None:
    page.goto(f"/explore?start={DEEPSEEK.id}&open=")
    page.get_by_role("link", name="Open DeepSeek", exact=True).focus()
    page.keyboard.press("Enter")
    close = page.get_by_role("link", name="Close DeepSeek", exact=True)
    expect(close).to_be_focused()
    names = [link.get_attribute("aria-label") for link in page.locator("[data-node][data-walk]").all()]
    steps = names.index("Open OpenAI") - names.index("Close DeepSeek")
    for name in names[names.index("Close DeepSeek") + 1 :][:steps]:
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name=name or "", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Close OpenAI", exact=True)).to_be_focused()
    assert opened(page) == [DEEPSEEK.id, OPENAI.id]
    for _ in range(steps):
        page.keyboard.press("ArrowUp")
    expect(close).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Open DeepSeek", exact=True)).to_be_focused()
    assert opened(page) == [OPENAI.id]


def test_kind_and_time_narrow_it_in_the_address(page: Page) -> None:
    page.goto(f"/explore?start={DEEPSEEK.id}")
    expect(page.locator(row(CHAINED.id))).to_be_visible()
    page.get_by_text("Which claims opening adds").click()
    page.get_by_role("checkbox", name="cost").check()
    page.get_by_label("Since").fill("2025-01-30")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("status")).to_contain_text("1 claim")
    assert "type=cost" in page.url
    assert "since=2025-01-30" in page.url
    expect(page.get_by_role("checkbox", name="cost")).to_be_checked()


def test_what_is_drawn_is_what_is_listed(page: Page) -> None:
    page.goto(f"/explore?start={DEEPSEEK.id}")
    expect(page.locator("[data-canvas] canvas").first).to_be_visible()
    drawn = page.evaluate('document.querySelector("[data-canvas]")._cyreg.cy.nodes().map((node) => node.id())')
    listed = [one.get_attribute("data-row") for one in page.locator("[data-row]").all()]
    assert sorted(drawn) == sorted(filter(None, listed))


def test_hostile_names_stay_text(page: Page) -> None:
    page.goto("/explore?find=evil")
    page.locator(".claim-link").first.click()
    expect(page.locator("[data-row]").first).to_be_visible()
    assert page.evaluate("window.pwned") is None


def test_without_scripts_it_is_lists_with_links(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto("/explore")
        page.get_by_role("link", name="DeepSeek", exact=True).first.click()
        expect(page.locator("[data-canvas]")).to_be_hidden()
        page.get_by_role("link", name="Open OpenAI", exact=True).click()
        expect(page.get_by_role("link", name="Close OpenAI", exact=True)).to_be_visible()
        assert opened(page) == [DEEPSEEK.id, OPENAI.id]
