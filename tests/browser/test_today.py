"""The first screen of the first page, and its ways on, in Chromium. Claims are given."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser

SCREENS = ((1280, 900), (390, 844))
LOCALES = {"en-GB": "January 2025", "ja-JP": "2025年1月"}


@pytest.fixture
def opened(browser: Browser, given_site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    (width, height), locale = request.param
    viewport = {"width": width, "height": height}
    with browser.new_context(base_url=given_site, locale=locale, viewport=viewport) as context:  # type: ignore[arg-type]
        page = context.new_page()
        watch = Watch(page, given_site)
        yield page
        watch.check()


@pytest.mark.parametrize("opened", [(size, lang) for size in SCREENS for lang in LOCALES], indirect=True, ids=str)
def test_the_first_screen_has_date_headline_status_counts_and_a_quote(opened: Page) -> None:
    for path in ("/", "/days/2025-01-29", "/days/2025-01-30"):
        opened.goto(path)
        screen = opened.viewport_size
        assert screen
        story = opened.locator(".story").first
        for part in (
            opened.locator("h1"),
            story.locator(".headline"),
            story.locator(".claim-marks"),
            story.locator(".claim-origin"),
            story.locator(".side-of").first,
        ):
            box = part.bounding_box()
            assert box, path
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= screen["height"], path
        assert opened.locator(".claims").count() == 0
        assert opened.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    expect(opened.locator("header.top")).to_have_css("display", "flex")


@pytest.mark.parametrize("opened", [((390, 844), "en-GB")], indirect=True, ids=str)
def test_a_phone_has_one_line_and_a_menu(opened: Page) -> None:
    opened.goto("/days/2025-01-30")
    box = opened.locator("header.top").bounding_box()
    assert box
    assert box["height"] <= 50
    expect(opened.get_by_role("link", name="Figures")).to_be_hidden()
    opened.get_by_text("Menu").locator("..").click()
    opened.get_by_role("link", name="Figures").click()
    expect(opened).to_have_url(re.compile("/figures$"))
    opened.get_by_role("link", name="Search", exact=True).click()
    expect(opened).to_have_url(re.compile("/search$"))


@pytest.mark.parametrize("opened", [((1280, 900), "en-GB")], indirect=True, ids=str)
def test_from_day_to_day_and_into_a_story_by_keys(opened: Page) -> None:
    opened.goto("/days?until=2025-01")
    opened.get_by_title("15 claims").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Thursday 30 January 2025")
    opened.get_by_role("link", name="‹ 29 Jan").first.click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Wednesday 29 January 2025")
    opened.get_by_text("Why here").first.click()
    expect(opened.get_by_text("score 25.8")).to_be_visible()
    opened.keyboard.press("j")
    expect(opened.locator(".story").nth(1)).to_be_focused()
    opened.keyboard.press("k")
    expect(opened.locator(".story").first).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile("/matters/"))


@pytest.mark.parametrize("opened", [((1280, 900), "en-GB")], indirect=True, ids=str)
def test_axe_finds_nothing_on_a_full_day(opened: Page) -> None:
    opened.goto("/days/2025-01-29")
    for summary in opened.locator(".story summary").all()[:4]:
        summary.click()
    faults = find_faults(opened, WCAG)
    opened.emulate_media(color_scheme="dark")
    assert faults + find_faults(opened, COLOURS) == []
    opened.goto("/days?until=2025-01")
    assert find_faults(opened, WCAG) + find_faults(opened, COLOURS) == []
