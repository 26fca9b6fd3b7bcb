"""What a newcomer meets first, by keyboard and on a phone: the page of a store that is not there, the tour."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages import LOCALES, WCAG
from web.pages.tour import STEPS

pytestmark = pytest.mark.browser

_PHONE: ViewportSize = {"width": 390, "height": 844}
_PATHS = [r"/\?tour=1", r"/matters/\w+\?tour=2", r"/claims/\w+\?tour=3", r"/figures\?tour=4", r"/cypher\?.*tour=5"]


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _find_faults(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page, options=WCAG).response["violations"]]


def test_the_tour_is_walked_by_keyboard_without_scripts_on_a_phone(browser: Browser, demo: str) -> None:
    assert len(_PATHS) == len(STEPS)
    with browser.new_context(base_url=demo, viewport=_PHONE, locale="en-GB", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        for path in _PATHS:
            # The skip link comes first, then what leads on.
            _press(page, "Tab", "Tab", "Enter")
            expect(page).to_have_url(re.compile(path), timeout=30_000)
            expect(page.get_by_role("complementary", name="Tour of the demo")).to_be_visible()
        _press(page, "Tab", "Tab", "Tab", "Enter")
        expect(page).to_have_url(re.compile(r"/cypher\?((?!tour=).)*$"), timeout=30_000)
        expect(page.get_by_text("Take the tour")).to_be_visible()


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_pages_are_as_accessible_as_the_others(
    browser: Browser, demo: str, bare_site: str, lang: str, scheme: str
) -> None:
    with browser.new_context(
        viewport=_PHONE, locale=LOCALES[lang], color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        for site, path in ((bare_site, "/"), (demo, "/status"), (demo, "/tour/3")):
            page = context.new_page()
            watch = Watch(page, site)
            page.goto(site + path)
            expect(page.locator("html")).to_have_attribute("lang", lang)
            assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"]
            assert _find_faults(page) == []
            watch.check()
            page.close()
