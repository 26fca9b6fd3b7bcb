"""What stands beside each other, over others too."""

from collections.abc import Iterable, Iterator, Mapping


def connect(keys: Iterable[str], beside: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The keys with all that stands beside them, in bundles that nothing joins. networkx would take longer to load."""
    left = dict.fromkeys(keys)
    while left:
        first = next(iter(left))
        bundle, waiting = {first}, [first]
        while waiting:
            more = beside.get(waiting.pop(), set()) - bundle
            bundle |= more
            waiting += more
        for key in bundle:
            left.pop(key, None)
        yield sorted(bundle)
