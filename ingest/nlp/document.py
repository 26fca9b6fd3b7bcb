"""What the language stages hand to each other: a story of sentences with names, and drafts of claims.

All spans are (start, end) in code points of the article's text, end exclusive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol

from spacy.tokens import Doc

from graph.records import (
    Article,
    Claimant,
    ClaimType,
    Comparator,
    Cue,
    Entity,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
)

Span = tuple[int, int]


class Zone(StrEnum):
    """What kind of passage a sentence stands in. Claims come from READABLE zones only."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    TABLE = "table"
    BOILERPLATE = "boilerplate"
    SPONSOR = "sponsor"
    APPEAL = "appeal"


# A table is no prose: its rows are read as such (boards.py).
READABLE = frozenset({Zone.TITLE, Zone.HEADING, Zone.BODY})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text with its language and zone."""

    span: Span
    text: str
    lang: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Name:
    """A span that names an entity."""

    span: Span
    text: str
    entity: Entity


class Strength(IntEnum):
    """How surely a sentence shows that something is a name, and of what type."""

    VOTED = 1
    SHAPED = 2
    INTRODUCED = 3


@dataclass(frozen=True, slots=True)
class FreeName:
    """A name that no table lists, where one sentence has it; `name` is how the story calls it in full."""

    span: Span
    name: str
    type: EntityType
    strength: Strength


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit as the text puts it; what it measures is not known yet."""

    span: Span
    text: str
    value: float
    unit: str
    comparator: Comparator = Comparator.EQUAL
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its names and its parse; `doc` covers exactly `text`, so token.idx + span[0] is an offset."""

    span: Span
    text: str
    lang: str
    zone: Zone
    paragraph: int
    names: tuple[Name, ...]
    doc: Doc


@dataclass(frozen=True, slots=True)
class Story:
    """The sentences of one article in one language, in order, those of unreadable zones left out.

    makers  the curated maker, employer or owner of each entity named, by the entity's name
    homes   the country of each entity named (ISO 3166), by its name; places too
    """

    article: Article
    sentences: tuple[Sentence, ...]
    makers: Mapping[str, Party] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has an id; `span` is that of its sentence or clause.

    reader  what found it (graph/readers.py)
    rule    which frame of it, for its own use
    """

    lang: str
    span: Span
    type: ClaimType
    predicate: Predicate
    subject: Party
    reader: str
    object: Party | None = None
    quantity: Quantity | None = None
    benchmark: Party | None = None
    claimants: tuple[Claimant, ...] = ()
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    date: PartialDate | None = None
    cues: tuple[Cue, ...] = ()
    rule: str = ""


class Language(Protocol):
    """One language's part of the reading. Adding a language is adding a folder with one of these."""

    code: str

    def split(self, paragraph: str) -> list[Span]:
        """The sentences of a paragraph as offsets into it, white space trimmed, none empty."""
        ...

    def parse(self, sentences: Iterable[tuple[str, Sequence[Span]]]) -> Iterator[Doc]:
        """A parse of each sentence; the spans (relative to the sentence) are names that must stay whole tokens."""
        ...

    def may_introduce(self, sentence: Sentence) -> bool:
        """Whether a sentence can hold any name beside those it has; where none can stand none is sought."""
        ...

    def find_names(self, sentence: Sentence) -> Iterable[FreeName]:
        """Further names the curated tables do not have; of overlapping ones the first counts."""
        ...

    def may_name(self, free: FreeName) -> bool:
        """Whether what the trained model takes for a name can be one at all."""
        ...

    def read(self, story: Story) -> Iterator[Draft]:
        """The claims of a story in the order of the text."""
        ...
