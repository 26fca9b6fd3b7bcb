"""Utterances of a proposition → the history of its status with two clocks (docs/model.md, Matters).

Nothing here says what is true. An event names what happened, the claims that it rests on, when it was so and since when
it was known; the last event known on a day is the status of that day.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from graph.background import Background
from graph.matters.admissions import find_confirmation
from graph.matters.objections import STANCES, find_inquiry, find_objections, is_to_size
from graph.matters.origins import find_origins, find_roots
from graph.matters.ties import are_independent, may_be_one
from graph.matters.withdrawals import FIRM, find_withdrawn, is_notice, list_saying, still_stands
from graph.matters.witnesses import (
    SOURCES,
    denies_own,
    find_concerned,
    find_named,
    find_teller,
    is_first_hand,
    is_own_source,
    speaks_for,
    stands_for,
)
from graph.records import (
    Article,
    ClaimId,
    ClaimType,
    Copy,
    EntityId,
    Event,
    Modality,
    PartialDate,
    Polarity,
    Predicate,
    Status,
)
from graph.utterances import Utterance, sort_utterances

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
# What nobody says any more has no such steps; the accused may still deny it.
_OF_WHAT_STANDS = (Status.DISPUTED, Status.UNDER_INVESTIGATION)
_DOUBTING = (Modality.SPECULATED, Modality.QUESTIONED)
_DOUBTS = re.compile(r"\bdoubt(?:s|ed|ing)?\b|疑問|疑わし|疑って|懐疑的|とは(?:思え|考えにく|考えられ)", re.IGNORECASE)


def derive_events(
    utterances: Iterable[Utterance],
    background: Background,
    copies: Iterable[Copy] = (),
    versions: Iterable[Article] = (),
    beside: Iterable[Utterance] = (),
) -> tuple[Event, ...]:
    """The history of a proposition by `recorded_at`; its utterances in any order give the same.

    copies     which of their articles repeat others, and those that these repeat
    versions   all versions known of the pages that they stand in, with texts: a later one without the claim, nor its
               sentence, takes it back
    beside     inquiries and stances in the same articles: an inquiry counts when its sentence holds the accusation, a
               stance when it is against what is said
    """
    told, copied, known, near = sort_utterances(utterances), tuple(copies), tuple(versions), tuple(beside)
    return (*_with_withdrawals(told, _find_events(told, background, copied, near), known, background, copied, near),)


def _find_events(
    told: Sequence[Utterance], background: Background, copies: Sequence[Copy], beside: Sequence[Utterance]
) -> list[Event]:
    """All but those that take claims back."""
    saying = [one for one in told if not is_notice(one)] or list(told)
    concerned = find_concerned(saying, background)
    confirmed = list(_find_confirmation(saying, background))
    events = [
        *_find_first(saying, background),
        *_find_denials(saying, concerned, beside, background),
        *_find_inquiry(saying, beside, background),
        *_find_corroboration(saying, background, copies, confirmed),
        *confirmed,
    ]
    return sorted(events, key=_order)


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


def _find_first(told: Sequence[Utterance], background: Background) -> Iterator[Event]:
    """The first that affirms it, in an accusation or in an accuser's tone alleged. Nothing is reported before it is
    told: the day that the sentence gives is that of the deed, and of an accusation that of its making."""
    if one := find_accusation(told):
        accuses = _accuses(one, background)
        yield _make_event(Status.ALLEGED, one) if accuses else Event(Status.REPORTED, one.at, one.at, (one.id,))


def _accuses(one: Utterance, background: Background) -> bool:
    """Whether somebody is accused: not by a count that names nobody, nor by a mishap that is told as a fact."""
    claim = one.claim
    alleged = claim.modality is Modality.ALLEGED
    if claim.type is not ClaimType.ALLEGATION:
        passed_on = one.speaker is not None and one.who is None and SOURCES.search(one.speaker.name)
        return alleged and not passed_on
    if claim.predicate is Predicate.CAUSED_HARM and not alleged:
        return False
    named = bool(find_named(claim, background))
    return named or (claim.quantity is None and claim.modality is not Modality.ASSERTED)


def _find_denials(
    told: Sequence[Utterance],
    concerned: frozenset[EntityId],
    beside: Sequence[Utterance],
    background: Background,
) -> Iterator[Event]:
    """The first denial by each party: denied by the one it is about, disputed by another, only doubted, or only as to
    how much it was."""
    denials: list[tuple[Utterance, tuple[Utterance, ...], bool]] = [
        (one, (one,), _denies_itself(one, concerned, background))
        for one in told
        if (_denies(one) and not _takes_back(one, told)) or _doubts(one)
    ]
    for stance, against in find_objections(told, beside):
        holder = stance.claim.subject.entity
        own = holder is not None and stands_for(holder, concerned, background) and not is_to_size(stance, against)
        denials.append((stance, (stance, against), own and stance.claim.predicate is Predicate.DISPUTES))
    seen: set[tuple[Status, str]] = set()
    for one, basis, own in sorted(denials, key=lambda denial: denial[0].at):
        status = Status.DENIED if own else Status.DISPUTED
        if (status, who := _name_denier(one)) not in seen:
            seen.add((status, who))
            yield _make_event(status, *basis)


def _denies(one: Utterance) -> bool:
    return one.claim.polarity is Polarity.DENIED


def _doubts(one: Utterance) -> bool:
    """Whether somebody by name says that he doubts it."""
    return one.claim.modality is Modality.QUESTIONED and one.who is not None and bool(_DOUBTS.search(one.claim.text))


def _takes_back(one: Utterance, told: Sequence[Utterance]) -> bool:
    """Whether somebody by name says firmly that what he told before is not so: he disputes nothing, he withdraws it."""
    if one.who is None or one.claim.modality not in FIRM:
        return False
    return any(other.at < one.at and not _denies(other) and other.who == one.who for other in told)


def _denies_itself(one: Utterance, concerned: frozenset[EntityId], background: Background) -> bool:
    firm = one.claim.modality not in _DOUBTING
    return firm and (denies_own(one) or speaks_for(one, concerned, background))


def _name_denier(one: Utterance) -> str:
    if one.claim.predicate in STANCES:
        return one.claim.subject.entity or one.claim.subject.name
    return one.speaker.entity or "unnamed" if one.speaker else f"outlet {one.outlet}"


def _find_inquiry(told: Sequence[Utterance], beside: Sequence[Utterance], background: Background) -> Iterator[Event]:
    if found := find_inquiry(told, beside, background):
        yield _make_event(Status.UNDER_INVESTIGATION, *found)


def _find_corroboration(
    told: Sequence[Utterance], background: Background, copies: Sequence[Copy], confirmed: Sequence[Event]
) -> Iterator[Event]:
    """When a second first-hand origin, not tied to the first, affirms it, and nobody has confirmed it yet."""
    if len(told) < 2:
        return
    roots = find_roots(told, copies)
    first_hand: dict[str, Utterance] = {}
    for place, one in enumerate(told):
        copied = one.article.id in roots and not one.speaker
        if copied or one.claim.polarity is Polarity.DENIED or not is_first_hand(one, background):
            continue
        voice = one.outlet if is_own_source(one) else one.voice
        if voice in first_hand or len(first_hand) > _MOST_VOICES:
            continue
        others = [other for other in first_hand.values() if _are_independent(one, other, background)]
        first_hand[voice] = one
        if not others:
            continue
        origins = find_origins(told[: place + 1], background, copies).origins
        ends = {claim for voice in origins for claim in voice.claims}
        for other in others:
            if {one.id, other.id} <= ends:
                if not any(event.recorded_at <= one.at for event in confirmed):
                    yield _make_event(Status.CORROBORATED, one, other)
                return


def _find_confirmation(told: Sequence[Utterance], background: Background) -> Iterator[Event]:
    """When somebody who can confirms it; the day that his sentence gives is that of the deed when others told of it
    before he did."""
    if one := find_confirmation(told, background):
        event = _make_event(Status.CONFIRMED, one)
        known = any(other.at > event.valid_from and other.at < one.at for other in told)
        yield replace(event, valid_from=one.at) if known else event


def _with_withdrawals(
    told: Sequence[Utterance],
    events: list[Event],
    versions: Sequence[Article],
    background: Background,
    copies: Sequence[Copy],
    beside: Sequence[Utterance],
) -> list[Event]:
    """The events with those that take claims back, each followed by what still stands, as others say it. Where nothing
    does, nobody disputes it any more, nor inquires into it."""
    gone: set[ClaimId] = set()
    over: datetime | None = None
    for at, dropped in find_withdrawn(told, versions, beside, background):
        gone.update(dropped)
        events.append(Event(Status.RETRACTED, at, at, dropped))
        left = [one for one in told if one.id not in gone and one.at <= at]
        stands = still_stands(left, [one for one in told if one.id in gone], background, copies)
        over = None if stands else at
        if stands:
            known = [one for one in beside if one.at <= at]
            if standing := _find_events(left, background, copies, known):
                events.append(Event(standing[-1].status, at, at, standing[-1].basis))
    if over:
        events = [*events, *_find_again(over, told, gone, background, copies)]
    if over and not any(one.at > over for one in list_saying(told)):
        events = [event for event in events if event.recorded_at <= over or event.status not in _OF_WHAT_STANDS]
    return [event for _, event in sorted(enumerate(events), key=lambda item: (item[1].recorded_at, item[0]))]


def _find_again(
    over: datetime,
    told: Sequence[Utterance],
    gone: Collection[ClaimId],
    background: Background,
    copies: Sequence[Copy],
) -> Iterator[Event]:
    """The first who says it after the last had taken it back, not who quotes somebody: he may recall what that one
    once said."""
    taken = [one for one in told if one.id in gone]
    later = (one for one in told if one.at > over and one.id not in gone and one.speaker is None)
    if again := next((one for one in later if still_stands([one], taken, background, copies)), None):
        yield from _find_first([again], background)


def _make_event(status: Status, *basis: Utterance) -> Event:
    at = max(one.at for one in basis)
    return Event(status, min(_date_saying(basis[0]), at), at, tuple(dict.fromkeys(one.id for one in basis)))


def _date_saying(one: Utterance) -> datetime:
    """The day that the sentence gives, when the report followed within a week; else the report. A mishap's day is that
    of the deed."""
    claim = one.claim
    day = _parse_day(claim.date) if claim.date and claim.predicate is not Predicate.CAUSED_HARM else None
    if day is None:
        return one.at
    return day if timedelta() <= one.at - day <= _SAID_BEFORE else one.at


@lru_cache(10_000)  # articles of one week give the same days
def _parse_day(date: PartialDate) -> datetime | None:
    try:
        return datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def _order(event: Event) -> tuple[datetime, int, tuple[ClaimId, ...]]:
    return event.recorded_at, _RANK.index(event.status), event.basis


def _are_independent(one: Utterance, other: Utterance, background: Background) -> bool:
    if one.id == other.id or one.voice == other.voice:
        return False
    first, second = (find_teller(told, background) for told in (one, other))
    if not (first and second):
        return True
    # Two outlets are two; the names of two speakers may be one's.
    spoken = one.speaker and other.speaker and may_be_one(background, first, second)
    return not spoken and are_independent(background, first, second)
