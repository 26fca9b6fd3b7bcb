"""Attribution beside PolNeAR: `python bench/polnear.py FOLDER` with brat files (Source, Cue and Content spans).

The reader's own chain of claimants is asked of every clause and laid out as theirs is, without rules of its own: the
content of a credit is the clause under its cue, or the clause its cue is put into, less the cue's words; there is one
attribution a cue; a sentence that only carries a quotation on goes to the last attribution. Their set counts views,
plans and acts of speech without a clause ("criticized the officer"), which the reader takes for no reporting: these
are misses here. Spans are compared as sets of characters that are not spaces, each used once, best overlap first.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from spacy.tokens import Token

from graph.ids import make_article_id
from graph.records import Article, Source, SourceId
from ingest.nlp.document import Draft, Sentence, Story
from ingest.nlp.en import English
from ingest.nlp.en.attribution import find_chain
from ingest.nlp.en.clauses import find_clauses, make_clause
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.quotes import Quotes
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

_DATA = Path(__file__).parents[1] / "data"
_DAY = datetime(2016, 9, 15, tzinfo=UTC)


@dataclass(slots=True)
class Attribution:
    """Offsets of the characters of a content and of its source; no source where none is told."""

    content: set[int]
    source: set[int]


class _Listener(English):
    """Keeps the story that it is given to read."""

    story: Story | None = None

    def read(self, story: Story) -> Iterator[Draft]:
        self.story = story
        return iter(())


def main(folder: Path) -> None:
    extractor, listener = load_extractor(_DATA), _Listener()
    extractor.languages["en"] = listener
    pairs = []
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        pairs.append((_find_ours(extractor, listener, text), list(read_brat(path, text))))
    for longer in (False, True):
        print(f"half of the {'longer' if longer else 'union'}: {score(pairs, longer=longer)}")


def read_brat(path: Path, text: str) -> Iterator[Attribution]:
    """The attributions of a stand-off file."""
    spans: dict[str, set[int]] = {}
    for line in path.read_bytes().decode("utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.split("\t")[0].partition(" ")[2].split(";")
            pairs = [tuple(map(int, place.split())) for place in places]
            spans[key] = {at for start, end in pairs for at in _fill(text, start, end)}
        elif key.startswith("E"):
            roles = [role.partition(":")[::2] for role in rest.split()]
            content, source = (
                set[int]().union(*(spans[to] for role, to in roles if role.rstrip("0123456789") == name))
                for name in ("Content", "Source")
            )
            if content:
                yield Attribution(content, source)


def score(pairs: list[tuple[list[Attribution], list[Attribution]]], *, longer: bool) -> str:
    """Precision, recall and F of contents, then how many sources of those matched overlap by half as well."""
    hits = sourced = right = 0
    for ours, theirs in pairs:
        rated = [
            (_overlap(a.content, b.content, longer=longer), i, j)
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
        ]
        left, taken = set[int](), set[int]()
        for share, i, j in sorted(rated, reverse=True):
            if share >= 0.5 and i not in left and j not in taken:
                left.add(i)
                taken.add(j)
                hits += 1
                sourced += bool(theirs[j].source)
                right += _overlap(ours[i].source, theirs[j].source, longer=longer) >= 0.5
    given, wanted = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
    precision, recall = hits / max(1, given), hits / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"{len(pairs)} texts, P {precision:.3f} ({hits}/{given}) R {recall:.3f} ({hits}/{wanted}) F {f1:.3f}; "
        f"sources of those matched {right}/{sourced}"
    )


def _find_ours(extractor: Extractor, listener: _Listener, text: str) -> list[Attribution]:
    source = Source(SourceId("example.org"), "Example", "example.org")
    url = "https://example.org/"
    listener.story = None
    extractor.read(Article(make_article_id(url, text), url, source, "", text, "en", _DAY, _DAY))
    story: Story | None = listener.story
    if story is None:
        return []
    parties, quotes, found = Parties(story), Quotes(), list[Attribution]()
    for sentence in story.sentences:
        parties.enter(sentence)
        quotes.enter(sentence, parties)
        own = _read_sentence(sentence, parties, quotes)
        if not own and found and quotes.find_carried(parties):
            found[-1].content |= _fill(text, *sentence.span)
        found.extend(own)
    return found


def _read_sentence(sentence: Sentence, parties: Parties, quotes: Quotes) -> list[Attribution]:
    found: dict[int, Attribution] = {}
    for clause in find_clauses(sentence.doc):
        parties.speaker = quotes.find_inner_speaker(clause.head, parties)
        for credit in find_chain(clause.head, parties):
            cue = credit.cue
            content = _find_content(clause.head, cue)
            known = found.setdefault(cue.i, Attribution(set(), _place(_find_source(cue), sentence)))
            known.content |= _place(content, sentence)
    return [attribution for attribution in found.values() if attribution.content]


def _find_content(head: Token, cue: Token) -> set[Token]:
    """The clause under the cue on the way to the head; else the head's clause without what hangs on the cue."""
    way = [head, *head.ancestors]
    if cue in way[1:]:
        return set(way[way.index(cue) - 1].subtree)
    return set(head.subtree) - set(cue.subtree)


def _find_source(cue: Token) -> set[Token]:
    """The subject of the cue, or what a preposition governs."""
    held = make_clause(cue).subjects if cue.pos_ in {"VERB", "AUX"} else ()
    heads = held or tuple(token for token in cue.subtree if token.dep_ == "pobj")[:1]
    return {token for one in heads for token in one.subtree if token != cue}


def _place(tokens: set[Token], sentence: Sentence) -> set[int]:
    start = sentence.span[0]
    return {start + token.idx + at for token in tokens for at, char in enumerate(token.text) if not char.isspace()}


def _fill(text: str, start: int, end: int) -> set[int]:
    return {at for at in range(start, end) if not text[at : at + 1].isspace()}


def _overlap(one: set[int], other: set[int], *, longer: bool) -> float:
    whole = max(len(one), len(other)) if longer else len(one | other)
    return len(one & other) / max(1, whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
