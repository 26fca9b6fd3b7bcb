"""One claim by hand, made of the claim that it takes the place of and what a person gave; what may stand of it."""

from dataclasses import replace

from graph.errors import JudgementRefused
from graph.ids import fold_name, make_hand_id
from graph.judging.making import NOTHING_STANDS
from graph.judging.misreadings import correct_claim
from graph.policy import settle
from graph.readers import HAND
from graph.records import Claim, Judgement, Party
from graph.rulings.resolve import Identity, derive_identity, list_spellings
from graph.store import GraphStore


def make_by_hand(store: GraphStore, identity: Identity, claim: Claim, judgement: Judgement) -> Claim | None:
    """What the judgement puts in the claim's place, no firmer than policy lets it; None where nothing may stand."""
    made = correct_claim(claim, judgement.should, lambda name: find_party(store, identity, name))
    id = make_hand_id(claim.id, judgement.id)
    settled = settle(replace(made, id=id, reader=HAND, score=None, refuted="", misread=""))
    return settled if settled and may_stand(settled, identity) else None


def check_standing(store: GraphStore, new: Judgement) -> None:
    """JudgementRefused where nothing of what it puts in a claim's place may stand, whoever the names stand for.

    Asked when somebody judges, not of judgements kept elsewhere: who is who may be another by then.
    """
    identity = derive_identity(store.list_judgements())
    for claim in store.get_claims(new.claims) if new.should else ():
        if make_by_hand(store, identity, claim, new) is None:
            raise JudgementRefused(NOTHING_STANDS, subject=claim.id)


def find_party(store: GraphStore, identity: Identity, name: str) -> Party:
    """Whom a name stands for: the entity that has the spelling, as it was added; the words alone unless one has it."""
    wanted = fold_name(name)
    found = [one for one in store.find_entities(name) if wanted in list_spellings(one)]
    if len(found) != 1:
        return Party(name)
    added = store.get_entities([found[0].id, *identity.list_members(found[0].id)], as_added=True)
    chosen = next((one for one in added if wanted in list_spellings(one)), found[0])
    return Party(chosen.name, chosen.id)


def may_stand(claim: Claim, identity: Identity) -> bool:
    """Whether nobody accuses himself in it, nor does anything to himself, now that some names are one."""

    def lead(party: Party) -> Party:
        return replace(party, entity=identity.find_root(party.entity)) if party.entity else party

    led = replace(
        claim,
        subject=lead(claim.subject),
        object=lead(claim.object) if claim.object else None,
        claimants=tuple(replace(claimant, party=lead(claimant.party)) for claimant in claim.claimants),
    )
    return settle(led) is not None
