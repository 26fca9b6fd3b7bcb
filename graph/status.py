"""Utterances of a proposition → the history of its status with two clocks (propositions.md, section 2).

Nothing here says what is true. An event names what happened, the claims that it rests on, when it was so and since when
it was known; the last event known on a day is the status of that day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from graph.background import Background
from graph.corrections import date_version
from graph.origins import find_origins, find_roots
from graph.records import (
    Article,
    Claim,
    ClaimId,
    ClaimType,
    Copy,
    Event,
    Modality,
    Polarity,
    Predicate,
    Status,
)
from graph.ties import are_independent
from graph.utterances import Utterance, sort_utterances
from graph.witnesses import confirms, find_accused, is_first_hand, speaks_for

# Events of one moment, in the order in which they count: the last is the status.
_RANK = (
    Status.REPORTED,
    Status.ALLEGED,
    Status.UNDER_INVESTIGATION,
    Status.CORROBORATED,
    Status.DISPUTED,
    Status.DENIED,
    Status.CONFIRMED,
    Status.RETRACTED,
)
# A day that a text gives is that of the saying when the report follows so soon; earlier ones date the deed.
_SAID_BEFORE = timedelta(days=7)
# Two that are not tied are found among the first or not at all.
_MOST_VOICES = 50
_TAKING = (Predicate.TOOK_TECHNOLOGY_FROM, Predicate.DISTILLED_FROM, Predicate.EXFILTRATED_DATA_FROM)
_DEED = re.compile(
    r"\b(?:distil|st(?:ole|eal)|theft|copied|copying|misappropriat|exfiltrat)|盗用|盗ん|窃取|蒸留|持ち出|不正(?:に)?取得",
    re.IGNORECASE,
)
_DOUBTING = (Modality.SPECULATED, Modality.QUESTIONED)


def derive_events(
    utterances: Iterable[Utterance],
    background: Background,
    copies: Iterable[Copy] = (),
    versions: Iterable[Article] = (),
    inquiries: Iterable[Utterance] = (),
) -> tuple[Event, ...]:
    """The history of a proposition by `recorded_at`; its utterances in any order give the same.

    copies     which of their articles repeat others, and those that these repeat
    versions   all versions known of the pages that they stand in, with texts: a later one without the claim, nor its
               sentence, takes it back
    inquiries  utterances of `investigates` in the same articles; one counts when its sentence holds the accusation
    """
    told, copied, known = sort_utterances(utterances), tuple(copies), tuple(versions)
    events = [
        *_find_first(told),
        *_find_denials(told, background),
        *_find_inquiry(told, sort_utterances(inquiries), background),
        *_find_corroboration(told, background, copied),
        *_find_confirmation(told, background, copied),
    ]
    events.sort(key=_order)
    return (*_with_withdrawals(told, events, known, background, copied),)


def find_status(events: Sequence[Event], known_at: datetime, valid_at: datetime | None = None) -> Event | None:
    """The event that gives the status, as known before a moment; with `valid_at`, what was so by then, as known.

    None when nothing was known, or so, by then.
    """
    known = [event for event in events if event.recorded_at < known_at]
    if valid_at is None:
        return known[-1] if known else None
    so = [(event.valid_from, place, event) for place, event in enumerate(known) if event.valid_from < valid_at]
    return max(so, key=lambda item: item[:2])[2] if so else None


def find_accusation(told: Sequence[Utterance]) -> Utterance | None:
    """The first that affirms it, in `sort_utterances`' order."""
    return next((one for one in told if one.claim.polarity is Polarity.AFFIRMED), None)


def _find_first(told: Sequence[Utterance]) -> Iterator[Event]:
    """The first that affirms it, in an accusation or in an accuser's tone alleged."""
    if one := find_accusation(told):
        accuses = one.claim.type is ClaimType.ALLEGATION or one.claim.modality is Modality.ALLEGED
        yield _make_event(Status.ALLEGED if accuses else Status.REPORTED, one)


def _find_denials(told: Sequence[Utterance], background: Background) -> Iterator[Event]:
    """The first denial by each party: denied by the one it is about, disputed by another or only doubted."""
    seen: set[tuple[Status, str]] = set()
    for one in told:
        if one.claim.polarity is not Polarity.DENIED:
            continue
        own = speaks_for(one, find_accused(one.claim, background), background) and one.claim.modality not in _DOUBTING
        status = Status.DENIED if own else Status.DISPUTED
        who = one.speaker.entity or "unnamed" if one.speaker else f"outlet {one.outlet}"
        if (status, who) not in seen:
            seen.add((status, who))
            yield _make_event(status, one)


def _find_inquiry(told: Sequence[Utterance], inquiries: Sequence[Utterance], background: Background) -> Iterator[Event]:
    """The first inquiry into the accused whose sentence is about the accusation."""
    for inquiry in inquiries:
        if inquiry.claim.predicate is not Predicate.INVESTIGATES or inquiry.claim.polarity is Polarity.DENIED:
            continue
        if inquiry.claim.modality is Modality.PREDICTED:
            continue
        for one in told:
            if _is_target(inquiry.claim, one.claim, background) and _is_about(inquiry.claim, one.claim, background):
                yield _make_event(Status.UNDER_INVESTIGATION, inquiry, one)
                return


def _find_corroboration(told: Sequence[Utterance], background: Background, copies: Sequence[Copy]) -> Iterator[Event]:
    """When a second first-hand origin, not tied to the first, affirms it."""
    roots = find_roots(told, copies)
    first_hand: dict[str, Utterance] = {}
    for place, one in enumerate(told):
        copied = one.article.id in roots and not one.speaker
        if copied or one.claim.polarity is Polarity.DENIED or not is_first_hand(one, background):
            continue
        if one.voice in first_hand or len(first_hand) > _MOST_VOICES:
            continue
        first_hand[one.voice] = one
        origins = find_origins(told[: place + 1], background, copies).origins
        ends = {claim for voice in origins for claim in voice.claims}
        for other in first_hand.values():
            if {one.id, other.id} <= ends and _are_independent(one, other, background):
                yield _make_event(Status.CORROBORATED, one, other)
                return


def _find_confirmation(told: Sequence[Utterance], background: Background, copies: Sequence[Copy]) -> Iterator[Event]:
    return (_make_event(Status.CONFIRMED, one) for one in [one for one in told if confirms(one, background)][:1])


def _with_withdrawals(
    told: Sequence[Utterance],
    events: list[Event],
    versions: Sequence[Article],
    background: Background,
    copies: Sequence[Copy],
) -> list[Event]:
    """The events with those that take claims back, each followed by what still stands, as others say it."""
    gone: set[ClaimId] = set()
    for at, dropped in _find_dropped(told, versions):
        gone.update(dropped)
        events.append(Event(Status.RETRACTED, at, at, dropped))
        left = [one for one in told if one.id not in gone and one.at <= at]
        standing = derive_events(left, background, copies)
        if standing:
            events.append(Event(standing[-1].status, at, at, standing[-1].basis))
    return [event for _, event in sorted(enumerate(events), key=lambda item: (item[1].recorded_at, item[0]))]


def _find_dropped(told: Sequence[Utterance], versions: Sequence[Article]) -> list[tuple[datetime, tuple[ClaimId, ...]]]:
    """When a later version of a page no longer held what affirmed it, and which claims those were; oldest first."""
    pages: dict[str, list[Utterance]] = {}
    for one in told:
        if one.claim.polarity is Polarity.AFFIRMED:
            pages.setdefault(one.article.url, []).append(one)
    found = []
    for later in versions:
        held = pages.get(later.url, [])
        earlier = [one for one in held if one.article.version == later.version - 1]
        if earlier and not any(one.article.version == later.version or one.claim.text in later.text for one in held):
            found.append((date_version(later), tuple(one.id for one in earlier)))
    return sorted(found)


def _make_event(status: Status, *basis: Utterance) -> Event:
    at = max(one.at for one in basis)
    return Event(status, min(_date_saying(basis[0]), at), at, tuple(dict.fromkeys(one.id for one in basis)))


def _date_saying(one: Utterance) -> datetime:
    """The day that the sentence gives, when the report followed within a week; else the report."""
    try:
        day = datetime.strptime(one.claim.date or "", "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return one.at
    return day if timedelta() <= one.at - day <= _SAID_BEFORE else one.at


def _order(event: Event) -> tuple[datetime, int, tuple[ClaimId, ...]]:
    return event.recorded_at, _RANK.index(event.status), event.basis


def _is_about(inquiry: Claim, accusation: Claim, background: Background) -> bool:
    """Whether the inquiry's sentence holds the accusation, or names the deed and the one wronged, in one article."""
    if inquiry.article_id != accusation.article_id:
        return False
    if inquiry.span[0] < accusation.span[1] and accusation.span[0] < inquiry.span[1]:
        return True
    victim = accusation.object
    if accusation.predicate not in _TAKING or victim is None or not _DEED.search(inquiry.text):
        return False
    names = {victim.name, *(background.find_name(victim.entity, lang) for lang in ("en", "ja") if victim.entity)}
    return any(name in inquiry.text for name in names)


def _is_target(inquiry: Claim, accusation: Claim, background: Background) -> bool:
    target = inquiry.object
    if not target:
        return False
    return target.name == accusation.subject.name or target.entity in find_accused(accusation, background)


def _are_independent(one: Utterance, other: Utterance, background: Background) -> bool:
    if one.id == other.id or one.voice == other.voice:
        return False
    first, second = one.speaker and one.speaker.entity, other.speaker and other.speaker.entity
    return not (first and second) or are_independent(background, first, second)
