"""The same story on another address: sketches of articles, and who copies whom. A pair is judged by itself alone.

Wording: MinHash over runs of words. Translations, and who retells a report that he names: names and figures in common,
then vectors of the first sentences.
What holds for a pair never depends on which of the two was met first, nor on what else is there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from math import ceil

import numpy as np
import numpy.typing as npt
import rensa

from graph.ids import format_time
from graph.records import Article, ArticleId, Copy, CopyKind
from ingest.copies.marks import find_marks, list_callings, names_source, take_names, take_plain, take_told, take_values
from ingest.language import UNKNOWN
from ingest.sketches import Sketch

# One story is told again within a month; a translation follows within days.
WINDOW = timedelta(days=30)
_TRANSLATED_WITHIN = timedelta(days=7)
# The standard error of a share of .4 is .03 with so many; each takes four bytes.
_PERMUTATIONS = 256
_SEED = 1
# Texts of fewer runs of words are too short to tell a copy from a common phrase.
_FEWEST_RUNS = 30
# Thresholds as measured by bench/copies.py; pages of one site share up to .37 of their text in templates.
_MOST = 0.8
_MUCH = 0.4
_MUCH_WHEN_CREDITED = 0.25
_LEAST_OF_COPY = 0.3
_SAME_LEAD = 0.6
# Less of a signature in common leaves no share of the text that would count.
_LEAST_ALIKE = 0.08
# Of copies that count one in 3,000 has fewer than two of the first 64 in common, of other pairs nine in ten.
_FIRST = 64
_LEAST_OF_FIRST = 2
# A thousand pages of one text, as a hostile feed may give, are not to become half a million pairs.
_MOST_CANDIDATES = 50
# True translations share .86 of the names and figures of the one that has fewer, others of one topic .55 at the most.
_SAME_MARKS = 0.6
_FEWEST_MARKS = 2
# Names that no table has stand in katakana there and in Latin letters here, and numbers are written in other scales. Of
# six translations of invented names the original had .55 to .68 of their sounds and values, 11 to 15 of them but for
# one, with leads at .34 and more; other articles on the same affair had .50 at the most, 6 of them.
_SAME_TOLD = 0.53
_FEWEST_TOLD = 4
# Who translates keeps the numbers: 28 translations had .75 of them and more, of eleven other articles that share names
# and leads so far six had less than two thirds. A translation that is missed counts as a voice of its own, so the line
# lies lower than these say.
_SAME_VALUES = 0.66
_MANY_TOLD = 10
# Who retells a report in words of his own names whose it is. Ten such retellings had .45 to .69 of their names and
# figures from it; of other articles that name another's source none had more than .43 with a lead as near.
_RETOLD_WITHIN = timedelta(days=3)
_MUCH_RETOLD = 0.45
_LIKE_LEAD = 0.55
_NEAR_LEAD = 0.3
_LEAD_SENTENCES = 2
_LONGEST_SENTENCE = 300
_SHORTEST_SENTENCE = 20
_SHORTEST_NAME = 4
_LONGEST_LEAD = 1_500
# How far into a text its wording is compared: a feed may carry megabytes.
_COMPARED = 200_000

_WORDS = re.compile(r"\w+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")

Vectors = npt.NDArray[np.float32]
Signature = npt.NDArray[np.uint32]
Matrix = npt.NDArray[np.uint32]


Look = Callable[[Sketch], Vectors]
"""The vectors of a sketch's lead, a row each, of length 1."""


def make_sketch(article: Article) -> Sketch:
    """The sketch of an article."""
    runs = _list_runs(article.text[:_COMPARED])
    [signature] = rensa.RMinHash.digests_from_token_sets([runs], _PERMUTATIONS, _SEED)
    return Sketch(
        article=article.id,
        url=article.url,
        source=article.source.name,
        lang=article.lang,
        published_at=article.published_at,
        fetched_at=article.fetched_at,
        runs=len(runs),
        signature=np.array(signature, np.uint32).tobytes(),
        marks=find_marks(f"{article.title}\n{article.text}"),
        lead=_find_lead(article),
    )


def find_copies(new: Sequence[Sketch], known: Sequence[Sketch], look: Look) -> Iterator[Copy]:
    """The copies among pairs that have a new sketch in them, each pair once.

    Of more than 50 candidates on either side the earliest are looked at: all pairs of a group of 51, and of a larger
    one enough to hold it together.
    """
    aged = sorted({one.article: one for one in (*known, *new)}.values(), key=_get_age)
    matrix = np.array([_read_signature(one) for one in aged]).reshape(-1, _PERMUTATIONS)
    first = np.ascontiguousarray(matrix[:, :_FIRST])
    marked, retold = _find_marked(new, aged), _find_retold(new, aged)
    fresh = {one.article for one in new}
    for own, one in enumerate(aged):
        if one.article not in fresh:
            continue
        alike = sorted(_find_alike(_read_signature(one), first, matrix) | marked[one.article] | retold[one.article])
        older = [aged[place] for place in alike if place < own]
        # A new one that is younger finds this one by itself.
        younger = [aged[place] for place in alike if place > own and aged[place].article not in fresh]
        for other in (*older[:_MOST_CANDIDATES], *younger[:_MOST_CANDIDATES]):
            if copy := judge_pair(one, other, look):
                yield copy


def judge_pair(one: Sketch, other: Sketch, look: Look) -> Copy | None:
    """How the later of two articles copies the earlier; None when it does not. Versions of one page are no copies."""
    original, article = sorted((one, other), key=_get_age)
    if one.url == other.url or article.published_at - original.published_at > WINDOW:
        return None
    kind, score = _compare_words(article, original)
    if not kind and _may_retell(article, original) and compare_leads(look(article), look(original)) >= _NEAR_LEAD:
        kind, score = CopyKind.REWRITTEN, _share_names(article, original)
    if not kind and _may_translate(article, original):
        score = compare_leads(look(article), look(original))
        kind = CopyKind.TRANSLATED if score >= _find_least(article, original) else None
    if not kind:
        return None
    # Pages that are half code and names share wording in two languages.
    kind = CopyKind.TRANSLATED if _differ_in_language(article, original) else kind
    return Copy(article.article, original.article, kind, round(min(score, 1.0), 2))


def compare_leads(one: Vectors, other: Vectors) -> float:
    """How near two leads are in meaning, about 0 to 1: each sentence beside the nearest of the other text."""
    if not len(one) or not len(other):
        return 0.0
    near = one @ other.T
    return float(near.max(axis=1).mean() + near.max(axis=0).mean()) / 2


def _compare_words(article: Sketch, original: Sketch) -> tuple[CopyKind | None, float]:
    """The kind, and how much of the article's wording the original has."""
    if min(article.runs, original.runs) < _FEWEST_RUNS:
        return None, 0.0
    same = float((_read_signature(article) == _read_signature(original)).mean())
    if same < _LEAST_ALIKE:
        return None, 0.0
    shared = same * (article.runs + original.runs) / (1 + same)
    of_copy, of_shorter = shared / article.runs, shared / min(article.runs, original.runs)
    if of_copy >= _MOST:
        return CopyKind.SYNDICATED, of_copy
    needed = _MUCH_WHEN_CREDITED if _credits(article, original) else _MUCH
    # A digest that holds a whole short story among others is no copy of that story.
    if of_shorter >= needed and of_copy >= min(needed, _LEAST_OF_COPY):
        return CopyKind.REWRITTEN, of_copy
    return None, of_copy


def _credits(article: Sketch, original: Sketch) -> bool:
    """Whether the article names the other's source at its beginning: "Reuters reports"."""
    name = original.source.casefold()
    if article.source == original.source or len(name) < _SHORTEST_NAME:
        return False
    return name in " ".join(article.lead).casefold()


def _may_retell(article: Sketch, original: Sketch) -> bool:
    """Whether it names the other's source and has much of what it tells from there, in whatever words."""
    if article.lang != original.lang or article.published_at - original.published_at > _RETOLD_WITHIN:
        return False
    credits = article.source != original.source and names_source(article.marks, original.source)
    return credits and _share_names(article, original) >= _MUCH_RETOLD


def _share_names(article: Sketch, original: Sketch) -> float:
    """How many of the names and figures of the one the other has; 0 where they are few."""
    shared = len(take_names(article.marks & original.marks))
    return shared / len(take_names(article.marks)) if shared >= _MANY_TOLD else 0.0


def _may_translate(one: Sketch, other: Sketch) -> bool:
    if not _differ_in_language(one, other) or abs(one.published_at - other.published_at) > _TRANSLATED_WITHIN:
        return False
    return _share_plain(one, other) or _count_told(one, other) > 0


def _find_least(one: Sketch, other: Sketch) -> float:
    """How near leads must be in meaning, by what else the two have in common."""
    told = _count_told(one, other)
    by_told = _NEAR_LEAD if told >= _MANY_TOLD else _LIKE_LEAD if told else _SAME_LEAD
    return min(by_told, _SAME_LEAD) if _share_plain(one, other) else by_told


def _share_plain(one: Sketch, other: Sketch) -> bool:
    first, second = take_plain(one.marks), take_plain(other.marks)
    needed = max(_FEWEST_MARKS, ceil(_SAME_MARKS * min(len(first), len(second))))
    return len(first & second) >= needed


def _count_told(one: Sketch, other: Sketch) -> int:
    """Sounds of names and values of numbers in common; 0 where they are few, or a small part of the one with fewer, or
    where other numbers are told."""
    first, second = take_told(one.marks), take_told(other.marks)
    same = first & second
    values, fewer = len(take_values(same)), min(len(take_values(first)), len(take_values(second)))
    kept = len(same) >= max(_FEWEST_TOLD, _SAME_TOLD * min(len(first), len(second))) and values >= _SAME_VALUES * fewer
    return len(same) if kept else 0


def _differ_in_language(one: Sketch, other: Sketch) -> bool:
    return one.lang != other.lang and UNKNOWN not in (one.lang, other.lang)


def _get_age(sketch: Sketch) -> tuple[str, str, str]:
    return format_time(sketch.published_at), format_time(sketch.fetched_at), sketch.article


def _read_signature(sketch: Sketch) -> Signature:
    return np.frombuffer(sketch.signature, np.uint32)


def _find_alike(one: Signature, first: Matrix, matrix: Matrix) -> set[int]:
    """Places of signatures that have so much in common that a copy is possible; the first columns rule most out."""
    maybe = np.nonzero(np.count_nonzero(first == one[:_FIRST], axis=1) >= _LEAST_OF_FIRST)[0]
    same = np.count_nonzero(matrix[maybe] == one, axis=1)
    return set(maybe[same >= _LEAST_ALIKE * _PERMUTATIONS].tolist())


def _find_marked(new: Sequence[Sketch], aged: Sequence[Sketch]) -> dict[ArticleId, set[int]]:
    """For each new sketch, places of those that may be a translation of it, or it of them."""
    holders: dict[str, list[Sketch]] = defaultdict(list)
    for one in new:
        for mark in take_plain(one.marks) | take_told(one.marks):
            holders[mark].append(one)
    sketches = {one.article: one for one in new}
    langs = {one.lang for one in new}
    found: dict[ArticleId, set[int]] = {article: set() for article in sketches}
    for place, other in enumerate(aged):
        if langs == {other.lang}:
            continue
        shared = Counter(
            one.article for mark in take_plain(other.marks) | take_told(other.marks) for one in holders.get(mark, ())
        )
        for article, number in shared.items():
            if number >= _FEWEST_MARKS and _may_translate(sketches[article], other):
                found[article].add(place)
    return found


def _find_retold(new: Sequence[Sketch], aged: Sequence[Sketch]) -> dict[ArticleId, set[int]]:
    """For each new sketch, places of those that it may retell, or that may retell it."""
    found: dict[ArticleId, set[int]] = {one.article: set() for one in new}
    if not new:
        return found
    moments = sorted(one.published_at for one in new)
    near = [
        (place, other)
        for place, other in enumerate(aged)
        if moments[0] - _RETOLD_WITHIN <= other.published_at <= moments[-1] + _RETOLD_WITHIN
    ]
    sources: dict[str, list[int]] = defaultdict(list)
    for place, other in near:
        sources[other.source].append(place)
    called: dict[str, list[Sketch]] = defaultdict(list)
    for one in new:
        for mark in list_callings(one.source):
            called[mark].append(one)
        named = (place for source in sources if names_source(one.marks, source) for place in sources[source])
        found[one.article] = {place for place in named if _may_retell(one, aged[place])}
    callings = frozenset(called)
    for place, other in near:
        for one in (one for mark in callings & other.marks for one in called[mark]):
            if _may_retell(other, one):
                found[one.article].add(place)
    return found


def _list_runs(text: str) -> list[str]:
    """Runs of three words; of six characters where words are not set apart."""
    folded = text.casefold()
    if len(_CJK.findall(folded)) * 5 > len(folded):
        folded = _NOT_WORD.sub("", folded)
        return list({folded[at : at + 6] for at in range(len(folded) - 5)})
    words = _WORDS.findall(folded)
    return list({" ".join(words[at : at + 3]) for at in range(len(words) - 2)})


def _find_lead(article: Article) -> tuple[str, ...]:
    """The title and the first sentences of some length, cut where they are too long to compare."""
    body = article.text.removeprefix(article.title)[:_LONGEST_LEAD]
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(body)]
    found = [sentence[:_LONGEST_SENTENCE] for sentence in sentences if len(sentence) >= _SHORTEST_SENTENCE]
    return tuple(text for text in (article.title.strip()[:_LONGEST_SENTENCE], *found[:_LEAD_SENTENCES]) if text)
