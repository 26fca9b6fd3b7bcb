"""The routes of the API as records: from one table of them (`api.py`) all else about it is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from graph.errors import QueryError

MAX_CURSOR = 500
MAX_QUERY = 1000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of an address: after its `?`, or in its path.

    text     what it means
    example  a value that one can try
    most     of a number, its greatest value (the least is 1); of a text, its greatest length
    default  of a number, its value when it is not given
    many     it may be given any number of times
    words    all that it may be; empty: any text
    """

    name: str
    text: str
    example: str = ""
    most: int = MAX_QUERY
    default: int | None = None
    in_path: bool = False
    required: bool = False
    many: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.default is not None


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the API and what it gives.

    answer  called with the parts of the path; gives the view
    view    the record that it gives
    text    what it gives, in one line
    body    the record that a request carries as JSON; None when it carries nothing
    sample  such a body
    writes  whether it needs the token
    guarded whether it answers those alone who may judge
    also    other records that it gives, by their statuses
    """

    path: str
    answer: Callable[..., object]
    view: type
    text: str
    parameters: tuple[Parameter, ...] = ()
    method: str = "GET"
    body: type | None = None
    sample: Mapping[str, object] | None = None
    writes: bool = False
    guarded: bool = False
    also: Mapping[int, type] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """One word for it in code: its endpoint and its operation id."""
        return str(self.answer.__name__)

    @property
    def rule(self) -> str:
        """Its path as Flask writes it."""
        return self.path.replace("{", "<").replace("}", ">")

    @property
    def status(self) -> int:
        """The status of a good answer."""
        return 201 if self.writes else 200

    def find_status(self, view: object) -> int:
        """The status of an answer with this record."""
        return next((status for status, kind in self.also.items() if isinstance(view, kind)), self.status)

    @property
    def failures(self) -> tuple[int, ...]:
        """The statuses that it may refuse or fail with."""
        found = {400, 401, 403, 404, 414, 429, 500, 503}
        found |= {413, 415} if self.body else set()
        found |= {409} if self.writes else set()
        return tuple(sorted(found))


def id_of(name: str, example: str = "") -> Parameter:
    """The id in a path."""
    return Parameter(f"{name}_id", f"the id of the {name}", example, in_path=True, required=True)


def limit(default: int, most: int) -> Parameter:
    """How many records a page has."""
    return Parameter("limit", f"how many, 1 to {most}", str(default), most, default)


def cursors(prefix: str = "", what: str = "") -> tuple[Parameter, Parameter]:
    """The two ways on from a page of a list."""
    lead = f"of what {what}: " if what else ""
    return (
        Parameter(f"{prefix}after", f"{lead}the `{prefix}next` of the page before", most=MAX_CURSOR),
        Parameter(f"{prefix}before", f"{lead}the `{prefix}previous` of the page after", most=MAX_CURSOR),
    )


def check_arguments(route: Route) -> None:
    """QueryError for an argument of another name, given twice, missing, too long, or none of what it may be."""
    check_names([parameter.name for parameter in route.parameters if not parameter.in_path])
    for parameter in route.parameters:
        if not parameter.in_path:
            _check(parameter, request.args.getlist(parameter.name))


def check_names(known: Sequence[str]) -> None:
    """QueryError for an argument that is none of these: a misspelt one would be as if it had not been given."""
    for name in request.args:
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "this address takes none"
            raise QueryError(f"{name[:40]!r} is no parameter here; {there}", subject=name[:40], reason="refused")


def _check(parameter: Parameter, values: list[str]) -> None:
    name, most = parameter.name, parameter.most
    if not values and not parameter.required:
        return
    if (len(values) > 1 and not parameter.many) or (parameter.required and not any(values)):
        raise QueryError(f"{name}: give it {'at least ' * parameter.many}once", subject=name, reason="refused")
    if any(len(text) > most for text in values):
        raise QueryError(f"{name}: at most {most} characters", subject=name, reason="refused")
    text = values[0]
    if parameter.words and text not in parameter.words:
        known = ", ".join(parameter.words)
        raise QueryError(f"{name}: one of {known}, not {text[:40]!r}", subject=name, reason="refused")
    # Python refuses to read numbers of thousands of digits.
    if parameter.is_number and not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise QueryError(f"{name}: a number from 1 to {most}", subject=name, reason="refused")
