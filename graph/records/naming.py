"""What is named, how it is tied, and where it is named."""

import re
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


MADE = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE, EntityType.BENCHMARK, EntityType.DATASET})
"""Things that somebody makes."""
BODIES = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PUBLICATION})
"""Those of several people that speak as one."""


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


_DAYS = re.compile(r", (since|until) (\d{4}(?:-\d\d){0,2})(?=, |$)")


@dataclass(frozen=True, slots=True)
class Tie:
    """A background relation between two entities and where we have it from.

    source  a table, a claim's id or an address; behind a table the days from and to which it holds, where it has any:
            `general knowledge, since 2025-06, until 2026-01`
    """

    subject: EntityId
    relation: Relation
    object: EntityId
    source: str

    @property
    def is_over(self) -> bool:
        """Whether it held until a day that is named."""
        return ", until " in self.source

    @property
    def table(self) -> str:
        """The source without its days, which is a table's name where it has them."""
        return _DAYS.sub("", self.source)

    def held_on(self, day: str) -> bool:
        """Whether it held on a day (2026-07-14), as far as its own days tell; in a month or year of which it began or
        ended it did."""
        days = dict(_DAYS.findall(self.source))
        since, until = days.get("since", ""), days.get("until", "")
        return since <= day[: len(since)] and (not until or day[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names an entity; (start, end) in code points, end exclusive."""

    entity: EntityId
    span: tuple[int, int]
    text: str
