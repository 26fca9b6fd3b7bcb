"""Who speaks: the one it is about, somebody who knows it first-hand, a court, or somebody who passes it on."""

import re
from collections.abc import Collection

from graph.background import Background
from graph.ids import fold_name
from graph.records import ArticleKind, Claim, ClaimType, EntityId, Modality, Polarity, SourceKind
from graph.ties import find_employers, find_makers, find_owners
from graph.utterances import Utterance

# What one says of these binds oneself. Of its own work (results, costs, releases) a maker's word confirms nothing.
_BINDING = (ClaimType.ALLEGATION, ClaimType.DEAL, ClaimType.PEOPLE, ClaimType.LEGAL)
# Acts in the open, which an outlet that names nobody can have seen for itself.
_PUBLIC = (ClaimType.MARKET, ClaimType.RELEASE, ClaimType.LEGAL, ClaimType.PEOPLE)
_COURT = re.compile(r"\bcourts?\b|\btribunal\b|\bjudges?\b|裁判所|地裁|高裁|裁判官|判事", re.IGNORECASE)
_PRIMARY = (ArticleKind.PAPER, ArticleKind.PRESS_RELEASE)


def find_accused(claim: Claim, background: Background) -> frozenset[EntityId]:
    """The one that a claim is about, and who makes or owns it: those whose denial is a denial."""
    subject = claim.subject.entity
    if subject is None:
        return frozenset()
    makers = find_makers(background, subject)
    owners = {owner for id in (subject, *makers) for owner in find_owners(background, id)}
    return frozenset({subject, *makers, *owners})


def speaks_for(one: Utterance, parties: Collection[EntityId], background: Background) -> bool:
    """Whether an utterance comes from one of the parties or from somebody who works there.

    Somebody whom the sentence does not name speaks for nobody.
    """
    speaker = one.speaker.entity if one.speaker else None
    return speaker is not None and (speaker in parties or bool(find_employers(background, speaker) & set(parties)))


def is_first_hand(one: Utterance, background: Background) -> bool:
    """Whether its origin is named and says it as what it knows.

    An outlet's own voice counts for acts in the open. An accusation counts from the one who says it was wronged, its
    maker or owner, and from an authority that is no mere commentator; others accuse, they do not witness.
    """
    claim = one.claim
    if one.speaker is None:
        return claim.modality is Modality.ASSERTED and claim.type in _PUBLIC
    if one.speaker.entity is None:
        return False
    if claim.type is not ClaimType.ALLEGATION:
        return claim.modality is Modality.ASSERTED
    victim = claim.object.entity if claim.object else None
    wronged = {victim, *find_makers(background, victim), *find_owners(background, victim)} - {None}
    return claim.modality in (Modality.ASSERTED, Modality.ALLEGED) and one.speaker.entity in wronged


def confirms(one: Utterance, background: Background) -> bool:
    """Whether the one it is about, a court, or a primary document of the one it binds says so, as a fact."""
    claim = one.claim
    if claim.polarity is Polarity.DENIED or claim.modality is not Modality.ASSERTED:
        return False
    if one.speaker is None:
        return _is_primary(one) and claim.type in _BINDING and fold_name(one.article.source.name) in _bound(claim)
    if _COURT.search(one.speaker.name):
        return True
    return claim.type in _BINDING and fold_name(one.speaker.name) in _bound(claim)


def _bound(claim: Claim) -> set[str]:
    """The names of those whom a claim binds: of an accusation the accused, else both parties."""
    parties = (claim.subject,) if claim.type is ClaimType.ALLEGATION else (claim.subject, claim.object)
    return {fold_name(party.name) for party in parties if party}


def _is_primary(one: Utterance) -> bool:
    return one.article.kind in _PRIMARY or one.article.source.kind in (SourceKind.VENDOR, SourceKind.GOVERNMENT)
