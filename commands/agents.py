"""`mcp`: the graph for agents, over standard input and output or over HTTP."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from threading import BoundedSemaphore

import click

from commands.desk import make_desk
from commands.opening import open_existing
from commands.options import read_clock
from commands.printing import say, tell
from commands.proposals import AgentReading
from commands.serving import close_console, read_status
from commands.settings import PAGES, Config
from commands.tables import read_tables
from graph.errors import ConfigError
from graph.stores import open_store
from graph.version import find_version

# As many at once as on the pages (web/app.py).
_CONSOLES = 4


@click.command()
@click.option("--http", is_flag=True, help="Over streamable HTTP; without it over standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--behind-proxy", is_flag=True, help="A proxy stands before; believe its X-Forwarded-For.")
@click.option(
    "--allow-host", "names", metavar="NAME", multiple=True, help="A name to answer under; others are refused."
)
@click.option("--require-token", is_flag=True, help="Reading needs the token too, as a bearer.")
@click.option("--rate", type=click.IntRange(0), metavar="N", help="Requests a minute from one address; 0: no bound.")
@click.option("--pages", metavar="ADDRESS", default=PAGES, show_default=True, help="Where links to the pages lead.")
@click.pass_obj
def mcp(
    config: Config,
    http: bool,
    host: str,
    port: int,
    behind_proxy: bool,
    names: Sequence[str],
    require_token: bool,
    rate: int | None,
    pages: str,
) -> None:
    """Lets agents ask the graph and read articles for it, by the Model Context Protocol.

    They only read, unless CLAIMGRAPH_API_TOKEN or CLAIMGRAPH_API_TOKEN_FILE gives a token for what they propose.
    """
    from commands.exposing import make_access, read_token

    _require_protocol()
    from web.agents.answers import Answering
    from web.agents.asking import Asking
    from web.agents.server import make_server
    from web.editions import Editions
    from web.requests.access import Access, make_gate
    from web.services import Services, keep_views

    token, closed = read_token(os.environ), ""
    access = Access(token=token)
    if http:
        access = make_access(
            host, token, behind_proxy=behind_proxy, token_to_read=require_token, names=names, a_minute=rate
        )
        closed = close_console(config, host, behind_proxy)
    if closed:
        say(closed)
    open_existing(config).close()
    with open_store(config.store, read_only=True) as store:
        services = Services(
            lambda: store,
            lambda: read_status(config, store),
            read_clock,
            False,
            BoundedSemaphore(_CONSOLES),
            Editions(lambda: store, make_desk(config)),
            keep_views(lambda: store),
            closed,
            tables=read_tables(config),
        )
        asking = Asking(services, Answering(pages.rstrip("/")))
        gate = make_gate(access)
        server = make_server(find_version(), asking, AgentReading(config, store, read_clock()), gate)
        if not http:
            server.run("stdio")
            return
        from web.agents.listening import serve

        serve(server, gate, host, port, lambda address: tell(config, f"agents are answered at {address} (Ctrl-C ends)"))


def _require_protocol() -> None:
    """Raises ConfigError, saying what to install, when the SDK is not there."""
    if find_spec("mcp") is None:
        raise ConfigError("claimgraph mcp needs the SDK of the protocol: pip install 'claimgraph[mcp]'", subject="mcp")


COMMANDS = (mcp,)
