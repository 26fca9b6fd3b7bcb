"""What a Neo4j server has no limit for, refused before it is sent.

The server looks at the clock and at its memory between rows. Inside one expression it does not: a `reduce` over ten
billion numbers, a text that doubles, a regular expression that goes back and forth run until the heap is full or the
machine is started anew (docs/operations.md has the tries). So an expression may only do what its text bounds:

- a list in it holds at most MAX_STEPS numbers made by `range`, nested ones multiplied;
- `reduce` uses what it has gathered once, so that this grows by steps and does not double;
- texts and lists put together with `+` stay under a size, each `+` taken to double what there is;
- a regular expression stands in the query or in a parameter, and cannot go back and forth over itself.

The tokens have passed graph/cypher/guard.py. QueryError (`refused`) says what and where.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.cypher.tokens import Kind, Token, refuse, tokenise

MAX_STEPS = 100_000
MAX_CHARS = 1 << 20
# A stored sentence or title; longer ones are rare.
_STORED_CHARS = 1_000
# With three parts of open length, a text of 4,000 characters takes a regular expression some 10^10 steps: a minute.
MAX_MATCHED_CHARS = 4_000
MAX_OPEN_PARTS = 3
MAX_REPEAT = 100
FEW = 10
# `a?` thirty times over takes 2^30 steps.
MAX_CHOICES = 12

_VALUES = (Kind.STRING, Kind.NUMBER)
_OPEN, _QUANTIFIERS = ("*", "+"), ("*", "+", "?", "}")
_NAMES = (Kind.WORD, Kind.QUOTED)
_PATTERN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[imsx-]+\)|:|=|!)?)?|\)|\{\d+(?:,\d*)?\}|.", re.DOTALL)


def check_bounds(query: str, parameters: Mapping[str, Any]) -> None:
    """Returns when the text bounds what each expression takes. QueryError (`refused`) otherwise."""
    tokens = tokenise(query)
    calls = list(_iter_calls(tokens))
    steps = _check_ranges(tokens, calls, parameters, query)
    for place, end in calls:
        if tokens[place].word == "REDUCE":
            _check_reduce(tokens, place, end, query)
    is_matching = False
    for place, token in enumerate(tokens):
        if token.text == "=~":
            _check_pattern(tokens, place, parameters, query)
            is_matching = True
    written = sum(len(token.text) for token in tokens if token.kind is Kind.STRING) + _size(parameters)
    growth = _growth(tokens, calls, query)
    if (written + _STORED_CHARS) * growth > (MAX_MATCHED_CHARS if is_matching else MAX_CHARS):
        raise refuse("on this store a query may not put together too long a text or list; use fewer +")
    if any(tokens[place].word == "REDUCE" for place, _ in calls) and written * growth * steps > 64 * MAX_CHARS:
        raise refuse("on this store reduce may not put together so long a text; use a shorter range")


def _iter_calls(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Places of function names and of the brackets that close their arguments."""
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.text == "(":
            opened.append(place)
        elif token.text == ")" and opened:
            start = opened.pop()
            if start and tokens[start - 1].kind in _NAMES:
                yield start - 1, place


def _check_ranges(
    tokens: Sequence[Token], calls: Sequence[tuple[int, int]], parameters: Mapping[str, Any], query: str
) -> int:
    """How many numbers the ranges make, nested ones multiplied; `UNWIND range(…)` makes rows and is not counted."""
    steps = 1
    for place, end in calls:
        if tokens[place].word != "RANGE" or (place and tokens[place - 1].word == "UNWIND"):
            continue
        steps *= max(1, _range_size(tokens[place + 2 : end], parameters, query))
        if steps > MAX_STEPS:
            raise refuse(
                f"on this store the ranges of an expression may make {MAX_STEPS} numbers; UNWIND range(…) makes rows",
                query,
                tokens[place].at,
            )
    return steps


def _range_size(arguments: Sequence[Token], parameters: Mapping[str, Any], query: str) -> int:
    """Numbers in a range. Lists measured by `size` or `length` are those that the query has already."""
    if any(token.word in ("SIZE", "LENGTH") for token in arguments):
        return 1
    text = "".join(_literal(token, parameters) for token in arguments)
    if not re.fullmatch(r"[-+]?\d+,[-+]?\d+(?:,[-+]?\d+)?", text):
        at = arguments[0].at if arguments else None
        raise refuse("on this store range takes whole numbers, parameters and size(…)", query, at)
    first, last, *step = map(int, text.split(","))
    return abs(last - first) // max(1, abs(step[0]) if step else 1) + 1


def _literal(token: Token, parameters: Mapping[str, Any]) -> str:
    return str(parameters.get(token.text[1:], "")) if token.kind is Kind.PARAMETER else token.text


def _check_reduce(tokens: Sequence[Token], place: int, end: int, query: str) -> None:
    """`reduce(gathered = start, x IN list | expression)`."""
    gathered = tokens[place + 2].text
    bars = [spot for spot in range(place + 3, end) if tokens[spot].text == "|"]
    body = tokens[bars[0] : end] if bars else ()
    if sum(token.kind in _NAMES and token.text == gathered for token in body) > 1:
        raise refuse(f"on this store reduce may use {gathered} once in its expression", query, tokens[place].at)


def _growth(tokens: Sequence[Token], calls: Sequence[tuple[int, int]], query: str) -> int:
    """By how much what there is may become longer: each `+` between two things unknown doubles it."""
    growth = 1
    for place, token in enumerate(tokens):
        if token.text == "+" and 0 < place < len(tokens) - 1:
            sides = (tokens[place - 1], tokens[place + 1])
            growth *= 1 if any(side.kind in _VALUES for side in sides) else 2
    for place, end in calls:
        if tokens[place].word == "REPLACE":
            if tokens[end - 1].kind is not Kind.STRING or tokens[end - 2].text != ",":
                raise refuse("on this store replace takes a text in quotes to put in", query, tokens[place].at)
            growth *= max(1, len(tokens[end - 1].text) - 2)
    return growth


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_size(item) for item in value.values())
    return sum(_size(item) for item in value) if isinstance(value, list) else 1


def _check_pattern(tokens: Sequence[Token], place: int, parameters: Mapping[str, Any], query: str) -> None:
    token = tokens[place + 1] if place + 1 < len(tokens) else None
    after = tokens[place + 2].text if place + 2 < len(tokens) else ""
    pattern = parameters.get(token.text[1:]) if token and token.kind is Kind.PARAMETER else None
    if token and token.kind is Kind.STRING:
        pattern = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
    if not isinstance(pattern, str) or after in ("+", "[", "."):
        at = tokens[place].at
        raise refuse("on this store a regular expression is a text in quotes or a parameter, no more", query, at)
    why = _find_fault(pattern)
    if why:
        raise refuse(f"on this store a regular expression may not {why}", query, tokens[place].at)


def _find_fault(pattern: str) -> str:
    """Why a pattern may take for ever; empty when it cannot."""
    open_parts = choices = 0
    before = ""
    for match in _PATTERN.finditer(pattern):
        part = match.group()
        if re.fullmatch(r"\\[1-9k]", part):
            return "refer back to a group"
        repeats = [int(number) for number in re.findall(r"\d+", part)] if part.startswith("{") else []
        if part in _OPEN or repeats:
            if before == ")":
                return "repeat a group"
            if any(number > MAX_REPEAT for number in repeats):
                return f"repeat a thing more than {MAX_REPEAT} times"
            open_parts += before not in _QUANTIFIERS and (part in _OPEN or part.endswith(",}") or repeats[-1] > FEW)
        choices += part == "?" or part == "|" or len(repeats) > 1
        before = "}" if repeats else part
    if open_parts > MAX_OPEN_PARTS:
        return f"have more than {MAX_OPEN_PARTS} parts of open length"
    return f"have more than {MAX_CHOICES} choices" if choices > MAX_CHOICES else ""
