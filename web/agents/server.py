"""The MCP server: its tools, described for agents, and who may use those that write."""

import functools
import logging
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any, ParamSpec, TypeVar, get_type_hints

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata
from mcp.types import ToolAnnotations
from pydantic import Field, WithJsonSchema

from graph.errors import ClaimGraphError, QueryError
from graph.readers import name_reading_agent
from graph.records import Settled
from graph.schema import LABELS, RELATIONSHIPS
from web.agents.answers import (
    NOTE,
    ClaimAnswer,
    ContradictionsAnswer,
    EntityAnswer,
    FiguresAnswer,
    Found,
    MatterAnswer,
    MattersAnswer,
    TableAnswer,
)
from web.agents.asking import Asking
from web.agents.reading import Reading, SheetAnswer, tell_sheet
from web.problems import get_status
from web.requests.access import Gate, say_rate

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")

_ABOUT = (
    "claimgraph keeps what news on the AI industry claims: who said what about whom, through whom, how firmly, in "
    f"which exact sentence. It does not know what is true. {NOTE}"
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# Metered as the pages' console is.
_COSTLY = "/cypher"

_Text = Annotated[str, Field(max_length=1000)]
_Id = Annotated[str, Field(max_length=200)]
_Limit = Annotated[int, Field(ge=1, le=50)]
_After = Annotated[str, Field(max_length=500, description="the `next` of the page before; empty for the first page")]
_Day = Annotated[str, Field(max_length=10, description="a day such as 2025-01-31; empty for all that is known")]


def make_server(version: str, asking: Asking, reading: Reading, gate: Gate) -> MCPServer[Any]:
    """The server with all its tools. What it tells of a failure is a message for people with a stable reason.

    gate  who may write, and how often costly tools may be used over HTTP
    """
    give, take = _list_reading(reading, gate)
    tools = [*(_make_tool(tool, _READS) for tool in (*_list_asking(asking, gate), give)), _make_tool(take, _WRITES)]
    return MCPServer("claimgraph", version=version, instructions=_ABOUT, tools=tools, log_level="WARNING")


def _make_tool(tool: Callable[..., object], annotations: ToolAnnotations) -> Tool:
    """The tool with the schemas of its arguments and of the record that it gives."""
    made = Tool.from_function(_translate(tool), annotations=annotations, structured_output=False)
    # The SDK makes a model of its own out of a record, which it cannot of one with slots; the record itself will do.
    made.fn_metadata = FuncMetadata(arg_model=made.fn_metadata.arg_model, output_model=get_type_hints(tool)["return"])
    return made


def _list_asking(asking: Asking, gate: Gate) -> Sequence[Callable[..., object]]:
    def search(query: _Text, limit: _Limit = 10, after: _After = "") -> Found:
        """Sentences that make claims, newest first.

        Words must occur in the sentence, "words in quotes" as they stand, -word must not. about:deepseek narrows to
        whom a claim is about, speaker:sacks to who says it, type:allegation, modality:alleged, polarity:denied,
        lang:ja, source:example.org, since:7d, until:2025-02-01 (that day included).
        """
        return asking.search(query, limit, after)

    def open_claim(id: _Id) -> ClaimAnswer:
        """One claim: its sentence in its paragraph, the chain of who says it, who says the same, who the opposite."""
        return asking.open_claim(id)

    def open_entity(entity: _Text) -> EntityAnswer:
        """A company, person, model or other thing, by id or by a spelling: what is said about it, what it says, and the
        matters that most articles are on."""
        return asking.open_entity(entity)

    def list_matters(
        about: Annotated[list[_Text], Field(max_length=10)], limit: _Limit = 10, after: _After = ""
    ) -> MattersAnswer:
        """What several articles are about, those in most articles first: all matters that involve all of these
        entities, named by id or spelling; any matter when there is none."""
        return asking.list_matters(about, limit, after)

    def open_matter(id: _Id, as_of: _Day = "", valid_at: _Day = "") -> MatterAnswer:
        """One matter: what became of it, who affirms it, who only passes it on, who denies it, what contradicts it. As
        known by the end of one day (as_of), as it was so on another (valid_at)."""
        return asking.open_matter(id, as_of, valid_at)

    def figures(query: _Text, measure: _Id = "", as_of: _Day = "", limit: _Limit = 10) -> FiguresAnswer:
        """All numbers for one measure of one thing side by side, each with a sentence: `query` as in search, `measure`
        such as training_cost."""
        return asking.find_figures(query, measure, as_of, limit)

    def contradictions(limit: _Limit = 10, after: _After = "") -> ContradictionsAnswer:
        """What cannot both hold, with a sentence of either side."""
        return asking.list_contradictions(limit, after)

    def cypher(
        ctx: Context[Any, Any],
        query: Annotated[str, Field(max_length=10_000)],
        parameters: dict[str, Any] | None = None,
    ) -> TableAnswer:
        _take_costly(gate, ctx)
        return asking.ask_cypher(query, parameters or {})

    cypher.__doc__ = _describe_cypher()
    return (search, open_claim, open_entity, list_matters, open_matter, figures, contradictions, cypher)


def _list_reading(reading: Reading, gate: Gate) -> tuple[Callable[..., object], Callable[..., object]]:
    names, claims = (WithJsonSchema(dict(reading.schema[name])) for name in ("names", "claims"))

    def next_article(ctx: Context[Any, Any], article: _Id = "", part: Annotated[int, Field(ge=1)] = 1) -> SheetAnswer:
        """An article to read: its numbered sentences and the guideline of what a claim is. The newest that this agent
        has not read, or the one named; `part` where an article has several."""
        return tell_sheet(reading.next_article(_name_agent(ctx), article, part))

    def propose_claims(
        ctx: Context[Any, Any],
        article: _Id,
        claims: Annotated[list[Any], claims],
        names: Annotated[list[Any], names] = [],  # noqa: B006  # never changed
        part: Annotated[int, Field(ge=1)] = 1,
    ) -> Settled:
        """Hands in what you read in one part of an article, as its guideline says. Each claim is held to the words of
        its sentence, and stored or refused with a reason and what to do. What you proposed of this part before is
        replaced: hand in all its claims at once. Needs the server's token."""
        _check_token(gate, ctx)
        _take_costly(gate, ctx)
        return reading.propose(_name_agent(ctx), article, part, names, claims)

    return next_article, propose_claims


def _translate(tool: Callable[_P, _T]) -> Callable[_P, _T]:
    """The tool, telling our errors to agents: `reason: message`. What only the log should know stays there."""

    @functools.wraps(tool)
    def answer(*values: _P.args, **named: _P.kwargs) -> _T:
        try:
            return tool(*values, **named)
        except ClaimGraphError as error:
            if get_status(error) == HTTPStatus.INTERNAL_SERVER_ERROR:
                _log.error("%s: %s", tool.__name__, error)
                raise ToolError("the store failed; the log says why") from error
            raise ToolError(f"{error.reason}: {error}" if error.reason else str(error)) from error

    return answer


def _name_agent(ctx: Context[Any, Any]) -> str:
    params = ctx.session.client_params
    agent = name_reading_agent(params.client_info.name, params.client_info.version) if params else ""
    if not agent:
        raise QueryError("say who reads: the client's name and version (clientInfo)", reason="no_name")
    return agent


def _check_token(gate: Gate, ctx: Context[Any, Any]) -> None:
    """QueryError unless the server has a token and, over HTTP, the request carries it.

    Over stdio whoever started the server gave it the token.
    """
    gate.access.check_writable()
    headers = ctx.headers
    if headers is not None and not gate.access.fits(find_token(headers.get("authorization", ""))):
        raise QueryError("send the server's token as Authorization: Bearer TOKEN", reason="no_token")


def find_token(authorization: str) -> str:
    """The token of an Authorization header; empty where it carries none."""
    kind, _, token = authorization.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _take_costly(gate: Gate, ctx: Context[Any, Any]) -> None:
    """QueryError when the address has used up its share of what costs much."""
    client = getattr(ctx.request_context.request, "client", None)
    if client and (found := gate.take(_COSTLY, client.host, time.monotonic())):
        rate, wait = found
        raise QueryError(f"{say_rate(rate)} ({wait:.0f} s)", reason="too_many")


def _describe_cypher() -> str:
    labels = "; ".join(f"{label.name}({', '.join(label.properties)})" for label in LABELS)
    ties = "; ".join(f"({one.start})-[:{one.name}]->({one.end})" for one in RELATIONSHIPS)
    return (
        "Rows of a read-only Cypher query over the graph, 1,000 and five seconds at the most, with the sentences of "
        "the claims that they name: return c.id beside what you ask for, and give every column a name. Values go in "
        f"`parameters`. Nodes: {labels}. Relationships: {ties}."
    )
