"""Commands that ask the graph and change nothing."""

import re
from collections.abc import Sequence
from typing import Any

import click

from commands.opening import open_existing
from commands.options import LANGUAGES, json_option, optional_query_argument, query_argument, read_clock
from commands.printing import print_claims, print_json, print_view, tell
from commands.settings import Config
from commands.tables import read_tables
from graph.answers import queries
from graph.computed import Tables
from graph.cypher.files import QueryFile, parse_query_file, read_parameter
from graph.cypher.guard import find_unknown_names
from graph.errors import ConfigError, NotFound, QueryError
from graph.records import ArticleId, ClaimId, EntityId, SourceId
from graph.searching.language import parse_terms
from graph.store import GraphStore, QueryLimits
from graph.views import ArticleDetail, ClaimDetail, EntityDetail, SourceDetail


@click.command()
@query_argument
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Claims at the most.")
@json_option
@click.pass_obj
def search(config: Config, query: str, limit: int, as_json: bool) -> None:
    """Claims, newest first: speaker:sacks about:deepseek type:allegation since:7d "exact words" -word."""
    with open_existing(config) as store:
        view = queries.search(store, query, read_clock(), limit=limit)
    if not view.claims:
        _check_values(query)
    if not view.claims and not as_json:
        tell(config, "no claim matches; fewer words find more")
    print_claims(view.claims, as_json)


@click.command()
@click.argument("id")
@json_option
@click.pass_obj
def show(config: Config, id: str, as_json: bool) -> None:
    """A claim, entity, article or source by its id."""
    from web.text.terminal import format_record

    with open_existing(config) as store:
        view = _find_record(store, id, read_tables(config))
    print_view(view, format_record(view), as_json)


@click.command()
@click.argument("query", required=False)
@click.option("--file", "file", type=click.File(encoding="utf-8", errors="replace"), help="Read the query from a file.")
@click.option("--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter; numbers and JSON are read.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 100_000), help="Rows at the most.")
@json_option
@click.pass_obj
def cypher(config: Config, query: str | None, file: Any, params: Sequence[str], limit: int, as_json: bool) -> None:
    """Asks the graph in Cypher, read-only: MATCH (c:Claim)-[:SUBJECT]->(e) RETURN e.name AS name, count(*) AS n."""
    from web.language.formatting import say_count
    from web.text.terminal import format_table

    asked = parse_query_file(file.read()) if file else QueryFile("", query or "", {})
    text, parameters = asked.query, asked.parameters | dict(map(_read_parameter, params))
    if not text:
        raise click.UsageError("give a query, or --file FILE")
    for name in find_unknown_names(text):
        tell(config, f"note: the graph has no {name}; such a pattern matches nothing")
    with open_existing(config) as store:
        table = store.cypher(text, parameters, QueryLimits(rows=limit))
    if as_json:
        for row in table.rows:
            print_json(dict(zip(table.columns, row, strict=True)))
    else:
        click.echo(format_table(table))
    more = "; there are more, --limit gives them" if table.truncated else ""
    tell(config, f"{say_count(len(table.rows), 'row')} in {table.ms:.0f} ms{more}")


@click.command()
@click.argument("start", metavar="ENTITY")
@click.argument("end", metavar="OTHER")
@click.option("--longest", default=4, show_default=True, type=click.IntRange(1, 6), help="Steps at the most.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="Paths at the most.")
@json_option
@click.pass_obj
def paths(config: Config, start: str, end: str, longest: int, limit: int, as_json: bool) -> None:
    """How ENTITY is linked with OTHER: the claims and ties that make each step, shortest way first."""
    from graph.answers.overviews import get_paths
    from web.text.terminal import format_path

    with open_existing(config) as store:
        first, last = queries.find_entity(store, start), queries.find_entity(store, end)
        view = get_paths(store, first, last, longest, limit)
    for number, path in enumerate(view.paths, 1):
        print_view({"steps": path}, f"{number}. {format_path(path)}", as_json)
    if not view.paths:
        tell(config, f"no path of {longest} steps or fewer from {view.start.name} to {view.end.name}")
    _tell_bounds(config, view.complete)


@click.command()
@optional_query_argument
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Communities at the most.")
@click.option("--size", default=10, show_default=True, type=click.IntRange(1, 1000), help="Entities of each shown.")
@json_option
@click.pass_obj
def communities(config: Config, query: str, limit: int, size: int, as_json: bool) -> None:
    """Who is named together more than with others, in the claims of a search or in all."""
    from graph.answers.overviews import get_communities
    from web.text.terminal import format_community

    with open_existing(config) as store:
        view = get_communities(store, query, read_clock(), limit, size)
    for community in view.communities:
        print_view(community, format_community(community), as_json)
    tell(config, f"{len(view.communities)} communities in {view.claims} claims")
    _tell_bounds(config, view.complete)


@click.command()
@optional_query_argument
@click.option("--by", "period", default="month", show_default=True, type=click.Choice(["day", "month", "year"]))
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 1000), help="Names for each at the most.")
@json_option
@click.pass_obj
def activity(config: Config, query: str, period: str, limit: int, as_json: bool) -> None:
    """Who is claimed about most and who claims most, by period, in the claims of a search or in all."""
    from graph.answers.analysis import Period
    from graph.answers.overviews import get_activity
    from web.text.terminal import format_period

    with open_existing(config) as store:
        view = get_activity(store, query, read_clock(), Period(period), limit)
    for part in view.periods:
        print_view(part, format_period(part), as_json)
    tell(config, f"{view.claims} claims")
    _tell_bounds(config, view.complete)


def _find_record(
    store: GraphStore, id: str, tables: "Tables"
) -> ClaimDetail | ArticleDetail | EntityDetail | SourceDetail:
    if re.fullmatch(r"c[0-9a-f]{20}", id):
        return queries.get_claim(store, ClaimId(id), tables)
    if re.fullmatch(r"a[0-9a-f]{20}", id):
        return queries.get_article(store, ArticleId(id), tables)
    if re.fullmatch(r"p[0-9a-f]{20}", id):
        message = f"{id} is a matter: `claimgraph serve` shows it at /matters/{id}, `claimgraph story QUERY` tells it"
        raise NotFound(message, subject=id)
    if store.get_sources([SourceId(id)]):
        return queries.get_source(store, SourceId(id))
    found = store.get_entities([EntityId(id)]) or store.find_entities(id, limit=1)
    if not found:
        raise NotFound(f"no claim, article, source or entity {id}; `claimgraph search` finds ids", subject=id)
    return queries.get_entity(store, found[0].id)


def _check_values(query: str) -> None:
    """Of a search that finds nothing: QueryError for a language or a measure that no claim can have."""
    from web.language.measures import spell_measures

    known = {"lang": {*LANGUAGES.choices}, "measure": {*spell_measures().values()}}
    for term in parse_terms(query):
        if term.key in known and term.value.lower().replace(" ", "_") not in known[term.key]:
            choices = ", ".join(sorted(known[term.key]))
            raise QueryError(f"{term.key}:{term.value} is none of {choices}", subject=term.value, reason="refused")


def _read_parameter(text: str) -> tuple[str, object]:
    """`limit=5` is a number, `names=["a"]` a list, `name=DeepSeek` text."""
    key, sign, value = text.partition("=")
    if not sign or not key.isidentifier():
        raise ConfigError(f"--param {text}: write KEY=VALUE", subject=text)
    return key, read_parameter(value)


def _tell_bounds(config: Config, complete: bool) -> None:
    if not complete:
        tell(config, "not all was looked at: the newest claims only, for a few seconds; a narrower question sees more")


COMMANDS = (search, show, cypher, paths, communities, activity)
