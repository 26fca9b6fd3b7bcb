"""Matters beside those expected: their histories, origins and contradictions, and which articles repeat others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from evaluation.counting import Count
from evaluation.matching import Matched
from evaluation.outcome import Outcome, fold_both
from graph.answers.chapters import ChapterView
from graph.bundles import connect
from graph.matters.origins import Voice
from graph.records import ContradictionKind, CopyKind, Event, PropositionId, Status
from ingest.stories.records import ExpectedEvent, ExpectedMatter, Story, StoryArticle

_A_DAY = timedelta(days=1)
Pair = frozenset[str]


def count_matters(story: Story, matched: Matched) -> Count:
    """Those that are there; too much are those of the graph that hold what should be apart."""
    return Count(len(matched.there), len(story.expect.propositions), len(matched.mixed))


def count_events(story: Story, matched: Matched, *, later: bool = False) -> Count:
    """Steps of histories that the matter has within a day, all or those after the first.

    Too much is a last step that gives another status than the final one, where the story names it, and a
    corroboration of what has one origin; steps between those expected are not counted.
    """
    found = extra = 0
    for matter, chapter in _list_there(story, matched):
        skip = 1 if later else 0
        met = _meet(matter.status_events, chapter.history)
        found += sum(met[skip:])
        extra += _ends_wrongly(matter, chapter.history[skip:]) or _corroborates_wrongly(matter, chapter.history[skip:])
    expected = sum(len(matter.status_events[1 if later else 0 :]) for matter in story.expect.propositions)
    return Count(found, expected, extra)


def _list_there(story: Story, matched: Matched) -> Iterator[tuple[ExpectedMatter, ChapterView]]:
    for matter in story.expect.propositions:
        if chapter := matched.there.get(matter.id):
            yield matter, chapter


def _meet(wanted: Sequence[ExpectedEvent], history: Sequence[Event]) -> list[bool]:
    """Of each step expected whether the history has one; no step of it is two of them."""
    left = list(history)
    met = []
    for step in wanted:
        near = [one for one in left if one.status is step.status and abs(one.valid_from - step.valid_from) <= _A_DAY]
        if near:
            left.remove(min(near, key=lambda one: abs(one.valid_from - step.valid_from)))
        met.append(bool(near))
    return met


def _ends_wrongly(matter: ExpectedMatter, history: Sequence[Event]) -> bool:
    return bool(history) and matter.final_status is not None and history[-1].status is not matter.final_status


def _corroborates_wrongly(matter: ExpectedMatter, history: Sequence[Event]) -> bool:
    wanted = {event.status for event in matter.status_events}
    told = {event.status for event in history}
    return Status.CORROBORATED in told - wanted and len(matter.origins) == 1


def count_origins(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Matters that come from those named and from nobody else; too much is every other origin."""
    found = extra = 0
    for matter, chapter in _list_there(story, matched):
        missing, others = _compare_origins(matter, chapter.origins.origins, outcome)
        extra += others
        found += not missing and not others
    return Count(found, len(story.expect.propositions), extra)


def _compare_origins(matter: ExpectedMatter, voices: Iterable[Voice], outcome: Outcome) -> tuple[int, int]:
    """How many that are named are missing, and how many there are beside them. A name is one origin, not two."""
    wanted, also = list(matter.origins), list(matter.origins_also)
    instead = others = 0
    unplaced = []
    for voice in voices:
        names = outcome.list_names(voice)
        if name := _find_name(wanted, names):
            wanted.remove(name)
        else:
            unplaced.append(names)
    for names in unplaced:
        if name := _find_name(also, names):
            also.remove(name)
            instead += 1
        else:
            others += 1
    return max(len(wanted) - instead, 0), others


def _find_name(asked: Iterable[str], names: frozenset[str]) -> str | None:
    return next((name for name in asked if not fold_both(name).isdisjoint(names)), None)


def count_contradictions(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Pairs of matters that stand in a contradiction of that kind; too much are pairs of which the story says not."""
    wanted: dict[Pair, set[ContradictionKind]] = {}
    for matter in story.expect.propositions:
        for other in matter.contradicts:
            wanted.setdefault(frozenset((matter.id, other.id)), set()).add(other.kind)
    told = _list_told(matched, outcome)
    found = sum(bool(kinds & told.get(pair, set())) for pair, kinds in wanted.items())
    return Count(found, len(wanted), len(told.keys() - wanted.keys()))


def _list_told(matched: Matched, outcome: Outcome) -> dict[Pair, set[ContradictionKind]]:
    """The contradictions between matters that are there, by kind."""
    ids: dict[PropositionId, str] = {chapter.matter: id for id, chapter in matched.there.items()}
    told: dict[Pair, set[ContradictionKind]] = {}
    for one in outcome.contradictions:
        if one.one in ids and one.other in ids and not one.dismissed:
            told.setdefault(frozenset((ids[one.one], ids[one.other])), set()).add(one.kind)
    return told


def count_look_alikes(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Pairs that both are there and are told as no contradiction; too much are those told as one, or as one matter."""
    wanted = {
        frozenset((matter.id, other.id)) for matter in story.expect.propositions for other in matter.not_contradicting
    }
    told = _list_told(matched, outcome)
    found = [pair for pair in wanted if pair <= matched.there.keys() and pair not in told]
    extra = [pair for pair in wanted if pair in told or _are_one(pair, matched)]
    return Count(len(found), len(wanted), len(extra))


def _are_one(pair: Pair, matched: Matched) -> bool:
    homes = {chapters[0].matter for id in pair if (chapters := matched.holding[id])}
    return len(homes) == 1 and homes <= matched.mixed and all(matched.holding[id] for id in pair)


def count_copies(story: Story, outcome: Outcome) -> Count:
    """Articles kept as one with what they copy, no translation an origin; too much are others that are kept as one."""
    families = _connect(
        (article.file, other) for article in story.articles for other in (article.copy_of, article.version_of) if other
    )
    kept = _connect(outcome.copies)
    copies = [article for article in story.articles if article.copy_of]
    found = sum(_are_kept(article, kept) and not _is_origin(article, outcome) for article in copies)
    strange = {frozenset(pair) for pair in outcome.copies if not _are_linked(*pair, families)}
    return Count(found, len(copies), len(strange))


def _are_kept(article: StoryArticle, kept: dict[str, set[str]]) -> bool:
    return article.copy_of is not None and _are_linked(article.file, article.copy_of, kept)


def _is_origin(article: StoryArticle, outcome: Outcome) -> bool:
    """Whether a translation's outlet is an origin of what stands in both articles."""
    if article.copy_kind is not CopyKind.TRANSLATED:
        return False
    both = {article.file, article.copy_of}
    for chapter in outcome.chapters:
        files = {place.file for id in chapter.affirmed if (place := outcome.places.get(id))}
        voices = chapter.origins.origins
        if both <= files and any(outcome.is_called(one.name, one.entity, article.source) for one in voices):
            return True
    return False


def _are_linked(one: str, other: str, families: dict[str, set[str]]) -> bool:
    return other in families.get(one, {one})


def _connect(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Of each file all that are linked with it, over others too."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    return {file: family for family in map(set, connect(beside, beside)) for file in family}
