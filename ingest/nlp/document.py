"""What the stages of reading hand to each other: sentences with names, amounts, and drafts of claims.

All spans are (start, end) in code points of the article's text, end exclusive.
"""

from dataclasses import dataclass
from enum import StrEnum

from graph.records import (
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


def shift(span: Span, offset: int) -> Span:
    """The span of a part of a text in the whole, where the part begins at the offset."""
    return span[0] + offset, span[1] + offset


def lies_in(inner: Span, outer: Span) -> bool:
    """Whether nothing of one span is outside the other."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


class Zone(StrEnum):
    """What kind of passage a sentence stands in. Claims come from READABLE zones only."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    TABLE = "table"
    BOILERPLATE = "boilerplate"
    SPONSOR = "sponsor"
    APPEAL = "appeal"


READABLE = frozenset({Zone.TITLE, Zone.HEADING, Zone.BODY, Zone.TABLE})


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

    @property
    def party(self) -> Party:
        return Party(self.entity.name, self.entity.id)


@dataclass(frozen=True, slots=True)
class FreeName:
    """A name that no table lists, where one sentence has it.

    name        how the story calls it in full
    introduced  whether the sentence says that the two are one: "Vantor Labs (VTL)"
    """

    span: Span
    name: str
    type: EntityType
    introduced: bool = False


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
    """A sentence of a readable zone, with the names in it."""

    span: Span
    text: str
    lang: str
    zone: Zone
    paragraph: int
    names: tuple[Name, ...] = ()

    def locate(self, span: Span) -> Span:
        """A span of the text as one of the sentence's own."""
        return shift(span, -self.span[0])

    def has(self, span: Span) -> bool:
        """Whether a span of the text begins in it."""
        return self.span[0] <= span[0] < self.span[1]

    def read(self, span: Span) -> str:
        """The words of a span of the text that lies in it."""
        return self.text[slice(*self.locate(span))]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has an id; `span` is that of its sentence or clause.

    reader  what found it (graph/readers.py)
    score   how likely it is right, 0 to 1
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
    score: float | None = None
