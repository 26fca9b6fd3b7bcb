"""Query text → tokens of read-only Cypher, each with where it stands and what kind of bracket holds it."""

# ruff: noqa: SIM905 - sets of words are read and searched as words
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from graph.errors import QueryError

MAX_CHARS = 20_000
# 500 nested subqueries end kglite's process; nobody nests 40 by hand.
MAX_DEPTH = 40
MAX_TOKENS = 4_000


class Kind(Enum):
    WORD = "word"
    QUOTED = "quoted"  # `name`
    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    SIGN = "sign"


class Inside(Enum):
    """What the innermost open bracket around a token is."""

    NOTHING = "nothing"
    GROUP = "group"  # parentheses of a node pattern or an expression
    CALL = "call"  # arguments
    RELATIONSHIP = "relationship"
    LIST = "list"
    MAP = "map"
    PATTERN_MAP = "pattern map"  # properties of a node or relationship pattern
    SUBQUERY = "subquery"


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    at      where it starts in the query, from 0
    inside  the bracket around it; a bracket itself stands inside the one around it
    """

    kind: Kind
    text: str
    at: int
    inside: Inside

    @property
    def word(self) -> str:
        """The word in capitals, its width and look-alikes folded; empty when it is no bare word."""
        return unicodedata.normalize("NFKC", self.text).upper() if self.kind is Kind.WORD else ""


# Only what both kglite and Neo4j read the same way: no block comments, no odd spaces, no bare carriage return.
_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+|//[^\n]*)
    |(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<quoted>`(?:[^`]|``)*`)
    |(?P<number>\d+\.\d+(?:[eE][+-]?\d+)?|0x[0-9a-fA-F]+|\d+(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<parameter>\$(?:[A-Za-z_]\w*|\d+))
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><>|<=|>=|=~|\.\.|->|<-|[-+*/%^=<>(){}\[\],:;.|!&])""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {"(": ")", "[": "]", "{": "}"}

# Words after which a parenthesis is no function's: patterns, groups and lists follow them.
_BEFORE_GROUP = frozenset(
    "MATCH WHERE AND OR XOR NOT IN WITH RETURN UNWIND WHEN THEN ELSE CASE ON BY AS LIMIT SKIP DISTINCT CALL "
    "CONTAINS".split()
)
_BEFORE_SUBQUERY = frozenset({"CALL", "EXISTS", "COUNT", "COLLECT"})


def tokenise(query: str) -> list[Token]:
    """The tokens of a query. QueryError (`refused`) for anything that is not a token, too long or badly nested."""
    if len(query) > MAX_CHARS:
        raise refuse(f"the query has {len(query)} characters; at most {MAX_CHARS} are read")
    text = query.replace("\r\n", "\n")
    if "\r" in text:  # engines differ on whether it ends a comment
        raise refuse("a bare carriage return is not allowed", text, text.index("\r"))
    tokens: list[Token] = []
    open_brackets: list[tuple[str, Inside, int]] = []
    for kind, word, at in _lex(text):
        if len(tokens) == MAX_TOKENS:
            raise refuse(f"the query has more than {MAX_TOKENS} words and signs", text, at)
        if word in _CLOSES.values():
            _close(open_brackets, word, text, at)
        inside = open_brackets[-1][1] if open_brackets else Inside.NOTHING
        if word in _CLOSES:
            open_brackets.append((word, _bracket(word, tokens, inside), at))
        if len(open_brackets) > MAX_DEPTH:
            raise refuse(f"brackets are nested more than {MAX_DEPTH} deep", text, at)
        tokens.append(Token(kind, word, at, inside))
    if open_brackets:
        bracket, _, at = open_brackets[-1]
        raise refuse(f"{bracket!r} is never closed", text, at)
    return tokens


def refuse(why: str, query: str = "", at: int | None = None) -> QueryError:
    """The error that says what is refused and at which line and column."""
    if at is None:
        return QueryError(why, reason="refused")
    line = query.count("\n", 0, at) + 1
    column = at - (query.rfind("\n", 0, at) + 1) + 1
    return QueryError(f"line {line}, column {column}: {why}", reason="refused")


def _lex(text: str) -> Iterator[tuple[Kind, str, int]]:
    at = 0
    while at < len(text):
        match = None if text.startswith("/*", at) else _TOKEN.match(text, at)
        if match is None:
            raise refuse(_explain(text, at), text, at)
        kind = match.lastgroup
        if kind and kind != "space":
            yield Kind(kind), match.group(), at
        at = match.end()


def _explain(text: str, at: int) -> str:
    if text[at] == "/":
        return "block comments are not allowed; write // at the end of a line"
    if text[at] in "'\"`":
        return f"{text[at]} is never closed"
    return f"{text[at]!r} is not part of a read-only query"


def _close(open_brackets: list[tuple[str, Inside, int]], word: str, text: str, at: int) -> None:
    if not open_brackets or _CLOSES[open_brackets.pop()[0]] != word:
        raise refuse(f"{word!r} closes nothing", text, at)


def _bracket(sign: str, before: list[Token], inside: Inside) -> Inside:
    """What a bracket opens, told by what stands before it."""
    last = before[-1] if before else None
    if sign == "[":
        return Inside.RELATIONSHIP if last and last.text in ("-", "<-") else Inside.LIST
    if sign == "(":
        named = last is not None and last.kind in (Kind.WORD, Kind.QUOTED) and last.word not in _BEFORE_GROUP
        return Inside.CALL if named else Inside.GROUP
    if last and (last.word in _BEFORE_SUBQUERY or _closes_call_scope(before)):
        return Inside.SUBQUERY
    return Inside.PATTERN_MAP if inside in (Inside.GROUP, Inside.RELATIONSHIP) else Inside.MAP


def _closes_call_scope(before: list[Token]) -> bool:
    """Whether the tokens end in `CALL (x, y)`."""
    if before[-1].text != ")":
        return False
    opening = next((place for place in range(len(before) - 1, -1, -1) if before[place].text == "("), 0)
    return opening > 0 and before[opening - 1].word == "CALL"
