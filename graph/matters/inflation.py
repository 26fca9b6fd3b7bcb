"""Repeats that are firmer than the sentence they draw on: doubt lost on the way, both sentences side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from graph.firmness import compare_firmness
from graph.matters.origins import find_roots
from graph.matters.witnesses import is_own_page
from graph.records import ArticleId, ClaimId, Copy, CopyKind, EntityId, Modality, Polarity
from graph.utterances import Utterance, fold_outlet, sort_utterances

UNCREDITED = "uncredited"
"""How an article draws on what others told before, when it says so itself and names nobody."""

RETOLD = "retold"
"""How an article draws on the words that another had from the same speaker a few hours before."""

SAME_WORDS = timedelta(hours=36)
"""How long another outlet tells what a speaker said before; later he may have said it anew."""
# What one reckons is not what one knows, however firmly an article then tells it.
_RECKONS = re.compile(r"\b(?:estimat|reckon|believ|guess|think|calculat)\w*|推計|試算|推定|見積|とみて", re.IGNORECASE)
# Hearsay may be what the article heard itself; these are somebody's charge, guess or question.
_LEAST = Modality.QUESTIONED
_SOFT = (Modality.ALLEGED, Modality.SPECULATED, Modality.QUESTIONED)


@dataclass(frozen=True, slots=True)
class Inflation:
    """A claim and the later, firmer one that draws on it.

    how  `syndicated`, `translated`, `rewritten`, `cites` for an article that names the outlet it has it from, or
         `retold` or `uncredited`. A copy in the same words or translated, and who leaves out that somebody only
         reckons so, may be firmer by leaving out the speaker.
    """

    drawn_on: ClaimId
    repeat: ClaimId
    was: Modality
    now: Modality
    how: str


def find_inflation(utterances: Iterable[Utterance], copies: Iterable[Copy] = ()) -> tuple[Inflation, ...]:
    """The repeats that are firmer than what they draw on, in the order of their reports; of two articles one pair.

    Given are the utterances of one proposition; those that affirm it and those that deny it are two things told. A
    repeat is compared with the article that it copies or cites, no further back: each step of a chain is its own. Of
    what stands there it is compared with the likest: a sentence of the text with one of the text, a number with the
    same, in a translation a sentence with that of the same place; of equals with the firmest. What an article says
    itself, naming nobody, when others had only charged or guessed it, is compared with what these left most open.
    """
    told = sort_utterances(utterances)
    kept = tuple(copies)
    sides = ([one for one in told if one.claim.polarity is polarity] for polarity in Polarity)
    found = [item for side in sides for item in _keep_best(_find(side, kept), side)]
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
            firmest = said.find_copied(original, one, how) if original else retold or said.find_cited(one)
            how = RETOLD if retold else how
            if firmest:
                drawing.add(one.article.id)
            copied = original and how != CopyKind.REWRITTEN.value
            if firmest and (_is_firmer(one, firmest) or (copied and _drops_speaker(one, firmest))):
                yield _make(firmest, one, how)
    yield from _find_uncredited([one for one in told if one.article.id not in links.keys() | drawing], told)


def _keep_best(found: Iterable[Inflation], told: Sequence[Utterance]) -> Iterator[Inflation]:
    """Of what one article has from another one pair: whose sentences belong together best, of equals the first."""
    known = {one.id: one for one in told}
    best: dict[tuple[ArticleId, ArticleId], tuple[tuple[bool, ...], Inflation]] = {}
    for item in found:
        drawn, repeat = known[item.drawn_on], known[item.repeat]
        key, rating = (drawn.article.id, repeat.article.id), _rate(drawn, repeat)
        if key not in best or rating > best[key][0]:
            best[key] = rating, item
    yield from (item for _, item in best.values())


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
    """The sentences that belong together best, of equals the one that leaves most open, then the first."""
    pairs = [
        (_rate(drawn, repeat), not _is_headline(drawn), -compare_firmness(drawn.claim.modality, _LEAST), -n, -m)
        for n, drawn in enumerate(before)
        for m, repeat in enumerate(own)
    ]
    if not pairs:
        return None
    *_, n, m = max(pairs)
    return before[-n], own[-m]


def _is_own_fact(one: Utterance) -> bool:
    return one.speaker is None and one.claim.modality is Modality.ASSERTED and not is_own_page(one)


def _is_soft(one: Utterance) -> bool:
    modality = one.claim.modality
    return modality in _SOFT or (modality is Modality.ASSERTED and bool(_RECKONS.search(one.claim.text)))


def _rate(drawn: Utterance, repeat: Utterance) -> tuple[bool, ...]:
    """How well the two sentences belong together: by number, by deed, and in the text rather than its headline."""
    return _is_of_number(drawn, repeat), drawn.claim.predicate is repeat.claim.predicate, not _is_headline(repeat)


def _is_of_number(one: Utterance, other: Utterance) -> bool:
    amounts = [claim.quantity.value if claim.quantity else None for claim in (one.claim, other.claim)]
    return amounts[0] == amounts[1]


def _is_headline(one: Utterance) -> bool:
    return one.claim.span[0] < len(one.article.title)


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
    """What was said so far in each article, by each outlet under its folded name, and by each speaker."""

    articles: dict[ArticleId, list[Utterance]] = field(default_factory=dict)
    outlets: dict[str, list[Utterance]] = field(default_factory=dict)
    places: dict[ClaimId, int] = field(default_factory=dict)
    speakers: dict[EntityId | None, list[Utterance]] = field(default_factory=dict)

    def add(self, one: Utterance) -> None:
        self.places[one.id] = len(self.places)
        if one.who:
            self.speakers.setdefault(one.who, []).append(one)
        self.articles.setdefault(one.article.id, []).append(one)
        self.outlets.setdefault(fold_outlet(one.outlet), []).append(one)

    def find_copied(self, original: ArticleId, one: Utterance, how: str) -> Utterance | None:
        """The likest of the original: of the same speaker's where it has any."""
        held = self.articles.get(original, [])
        same = [said for said in held if one.speaker and said.voice == one.voice and said.speaker]
        return self._find_likest(one, same or held, in_order=how != CopyKind.REWRITTEN.value)

    def _find_likest(self, one: Utterance, held: Iterable[Utterance], *, in_order: bool = False) -> Utterance | None:
        """The one that belongs to it best, of equals the firmest, then the first; `in_order`: both articles tell the
        same in the same order."""

        def key(said: Utterance) -> tuple[object, ...]:
            apart = abs(self._find_depth(said) - self._find_depth(one)) if in_order else 0.0
            return (
                _is_headline(said) is _is_headline(one),
                _is_of_number(said, one),
                said.claim.predicate is one.claim.predicate,
                -round(apart, 1),
                _rank(said),
                -self.places[said.id],
            )

        return max(held, key=key, default=None)

    def _find_depth(self, one: Utterance) -> float:
        """How far down its article it stands, as far as what is told there goes: from 0 to 1."""
        end = max(said.claim.span[1] for said in self.articles[one.article.id])
        return one.claim.span[0] / max(end, 1)

    def find_retold(self, one: Utterance, links: Mapping[ArticleId, object]) -> Utterance | None:
        """The last words of the same speaker in another outlet's article that is no copy, where they are fresh."""
        last: list[Utterance] = []
        for said in reversed(self.speakers.get(one.who, ())):
            if one.at - said.at > SAME_WORDS or (last and said.at < last[0].at):
                break
            if said.at < one.at and said.outlet != one.outlet and said.article.id not in links:
                last.append(said)
        return max(last, key=lambda said: (_rank(said), -self.places[said.id]), default=None)

    def find_cited(self, one: Utterance) -> Utterance | None:
        """The likest of the other outlets that are among its speakers."""
        cited = sorted({fold_outlet(claimant.party.name) for claimant in one.claim.claimants})
        return self._find_likest(
            one, (s for name in cited for s in self.outlets.get(name, ()) if s.outlet != one.outlet)
        )


def _link(told: list[Utterance], copies: tuple[Copy, ...]) -> dict[ArticleId, tuple[ArticleId, str]]:
    """Of each article that repeats another that is here: which, and how; the nearest one of a chain."""
    holding = {one.article.id for one in told}
    links = {id: (root, kind.value) for id, (root, kind) in find_roots(told, copies).items()}
    nearest = sorted((copy for copy in copies if copy.original in holding), key=lambda copy: copy.score)
    links |= {copy.article: (copy.original, copy.kind.value) for copy in nearest}
    # Who repeats a page that was taken over word for word repeats the one that it was taken from.
    word_for_word = {id: original for id, (original, how) in links.items() if how == CopyKind.SYNDICATED.value}
    return {
        id: (word_for_word.get(original, original) if how != CopyKind.SYNDICATED.value else original, how)
        for id, (original, how) in links.items()
    }


def _rank(one: Utterance) -> tuple[int, bool]:
    """By firmness; of equals one that a speaker is named for."""
    return compare_firmness(one.claim.modality, _LEAST), bool(one.claim.claimants)
