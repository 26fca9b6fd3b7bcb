"""Repeats that are firmer than the sentence they draw on: doubt lost on the way, both sentences side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from graph.firmness import compare_firmness
from graph.origins import find_roots
from graph.records import ArticleId, ClaimId, Copy, EntityId, Modality, Polarity
from graph.utterances import Utterance, fold_outlet, sort_utterances
from graph.witnesses import is_own_page

UNCREDITED = "uncredited"
"""How an article draws on what others told before, when it says so itself and names nobody."""

RETOLD = "retold"
"""How an article draws on the words that another had from the same speaker a few hours before."""

# Later the speaker may have said it anew.
_SAME_WORDS = timedelta(hours=36)
# What one reckons is not what one knows, however firmly an article then tells it.
_RECKONS = re.compile(r"\b(?:estimat|reckon|believ|guess|think|calculat)\w*|推計|試算|推定|見積|とみて", re.IGNORECASE)
# Hearsay may be what the article heard itself; these are somebody's charge, guess or question.
_SOFT = (Modality.ALLEGED, Modality.SPECULATED, Modality.QUESTIONED)


@dataclass(frozen=True, slots=True)
class Inflation:
    """A claim and the later, firmer one that draws on it.

    how  `syndicated`, `translated`, `rewritten`, `cites` for an article that names the outlet it has it from, or
         `retold` or `uncredited`. A copy, and who leaves out that somebody only reckons so, may be firmer by
         leaving out the speaker.
    """

    drawn_on: ClaimId
    repeat: ClaimId
    was: Modality
    now: Modality
    how: str


def find_inflation(utterances: Iterable[Utterance], copies: Iterable[Copy] = ()) -> tuple[Inflation, ...]:
    """The repeats that are firmer than the firmest that they draw on, in the order of their reports.

    Given are the utterances of one proposition; those that affirm it and those that deny it are two things told. A
    repeat is compared with the article that it copies or cites, no further back: each step of a chain is its own. What
    an article says itself, naming nobody, when others had only charged or guessed it, is compared with the first of
    these, in its own language where there is one.
    """
    told = sort_utterances(utterances)
    kept = tuple(copies)
    found = [item for polarity in Polarity for item in _find([o for o in told if o.claim.polarity is polarity], kept)]
    places = {one.id: place for place, one in enumerate(told)}
    return tuple(sorted(found, key=lambda item: places[item.repeat]))


def _find(told: list[Utterance], copies: tuple[Copy, ...]) -> Iterator[Inflation]:
    links = _link(told, copies)
    said = _Said()
    drawing: set[ArticleId] = set()
    # Those of one moment may draw on each other, whatever their order.
    for _, same in groupby(told, key=lambda one: one.at):
        moment = list(same)
        for one in moment:
            said.add(one)
        for one in moment:
            original, how = links.get(one.article.id, (None, "cites"))
            retold = None if original else said.find_retold(one, links)
            firmest = said.find_copied(original, one) if original else retold or said.find_cited(one)
            how = RETOLD if retold else how
            if firmest:
                drawing.add(one.article.id)
            if firmest and (_is_firmer(one, firmest) or (original and _drops_speaker(one, firmest))):
                yield _make(firmest, one, how)
    yield from _find_uncredited([one for one in told if one.article.id not in links.keys() | drawing], told)


def _find_uncredited(fresh: Iterable[Utterance], told: Sequence[Utterance]) -> Iterator[Inflation]:
    """What articles say themselves as a fact, and the softer words of somebody that they have it from."""
    named = [one for one in told if one.speaker]
    firm_at = min((one.at for one in named if not _is_soft(one)), default=None)
    facts: dict[ArticleId, list[Utterance]] = {}
    for one in fresh:
        if _is_own_fact(one) and (firm_at is None or one.at <= firm_at):
            facts.setdefault(one.article.id, []).append(one)
    for own in facts.values():
        before = [one for one in named if one.at < own[0].at and one.article.url != own[0].article.url]
        if pair := _pair(before, own):
            yield _make(*pair, UNCREDITED)


def _pair(before: Sequence[Utterance], own: Sequence[Utterance]) -> tuple[Utterance, Utterance] | None:
    """The sentences that belong together best, of equals the first; in one language where there are any."""
    near = [one for one in before if one.article.lang == own[0].article.lang] or before
    pairs = [(_rate(drawn, repeat), -n, -m) for n, drawn in enumerate(near) for m, repeat in enumerate(own)]
    if not pairs:
        return None
    _, n, m = max(pairs)
    return near[-n], own[-m]


def _is_own_fact(one: Utterance) -> bool:
    return one.speaker is None and one.claim.modality is Modality.ASSERTED and not is_own_page(one)


def _is_soft(one: Utterance) -> bool:
    modality = one.claim.modality
    return modality in _SOFT or (modality is Modality.ASSERTED and bool(_RECKONS.search(one.claim.text)))


def _rate(drawn: Utterance, repeat: Utterance) -> tuple[bool, bool, bool]:
    """How well the two sentences belong together: by number, by deed, and in the text rather than its headline."""
    amounts = [claim.quantity.value if claim.quantity else None for claim in (drawn.claim, repeat.claim)]
    headline = repeat.claim.span[0] < len(repeat.article.title)
    return amounts[0] == amounts[1], drawn.claim.predicate is repeat.claim.predicate, not headline


def _is_firmer(one: Utterance, drawn_on: Utterance) -> bool:
    return compare_firmness(one.claim.modality, drawn_on.claim.modality) > 0


def _drops_speaker(one: Utterance, drawn_on: Utterance) -> bool:
    """Whether a copy tells as its own what the original has somebody say."""
    facts = one.claim.modality is drawn_on.claim.modality is Modality.ASSERTED
    return facts and one.speaker is None and drawn_on.speaker is not None


def _make(drawn_on: Utterance, repeat: Utterance, how: str) -> Inflation:
    return Inflation(drawn_on.id, repeat.id, drawn_on.claim.modality, repeat.claim.modality, how)


@dataclass(slots=True)
class _Said:
    """What was said so far in each article, and the firmest of each outlet by its folded name, then its own."""

    articles: dict[ArticleId, list[Utterance]] = field(default_factory=dict)
    outlets: dict[str, dict[str, Utterance]] = field(default_factory=dict)
    places: dict[ClaimId, int] = field(default_factory=dict)
    speakers: dict[EntityId | None, list[Utterance]] = field(default_factory=dict)

    def add(self, one: Utterance) -> None:
        self.places[one.id] = len(self.places)
        if one.speaker and one.speaker.entity:
            self.speakers.setdefault(one.speaker.entity, []).append(one)
        self.articles.setdefault(one.article.id, []).append(one)
        own = self.outlets.setdefault(fold_outlet(one.outlet), {})
        kept = own.get(one.outlet)
        own[one.outlet] = one if kept is None or _rank(one) > _rank(kept) else kept

    def find_copied(self, original: ArticleId, one: Utterance) -> Utterance | None:
        """The firmest of the original: of the same speaker's where it has any. Of equals the first."""
        held = self.articles.get(original, [])
        same = [said for said in held if one.speaker and said.voice == one.voice and said.speaker]
        return max(same or held, key=lambda said: (_rank(said), -self.places[said.id]), default=None)

    def find_retold(self, one: Utterance, links: Mapping[ArticleId, object]) -> Utterance | None:
        """The last words of the same speaker in another outlet's article that is no copy, where they are fresh."""
        last: list[Utterance] = []
        for said in reversed(self.speakers.get(one.speaker.entity, ()) if one.speaker else ()):
            if one.at - said.at > _SAME_WORDS or (last and said.at < last[0].at):
                break
            if said.at < one.at and said.outlet != one.outlet and said.article.id not in links:
                last.append(said)
        return max(last, key=lambda said: (_rank(said), -self.places[said.id]), default=None)

    def find_cited(self, one: Utterance) -> Utterance | None:
        """The firmest of the other outlets that are among its speakers."""
        cited = {fold_outlet(claimant.party.name) for claimant in one.claim.claimants}
        near = [said for name in cited for outlet, said in self.outlets.get(name, {}).items() if outlet != one.outlet]
        return max(near, key=lambda said: (_rank(said), -self.places[said.id]), default=None)


def _link(told: list[Utterance], copies: tuple[Copy, ...]) -> dict[ArticleId, tuple[ArticleId, str]]:
    """Of each article that repeats another that is here: which, and how; the nearest one of a chain."""
    holding = {one.article.id for one in told}
    links = {id: (root, kind.value) for id, (root, kind) in find_roots(told, copies).items()}
    nearest = sorted((copy for copy in copies if copy.original in holding), key=lambda copy: copy.score)
    return links | {copy.article: (copy.original, copy.kind.value) for copy in nearest}


def _rank(one: Utterance) -> tuple[int, bool]:
    """By firmness; of equals one that a speaker is named for."""
    return compare_firmness(one.claim.modality, Modality.QUESTIONED), bool(one.claim.claimants)
