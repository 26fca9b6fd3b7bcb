"""What a host's robots.txt lets us fetch (RFC 9309), each host asked once a day."""

import asyncio
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from graph.errors import FetchError
from ingest.archive import Archive, KeptRobots
from ingest.network.fetch import Fetch, Request, Response

AGENT = "claimgraph"
# RFC 9309 section 2.5: a reader must parse at least 500 KiB.
_LONGEST = 512_000
# Section 2.4: a copy should not be used for longer, unless the host cannot be reached.
_HOLDS = timedelta(hours=24)


class Robots:
    """The rules of the hosts met in one run; the archive, where there is one, keeps their files for the next."""

    def __init__(self, fetch: Fetch, archive: Archive | None, now: datetime) -> None:
        self._fetch = fetch
        self._archive = archive
        self._now = now
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def check(self, url: str) -> None:
        """Raises FetchError `robots` when the page may not be fetched, or why the host's rules could not be read.

        A host without the file allows everything (section 2.3.1.3). One that fails to serve it allows what it did
        when it last served it, or nothing (section 2.3.1.4).
        """
        rules = await self._get_rules(url)
        if not rules.can_fetch(url, AGENT):
            raise FetchError(f"{url}: its host's robots.txt forbids it", subject=url, reason="robots")

    def guard(self, fetch: Fetch) -> Fetch:
        """The fetch that asks for nothing that its host forbids: for pages that are polled as if they were feeds."""

        async def guarded(request: Request) -> Response:
            await self.check(request.url)
            return await fetch(request)

        return guarded

    async def list_sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names. Raises FetchError when the file could not be read."""
        rules = await self._get_rules(url)
        return tuple(rules.sitemaps)

    async def _get_rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin))
        # Shielded: one cancelled page must not take the file away from the host's other pages.
        return await asyncio.shield(self._rules[origin])

    async def _read(self, origin: str) -> Protego:
        kept = self._archive.find_robots(origin) if self._archive else None
        if not kept or not timedelta() <= self._now - kept.had_at < _HOLDS:
            try:
                body = await self._get(origin)
            except FetchError:
                if not kept:
                    raise
            else:
                kept = KeptRobots(body, self._now)
                if self._archive:
                    self._archive.save_robots(origin, kept)
        # Compared in steps that grow with the length of rule and path alone, whatever the rule (tried: 500 stars).
        return Protego.parse(kept.body or "")

    async def _get(self, origin: str) -> str | None:
        """The host's file; None when it has none."""
        request = Request(f"{origin}/robots.txt", accept="text/plain, */*;q=0.1", limit=_LONGEST, cut=True)
        try:
            answer = await self._fetch(request)
        except FetchError as error:
            if not error.reason.startswith("http_4") or error.reason == "http_429":
                raise
            return None
        return answer.body.decode("utf-8-sig", "replace")
