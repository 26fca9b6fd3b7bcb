"""How often somebody may ask: a steady rate with a burst, by the generic cell rate algorithm (ITU-T I.371)."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

# An address costs about 200 bytes; the longest silent are forgotten first.
_ADDRESSES = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a minute, of which so many may come at once."""

    a_minute: int
    burst: int


@dataclass(slots=True)
class Meter:
    """What is left to each client under one rate. One number a client: when its burst will be whole again."""

    rate: Rate
    _whole_at: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, client: str, now: float) -> float:
        """Seconds until the client may ask again; 0 when it may now, and then this request is counted.

        now  seconds on any clock that never goes back
        """
        step = 60 / self.rate.a_minute
        with self._lock:
            whole_at = max(self._whole_at.get(client, now), now)
            wait = whole_at + step - now - step * self.rate.burst
            if wait > 1e-9:
                return wait
            self._whole_at[client] = whole_at + step
            self._whole_at.move_to_end(client)
            if len(self._whole_at) > _ADDRESSES:
                self._whole_at.popitem(last=False)
        return 0.0
