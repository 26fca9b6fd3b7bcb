"""A judgement as a page's form tells it: what is ticked and typed, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from graph.answers.queries import find_entity, view_claims
from graph.errors import NotFound, QueryError
from graph.judging.misreadings import find_fixes
from graph.records import (
    VERDICTS,
    ClaimId,
    Field,
    JudgementKind,
    Misreading,
    Proposition,
    PropositionId,
)
from graph.store import GraphStore
from web.languages import find_own_path
from web.requests.bodies import JudgementBody

LONGEST_REASON = 500
KINDS = tuple(kind for kind in JudgementKind if kind is not JudgementKind.SPLIT)
"""What pages judge; claims are split from an entity by programs."""
_OF_MATTER = (JudgementKind.PART, JudgementKind.PIN, JudgementKind.JOIN)
_OF_TWO_NAMES = (JudgementKind.MERGE, JudgementKind.APART)
_OF_SPELLINGS = (JudgementKind.ALIAS_ADDED, JudgementKind.ALIAS_WITHDRAWN)
_MOST = 100


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a form holds so far.

    matter  of part, pin and join: whose claims are ticked; other: a claim of the matter that join makes one with it
    name    merge and apart: the other entity, as typed; of a spelling: the spelling
    should  misread: fields as typed, also those left as they were read
    to      the page to go back to
    """

    kind: JudgementKind
    matter: str
    claims: tuple[str, ...]
    other: str
    entity: str
    name: str
    undoes: str
    reason: str
    should: Mapping[Field, str]
    why: str
    to: str


def read_ruling(kind: JudgementKind, given: MultiDict[str, str]) -> Ruling:
    """What an address or a form holds."""
    return Ruling(
        kind,
        _take(given, "matter"),
        tuple(dict.fromkeys(text.strip() for text in given.getlist("claim")[:_MOST] if text.strip())),
        _take(given, "other"),
        _take(given, "entity"),
        _take(given, "name"),
        _take(given, "undoes"),
        _take(given, "reason"),
        {field: given[f"should_{field}"] for field in Field if f"should_{field}" in given},
        _take(given, "why")[:LONGEST_REASON],
        find_own_path(given.get("to", "")),
    )


def resolve(store: GraphStore, ruling: Ruling, who: str) -> JudgementBody | None:
    """The judgement that it comes to; None while something is left to be chosen. NotFound, QueryError."""
    kind = ruling.kind
    claims: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    if kind in _OF_MATTER:
        claims = _choose_claims(store, ruling)
    elif kind in VERDICTS or kind is JudgementKind.DISMISS:
        claims = ruling.claims
    elif kind in _OF_TWO_NAMES and ruling.name:
        entities = (ruling.entity, find_entity(store, ruling.name).id)
    elif kind in _OF_SPELLINGS and ruling.name:
        entities, aliases = (ruling.entity,), (ruling.name,)
    if not (claims or entities or ruling.undoes):
        return None
    return JudgementBody(
        kind,
        who,
        ruling.why,
        entities,
        aliases,
        claims,
        undoes=ruling.undoes or None,
        reason=_read_reason(ruling),
        should=_find_should(store, ruling),
    )


def get_matter_of(store: GraphStore, ruling: Ruling) -> Proposition | None:
    """The matter whose claims are chosen among; None where none is named. NotFound."""
    if not ruling.matter:
        return None
    found = store.get_propositions([PropositionId(ruling.matter)])
    if not found:
        raise NotFound(f"no matter {ruling.matter}; a judgement or newer claims may have changed it", subject="matter")
    return found[0]


def _choose_claims(store: GraphStore, ruling: Ruling) -> tuple[str, ...]:
    """An anchor that stays in the matter before those ticked; of a join a claim of either. Empty: choose first."""
    matter = get_matter_of(store, ruling)
    if matter is None:
        return ruling.claims
    members = [link.claim for link in matter.links]
    if ruling.kind is JudgementKind.JOIN:
        return (members[0], ruling.other) if ruling.other else ()
    if not ruling.claims:
        return ()
    anchor = next((id for id in members if id not in ruling.claims), None)
    return (anchor, *ruling.claims) if anchor else ruling.claims


def _read_reason(ruling: Ruling) -> Misreading | None:
    if ruling.kind is not JudgementKind.MISREAD or not ruling.reason:
        return None
    if ruling.reason not in set(Misreading):
        raise QueryError(f"reason: one of {', '.join(Misreading)}", subject="reason", reason="refused")
    return Misreading(ruling.reason)


def _find_should(store: GraphStore, ruling: Ruling) -> dict[Field, str]:
    """Of the fields typed those that differ from what was read of the one claim."""
    if ruling.kind is not JudgementKind.MISREAD or not ruling.should:
        return {}
    views = view_claims(store, [ClaimId(id) for id in ruling.claims])
    fixes = find_fixes(views[0], ruling.should) if len(views) == 1 else ()
    return {fix.field: fix.value for fix in fixes}


def _take(given: MultiDict[str, str], name: str) -> str:
    return given.get(name, "").strip()
