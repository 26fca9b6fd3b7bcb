"""What a sentence leaves out and its own text tells: "it lost a record sum", two lines below the sum."""

import re
from collections import defaultdict
from collections.abc import Sequence

from graph.background import Background
from graph.propositions.members import Member
from graph.propositions.signatures import Signature, Tense
from graph.records import EntityId, Modality, Polarity

# How surely a sentence that leaves out the number, the object or the model means the one that its text gives.
_TOLD = 0.75


def join_told(parts: Sequence[Sequence[Member]], background: Background) -> list[list[Member]]:
    """The parts of a matter, where claims that leave something out are with the one that their article tells.

    A claim joins only when its article speaks of one such proposition, and never another claim of its own sentence.
    """
    by_article: dict[str, list[tuple[int, Member]]] = defaultdict(list)
    for n, part in enumerate(parts):
        for member in part:
            by_article[member.claim.article_id].append((n, member))
    goals = {
        member.claim.id: goal
        for members in by_article.values()
        if len(members) > 1
        for n, member in members
        if (goal := _find_told(n, member, members, background)) is not None
    }
    joined: list[list[Member]] = [[] for _ in parts]
    for n, part in enumerate(parts):
        for member in part:
            goal = goals.get(member.claim.id)
            joined[n if goal is None else goal].append(member if goal is None else member.moved(_TOLD, _REASON))
    return [part for part in joined if part]


# Words of taking; to imitate or to build on others is another charge.
_TAKING = re.compile(r"distil|st[eo]l|theft|exfiltrat|蒸留|盗|窃|持ち出|抜き取|引き出", re.IGNORECASE)
_REASON = "what it leaves out, the same text tells"


def _find_told(place: int, member: Member, around: Sequence[tuple[int, Member]], background: Background) -> int | None:
    if not _refers(member):
        return None
    fuller = {n for n, other in around if n != place and _is_fuller(other.signature, member.signature, background)}
    if len(fuller) != 1:
        return None
    goal = fuller.pop()
    own = [other for n, other in around if n == goal]
    if any(_is_one_sentence(member, other) for other in own) or all(_is_of_another(member, other) for other in own):
        return None
    return goal


def _is_of_another(thin: Member, full: Member) -> bool:
    """Whether two by name affirm the one and the other: whose number it is, each tells for himself."""
    speakers = {one.claim.origin.party.entity if one.claim.origin else None for one in (thin, full)}
    affirmed = thin.claim.polarity is Polarity.AFFIRMED and thin.claim.modality is not Modality.QUESTIONED
    return affirmed and full.signature.amount is not None and len(speakers) > 1 and None not in speakers


def _refers(member: Member) -> bool:
    """Whether an accusation that names no victim is the one spoken of: it answers, asks, or names the same act."""
    if member.signature.family.name != "took" or member.signature.object:
        return True
    claim = member.claim
    answering = claim.polarity is Polarity.DENIED or claim.modality is Modality.QUESTIONED
    return answering or bool(_TAKING.search(claim.text))


def _is_one_sentence(one: Member, other: Member) -> bool:
    (start, end), (first, last) = one.claim.span, other.claim.span
    return start < last and first < end


def _is_fuller(full: Signature, thin: Signature, background: Background) -> bool:
    """Whether `full` says all that `thin` says, and one thing more that sentences may leave out."""
    if full.family != thin.family or full.benchmark != thin.benchmark or thin.amount or thin.family.always:
        return False
    if Tense.OPEN not in (full.tense, thin.tense) and full.tense != thin.tense:
        return False
    number = _tells_number(thin) and full.amount is not None
    object_told = full.object != thin.object
    if object_told and not (thin.family.told and not thin.object):
        return False
    subject_told = full.subject != thin.subject
    if subject_told and not _speaks_as_maker(thin.subject, full.subject, thin, background):
        return False
    return number or object_told or subject_told


def _tells_number(thin: Signature) -> bool:
    """A cost without a number is mostly a comparison, "a fraction of": it stays apart."""
    family = thin.family
    return family.numbered and not (family.aside or family.relative or family.faceless)


def _speaks_as_maker(maker: str, model: str, thin: Signature, background: Background) -> bool:
    """In a comparison a maker that says "we" means its model."""
    return thin.family.name == "ahead" and maker in background.list_above(EntityId(model))
