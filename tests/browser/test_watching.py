"""Watching as a reader does it, without scripts: found, watched, told of, narrowed, left."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser


def test_what_is_watched_is_told_of_until_it_is_left(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        watch = Watch(page, address)
        page.goto("/watching")
        expect(page.get_by_role("heading", name="Nothing is watched yet")).to_be_visible()
        page.goto("/entities/deepseek")
        page.get_by_role("button", name="Watch", exact=True).click()
        expect(page.get_by_role("button", name="Watched")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("link", name="Watching 1").click()
        headlines = page.locator(".story .headline")
        told = headlines.count()
        assert told > 1
        page.get_by_text("Told of:").click()
        for news in ("new voice", "new status", "new number", "contradiction"):
            page.get_by_label(news, exact=True).uncheck()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Told of: denial")).to_be_visible()
        assert 0 < headlines.count() < told
        expect(page.locator(".story .denied").first).to_be_visible()
        page.get_by_role("button", name="Stop watching: DeepSeek").click()
        expect(page.get_by_role("heading", name="Nothing is watched yet")).to_be_visible()
        watch.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1280), ("ja-JP", 390)])
def test_the_page_fits_and_can_be_read_by_everybody(
    browser: Browser, address: str, locale: str, width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": 900}
    with browser.new_context(base_url=address, locale=locale, viewport=viewport, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for path in ("/entities/deepseek", "/search?q=openai", "/contradictions"):
            page.goto(path)
            page.locator('form[action="/watched"] button').first.click()
        page.goto("/watching")
        assert page.locator(".story").count() > 1
        for rules in (WCAG, COLOURS):
            assert find_faults(page, rules) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        head = page.locator("header.top").bounding_box()
        assert head
        assert head["height"] < 72
        assert re.search(r"\b3\b", page.locator("header.top nav").first.inner_text() if width > 900 else "3")
