"""Who stands behind whom, by background ties: makers, owners, employers, and who depends on whom."""

import re

from graph.background import Background
from graph.records import Entity, EntityId, EntityType, Relation

# Whoever is tied so to another is not independent of it.
_DEPENDENT = frozenset(
    {
        Relation.MAKES,
        Relation.OWNS,
        Relation.INVESTED_IN,
        Relation.WORKS_FOR,
        Relation.PARTNER_OF,
        Relation.PART_OF,
    }
)


_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")


def find_makers(background: Background, entity: EntityId | None) -> frozenset[EntityId]:
    """Who makes it."""
    return _find_subjects(background, entity, Relation.MAKES)


def find_owners(background: Background, entity: EntityId | None) -> frozenset[EntityId]:
    """Who owns it."""
    return _find_subjects(background, entity, Relation.OWNS)


def find_employers(background: Background, entity: EntityId | None) -> frozenset[EntityId]:
    """Whom a person works for, former employers aside."""
    ties = background.ties.get(entity, ()) if entity else ()
    return frozenset(
        tie.object for tie in ties if tie.relation is Relation.WORKS_FOR and tie.subject == entity and not tie.is_over
    )


def are_independent(background: Background, one: EntityId, other: EntityId) -> bool:
    """Whether no known tie makes one depend on the other, nor both on one employer."""
    if one == other or find_employers(background, one) & find_employers(background, other):
        return False
    return not any(
        tie.relation in _DEPENDENT and not tie.is_over and other in (tie.subject, tie.object)
        for tie in background.ties.get(one, ())
    )


def may_be_one(background: Background, one: EntityId, other: EntityId) -> bool:
    """Whether two names that no table has may be one's: each written in one script only, one in Japanese and the other
    not, and both a person's or neither."""
    first, second = background.entities.get(one), background.entities.get(other)
    if not first or not second or first.curated or second.curated:
        return False
    alike = (first.type is EntityType.PERSON) is (second.type is EntityType.PERSON)
    return alike and not _list_scripts(first) & _list_scripts(second)


def _list_scripts(entity: Entity) -> set[bool]:
    """Whether it is written in Japanese, of all its spellings."""
    spellings = (entity.name, entity.name_ja, *entity.aliases)
    return {bool(_JAPANESE.search(name)) for name in spellings if name}


def _find_subjects(background: Background, entity: EntityId | None, relation: Relation) -> frozenset[EntityId]:
    ties = background.ties.get(entity, ()) if entity else ()
    return frozenset(tie.subject for tie in ties if tie.relation is relation and tie.object == entity)
