"""Judging as a reader does it: three pages each, without scripts, seen before it is made and taken back."""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages import COLOURS, WCAG, find_faults

pytestmark = pytest.mark.browser

ASKED = "DeepSeekはOpenAIの技術を盗用したのか"


def find_matter(site: str) -> dict[str, list[str]]:
    """The accusation that most articles hold."""
    with urllib.request.urlopen(f"{site}/api/v1/matters?limit=1&about=deepseek&about=openai&type=allegation") as answer:
        [found] = json.load(answer)["matters"]
    assert isinstance(found, dict)
    return found


@pytest.fixture
def reader(browser: Browser, own_site: str) -> Iterator[Page]:
    """A reader on this machine whose browser runs no scripts."""
    with browser.new_context(base_url=own_site, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        watch = Watch(page, own_site)
        yield page
        watch.check()


def decide(page: Page, button: str, why: str = "read beside its sentence") -> None:
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_misread_claim_is_gone_from_its_matter_and_can_be_had_back(reader: Page, own_site: str) -> None:
    matter = f"/matters/{find_matter(own_site)['id']}"
    reader.goto(matter)
    before = reader.content()
    sentence = reader.get_by_role("link", name=ASKED, exact=True).first
    sentence.click()
    claim = reader.url
    reader.get_by_role("link", name="Mark as misread").first.click()
    shown = reader.locator(".numbers").all_inner_texts()
    assert re.findall(r"(\d+) sentences", " ".join(shown)) == ["15", "14"]
    reader.get_by_label("wrong kind").check()
    decide(reader, "Mark as misread", "the outlet only asks")
    expect(reader.get_by_role("status")).to_contain_text("Sentences in the matter: 15, now 14.")
    expect(reader.locator("h1 del")).to_be_visible()
    expect(reader.locator("main")).to_contain_text("the outlet only asks")
    reader.goto(matter)
    expect(reader.get_by_role("link", name=ASKED, exact=True)).to_have_count(0)
    reader.goto("/judgements")
    expect(reader.locator("main li").first).to_contain_text("1 claim misread")
    reader.get_by_role("link", name="Take back").click()
    decide(reader, "Take back")
    reader.goto(matter)
    assert reader.content() == before
    reader.goto(claim)
    expect(reader.locator("h1 del")).to_have_count(0)


def test_keys_judge_the_claim_in_focus_and_take_it_back(browser: Browser, own_site: str) -> None:
    with browser.new_context(base_url=own_site, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"/matters/{find_matter(own_site)['id']}")
        page.keyboard.press("j")
        claim = page.locator(".claim:focus .claim-link").get_attribute("href")
        assert claim
        page.keyboard.press("x")
        page.wait_for_url("**/judge/misread?claim=**")
        assert f"claim={claim.removeprefix('/claims/')}&" in page.url
        page.go_back()
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.wait_for_url("**/judge/right?claim=**")
        decide(page, "Mark as read right")
        expect(page.get_by_role("status")).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("u")
        page.wait_for_url("**/judge/undo?**")


def test_claims_are_parted_and_joined_again_names_merged_and_pairs_dismissed(reader: Page, own_site: str) -> None:
    matter = f"/matters/{find_matter(own_site)['id']}"
    reader.goto(matter)
    reader.get_by_role("link", name="Split off sentences …").click()
    reader.get_by_label(re.compile("David Sacks told Fox News that there is")).check()
    reader.get_by_role("button", name="Show what changes").click()
    then = reader.get_by_role("region", name="What changes").locator("div > div").nth(1)
    numbers = then.locator(".numbers").all_inner_texts()
    assert len(numbers) == 2
    decide(reader, "Split off sentences …")
    expect(reader.locator(".standing")).to_contain_text(re.findall(r"\d+ articles, \d+ origins?", numbers[0])[0])
    reader.get_by_role("link", name="Take back").first.click()
    decide(reader, "Take back")

    reader.goto("/entities/deepseek")
    reader.get_by_role("link", name="Join with another name …", exact=True).click()
    reader.get_by_label("The other name, or its id").fill("OpenAI")
    reader.get_by_role("button", name="Show what changes").click()
    expect(reader.get_by_role("region", name="What changes")).to_contain_text(re.compile(r"\d+ claims about it"))
    decide(reader, "Join with another name …")
    expect(reader.get_by_role("region", name="Who is who")).to_contain_text("OpenAI is DeepSeek")
    reader.get_by_role("link", name="Take back").first.click()
    decide(reader, "Take back")

    reader.goto("/contradictions")
    reader.get_by_role("link", name="Mark as no contradiction").first.click()
    expect(reader.get_by_role("region", name="What changes")).to_contain_text("contradicts 1 other")
    decide(reader, "Mark as no contradiction")
    expect(reader.locator("main")).to_contain_text("Judged to be no contradiction:")


def test_every_foot_has_the_shares_and_leads_to_what_they_mean(reader: Page) -> None:
    for address in ("/", "/search", "/feeds"):
        reader.goto(address)
        expect(reader.locator("footer")).to_contain_text(re.compile(r"\d+ \(English\), \d+ \(Japanese\) are right"))
    reader.locator("footer").get_by_role("link", name="How this was read").click()
    expect(reader.get_by_role("region", name="How well it reads").locator("tbody tr")).to_have_count(4)
    expect(reader.get_by_role("region", name="Grades")).to_contain_text("from 0.85 up")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_judge_can_be_used_by_everybody(browser: Browser, own_site: str, scheme: str) -> None:
    found = find_matter(own_site)
    claim, matter = found["claims"][0], found["id"]
    with browser.new_context(
        base_url=own_site,
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="en-GB",
        viewport={"width": 390, "height": 844},
    ) as context:
        page = context.new_page()
        for address in (
            f"/judge/misread?claim={claim}",
            f"/judge/part?matter={matter}",
            f"/judge/join?matter={matter}",
            "/judge/merge?entity=deepseek",
            "/review",
            "/reading",
            "/judgements",
            f"/claims/{claim}",
        ):
            page.goto(address)
            assert find_faults(page, WCAG) + find_faults(page, COLOURS) == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
