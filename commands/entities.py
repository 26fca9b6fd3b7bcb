"""`entities …`: which names mean whom, and who judged so."""

from collections.abc import Sequence

import click

from commands.judging import by_option, judge, name_judge, open_for_judging, undo, why_option
from commands.opening import open_existing
from commands.options import json_option, read_clock
from commands.printing import print_view, tell
from commands.settings import Config
from graph.answers import queries
from graph.errors import ConfigError
from graph.ids import make_entity_id
from graph.judging.making import make_judgement
from graph.records import ArticleId, ClaimId, Entity, EntityId, EntityType, JudgementKind
from graph.store import GraphStore


@click.group()
def entities() -> None:
    """The names that the graph knows."""


@entities.command("suggest")
@click.option("--min", "at_least", default=2, show_default=True, type=click.IntRange(1), help="Articles at the least.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Names at the most.")
@json_option
@click.pass_obj
def suggest_entities(config: Config, at_least: int, limit: int, as_json: bool) -> None:
    """Names that the articles use often and no table in data/entities has, with sentences that use them."""
    from web.text.terminal import format_suggestion

    with open_existing(config) as store:
        found = queries.suggest_entities(store, at_least, limit)
    if not found and not as_json:
        tell(config, f"no name outside the tables stands in {at_least} articles or more; --min 1 lists the rarest")
    for view in found:
        print_view(view, format_suggestion(view), as_json)


@entities.command("merge")
@click.argument("kept", metavar="ENTITY")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@why_option
@by_option
@json_option
@click.pass_obj
def merge_entities(config: Config, kept: str, others: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """From now on each OTHER is ENTITY: their claims, names and ties are its own."""
    with open_for_judging(config) as store:
        ids = [queries.find_entity(store, text).id for text in (kept, *others)]
        judge(config, store, make_judgement(JudgementKind.MERGE, ids, name_judge(who), read_clock(), why), as_json)


@entities.command("split")
@click.argument("entity")
@click.argument("other")
@click.option("--claim", "claims", metavar="ID", multiple=True, help="A claim that is about OTHER.")
@click.option("--article", "articles", metavar="ID", multiple=True, help="An article that means OTHER throughout.")
@click.option("--alias", "aliases", metavar="SPELLING", multiple=True, help="A spelling that means OTHER.")
@click.option(
    "--new",
    "kind",
    metavar="TYPE",
    type=click.Choice([type.value for type in EntityType]),
    help="OTHER is new, of this type.",
)
@why_option
@by_option
@json_option
@click.pass_obj
def split_entity(
    config: Config,
    entity: str,
    other: str,
    claims: Sequence[str],
    articles: Sequence[str],
    aliases: Sequence[str],
    kind: str | None,
    why: str,
    who: str | None,
    as_json: bool,
) -> None:
    """Some claims, articles or spellings of ENTITY are about OTHER."""
    with open_for_judging(config) as store:
        left = queries.find_entity(store, entity).id
        target = _add_new_entity(store, other, EntityType(kind)) if kind else queries.find_entity(store, other).id
        judgement = make_judgement(
            JudgementKind.SPLIT,
            [left, target],
            name_judge(who),
            read_clock(),
            why,
            aliases=aliases,
            claims=[ClaimId(id) for id in claims],
            articles=[ArticleId(id) for id in articles],
        )
        judge(config, store, judgement, as_json)


@entities.command("judge")
@click.argument("kind", type=click.Choice(["apart", "alias-added", "alias-withdrawn"]))
@click.argument("entity")
@click.argument("other", metavar="OTHER|SPELLING")
@why_option
@by_option
@json_option
@click.pass_obj
def judge_entities(
    config: Config, kind: str, entity: str, other: str, why: str, who: str | None, as_json: bool
) -> None:
    """ENTITY is not OTHER (apart); it is, or is not, called SPELLING (alias-added, alias-withdrawn)."""
    with open_for_judging(config) as store:
        texts = (entity, other) if kind == "apart" else (entity,)
        ids = [queries.find_entity(store, text).id for text in texts]
        aliases = () if kind == "apart" else (other,)
        chosen = JudgementKind(kind.replace("-", "_"))
        judge(config, store, make_judgement(chosen, ids, name_judge(who), read_clock(), why, aliases=aliases), as_json)


entities.add_command(undo)


@entities.command("history")
@click.argument("entity", required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="Judgements at the most.")
@json_option
@click.pass_obj
def show_history(config: Config, entity: str | None, limit: int, as_json: bool) -> None:
    """What was judged, of ENTITY or of all, newest first."""
    from web.text.terminal import format_judgement

    with open_existing(config) as store:
        about = queries.find_entity(store, entity).id if entity else None
        views = queries.view_judgements(store, store.list_judgements(about))
    for view in views[:limit]:
        print_view(view, format_judgement(view), as_json)
    if not views:
        tell(config, "nothing was judged; `claimgraph entities merge ENTITY OTHER --why REASON` makes one of two")


def _add_new_entity(store: GraphStore, name: str, type: EntityType) -> EntityId:
    """The id of an entity of that name, made now. ConfigError when the id is taken."""
    id = make_entity_id(name)
    if store.get_entities([id]):
        raise ConfigError(f"{name}: entity {id} is there already; leave --new out", subject=id)
    store.add_entities([Entity(id, name, type, curated=True)])
    return id


COMMANDS = (entities,)
