"""Real servers, and Chromium to read them with."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def serving(module: str, store: Path) -> Iterator[str]:
    """The address of a server that the module starts over a new store."""
    command = [sys.executable, "-m", module, str(store)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address, "the server did not start"
        yield address
        server.terminate()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("tests.web.serving", tmp_path_factory.mktemp("browser") / "graph.db") as address:
        yield address


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
    """What a page did that it should not: complaints in the console, errors, dialogs, calls to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.strangers: list[str] = []
        self._address = address
        # Violations of the Content-Security-Policy are told in the console too.
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self._address + "/", "data:")):
            self.strangers.append(url)

    def check(self, status: int = 200) -> None:
        """Fails when something was amiss; a page that is itself an error is told of by its status."""
        assert self.requests
        assert [text for text in self.complaints if f"status of {status}" not in text] == []
        assert self.strangers == []


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """A page whose misdeeds are found at the end of each test."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="en-GB") as context:
        page = context.new_page()
        watch = Watch(page, address)
        yield page, watch
        watch.check()


@pytest.fixture
def page(watched: tuple[Page, Watch]) -> Page:
    return watched[0]
