"""29 script payloads in every field that a feed or an article can set: none runs, none leads anywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watch, serving
from tests.browser.hostile import ATTACKS, LISTS, PAYLOADS, Attack

pytestmark = pytest.mark.browser

# Whether something ran, and every address on the page that is not http(s).
HARM = """() => {
  const active = "a, link, use, form, script, iframe, img, object, embed, base, meta[http-equiv]";
  const address = (e) => e.getAttribute("href") ?? e.getAttribute("action") ?? e.getAttribute("src");
  const leads = (e) => e.matches("a[href], link[href], use[href], form[action], script[src]")
    && /^https?:$/.test(new URL(address(e), location).protocol);
  const runs = (e) => e.getAttributeNames().some((name) => /^on|^style$/.test(name));
  const bad = [...document.querySelectorAll("*")].filter((e) => runs(e) || (e.matches(active) && !leads(e)));
  return [window.pwned, ...bad.map((e) => e.outerHTML)].filter(Boolean);
}"""


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("tests.browser.hostile", tmp_path_factory.mktemp("hostile") / "graph.db") as address:
        yield address


@pytest.fixture(scope="module")
def victim(browser: Browser, hostile_address: str) -> Iterator[tuple[Page, Watch]]:
    with browser.new_context(base_url=hostile_address, locale="en-GB") as context:
        page = context.new_page()
        yield page, Watch(page, hostile_address)


def visit(victim: tuple[Page, Watch], path: str) -> None:
    page, watch = victim
    watch.complaints.clear()
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 400, 404), path
    assert page.evaluate(HARM) == [], path
    assert [text for text in watch.complaints if f"status of {answer.status}" not in text] == [], path
    assert watch.strangers == [], path


def test_there_are_29() -> None:
    assert len(set(PAYLOADS)) == 29


@pytest.mark.parametrize("path", LISTS)
def test_none_runs_in_a_list(victim: tuple[Page, Watch], path: str) -> None:
    visit(victim, path)


@pytest.mark.parametrize("attack", ATTACKS, ids=[str(number) for number in range(len(ATTACKS))])
def test_none_runs_on_its_pages(victim: tuple[Page, Watch], attack: Attack) -> None:
    for path in attack.paths.values():
        visit(victim, path)


def test_none_runs_on_the_pages_of_matters(victim: tuple[Page, Watch]) -> None:
    page, _ = victim
    page.goto("/matters?limit=100")
    paths = page.locator(".claim-link").evaluate_all("links => links.map((link) => link.pathname)")
    assert len(paths) >= len(PAYLOADS)
    for path in paths:
        visit(victim, path)


def test_they_are_shown_as_text(victim: tuple[Page, Watch]) -> None:
    page, _ = victim
    page.goto(ATTACKS[0].paths["claim"])
    assert PAYLOADS[0] in page.inner_text("main")


def test_accounts_have_them_all(victim: tuple[Page, Watch]) -> None:
    """What is tested above is on the pages: a pair and results of each."""
    page, _ = victim
    page.goto("/contradictions?limit=100")
    assert page.locator(".pair").count() == len(ATTACKS)
    page.goto("/ledger")
    assert page.locator(".ledger tbody tr").count() == min(50, 2 * len(ATTACKS))
    page.goto("/figures")
    assert page.locator(".told tbody tr").count() == 2 * 20  # two results of each that a page has


def test_one_that_does_run_is_seen(victim: tuple[Page, Watch]) -> None:
    """The check itself, on a page without our policy."""
    page, _ = victim
    page.goto("about:blank")
    page.set_content(f"<a href='javascript:1'>a</a><img src=x onerror='1'>{PAYLOADS[0]}")
    assert len(page.evaluate(HARM)) == 4
