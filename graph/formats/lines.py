"""Our own JSON Lines: everything that a store holds, as it was added, with the judgements; and its way back.

A line is a record with its kind in `record`: entities, ties, then each article after its source, with its mentions and
claims after it, then copies, heirs, rereadings and judgements. The last line counts them, so that a file that was cut
short tells.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import ParseError
from graph.formats.encoding import decode, encode
from graph.readers import FORMER, RULES
from graph.records import (
    Article,
    Claim,
    Copy,
    Entity,
    Extraction,
    Failure,
    Heir,
    Judgement,
    Mention,
    Rereading,
    Source,
    Stage,
    Tie,
)
from graph.store import GraphStore

VERSION = 2
# Has the name of a rule where there is now a reader.
_BY_RULE = 1
Item = Entity | Tie | Extraction | Copy | Heir | Rereading | Judgement


def iter_lines(store: GraphStore) -> Iterator[str]:
    """The lines of a store, with their line ends."""
    counts: Counter[str] = Counter()
    yield _line({"record": "claimgraph", "version": VERSION})
    for line in _iter_records(store):
        counts[str(line["record"])] += 1
        yield _line(line)
    yield _line({"record": "end", "counts": dict(counts)})


def _iter_records(store: GraphStore) -> Iterator[dict[str, object]]:
    entities: set[str] = set()
    sources: set[str] = set()
    for entity in store.iter_entities():
        entities.add(entity.id)
        yield _tag("entity", entity)
        for known in store.get_entities([entity.id], as_added=True) if entity.curated else ():
            if known.aliases != entity.aliases:  # what texts brought comes as texts bring it, beside the table's
                yield _tag("entity", replace(known, curated=False))
    for tie in store.iter_ties():
        yield _tag("tie", tie)
    for extraction in store.iter_extractions():
        for entity in extraction.entities:
            if entity.id not in entities:  # it came while the others were written
                entities.add(entity.id)
                yield _tag("entity", entity)
        yield from _iter_article_records(extraction, sources)
    for copy in store.iter_copies():
        yield _tag("copy", copy)
    for gone, claim in store.list_heirs().items():
        yield _tag("heir", Heir(gone, claim))
    for rereading in store.iter_rereadings():
        yield _tag("rereading", rereading)
    for judgement in store.list_judgements():
        yield _tag("judgement", judgement)


def _iter_article_records(extraction: Extraction, sources: set[str]) -> Iterator[dict[str, object]]:
    article = extraction.article
    if article.source.id not in sources:
        sources.add(article.source.id)
        yield _tag("source", article.source)
    yield _tag("article", article) | {"source": article.source.id}
    for mention in extraction.mentions:
        yield _tag("mention", mention) | {"article_id": article.id}
    for claim in extraction.claims:
        yield _tag("claim", claim)


def _tag(kind: str, record: object) -> dict[str, object]:
    encoded = encode(record)
    assert isinstance(encoded, dict)
    return {"record": kind, **encoded}


def _line(line: dict[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def read_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, Item | Failure]]:
    """What the lines hold, with the number of each one's line; a line that is wrong comes as a failure.

    An article comes whole, without entities: theirs went before.
    """
    reader = _Reader()
    number = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from reader.read(number, line)
        except (ParseError, ValueError, RecursionError) as error:
            yield number, _fail(number, str(error) or type(error).__name__)
    yield from reader.finish(number)


@dataclass(slots=True)
class _Reader:
    """What must be remembered from line to line: the sources, the article at hand and how many lines of each kind."""

    sources: dict[str, Source] = field(default_factory=dict)
    line: int = 0
    article: Article | None = None
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    version: int = VERSION
    ended: bool = False

    def read(self, number: int, line: bytes) -> Iterator[tuple[int, Item]]:
        value = json.loads(line)
        kind = str(value.pop("record", "")) if isinstance(value, dict) else ""
        if number == 1 and kind != "claimgraph":
            raise ParseError("this is no export of claimgraph; `claimgraph export jsonl FILE` makes one")
        self.counts[kind] += 1
        if kind in ("mention", "claim"):
            self._read_part(kind, value)
            return
        yield from self._flush()
        if kind in _ITEMS:
            yield number, decode(_ITEMS[kind], value)
        elif kind in _OTHERS:
            _OTHERS[kind](self, number, value)
        else:
            raise ParseError(f"no kind of record that is known: {kind[:40]!r}")

    def finish(self, number: int) -> Iterator[tuple[int, Item | Failure]]:
        yield from self._flush()
        if not self.ended:
            yield number, _fail(number, "the file ends early; what came before is taken, the rest is missing")

    def _flush(self) -> Iterator[tuple[int, Item]]:
        if self.article:
            yield self.line, Extraction(self.article, (), tuple(self.mentions), tuple(self.claims))
        self.article, self.mentions, self.claims = None, [], []

    def _read_part(self, kind: str, value: dict[str, Any]) -> None:
        id = value.get("article_id")
        if self.article is None or self.article.id != id:
            raise ParseError(f"this {kind} does not follow the line of its article {id}")
        if kind == "claim":
            self.claims.append(decode(Claim, self._rename(value)))
        else:
            self.mentions.append(decode(Mention, {name: value[name] for name in value if name != "article_id"}))

    def _rename(self, claim: dict[str, Any]) -> dict[str, Any]:
        if self.version > _BY_RULE or "rule" not in claim:
            return claim
        return {
            **{name: claim[name] for name in claim if name != "rule"},
            "reader": FORMER.get(str(claim["rule"]), RULES),
        }

    def _read_head(self, number: int, value: dict[str, Any]) -> None:
        if value.get("version") not in (_BY_RULE, VERSION):
            raise ParseError(f"an export of version {value.get('version')}, where {VERSION} is read")
        self.version = value["version"]

    def _read_source(self, number: int, value: dict[str, Any]) -> None:
        source = decode(Source, value)
        self.sources[source.id] = source

    def _read_article(self, number: int, value: dict[str, Any]) -> None:
        source = self.sources.get(str(value.get("source")))
        if source is None:
            raise ParseError(f"no line before it has its source {value.get('source')}")
        self.line, self.article = number, decode(Article, value | {"source": encode(source)})

    def _read_end(self, number: int, value: dict[str, Any]) -> None:
        self.ended = True
        counts = value.get("counts") or {}
        if not isinstance(counts, dict) or not all(isinstance(count, int) for count in counts.values()):
            raise ParseError("the counts of the last line must be an object of whole numbers")
        for kind, count in counts.items():
            if self.counts[kind] < count:
                raise ParseError(f"the file has {self.counts[kind]} lines of kind {kind}, where {count} were written")


_ITEMS: dict[str, type[Entity] | type[Tie] | type[Copy] | type[Heir] | type[Rereading] | type[Judgement]] = {
    "entity": Entity,
    "tie": Tie,
    "copy": Copy,
    "heir": Heir,
    "rereading": Rereading,
    "judgement": Judgement,
}
_OTHERS: dict[str, Callable[[_Reader, int, dict[str, Any]], None]] = {
    "claimgraph": _Reader._read_head,
    "source": _Reader._read_source,
    "article": _Reader._read_article,
    "end": _Reader._read_end,
}


def _fail(number: int, why: str) -> Failure:
    return Failure(Stage.STORE, f"line {number}", "bad_line", f"line {number}: {why}")
