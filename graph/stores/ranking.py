"""How every store ranks hits: how well the words fit, less for what is older."""

from collections.abc import Iterable
from datetime import datetime
from heapq import nlargest

from graph.store import HALF_LIFE_DAYS
from graph.stores.encoding import DAY_SECONDS, KEY_BITS, first_key


def pick_best(hits: Iterable[tuple[int, float]], now: datetime, limit: int) -> dict[int, float]:
    """The fits of the best by key, best first; of equal ones the newest.

    hits  (key, which is a time, score in the full-text index); fits are parts of the best score
    """
    found = list(hits)
    highest = max((score for _, score in found), default=0.0)
    present = first_key(now)

    def weigh(key: int, score: float) -> float:
        age = max(0, present - key) / (DAY_SECONDS << KEY_BITS)
        return float((score / highest if highest > 0 else 1.0) * 0.5 ** (age / HALF_LIFE_DAYS))

    best = nlargest(limit, ((weigh(key, score), key) for key, score in found))
    return {key: fit for fit, key in best}
