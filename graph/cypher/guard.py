"""The gate before every Cypher query: only reading passes, and what runs is the text rebuilt from checked tokens.

Each token keeps its line and column, so that the place an engine names is one of the text that was given.

It is an allow-list: a bare word where a clause or an operator stands must be known. A list of writing and reaching
words stands behind it for the places where a name may stand too. The process that runs the query is confined as well.
"""

# ruff: noqa: SIM905 - sets of words are read and searched as words
import re
from collections.abc import Iterator

from graph.cypher.tokens import Inside, Kind, Token, refuse, tokenise
from graph.records import Relation
from graph.schema import ENTITY_LABELS, LABELS, RELATIONSHIPS

MAX_CLAUSES = 60

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys"})

# The only functions with a dot in their name; others (apoc.…, gds.…) reach beyond the graph.
NAMESPACES = frozenset("date datetime localdatetime time localtime duration point".split())

_OPENING = frozenset("MATCH OPTIONAL WITH UNWIND RETURN CALL".split())
_CLAUSES = _OPENING | frozenset("WHERE ORDER SKIP OFFSET LIMIT UNION YIELD".split())
_OPERATORS = frozenset(
    "ALL AND AS ASC ASCENDING BY CASE CONTAINS DESC DESCENDING DISTINCT ELSE END ENDS FALSE FIRST IN IS LAST NOT NULL "
    "NULLS OR STARTS THEN TRUE WHEN XOR".split()
)
KEYWORDS = _CLAUSES | _OPERATORS
"""Words that a query may be made of."""
# Keywords after which an operand is complete, as after a name or a closing bracket.
_ENDING = frozenset("NULL TRUE FALSE END ASC ASCENDING DESC DESCENDING FIRST LAST".split())

_WRITING = frozenset("CREATE MERGE SET DELETE DETACH NODETACH REMOVE FOREACH INSERT DROP ALTER RENAME".split())
_REACHING = frozenset(
    "LOAD CSV COPY IMPORT EXPORT ATTACH INSTALL USE SHOW START STOP TERMINATE GRANT DENY REVOKE ENABLE DRYRUN DRYRUNS "
    "TRANSACTIONS PERIODIC CONSTRAINT INDEX FORMAT PROFILE EXPLAIN FOR LET FINISH FILTER HAVING INTERSECT EXCEPT NEXT "
    "USING CYPHER".split()
)
BANNED = _WRITING | _REACHING
"""Words that are refused wherever they are not names."""


def guard(query: str) -> str:
    """The query rebuilt from its tokens, without comments. QueryError (`refused`) says what may not be asked, where."""
    query = query.replace("\r\n", "\n")  # as forms send lines; places are counted in what is read
    tokens = tokenise(query)
    if tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise refuse("the query is empty; it starts with MATCH, WITH, UNWIND, RETURN or CALL")
    _check_word(tokens, 0, query)
    if tokens[0].word not in _OPENING:
        raise refuse("a query starts with MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN or CALL", query, tokens[0].at)
    clauses = 0
    for place, token in enumerate(tokens):
        _check_sign(token, query)
        if token.kind is Kind.WORD and not _is_property(tokens, place):
            _check_word(tokens, place, query)
            clauses += token.word in _CLAUSES
        _check_call(tokens, place, query)
        if clauses > MAX_CLAUSES:
            raise refuse(f"the query has more than {MAX_CLAUSES} clauses", query, token.at)
    return "".join(_iter_rebuilt(tokens, query))


def find_unknown_names(query: str) -> tuple[str, ...]:
    """Labels, relationship types and properties in the query that graph/schema.py lacks, each once, in order.

    They are no errors to the engine, which then answers with no rows. Keys of maps made in the query are known.
    QueryError as `guard` when the text is no query.
    """
    tokens = tokenise(query)
    own = {tokens[place].text for place in range(len(tokens)) if _is_map_key(tokens, place, Inside.MAP)}
    unknown = [
        name for place in range(len(tokens)) if (name := _schema_name(tokens, place)) and not _is_known(name, own)
    ]
    return tuple(dict.fromkeys(unknown))


def find_parameters(query: str) -> tuple[str, ...]:
    """Names of the query's parameters without the `$`, each once, in order. QueryError as `guard`."""
    return tuple(dict.fromkeys(token.text[1:] for token in tokenise(query) if token.kind is Kind.PARAMETER))


def _iter_rebuilt(tokens: list[Token], query: str) -> Iterator[str]:
    """kglite reads bare names in ASCII only; openCypher takes any letters."""
    end = 0
    for token in tokens:
        yield re.sub("[^\n]", " ", query[end : token.at])
        yield f"`{token.text}`" if token.kind is Kind.WORD and not token.text.isascii() else token.text
        end = token.at + len(token.text)


def _check_sign(token: Token, query: str) -> None:
    if token.text == ";":
        raise refuse("one statement only", query, token.at)


def _check_word(tokens: list[Token], place: int, query: str) -> None:
    token = tokens[place]
    if token.word in _WRITING:
        raise refuse(f"{token.text}: a query only reads", query, token.at)
    if token.word in BANNED:
        raise refuse(f"{token.text} is not allowed; as a name, write it in backquotes", query, token.at)
    if place and _ends_operand(tokens, place - 1) and token.word not in KEYWORDS:
        raise refuse(f"{token.text} is not a known clause or operator", query, token.at)


def _check_call(tokens: list[Token], place: int, query: str) -> None:
    """CALL leads to a subquery or a procedure on the list; a function has no namespace but those on the list."""
    token = tokens[place]
    if token.word == "CALL" and not _is_property(tokens, place):
        _check_procedure(tokens, place, query)
    if token.text != "(" or not place:
        return
    if tokens[place - 1].kind in (Kind.WORD, Kind.QUOTED) and not tokens[place - 1].text.isascii():
        raise refuse(f"there is no function {tokens[place - 1].text}", query, token.at)  # kglite would crash
    if _is_dotted_call(tokens, place):
        name = _dotted_name(tokens, place)
        if name.split(".")[0].lower() not in NAMESPACES and name.lower() not in PROCEDURES:
            raise refuse(f"function {name} is not allowed", query, token.at)


def _check_procedure(tokens: list[Token], place: int, query: str) -> None:
    follows = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if follows in ("{", "("):
        return
    parts: list[str] = []
    for token in tokens[place + 1 :]:
        if token.kind not in (Kind.WORD, Kind.QUOTED) and token.text != ".":
            break
        parts.append(token.text.strip("`"))
    name = "".join(parts)
    if name.lower() not in PROCEDURES:
        raise refuse(f"procedure {name or '?'} is not allowed", query, tokens[place].at)


def _ends_operand(tokens: list[Token], place: int) -> bool:
    """Whether a value or a pattern is complete after this token, so that only a keyword may follow."""
    token = tokens[place]
    if token.kind is Kind.WORD:
        return _is_property(tokens, place) or token.word not in KEYWORDS or token.word in _ENDING
    return token.kind is not Kind.SIGN or token.text in (")", "]", "}")


def _is_property(tokens: list[Token], place: int) -> bool:
    """Whether the word is a property read from a name or an expression: `n.start`, never `1.SET`."""
    if place == 0 or tokens[place - 1].text != ".":
        return False
    owner = tokens[place - 2] if place > 1 else None
    return owner is None or owner.kind is not Kind.NUMBER


def _is_dotted_call(tokens: list[Token], place: int) -> bool:
    return (
        place > 2
        and tokens[place - 1].kind in (Kind.WORD, Kind.QUOTED)
        and tokens[place - 2].text == "."
        and tokens[place - 3].kind in (Kind.WORD, Kind.QUOTED)
    )


def _dotted_name(tokens: list[Token], place: int) -> str:
    start = place
    while start and (tokens[start - 1].text == "." or tokens[start - 1].kind in (Kind.WORD, Kind.QUOTED)):
        start -= 1
        if tokens[start].text != "." and tokens[start - 1].text != ".":
            break
    return "".join(token.text.strip("`") for token in tokens[start:place])


_TIME_PARTS = frozenset(
    "year quarter month week day hour minute second millisecond microsecond nanosecond dayOfWeek dayOfQuarter "
    "ordinalDay weekYear epochSeconds epochMillis timezone offset years months weeks days hours minutes seconds "
    "milliseconds between inDays inMonths inSeconds truncate distance x y z latitude longitude".split()
)
_LABEL_NAMES = frozenset({label.name for label in LABELS} | set(ENTITY_LABELS.values()))
_TYPE_NAMES = frozenset(
    {relationship.name for relationship in RELATIONSHIPS} | {relation.value for relation in Relation}
)
_PROPERTY_NAMES = _TIME_PARTS.union(
    *(label.properties for label in LABELS), *(relationship.properties for relationship in RELATIONSHIPS)
)


def _schema_name(tokens: list[Token], place: int) -> str:
    """`:Label`, `[:TYPE]` or `.property` when the token names one, else empty."""
    token = tokens[place]
    if token.kind not in (Kind.WORD, Kind.QUOTED) or not place:
        return ""
    name, before = token.text.strip("`"), tokens[place - 1].text
    if before == "." or _is_map_key(tokens, place, Inside.PATTERN_MAP):
        return "" if _calls(tokens, place) else f".{name}"
    if token.inside is Inside.RELATIONSHIP:
        return f"[:{name}]" if before in (":", "|", "&", "!") else ""
    is_label = before == ":" and token.inside not in (Inside.MAP, Inside.PATTERN_MAP)
    return f":{name}" if is_label or (token.inside is Inside.GROUP and before in ("&", "|", "!")) else ""


def _calls(tokens: list[Token], place: int) -> bool:
    """Whether the dotted name at the token is a function's or a procedure's."""
    while place + 2 < len(tokens) and tokens[place + 1].text == ".":
        place += 2
    follows = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return follows == "("


def _is_map_key(tokens: list[Token], place: int, inside: Inside) -> bool:
    token = tokens[place]
    return (
        token.inside is inside
        and token.kind in (Kind.WORD, Kind.QUOTED)
        and place + 1 < len(tokens)
        and tokens[place + 1].text == ":"
    )


def _is_known(name: str, own: set[str]) -> bool:
    if name.startswith("[:"):
        return name[2:-1] in _TYPE_NAMES
    if name.startswith(":"):
        return name[1:] in _LABEL_NAMES
    return name[1:] in _PROPERTY_NAMES or name[1:] in own
