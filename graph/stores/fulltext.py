"""Text → what the full-text index holds, and words of a query → what to ask it.

Latin script goes in as words. Scripts without spaces go in as overlapping pairs of characters, so that a Japanese
word of two characters is found anywhere; no dictionary is needed and the same text always gives the same pairs.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from operator import add

from graph.errors import QueryError

# Han, kana and Hangul with their marks (々 〆 ー), but not the middle dot, which separates words.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_RUN = re.compile(f"[{_CJK}]+")
_RUNS = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

# SQLite refuses an expression deeper than 256; nobody types more words than this.
MAX_TERMS = 64


def index_words(text: str) -> str:
    """What to index for a text: 'DeepSeekの蒸留' gives 'deepseek の蒸 蒸留 留'."""
    return _CJK_RUN.sub(_pair, _fold(text)).strip()


def _pair(match: re.Match[str]) -> str:
    run = match.group()
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} " if len(run) > 1 else f" {run} "


def match_expression(terms: Sequence[str], without: Sequence[str] = ()) -> str | None:
    """An FTS5 expression that finds texts with every term and none of `without`; None when no term can be looked up.

    Each term is quoted: nothing in it is ever read as query syntax. A term of several words is a phrase.
    """
    wanted = _quote_all(terms)
    if not wanted:
        return None
    return " NOT ".join([f"({' AND '.join(wanted)})", *_quote_all(without)])


def any_expression(terms: Sequence[str]) -> str | None:
    """An FTS5 expression that finds texts with at least one of the terms; None when none can be looked up."""
    return " OR ".join(_quote_all(terms)) or None


def _quote_all(terms: Sequence[str]) -> list[str]:
    if len(terms) > MAX_TERMS:
        raise QueryError(f"{len(terms)} search words; at most {MAX_TERMS} can be asked for", reason="refused")
    return [phrase for phrase in map(_quote, terms) if phrase]


def _quote(term: str) -> str:
    runs = list(find_runs(term))
    if not runs:
        return ""
    words = [word for place, run in enumerate(runs) for word in split_run(run, is_last=place == len(runs) - 1)]
    phrase = '"' + " ".join(words).replace('"', '""') + '"'
    # A single character at the end is the beginning of a pair, or stands at the end of a run.
    return phrase + " *" if is_cjk(runs[-1]) and len(runs[-1]) == 1 else phrase


def find_runs(text: str) -> Iterator[str]:
    """Runs of one kind of script, folded; runs without a letter or digit stay only to part their neighbours."""
    for match in _RUNS.finditer(_fold(text)):
        run = match.group().strip()
        if any(map(str.isalnum, run)):
            yield run


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text if text.isprintable() else _CONTROL.sub(" ", text)).casefold()


def split_run(run: str, *, is_last: bool) -> list[str]:
    """Pairs of a CJK run and its last character, so that what follows it in a phrase stays next to it."""
    if not is_cjk(run):
        return [run]
    pairs = list(map(add, run, run[1:]))
    return pairs if is_last and pairs else [*pairs, run[-1]]


def is_cjk(run: str) -> bool:
    return re.match(f"[{_CJK}]", run) is not None
