"""Which matter of the graph is the one expected: by the sentences its claims stand in.

A claim is taken to be of every expected matter of which its sentence holds an anchor, unless the matter of the graph
that holds most anchors of that one, its home, has a claim in the same sentence: then that claim is the one meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.outcome import ClaimPlace, Outcome
from graph.answers.chapters import ChapterView
from graph.records import PropositionId
from ingest.stories.records import ExpectedMatter, Story

_WORD = re.compile(r"[^\W_]+")
Sentence = tuple[str, str]
"""An article by file, and a sentence of it."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Expected matters by id, and matters of the graph.

    there   the one of the graph that is the one expected; no two expected have the same
    holding all of the graph that have a claim in an anchor's sentence, most anchors first
    mixed   those of the graph that hold claims of expected matters that should be apart
    """

    there: Mapping[str, ChapterView]
    holding: Mapping[str, tuple[ChapterView, ...]]
    mixed: frozenset[PropositionId]


def match_matters(story: Story, outcome: Outcome) -> Matched:
    """The matters of the graph beside those that the story expects."""
    matters = story.expect.propositions
    sentences = {chapter.matter: _list_sentences(chapter, outcome) for chapter in outcome.chapters}
    holding = {matter.id: tuple(_find_holding(matter, outcome, sentences)) for matter in matters}
    owned = {chapter.matter: _find_owned(chapter, matters, holding, sentences) for chapter in outcome.chapters}
    fitting = {
        matter.id: [
            chapter
            for chapter in holding[matter.id]
            if _has_enough(matter, story, sentences[chapter.matter]) and _is_apart(matter.id, owned[chapter.matter])
        ]
        for matter in matters
    }
    homes: dict[PropositionId, set[str]] = {}
    for id, chapters in holding.items():
        if chapters:
            homes.setdefault(chapters[0].matter, set()).add(id)
    mixed = {id for id, ids in homes.items() if not any(_is_apart(one, owned[id]) for one in ids)}
    return Matched(_pair(fitting), holding, frozenset(mixed))


def _list_sentences(chapter: ChapterView, outcome: Outcome) -> tuple[Sentence, ...]:
    places = (outcome.places.get(id) for id in (*chapter.affirmed, *chapter.denied))
    return tuple(dict.fromkeys(_key(place) for place in places if place))


def _key(place: ClaimPlace) -> Sentence:
    return place.file, place.sentence


def _speaks(sentence: Sentence, matter: ExpectedMatter) -> bool:
    file, words = sentence
    return file in matter.anchors and matter.anchors[file] in words


def _list_held(matter: ExpectedMatter, sentences: Sequence[Sentence]) -> set[str]:
    """The files of the anchors that stand in the sentences."""
    return {sentence[0] for sentence in sentences if _speaks(sentence, matter)}


def _find_holding(
    matter: ExpectedMatter, outcome: Outcome, sentences: Mapping[PropositionId, Sequence[Sentence]]
) -> Iterator[ChapterView]:
    """Those with a claim in an anchor's sentence: most anchors first, then most words of the label."""
    label = _list_words(matter.label)
    ranked = []
    for chapter in outcome.chapters:
        if held := len(_list_held(matter, sentences[chapter.matter])):
            alike = len(label & _list_words(f"{chapter.label_en} {chapter.label_ja}"))
            ranked.append((-held, -alike, chapter.matter, chapter))
    yield from (chapter for *_, chapter in sorted(ranked, key=lambda row: row[:3]))


def _list_words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _find_owned(
    chapter: ChapterView,
    matters: Sequence[ExpectedMatter],
    holding: Mapping[str, Sequence[ChapterView]],
    sentences: Mapping[PropositionId, Sequence[Sentence]],
) -> list[tuple[set[str], set[str]]]:
    """Of each of its sentences the expected matters that are spoken of there, and those of which it holds a claim."""
    found = []
    for sentence in sentences[chapter.matter]:
        spoken = {matter.id for matter in matters if _speaks(sentence, matter)}
        homes = {id: holding[id][0].matter for id in spoken}
        owned = {id for id, home in homes.items() if home == chapter.matter or sentence not in sentences[home]}
        found.append((spoken, owned))
    return found


def _is_apart(id: str, owned: Sequence[tuple[set[str], set[str]]]) -> bool:
    """Whether no sentence holds a claim of another matter and speaks not of this one."""
    return all(id in spoken or not others for spoken, others in owned)


def _has_enough(matter: ExpectedMatter, story: Story, sentences: Sequence[Sentence]) -> bool:
    """Two thirds of the anchors, and one in every language that has any."""
    langs = {article.file: article.lang for article in story.articles}
    held = _list_held(matter, sentences)
    every = {langs[file] for file in matter.anchors}
    return 3 * len(held) >= 2 * len(matter.anchors) and {langs[file] for file in held} == every


def _pair(fitting: Mapping[str, Sequence[ChapterView]]) -> dict[str, ChapterView]:
    """As many expected matters as can have one of the graph each, the better ones first."""
    taken: dict[PropositionId, str] = {}
    chosen: dict[str, ChapterView] = {}

    def place(id: str, tried: set[PropositionId]) -> bool:
        for chapter in fitting[id]:
            if chapter.matter in tried:
                continue
            tried.add(chapter.matter)
            holder = taken.get(chapter.matter)
            if holder is None or place(holder, tried):
                taken[chapter.matter], chosen[id] = id, chapter
                return True
        return False

    for id in fitting:
        place(id, set())
    return chosen
