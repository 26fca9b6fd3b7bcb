"""The explorer in Chromium: three columns of which no word is cut, walked by mouse and keyboard, a list on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.story import DEEPSEEK, OPENAI

pytestmark = pytest.mark.browser

# Words of the picture that reach out of their box or column, or meet other words.
_CUT = """() => {
  const picture = document.querySelector("[data-web]");
  const frame = picture.getBoundingClientRect();
  const faults = [];
  for (const link of picture.querySelectorAll("[data-node]")) {
    const room = link.querySelector("rect").getBoundingClientRect();
    for (const line of link.querySelectorAll("tspan")) {
      const words = line.getBoundingClientRect();
      const [left, right] = [Math.max(room.left, frame.left) - 1, Math.min(room.right, frame.right) + 1];
      const fits = words.left >= left && words.right <= right;
      if (!fits || words.top < room.top - 1 || words.bottom > room.bottom + 3) faults.push(line.textContent);
    }
  }
  return faults;
}"""


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [800, 1280])
def test_three_columns_and_no_label_cut(browser: Browser, address: str, lang: str, width: int) -> None:
    with browser.new_context(base_url=address, viewport={"width": width, "height": 900}, locale=lang) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"/explore?start={DEEPSEEK.id}")
        expect(page.locator("[data-web]")).to_be_visible()
        assert page.locator("[data-web] .box").count() <= 30
        assert page.evaluate(_CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not any("cytoscape" in url for url in asked)
        assert len(asked) <= 8


def test_boxes_and_names_walk_and_light_their_lines(page: Page) -> None:
    page.goto(f"/explore?start={DEEPSEEK.id}")
    box = page.locator("[data-web] a", has=page.locator(".box")).first
    box.hover()
    # Counted, for a level line has no height, and so is hidden to the browser's driver.
    expect(page.locator("[data-web] line.lit")).not_to_have_count(0)
    box.click()
    page.wait_for_url("**/explore?start=p*")
    page.get_by_role("link", name="OpenAI", exact=True).first.click()
    page.wait_for_url(f"**/explore?start={OPENAI.id}")


def test_on_a_phone_the_list_stands_alone(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"/explore?start={DEEPSEEK.id}")
        expect(page.locator("[data-web]")).to_be_hidden()
        expect(page.locator(".web-list .claim-link").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_it_walks_too(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto("/explore")
        page.get_by_role("link", name="DeepSeek", exact=True).first.click()
        page.get_by_text("Narrow").first.click()
        page.get_by_role("checkbox", name="cost").check()
        page.get_by_role("button", name="Narrow").click()
        assert "type=cost" in page.url
        expect(page.get_by_text("Narrow (1)")).to_be_visible()


# Words and marks of the matrix that reach out of their cells.
_OUT = """() => [...document.querySelectorAll(".crossings :is(th, td)")].filter((cell) => {
  const room = cell.getBoundingClientRect();
  return [...cell.querySelectorAll("bdi, svg")].some((part) => {
    const box = part.getBoundingClientRect();
    const fits = box.left >= room.left - 1 && box.right <= room.right + 1;
    return !fits || box.top < room.top - 1 || box.bottom > room.bottom + 1;
  });
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_matrix_fits_and_a_phone_has_its_table(browser: Browser, address: str, lang: str) -> None:
    for width in (800, 1280, 390):
        with browser.new_context(base_url=address, viewport={"width": width, "height": 900}, locale=lang) as context:
            page = context.new_page()
            page.goto(f"/explore?view=matrix&start={DEEPSEEK.id}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width == 390:
                expect(page.locator(".crossings")).to_be_hidden()
            else:
                expect(page.locator(".crossings")).to_be_visible()
                assert page.evaluate(_OUT) == []
            expect(page.locator(".crossings-list a").first).to_be_visible()


def test_a_mark_of_the_matrix_is_left_out_of_the_keyboards_way_and_its_number_is_in_it(page: Page) -> None:
    page.goto(f"/explore?view=matrix&start={DEEPSEEK.id}")
    assert page.locator(".crossings a:not([tabindex='-1'])").count() == 0
    page.locator(".crossings-list .count a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore?start=*")
