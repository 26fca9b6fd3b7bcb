"""What a host's robots.txt lets us fetch (RFC 9309), each host asked once a run."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from graph.errors import FetchError
from ingest.fetch import Request, Response

AGENT = "claimgraph"
# RFC 9309 section 2.5: a reader must parse at least 500 KiB.
_LONGEST = 512_000

Fetch = Callable[[Request], Awaitable[Response]]


class Robots:
    """The rules of the hosts met in one run."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._rules: dict[str, asyncio.Task[RobotFileParser]] = {}

    async def check(self, url: str) -> None:
        """Raises FetchError `robots` when the page may not be fetched, or why the host's rules could not be read.

        A host without the file allows everything, one that fails to serve it nothing (section 2.3.1).
        """
        rules = await self._get_rules(url)
        if not rules.can_fetch(AGENT, url):
            raise FetchError(f"{url}: its host's robots.txt forbids it", subject=url, reason="robots")

    async def list_sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names. Raises FetchError when the file could not be read."""
        rules = await self._get_rules(url)
        return tuple(rules.site_maps() or ())

    async def _get_rules(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin))
        # Shielded: one cancelled page must not take the file away from the host's other pages.
        return await asyncio.shield(self._rules[origin])

    async def _read(self, origin: str) -> RobotFileParser:
        rules = RobotFileParser()
        request = Request(f"{origin}/robots.txt", accept="text/plain, */*;q=0.1", limit=_LONGEST, cut=True)
        try:
            answer = await self._fetch(request)
        except FetchError as error:
            if not error.reason.startswith("http_4") or error.reason == "http_429":
                raise
            rules.parse([])
            return rules
        rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        return rules
