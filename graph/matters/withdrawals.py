"""What is taken back: by a later version of a page, by who said it and now says that it is not so, or says so."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from graph.background import Background
from graph.corrections import date_version
from graph.matters.objections import is_among, read_numbers
from graph.matters.witnesses import is_first_hand, is_own_page, publishes, speaks_for, stands_for
from graph.records import Article, ArticleId, ClaimId, Copy, EntityId, Modality, Party, Polarity, Predicate
from graph.utterances import Utterance, fold_outlet, sort_utterances

# "An earlier version of this post said so": words of the correction, which nobody stands behind any more.
_NOTICE = re.compile(
    r"\b(?:earlier|previous|original|first) (?:version|post|article|report|headline)"
    r"|以前の(?:版|記事)|当初の(?:版|記事)|初出時",
    re.IGNORECASE,
)
# The same within a sentence, which may speak of other versions and reports too.
_OWN_NOTICE = re.compile(
    r"\b(?:earlier|previous|original|first) version of th(?:is|e) (?:post|article|report|story|page|issue|item)\b"
    r"|\b(?:earlier|previous|original|first) version (?:\w+ )?(?:said|gave|told)\b|(?:以前|当初)の記事|初出時",
    re.IGNORECASE,
)
# What somebody takes back who "withdrew the figure", 推計を撤回した; a thing that is recalled is none, nor is "the app
# that reports figures". A claim or a report is the number only where the words repeat it.
_NUMBER = re.compile(
    r"\b(?:figures?|numbers?|sums?|estimates?|counts?|calculations?)$|(?:数字|推計|試算|件数|金額|人数)値?$",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:claims?|reports?|statements?)$|発表$", re.IGNORECASE)
# What follows tells more of what is taken back, and not what it is.
_FURTHER = re.compile(
    r"\s*(?:,(?!\d)|\b(?:of|for|on|that|which|about|from|in|by|to|it|he|she|they|made|given|published)\b)",
    re.IGNORECASE,
)
FIRM = (Modality.ASSERTED, Modality.ALLEGED)
"""How who takes back what he said denies it; what he only doubts he does not take back."""
# Characters between such words and the number that they take back.
_NEAR = 400


def is_notice(one: Utterance) -> bool:
    """Whether it only tells what a page said before it was corrected."""
    if one.article.version > 1 and one.claim.polarity is Polarity.AFFIRMED and _OWN_NOTICE.search(one.claim.text):
        return True
    return one.speaker is not None and one.speaker.entity is None and bool(_NOTICE.search(one.speaker.name))


def find_withdrawn(
    told: Sequence[Utterance],
    versions: Sequence[Article],
    beside: Sequence[Utterance],
    background: Background,
) -> list[tuple[datetime, tuple[ClaimId, ...]]]:
    """When what affirmed it was taken back, and which claims those were; oldest first.

    By a page, when a later version of it no longer holds the claims; by somebody named, or an outlet, who denies what
    the same one affirmed before, or of whom an article says, near the number, that the figure was withdrawn.
    """
    taken = (*_find_reversed(told, background), *_find_taken_back(told, beside, background))
    return sorted((*_find_dropped(told, versions), *taken))


def list_saying(told: Sequence[Utterance]) -> list[Utterance]:
    """Those that affirm it: not who leaves it open, nor what somebody's own page that denies it has from nobody by
    name."""
    denying = {one.article.id for one in told if one.claim.polarity is Polarity.DENIED and is_own_page(one)}
    return [
        one
        for one in told
        if one.claim.polarity is Polarity.AFFIRMED
        and one.claim.modality is not Modality.QUESTIONED
        and not (one.article.id in denying and one.speaker is not None and one.speaker.entity is None)
    ]


def still_stands(
    left: Sequence[Utterance], gone: Sequence[Utterance], background: Background, copies: Sequence[Copy]
) -> bool:
    """Whether anybody still says it beside those who only pass on what is gone: copies of it, who cites its outlet,
    hearsay that names nobody, and, after somebody by name, outlets that told it later without having seen it."""
    since = min(one.at for one in gone) if gone and all(one.speaker for one in gone) else None
    pages: set[ArticleId] = {one.article.id for one in gone}
    outlets = {fold_outlet(one.outlet) for one in gone}
    repeating = {copy.article for copy in copies if copy.original in pages}
    return any(
        not is_notice(one)
        and one.article.id not in repeating
        and not (since and one.speaker is None and one.at > since and not _knows(one, background))
        and not (one.claim.modality is Modality.REPORTED and one.who is None)
        and outlets.isdisjoint(fold_outlet(claimant.party.name) for claimant in one.claim.claimants)
        for one in list_saying(left)
    )


def _knows(one: Utterance, background: Background) -> bool:
    return is_own_page(one) or is_first_hand(one, background)


def _find_dropped(
    told: Sequence[Utterance], versions: Sequence[Article]
) -> Iterator[tuple[datetime, tuple[ClaimId, ...]]]:
    """A page takes back what it says itself, or what nobody else has from the one whom it quotes; where it gave a
    number that is gone, what it says without one tells nothing."""
    pages: dict[str, list[Utterance]] = {}
    quoting: dict[str, set[str]] = {}
    for one in told:
        if one.claim.polarity is Polarity.AFFIRMED and not is_notice(one):
            pages.setdefault(one.article.url, []).append(one)
            quoting.setdefault(_name_voice(one), set()).add(one.article.url)
    for later in versions:
        held = pages.get(later.url, [])
        earlier = [one for one in held if one.article.version == later.version - 1]
        own = any(not _name_voice(one) or len(quoting[_name_voice(one)]) == 1 for one in earlier)
        telling = [one for one in held if one.claim.quantity] or held
        if own and not any(_tells_still(one, later) for one in telling):
            yield date_version(later), tuple(one.id for one in earlier)


def _tells_still(one: Utterance, later: Article) -> bool:
    """Whether a later version tells it; what it leaves open it does not."""
    if one.article.version != later.version:
        return one.claim.text in later.text
    return one.claim.modality is not Modality.QUESTIONED


def _find_reversed(told: Sequence[Utterance], background: Background) -> Iterator[tuple[datetime, tuple[ClaimId, ...]]]:
    """Who denies firmly what he affirmed before takes it back, with what those said who work there, and what the same
    article recalls of it; not who firmly affirms it there too, and so recalls a denial."""
    said: dict[str, list[Utterance]] = {}
    for one in told:
        if one.claim.polarity is Polarity.AFFIRMED and (who := _name_voice(one)) and not is_notice(one):
            said.setdefault(who, []).append(one)
    for one in told:
        if one.claim.polarity is Polarity.AFFIRMED or one.claim.modality not in FIRM or is_notice(one):
            continue
        own = said.get(_name_voice(one), ())
        if not any(other.at < one.at for other in own) or any(_affirms_beside(other, one) for other in own):
            continue
        going = [voice for voice in said if _goes_with(voice, one, background)]
        gone = [other for voice in going for other in said[voice] if _is_before(other, one)]
        yield one.at, tuple(other.id for other in sort_utterances(gone))
        for voice in going:
            said[voice] = [other for other in said[voice] if not _is_before(other, one)]


def _affirms_beside(one: Utterance, denial: Utterance) -> bool:
    """Whether one who is quoted affirms it firmly in the article that has his denial."""
    firm = one.speaker is not None and one.claim.modality is Modality.ASSERTED
    return firm and one.article.id == denial.article.id


def _goes_with(voice: str, denial: Utterance, background: Background) -> bool:
    """Whether it is the voice of who denies, or of somebody who works there."""
    if voice == _name_voice(denial):
        return True
    return denial.who is not None and stands_for(EntityId(voice), {denial.who}, background)


def _is_before(one: Utterance, denial: Utterance) -> bool:
    return one.at < denial.at or one.article.id == denial.article.id


def _find_taken_back(
    told: Sequence[Utterance], beside: Sequence[Utterance], background: Background
) -> Iterator[tuple[datetime, tuple[ClaimId, ...]]]:
    """A number that its speaker, or the outlet that had it from unnamed ones, is said to have withdrawn."""
    numbered = [one for one in told if one.claim.quantity and one.claim.polarity is Polarity.AFFIRMED]
    gone: set[ClaimId] = set()
    for act in sort_utterances(beside):
        if not _withdraws(act, background) or not any(_is_near(act, one) and _takes_back(act, one) for one in numbered):
            continue
        own = [one for one in numbered if one.at <= act.at and _comes_from(one, act.claim.subject, background)]
        if any(one.at < act.at for one in own) and not gone.issuperset(one.id for one in own):
            gone.update(one.id for one in own)
            yield act.at, tuple(one.id for one in own)


def _withdraws(act: Utterance, background: Background) -> bool:
    """Whether an article, or the one who does so, says that somebody by name has withdrawn something."""
    claim, who = act.claim, act.claim.subject.entity
    if claim.predicate is not Predicate.WITHDREW or claim.polarity is Polarity.DENIED or who is None:
        return False
    own = act.speaker is None or speaks_for(act, {who}, background)
    return own and claim.modality is Modality.ASSERTED


def _takes_back(act: Utterance, one: Utterance) -> bool:
    """Whether what is withdrawn is the number of an utterance, by what it is called and by the numbers in its words."""
    thing, amount = act.claim.object, one.claim.quantity
    if thing is None or thing.entity or amount is None:
        return False
    told = read_numbers(thing.name, act.claim.lang)
    if told:
        return is_among(amount, told) and any(names.search(_find_head(thing.name)) for names in (_NUMBER, _SAID))
    return bool(_NUMBER.search(_find_head(thing.name)))


def _find_head(words: str) -> str:
    return _FURTHER.split(words, maxsplit=1)[0] if words.isascii() else words


def _is_near(act: Utterance, one: Utterance) -> bool:
    (start, end), (first, last) = act.claim.span, one.claim.span
    return one.article.id == act.article.id and first - end <= _NEAR and start - last <= _NEAR


def _comes_from(one: Utterance, party: Party, background: Background) -> bool:
    if party.entity is None:
        return False
    if one.who:
        return stands_for(one.who, {party.entity}, background)
    return publishes(one, party.entity, background)


def _name_voice(one: Utterance) -> str:
    """Who says it: somebody by name, or an outlet; empty for somebody whom the sentence does not name."""
    if one.speaker is None:
        return f"outlet {fold_outlet(one.outlet)}"
    return one.speaker.entity or ""
