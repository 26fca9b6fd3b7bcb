"""Work in turn over hosts: some in all, few at each, so that no host with many or slow addresses holds up another."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Stop = Callable[[], bool]
"""Whether the run has been asked to end: what is being written is finished, the rest stays for the next run."""


class Progress(Protocol):
    """What a progress bar needs: `feeds`, `articles` or `claims`, and how far it is."""

    def __call__(self, phase: str, done: int, total: int) -> None: ...


def go_on() -> bool:
    """The Stop of what nobody ends."""
    return False


def keep_quiet(phase: str, done: int, total: int) -> None:
    """The Progress that nobody sees."""


# In work at once; documents of up to 10 MB each may be in memory.
CONCURRENCY = 32
# At one host. The fetcher opens two connections to it; two more wait, so that the next starts without delay.
_PER_HOST = 4
# How often a waiting run looks whether it should stop, in seconds.
_LOOK = 0.25


async def run_in_turn(
    items: Iterable[T], host_of: Callable[[T], str], work: Callable[[T], Awaitable[R]], stop: Stop
) -> AsyncIterator[R]:
    """Results as they come; on stop what is in work is dropped."""
    lines: dict[str, deque[T]] = defaultdict(deque)
    for item in items:
        lines[host_of(item)].append(item)
    free = deque(lines)  # the hosts that have an item waiting and less than their share in work
    busy: Counter[str] = Counter()
    running: dict[asyncio.Future[R], str] = {}
    try:
        while not stop():
            while free and len(running) < CONCURRENCY:
                host = free.popleft()
                running[asyncio.ensure_future(work(lines[host].popleft()))] = host
                busy[host] += 1
                if lines[host] and busy[host] < _PER_HOST:
                    free.append(host)
            if not running:
                return
            done, _ = await asyncio.wait(running, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                host = running.pop(task)
                if lines[host] and busy[host] == _PER_HOST:
                    free.append(host)
                busy[host] -= 1
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
