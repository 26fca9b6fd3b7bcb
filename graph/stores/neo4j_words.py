"""Text → what Neo4j's two full-text indexes hold, and words of a query → what to ask them.

The words are those of the default store, so that both find the same. The indexes only lead to candidates: `english`
stems and leaves words out, `cjk` cuts pairs of its own. What is found is what also contains the words to the letter.
"""

# ruff: noqa: SIM905 - sets of words are read and searched as words
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import QueryError
from graph.stores.fulltext import MAX_TERMS, find_runs, is_cjk, split_run

# What Lucene's `english` leaves out: a query of these alone would find nothing.
_LEFT_OUT = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this "
    "to was will with".split()
)
_PLAIN = re.compile(r"[a-z0-9]{1,200}")
# Characters that `cjk` surely makes pairs of: kana and the common Han.
_PAIR = re.compile(r"[ぁ-ゖァ-ヺー一-鿿]{1,2}")


@dataclass(frozen=True, slots=True)
class Words:
    """What one search term is looked up by.

    needle   what `text_en` must contain
    english  Lucene queries for the index `text_en`, japanese for `text_ja`; all of them must hold
    """

    needle: str
    english: tuple[str, ...]
    japanese: tuple[str, ...]


def index_en(text: str) -> str:
    """Every word and every pair of CJK characters in order, each between two spaces."""
    return _join(word for run in find_runs(text) for word in _split(run, is_last=False))


def index_ja(text: str) -> str | None:
    """The pairs of CJK characters; None when there are none."""
    pairs = [word for run in find_runs(text) if is_cjk(run) for word in _split(run, is_last=False)]
    return _join(pairs) if pairs else None


def look_up(terms: Sequence[str]) -> list[Words]:
    """What to look up for each term; terms without a letter or digit are left out. QueryError for too many."""
    if len(terms) > MAX_TERMS:
        raise QueryError(f"{len(terms)} search words; at most {MAX_TERMS} can be asked for", reason="refused")
    return [words for words in map(_look_up, terms) if words]


def _look_up(term: str) -> Words | None:
    runs = list(find_runs(term))
    words = [word for place, run in enumerate(runs) for word in _split(run, is_last=place == len(runs) - 1)]
    if not words:
        return None
    # A single character at the end is the beginning of a pair, or stands at the end of a run.
    is_start = is_cjk(runs[-1]) and len(runs[-1]) == 1
    needle = _join(words)
    english = [word for word in words if _PLAIN.fullmatch(word) and word not in _LEFT_OUT]
    japanese = [word for word in words if _PAIR.fullmatch(word)]
    return Words(
        needle.rstrip() if is_start else needle,
        tuple(f'+"{word}"' for word in english),
        tuple(f"+{word}*" if len(word) == 1 else f'+"{word}"' for word in japanese),
    )


def _join(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _split(run: str, *, is_last: bool) -> list[str]:
    """The words of a run as SQLite's `unicode61` cuts them: runs of letters and digits, without diacritics."""
    if is_cjk(run):
        return split_run(run, is_last=is_last)
    bare = "".join(character for character in unicodedata.normalize("NFD", run) if not unicodedata.combining(character))
    return "".join(character if character.isalnum() else " " for character in bare).split()


def escape(text: str) -> str:
    """The text as one Lucene term."""
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)
