"""Who speaks in utterances: those from whom they come, copies aside."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.matters.speakers import is_nobody
from graph.records import ArticleId, ClaimId, Copy
from graph.utterances import Utterance

Voice = tuple[str, str]


def name_voice(told: Utterance) -> Voice:
    """Whom it comes from in the end; whoever has no name is one with the others of the same outlet."""
    speaker, outlet = told.speaker, told.article.source.id
    if speaker is None or is_nobody(speaker):
        return "outlet", outlet
    return ("entity", speaker.entity) if speaker.entity else ("unnamed", outlet)


def list_voices(told: Sequence[Utterance]) -> Mapping[Voice, ClaimId]:
    """Those from whom it comes, each with the first that it says; an article's own voice beside a speaker whom it
    names adds none."""
    citing = {one.article.id for one in told if one.claim.claimants}
    voices: dict[Voice, ClaimId] = {}
    for one in told:
        if one.claim.claimants or one.article.id not in citing:
            voices.setdefault(name_voice(one), one.id)
    return voices


def index_copies(copies: Iterable[Copy]) -> Mapping[ArticleId, frozenset[ArticleId]]:
    """What each article repeats."""
    originals: dict[ArticleId, set[ArticleId]] = defaultdict(set)
    for copy in copies:
        originals[copy.article].add(copy.original)
    return {id: frozenset(found) for id, found in originals.items()}


def leave_copies_out(
    now: Sequence[Utterance], earlier: Sequence[Utterance], copies: Mapping[ArticleId, frozenset[ArticleId]]
) -> list[Utterance]:
    """Those of now that do not stand in a copy of another article that tells the same matter."""
    holding = {told.article.id for told in (*now, *earlier)}
    return [told for told in now if holding.isdisjoint(copies.get(told.article.id, ()))]
