"""What only a browser shows of pictures: no words meet, type keeps its size, shape tells what colour does."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watch
from tests.browser.test_matters import FULLEST, find_page
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
LOCALES = ("en-GB", "ja-JP")
PAGES = {
    "matter": "",
    "figures": "/figures",
    "ledger": "/ledger",
    "list": "/matters",
    "entity": "/entities/deepseek",
}

# Words of one drawing that meet, and words that reach out of it. A line of type is some pixels higher than its letters.
MEETING = """() => [...document.querySelectorAll('svg.drawing')].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  const found = [...drawing.querySelectorAll('text:not(.count)')];
  const words = found.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
  const pairs = words.flatMap((one, at) => words.slice(at + 1).filter((other) => meet(one.box, other.box))
    .map((other) => `${one.text} | ${other.text}`));
  const out = words.filter(({ box }) => box.left < frame.left - 9 || box.right > frame.right + 9);
  return [...pairs, ...out.map(({ text }) => `out: ${text}`)];
})"""
SIZES = """() => [...document.querySelectorAll('svg.drawing text')]
  .map((text) => parseFloat(getComputedStyle(text).fontSize))"""
WEIGHTS = """() => [...document.querySelectorAll('svg.drawing')].map((drawing) => drawing.outerHTML.length)"""


@pytest.fixture(scope="module", params=product(PAGES, LOCALES), ids=lambda param: "-".join(param))
def visited(request: pytest.FixtureRequest, browser: Browser, given_site: str) -> Iterator[Page]:
    """Each page with pictures in each language, opened once."""
    name, locale = request.param
    with browser.new_context(base_url=given_site, locale=locale) as context:
        page = context.new_page()
        watch = Watch(page, given_site)
        page.goto(PAGES[name] or find_page(given_site, FULLEST["accusation"]))
        yield page
        watch.check()


def test_no_words_meet_and_type_keeps_its_size_at_any_width(visited: Page) -> None:
    for width in WIDTHS:
        visited.set_viewport_size({"width": width, "height": 800})
        assert visited.evaluate(MEETING) == [], f"at {width} px"
        assert min(visited.evaluate(SIZES), default=12) >= 12
        assert visited.evaluate("document.documentElement.scrollWidth") <= width
    assert max(visited.evaluate(WEIGHTS), default=0) < 8000


def test_pictures_are_accessible_in_both_schemes(visited: Page) -> None:
    visited.evaluate("document.querySelectorAll('.picture details').forEach((twin) => { twin.open = true; })")
    visited.emulate_media(color_scheme="light")
    faults = find_faults(visited, WCAG)
    visited.emulate_media(color_scheme="dark")
    assert faults + find_faults(visited, COLOURS) == []
    visited.emulate_media(color_scheme=None)


@pytest.fixture
def matter(browser: Browser, given_site: str) -> Iterator[Page]:
    with browser.new_context(base_url=given_site, locale="en-GB") as context:
        page = context.new_page()
        page.goto(find_page(given_site, FULLEST["accusation"]))
        yield page


def test_a_denial_is_told_by_its_shape(matter: Page) -> None:
    for colours in ("none", "active"):
        matter.emulate_media(forced_colors=colours)
        dots = matter.locator(".timeline .dot")
        shapes = {
            (one.evaluate("dot => dot.tagName"), "denies" in str(one.get_attribute("class"))) for one in dots.all()
        }
        assert shapes == {("circle", False), ("path", True)}
    grounds = matter.locator(".timeline .dot.denies").first.evaluate("dot => getComputedStyle(dot).fill")
    assert grounds == matter.locator(".timeline text").first.evaluate("text => getComputedStyle(text).fill")


def test_the_drawing_is_for_eyes_and_its_table_for_everybody(matter: Page) -> None:
    assert matter.locator("svg.drawing:not([aria-hidden=true])").count() == 0
    assert matter.locator("svg.drawing a:not([tabindex='-1'])").count() == 0
    drawn = {link.get_attribute("href") for link in matter.locator("svg.timeline a").all()}
    told = {link.get_attribute("href") for link in matter.locator("section:has(> #timeline) table a").all()}
    assert drawn <= told
    assert len(told) == 15


def test_tables_are_open_in_print(matter: Page) -> None:
    table = matter.locator("section:has(> #timeline) table")
    assert not table.is_visible()
    matter.emulate_media(media="print")
    assert table.is_visible()


def test_print_has_the_caution_and_nothing_to_press(matter: Page) -> None:
    matter.emulate_media(media="print")
    assert matter.get_by_text("it errs").is_visible()
    shown = [one for one in matter.locator("button, input, nav, .judge-link").all() if one.is_visible()]
    assert [one.inner_text() for one in shown] == []


def test_the_matrix_of_results_is_whole_on_a_wide_screen(browser: Browser, given_site: str) -> None:
    with browser.new_context(base_url=given_site, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto("/ledger")
        frame = page.locator(".table-frame:has(.matrix)")
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0


@pytest.mark.parametrize("locale", LOCALES)
def test_the_numbers_of_an_entity_need_no_scrolling_on_a_phone(browser: Browser, given_site: str, locale: str) -> None:
    with browser.new_context(
        base_url=given_site, viewport={"width": 390, "height": 844}, locale=locale, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto("/entities/deepseek")
        frame = page.locator(".table-frame:has(.side-by-side)").first
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0
