"""What a measure counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many of those expected were found, and how many are told that should not be."""

    found: int = 0
    expected: int = 0
    extra: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.found + other.found, self.expected + other.expected, self.extra + other.extra)
