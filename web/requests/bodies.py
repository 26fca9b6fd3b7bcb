"""What requests carry: JSON read into a record, or refused with what is wrong about it."""

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, ClassVar, TypeVar

from flask import abort, request

from graph.errors import QueryError
from graph.records import Field, JudgementKind, Misreading

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

# A misspelt name would otherwise be a value that nobody reads.
_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class CypherBody:
    """A query and its parameters by name."""

    query: str
    parameters: dict[str, object] = field(default_factory=dict)

    __pydantic_config__: ClassVar = _CLOSED


@dataclass(frozen=True, slots=True)
class JudgementBody:
    """A decision about who is who, as `claimgraph entities` makes it.

    entities  by id or by a spelling that only one has; merge: the one that stays, then those that stand for it from
              now on; split: the one left and the one that gains; apart: two that are not the same; alias: the one named
    aliases   alias added or withdrawn: the spellings; split: spellings that leave
    claims    split: claims whose parties leave
    articles  split: articles whose mentions and claims leave
    undoes    undo: the judgement taken back
    reason    misread: what is wrong
    should    misread: what fields of the one claim should be, by field
    """

    kind: JudgementKind
    who: str
    why: str
    entities: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    undoes: str | None = None
    reason: Misreading | None = None
    should: dict[Field, str] = field(default_factory=dict)

    __pydantic_config__: ClassVar = _CLOSED


@dataclass(frozen=True, slots=True)
class ReportBody:
    """A reader's word that a claim is misread.

    reason  what is wrong
    why     in the reader's words
    """

    claim: str
    reason: Misreading
    why: str = ""

    __pydantic_config__: ClassVar = _CLOSED


def read_body(kind: type[T]) -> T:
    """The record that the request carries. QueryError, naming the field, when it is another; 415 when it is no JSON.

    Asking for the content type keeps out the forms of other sites, which cannot send this one.
    """
    # Loaded with the first body: pages need none of it.
    from pydantic import TypeAdapter, ValidationError

    if not request.is_json:
        abort(415, "Send the request as application/json.")
    try:
        return TypeAdapter(kind).validate_json(request.get_data(), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        why = f"{place}: {first['msg']}"
        if first["type"] == "unexpected_keyword_argument":
            known = ", ".join(one.name for one in fields(kind))
            why = f"{place[:40]!r} is no field here; there are {known}"
        raise QueryError(why, subject=place, reason="refused") from error
