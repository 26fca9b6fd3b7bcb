"""Reporting a misreading as a reader does it who may not judge: two pages, no scripts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watch
from tests.browser.test_judging import find_matter
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser


def test_a_reader_reports_what_is_wrong_and_is_told_that_it_came(browser: Browser, reported_site: str) -> None:
    claim = find_matter(reported_site)["claims"][0]
    with browser.new_context(base_url=reported_site, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        watch = Watch(page, reported_site)
        page.goto(f"/claims/{claim}")
        heading = page.locator("h1").inner_text()
        expect(page.get_by_role("link", name="Mark as misread")).to_have_count(0)
        page.get_by_role("link", name="Report a misreading").click()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_have_text("Choose what is wrong.")
        page.get_by_label("too firm").check()
        page.get_by_label("In your words, if you like").fill("it only asks")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("status")).to_contain_text("Thank you")
        expect(page).to_have_url(re.compile(rf"/claims/{claim}\?reported=1$"))
        assert page.locator("h1").inner_text() == heading
        expect(page.locator("main")).not_to_contain_text("it only asks")
        watch.check(400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_page_can_be_used_by_everybody(browser: Browser, reported_site: str, scheme: str) -> None:
    claim = find_matter(reported_site)["claims"][0]
    for lang, width in (("en-GB", 1180), ("ja-JP", 390)):
        with browser.new_context(
            base_url=reported_site,
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=lang,
            viewport={"width": width, "height": 844},
        ) as context:
            page = context.new_page()
            for address in (f"/report?claim={claim}", f"/claims/{claim}?reported=1"):
                page.goto(address)
                assert find_faults(page, WCAG) + find_faults(page, COLOURS) == [], address
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
