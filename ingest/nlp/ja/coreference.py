"""Who 同社, 彼ら or a clause without a subject stands for: the running topic and what was named last."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.ids import make_entity_id
from graph.records import ArticleKind, Claimant, Entity, EntityType, SourceKind
from ingest.nlp.document import Draft, Story, Zone
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.sections import WORKS, Section

_FILE = Path(__file__).parent / "anaphora.toml"
# A topic holds for this many sentences; farther back readers name it again (seed article: 29 of 31 within 4).
_REACH = 4
# Over the paragraphs and bullets of a section a single topic holds longer.
_SECTION_REACH = 8
_MADE = frozenset({EntityType.MODEL, EntityType.PRODUCT})
# One-character countries that newspapers put before a name (米マイクロソフト).
_NATIONS = frozenset("米英仏独")
_NOT_ANTECEDENTS = frozenset({EntityType.PLACE, EntityType.DATASET, EntityType.LAW, EntityType.BENCHMARK})


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What a referring word may stand for; `number` is one, two, many, main, self or matter."""

    kinds: frozenset[EntityType]
    number: str


def load_anaphora(path: Path = _FILE) -> dict[str, Anaphor]:
    table: dict[str, Anaphor] = {}
    for entry in tomllib.loads(path.read_text("utf-8"))["anaphor"]:
        anaphor = Anaphor(frozenset(EntityType(kind) for kind in entry["kinds"]), entry["number"])
        table.update(dict.fromkeys(entry["words"], anaphor))
    return table


ANAPHORA = load_anaphora()


@dataclass(frozen=True, slots=True)
class Seen:
    """What one sentence named: its topics (は, が) first, then the rest, in order; and under which heading."""

    paragraph: int
    section: int
    topics: tuple[Entity, ...]
    others: tuple[Entity, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        return (*self.topics, *self.others)


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers of an attributed sentence and where it stood."""

    claimants: tuple[Claimant, ...]
    paragraph: int
    sentence: int


@dataclass(slots=True)
class Memory:
    """What the story has named so far, and who spoke last."""

    story: Story
    voice: Voice | None = None
    section: Section = field(default_factory=Section)
    sections: int = 0
    deal: Draft | None = None
    deal_at: int = 0
    seen: list[Seen] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    nations: dict[str, str] = field(default_factory=dict)

    def remember(self, clauses: Clauses) -> None:
        """Takes in a sentence that has been read."""
        topics = [entity for phrase in _iter_topics(clauses) for entity in self._name_topic(phrase, clauses)]
        named = [name.entity for name in clauses.sentence.names if name.entity.type not in _NOT_ANTECEDENTS]
        kept = tuple(dict.fromkeys(entity for entity in topics if entity.type not in _NOT_ANTECEDENTS))
        others = tuple(entity for entity in dict.fromkeys(named) if entity not in kept)
        if clauses.sentence.zone in (Zone.HEADING, Zone.TITLE):
            self.sections += 1
        self.seen.append(Seen(clauses.sentence.paragraph, self.sections, kept, others))
        self.counts.update(entity.name for entity in (*named, *kept, *self._find_makers(named)))
        text, offset = clauses.sentence.text, clauses.sentence.span[0]
        for name in clauses.sentence.names:
            sign = name.text[0] if name.text[0] in _NATIONS else text[: name.span[0] - offset][-1:]
            if sign in _NATIONS:
                self.nations[name.entity.name] = sign

    def _name_topic(self, phrase: Phrase, clauses: Clauses) -> Iterator[Entity]:
        anaphor = None if phrase.names else find_anaphor(phrase, clauses)
        yield from (name.entity for name in phrase.names)
        yield from self.resolve(anaphor, phrase, clauses) if anaphor else ()
        if not phrase.names and not anaphor:
            for child in clauses.children(phrase.number):
                if child.case == "の":
                    yield from self._name_topic(child, clauses)

    def resolve(self, anaphor: Anaphor, phrase: Phrase, clauses: Clauses) -> tuple[Entity, ...]:
        """The entities that a referring phrase stands for; empty when nothing fits."""
        if anaphor.number == "main":
            return self._find_main(anaphor.kinds, phrase, clauses)
        if anaphor.number == "matter":
            return self._find_matter(anaphor.kinds)
        if anaphor.number == "self":
            return self._find_self(anaphor.kinds, phrase, clauses)
        if anaphor.number == "one":
            return self._find_one(anaphor.kinds, phrase, clauses) or self._find_matter(anaphor.kinds)
        return self._find_several(anaphor, phrase, clauses)

    def _find_matter(self, kinds: frozenset[EntityType]) -> tuple[Entity, ...]:
        """The work that the section is about, for a word that stands for works only, whatever kind of work it says."""
        matter = self.section.matter
        return (matter.entity,) if matter and matter.entity and kinds <= WORKS else ()

    def find_topic(self, kinds: frozenset[EntityType], clauses: Clauses) -> Entity | None:
        """The topic that an unspoken subject means: the latest of the paragraph, else the section's only one."""
        for seen in reversed(self.seen[-_REACH:]):
            if seen.paragraph != clauses.sentence.paragraph:
                return self._find_section_topic(kinds) if _is_prose(clauses) else None
            fitting = [entity for entity in seen.topics if entity.type in kinds]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _find_section_topic(self, kinds: frozenset[EntityType]) -> Entity | None:
        """The only topic of a type since the last heading."""
        rows = [seen.topics for seen in self.seen[-_SECTION_REACH:] if seen.section == self.sections]
        fitting = dict.fromkeys(entity for row in rows for entity in row if entity.type in kinds)
        return next(iter(fitting)) if len(fitting) == 1 else None

    def find_recent(self, kind: EntityType, clauses: Clauses) -> Entity | None:
        """The only entity of a type that the latest sentence of the paragraph naming any has named."""
        for seen in reversed(self.seen[-_REACH:]):
            fitting = [entity for entity in seen.entities if entity.type is kind]
            if seen.paragraph != clauses.sentence.paragraph or fitting:
                return fitting[0] if len(fitting) == 1 and seen.paragraph == clauses.sentence.paragraph else None
        return None

    def _find_one(self, kinds: frozenset[EntityType], phrase: Phrase, clauses: Clauses) -> tuple[Entity, ...]:
        before = [
            name.entity
            for other in clauses.phrases[: phrase.number]
            for name in other.names
            if other.case in ("は", "が")
        ]
        if _is_placed(phrase, clauses):
            return self._find_main(kinds, phrase, clauses)
        inside = [entity for entity in before if entity.type in kinds]
        if inside:
            return (inside[-1],)
        for seen in reversed(self.seen[-_REACH:]):
            fitting = [entity for entity in seen.topics if entity.type in kinds]
            fitting = fitting or [entity for entity in reversed(seen.others) if entity.type in kinds]
            if fitting:
                return (next((entity for entity in fitting if _shares_kind(entity, phrase)), fitting[0]),)
        return ()

    def _find_several(self, anaphor: Anaphor, phrase: Phrase, clauses: Clauses) -> tuple[Entity, ...]:
        inside = [name.entity for other in clauses.phrases[: phrase.number] for name in other.names]
        rows = [tuple(dict.fromkeys(inside)), *(seen.entities for seen in reversed(self.seen[-_REACH:]))]
        for row in rows:
            fitting = tuple(entity for entity in row if entity.type in anaphor.kinds)
            if len(fitting) == 2 or (anaphor.number == "many" and len(fitting) > 1):
                return fitting
        return ()

    def _find_main(self, kinds: frozenset[EntityType], phrase: Phrase, clauses: Clauses) -> tuple[Entity, ...]:
        """The company that the story has named most among those of the last sentences, its models counted with it.

        Not one that the sentence itself names, nor one introduced as of another country (米X is no Chinese firm).
        """
        here = {name.entity.name for name in clauses.sentence.names}
        words = "".join(child.text for child in _descend(phrase, clauses))
        recent = [
            entity
            for seen in self.seen[-8:]
            for entity in (*seen.entities, *self._find_makers(seen.entities))
            if entity.type in kinds and entity.name not in here
        ]
        recent = [entity for entity in recent if self.nations.get(entity.name, "") in words]
        best = max(recent, key=lambda entity: (self.counts[entity.name], recent[::-1].index(entity) * -1), default=None)
        return (best,) if best else ()

    def _find_makers(self, entities: Iterable[Entity]) -> Iterator[Entity]:
        makers = (self.story.makers.get(entity.name) for entity in entities if entity.type in _MADE)
        yield from (Entity(maker.entity, maker.name, EntityType.COMPANY) for maker in makers if maker and maker.entity)

    def _find_self(self, kinds: frozenset[EntityType], phrase: Phrase, clauses: Clauses) -> tuple[Entity, ...]:
        left = clauses.phrases[: phrase.number][::-1]
        for other in (*(p for p in left if p.case == "は"), *left, *clauses.phrases[phrase.number :]):
            if other.case in ("は", "が", "によると"):
                fitting = [name.entity for name in other.names if name.entity.type in kinds]
                if fitting:
                    return (fitting[-1],)
        named = [name.entity for other in left for name in other.names if name.entity.type in kinds]
        topic = named[0] if named else self.find_topic(kinds, clauses)
        return (topic,) if topic else _find_vendor(self.story)


# A list item's label: **Reliance Jio:** …
_LABELLED = re.compile(r"[:：]\**\s*$")


def _iter_topics(clauses: Clauses) -> Iterator[Phrase]:
    """What the sentence is about: は and によると first, then the subjects of its main clauses."""
    if clauses.opener.names and _LABELLED.search(clauses.opener.text):
        yield clauses.opener
    for phrase in clauses.phrases:
        if phrase.case in ("は", "によると"):
            yield phrase
        if phrase.case == "によると":
            yield from (child for child in clauses.children(phrase.number) if child.case == "の")
    for phrase in clauses.phrases:
        upper = clauses.governor(phrase)
        if phrase.case == "が" and upper is not None and not (upper.adnominal and clauses.governor(upper) is not None):
            yield phrase


def _is_prose(clauses: Clauses) -> bool:
    """Whether a line states something; the lines of a table of contents speak of something else each."""
    return clauses.sentence.zone is Zone.BODY and (
        clauses.sentence.text.rstrip().endswith("。") or clauses.phrases[-1].verbal
    )


def _find_vendor(story: Story) -> tuple[Entity, ...]:
    """The maker behind the "we" of a vendor's own post."""
    source = story.article.source
    if source.kind is SourceKind.VENDOR or story.article.kind is ArticleKind.PRESS_RELEASE:
        return (Entity(make_entity_id(source.name), source.name, EntityType.COMPANY),)
    return ()


def find_anaphor(phrase: Phrase, clauses: Clauses) -> Anaphor | None:
    """The entry of anaphora.toml that a phrase is, with or without the この before it."""
    word = phrase.core
    for known in (word, f"この{word}", f"これらの{word}"):
        anaphor = ANAPHORA.get(known)
        if anaphor and (known == word or _points_back(phrase, clauses, known[: -len(word)])):
            return anaphor
    return None


def _shares_kind(entity: Entity, phrase: Phrase) -> bool:
    """Whether a name ends in the kind that 同 stands before: 同通信 is X通信."""
    return any(name.endswith(phrase.core[1:]) for name in (entity.name, entity.name_ja or "") if len(phrase.core) > 2)


def _is_placed(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a place tells the one meant from the subject of the sentence (Xは…杭州の|同社が…)."""
    return any(
        child.case == "の" and name.entity.type is EntityType.PLACE
        for child in clauses.children(phrase.number)
        for name in child.names
    )


def _points_back(phrase: Phrase, clauses: Clauses, pointer: str) -> bool:
    """Whether この or これらの stands before the phrase (この中国の企業: with words between)."""
    words = {"この": ("この", "同", "当該", "その"), "これらの": ("これら", "これらの", "こうした")}[pointer]
    return any(
        child.core in words or child.text.rstrip("、") in words or child.core.startswith(pointer)
        for child in _descend(phrase, clauses)
    )


def _descend(phrase: Phrase, clauses: Clauses) -> Iterable[Phrase]:
    for child in clauses.children(phrase.number):
        if not child.verbal:
            yield child
            yield from _descend(child, clauses)
