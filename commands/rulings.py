"""`judge …`: which claims speak of one thing, what does not contradict each other, what was read rightly."""

from collections.abc import Sequence

import click

from commands.judging import by_option, find_bounds, judge, name_judge, open_for_judging, undo, why_option
from commands.opening import open_existing
from commands.options import json_option, read_clock
from commands.printing import print_view, tell
from commands.reports import ArchiveReports
from commands.settings import Config
from graph.answers import queries
from graph.errors import NotFound
from graph.judging.correcting import check_standing
from graph.judging.making import check_firmness, make_judgement
from graph.judging.review import list_due
from graph.records import CLAIM_KINDS, ClaimId, Field, Fix, JudgementKind, Misreading
from graph.rulings.fixes import check_misreading
from graph.rulings.resolve import find_about


@click.group("judge")
def judge_claims() -> None:
    """Which claims speak of one thing, and which were read rightly; every judgement can be taken back."""


def _rule(
    config: Config,
    kind: JudgementKind,
    claims: Sequence[str],
    who: str | None,
    why: str,
    as_json: bool,
    reason: Misreading | None = None,
    should: Sequence[Fix] = (),
) -> None:
    with open_for_judging(config) as store:
        ids = [ClaimId(id) for id in claims]
        new = make_judgement(kind, (), name_judge(who), read_clock(), why, claims=ids, reason=reason, should=should)
        if should:
            check_misreading(new)
            check_firmness(new, store.get_claims(ids), find_bounds)
            check_standing(store, new)
        judge(config, store, new, as_json)


@judge_claims.command()
@click.argument("claims", metavar="CLAIM CLAIM...", nargs=-1, required=True)
@why_option
@by_option
@json_option
@click.pass_obj
def join(config: Config, claims: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """These claims, and all that are grouped with one of them, speak of one matter."""
    _rule(config, JudgementKind.JOIN, claims, who, why, as_json)


@judge_claims.command()
@click.argument("claims", metavar="CLAIM CLAIM...", nargs=-1, required=True)
@why_option
@by_option
@json_option
@click.pass_obj
def part(config: Config, claims: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """No two of these claims speak of one matter."""
    _rule(config, JudgementKind.PART, claims, who, why, as_json)


@judge_claims.command()
@click.argument("anchor", metavar="CLAIM")
@click.argument("claims", metavar="OTHER...", nargs=-1, required=True)
@why_option
@by_option
@json_option
@click.pass_obj
def pin(config: Config, anchor: str, claims: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """Each OTHER speaks of CLAIM's matter, whatever else it seems to say."""
    _rule(config, JudgementKind.PIN, (anchor, *claims), who, why, as_json)


@judge_claims.command()
@click.argument("claim")
@click.argument("other")
@why_option
@by_option
@json_option
@click.pass_obj
def dismiss(config: Config, claim: str, other: str, why: str, who: str | None, as_json: bool) -> None:
    """The matters of CLAIM and OTHER do not contradict each other."""
    _rule(config, JudgementKind.DISMISS, (claim, other), who, why, as_json)


@judge_claims.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@click.option("--reason", type=click.Choice([one.value for one in Misreading]), help="What is wrong about them.")
@click.option("--should", "fixes", metavar="FIELD=VALUE", multiple=True, help="What a field of one claim should be.")
@why_option
@by_option
@json_option
@click.pass_obj
def misread(
    config: Config,
    claims: Sequence[str],
    reason: str | None,
    fixes: Sequence[str],
    who: str | None,
    why: str,
    as_json: bool,
) -> None:
    """The sentences do not make these claims: they are set aside and say why."""
    should = [_read_fix(text) for text in fixes]
    _rule(config, JudgementKind.MISREAD, claims, who, why, as_json, Misreading(reason) if reason else None, should)


def _read_fix(text: str) -> Fix:
    name, sign, value = text.partition("=")
    if not sign or name not in set(Field):
        fields = ", ".join(Field)
        raise click.BadParameter(f"{text!r}: FIELD=VALUE, FIELD one of {fields}", param_hint="--should")
    return Fix(Field(name), value)


@judge_claims.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@why_option
@by_option
@json_option
@click.pass_obj
def right(config: Config, claims: Sequence[str], why: str, who: str | None, as_json: bool) -> None:
    """The sentences make these claims, in every part; that they were judged misread counts no more."""
    _rule(config, JudgementKind.RIGHT, claims, who, why, as_json)


judge_claims.add_command(undo)


@judge_claims.command("reports")
@json_option
@click.pass_obj
def list_reports(config: Config, as_json: bool) -> None:
    """What readers reported as misread and nobody has looked at since, what most reported first."""
    from web.text.reports import format_due

    with open_existing(config) as store:
        due = [one for one in list_due(store, ArchiveReports(config).list()) if one.reports]
        views = {view.id: view for view in queries.view_claims(store, [one.claim for one in due])}
    for one in due:
        print_view(one, format_due(one, views[one.claim]), as_json)
    if not due:
        usual = "" if config.take_reports else "; readers may report where the setting `take_reports` is true"
        tell(config, f"nothing is reported{usual}")


@judge_claims.command()
@click.argument("claim", required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="Judgements at the most.")
@json_option
@click.pass_obj
def history(config: Config, claim: str | None, limit: int, as_json: bool) -> None:
    """What was judged of claims, of CLAIM or of all, newest first."""
    from web.text.terminal import format_judgement

    with open_existing(config) as store:
        made = store.list_judgements()
        about = {judgement.id: find_about(judgement, made) for judgement in made}
        views = queries.view_judgements(store, made)
        is_stored = claim is None or bool(store.get_claims([ClaimId(claim)]))
    ours = [
        view
        for view in views
        if about[view.id].kind in CLAIM_KINDS and (claim is None or claim in about[view.id].claims)
    ]
    if not ours and not is_stored:
        raise NotFound(f"no claim {claim}; `claimgraph search` finds ids", subject=claim or "")
    for view in ours[:limit]:
        print_view(view, format_judgement(view), as_json)
    if not ours:
        tell(config, "nothing was judged; `claimgraph judge join CLAIM OTHER --why REASON` puts two claims together")


COMMANDS = (judge_claims,)
