"""What is named, how it is tied, and where it is named."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

EntityId = NewType("EntityId", str)


class EntityType(StrEnum):
    COMPANY = "company"
    PERSON = "person"
    MODEL = "model"
    BENCHMARK = "benchmark"
    HARDWARE = "hardware"
    PRODUCT = "product"
    PUBLICATION = "publication"
    INSTITUTION = "institution"
    DATASET = "dataset"
    PLACE = "place"
    LAW = "law"


class Relation(StrEnum):
    """A background tie between two entities."""

    MAKES = "MAKES"
    OWNS = "OWNS"
    INVESTED_IN = "INVESTED_IN"
    WORKS_FOR = "WORKS_FOR"
    COMPETES_WITH = "COMPETES_WITH"
    PARTNER_OF = "PARTNER_OF"
    PART_OF = "PART_OF"


@dataclass(frozen=True, slots=True)
class Entity:
    """What is named.

    name     canonical English name, or the name as first met when nobody has curated it
    aliases  further spellings in any language
    curated  it comes from the tables in data/, not from a text
    """

    id: EntityId
    name: str
    type: EntityType
    name_ja: str | None = None
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A background relation between two entities and where we have it from."""

    subject: EntityId
    relation: Relation
    object: EntityId
    source: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names an entity; (start, end) in code points, end exclusive."""

    entity: EntityId
    span: tuple[int, int]
    text: str
