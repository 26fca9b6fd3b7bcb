"""Feeds for measurements, in a process of its own: `python -m bench.feed_server [SLOW]` prints its port.

`/feed/N` is a document of 20 entries with an ETag. With SLOW each answer takes 50 to 450 ms by its number, one in fifty
never comes and one in a hundred breaks off. It listens on 50 loopback addresses, as so many hosts.
"""

import asyncio
import sys
from functools import cache

from aiohttp import web

ADDRESSES = tuple(f"127.0.1.{n}" for n in range(1, 51))


@cache
def make_feed(number: int) -> bytes:
    text = "DeepSeek said on Monday that its new model was trained on 2,048 chips and costs less than others do. " * 4
    items = "".join(
        f"<item><title>Entry {n} of feed {number}</title><link>https://news.example/{number}/{n}</link>"
        f"<guid>https://news.example/{number}/{n}</guid><pubDate>Mon, 27 Jan 2025 {n:02}:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        for n in range(20)
    )
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{items}</channel></rss>".encode()


def make_app(slow: bool) -> web.Application:
    async def answer(request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        if slow:
            await asyncio.sleep(0.05 + number * 37 % 400 / 1000)
            # Each time at another host, for one that is silent as a whole is left alone.
            turn, host = divmod(number, len(ADDRESSES))
            silent = turn * 7 % len(ADDRESSES)
            if host == silent:
                await asyncio.sleep(3600)
            if turn % 2 and host == silent + 1 and request.transport:
                request.transport.abort()
        headers = {"ETag": f'"{number}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=make_feed(number), content_type="application/rss+xml", headers=headers)

    app = web.Application()
    app.router.add_get("/feed/{number}", answer)
    return app


async def serve(slow: bool) -> None:
    runner = web.AppRunner(make_app(slow), access_log=None)
    await runner.setup()
    first = web.TCPSite(runner, ADDRESSES[0], 0)
    await first.start()
    port = runner.addresses[0][1]
    for address in ADDRESSES[1:]:
        await web.TCPSite(runner, address, port).start()
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(len(sys.argv) > 1))
