"""Free time keys of a label: what the server has used of a second, and what a transaction gives out on top."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import neo4j

from graph.stores.encoding import KEY_BITS, first_key

_SECOND = 1 << KEY_BITS


class FreeKeys:
    """Keys for records of a label at the given times, as the server stands at the start of the transaction."""

    def __init__(self, transaction: neo4j.ManagedTransaction, label: str, moments: Iterable[datetime]) -> None:
        self._transaction = transaction
        self._label = label
        self._next: dict[int, int] = {}
        self._look({first_key(moment) for moment in moments})

    def take(self, moment: datetime, count: int) -> range:
        """`count` keys in a row in the second of the moment, or in the next second that has room."""
        start = first_key(moment)
        while True:
            if start not in self._next:
                self._look({start})
            first = self._next[start]
            if first + count <= start + _SECOND:
                self._next[start] = first + count
                return range(first, first + count)
            start += _SECOND

    def take_all(self, moments: Sequence[datetime]) -> list[int]:
        """A key for each moment, growing along the list for those of one moment."""
        runs = {moment: iter(self.take(moment, moments.count(moment))) for moment in dict.fromkeys(moments)}
        return [next(runs[moment]) for moment in moments]

    def _look(self, starts: set[int]) -> None:
        text = (
            f"UNWIND $starts AS start CALL {{ WITH start MATCH (n:{self._label}) "
            "WHERE n.key >= start AND n.key < start + $second RETURN n.key AS key ORDER BY n.key DESC LIMIT 1 } "
            "RETURN start AS start, key AS key"
        )
        self._next |= {start: start for start in starts}
        records = self._transaction.run(text, starts=sorted(starts), second=_SECOND)
        self._next |= {record["start"]: record["key"] + 1 for record in records}
