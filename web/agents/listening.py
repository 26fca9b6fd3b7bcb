"""The MCP server over streamable HTTP: one address, held to the hosts, rates and token of the pages."""

import asyncio
import math
import signal
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.agents.server import find_token
from web.requests.access import Gate, say_rate
from web.requests.foreign import is_own
from web.server import format_address, listen

PATH = "/mcp"
# A proposal about a part of an article has some ten thousand characters.
_MAX_BODY = 1_000_000
_FAREWELL_SECONDS = 10


def serve(server: MCPServer[Any], gate: Gate, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Answers agents until SIGTERM or SIGINT. ConfigError when the address cannot be used.

    on_ready  is told the address
    """
    # Hosts and origins are checked at our gate, which knows the names that the pages answer under.
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        host=host,
        max_request_body_size=_MAX_BODY,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    listener = listen(host, port)
    config = uvicorn.Config(
        _Door(app, gate),
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    # The server stops on either and raises it again when it is done: an end in order all the same.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    on_ready(f"{format_address(host, listener.getsockname()[1])}{PATH}")
    asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


class _Door:
    """Lets in what the gate allows; from behind a proxy it is the proxy that says who asks."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = self._find_client(scope, headers)
        answer = self._refuse(headers, client)
        if answer:
            await answer(scope, receive, send)
            return
        await self._app({**scope, "client": (client, 0)}, receive, send)

    def _find_client(self, scope: Scope, headers: Headers) -> str:
        told = headers.getlist("x-forwarded-for") if self._gate.access.behind_proxy else []
        client = scope.get("client")
        return told[-1].split(",")[-1].strip() if told else str(client[0]) if client else ""

    def _refuse(self, headers: Headers, client: str) -> PlainTextResponse | None:
        """Why a request is not let in; None when it is."""
        access, host = self._gate.access, headers.get("host", "")
        if not access.serves(host):
            return _answer(HTTPStatus.MISDIRECTED_REQUEST, "This server does not answer under that host name.")
        if not is_own(headers.get("sec-fetch-site"), headers.get("origin"), host):
            return _answer(HTTPStatus.FORBIDDEN, "Pages of other sites cannot ask here.")
        if found := self._gate.take(PATH, client, time.monotonic()):
            rate, wait = found
            return _answer(HTTPStatus.TOO_MANY_REQUESTS, say_rate(rate), retry_after=str(math.ceil(wait)))
        if access.token_to_read and not access.fits(find_token(headers.get("authorization", ""))):
            text = "Send the server's token as Authorization: Bearer TOKEN."
            return _answer(HTTPStatus.UNAUTHORIZED, text, www_authenticate="Bearer")
        return None


def _answer(status: HTTPStatus, text: str, **headers: str) -> PlainTextResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse(f"{text}\n", status.value, headers=named)
