"""Judgements ↔ rows."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3

from graph.records import EntityId, Field, Fix, Judgement, JudgementKind, Misreading
from graph.rulings.resolve import Identity, derive_identity
from graph.stores.encoding import from_moment, to_moment
from graph.stores.sqlite_rows import STANDS_FOR


def read_judgements(connection: sqlite3.Connection, entity: EntityId | None = None) -> tuple[Judgement, ...]:
    """All in the order they were made, or those about an entity and what stands for it."""
    chosen = "" if entity is None else f"WHERE seq IN ({_ABOUT})"
    rows = connection.execute(
        f"SELECT * FROM judgement {chosen} ORDER BY seq", () if entity is None else (entity, entity)
    )
    return tuple(map(_make_judgement, rows))


class IdentityReader:
    """Who is who, derived anew only when a judgement was added or names an heir: 2,000 take as long as a batch."""

    def __init__(self) -> None:
        self._last: tuple[object, ...] | None = None
        self._identity = Identity()

    def read(self, connection: sqlite3.Connection) -> Identity:
        row = connection.execute(
            "SELECT seq, id, (SELECT max(number) FROM heir) AS heir FROM judgement ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        last = tuple(row) if row else None
        if last != self._last:
            self._identity, self._last = derive_identity(read_judgements(connection)), last
        return self._identity


def insert_judgement(connection: sqlite3.Connection, new: Judgement) -> None:
    """Appends it; every entity that it names must be there."""
    about: dict[str, object] = {
        "entities": new.entities,
        "aliases": new.aliases,
        "claims": new.claims,
        "articles": new.articles,
    }
    if new.reason:
        about["reason"] = new.reason.value
    if new.should:
        about["should"] = [(fix.field.value, fix.value) for fix in new.should]
    row = (new.id, new.kind.value, new.who, to_moment(new.when), new.why, json.dumps(about), new.undoes)
    seq = connection.execute(
        "INSERT INTO judgement (id, kind, who, decided_at, why, about, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)", row
    ).lastrowid
    if new.kind is JudgementKind.UNDO:
        connection.execute(
            "INSERT INTO judged SELECT d.eid, ? FROM judgement j JOIN judged d USING (seq) WHERE j.id = ?",
            (seq, new.undoes),
        )
    else:
        connection.executemany(
            "INSERT OR IGNORE INTO judged SELECT eid, ? FROM entity WHERE id = ?", [(seq, id) for id in new.entities]
        )


def _make_judgement(row: sqlite3.Row) -> Judgement:
    about = json.loads(row["about"])
    reason, should = about.pop("reason", None), about.pop("should", ())
    return Judgement(
        id=row["id"],
        kind=JudgementKind(row["kind"]),
        who=row["who"],
        when=from_moment(row["decided_at"]),
        why=row["why"],
        undoes=row["undoes"],
        reason=Misreading(reason) if reason else None,
        should=tuple(Fix(Field(name), value) for name, value in should),
        **{name: tuple(values) for name, values in about.items()},
    )


# Judgements that name the entity or one that stands for it, by hand of what `judged` keeps.
_ABOUT = (
    f"SELECT seq FROM judged WHERE eid = {STANDS_FOR} UNION SELECT j.seq FROM standing s "
    f"JOIN judged j ON j.eid = s.eid WHERE s.stands_for = {STANDS_FOR}"
)
