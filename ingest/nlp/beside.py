"""What stands right beside a place of a text: a few words are looked at, however long the text is."""

import re

# "From $0.14 per million cached input tokens for every conversation in" is about as much as any pattern names.
REACH = 90


def find_before(words: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Where a pattern that closes with `$` is found, the text ending at a place."""
    return words.search(text, max(0, end - REACH), end)
