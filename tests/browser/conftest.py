"""A real server with the story, and Chromium to read it with."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[2]
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("browser") / "graph.db"
    command = [sys.executable, "-m", "tests.web.serving", str(store)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address, "the server did not start"
        yield address
        server.terminate()


# Not longer than the module: Playwright keeps an event loop running, beside which `asyncio.run` of other tests fails.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
        pytest.skip(f"needs {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """What a page did that it should not: complaints in the console, errors, calls to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.strangers: list[str] = []
        self._address = address
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self._address + "/", "data:")):
            self.strangers.append(url)

    def check(self) -> None:
        assert self.requests
        assert self.complaints == []
        assert self.strangers == []


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """A page whose misdeeds are found at the end of each test."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        watch = Watch(page, address)
        yield page, watch
        watch.check()


@pytest.fixture
def page(watched: tuple[Page, Watch]) -> Page:
    return watched[0]
