"""The part of a store that lists: articles and entities by what tells them apart, counted and page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from graph.records import Article, Entity, EntityType, SourceId

OTHER_LETTERS = "other"
"""Of names that begin with no letter from A to Z."""


class ArticleFacet(StrEnum):
    """What articles are counted by.

    part    `part` when only a part of the page could be read, else `whole`
    claims  `none` when no claim was found in it, else `some`
    """

    SOURCE = "source"
    LANG = "lang"
    DAY = "day"
    PART = "part"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles are asked for; every condition given must hold.

    since, until  published at or after, and before
    part          only a part of the page could be read, or all of it
    claims        some claim was found in it, or none
    """

    sources: tuple[SourceId, ...] = ()
    langs: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    part: bool | None = None
    claims: bool | None = None


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """An article without its text, how many claims it makes, and how many weak and misread ones beside them."""

    article: Article
    claims: int
    weak: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of articles, newest first; `next` is the cursor of the page after, None at the end."""

    articles: tuple[ArticleCount, ...] = field(default=())
    next: str | None = None


class EntityFacet(StrEnum):
    """What entities are counted by: type, and the first letter of the name, A to Z or `other`."""

    TYPE = "type"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """Which of the entities that claims are about are asked for. `letter` as facets have it; empty for any."""

    types: tuple[EntityType, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity and a number of claims."""

    entity: Entity
    claims: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One page of entities, most claims first; `next` is the cursor of the page after, None at the end."""

    entities: tuple[EntityCount, ...] = field(default=())
    next: str | None = None


class ListStore(Protocol):
    """Lists of what is there. QueryError when a cursor is not one of ours."""

    def find_articles(self, query: ArticleQuery, limit: int = 20, after: str | None = None) -> ArticlePage:
        """One page of articles, newest first, every version of a page as one of its own."""
        ...

    def count_articles(self, query: ArticleQuery, facet: ArticleFacet, limit: int = 20) -> Mapping[str, int]:
        """Articles by value of the facet, most first, days newest first; counted over the newest 10,000 that match."""
        ...

    def find_named(self, query: EntityQuery, limit: int = 20, after: str | None = None) -> EntityPage:
        """One page of the entities that claims are about, most claims first."""
        ...

    def count_named(self, query: EntityQuery, facet: EntityFacet) -> Mapping[str, int]:
        """The entities that claims are about by value of the facet, most first; letters in their order."""
        ...
