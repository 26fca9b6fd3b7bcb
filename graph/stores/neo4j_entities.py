"""The entities that one transaction touches: as they were added, and as they will be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import neo4j

from graph.records import Entity, EntityId, EntityType
from graph.stores.neo4j_judged import Added, Judged
from graph.stores.neo4j_rows import ENTITY, Properties, entity_properties, label_of, make_entity


@dataclass(frozen=True, slots=True)
class _State:
    """An entity; `found` are those of its aliases that texts brought, the others are curated."""

    entity: Entity
    found: tuple[str, ...]


class Entities:
    """Entities by id. `new` counts those that the server does not have yet."""

    def __init__(self, transaction: neo4j.ManagedTransaction, ids: Iterable[EntityId], judged: Judged) -> None:
        text = f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN {ENTITY} AS entity"
        ids = frozenset(ids)
        records = transaction.run(text, ids=sorted(ids))
        nodes = [record["entity"] for record in records]
        self._before = {node["id"]: _State(make_entity(node), tuple(node["found"])) for node in nodes}
        self._judged = judged.added
        self._before |= {id: _State(one.entity, one.found) for id, one in judged.added.items() if id in ids}
        self._now = dict(self._before)
        self._first_number = max(_next_number(transaction), *(added.number + 1 for added in judged.added.values()), 0)

    def __contains__(self, id: EntityId) -> bool:
        return id in self._now

    @property
    def new(self) -> int:
        return len(self._now) - len(self._before)

    def meet(self, entity: Entity) -> None:
        """An entity that a text names: new, or with further aliases."""
        known = self._now.get(entity.id)
        if known is None:
            self._now[entity.id] = _make_state(entity)
            return
        more = tuple(alias for alias in dict.fromkeys(entity.aliases) if alias not in known.entity.aliases)
        if more:
            widened = replace(known.entity, aliases=known.entity.aliases + more)
            self._now[entity.id] = _State(widened, known.found + more)

    def curate(self, entity: Entity) -> None:
        """An entity as a table has it: its fields hold, and the aliases that texts brought follow its own."""
        known = self._now.get(entity.id)
        if known is None:
            self._now[entity.id] = _make_state(entity)
            return
        own = tuple(dict.fromkeys(entity.aliases))
        found = tuple(alias for alias in known.found if alias not in own)
        self._now[entity.id] = _State(replace(entity, aliases=own + found), found)

    def created(self) -> dict[str, list[Properties]]:
        """Properties of new nodes by their second label, numbered in the order met."""
        rows: dict[str, list[Properties]] = {}
        fresh = [state for id, state in self._now.items() if id not in self._before]
        for number, state in enumerate(fresh, self._first_number):
            properties = entity_properties(state.entity, state.found) | {"number": number, "claims": 0}
            rows.setdefault(label_of(state.entity.type), []).append(properties)
        return rows

    def changed(self) -> list[Properties]:
        """Properties of the nodes that are not as they were, judged ones left out."""
        return [
            entity_properties(state.entity, state.found)
            for id, state in self._changed().items()
            if id not in self._judged
        ]

    def changed_judged(self) -> dict[EntityId, Added]:
        """The judged ones that are not added as they were."""
        return {
            id: Added(state.entity, state.found, self._judged[id].number)
            for id, state in self._changed().items()
            if id in self._judged
        }

    def relabelled(self) -> list[tuple[EntityType, EntityType, list[EntityId]]]:
        """Known entities whose type has changed: from, to, whose."""
        moved: dict[tuple[EntityType, EntityType], list[EntityId]] = {}
        for id, before in self._before.items():
            change = (before.entity.type, self._now[id].entity.type)
            if change[0] is not change[1] and id not in self._judged:
                moved.setdefault(change, []).append(id)
        return [(old, new, ids) for (old, new), ids in moved.items()]

    def _changed(self) -> dict[EntityId, _State]:
        return {id: self._now[id] for id, before in self._before.items() if self._now[id] != before}


def _make_state(entity: Entity) -> _State:
    own = replace(entity, aliases=tuple(dict.fromkeys(entity.aliases)))
    return _State(own, () if entity.curated else own.aliases)


def _next_number(transaction: neo4j.ManagedTransaction) -> int:
    text = "MATCH (e:Entity) WHERE e.number >= 0 RETURN e.number AS number ORDER BY number DESC LIMIT 1"
    found = transaction.run(text).single()
    return found["number"] + 1 if found else 0
