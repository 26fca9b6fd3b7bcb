"""Who 同社, 彼ら or a clause without a subject stands for: the running topic and what was named last."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.ids import make_entity_id
from graph.records import ArticleKind, Claimant, ClaimType, Entity, EntityType, Party, Polarity, SourceKind
from ingest.nlp.document import Draft, Story, Zone
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.sections import WORKS, Section

_FILE = Path(__file__).parent / "anaphora.toml"
# A topic holds for this many sentences; farther back readers name it again (seed article: 29 of 31 within 4).
_REACH = 4
# Another topic named in one of the last sentences ends that of the heading.
_NEAR = 2
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
    """What one sentence named: its topics (は, が) first, then the rest, in order; and under which heading.

    strong  the topics that は marks: what が or も brings in is seldom what the story goes on about
    about   whether は marks anything in it, named or not
    """

    paragraph: int
    section: int
    topics: tuple[Entity, ...]
    others: tuple[Entity, ...]
    strong: tuple[Entity, ...] = ()
    about: bool = False

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
    lead: tuple[Entity, ...] = ()
    headed: Entity | None = None
    matter_at: int = 0
    matter_in: int = -1
    makers: dict[str, Party] = field(default_factory=dict)

    def remember(self, clauses: Clauses, told: Iterable[Party] = ()) -> None:
        """Takes in a sentence that has been read; `told` are the subjects of its claims, unspoken ones too."""
        topics: list[Entity] = []
        strong: list[Entity] = []
        for phrase in _iter_topics(clauses):
            named_here = tuple(self._name_topic(phrase, clauses))
            topics += named_here
            strong += named_here if phrase.case != "が" and phrase.tail != "も" else ()
        named = [name.entity for name in clauses.sentence.names if name.entity.type not in _NOT_ANTECEDENTS]
        kept = tuple(dict.fromkeys(entity for entity in topics if entity.type not in _NOT_ANTECEDENTS))
        unspoken = self._find_unspoken(told, named)
        kept = kept or unspoken
        others = tuple(entity for entity in dict.fromkeys(named) if entity not in kept)
        if clauses.sentence.zone in (Zone.HEADING, Zone.TITLE):
            self.sections += 1
            self.lead = tuple(dict.fromkeys((*kept, *named)))
            works = [entity for entity in self.lead if entity.type in WORKS]
            self.headed = works[0] if works and (len(works) == 1 or works[0] in kept) else None
        marked = tuple(entity for entity in dict.fromkeys((*strong, *unspoken)) if entity in kept)
        if not kept and self._goes_on(clauses):
            marked = self.seen[-1].strong
        about = any(phrase.case == "は" for phrase in clauses.phrases)
        self.seen.append(Seen(clauses.sentence.paragraph, self.sections, kept, others, marked, about))
        self.counts.update(entity.name for entity in (*named, *kept, *self._find_makers(named)))
        text, offset = clauses.sentence.text, clauses.sentence.span[0]
        for name in clauses.sentence.names:
            sign = name.text[0] if name.text[0] in _NATIONS else text[: name.span[0] - offset][-1:]
            if sign in _NATIONS:
                self.nations[name.entity.name] = sign

    def _goes_on(self, clauses: Clauses) -> bool:
        """Whether a sentence follows another in its paragraph, so that it may leave its topic out."""
        return bool(self.seen) and self.seen[-1].paragraph == clauses.sentence.paragraph

    def enter(self, section: Section, drafts: Sequence[Draft]) -> None:
        """Takes the section as it stands after a sentence, where its matter was last spoken of, and who made what."""
        made = [d for d in drafts if d.type is ClaimType.RELEASE and d.object and d.polarity is Polarity.AFFIRMED]
        self.makers.update((draft.object.name, draft.subject) for draft in made if draft.object)
        if section.matter is not self.section.matter:
            self.matter_at = len(self.seen)
            self.matter_in = -1 if made else self.seen[-1].paragraph
        self.section = section

    def find_maker(self, work: str) -> Party | None:
        """Who makes a work, as the tables know or the story has told."""
        return self.story.makers.get(work) or self.makers.get(work)

    def find_work(self, kinds: frozenset[EntityType], clauses: Clauses) -> Entity | None:
        """The work that the section is about, when it was spoken of a few sentences ago at the most.

        One that was only spoken of, and not right before, gives way to the one that the heading names.
        """
        if not _is_prose(clauses) or clauses.phrases[-1].case:
            return None
        matter = self.section.matter.entity if self.section.matter else None
        latest = {entity.name for entity in self.seen[-1].strong} if self.seen else set()
        stale = matter is None or len(self.seen) - self.matter_at > _SECTION_REACH
        passing = matter is not None and self.matter_in != -1 and matter.name not in latest
        work = None if stale else (self.headed if self.headed and passing else matter)
        return work if work and work.type in kinds else None

    def find_lead(self, kinds: frozenset[EntityType], taken: set[str]) -> Entity | None:
        """What the story or its section is about, as its heading names it first; None when others have taken over."""
        lead = next((entity for entity in self.lead if entity.type in kinds), None)
        recent = {entity.name for seen in self.seen[-_SECTION_REACH:] for entity in seen.entities}
        return lead if lead and lead.name in recent and lead.name not in taken else None

    def _find_unspoken(self, told: Iterable[Party], named: Sequence[Entity]) -> tuple[Entity, ...]:
        """What a sentence without a topic goes on about: the subject of its claims that it does not name."""
        here = {entity.name for entity in named}
        unspoken = {party.name for party in told} - here
        before = (entity for seen in reversed(self.seen) for entity in seen.entities)
        return tuple(dict.fromkeys(entity for entity in before if entity.name in unspoken))

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

    def find_topic(self, kinds: frozenset[EntityType], clauses: Clauses, *, unsaid: bool = False) -> Entity | None:
        """The topic that an unspoken subject means: the latest of the paragraph, else the section's only one.

        unsaid  nothing else is spoken of, so that it may be what the heading names
        """
        for seen in reversed(self.seen[-_REACH:]):
            if seen.paragraph != clauses.sentence.paragraph:
                return self._find_carried(kinds, unsaid=unsaid) if _is_prose(clauses) else None
            fitting = [entity for entity in seen.topics if entity.type in kinds]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _find_carried(self, kinds: frozenset[EntityType], *, unsaid: bool) -> Entity | None:
        """The topic that goes on from the paragraph before: the section's only one, or the one its heading names."""
        only = self._find_section_topic(kinds)
        lead = next((entity for entity in self.lead if entity.type in kinds), None)
        if only or lead is None or not unsaid:
            return only
        rows = (row for seen in reversed(self.seen[-_NEAR:]) if (row := [e for e in seen.strong if e.type in kinds]))
        return lead if lead in next(rows, [lead]) else None

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
        named = [name.entity for other in clauses.phrases[: phrase.number] for name in other.names]
        named = [entity for entity in dict.fromkeys(named) if entity.type in kinds]
        if len(named) == 1 and phrase.case in ("を", "から", "に"):
            return (named[0],)
        for row in self._iter_antecedents(kinds):
            fitting = [entity for entity in row if entity.type in kinds]
            if fitting:
                return (next((entity for entity in fitting if _shares_kind(entity, phrase)), fitting[0]),)
        return ()

    def _iter_antecedents(self, kinds: frozenset[EntityType]) -> Iterator[tuple[Entity, ...]]:
        """What a word for one thing may stand for, best first: topics, the heading's, then whatever was named."""
        near = self.seen[: -_REACH - 1 : -1]
        if EntityType.COMPANY not in kinds:  # works are pointed at right behind their name
            yield from (row for seen in near for row in (seen.topics, seen.others[::-1]))
            return
        for seen in near[:1]:
            alone = [entity for entity in seen.entities if entity.type in kinds]
            yield seen.strong
            yield tuple(alone) if len(alone) == 1 and not seen.about else ()
        yield from ((*seen.strong, *self._find_makers(seen.strong)) for seen in near)
        yield (*self.lead, *self._find_makers(self.lead))
        yield from (seen.topics for seen in near)
        yield from (seen.others[::-1] for seen in near)

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
        makers = (self.find_maker(entity.name) for entity in entities if entity.type in _MADE)
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
        if phrase.case in ("は", "によると") or (phrase.tail == "には" and phrase.names):
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
