"""Which of the drafted claims stay: of several guesses at one thing the likeliest, of several tellings the fullest."""

from collections.abc import Iterable, Iterator, Sequence

from graph.records import CueKind, Predicate
from ingest.nlp.document import Draft, Span
from ingest.nlp.scorer import Signs

Signed = tuple[Draft, Signs]

# A figure of a party is one of these.
_OF_ONE_KIND = frozenset(
    {
        Predicate.COSTS,
        Predicate.EARNED,
        Predicate.HAS_USERS,
        Predicate.LOST_VALUE,
        Predicate.OUTPERFORMS,
        Predicate.RAISED,
        Predicate.STOCK_MOVED,
        Predicate.UNDERPERFORMS,
        Predicate.VALUED_AT,
    }
)
# What mostly one does: who is named in the sentence, rather than before.
_BY_ONE = frozenset(
    {
        Predicate.ACQUIRED,
        Predicate.INVESTED_IN,
        Predicate.OWNS,
        Predicate.RAISED,
        Predicate.SUED,
        Predicate.FINED,
        Predicate.JOINED,
        Predicate.LEFT,
    }
)
# Which of two is better.
_WON = frozenset({Predicate.OUTPERFORMS, Predicate.UNDERPERFORMS})
# What the very same words tell is one of these: "failed to solve it".
_ABLE = frozenset({Predicate.CAN, Predicate.CANNOT})
# Of two parties a sentence tells at most one of two such: "joined Vela after he was ousted at Orrery" is read as left
# and joined of both (in 16,000 annotated claims nobody joined in a sentence what he left or founded in it).
_AT_MOST_ONE = (
    frozenset({Predicate.RULED_FOR, Predicate.RULED_AGAINST}),
    frozenset({Predicate.JOINED, Predicate.LEFT}),
    frozenset({Predicate.JOINED, Predicate.FOUNDED}),
    _ABLE,
)

# Two predicates for the same parties are mostly two guesses at one; from this logit up each is right as often as not.
_BELIEVED = 0.0


def choose(made: Sequence[Signed]) -> Iterator[Signed]:
    """Those of an article's drafts that stay, in order, each with its signs."""
    yield from _drop_lesser(_drop_away(_drop_gainsaid(_drop_doubtful(_drop_other_kinds(made)))))


def _drop_doubtful(made: Sequence[Signed]) -> list[Signed]:
    """Of drafts about the same parties and amount in a sentence the likeliest, and others the network believes too."""
    same: dict[tuple[object, ...], dict[Predicate, Signed]] = {}
    for draft, signs in made:
        sides = (draft.object, draft.quantity)
        key = (draft.span, draft.subject, *sides, draft.benchmark, draft.predicate if sides == (None, None) else None)
        same.setdefault(key, {}).setdefault(draft.predicate, (draft, signs))
    kept: list[Signed] = []
    for drafts in same.values():
        best = max(signs["holds"] for _, signs in drafts.values())
        kept += [one for one in drafts.values() if one[1]["holds"] >= min(best, _BELIEVED)]
    return kept


def drop_rivals(scored: Iterable[Signed]) -> list[Signed]:
    """The drafts, in order, without those that cannot be so beside one of the same parties with a better score."""
    listed = list(scored)
    stay: dict[tuple[object, ...], set[Predicate]] = {}
    kept: set[int] = set()
    for place in sorted(range(len(listed)), key=lambda one: _rate(listed[one]), reverse=True):
        draft = listed[place][0]
        there = stay.setdefault((draft.span, draft.subject, draft.object, _find_ability(draft)), set())
        if not any(draft.predicate in pair and there & (pair - {draft.predicate}) for pair in _AT_MOST_ONE):
            there.add(draft.predicate)
            kept.add(place)
    return [one for place, one in enumerate(listed) if place in kept]


def _find_ability(draft: Draft) -> tuple[Span, ...]:
    """The words that tell what something can or cannot do: a sentence may tell both."""
    return tuple(cue.span for cue in draft.cues if cue.kind is CueKind.TRIGGER) if draft.predicate in _ABLE else ()


def _rate(one: Signed) -> tuple[float, float]:
    draft, signs = one
    return draft.score or 0.0, signs["holds"]


def _drop_other_kinds(made: Sequence[Signed]) -> list[Signed]:
    """Drafts, of those that say of one figure of a party that it is this and that the likeliest: the same sum was not
    raised and is what the firm is valued at."""
    places = [_find_figure(draft) for draft, _ in made]
    best: dict[tuple[object, ...] | None, tuple[float, Predicate]] = {}
    for place, (draft, signs) in zip(places, made, strict=True):
        likely = (signs["holds"], draft.predicate)
        best[place] = max(best.get(place, likely), likely)
    return [one for place, one in zip(places, made, strict=True) if place is None or best[place][1] is one[0].predicate]


def _find_figure(draft: Draft) -> tuple[object, ...] | None:
    """Of whom which figure of a sentence is told, where it can be of one kind alone."""
    if draft.quantity is None or draft.predicate not in _OF_ONE_KIND:
        return None
    return draft.span, draft.subject, draft.object, draft.quantity.text


def _drop_gainsaid(made: Sequence[Signed]) -> list[Signed]:
    """Without comparisons that go against the scores of their sentence: "A scores 71 (B: 75)" is no win of A."""
    scores = {
        (draft.span, draft.benchmark, draft.subject): draft.quantity.value
        for draft, _ in made
        if draft.predicate is Predicate.SCORES and draft.quantity and draft.quantity.measure != "error_rate"
    }

    def goes_against(draft: Draft) -> bool:
        sides = [scores.get((draft.span, draft.benchmark, side)) for side in (draft.subject, draft.object) if side]
        mine, theirs = sides if len(sides) == 2 else (None, None)
        if mine is None or theirs is None or draft.quantity:
            return False
        return theirs > mine if draft.predicate is Predicate.OUTPERFORMS else mine > theirs

    return [one for one in made if one[0].predicate not in _WON or not goes_against(one[0])]


def _drop_away(made: Sequence[Signed]) -> list[Signed]:
    """Without drafts of somebody named before, where their sentence names who else does the very same."""

    def tell(draft: Draft) -> tuple[object, ...]:
        return draft.span, draft.predicate, draft.object, draft.quantity

    away = [bool(signs["subject:away"]) and draft.predicate in _BY_ONE for draft, signs in made]
    named = {
        tell(draft) for (draft, signs), far in zip(made, away, strict=True) if not far and signs.get("subject=named")
    }
    return [one for one, far in zip(made, away, strict=True) if not (far and tell(one[0]) in named)]


def _drop_lesser(made: Sequence[Signed]) -> Iterator[Signed]:
    """Without drafts that only leave out the object or the amount of another of the same sentence."""
    told: dict[tuple[object, ...], list[Draft]] = {}
    for draft, _ in made:
        told.setdefault((draft.span, draft.predicate, draft.subject), []).append(draft)
    for draft, signs in made:
        others = told[draft.span, draft.predicate, draft.subject]
        if not any(_says_more(other, draft) for other in others):
            yield draft, signs


def _says_more(other: Draft, draft: Draft) -> bool:
    same = (other.object, other.quantity) == (draft.object, draft.quantity)
    return not same and draft.object in (None, other.object) and draft.quantity in (None, other.quantity)
