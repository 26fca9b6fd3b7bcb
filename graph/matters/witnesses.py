"""Who speaks: the one it is about, somebody who knows it first-hand, a court, or somebody who passes it on."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from graph.background import Background
from graph.matters.ties import find_employers, find_makers, find_owners
from graph.naming import is_meant_in, is_named_in, list_own_names
from graph.records import (
    BODIES,
    ArticleKind,
    Claim,
    ClaimType,
    EntityId,
    EntityType,
    Modality,
    Party,
    Polarity,
    Predicate,
    SourceKind,
)
from graph.rulings.resolve import list_spellings
from graph.utterances import Utterance

# Acts in the open, which an outlet that names nobody can have seen for itself.
_PUBLIC = (ClaimType.RELEASE, ClaimType.LEGAL, ClaimType.PEOPLE)
# What binds the one side binds the other: neither can be bought, or left, without knowing it.
_TWO_SIDED = (ClaimType.DEAL, ClaimType.PEOPLE)
_SEEN = (Predicate.STOCK_MOVED, Predicate.LOST_VALUE)
_PRIMARY = (ArticleKind.PAPER, ArticleKind.PRESS_RELEASE)
_AUTHORITY = re.compile(
    r"\b(?:authority|agency|commission(?:er)?|ministry|regulator|bureau|inspectorate|ombudsman|courts?|tribunal|judges?)\b"
    r"|[庁省]$|委員会|監督官|調査室|当局|裁判所|地裁|高裁|裁判官|判事",
    re.IGNORECASE,
)
_SPOKESMAN = re.compile(
    r"\bspokes(?:man|woman|person|people)|\brepresentatives?\b|\bpress office\b|\blawyers? for\b|広報|代理人|の弁護士",
    re.IGNORECASE,
)
SOURCES = re.compile(
    r"\b(?:people|persons?|sources?|officials?|executives?|insiders?)\b|関係者|情報筋|幹部", re.IGNORECASE
)
"""Words for those who passed on what they know, unnamed."""
_UNSURE = (Modality.SPECULATED, Modality.QUESTIONED, Modality.ALLEGED)
_OWN = re.compile(r"^(?:当社|弊社|自社|当庁|当省|当方|私ども|我々|うちの)|\b(?:our|my)\b", re.IGNORECASE)
# That somebody told it himself, in a sentence that makes him no speaker; and the words before among which he is named.
_TOLD_BY = re.compile(
    r"(?P<who>[^.;:]{1,60}?)\b(?:announce[sd]?|confirm(?:s|ed)|disclose[sd]|acknowledge[sd]|admit(?:s|ted))\b(?! nor)|"
    r"(?:(?P<topic>[^。「」はも]{1,60})(?<!について)(?<![にでと])[はも][^。]{0,200}?|"
    r"(?P<doer>[^。、「」はもが]{1,40})が(?:[^。、「」]{0,6}日)?、[^。が]{0,200}?)"
    r"(?:(?:発表|公表|表明)し(?:た|て|、|まし)|明らかにし|認め(?:た|て|る|まし))",
    re.IGNORECASE,
)
_THINGS = (EntityType.MODEL, EntityType.PRODUCT)
_SPEAKERS = (EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION, None)


def find_accused(claim: Claim, background: Background) -> frozenset[EntityId]:
    """The one that a claim is about, and who makes, owns or employs it: those whose denial is a denial."""
    subject = claim.subject.entity
    return find_standing_behind(subject, background) if subject else frozenset()


def find_concerned(told: Sequence[Utterance], background: Background) -> frozenset[EntityId]:
    """Those that a matter is about: whose denial of it is a denial, whose admission a confirmation.

    Given are all its utterances. Beside the subjects these are those whom the words for a subject name: "a group linked
    to X". A deal is about both sides, and so is who joins or leaves a firm. Where most of what affirms it names nobody
    who did it, it is about the one that it was done to. Of a thing whose maker is not known, it is about the makers of
    the things that the sentences name, or about the firms that deny it on their own pages.
    """
    affirming = [one.claim for one in told if one.claim.polarity is Polarity.AFFIRMED] or [one.claim for one in told]
    # Of hundreds of claims most have one subject, and whom it names is the same in each.
    subjects = {claim.subject: claim for claim in affirming}
    by_words = {subject: find_named(claim, background) for subject, claim in subjects.items()}
    sides = {claim.object.entity for claim in affirming if claim.type in _TWO_SIDED and claim.object}
    found = frozenset(side for side in sides if side).union(*by_words.values())
    if found and not any(background.find_type(id) in _SPEAKERS for id in found):
        behind = _find_in_words([claim.text for claim in affirming], background)
        return found | (behind or _find_denying(told, background))
    if 2 * sum(bool(by_words[claim.subject]) for claim in affirming) >= len(affirming):
        return found
    suffered = (claim.object.entity for claim in affirming if not by_words[claim.subject] and claim.object)
    return found.union(*(find_standing_behind(id, background) for id in suffered if id))


def find_named(claim: Claim, background: Background) -> frozenset[EntityId]:
    """Those whom a claim names as its subject: by name with who stands behind it, or all who are among the words for
    it."""
    if claim.subject.entity:
        return find_accused(claim, background)
    return frozenset(id for id in background.entities if is_meant_in(claim.subject.name, id, background))


def speaks_for(one: Utterance, parties: Collection[EntityId], background: Background) -> bool:
    """Whether an utterance comes from one of the parties, from somebody who works there, or from a page of theirs.

    Somebody whom the sentence does not name speaks for nobody, but for one who is called the spokesman of a party. What
    a party is said to have announced comes from it.
    """
    if one.speaker is None:
        own = is_own_page(one) and any(publishes(one, id, background) for id in parties)
        return own or _is_told_by(one.claim.text, parties, background)
    if one.speaker.entity is not None:
        return stands_for(one.speaker.entity, parties, background)
    words = one.speaker.name
    return bool(_SPOKESMAN.search(words)) and any(is_meant_in(words, id, background) for id in parties)


@lru_cache(10_000)  # asked again for each party, and of each pair of voices
def _read_teller(sentence: str) -> str:
    """The words among which a sentence names who announced or confirmed it; empty where it says so of nobody."""
    found = _TOLD_BY.search(sentence)
    return next((words for words in found.groups() if words), "") if found else ""


def _is_told_by(sentence: str, parties: Collection[EntityId], background: Background) -> bool:
    """Whether a sentence says that one of the parties announced or confirmed it."""
    words = _read_teller(sentence)
    return bool(words) and any(is_meant_in(words, id, background) for id in parties)


def find_teller(one: Utterance, background: Background) -> EntityId | None:
    """Who says it, by name; where nobody is named the party on whose page it stands, or that is said to have announced
    it."""
    if one.speaker:
        return one.speaker.entity
    own = is_own_page(one)
    return next(
        (
            id
            for id in sorted(one.claim.named)
            if (own and publishes(one, id, background)) or _is_told_by(one.claim.text, {id}, background)
        ),
        None,
    )


def stands_for(speaker: EntityId, parties: Collection[EntityId], background: Background) -> bool:
    """Whether somebody is one of the parties, or works there."""
    return speaker in parties or not find_employers(background, speaker).isdisjoint(parties)


def denies_own(one: Utterance) -> bool:
    """Whether somebody speaks of one's own people or things: "our staff" on the page of a firm, or as its words."""
    named = one.speaker.entity is not None if one.speaker else is_own_page(one)
    return named and one.claim.subject.entity is None and bool(_OWN.search(one.claim.subject.name))


def is_own_page(one: Utterance) -> bool:
    """Whether the one who publishes it speaks there for itself: a firm, an authority, the authors of a paper."""
    return one.article.kind in _PRIMARY or one.article.source.kind in (SourceKind.VENDOR, SourceKind.GOVERNMENT)


def publishes(one: Utterance, id: EntityId, background: Background) -> bool:
    """Whether the source bears a name of the party, as it is or with what pages are called."""
    entity = background.entities.get(id)
    return entity is not None and not list_own_names(one.article.source.name).isdisjoint(list_spellings(entity))


def is_first_hand(one: Utterance, background: Background) -> bool:
    """Whether its origin is named and says it as what it knows.

    An outlet's own voice counts for acts in the open, an authority's on its own page for what it found. An accusation
    counts from the one who says it was wronged, its maker or owner, and from an authority that is no mere commentator;
    others accuse, they do not witness.
    """
    claim = one.claim
    if one.speaker is None:
        seen = claim.type in _PUBLIC or claim.predicate in _SEEN or one.article.source.kind is SourceKind.GOVERNMENT
        return seen and claim.modality is Modality.ASSERTED
    if one.speaker.entity is None:
        return is_own_source(one) or _is_of_a_body(one, background)
    if claim.type is not ClaimType.ALLEGATION:
        return claim.modality is Modality.ASSERTED
    if claim.modality is Modality.ASSERTED and is_authority(one.speaker, background):
        return True
    victim = claim.object.entity if claim.object else None
    wronged = {victim, *find_makers(background, victim), *find_owners(background, victim)} - {None}
    return claim.modality in (Modality.ASSERTED, Modality.ALLEGED) and one.speaker.entity in wronged


def _is_of_a_body(one: Utterance, background: Background) -> bool:
    """Whether words for who asserts it name the body he is of: "a laboratory at Kanto University"."""
    if one.speaker is None or one.claim.type is ClaimType.ALLEGATION or one.claim.modality is not Modality.ASSERTED:
        return False
    bodies = (id for id, entity in background.entities.items() if entity.type in BODIES)
    return any(is_meant_in(one.speaker.name, id, background) for id in bodies)


def is_own_source(one: Utterance) -> bool:
    """Whether people whom an outlet does not name told it, not another outlet: no accusation, for they accuse."""
    claim = one.claim
    if claim.type is ClaimType.ALLEGATION or len(claim.claimants) != 1 or claim.modality in _UNSURE:
        return False
    return one.who is None and one.speaker is not None and bool(SOURCES.search(one.speaker.name))


def is_authority(speaker: Party, background: Background) -> bool:
    """Whether its name is that of a body of the state."""
    type = background.find_type(speaker.entity) if speaker.entity else None
    return type in (EntityType.INSTITUTION, None) and bool(_AUTHORITY.search(speaker.name))


def find_standing_behind(id: EntityId, background: Background) -> frozenset[EntityId]:
    """Somebody or something with who makes, owns or employs it."""
    makers = find_makers(background, id)
    owners = {owner for one in (id, *makers) for owner in find_owners(background, one)}
    return frozenset({id, *makers, *owners, *find_employers(background, id)})


def _find_denying(told: Iterable[Utterance], background: Background) -> frozenset[EntityId]:
    own = [
        one for one in told if one.claim.polarity is Polarity.DENIED and one.article.source.kind is SourceKind.VENDOR
    ]
    tellers = ((one, one.who) for one in own)
    return frozenset(id for one, id in tellers if id and publishes(one, id, background))


def _find_in_words(texts: Iterable[str], background: Background) -> frozenset[EntityId]:
    """The things that sentences name, as far as their makers are known, with who stands behind them."""
    things = [id for id, entity in background.entities.items() if entity.type in _THINGS and id in background.above]
    named = {id for text in dict.fromkeys(texts) for id in things if is_named_in(text, id, background)}
    return frozenset().union(*(find_standing_behind(id, background) for id in named))
