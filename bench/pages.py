"""A table of every page: `python bench/pages.py [--days DAYS] [--pages NAME,…] [CLAIMS…]`; 10,000 generated claims of
500 days when none are named. `--days 25 100000` has 500 articles a day.

bytes      of the page itself, as sent
requests   that showing it takes the first time, with all of our files; the icon aside, which is asked for once
p50, p95   ms until the answer is whole, warm: asked for once before; over one connection, 20 times
constant   the same of its template with constant rows, asked in turns with it: what the server can do at this load
CPU ms     of the server for one request: what holds when others use the machine
paint ms   until the largest piece is shown, in Chromium

The load average is printed: with more than two, only CPU and what the constant page takes say something.
"""

import argparse
import http.client
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import DAYS
from bench.page_server import Running, running
from bench.screenshots import CHROMIUM
from bench.stores import cpu_of

RUNS = 20
PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""


@dataclass(slots=True)
class Asked:
    """An address asked again and again: bytes of its answer, the milliseconds of each, CPU milliseconds of all."""

    path: str
    size: int
    times: list[float]
    cpu: float = 0

    def find_share(self, share: float) -> float:
        return sorted(self.times)[int(len(self.times) * share)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("claims", nargs="*", type=int, default=[10_000])
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--pages", default="")
    given = parser.parse_args()
    only = [name for name in given.pages.split(",") if name]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for claims in given.claims:
            print(f"\n{claims:,} claims of {given.days} days; load {os.getloadavg()[0]:.1f}")
            print(
                f"{'page':12}{'bytes':>9}{'requests':>10}{'p50 ms':>9}{'p95':>8}{'constant':>10}{'p95':>8}"
                f"{'CPU ms':>9}{'constant':>10}{'paint ms':>10}"
            )
            with running(claims, given.days) as server:
                for name, path in server.pages.items():
                    if not only or name in only:
                        print(f"{name:12}{_measure(server, browser, name, path)}", flush=True)
        browser.close()


def _measure(server: Running, browser: Browser, name: str, path: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    both = [Asked(one, _get(connection, one)[0], []) for one in (path, f"/constant/{quote(name)}")]
    for _ in range(RUNS):
        for one in both:
            used = cpu_of(server.process)
            one.times.append(_get(connection, one.path)[1])
            one.cpu += (cpu_of(server.process) - used) * 1000
    page, constant = both
    requests, paint = _show(browser, server.address + path)
    return (
        f"{page.size:9,}{requests:10}{page.find_share(0.5):9.1f}{page.find_share(0.95):8.1f}"
        f"{constant.find_share(0.5):10.1f}{constant.find_share(0.95):8.1f}"
        f"{page.cpu / RUNS:9.1f}{constant.cpu / RUNS:10.1f}{paint:10.0f}"
    )


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, float]:
    """Bytes of the answer, and milliseconds until it is whole."""
    started = time.perf_counter()
    connection.request("GET", path)
    size = len(connection.getresponse().read())
    return size, (time.perf_counter() - started) * 1000


def _show(browser: Browser, address: str) -> tuple[int, float]:
    """Requests that a first visit takes, and milliseconds to the largest paint."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    paint = float(page.evaluate(PAINT))
    page.close()
    return sum("/icon.svg" not in url for url in requests), paint


if __name__ == "__main__":
    main()
