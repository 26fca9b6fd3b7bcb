"""A table of every page: `python bench/pages.py [CLAIMS…]`, 10,000 generated claims when none are named.

bytes      of the page itself, as sent
requests   that showing it takes the first time, with all of our files
first ms   from the request to the first byte of the answer, median and p95 of 40, over one connection
CPU ms     of the server for one request: what holds when others use the machine
paint ms   until the largest piece is shown, in Chromium

The load average is printed: with more than two, only CPU says something.
"""

import http.client
import os
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.page_server import Running, running
from bench.screenshots import CHROMIUM
from bench.stores import cpu_of

RUNS = 40
PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""


def main(sizes: list[int]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for size in sizes:
            print(f"\n{size:,} claims; load {os.getloadavg()[0]:.1f}")
            print(f"{'page':12}{'bytes':>9}{'requests':>10}{'first ms':>10}{'p95':>8}{'CPU ms':>9}{'paint ms':>10}")
            with running(size) as server:
                for name, path in server.pages.items():
                    print(f"{name:12}{_measure(server, browser, path)}", flush=True)
        browser.close()


def _measure(server: Running, browser: Browser, path: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    size, _ = _get(connection, path)
    used = cpu_of(server.process)
    times = sorted(_get(connection, path)[1] for _ in range(RUNS))
    cpu = (cpu_of(server.process) - used) * 1000 / RUNS
    requests, paint = _show(browser, server.address + path)
    first, p95 = statistics.median(times) * 1000, times[int(RUNS * 0.95)] * 1000
    return f"{size:9,}{requests:10}{first:10.1f}{p95:8.1f}{cpu:9.1f}{paint:10.0f}"


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, float]:
    """Bytes of the answer, and seconds to its first byte."""
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    first = time.perf_counter() - started
    return len(answer.read()), first


def _show(browser: Browser, address: str) -> tuple[int, float]:
    """Requests that a first visit takes, and milliseconds to the largest paint."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    paint = float(page.evaluate(PAINT))
    page.close()
    return len(requests), paint


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000])
