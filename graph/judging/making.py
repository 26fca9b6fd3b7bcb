"""Judgements made, and those refused that contradict what counts already."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from graph.errors import JudgementRefused, NotFound
from graph.ids import fold_name, make_judgement_id
from graph.judging.misreadings import correct_claim
from graph.policy import Bounds, settle, weaker
from graph.propositions.rulings import check_ruling
from graph.records import (
    CLAIM_KINDS,
    ArticleId,
    Claim,
    Claimant,
    ClaimId,
    Entity,
    EntityId,
    Field,
    Fix,
    Judgement,
    JudgementId,
    JudgementKind,
    Misreading,
    Party,
    Polarity,
)
from graph.rulings.fixes import check_misreading
from graph.rulings.resolve import Identity, derive_identity

_ENTITIES: dict[JudgementKind, tuple[int, int | None]] = {
    JudgementKind.MERGE: (2, None),
    JudgementKind.SPLIT: (2, 2),
    JudgementKind.APART: (2, 2),
    JudgementKind.ALIAS_ADDED: (1, 1),
    JudgementKind.ALIAS_WITHDRAWN: (1, 1),
    JudgementKind.UNDO: (0, 0),
    JudgementKind.JOIN: (0, 0),
    JudgementKind.PART: (0, 0),
    JudgementKind.PIN: (0, 0),
    JudgementKind.DISMISS: (0, 0),
    JudgementKind.MISREAD: (0, 0),
    JudgementKind.RIGHT: (0, 0),
}
"""How many entities a judgement names, at the least and at the most."""
NOTHING_STANDS = "misread: nothing may stand that accuses whoever says it, or is of one with the same"


def make_judgement(
    kind: JudgementKind,
    entities: Sequence[EntityId],
    who: str,
    when: datetime,
    why: str,
    *,
    aliases: Sequence[str] = (),
    claims: Sequence[ClaimId] = (),
    articles: Sequence[ArticleId] = (),
    undoes: JudgementId | None = None,
    reason: Misreading | None = None,
    should: Sequence[Fix] = (),
) -> Judgement:
    """The judgement with its id."""
    about = [entities, aliases, claims, articles, [undoes] if undoes else []]
    if reason or should:  # those made before there were reasons keep their ids
        about += [[reason or ""], [f"{fix.field}={fix.value}" for fix in should]]
    return Judgement(
        make_judgement_id(kind, who, when, why, about),
        kind,
        tuple(entities),
        who,
        when,
        why,
        tuple(aliases),
        tuple(claims),
        tuple(articles),
        undoes,
        reason,
        tuple(should),
    )


def check_judgement(
    judgements: Sequence[Judgement],
    new: Judgement,
    entities: Mapping[EntityId, Entity],
    claims: Sequence[Claim] = (),
    *,
    kept: bool = False,
) -> Identity:
    """Who is who once it counts. JudgementRefused when it cannot; NotFound for an entity, claim or judgement unknown.

    entities  those that it names, by the ids it names them with, as they stand now
    claims    those that it names, as they stand now
    kept      it was made before, when claims that it names were there
    """
    if not new.who.strip() or not new.why.strip():
        raise JudgementRefused("a judgement says who decided and why", subject=new.id)
    before = derive_identity(judgements)
    _check_shape(new, entities)
    if not kept:
        _check_claims(new, claims)
    if new.kind is JudgementKind.UNDO:
        _check_undo(judgements, before, new)
    elif new.kind in (JudgementKind.ALIAS_ADDED, JudgementKind.ALIAS_WITHDRAWN):
        _check_aliases(new, entities)
    elif new.kind in CLAIM_KINDS:
        check_ruling(judgements, new)
        check_misreading(new)
        for claim in claims if new.should and not kept else ():
            _check_stands(new, claim)
    else:
        _check_different(before, new)
    if new.kind is JudgementKind.SPLIT:
        _check_leaving(before, new, claims)
    after = derive_identity((*judgements, new))
    _check_apart(judgements, after, new)
    return after


def check_firmness(new: Judgement, claims: Sequence[Claim], find_bounds: Callable[[Claim], Bounds]) -> None:
    """JudgementRefused where it would put a claim more firmly than the words of its sentence do.

    Asked when somebody judges, not of judgements kept elsewhere: the words that weaken may be others by then.
    """
    given = {fix.field for fix in new.should}
    for claim in claims if given & {Field.MODALITY, Field.POLARITY} else ():
        made = correct_claim(claim, new.should, Party)
        bounds = find_bounds(made)
        if weaker(bounds.modality, made.modality) is not made.modality:
            raise JudgementRefused(f"misread: its sentence makes it {bounds.modality} at most", subject=claim.id)
        if bounds.denied and made.polarity is Polarity.AFFIRMED:
            raise JudgementRefused("misread: its sentence denies it", subject=claim.id)


def _check_shape(new: Judgement, entities: Mapping[EntityId, Entity]) -> None:
    least, most = _ENTITIES[new.kind]
    if len(new.entities) < least or (most is not None and len(new.entities) > most):
        raise JudgementRefused(f"{new.kind}: it names {len(new.entities)} entities, not {least}", subject=new.id)
    for id in new.entities:
        if id not in entities:
            raise NotFound(f"no entity {id}; `claimgraph search` finds ids", subject=id)


def _check_claims(new: Judgement, claims: Sequence[Claim]) -> None:
    known = {claim.id for claim in claims}
    for claim in new.claims:
        if claim not in known:
            raise NotFound(f"no claim {claim}; `claimgraph search` finds ids", subject=claim)


def _fold(name: str) -> Party:
    """Whom a name stands for, however it is spelled."""
    return Party(fold_name(name))


def _check_stands(new: Judgement, claim: Claim) -> None:
    """What its sentence should state must be something that may be stored."""
    names = replace(
        claim,
        subject=_fold(claim.subject.name),
        object=_fold(claim.object.name) if claim.object else None,
        claimants=tuple(Claimant(_fold(one.party.name)) for one in claim.claimants),
    )
    if settle(correct_claim(names, new.should, _fold)) is None:
        raise JudgementRefused(NOTHING_STANDS, subject=claim.id)


def _check_undo(judgements: Sequence[Judgement], before: Identity, new: Judgement) -> None:
    if new.undoes not in {judgement.id for judgement in judgements}:
        raise NotFound(f"no judgement {new.undoes}; `claimgraph entities history` lists them", subject=str(new.undoes))
    if new.undoes not in before.counting:
        taker = next(j.id for j in judgements if j.undoes == new.undoes and j.id in before.counting)
        raise JudgementRefused(
            f"judgement {new.undoes} is taken back already; undo {taker} to let it count again", subject=new.undoes
        )


def _check_aliases(new: Judgement, entities: Mapping[EntityId, Entity]) -> None:
    if not new.aliases or not all(map(fold_name, new.aliases)):
        raise JudgementRefused(f"{new.kind}: give a spelling with letters or digits", subject=new.id)
    entity = entities[new.entities[0]]
    names = {fold_name(text) for text in (entity.name, entity.name_ja or "")}
    withdrawn = [text for text in new.aliases if fold_name(text) in names]
    if new.kind is JudgementKind.ALIAS_WITHDRAWN and withdrawn:
        raise JudgementRefused(f"{withdrawn[0]} is the name of {entity.id}, not an alias of it", subject=entity.id)


def _check_different(before: Identity, new: Judgement) -> None:
    """Of those to be merged none may stand for another already, nor those that are to be told apart."""
    roots = [before.find_root(id) for id in new.entities]
    for place, root in enumerate(roots):
        if root in roots[:place]:
            first, second = new.entities[roots.index(root)], new.entities[place]
            if first == second:
                message = (
                    f"these names are one entity already, {first}: by the tables, by what was read, or by a judgement, "
                    f"which `claimgraph entities history {first}` lists"
                )
                raise JudgementRefused(message, subject=first)
            raise JudgementRefused(
                f"{first} and {second} are one entity ({root}); `claimgraph entities history {root}` says since when",
                subject=second,
            )


def _check_leaving(before: Identity, new: Judgement, claims: Sequence[Claim]) -> None:
    if not (new.claims or new.articles or new.aliases):
        raise JudgementRefused("split: say which claims, articles or spellings leave", subject=new.id)
    root = before.find_root(new.entities[0])
    for claim in claims:
        if not any(party.entity == root for party in claim.parties):
            raise JudgementRefused(f"claim {claim.id} does not name {root}", subject=claim.id)
    if not all(map(fold_name, new.aliases)):
        raise JudgementRefused("split: give spellings with letters or digits", subject=new.id)


def _check_apart(judgements: Sequence[Judgement], after: Identity, new: Judgement) -> None:
    for first, second, id in after.apart:
        if after.find_root(first) == after.find_root(second):
            found = next(judgement for judgement in (*judgements, new) if judgement.id == id)
            raise JudgementRefused(
                f"{first} and {second} are not the same, {found.who} judged on {found.when:%Y-%m-%d} ({found.why}); "
                f"`claimgraph entities undo {id}` takes that back",
                subject=id,
            )
